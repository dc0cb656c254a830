"""What operators see from outside: `/metrics` for Prometheus, and the ears by which the figures come in."""

import time
from collections import Counter as Tally
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.assistant.model import Answer, Message, Model, Usage
from bot.calcom import Seen
from bot.slack.client import Heard
from bot.store import Store, Turns
from bot.store.turn import Turn
from bot.watching import Watch


class Observed(Protocol):
    """What is looked at: the running bot."""

    store: Store
    turns: Turns
    calls: Tally[str]

    @property
    def usage(self) -> Usage:
        """What the model has cost."""
        ...


class WatchedTurns(Turns):
    """Turns whose handlers are watched."""

    def __init__(self, store: Store, *, watch: Watch, **rest: object) -> None:
        super().__init__(store, **rest)  # type: ignore[arg-type]
        self._seen = watch

    def on(self, kind: str, handler: Callable[[Turn], Awaitable[None]]) -> None:
        """Work off turns of `kind` with `handler`, watched."""

        async def watched(turn: Turn) -> None:
            with self._seen.turn(turn):
                await handler(turn)

        super().on(kind, watched)


class WatchedModel:
    """A language model whose calls are watched."""

    def __init__(self, model: Model, watch: Watch) -> None:
        self._model = model
        self._watch = watch

    @property
    def usage(self) -> Usage:
        """What it has cost."""
        return self._model.usage

    async def ask(self, messages: Sequence[Message]) -> Answer:
        """As the model itself."""
        began, failed = time.perf_counter(), True
        try:
            answer = await self._model.ask(messages)
            failed = False
            return answer
        finally:
            self._watch.called("model", "chat", time.perf_counter() - began, failed)


def of_calcom(watch: Watch, calls: Tally[str]) -> Callable[[Seen], None]:
    """Hears of attempts at Cal.com: counted by status, and watched."""

    def seen(attempt: Seen) -> None:
        calls.update([f"{attempt.status or 'lost'}"])
        failed = attempt.status is None or attempt.status >= 400
        ids = {"http.request.method": attempt.method, "http.route": attempt.route}
        status = {"http.response.status_code": attempt.status} if attempt.status else {}
        watch.called("calcom", f"{attempt.method} {attempt.route}", attempt.seconds, failed, **ids, **status)

    return seen


def of_slack(watch: Watch) -> Heard:
    """Hears of calls to Slack."""

    def heard(method: str, seconds: float, error: str) -> None:
        watch.called("slack", method, seconds, bool(error), **({"slack.error": error} if error else {}))

    return heard


class Metrics:
    """The figures, gathered when they are asked for."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._calls = Gauge("slotwise_calcom_calls", "Cal.com calls by status", ["status"], registry=registry)
        self._model = Gauge("slotwise_model", "Model calls, failures and tokens so far", ["what"], registry=registry)
        self._depth = Gauge("slotwise_turns_in_flight", "Turns accepted and not finished here", registry=registry)
        self._running = Gauge("slotwise_turns_running", "Turns that are being worked off here", registry=registry)
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
        self._running.set(bot.turns.running())
        self._drafts.clear()
        for (kind, state), count in (await bot.store.records.counts()).items():
            self._drafts.labels(kind, state).set(count)
        return generate_latest(self._registry)


def routes(bot: Observed, metrics: Metrics) -> list[BaseRoute]:
    """`/metrics`."""

    async def show(request: Request) -> Response:
        return Response(await metrics.page(bot), media_type=CONTENT_TYPE_LATEST)

    return [Route("/metrics", show, methods=["GET"])]
