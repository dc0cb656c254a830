"""Does anything grow? `python -m tests.bench.bench_hour [--turns 3600] [--days 24] [--rate 15] [--postgres]`.

An hour of load, one turn a second, in accelerated time: the turns come faster, and the clock jumps ahead hour by hour
over some weeks, so that everything that is deleted by the clock (conversations after RETENTION_DAYS, here one; finished
turns after a week) is deleted many times over. Prints, for each day, the memory of the bot and the rows of each table;
then the second half of the steady days against the first. Asserts nothing.
"""

import argparse
import asyncio
import os
import statistics
from contextlib import ExitStack
from dataclasses import dataclass

import aiohttp
from sqlalchemy import text

from bot.store.database import Database, connect
from bot.store.schema import metadata
from tests.bench.stage import Load, Process, Stage, free_port

TOKEN = "bench"
STEADY_AFTER = 8
"""Days: finished turns are remembered for seven."""
TEXTS = (
    "what do I have tomorrow?",
    "book 15min with bailey tomorrow",
    "is sam free on Thursday afternoon?",
    "book 30min with sam next Tuesday at 3pm",
    "hello",
    "cancel my call with lena",
)
SHOWN = ("entries", "records", "places", "turns", "steps", "counters", "budgets", "timers", "leases", "memory", "audit")


@dataclass(frozen=True)
class Day:
    """How things stand when a day's load is over and nothing of it is deleted yet: megabytes, and rows by table."""

    memory: float
    rows: dict[str, int]


def line(number: int, turns: int, day: Day) -> str:
    """One row of the table that is printed."""
    return f"{number:4} {turns:6} {day.memory:7.1f} " + " ".join(f"{day.rows[name]:8}" for name in SHOWN)


async def count(database: Database) -> dict[str, int]:
    """Rows by table."""
    tables = [table.name for table in metadata.sorted_tables]
    query = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS n FROM {name}" for name in tables)
    return {row.name: row.n for row in await database.rows(text(query))}


def bot(stage: Stage, database: str, port: int) -> Process:
    """`slotwise run` by the stand-ins' clock, which forgets after a day."""
    environment = {
        "SLACK_API_URL": f"{stage.origin}/slack/api/",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_SIGNING_SECRET": "sandbox-secret",
        "CALCOM_API_URL": f"{stage.origin}/calcom/v2",
        "CALCOM_API_KEY": "cal_sandbox_admin",
        "OPENAI_BASE_URL": f"{stage.origin}/model/v1",
        "OPENAI_API_KEY": "sandbox",
        "DATABASE_URL": database,
        "EXECUTOR_ID": "bench",
        "CONTROL_TOKEN": TOKEN,
        "CLOCK_URL": f"{stage.origin}/workspace/clock",
        "RETENTION_DAYS": "1",
        "LOG_LEVEL": "WARNING",
    }
    return stage.start(["run", "--port", str(port)], environment)


async def measure(options: argparse.Namespace) -> None:
    """Start everything, load it, look at it."""
    with ExitStack() as stack:
        stage = Stage(stack, model_seconds=0.0)
        stage.sandbox()
        address = stage.postgres("").url if options.postgres else f"sqlite:///{stage.folder}/bot.db"
        port = free_port()
        url, process = f"http://127.0.0.1:{port}", bot(stage, address, port)
        database = connect(address)
        days: list[Day] = []
        print(" day  turns      MB " + " ".join(f"{name:>8}" for name in SHOWN))
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as http:
            load = Load(http, stage.origin)
            each = options.turns // options.days
            for number in range(1, options.days + 1):
                load.threads.clear()
                await load.prepare(each)  # new conversations every day
                await steadily(load, url, each, options.rate)
                await load.drained([url])
                days.append(Day(process.memory(), await count(database)))
                print(line(number, each * number, days[-1]), flush=True)
                for _ in range(24):
                    await http.post(f"{stage.origin}/workspace/clock", json={"advance_seconds": 3600})
                    await http.get(f"{url}/control/idle")
                await load.drained([url])
        await database.close()
        compare(days[min(STEADY_AFTER, len(days) - 2) :])


async def steadily(load: Load, url: str, events: int, rate: float) -> None:
    """Events at a steady rate, each in a conversation of its own. One that is refused is said again, as Slack does."""

    async def insist(number: int) -> None:
        for _ in range(20):
            try:
                await load.say(url, number, TEXTS[number % len(TEXTS)])
                return
            except RuntimeError:
                await asyncio.sleep(1)
        raise RuntimeError("the bot takes nothing any more")

    tasks = []
    for number in range(events):
        tasks.append(asyncio.create_task(insist(number)))
        await asyncio.sleep(1 / rate)
    await asyncio.gather(*tasks)


def compare(steady: list[Day]) -> None:
    """The second half of the steady days against the first."""
    half = len(steady) // 2
    first, second = steady[:half], steady[half:]
    print(f"\nsteady days: {len(first)} against the {len(second)} after them (median)")
    before, after = (statistics.median(day.memory for day in days) for days in (first, second))
    print(f"memory   {before:8.1f} -> {after:8.1f} MB   {after - before:+.1f} MB")
    for name in SHOWN:
        before, after = (statistics.median(day.rows[name] for day in days) for days in (first, second))
        print(f"{name:8} {before:8.0f} -> {after:8.0f} rows")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=3600)
    parser.add_argument("--days", type=int, default=24)
    parser.add_argument("--rate", type=float, default=15.0, help="turns a second")
    parser.add_argument("--postgres", action="store_true")
    os.environ["CONTROL_TOKEN"] = TOKEN
    asyncio.run(measure(parser.parse_args()))
