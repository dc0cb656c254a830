"""The waiting line in front of a budget: workspaces take turns, in each its people, each one's requests in order."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_whose: ContextVar[str] = ContextVar("calcom_whose", default="")


@contextmanager
def on_behalf_of(who: str) -> Iterator[None]:
    """Queue the calls inside in `who`'s own line, so that nobody waits behind another's flood.

    `who` is a workspace and a person, with a slash between them.
    """
    token = _whose.set(who)
    try:
        yield
    finally:
        _whose.reset(token)


def whose() -> str:
    """Whose calls these are; empty for the program's own."""
    return _whose.get()


Turn = asyncio.Future[None]


class Line:
    """A lock that is handed round: among workspaces in turn, in each among its people in turn, among one person's
    requests by arrival."""

    def __init__(self) -> None:
        self._held = False
        self._waiting: OrderedDict[str, OrderedDict[str, deque[Turn]]] = OrderedDict()

    @property
    def held(self) -> bool:
        """Whether somebody is at the front."""
        return self._held

    async def acquire(self) -> None:
        """Come to the front. Every return needs one `release`."""
        if not self._held:
            self._held = True
            return
        workspace, _, person = whose().partition("/")
        turn: Turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(workspace, OrderedDict()).setdefault(person, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()  # the turn came in the moment of giving up: pass it on
            # else `release` steps over it
            raise

    def release(self) -> None:
        """Let the next one come."""
        while self._waiting:
            workspace, people = next(iter(self._waiting.items()))
            person, turns = next(iter(people.items()))
            turn = turns.popleft()
            people.move_to_end(person)
            self._waiting.move_to_end(workspace)
            if not turns:
                del people[person]
            if not people:
                del self._waiting[workspace]
            if not turn.done():
                turn.set_result(None)
                return
        self._held = False
