"""Who goes first to the database: what Slack waits for, then the turn that began first.

One core does everything. Without an order an acknowledgement stands behind a step of every turn under way, and of five
hundred turns at once all would take as long as the last. So only a few statements are under way at a time, nothing
begins while something urgent is, and of those who queue the oldest turn's comes first.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from itertools import count

PATIENCE = 0.1
"""Seconds after which those who queue go on whatever is urgent: precedence is no starvation."""

_begun: ContextVar[int] = ContextVar("turn_begun", default=0)
_numbers = count(1)


def begin() -> None:
    """A turn begins in this task: it queues behind those that began before. What is no turn stands before them all."""
    _begun.set(next(_numbers))


class Precedence:
    """The order of one event loop: `places` at a time."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._urgent = 0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """Something that somebody waits for is under way."""
        self._urgent += 1
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._let_go()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One's turn has come while this is open."""
        if self._urgent or not self._free or self._waiting:
            await self._queue()
        else:
            self._free -= 1
        try:
            yield
        finally:
            self._free += 1
            if not self._urgent:
                self._let_go()

    async def _queue(self) -> None:
        loop = asyncio.get_running_loop()
        place = loop.create_future()
        heappush(self._waiting, (_begun.get(), next(self._order), place))
        if self._timer is None:
            self._timer = loop.call_later(PATIENCE, self._impatient)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._free += 1  # the turn came in the moment of giving up
                self._let_go()
            raise

    def _let_go(self) -> None:
        while self._free and self._waiting:
            place = heappop(self._waiting)[2]
            if not place.done():
                self._free -= 1
                place.set_result(None)

    def _impatient(self) -> None:
        self._timer = None
        self._let_go()
        if self._waiting:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._impatient)
