"""The real processes under attack: one `slotwise sandbox`, and `slotwise run` as often as wanted."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

NOW = "2026-11-23T09:00:00-05:00"
TOKEN = "chaos"
_PROGRAM = """
from bot.sandbox.slack import delivery
delivery.RETRY_SECONDS = (0.0, 3.0, 8.0, 15.0)  # Slack's are 0, 60 and 300: too long to wait for in a test
from bot.cli import main
main()
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def spawn(folder: Path, name: str, *arguments: str, **environment: str) -> Process:
    """Start a `slotwise` command in `folder`; what it says goes to `NAME.log` there."""
    with (folder / f"{name}.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _PROGRAM,
            *arguments,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), "CONTROL_TOKEN": TOKEN, **environment},
            stdout=log,
            stderr=log,
        )


async def until_healthy(url: str, process: Process | None = None, seconds: float = 90.0) -> None:
    """Wait until `/healthz` answers, or `process` has ended."""
    async with httpx.AsyncClient() as client, asyncio.timeout(seconds):
        while True:
            if process is not None and process.returncode is not None:
                raise RuntimeError("it ended before it was healthy: see its log")
            with contextlib.suppress(httpx.TransportError):
                if (await client.get(f"{url}/healthz")).is_success:
                    return
            await asyncio.sleep(0.1)


@dataclass
class Replica:
    """One bot process under a supervisor that starts it again whenever it ends, and its successors."""

    folder: Path
    name: str
    environment: dict[str, str]
    process: Process | None = None
    kills: int = 0
    falls: int = 0

    async def supervise(self) -> None:
        """Keep a process running; count those that ended by themselves."""
        while True:
            kills = self.kills
            self.process = await spawn(self.folder, self.name, "run", **self.environment)
            await self.process.wait()
            self.falls += kills == self.kills
            await asyncio.sleep(random.uniform(0, 0.5))

    def kill(self) -> None:
        """Die by SIGKILL."""
        if self.process is not None and self.process.returncode is None:
            self.kills += 1
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGKILL)

    async def healthy(self) -> None:
        """Wait until it answers."""
        await until_healthy(f"http://127.0.0.1:{self.environment['PORT']}")


@dataclass
class Fleet:
    """The sandbox's address and the replicas."""

    url: str
    replicas: list[Replica] = field(default_factory=list)


@asynccontextmanager
async def fleet(folder: Path, replicas: int, database: str) -> AsyncIterator[Fleet]:
    """Sandbox and replicas, healthy. One replica takes Slack's requests by HTTP, several by Socket Mode."""
    port, first = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    events = f"http://127.0.0.1:{first}/slack/events"
    sandbox = await spawn(
        folder, "sandbox", "sandbox", "--port", str(port), "--app-url", events, "--now", NOW, "--calcom-rate", "0"
    )
    made = Fleet(url)
    supervisors: list[asyncio.Task[None]] = []
    try:
        await until_healthy(url, sandbox)
        for number in range(replicas):
            environment = {
                "SLACK_BOT_TOKEN": "xoxb-sandbox",
                "SLACK_SIGNING_SECRET": "sandbox-secret",
                "SLACK_API_URL": f"{url}/slack/api/",
                "CALCOM_API_KEY": "cal_sandbox_admin",
                "CALCOM_API_URL": f"{url}/calcom/v2",
                "OPENAI_API_KEY": "sandbox",
                "OPENAI_BASE_URL": f"{url}/model/v1",
                "CLOCK_URL": f"{url}/workspace/clock",
                "DATABASE_URL": database,
                "EXECUTOR_ID": f"replica-{number}",
                "HOST": "127.0.0.1",
                "PORT": str(first if number == 0 else free_port()),
                "LOG_LEVEL": "WARNING",
            }
            if replicas > 1:
                environment["SLACK_APP_TOKEN"] = "xapp-sandbox"
            made.replicas.append(Replica(folder, f"run-{number}", environment))
        supervisors += [asyncio.create_task(replica.supervise()) for replica in made.replicas]
        for replica in made.replicas:
            await replica.healthy()
        yield made
    finally:
        for task in supervisors:
            task.cancel()
        await asyncio.gather(*supervisors, return_exceptions=True)
        for process in (sandbox, *(replica.process for replica in made.replicas)):
            if process is not None and process.returncode is None:
                process.kill()
                await process.wait()
