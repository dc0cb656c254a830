"""The Slack side against the embedded workspace over HTTP, with a mind and a desk that do as they are told."""

import asyncio
import hashlib
import hmac
import inspect
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.server import Sandbox
from bot.scheduling.asker import Scene
from bot.scheduling.cards import Note, Verb
from bot.scheduling.form import Form, Raw
from bot.scheduling.reply import Reply
from bot.slack import SlackSide, build
from bot.store import Store, Turns

NOW = "2026-11-23T09:00:00-05:00"

Answer = Callable[[Scene, str], Awaitable[Reply]]


class FakeMind:
    """Answers what it is told to, and remembers what it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[Scene, str]] = []
        self.answer: Answer = self._echo

    async def _echo(self, scene: Scene, text: str) -> Reply:
        return Reply((Note(f"You said: {text}"),))

    def always(self, *cards: Any, **more: Any) -> None:
        """Answer everything with these cards."""

        async def fixed(scene: Scene, text: str) -> Reply:
            return Reply(tuple(cards), **more)

        self.answer = fixed

    async def respond(self, scene: Scene, text: str) -> Reply:
        self.heard.append((scene, text))
        return await self.answer(scene, text)


@dataclass
class FakeDesk:
    """Answers presses by verb, and shows one form."""

    replies: dict[Verb, Reply] = field(default_factory=dict)
    shown: Form | None = None
    problems: dict[str, str] = field(default_factory=dict)
    submitted: Reply = field(default_factory=lambda: Reply(()))
    at_home: Reply = field(default_factory=lambda: Reply(()))
    presses: list[tuple[Scene, Verb, str, str]] = field(default_factory=list)
    filled: list[tuple[Scene, str, dict[str, Raw]]] = field(default_factory=list)
    error: Exception | None = None
    slow: float = 0.0
    pressing: Callable[[], Awaitable[Reply]] | None = None

    async def press(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        self.presses.append((scene, verb, ref, key))
        if self.error:
            raise self.error
        if self.pressing:
            return await self.pressing()
        return self.replies[verb]

    async def form(self, scene: Scene, ref: str) -> Form:
        await asyncio.sleep(self.slow)
        if self.error:
            raise self.error
        assert self.shown is not None
        return self.shown

    async def check(self, scene: Scene, ref: str, raw: dict[str, Raw]) -> dict[str, str]:
        return self.problems

    async def submit(self, scene: Scene, ref: str, raw: dict[str, Raw]) -> Reply:
        self.filled.append((scene, ref, raw))
        return self.submitted

    async def home(self, scene: Scene) -> Reply:
        if self.error:
            raise self.error
        return self.at_home


class NoCalendar:
    """In place of the Cal.com part, which is not looked at here."""

    routes: list[BaseRoute] = []  # noqa: RUF012

    def reset(self) -> None: ...

    def tick(self) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(app: Any, port: int) -> AsyncIterator[None]:
    """`app` on that port while this is open."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.002)
    try:
        yield
    finally:
        server.should_exit = True
        await task


@dataclass
class Stage:
    """Everything running: the workspace, the bot, and a client with a person's hands and eyes."""

    url: str
    http: httpx.AsyncClient
    sandbox: Sandbox
    side: SlackSide
    turns: Turns
    store: Store
    mind: FakeMind
    desk: FakeDesk
    requests: list[tuple[dict[str, str], bytes]]
    bot_url: str

    async def get(self, path: str, **query: Any) -> Any:
        reply = await self.http.get(f"{self.url}/workspace/{path}", params=query, timeout=40)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def post(self, path: str, **body: Any) -> Any:
        reply = await self.http.post(f"{self.url}/workspace/{path}", json=body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def settle(self) -> None:
        await self.get("idle", timeout=15)

    async def say(self, text: str, user: str = "ann", channel: str = "@slotwise", **more: Any) -> str:
        """Say something and wait for the answer."""
        ts = (await self.post("messages", user=user, channel=channel, text=text, **more))["ts"]
        await self.settle()
        return str(ts)

    async def command(self, text: str, user: str = "ann", channel: str = "#general") -> None:
        await self.post("commands", user=user, channel=channel, command="/slotwise", text=text)
        await self.settle()

    async def messages(self, viewer: str = "ann", channel: str = "@slotwise", **more: Any) -> list[dict[str, Any]]:
        return list((await self.get("messages", viewer=viewer, channel=channel, **more))["messages"])

    async def answers(self, viewer: str = "ann", channel: str = "@slotwise") -> list[dict[str, Any]]:
        """What the bot shows this person there."""
        return [message for message in await self.messages(viewer, channel) if message["bot"]]

    async def plain(self, viewer: str = "ann", channel: str = "@slotwise") -> str:
        """The newest message of the bot."""
        return str((await self.answers(viewer, channel))[-1]["plain"])

    async def press(self, label: str, user: str = "ann", channel: str = "@slotwise", ts: str = "", **more: Any) -> None:
        """Press on the newest message of the bot, or the one named."""
        if not ts and "view_id" not in more:
            ts = (await self.answers(user, channel))[-1]["ts"]
        where = {} if "view_id" in more else {"channel": channel, "ts": ts}
        await self.post("press", user=user, label=label, **where, **more)
        await self.settle()

    async def fault(self, kind: str, path: str, times: int = 1) -> None:
        """The next calls of that method go wrong."""
        body = {"target": "slack", "kind": kind, "times": times, "path": path}
        assert (await self.http.post(f"{self.url}/workspace/faults", json=body)).status_code == 200

    async def modal(self, viewer: str = "ann") -> Any:
        return (await self.get("views", viewer=viewer))["modal"]

    async def home(self, viewer: str = "ann") -> Any:
        return (await self.get("views", viewer=viewer))["home"]

    async def submit(self, values: dict[str, Any], user: str = "ann") -> dict[str, str]:
        """Fill in and submit the open modal; the errors by label."""
        view = await self.modal(user)
        answer = await self.post("views/submit", user=user, view_id=view["view_id"], values=values)
        await self.settle()
        return dict(answer.get("errors") or {})

    async def deliver(self, event: dict[str, Any], id: str = "Ev1") -> int:
        """Send the bot an event, signed as Slack signs; the status of its answer."""
        body = json.dumps({"type": "event_callback", "team_id": "T0SANDBOX1", "event_id": id, "event": event})
        now = str(int(time.time()))
        signed = hmac.new(b"sandbox-secret", f"v0:{now}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"x-slack-request-timestamp": now, "x-slack-signature": f"v0={signed}"}
        headers["content-type"] = "application/json"
        return (await self.http.post(self.bot_url, content=body, headers=headers)).status_code

    async def fresh(self) -> None:
        """Everything back to the beginning."""
        await self.turns.reset()
        await self.post("reset", now=NOW)
        await self.store.reset()
        self.side.forget()
        self.requests.clear()
        self.mind.__init__()  # type: ignore[misc]
        self.desk.__init__()  # type: ignore[misc]


@asynccontextmanager
async def staged(folder: Path, **options: Any) -> AsyncIterator[Stage]:
    """The workspace and the bot on their own ports."""
    port, bot_port = free_port(), free_port()
    bot_url = f"http://127.0.0.1:{bot_port}/slack/events"
    sandbox = Sandbox(port=port, now=datetime.fromisoformat(NOW), app_url=bot_url, calcom=NoCalendar())
    store = await Store.open(f"sqlite:///{folder / 'bot.db'}", clock=sandbox.clock.now)
    turns = Turns(store, executor_id="test", version="1", clock=sandbox.clock.now, backoff=(0.01, 0.02, 0.05))
    mind, desk = FakeMind(), FakeDesk()
    side = await build(
        mind=mind,
        desk=desk,
        turns=turns,
        places=store.places,
        records=store.records,
        clock=sandbox.clock.now,
        token=None if options.get("installations") else "xoxb-sandbox",
        signing_secret="sandbox-secret",
        api_url=f"http://127.0.0.1:{port}/slack/api/",
        **options,
    )
    requests: list[tuple[dict[str, str], bytes]] = []
    handler = AsyncSlackRequestHandler(side.app)

    async def endpoint(request: Request) -> Response:
        requests.append((dict(request.headers), await request.body()))
        return await handler.handle(request)

    async def idle() -> bool:
        return not turns.in_flight() and not side.in_flight()

    sandbox.add_probe(idle)
    bot = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    async with httpx.AsyncClient() as http, serving(sandbox.app, port), serving(bot, bot_port):
        await turns.start()
        url = f"http://127.0.0.1:{port}"
        yield Stage(url, http, sandbox, side, turns, store, mind, desk, requests, bot_url)
        await turns.stop(1)
        await side.close()
    await store.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder share one loop, and so one running workspace."""
    for item in items:
        if Path(__file__).parent in item.path.parents and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The workspace and the bot, for all tests."""
    async with staged(tmp_path_factory.mktemp("slack")) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(running: Stage) -> Stage:
    """The workspace and the bot with nothing said yet."""
    await running.fresh()
    return running
