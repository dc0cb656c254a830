"""The composition root: the only place that wires the rooms together. Read it from top to bottom."""

import asyncio
import logging
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot import __version__, control, health, observing
from bot.accounts import link_configured
from bot.assistant.assistant import Assistant
from bot.assistant.model import Model, OfflineModel, OpenAIModel, Usage
from bot.assistant.summary import Summariser
from bot.calcom import CalCom, Credential
from bot.config import EMBEDDED_MODEL, Settings
from bot.hearing import Hearing, hear, oauth_app
from bot.observing import Metrics, WatchedModel, WatchedTurns
from bot.retention import Retention
from bot.scheduling.accounts import Accounts
from bot.scheduling.credits import Credits
from bot.scheduling.desk import Desk
from bot.scheduling.limits import Ceilings, Limits, Meter
from bot.slack import SlackSide, build
from bot.slack.directory import SlackDirectory
from bot.store import Store, Turns
from bot.tracing import tracer_for
from bot.watching import Tracer, Watch
from bot.web import Web, from_slack

log = logging.getLogger(__name__)

GRACE_SECONDS = 8.0
"""How long running turns get to finish at shutdown; the rest is taken up at the next start."""


def model_of(settings: Settings) -> Model:
    """The language model, or the offline mind where none is configured."""
    key, base = settings.openai_api_key.get_secret_value(), settings.openai_base_url
    if not key and not base:
        return OfflineModel()
    return OpenAIModel(base or "https://api.openai.com/v1", key, settings.model)


def ceilings(settings: Settings) -> tuple[Ceilings, Ceilings]:
    """What one person, and what a workspace may use."""
    s = settings
    return (
        Ceilings(s.messages_per_minute, s.model_calls_per_day, s.model_tokens_per_day),
        Ceilings(s.workspace_messages_per_minute, s.workspace_model_calls_per_day, s.workspace_model_tokens_per_day),
    )


@dataclass
class Bot:
    """The running bot: everything between Slack, the model and Cal.com."""

    settings: Settings
    store: Store
    calcom: CalCom
    model: Model
    desk: Desk
    turns: Turns
    slack: SlackSide
    directory: SlackDirectory
    metrics: Metrics
    hearing: Hearing
    watch: Watch
    tracer: Tracer | None = None
    closing: bool = False
    workspace: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    sync_clock: Callable[[], Awaitable[None]] | None = None
    retention: Retention | None = None
    _socket: AsyncSocketModeHandler | None = field(default=None, repr=False)

    @classmethod
    async def start(cls, settings: Settings, now: Callable[[], datetime]) -> "Bot":
        """Open the store, wire the rooms, take up what an earlier life left, connect to Slack."""
        store = await Store.open(settings.database_url, clock=now, keys=settings.keys)
        executor = settings.executor_id or f"{socket.gethostname()}:{settings.port}"
        registry = CollectorRegistry()
        tracer = tracer_for(settings.otel_exporter_otlp_endpoint, executor, __version__)
        watch = Watch(registry, tracer)
        calls: Counter[str] = Counter()
        calcom = CalCom(
            settings.calcom_api_url,
            clock=now,
            observe=observing.of_calcom(watch, calls),
            budgets=store.budgets,
            meetings=(settings.calcom_oauth_url, *settings.meeting_hosts.split(",")),
        )
        secret = settings.calcom_api_key.get_secret_value()
        key = Credential("key", secret) if secret else None
        token = settings.slack_bot_token.get_secret_value()
        directory = SlackDirectory(AsyncWebClient(token=token, base_url=settings.slack_api_url))
        accounts = Accounts(calcom, store, now, *oauth_app(settings))
        desk = Desk(
            calcom,
            store,
            directory,
            now,
            key,
            settings.calcom_organization or None,
            accounts,
            writes=settings.writes == "on",
        )
        model = model_of(settings)
        if isinstance(model, OpenAIModel) and settings.model != EMBEDDED_MODEL:
            desk.summarise_with(Summariser(model))
        limits = Limits(store.counters, now, *ceilings(settings))
        credits = Credits(calcom, key, settings.credits_per_turn) if key and settings.credits_per_turn else None
        watched = WatchedModel(model, watch) if isinstance(model, OpenAIModel) else model
        mind = Assistant(desk, store, watched, now, Meter(limits, credits))
        turns = WatchedTurns(store, watch=watch, executor_id=executor, version=__version__, clock=now)
        slack = await build(
            mind=mind,
            desk=desk,
            turns=turns,
            places=store.places,
            records=store.records,
            clock=now,
            limits=limits,
            token=token,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            api_url=settings.slack_api_url,
            heard=observing.of_slack(watch),
        )
        hearing = hear(settings.public_url, calcom, store, turns, desk, directory, key, slack, now)
        metrics = Metrics(registry)
        bot = cls(
            settings, store, calcom, model, desk, turns, slack, directory, metrics, hearing, watch, tracer, calls=calls
        )
        bot.retention = Retention(store, turns, settings.retention_days, now)
        await bot._connect()
        return bot

    async def _connect(self) -> None:
        self.workspace = await self.slack.workspace()
        await self.turns.start()
        await self._begin()
        if isinstance(self.model, OpenAIModel):
            asyncio.get_running_loop().run_in_executor(None, self.model.warm)
        if app_token := self.settings.slack_app_token.get_secret_value():
            client = AsyncWebClient(token=app_token, base_url=self.settings.slack_api_url)
            self._socket = AsyncSocketModeHandler(self.slack.app, app_token, web_client=client)
            await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def _begin(self) -> None:
        """What is there before anybody asks: linked accounts, webhooks, the next time to delete what is old."""
        if self.retention:
            await self.retention.begin()
        accounts = {email: key.get_secret_value() for email, key in self.settings.calcom_accounts.items()}
        await link_configured(
            accounts, self.workspace, self.calcom, self.directory, self.store, self.desk.accounts.has_left
        )
        await self.hearing.subscribe(self.workspace)

    @property
    def usage(self) -> Usage:
        """What the model has cost."""
        return self.model.usage

    def oldest(self) -> float:
        """For how many seconds the turn that began first is under way; 0 without one."""
        return self.watch.oldest()

    def heard(self) -> float | None:
        """How many seconds ago Slack last sent something for us; None before the first."""
        return time.monotonic() - self.slack.reception.heard if self.slack.reception.heard else None

    async def connected(self) -> bool | None:
        """Whether Socket Mode is connected; None where Slack calls us."""
        return bool(await self._socket.client.is_connected()) if self._socket else None

    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self.turns.in_flight() == 0 and self.slack.in_flight() == 0

    async def settled(self) -> bool:
        """As `idle`, after taking up what has come due by the clock."""
        await self.turns.ring()
        return self.idle()

    async def reset(self) -> None:
        """Forget everything: tests and the demo's reset. Its own calls to Cal.com are not counted."""
        before = self.calls.copy()
        await self.turns.reset()
        await self.store.reset()
        self.calcom.forget()
        self.desk.forget()
        self.slack.forget()
        self.directory.forget()
        if self.sync_clock:
            await self.sync_clock()
        await self._begin()
        self.calls.clear()
        self.calls.update(before)

    async def close(self) -> None:
        """Shut down gracefully: no new turns, running ones finished or handed over."""
        self.closing = True
        if self._socket:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await self.turns.stop(GRACE_SECONDS)
        await self.slack.close()
        await self.calcom.aclose()
        if isinstance(self.model, OpenAIModel):
            await self.model.aclose()
        await self.store.close()
        if self.tracer:
            await asyncio.to_thread(self.tracer.close)

    def routes(self) -> list[BaseRoute]:
        """What the bot serves over HTTP."""
        handler = AsyncSlackRequestHandler(self.slack.app)
        secret = self.settings.slack_signing_secret.get_secret_value()

        async def events(request: Request) -> Response:
            if isinstance(whole := await from_slack(request, secret), Response):
                return whole
            with self.turns.urgent():
                return await handler.handle(whole)

        routes: list[BaseRoute] = [
            Route("/slack/events", events, methods=["POST"]),
            *observing.routes(self, self.metrics),
            *health.routes(self),
        ]
        routes += Web(self.desk.accounts, self.store, self.hearing.accept).routes()
        routes += control.routes(self, self.settings.control_token.get_secret_value())
        return routes
