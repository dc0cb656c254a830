"""What operators see from outside: `/metrics` for Prometheus, and `/readyz`, which asks whether work can be done."""

import time
from collections import Counter as Tally
from collections.abc import Awaitable, Callable
from typing import Protocol

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.assistant.model import Usage
from bot.store import Store, StoreError, Turns
from bot.store.turn import Turn

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25)


class Observed(Protocol):
    """What is looked at: the running bot."""

    store: Store
    turns: Turns
    calls: Tally[str]

    @property
    def usage(self) -> Usage:
        """What the model has cost."""
        ...


class TimedTurns(Turns):
    """Turns that count and time their handlers."""

    def __init__(self, store: Store, *, registry: CollectorRegistry, **rest: object) -> None:
        super().__init__(store, **rest)  # type: ignore[arg-type]
        self._durations = Histogram(
            "slotwise_turn_seconds", "How long turns take", ["kind"], buckets=_SECONDS, registry=registry
        )
        self._outcomes = Counter("slotwise_turns", "Turns by how they ended", ["kind", "outcome"], registry=registry)

    def on(self, kind: str, handler: Callable[[Turn], Awaitable[None]]) -> None:
        """Work off turns of `kind` with `handler`, timed."""

        async def timed(turn: Turn) -> None:
            began = time.perf_counter()
            outcome = "failed"
            try:
                await handler(turn)
                outcome = "done"
            finally:
                self._durations.labels(kind).observe(time.perf_counter() - began)
                self._outcomes.labels(kind, outcome).inc()

        super().on(kind, timed)


class Metrics:
    """The figures, gathered when they are asked for."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._calls = Gauge("slotwise_calcom_calls", "Cal.com calls by status", ["status"], registry=registry)
        self._model = Gauge("slotwise_model", "Model calls, failures and tokens so far", ["what"], registry=registry)
        self._depth = Gauge("slotwise_turns_in_flight", "Turns accepted and not finished here", registry=registry)
        self._drafts = Gauge(
            "slotwise_records", "Stored records by kind and state", ["kind", "state"], registry=registry
        )

    async def page(self, bot: Observed) -> bytes:
        """The figures of this moment in Prometheus' text form."""
        for status, count in bot.calls.items():
            self._calls.labels(status).set(count)
        usage = bot.usage
        for what in ("calls", "failures", "prompt_tokens", "completion_tokens", "seconds"):
            self._model.labels(what).set(getattr(usage, what))
        self._depth.set(bot.turns.in_flight())
        self._drafts.clear()
        for (kind, state), count in (await bot.store.records.counts()).items():
            self._drafts.labels(kind, state).set(count)
        return generate_latest(self._registry)


def routes(bot: Observed, metrics: Metrics) -> list[BaseRoute]:
    """`/metrics` and `/readyz`."""

    async def show(request: Request) -> Response:
        return Response(await metrics.page(bot), media_type=CONTENT_TYPE_LATEST)

    async def ready(request: Request) -> Response:
        """200 when the database answers and turns are taken, else 503 with what is wrong."""
        try:
            await bot.store.records.counts()
        except (StoreError, OSError) as error:
            return JSONResponse({"ready": False, "because": f"database: {type(error).__name__}"}, 503)
        return JSONResponse({"ready": True, "in_flight": bot.turns.in_flight()})

    return [Route("/metrics", show, methods=["GET"]), Route("/readyz", ready, methods=["GET"])]
