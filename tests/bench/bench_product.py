"""What a booking costs and how quick the bot is: `python -m tests.bench.bench_product [--turns 500]`.

Prints figures with medians and ratios; asserts nothing. The bot's own time is the turn's time less the time its
model and Cal.com calls took; everything runs on one machine, stand-ins included, so read it as an upper bound.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import httpx

from bot.calcom.transport import Transport
from bot.config import Settings
from bot.serving import Demo, demo
from bot.slack.turning import Turning
from bot.workspace import Workspace

NOW = "2026-11-23T09:00:00-05:00"


def spread(values: Sequence[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    ordered = sorted(values)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"median {statistics.median(ordered) * 1000:7.1f} ms   p99 {p99 * 1000:7.1f} ms   n {len(ordered)}"


class Stopwatch:
    """Times every call of a coroutine method, by wrapping it."""

    def __init__(self, owner: Any, name: str) -> None:
        self.seconds: list[float] = []
        inner = getattr(owner, name)

        async def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return await inner(*args, **kwargs)
            finally:
                self.seconds.append(time.perf_counter() - began)

        setattr(owner, name, timed)


async def costs(running: Demo) -> None:
    """Model calls and prompt tokens of one booking, one-shot and with a choice of times."""
    for title, steps in (
        ("named time", ["book 15min with bailey Tuesday at 2pm", "!confirm"]),
        ("choice of times", ["book 15min with bailey Tuesday", "!^4:00 ", "!confirm"]),
    ):
        workspace = Workspace(running.address)
        await workspace.reset(NOW)
        usage, calls = running.bot.model.usage, running.bot.calls.total()
        before = (usage.calls, usage.prompt_tokens, usage.completion_tokens)
        for step in steps:
            await (workspace.press(step[1:]) if step.startswith("!") else workspace.say(step))
            await workspace.settle()
        spent = [
            b - a for a, b in zip(before, (usage.calls, usage.prompt_tokens, usage.completion_tokens), strict=True)
        ]
        print(
            f"booking, {title:16} model calls {spent[0]}   prompt tokens {spent[1]}   completion tokens {spent[2]}   "
            f"Cal.com calls {running.bot.calls.total() - calls}"
        )
        await workspace.aclose()


async def turns(running: Demo, count: int, total: Stopwatch) -> None:
    """The time of a turn from its start to its answer posted, over `count` messages that look up free times."""
    total.seconds.clear()
    model = Stopwatch(running.bot.model, "ask")
    calcom = Stopwatch(Transport, "send")
    workspace = Workspace(running.address)
    await workspace.reset(NOW)
    for index in range(count):
        await workspace.say(f"book 15min with bailey on {('Tuesday', 'Wednesday', 'Thursday', 'Friday')[index % 4]}")
        await workspace.settle()
    await workspace.aclose()
    outside = (sum(model.seconds) + sum(calcom.seconds)) / max(1, len(total.seconds))
    own = [max(0.0, seconds - outside) for seconds in total.seconds]
    print(f"turn, everything included      {spread(total.seconds)}")
    print(f"turn, model and Cal.com taken off {spread(own)}")
    print(
        f"of a turn: offline model {statistics.median(model.seconds or [0]) * 1000:.1f} ms a call, "
        f"Cal.com {statistics.median(calcom.seconds or [0]) * 1000:.1f} ms a call (medians)"
    )


async def acks(running: Demo, parallel: int) -> None:
    """How soon `parallel` events at once are acknowledged, signed as Slack signs."""
    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=parallel)) as http:
        state = (await http.get(f"{running.address}/workspace/state", params={"viewer": "ann"})).json()
        ann = next(user["id"] for user in state["users"] if user["name"] == "ann")
        answer = await http.post(
            f"{running.address}/slack/api/conversations.open",
            json={"users": ann},
            headers={"Authorization": "Bearer xoxb-sandbox"},
        )
        channel = answer.json()["channel"]["id"]

        async def one(number: int) -> float:
            event = {
                "type": "event_callback",
                "team_id": running.bot.workspace,
                "event_id": f"EvBench{os.getpid()}{number}",
                "event": {
                    "type": "message",
                    "channel": channel,
                    "channel_type": "im",
                    "user": ann,
                    "text": "hello",
                    "ts": f"{time.time():.6f}",
                },
            }
            body = json.dumps(event).encode()
            stamp = str(int(time.time()))
            signed = hmac.new(b"sandbox-secret", b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
            headers = {
                "content-type": "application/json",
                "x-slack-request-timestamp": stamp,
                "x-slack-signature": f"v0={signed}",
            }
            began = time.perf_counter()
            answer = await http.post(f"{running.address}/slack/events", content=body, headers=headers)
            if answer.status_code != 200:
                raise RuntimeError(f"not acknowledged: {answer.status_code} {answer.text[:100]}")
            return time.perf_counter() - began

        await one(-1)
        seconds = await asyncio.gather(*(one(number) for number in range(parallel)))
    print(f"acknowledging {parallel} events at once {spread(seconds)}")


def starting(times: int = 3) -> None:
    """How long `slotwise demo` takes until it is ready."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "demo", "--ephemeral", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Ready"):
                break
        seconds.append(time.perf_counter() - began)
        process.terminate()
        process.wait(15)
    print(f"start of demo until ready: median {statistics.median(seconds):.2f} s of {times}")


async def main(count: int, parallel: int) -> None:
    """All figures."""
    total = Stopwatch(Turning, "work")
    async with demo(0, None, None, Settings(), calcom_rate=0) as running:
        await costs(running)
        await acks(running, parallel)
        await turns(running, count, total)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of bot and stand-ins together: {peak:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--parallel", type=int, default=50)
    options = parser.parse_args()
    starting()
    asyncio.run(main(options.turns, options.parallel))
