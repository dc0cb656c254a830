"""Staying inside Cal.com's request budget, as told by its X-RateLimit headers.

The service counts requests per credential in a window (120 in 60 s) and, once the budget is spent, refuses
everything for 60 s; accounts that keep hitting the limit get locked. So the budget is known before a request
leaves: while some remains nothing waits, then callers wait in line for the window's end, or are told at
once that it would take longer than they have.
"""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from .budgets import Allowance
from .errors import RateLimited
from .line import Line, whose
from .waiting import tell_of_waiting

_HEADER = re.compile(r"x-ratelimit-(limit|remaining|reset)(?:-.+)?", re.IGNORECASE)
_LONGEST_WINDOW = 3600.0
_AFTER_RESET = 0.05
"""Seconds added to the stated reset: it is rounded to whole seconds, and clocks differ."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one answer says: requests per window, requests left, seconds until the window ends."""

    limit: int | None
    remaining: int | None
    reset: float | None


def read_budget(headers: Mapping[str, str], status: int) -> Budget:
    """The budget in an answer's headers; of several named limits the one with the least left.

    Reset is in seconds, in some answers an epoch time. A 429 means nothing is left, whatever the headers say;
    `Retry-After` (seconds) then wins.
    """
    named: dict[str, dict[str, float]] = {}
    for header, text in headers.items():
        if (match := _HEADER.fullmatch(header)) and (number := _number(text)) is not None:
            name = header.lower().replace(f"x-ratelimit-{match[1].lower()}", "")
            named.setdefault(name, {})[match[1].lower()] = number
    tightest = min(named.values(), key=lambda one: one.get("remaining", float("inf")), default={})
    limit, remaining, reset = tightest.get("limit"), tightest.get("remaining"), tightest.get("reset")
    if reset is not None and reset > 1_000_000:
        reset = (reset / 1000 if reset > 1e11 else reset) - time.time()
    if status == 429:
        remaining = 0
        retry_after = _number(headers.get("retry-after", ""))
        reset = retry_after if retry_after is not None else reset
    return Budget(
        limit=int(limit) if limit else None,
        remaining=None if remaining is None else max(0, int(remaining)),
        reset=None if reset is None else min(max(reset, 0.0), _LONGEST_WINDOW),
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < 1e15 else None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request's place: whether it left while no other was on its way, and how many answers had come."""

    alone: bool
    answers: int


class Pacer:
    """The gate in front of one budget: first come, first served, workspaces and people in turn (`on_behalf_of`).

    With an `allowance`, other processes draw on the same budget.
    """

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance
        self._line = Line()
        self._heard = asyncio.Event()
        self._limit: int | None = None
        self._remaining: int | None = None
        self._resets_at: float | None = None
        self._in_flight = 0
        self._answers = 0

    @property
    def busy(self) -> bool:
        """Whether requests are on their way or waiting."""
        return self._in_flight > 0 or self._line.held

    async def enter(self, ends: float) -> Ticket:
        """Wait for one request's worth of budget, at most until `ends` (event loop time).

        Raises RateLimited when the budget comes back only later. Give the ticket back with `leave`.
        """
        loop = asyncio.get_running_loop()
        while True:
            self._refuse_if_hopeless(ends, self._wait())
            if self._line.held:
                tell_of_waiting(self._wait())
            try:
                async with asyncio.timeout_at(ends):
                    await self._line.acquire()
            except TimeoutError:
                raise RateLimited(retry_after=max(0.0, self._wait())) from None
            try:
                wait = await self._at_front(ends)
                if wait <= 0:
                    ticket = Ticket(self._in_flight == 0, self._answers)
                    self._in_flight += 1
                    return ticket
            finally:
                self._line.release()
            # Has had a good part of the window, whose rest is for others: not in their way.
            await asyncio.sleep(min(wait, ends - loop.time()))
            if loop.time() >= ends:
                raise RateLimited(retry_after=wait)

    async def _at_front(self, ends: float) -> float:
        """Wait until a request may leave (0), or until it is somebody else's turn (the seconds to stay away)."""
        loop = asyncio.get_running_loop()
        while (wait := await self._turn()) > 0:
            self._refuse_if_hopeless(ends, wait)
            tell_of_waiting(wait)
            if self._allowance and self._allowance.makes_room:
                return wait
            self._heard.clear()
            try:
                async with asyncio.timeout_at(min(loop.time() + wait, ends)):
                    await self._heard.wait()
            except TimeoutError:
                if loop.time() >= ends:
                    raise RateLimited(retry_after=wait) from None
        return 0.0

    def leave(self, ticket: Ticket, budget: Budget | None) -> None:
        """A request is over; `budget` is what its answer said, None when none came."""
        self._in_flight -= 1
        if budget is not None and budget.remaining is not None:
            self._learn(ticket, budget, budget.remaining)
            self._answers += 1
            if self._allowance:
                self._allowance.learn(budget.limit, budget.remaining, budget.reset, self._in_flight)
        self._heard.set()

    def _learn(self, ticket: Ticket, budget: Budget, remaining: int) -> None:
        now = asyncio.get_running_loop().time()
        resets_at = None if budget.reset is None else now + budget.reset + _AFTER_RESET
        if remaining == 0 and resets_at is None:
            return  # refused without saying for how long: the caller backs off on its own
        same_window = self._resets_at is not None and resets_at is not None and resets_at < self._resets_at + 1.5
        # Answers overtake each other, and within a window the count only grows: the lowest is the newest.
        # Only who left alone and is the first to answer since certainly knows better.
        newest = ticket.alone and ticket.answers == self._answers
        if same_window and not newest and self._remaining is not None:
            remaining = min(remaining, self._remaining)
        self._limit = budget.limit or self._limit
        self._remaining = remaining
        self._resets_at = resets_at

    def _wait(self) -> float:
        """Seconds until a request may leave, 0 for now."""
        now = asyncio.get_running_loop().time()
        if self._resets_at is not None and now >= self._resets_at:
            self._remaining, self._resets_at = self._limit, None
        if self._remaining is None or self._remaining > self._in_flight:
            return 0.0
        if self._resets_at is None:
            return 0.25 if self._in_flight else 0.0
        return self._resets_at - now

    async def _turn(self) -> float:
        """Seconds until a request may leave as far as anybody knows; with 0 its permit is taken."""
        wait = self._wait()
        return await self._allowance.take(whose()) if wait <= 0 and self._allowance else wait

    def _refuse_if_hopeless(self, ends: float, wait: float) -> None:
        # With requests on their way the true budget is not known yet: their answers may show room.
        if not self._in_flight and wait > 0 and asyncio.get_running_loop().time() + wait > ends:
            raise RateLimited(retry_after=wait)
