"""Telling whoever waits for Cal.com's budget that they do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONG_SECONDS = 2.0
"""A wait that is not worth a word is shorter."""

_told: ContextVar[Callable[[float], None] | None] = ContextVar("calcom_told", default=None)


@contextmanager
def told_of_waiting(tell: Callable[[float], None]) -> Iterator[None]:
    """Let `tell` hear when a call inside begins to wait for budget, and for about how many seconds."""
    token = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(token)


def tell_of_waiting(seconds: float) -> None:
    """A call waits."""
    tell = _told.get()
    if tell is not None and seconds >= LONG_SECONDS:
        tell(seconds)
