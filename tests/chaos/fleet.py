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
async def world(folder: Path, bots: list[int], twice: float) -> AsyncIterator[str]:
    """The stand-ins, which deliver to bots at these ports in turn; gives their address."""
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    events = ",".join(f"http://127.0.0.1:{each}/slack/events" for each in bots)
    serve = ["--port", str(port), "--app-url", events, "--now", NOW, "--calcom-rate", "0"]
    extra = {"CHAOS_TWICE": str(twice), "CHAOS_ACKNOWLEDGED": str(folder / "acknowledged")}
    sandbox = await spawn(folder, "sandbox", "sandbox", *serve, **extra)
    try:
        await until_healthy(url, sandbox)
        yield url
    finally:
        if sandbox.returncode is None:
            sandbox.kill()
            await sandbox.wait()


def environment_of(url: str, port: int, database: str, name: str) -> dict[str, str]:
    """What `slotwise run` needs to know in that world."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_SIGNING_SECRET": "sandbox-secret",
        "SLACK_API_URL": f"{url}/slack/api/",
        "CALCOM_API_KEY": "cal_sandbox_admin",
        "CALCOM_API_URL": f"{url}/calcom/v2",
        "CALCOM_ACCOUNTS": json.dumps({f"{each}@example.com": f"cal_sandbox_{each}" for each in LINKED}),
        "ENCRYPTION_KEYS": "x" * 43 + "=",
        "OPENAI_API_KEY": "sandbox",
        "OPENAI_BASE_URL": f"{url}/model/v1",
        "CLOCK_URL": f"{url}/workspace/clock",
        "CONTROL_TOKEN": TOKEN,
        "DATABASE_URL": database,
        "EXECUTOR_ID": name,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "LOG_LEVEL": "INFO",
    }


@asynccontextmanager
async def fleet(folder: Path, database: str, options: argparse.Namespace) -> AsyncIterator[Fleet]:
    """Stand-ins and replicas, healthy."""
    ports = free_ports(options.replicas)
    moments = [Moment(options.die_at)] if options.die_at else random.sample(list(Moment), len(Moment))
    async with world(folder, ports, options.twice) as url:
        made = Fleet(url, options.die, itertools.cycle(moments))
        for number, port in enumerate(ports):
            environment = environment_of(url, port, database, f"replica-{number}")
            if options.sockets:
                environment["SLACK_APP_TOKEN"] = "xapp-sandbox"
            if options.webhooks:
                environment["PUBLIC_URL"] = f"http://127.0.0.1:{ports[0]}"
            made.replicas.append(Replica(made, folder, f"run-{number}", environment))
        supervisors = [asyncio.create_task(replica.supervise()) for replica in made.replicas]
        try:
            for replica in made.replicas:
                await replica.healthy()
            yield made
        finally:
            for task in supervisors:
                task.cancel()
            await asyncio.gather(*supervisors, return_exceptions=True)
            for replica in made.replicas:
                if replica.process is not None and replica.process.returncode is None:
                    replica.process.kill()
                    await replica.process.wait()
