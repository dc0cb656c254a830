"""One request budget for several processes: what each of them may still send is agreed on elsewhere (the store).

Every request takes its permit there before it leaves, so that together the replicas stay inside the limit; a permit
whose process died is lost until the window ends, and no more. What an answer says of the window, a refusal above all,
is passed on. Where the place to agree is out of reach each process paces itself alone.
"""

import asyncio
import time
from typing import Protocol

WINDOW_SECONDS = 60.5
"""How long a window is taken to last until an answer says better (Cal.com: a minute, from its first request)."""
FREE = 1000
"""From this limit on permits are taken by the dozen: it is no limit that anybody reaches."""
DOZEN = 48
MODEST = 8
"""Who has sent more than the window's budget divided by this leaves the last third of it to others."""
_NEWS = 1.0
"""Seconds by which two statements of a window's end differ for no reason but rounding."""


class Share(Protocol):
    """What was given of a window."""

    @property
    def permits(self) -> int:
        """How many requests may leave; 0: the window is used up."""
        ...

    @property
    def ends(self) -> float:
        """When the window ends, in seconds since 1970."""
        ...

    @property
    def limit(self) -> int:
        """How many requests it has."""
        ...

    @property
    def granted(self) -> int:
        """How many of them were given, to all."""
        ...


class Budgets(Protocol):
    """Where the processes agree. Raises nothing: None where it is out of reach."""

    async def take(self, name: str, permits: int, now: float, ends: float, spare: bool) -> Share | None:
        """Take permits of the window under way; of a new one until `ends` where none is. With `spare` the last third
        is left alone."""
        ...

    async def learn(self, name: str, limit: int, used: int, ends: float) -> None:
        """What the service says of its window: its limit, how much of it is used, when it ends."""
        ...


class Allowance:
    """One process' part in the budget `name`."""

    def __init__(self, budgets: Budgets, name: str) -> None:
        self._budgets = budgets
        self._name = name
        self._left = 0
        self._limit = 0
        self._ends = 0.0
        self._granted = 0
        self._sent: dict[str, int] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self.makes_room = False
        """Whether the last one who asked has to leave the rest of the window to others."""

    async def take(self, who: str) -> float:
        """Get a permit for somebody: gives 0, or the seconds until there may be one."""
        now = time.time()
        self.makes_room = False
        if now >= self._ends:
            self._left = 0
        if self._left == 0:
            if self._telling:
                await asyncio.wait(self._telling)  # what is granted next should rest on it
            sent = self._sent.get(who, 0) if now < self._ends else 0
            spare = bool(who and sent) and sent >= self._limit / MODEST
            share = None
            for many in (DOZEN, 1) if self._limit >= FREE else (1,):
                share = await self._budgets.take(self._name, many, now, now + WINDOW_SECONDS, spare)
                if share is None or share.permits:
                    break
            if share is None:
                return 0.0
            if share.ends > self._ends + _NEWS:
                self._sent.clear()
            self._limit, self._ends, self._granted = share.limit, share.ends, share.granted
            if not share.permits:
                self.makes_room = spare and share.granted < share.limit
                return max(0.01, share.ends - now)
            self._left = share.permits
        self._left -= 1
        self._sent[who] = self._sent.get(who, 0) + 1
        return 0.0

    def learn(self, limit: int | None, remaining: int, reset: float | None, in_flight: int) -> None:
        """An answer told of the window; passed on where it is news. `in_flight` requests are not yet answered."""
        told = limit or self._limit
        if reset is None or not told:
            return
        ends = time.time() + (WINDOW_SECONDS if told >= FREE else reset)
        used = told - remaining
        same = told == self._limit and (told >= FREE or self._ends - _NEWS <= ends <= self._ends)
        if same and remaining > 0 and used <= self._granted:
            return
        if remaining == 0:
            self._left = 0
        self._limit, self._ends = told, max(ends, self._ends if same else 0.0)
        self._granted = max(used, self._granted if same else 0)
        task = asyncio.create_task(self._budgets.learn(self._name, told, min(told, used + in_flight), self._ends))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
