"""A webhook receiver on a free port of this machine."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass
class Receiver:
    """What arrived, and what the next answers shall be (200 when `answers` is empty)."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The bodies, read."""
        return [json.loads(body) for body in self.bodies]

    @property
    def triggers(self) -> list[str]:
        """The names of the events, in order of arrival."""
        return [event["triggerEvent"] for event in self.events]


@asynccontextmanager
async def listening() -> AsyncIterator[Receiver]:
    """A receiver in this event loop."""
    receiver = Receiver()

    async def take(request: Request) -> Response:
        receiver.bodies.append(await request.body())
        receiver.headers.append(dict(request.headers))
        return Response(status_code=receiver.answers.pop(0) if receiver.answers else 200)

    app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    receiver.url = f"http://127.0.0.1:{port}/hook"
    yield receiver
    server.should_exit = True
    await task
