"""Cards as Block Kit messages."""

from typing import assert_never

from bot.scheduling.cards import (
    Agenda,
    Card,
    Closed,
    Help,
    Note,
    Notice,
    Outcome,
    Pick,
    Proposal,
    Questions,
    SlotChoice,
)
from bot.slack.mrkdwn import unlinked
from bot.slack.render.agenda import agenda
from bot.slack.render.blocks import MOST_BLOCKS, Block, Message, Reader
from bot.slack.render.notes import closed, help_card, note, pick
from bot.slack.render.notice import notice
from bot.slack.render.outcome import outcome
from bot.slack.render.proposal import proposal
from bot.slack.render.questions import questions
from bot.slack.render.slots import slots

__all__ = ["Block", "Message", "Reader", "render"]


MOST_TEXT = 12_500
"""Characters of text in one message; Slack refuses more than about 13,200."""


def render(card: Card, reader: Reader) -> Message:
    """A card as a message for `reader`, within what Slack takes in one message."""
    return fitted(_render(card, reader))


def fitted(message: Message) -> Message:
    """Without the last of its texts, where they are too much for one message; buttons always stay."""
    left, kept = MOST_TEXT, []
    for block in message.blocks:
        size = _length(block)
        if size <= left or block["type"] == "actions":
            kept.append(block)
            left -= size
    return Message(unlinked(message.text.strip()) or "–", tuple(kept[:MOST_BLOCKS]))


def _length(part: object) -> int:
    """The characters of all texts of a block."""
    if isinstance(part, list | tuple):
        return sum(_length(each) for each in part)
    if isinstance(part, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in part.items())
    return 0


def _render(card: Card, reader: Reader) -> Message:
    match card:
        case SlotChoice():
            return slots(card, reader)
        case Proposal():
            return proposal(card, reader)
        case Questions():
            return questions(card, reader)
        case Outcome():
            return outcome(card, reader)
        case Agenda():
            return agenda(card, reader)
        case Pick():
            return pick(card)
        case Note():
            return note(card)
        case Notice():
            return notice(card, reader)
        case Help():
            return help_card(card)
        case Closed():
            return closed(card)
        case _:
            assert_never(card)
