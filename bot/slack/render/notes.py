"""Sentences, questions with a few answers, help, and what is left of a card that has no more use."""

from bot.scheduling.cards import Closed, Help, Note, Pick, Tone, Verb
from bot.slack.mrkdwn import bold, escaped, foreign
from bot.slack.render.blocks import Block, Message, actions, button, context, section

_MOST_OPTIONS = 25
EXAMPLES = (
    "find me half an hour with a teammate next week",
    "what is on my calendar tomorrow?",
    "push my next meeting to Friday afternoon",
)
"""Shown where a help card brings no examples of its own."""


def note(card: Note) -> Message:
    """A sentence, with "Try again" where that makes sense."""
    sign = "" if card.tone is Tone.INFO else ":warning: "
    blocks: list[Block] = [section(sign + (escaped(card.text) or "–"))]
    if card.retry and card.ref:
        blocks += actions(button("Try again", Verb.RETRY, card.ref))
    return Message(escaped(card.text) or "–", tuple(blocks))


def pick(card: Pick) -> Message:
    """A button per answer, with the details above."""
    options = card.options[:_MOST_OPTIONS]
    text = bold(card.question, 1000)
    if any(option.detail for option in options):
        text += "".join(
            f"\n• {foreign(option.label, 60)}" + (f" – {foreign(option.detail, 60)}" if option.detail else "")
            for option in options
        )
    row = [button(option.label, Verb.PICK, card.ref, option.key, number=n) for n, option in enumerate(options)]
    labels = ", ".join(option.label for option in options)
    return Message(escaped(f"{card.question} {labels}"), (section(escaped_length(text)), *actions(*row)))


def escaped_length(text: str) -> str:
    """Text that is escaped already, cut at a line's end to fit a section."""
    return text if len(text) <= 3000 else text[:2990].rpartition("\n")[0] + "\n…"


def help_card(card: Help) -> Message:
    """What the assistant can do, by example."""
    examples = card.examples or EXAMPLES
    lead = escaped(card.lead, 1500)
    intro = "Here is what you can ask me, in your own words:"
    lines = "\n".join(f"• _{foreign(example, 150)}_" for example in examples[:12])
    blocks: list[Block] = [section(lead)] if lead else []
    blocks += [section(f"{intro}\n{lines}")]
    blocks += context("Nothing is changed in a calendar before you press the button that does it.")
    return Message(f"{lead} {intro} {escaped('; '.join(examples[:3]), 1000)}".strip(), tuple(blocks))


def closed(card: Closed) -> Message:
    """A grey line without buttons."""
    text = escaped(card.text, 2000) or "–"
    return Message(text, tuple(context(text)))
