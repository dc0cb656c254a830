"""The real processes under attack: one `slotwise sandbox`, and `slotwise run` as often as wanted."""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import random
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.moments import Moment

NOW = "2026-11-23T09:00:00-05:00"
TOKEN = "chaos"
LINKED = ("bailey", "sam", "lena")


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


async def spawn(folder: Path, name: str, *arguments: str, **environment: str) -> Process:
    """Start a `slotwise` command in `folder`; what it says goes to `NAME.log` there."""
    with (folder / f"{name}.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.chaos.mortal",
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

    fleet: "Fleet"
    folder: Path
    name: str
    environment: dict[str, str]
    process: Process | None = None
    kills: int = 0
    falls: int = 0
    deaths: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.environment['PORT']}"

    async def supervise(self) -> None:
        """Keep a process running; count how each ended."""
        while True:
            kills, order = self.kills, self.fleet.order()
            doom = {"CHAOS_DIE_AT": order} if order else {}
            self.process = await spawn(self.folder, self.name, "run", **self.environment, **doom)
            code = await self.process.wait()
            if kills == self.kills and order and code == -signal.SIGKILL:
                self.deaths[order.partition(":")[0]] += 1
            else:
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
        await until_healthy(self.url)


@dataclass
class Fleet:
    """The sandbox's address and the replicas. Once `calm`, new processes live on."""

    url: str
    doom: float
    moments: Iterator[Moment]
    replicas: list[Replica] = field(default_factory=list)
    calm: bool = False

    def order(self) -> str:
        """Where the next process is to die; empty: nowhere."""
        if self.calm or random.random() >= self.doom:
            return ""
        return f"{next(self.moments)}:{random.randint(1, 3)}"


@asynccontextmanager
async def fleet(folder: Path, database: str, options: argparse.Namespace) -> AsyncIterator[Fleet]:
    """Sandbox and replicas, healthy."""
    port, *ports = free_ports(1 + options.replicas)
    url = f"http://127.0.0.1:{port}"
    events = ",".join(f"http://127.0.0.1:{each}/slack/events" for each in ports)
    serve = ["--port", str(port), "--app-url", events, "--now", NOW, "--calcom-rate", "0"]
    sandbox = await spawn(
        folder,
        "sandbox",
        "sandbox",
        *serve,
        CHAOS_TWICE=str(options.twice),
        CHAOS_ACKNOWLEDGED=str(folder / "acknowledged"),
    )
    moments = [Moment(options.die_at)] if options.die_at else random.sample(list(Moment), len(Moment))
    made = Fleet(url, options.die, itertools.cycle(moments))
    supervisors: list[asyncio.Task[None]] = []
    try:
        await until_healthy(url, sandbox)
        for number, each in enumerate(ports):
            environment = {
                "SLACK_BOT_TOKEN": "xoxb-sandbox",
                "SLACK_SIGNING_SECRET": "sandbox-secret",
                "SLACK_API_URL": f"{url}/slack/api/",
                "CALCOM_API_KEY": "cal_sandbox_admin",
                "CALCOM_API_URL": f"{url}/calcom/v2",
                "CALCOM_ACCOUNTS": json.dumps({f"{name}@example.com": f"cal_sandbox_{name}" for name in LINKED}),
                "ENCRYPTION_KEYS": "x" * 43 + "=",
                "OPENAI_API_KEY": "sandbox",
                "OPENAI_BASE_URL": f"{url}/model/v1",
                "CLOCK_URL": f"{url}/workspace/clock",
                "DATABASE_URL": database,
                "EXECUTOR_ID": f"replica-{number}",
                "HOST": "127.0.0.1",
                "PORT": str(each),
                "LOG_LEVEL": "INFO",
            }
            if options.sockets:
                environment["SLACK_APP_TOKEN"] = "xapp-sandbox"
            if options.webhooks:
                environment["PUBLIC_URL"] = f"http://127.0.0.1:{ports[0]}"
            made.replicas.append(Replica(made, folder, f"run-{number}", environment))
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
