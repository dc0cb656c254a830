"""The named moments of a turn and of a draft: between any two of them the process may die, and nothing may be lost.

Code says `passing(Moment.X)` where one thing is done and the next is not. In production nobody watches; the chaos test
does, to kill the process there.
"""

from collections.abc import Callable
from enum import StrEnum


class Moment(StrEnum):
    """What was done last."""

    ACCEPTED = "accepted"
    """The turn is stored; Slack, or Cal.com, was not told so."""
    BEGUN = "begun"
    """A turn is claimed by this process; its handler has not begun."""
    UNDERSTOOD = "understood"
    """The reply to a turn is worked out; nothing of it is stored as the turn's."""
    CLAIMED = "claimed"
    """A draft belongs to the turn that runs it; Cal.com was not asked."""
    WRITING = "writing"
    """A write to Cal.com is about to be sent."""
    WRITTEN = "written"
    """Cal.com has answered a write; that is not recorded."""
    SETTLED = "settled"
    """The draft is recorded as done; there is no card."""
    EFFECTED = "effected"
    """A step's effect has happened (a card stands in Slack, say); its result is not stored."""
    KEPT = "kept"
    """A step's result is stored; the turn goes on."""
    SHOWN = "shown"
    """Every card of the turn stands; the turn is not finished."""
    FINISHED = "finished"
    """The turn is finished; the next of its conversation has not begun."""
    RUNG = "rung"
    """What a timer stood for is accepted; the timer is still there."""


_watch: Callable[[Moment], None] | None = None


def passing(moment: Moment) -> None:
    """Say that this moment has come."""
    if _watch is not None:
        _watch(moment)


def watch(watcher: Callable[[Moment], None]) -> None:
    """Let `watcher` hear of every moment of this process."""
    global _watch
    _watch = watcher
