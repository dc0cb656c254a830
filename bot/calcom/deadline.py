"""How long a turn may still wait for Cal.com."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends: ContextVar[float | None] = ContextVar("calcom_deadline", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Give every call inside at most `seconds` from now, retries and waiting for budget included.

    Nested limits: the tighter one holds. Needs a running event loop.
    """
    now = asyncio.get_running_loop().time()
    outer = _ends.get()
    ends = now + seconds if outer is None else min(outer, now + seconds)
    token = _ends.set(ends)
    try:
        yield
    finally:
        _ends.reset(token)


@contextmanager
def no_time_limit() -> Iterator[None]:
    """Lift the caller's limit, for work that others wait for as well."""
    token = _ends.set(None)
    try:
        yield
    finally:
        _ends.reset(token)


def call_ends(ceiling: float) -> float:
    """When, on the event loop's clock, a call starting now has to be over: `ceiling` seconds, or sooner."""
    now = asyncio.get_running_loop().time()
    limit = _ends.get()
    return now + ceiling if limit is None else min(limit, now + ceiling)
