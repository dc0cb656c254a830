"""Where a turn's time goes: the bot's own seconds as a metric, and the calls it made as spans for whoever traces.

Every room reports its calls to the outside when they are over; the turn under way is known by context. What is left
of a turn's time when the calls are taken off is the bot's own, the database included.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.store.turn import Turn

BUCKETS = (0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 25)
"""Seconds; the goals of the bot's own time, 0.03 and 0.15, among them."""

Plain = str | int | float | bool
BESIDE = frozenset({"assistant.threads.setStatus"})
"""Calls that nobody waits for: the working indicator is set while the work goes on."""


class Span(Protocol):
    """A turn being traced."""

    def call(self, name: str, began: float, ended: float, attributes: dict[str, Plain], failed: bool) -> None:
        """One call that the turn made; times as of `time.time()`."""

    def end(self, failed: bool) -> None:
        """The turn is over."""


class Tracer(Protocol):
    """Where traces go: `bot.tracing`."""

    def turn(self, name: str, attributes: dict[str, Plain]) -> Span:
        """A turn begins."""

    def close(self) -> None:
        """Send what is not yet sent."""


@dataclass
class _Under:
    """A turn under way: the calls so far, as intervals of `time.perf_counter()`."""

    span: Span | None
    calls: list[tuple[float, float]] = field(default_factory=list)


_under: ContextVar[_Under | None] = ContextVar("watched_turn", default=None)


class Watch:
    """Hears of turns and of calls."""

    def __init__(self, registry: CollectorRegistry, tracer: Tracer | None = None) -> None:
        self._tracer = tracer
        self._running: dict[object, float] = {}
        self._whole = Histogram(
            "slotwise_turn_seconds", "How long turns take", ["kind"], buckets=BUCKETS, registry=registry
        )
        self._own = Histogram(
            "slotwise_turn_own_seconds",
            "How long turns take less their calls to Slack, Cal.com and the model",
            ["kind"],
            buckets=BUCKETS,
            registry=registry,
        )
        self._calls = Histogram(
            "slotwise_call_seconds", "How long calls to the outside take", ["to"], buckets=BUCKETS, registry=registry
        )
        self._outcomes = Counter("slotwise_turns", "Turns by how they ended", ["kind", "outcome"], registry=registry)

    @contextmanager
    def turn(self, turn: Turn) -> Iterator[None]:
        """One run of a turn's handler is under way."""
        span = None
        if self._tracer:
            ids: dict[str, Plain] = {
                "slotwise.turn": turn.id,
                "slotwise.workspace": turn.workspace,
                "slotwise.attempt": turn.attempt,
            }
            span = self._tracer.turn(f"turn {turn.kind}", ids)
        under = _Under(span)
        token = _under.set(under)
        began, failed = time.perf_counter(), True
        running = object()
        self._running[running] = began
        try:
            yield
            failed = False
        finally:
            del self._running[running]
            _under.reset(token)
            ended = time.perf_counter()
            self._whole.labels(turn.kind).observe(ended - began)
            self._own.labels(turn.kind).observe(max(0.0, ended - began - covered(under.calls, began, ended)))
            self._outcomes.labels(turn.kind, "failed" if failed else "done").inc()
            if span:
                span.end(failed)

    def oldest(self) -> float:
        """For how many seconds the turn that began first is under way; 0 without one."""
        return time.perf_counter() - next(iter(self._running.values())) if self._running else 0.0

    def called(self, to: str, name: str, seconds: float, failed: bool, **attributes: Plain) -> None:
        """A call to `to` (slack, calcom, model) that took `seconds` and ends now. Attributes carry ids and numbers,
        never text of people."""
        self._calls.labels(to).observe(seconds)
        under = _under.get()
        if under is None:
            return
        now = time.perf_counter()
        if name not in BESIDE:
            under.calls.append((now - seconds, now))
        if under.span:
            ended = time.time()
            under.span.call(f"{to} {name}", ended - seconds, ended, attributes, failed)


def covered(intervals: list[tuple[float, float]], begin: float, end: float) -> float:
    """How much of the time from `begin` to `end` the intervals cover together.

    >>> covered([(1.0, 3.0), (2.0, 4.0), (6.0, 9.0)], 0.0, 8.0)
    5.0
    """
    total, reached = 0.0, begin
    for start, stop in sorted(intervals):
        start, stop = max(start, reached), min(stop, end)
        if stop > start:
            total += stop - start
            reached = stop
    return total
