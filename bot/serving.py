"""Processes: `demo` (everything in one), `sandbox` (the stand-ins), `run` (the bot as in production)."""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.app import Bot
from bot.clock import RemoteClock, system_now
from bot.config import EMBEDDED_MODEL, Settings
from bot.sandbox.model import routes as model_routes
from bot.sandbox.server import Sandbox

log = logging.getLogger(__name__)

LINKED = ("bailey", "sam", "lena")
"""The seeded people who have linked their Cal.com accounts."""

LOADED_SECONDS = 3.0
"""When the libraries that are loaded in the background are there."""


class Stopped(Exception):
    """The server could not start; the sentence says why."""


@asynccontextmanager
async def served(app: ASGIApp, host: str, port: int) -> AsyncIterator[None]:
    """The application answering on the port while this is open."""
    # Named TCP: only then asyncio turns Nagle's algorithm off, which holds small answers back for 40 ms.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise Stopped(f"Port {port} on {host} cannot be used ({error.strerror}). Choose another with --port.") from None
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=75,
        ws="websockets-sansio",
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve(sockets=[sock]), name="http")
    try:
        while not server.started:
            if task.done():
                await task
                raise Stopped("The server ended before it was ready.")
            await asyncio.sleep(0.005)
        yield
    finally:
        server.should_exit = True
        await task


async def until_stopped() -> None:
    """Wait for Ctrl-C or a termination signal."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def demo_settings(port: int, data: Path, environment: Settings) -> Settings:
    """The embedded stand-ins, with a real model where one is configured."""
    origin = f"http://127.0.0.1:{port}"
    real_model = environment.openai_api_key.get_secret_value() or environment.openai_base_url
    return environment.model_copy(
        update={
            "slack_bot_token": SecretStr("xoxb-sandbox"),
            "slack_app_token": SecretStr(""),
            "slack_signing_secret": SecretStr("sandbox-secret"),
            "slack_api_url": f"{origin}/slack/api/",
            "calcom_api_key": SecretStr("cal_sandbox_admin"),
            "calcom_api_url": f"{origin}/calcom/v2",
            "calcom_organization": "",
            "calcom_accounts": {f"{n}@example.com": SecretStr(f"cal_sandbox_{n}") for n in LINKED},
            "calcom_oauth_client_id": "slotwise-sandbox",
            "calcom_oauth_client_secret": SecretStr(""),
            "calcom_oauth_url": f"{origin}/calcom/auth/oauth2/authorize",
            "public_url": origin,
            "openai_api_key": environment.openai_api_key if real_model else SecretStr("sandbox"),
            "openai_base_url": environment.openai_base_url if real_model else f"{origin}/model/v1",
            "model": environment.model if real_model else EMBEDDED_MODEL,
            "database_url": f"sqlite:///{data / 'slotwise.db'}",
            "executor_id": "demo",
            "port": port,
        }
    )


@dataclass(frozen=True)
class Demo:
    """A running demo."""

    address: str
    bot: Bot


@asynccontextmanager
async def demo(
    port: int, now: datetime | None, data: Path | None, environment: Settings, calcom_rate: int = 120
) -> AsyncIterator[Demo]:
    """The whole product on embedded defaults, once usable. Without `data` nothing is kept."""
    async with contextlib.AsyncExitStack() as stack:
        if data is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="slotwise-")))
        else:
            folder = data
            await asyncio.to_thread(_make, folder)
        port = port or _free_port()
        origin = f"http://127.0.0.1:{port}"
        sandbox = Sandbox(
            port=port,
            now=now,
            data=data,
            app_url=f"{origin}/slack/events",
            calcom_rate=calcom_rate,
            model_routes=model_routes(),
            ready=False,
        )
        await stack.enter_async_context(served(sandbox.app, "127.0.0.1", port))
        stack.callback(sandbox.release)
        bot = await Bot.start(demo_settings(port, folder, environment), sandbox.clock.now)
        stack.push_async_callback(bot.close)

        async def idle() -> bool:
            return await bot.settled()

        sandbox.add_routes(bot.routes())
        sandbox.add_probe(idle)
        sandbox.on_reset(bot.reset)
        sandbox.ready = True
        yield Demo(origin, bot)


@asynccontextmanager
async def sandbox(
    port: int,
    app_url: str,
    now: datetime | None,
    data: Path | None,
    rate: int,
    control_token: str | None,
    model_seconds: float = 0.0,
) -> AsyncIterator[str]:
    """The three stand-ins only."""
    port = port or _free_port()
    if data is not None:
        await asyncio.to_thread(_make, data)
    made = Sandbox(
        port=port,
        now=now,
        data=data,
        app_url=app_url,
        calcom_rate=rate,
        control_token=control_token,
        model_routes=model_routes(seconds=model_seconds),
    )
    async with served(made.app, "127.0.0.1", port):
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            made.release()


@asynccontextmanager
async def production(settings: Settings) -> AsyncIterator[str]:
    """The bot only."""
    async with contextlib.AsyncExitStack() as stack:
        now: Callable[[], datetime] = system_now
        sync: Callable[[], Awaitable[None]] | None = None
        if settings.clock_url:
            clock = RemoteClock(settings.clock_url)
            await clock.start()
            stack.push_async_callback(clock.aclose)
            now, sync = clock.now, clock.sync
        bot = await Bot.start(settings, now)
        bot.sync_clock = sync
        stack.push_async_callback(bot.close)

        app = Starlette(routes=bot.routes())
        await stack.enter_async_context(served(app, settings.host, settings.port))
        stack.callback(asyncio.get_running_loop().call_later(LOADED_SECONDS, no_pauses).cancel)
        yield f"http://{settings.host}:{settings.port}"


def no_pauses() -> None:
    """Leave what was loaded so far out of the garbage collections to come: to look through the modules' hundreds of
    thousands of objects holds everything up for 0.2 s, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 20)


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
