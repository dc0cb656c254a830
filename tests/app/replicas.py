"""Bots that share one database, in one process, with one embedded world around them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from starlette.routing import Mount

from bot.app import Bot
from bot.config import Settings
from bot.sandbox.model import routes
from bot.sandbox.server import Sandbox
from bot.serving import demo_settings, served
from tests.chaos.fleet import NOW, free_ports

KEY = "x" * 43 + "="


@dataclass(frozen=True)
class Replicas:
    """Where the workspace is, and the bots."""

    address: str
    bots: tuple[Bot, ...]


@asynccontextmanager
async def replicas(folder: Path, *names: str, database: str = "") -> AsyncIterator[Replicas]:
    """Bots of these names on `database` (else a file in the folder). Slack sends to them in turn."""
    (port,) = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    prefixes = [f"/{name}" for name in names]
    sandbox = Sandbox(
        port=port,
        now=datetime.fromisoformat(NOW),
        app_url=",".join(f"{address}{prefix}/slack/events" for prefix in prefixes),
        model_routes=routes(),
        ready=False,
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(served(sandbox.app, "127.0.0.1", port))
        stack.callback(sandbox.release)
        bots = []
        for name, prefix in zip(names, prefixes, strict=True):
            settings = demo_settings(port, folder, Settings()).model_copy(
                update={
                    "encryption_keys": KEY,
                    "executor_id": name,
                    "openai_api_key": SecretStr("sandbox"),
                    "public_url": address + prefixes[0],
                }
                | ({"database_url": database} if database else {})
            )
            bot = await Bot.start(settings, sandbox.clock.now)
            stack.push_async_callback(bot.close)
            sandbox.add_routes([Mount(prefix, routes=bot.routes())])
            sandbox.add_probe(bot.settled)
            bots.append(bot)
        sandbox.ready = True
        yield Replicas(address, tuple(bots))
