"""The waiting line in front of a budget: people take turns, each one's requests in order."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_whose: ContextVar[str] = ContextVar("calcom_whose", default="")


@contextmanager
def on_behalf_of(who: str) -> Iterator[None]:
    """Queue the calls inside in `who`'s own line, so that nobody waits behind another's flood."""
    token = _whose.set(who)
    try:
        yield
    finally:
        _whose.reset(token)


class Line:
    """A lock that is handed round: among persons in turn, among one person's requests by arrival."""

    def __init__(self) -> None:
        self._held = False
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def held(self) -> bool:
        """Whether somebody is at the front."""
        return self._held

    async def acquire(self) -> None:
        """Come to the front. Every return needs one `release`."""
        if not self._held:
            self._held = True
            return
        who = _whose.get()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()  # the turn came in the moment of giving up: pass it on
            else:
                self._leave(who, turn)
            raise

    def release(self) -> None:
        """Let the next one come."""
        while self._waiting:
            who, turns = next(iter(self._waiting.items()))
            turn = turns.popleft()
            if turns:
                self._waiting.move_to_end(who)
            else:
                del self._waiting[who]
            if not turn.done():
                turn.set_result(None)
                return
        self._held = False

    def _leave(self, who: str, turn: asyncio.Future[None]) -> None:
        turns = self._waiting.get(who)
        if turns is not None and turn in turns:
            turns.remove(turn)
            if not turns:
                del self._waiting[who]
