"""The rich text that Slack's composer makes of what a person typed."""

import re

from bot.sandbox.slack.journal import Json


def typed_blocks(stored: str) -> list[Json]:
    """One rich_text block for a stored text (mentions and links already references)."""
    elements: list[Json] = []
    position = 0
    for match in re.finditer(r"<([@#!]|mailto:|https?://)([^<>|]*)(?:\|([^<>]*))?>", stored):
        _add_text(elements, stored[position : match.start()])
        kind, target, label = match[1], match[2], match[3]
        if kind == "@":
            elements.append({"type": "user", "user_id": target})
        elif kind == "!":
            elements.append({"type": "broadcast", "range": target})
        elif kind == "#":
            elements.append({"type": "channel", "channel_id": target})
        else:
            link: Json = {"type": "link", "url": _unescaped(kind + target)}
            elements.append(link | ({"text": _unescaped(label)} if label else {}))
        position = match.end()
    _add_text(elements, stored[position:])
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]


def _add_text(elements: list[Json], text: str) -> None:
    if text:
        elements.append({"type": "text", "text": _unescaped(text)})


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
