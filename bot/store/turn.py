"""One accepted turn in a handler's hands.

A handler is an ordinary coroutine of the process' own event loop. What it must not do twice it puts into a `step`:
a finished step's result is stored, and after a crash the handler runs again from its beginning with the stored results
in place of the steps. Only what lies between a step's effect and the storing of its result can happen twice; such a
step asks the other side first ("is there a booking with this draft's id already?").
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot.moments import Moment, passing
from bot.store.errors import StepReused
from bot.store.tickets import Ticket, plain

T = TypeVar("T")

_UNDER_WAY: set[asyncio.Future[Any]] = set()
"""Work that must not be garbage-collected before its end."""

Keep = Callable[[Ticket, str, Any], Coroutine[Any, Any, None]]


class Turn:
    """One accepted turn in a handler's hands. `accepted` is aware, `attempt` counts from 1."""

    def __init__(self, ticket: Ticket, keep: Keep, attempt: int) -> None:
        self.id = ticket.id
        self.kind = ticket.kind
        self.workspace = ticket.workspace
        self.conversation = ticket.conversation
        self.payload = ticket.payload
        self.accepted = ticket.accepted
        self.attempt = attempt
        self._ticket = ticket
        self._keep = keep
        self._begun: set[str] = set()

    def __repr__(self) -> str:
        return f"Turn({self.id!r}, {self.kind!r}, attempt={self.attempt})"

    async def step(self, name: str, do: Callable[[], Awaitable[T]]) -> T:
        """Do something once: gives what `do` gave, now or in an earlier run of this turn.

        The result must be JSON and is given as the database gives it back (a tuple as a list). Names are unique
        within a turn. Steps may run side by side. Raises StepReused, TurnLost and whatever `do` raises; a step that
        raised is not stored.
        """
        if name in self._begun:
            raise StepReused(name)
        self._begun.add(name)
        done = self._ticket.steps
        if name not in done:
            value = plain(await do())
            passing(Moment.EFFECTED)
            done[name] = value
            # What was done is stored even if the handler's deadline passes meanwhile.
            await unhurried(self._keep(self._ticket, name, value))
            passing(Moment.KEPT)
        result: T = done[name]
        return result


async def unhurried(work: Coroutine[Any, Any, T]) -> T:
    """Let `work` come to its end although the caller may be cancelled."""
    task = asyncio.ensure_future(work)
    _UNDER_WAY.add(task)
    task.add_done_callback(_ended)
    return await asyncio.shield(task)


def _ended(task: asyncio.Future[Any]) -> None:
    _UNDER_WAY.discard(task)
    if not task.cancelled():
        task.exception()  # the caller has it, or has gone
