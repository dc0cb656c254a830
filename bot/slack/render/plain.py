"""A message without blocks, for when Slack will not take them."""

from bot.slack.mrkdwn import unlinked
from bot.slack.render.blocks import Message

LONGEST = 3900
"""Slack recommends at most 4,000 characters of text."""


def text_only(message: Message) -> Message:
    """Everything the blocks say, as text.

    >>> text_only(Message("x", ({"type": "section", "text": {"type": "mrkdwn", "text": "*Hello*"}},)))
    Message(text='*Hello*', blocks=())
    """
    lines: list[str] = []
    for block in message.blocks:
        texts = [block.get("text"), *block.get("fields", [])]
        if block["type"] == "context":
            texts += block["elements"]
        lines += [str(text["text"]) for text in texts if isinstance(text, dict) and text.get("text")]
    full = unlinked("\n".join(lines)) or message.text
    if len(full) > LONGEST:
        full = full[:LONGEST].rpartition("\n")[0] or message.text[:LONGEST]
    return Message(full, ())
