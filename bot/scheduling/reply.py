"""What a turn or a press answers with."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.scheduling.cards import Card, Closed, DraftKind, Event, Notice, Outcome, Proposal, Result


@dataclass(frozen=True)
class Reply:
    """Cards for the asker.

    After a press or a submitted form the first card takes the place of the pressed one; the others are posted.
    `closed` are cards shown earlier that have no more use: they change in place.
    """

    cards: tuple[Card, ...]
    closed: tuple[Closed, ...] = ()


REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
"""Replies to and from JSON, for the durable turn."""


def is_private(card: Card) -> bool:
    """Whether a card may be seen by its asker alone.

    Calendars are private; a call for the support team, made in a channel, belongs to that channel.

    >>> is_private(Note("Nothing is booked on Friday."))
    True
    """
    match card:
        case Proposal(kind=DraftKind.RING) | Outcome(result=Result.RUNG):
            return False
        case Notice(event=Event.TAKEN | Event.MISSED):
            return False
        case Closed():
            return False
        case _:
            return True
