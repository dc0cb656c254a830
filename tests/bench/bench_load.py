"""Acknowledgements under load from outside: `python -m tests.bench.bench_load [--rate 100] [--seconds 10]`.

The stand-ins and the bot run as processes of their own, as in `slotwise sandbox` and `slotwise run`; this process
signs events as Slack does and sends them at a steady rate, then all at once. With --postgres URL the bot's state is
there. Prints figures; asserts nothing.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from typing import Any

import aiohttp

from tests.bench.bench_product import spread


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(stack: ExitStack, arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    """A process of the program, ended with the stack; returns once it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    stack.callback(process.wait, 15)
    stack.callback(process.terminate)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Ready"):
            return process
    raise RuntimeError(f"{arguments[0]} ended before it was ready")


async def send(http: aiohttp.ClientSession, url: str, who: tuple[str, str, str], number: int) -> float:
    """Seconds until one message event is acknowledged."""
    team, channel, user = who
    event = {"type": "message", "channel": channel, "channel_type": "im", "user": user, "ts": f"{time.time():.6f}"}
    body: dict[str, Any] = {"type": "event_callback", "team_id": team, "event_id": f"EvLoad{os.getpid()}x{number}"}
    raw = json.dumps({**body, "event": {**event, "text": "what do I have on Wednesday?"}}).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(b"sandbox-secret", b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }
    began = time.perf_counter()
    async with http.post(url, data=raw, headers=headers) as answer:
        if answer.status != 200:
            raise RuntimeError(f"not acknowledged: {answer.status}")
        await answer.read()
    return time.perf_counter() - began


async def load(origin: str, bot: str, rate: int, seconds: int, burst: int) -> None:
    """A steady rate, then a burst; then how long it takes until every turn is answered."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        people = (await (await http.get(f"{origin}/workspace/state", params={"viewer": "ann"})).json())["users"]
        auth = {"Authorization": "Bearer xoxb-sandbox"}
        team = (await (await http.post(f"{origin}/slack/api/auth.test", headers=auth)).json())["team_id"]
        who = []
        for person in people[:5]:
            opened = await http.post(
                f"{origin}/slack/api/conversations.open", json={"users": person["id"]}, headers=auth
            )
            who.append((team, (await opened.json())["channel"]["id"], person["id"]))
        url = f"{bot}/slack/events"
        await send(http, url, who[0], -1)
        tasks = []
        began = time.perf_counter()
        for number in range(rate * seconds):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(send(http, url, who[number % len(who)], number)))
        print(f"{rate} events a second for {seconds} s   {spread(await asyncio.gather(*tasks))}")
        tasks = [asyncio.create_task(send(http, url, who[n % len(who)], 10**6 + n)) for n in range(burst)]
        print(f"{burst} events at once             {spread(await asyncio.gather(*tasks))}")
        async with http.get(f"{bot}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        print(
            *[line for line in lines if line.startswith(("slotwise_turns_in_flight", "slotwise_turns_total"))], sep="\n"
        )


def main() -> None:
    """Starts the processes and loads them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--burst", type=int, default=50)
    parser.add_argument("--postgres", default="")
    options = parser.parse_args()
    port, bot_port = free_port(), free_port()
    origin, bot = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bot_port}"
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        arguments = ["sandbox", "--port", str(port), "--app-url", f"{bot}/slack/events", "--calcom-rate", "0"]
        started(stack, arguments, {})
        environment = {
            "SLACK_API_URL": f"{origin}/slack/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_SIGNING_SECRET": "sandbox-secret",
            "CALCOM_API_URL": f"{origin}/calcom/v2",
            "CALCOM_API_KEY": "cal_sandbox_admin",
            "DATABASE_URL": options.postgres or f"sqlite:///{folder}/slotwise.db",
            "OPENAI_API_KEY": "",
            "LOG_LEVEL": "WARNING",
        }
        process = started(stack, ["run", "--port", str(bot_port)], environment)
        asyncio.run(load(origin, bot, options.rate, options.seconds, options.burst))
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            peak = next((line.split()[1] for line in status if line.startswith("VmHWM")), "0")
        print(f"peak memory of the bot alone: {int(peak) / 1024:.0f} MB")


if __name__ == "__main__":
    main()
