"""A sandbox and an unchanged Bolt app beside it, each on its own port, both over real HTTP."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest_asyncio
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.server import Sandbox

NOW = "2026-11-23T09:00:00-05:00"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(app: Any, port: int) -> AsyncIterator[None]:
    """`app` on 127.0.0.1:`port` for as long as this is open."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn offers a flag only)
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await task


class Elsewhere:
    """A stand-in for the Cal.com part, which these tests do not look at."""

    def __init__(self) -> None:
        self.asked = 0
        self.routes: list[BaseRoute] = [Route("/v2/me", self._me, methods=["GET", "POST"])]

    async def _me(self, request: Request) -> Response:
        self.asked += 1
        return JSONResponse({"status": "success", "data": {"asked": self.asked}})

    def reset(self) -> None:
        self.asked = 0

    def tick(self) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Workspace:
    """The client of `/workspace`, as a person's hands and eyes."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self.url = url
        self.client = client

    async def get(self, path: str, **query: Any) -> Any:
        reply = await self.client.get(f"{self.url}/workspace/{path}", params=query, timeout=40)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def post(self, path: str, /, **body: Any) -> Any:
        reply = await self.client.post(f"{self.url}/workspace/{path}", json=body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def refused(self, path: str, /, **body: Any) -> str:
        """The sentence with which a POST is refused."""
        reply = await self.client.post(f"{self.url}/workspace/{path}", json=body)
        assert 400 <= reply.status_code < 500, reply.text
        return str(reply.json()["error"])

    async def settle(self, seconds: float = 10) -> None:
        await self.get("idle", timeout=seconds)

    async def say(self, text: str, user: str = "ann", channel: str = "@slotwise", **more: Any) -> str:
        ts = (await self.post("messages", user=user, channel=channel, text=text, **more))["ts"]
        await self.settle()
        return str(ts)

    async def command(self, text: str, user: str = "ann", channel: str = "#general") -> None:
        await self.post("commands", user=user, channel=channel, command="/slotwise", text=text)
        await self.settle()

    async def press(self, label: str, user: str = "ann", **where: Any) -> None:
        await self.post("press", user=user, label=label, **where)
        await self.settle()

    async def messages(self, viewer: str = "ann", channel: str = "@slotwise", **more: Any) -> list[dict[str, Any]]:
        return list((await self.get("messages", viewer=viewer, channel=channel, **more))["messages"])

    async def last(self, viewer: str = "ann", channel: str = "@slotwise") -> dict[str, Any]:
        return (await self.messages(viewer, channel))[-1]

    async def modal(self, viewer: str = "ann") -> Any:
        return (await self.get("views", viewer=viewer))["modal"]

    async def home(self, viewer: str = "ann") -> Any:
        return (await self.get("views", viewer=viewer))["home"]


class Stage:
    """A running sandbox with an app: `app` is Bolt's, `slack` a client with the bot token, `people` the workspace."""

    def __init__(self, sandbox: Sandbox, port: int, http: httpx.AsyncClient) -> None:
        self.sandbox = sandbox
        self.url = f"http://127.0.0.1:{port}"
        self.http = http
        self.people = Workspace(self.url, http)
        self.slack = AsyncWebClient(token="xoxb-sandbox", base_url=f"{self.url}/slack/api/")
        self.bot = Starlette(routes=[Route("/slack/events", self._endpoint, methods=["POST"])])
        self.fresh()

    def fresh(self) -> None:
        """A new app without listeners, and nothing remembered."""
        self.app = AsyncApp(client=self.slack, signing_secret="sandbox-secret")
        self.handler = AsyncSlackRequestHandler(self.app)
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[Response | None] = []
        """What the next requests are answered before Bolt sees them; None lets Bolt have one."""
        self.delays: list[float | asyncio.Event] = []
        """How long the next requests are kept waiting: seconds, or until something is set."""

    async def _endpoint(self, request: Request) -> Response:
        body = await request.body()
        self.requests.append((dict(request.headers), body))
        delay = self.delays.pop(0) if self.delays else 0.0
        answer = self.answers.pop(0) if self.answers else None
        handler = self.handler
        await (delay.wait() if isinstance(delay, asyncio.Event) else asyncio.sleep(delay))
        return answer if answer is not None else await handler.handle(request)

    def swallow(self, *answers: Response) -> None:
        """Answer every request itself from now on: these first, then always 200."""
        self.answers = [*answers, *(Response() for _ in range(100))]

    def payloads(self) -> list[dict[str, Any]]:
        """The bodies that came, parsed: events as they are, interactions and commands out of their forms."""
        found = []
        for headers, body in self.requests:
            if headers["content-type"].startswith("application/json"):
                found.append(json.loads(body))
            else:
                form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
                found.append(json.loads(form["payload"]) if "payload" in form else form)
        return found

    async def api(self, method: str, token: str = "xoxb-sandbox", **arguments: Any) -> dict[str, Any]:
        """A Web API call as JSON, whatever it is answered."""
        headers = {"Authorization": f"Bearer {token}"}
        reply = await self.http.post(f"{self.url}/slack/api/{method}", json=arguments, headers=headers)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    async def post(self, *, channel: str = "U0ANN00001", **content: Any) -> str:
        """The bot posts; returns the ts."""
        answer = await self.api("chat.postMessage", channel=channel, **content)
        assert answer["ok"], answer
        return str(answer["ts"])


@asynccontextmanager
async def staged(data: Path | None = None, **options: Any) -> AsyncIterator[Stage]:
    """A sandbox with a Bolt app over HTTP."""
    port, bot_port = free_port(), free_port()
    options = {"app_url": f"http://127.0.0.1:{bot_port}/slack/events", **options}
    sandbox = Sandbox(port=port, now=datetime.fromisoformat(NOW), data=data, calcom=Elsewhere(), **options)
    async with httpx.AsyncClient() as http:
        stage = Stage(sandbox, port, http)
        async with serving(sandbox.app, port), serving(stage.bot, bot_port):
            yield stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def theatre() -> AsyncIterator[Stage]:
    """One sandbox for all tests."""
    async with staged() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def stage(theatre: Stage) -> Stage:
    """The sandbox as after a reset, with an app that listens to nothing yet."""
    await theatre.people.post("reset", now=NOW)
    theatre.fresh()
    return theatre
