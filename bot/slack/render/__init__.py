"""Cards as Block Kit messages."""

from typing import assert_never

from bot.scheduling.cards import (
    Agenda,
    Card,
    Closed,
    Help,
    Note,
    Outcome,
    Pick,
    Proposal,
    Questions,
    SlotChoice,
)
from bot.slack.render.agenda import agenda
from bot.slack.render.blocks import Block, Message, Reader
from bot.slack.render.notes import closed, help_card, note, pick
from bot.slack.render.outcome import outcome
from bot.slack.render.proposal import proposal
from bot.slack.render.questions import questions
from bot.slack.render.slots import slots

__all__ = ["Block", "Message", "Reader", "render"]


def render(card: Card, reader: Reader) -> Message:
    """A card as a message for `reader`."""
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
        case Help():
            return help_card(card)
        case Closed():
            return closed(card)
        case _:
            assert_never(card)
