"""The sandbox: a Slack workspace, a Cal.com server and a model behind one address."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Lifespan, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from bot.sandbox.activity import Activity, Probe
from bot.sandbox.calcom import CalComServer
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.slack import SlackServer
from bot.sandbox.visitors import is_welcome

QUIET_SECONDS = 0.5
"""How long a reset waits for work under way before the bot is told to give it up."""

ModelRoutes = Sequence[BaseRoute] | Callable[[Clock], Sequence[BaseRoute]]


class Part(Protocol):
    """One stand-in: its routes, and its life."""

    routes: list[BaseRoute]

    def reset(self) -> None:
        """Back to the seed."""

    def tick(self) -> None:
        """The clock was changed: look at it now."""

    async def start(self) -> None:
        """Begin."""

    async def stop(self) -> None:
        """End."""


class SandboxApp(Starlette):
    """The Starlette application inside the layer of planted faults."""

    def __init__(self, *, routes: Sequence[BaseRoute], lifespan: Lifespan["SandboxApp"]) -> None:
        super().__init__(routes=routes, lifespan=lifespan)
        self.faults = Faults(super().__call__)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_welcome(scope):
            await self.faults(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            await PlainTextResponse("Only for this machine, and for no page of another site.", 403)(
                scope, receive, send
            )


class Sandbox:
    """All stand-ins with one clock, one activity count and one set of faults.

    `now` (aware) is where the clock starts, `data` a folder for the state (None: memory), `app_url` where the bot takes
    Slack's requests. `model_routes` are mounted under `/model` (or made from the clock). With `control_token` the bot
    runs in another process: it is asked at `control_url` (else where `app_url` is) whether it is idle, and told to
    reset; of replicas both name several, with commas between them. In one process, give `on_reset` and `add_probe`
    instead, and `add_routes` for the bot's own paths. `calcom` takes the place of the embedded Cal.com server (tests
    of the other parts). With `ready` False, `/healthz` answers 503 until it is set.
    """

    def __init__(
        self,
        *,
        port: int,
        now: datetime | None = None,
        data: Path | None = None,
        app_url: str,
        calcom_rate: int = 120,
        control_token: str | None = None,
        control_url: str | None = None,
        model_routes: ModelRoutes = (),
        on_reset: Callable[[], Awaitable[None]] | None = None,
        extra_routes: Sequence[BaseRoute] = (),
        calcom: Part | None = None,
        ready: bool = True,
    ) -> None:
        origin = f"http://127.0.0.1:{port}"
        self.clock = Clock(now)
        self.activity = Activity()
        self.ready = ready
        self._begin = now
        self._on_reset = on_reset
        self._resetting = asyncio.Lock()
        self._control_token = control_token
        self._control_urls = [_origin(url) for url in (control_url or app_url).split(",")]
        self._session: aiohttp.ClientSession | None = None
        if control_token:
            self.activity.add_probe(self._bot_idle)
        self.slack = SlackServer(clock=self.clock, activity=self.activity, origin=origin, app_url=app_url, data=data)
        if data is not None:
            data.mkdir(parents=True, exist_ok=True)
        self.calcom: Part = calcom or CalComServer(
            clock=self.clock,
            activity=self.activity,
            origin=origin,
            data=data / "calcom.db" if data else None,
            rate_limit=calcom_rate,
        )
        model = model_routes(self.clock) if callable(model_routes) else model_routes
        self.app = SandboxApp(
            routes=[
                Route("/healthz", self._healthz, methods=["GET"]),
                Route("/workspace/idle", self._idle, methods=["GET"]),
                Route("/workspace/reset", self._reset, methods=["POST"]),
                Route("/workspace/clock", self._now, methods=["GET"]),
                Route("/workspace/clock", self._set_clock, methods=["POST"]),
                Route("/workspace/faults", self._plant, methods=["POST"]),
                Route("/workspace/faults", self._planted, methods=["GET"]),
                *self.slack.routes,
                Mount("/calcom", routes=list(self.calcom.routes)),
                Mount("/model", routes=list(model)),
                *extra_routes,
            ],
            lifespan=self._lifespan,
        )
        self.faults = self.app.faults

    def add_probe(self, probe: Probe) -> None:
        """Ask `probe` too before `/workspace/idle` says idle."""
        self.activity.add_probe(probe)

    def on_reset(self, act: Callable[[], Awaitable[None]]) -> None:
        """Call `act` on each reset: the bot forgets its state."""
        self._on_reset = act

    def add_routes(self, routes: Sequence[BaseRoute]) -> None:
        """More paths on the same address (the bot's own, in `demo`)."""
        self.app.router.routes.extend(routes)

    # -- life --

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await self.start()
            stack.push_async_callback(self.stop)
            yield

    async def start(self) -> None:
        """Begin; called by the application's lifespan."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
            await self.calcom.start()
            await self.slack.start()

    async def stop(self) -> None:
        """End; called by the application's lifespan."""
        if self._session is not None:
            self.faults.clear()
            await self.slack.stop()
            await self.calcom.stop()
            await self._session.close()
            self._session = None

    def release(self) -> None:
        """End the pages' open streams, so that the server around this can stop at once."""
        self.slack.world.stream.close()
        self.faults.clear()

    async def reset(self, now: datetime | None = None) -> None:
        """Everything back to the seed, the clock to `now` (else to where it first started)."""
        async with self._resetting:
            self.faults.clear()
            await self.slack.settle()
            if not await self.activity.idle(QUIET_SECONDS):
                # A turn is still running: the bot gives it up, lest it act in the fresh world.
                await self._reset_bot()
                await self.slack.settle()
            self.clock.set(now or self._begin or datetime.now(UTC))
            self.calcom.reset()
            self.slack.reset()
            # Last, since the bot reads the new time and links its accounts in the fresh world.
            await self._reset_bot()
            self.faults.clear()

    async def _reset_bot(self) -> None:
        if self._on_reset is not None:
            await self._on_reset()
        if self._control_token and self._session is not None:
            for url in self._control_urls:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with self._session.post(f"{url}/control/reset", headers=self._bearer()) as reply:
                        await reply.read()

    async def _bot_idle(self) -> bool:
        """Whether every replica that lives says it is idle, and one lives at least."""
        if self._session is None:
            return True
        living = 0
        for url in self._control_urls:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.get(f"{url}/control/idle", headers=self._bearer()) as reply:
                    if reply.status != 200:
                        return False
                    living += 1
        return living > 0

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._control_token}"}

    # -- routes --

    async def _healthz(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"} if self.ready else {"status": "starting"}, 200 if self.ready else 503)

    async def _idle(self, request: Request) -> Response:
        try:
            timeout = float(request.query_params.get("timeout", 30))
        except ValueError:
            return JSONResponse({"error": "`timeout` is a number of seconds."}, 400)
        idle = await self.activity.idle(max(0.0, timeout))
        return JSONResponse({"idle": idle}, 200 if idle else 504)

    async def _reset(self, request: Request) -> Response:
        try:
            body = await _optional_json(request)
            now = _instant(body["now"]) if body.get("now") else None
        except ValueError as problem:
            return JSONResponse({"error": str(problem)}, 400)
        await self.reset(now)
        return JSONResponse({"now": self.clock.now().isoformat()})

    async def _now(self, request: Request) -> Response:
        return JSONResponse({"now": self.clock.now().isoformat()})

    async def _set_clock(self, request: Request) -> Response:
        try:
            body = await _optional_json(request)
            if body.get("now"):
                self.clock.set(_instant(body["now"]))
            elif isinstance(body.get("advance_seconds"), int | float):
                self.clock.advance(timedelta(seconds=float(str(body["advance_seconds"]))))
            else:
                raise ValueError("Give `now` (ISO time with offset) or `advance_seconds`.")
        except (ValueError, OverflowError) as problem:
            return JSONResponse({"error": str(problem)}, 400)
        self.calcom.tick()
        self.slack.world.stream.changed("state")
        if self._control_token:
            # A bot in another process looks at the clock whenever it is asked whether it is idle.
            await self._bot_idle()
        return JSONResponse({"now": self.clock.now().isoformat()})

    async def _plant(self, request: Request) -> Response:
        try:
            body = await _optional_json(request)
            self.faults.plant(body.get("target"), body.get("kind"), body.get("times", 1), body.get("path", ""))
        except ValueError as problem:
            return JSONResponse({"error": str(problem)}, 400)
        return JSONResponse({})

    async def _planted(self, request: Request) -> Response:
        return JSONResponse({"faults": [fault.__dict__ for fault in self.faults.planted()]})


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _instant(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is no ISO time.") from None
    if at.tzinfo is None:
        raise ValueError(f"{value!r} has no offset from UTC.")
    return at


async def _optional_json(request: Request) -> dict[str, object]:
    raw = await request.body()
    if not raw.strip():
        return {}
    try:
        body = await request.json()
    except ValueError:
        raise ValueError("The body must be JSON.") from None
    if not isinstance(body, dict):
        raise ValueError("The body must be a JSON object.")
    return body
