"""One process under load: `python -m tests.bench.bench_load [--postgres URL] [--sqlite]`.

The stand-ins and the bot run as processes of their own, as in `slotwise sandbox` and `slotwise run`, beside
PostgreSQL (one of the tests' own, or at URL) and this sender: all on the same cores. The model takes a second. Prints
each figure next to its goal; asserts nothing.
"""

import argparse
import asyncio
import time
from contextlib import ExitStack
from datetime import UTC, datetime

import aiohttp

from bot.store import Entry, Record, Store
from tests.bench.stage import Bot, Costly, Database, Load, Stage, estimate, histogram, quantile, spread, verdict

TEXTS = ("book 15min with bailey on Tuesday", "what do I have on Wednesday?", "is sam free on Thursday afternoon?")


async def fill(url: str, conversations: int) -> None:
    """Stored conversations: two utterances each, and a draft."""
    now = datetime.now(UTC)
    store = await Store.open(url, clock=lambda: now)

    async def one(number: int) -> None:
        where = f"C0OLD:{number}"
        await store.conversations.append(
            "T0OLD",
            where,
            Entry(role="asker", name="Ann", text="book 15min with bailey Tuesday", at=now, speaker="U0OLD"),
            Entry(role="bot", name="Slotwise", text="Offered 12 times with Bailey", at=now),
            turn=f"old-{number}",
        )
        await store.records.add(
            Record(store.records.new_id(), "T0OLD", where, "U0OLD", "draft", "open", {"n": number}, now, now)
        )

    for first in range(0, conversations, 100):
        await asyncio.gather(*(one(number) for number in range(first, min(first + 100, conversations))))
    await store.close()


async def acknowledged(load: Load, bot: Bot, rate: int, seconds: int) -> None:
    """A steady rate of events; the turns they cause go on meanwhile."""
    before = bot.process.cpu()
    taken = await load.steadily([bot.url], rate, seconds, TEXTS)
    share = (bot.process.cpu() - before) / seconds
    p99 = quantile(taken, 0.99)
    verdict(f"acknowledged, {rate} events/s for {seconds} s", spread(taken), "p99 < 100 ms", p99 < 0.1)
    behind = await load.in_flight(bot.url)
    print(f"  the bot used {share:.0%} of a core; {behind} turns were still in flight at the end,", end=" ")
    print(f"answered {await load.drained([bot.url]):.1f} s later")


async def flight(load: Load, bot: Bot, conversations: int) -> None:
    """Many conversations at once."""
    most = 0

    async def look() -> None:
        nonlocal most
        while True:
            most = max(most, int((await load.metrics(bot.url)).get("slotwise_turns_running", 0)))
            await asyncio.sleep(0.1)

    looking = asyncio.create_task(look())
    began = time.perf_counter()
    taken = await load.at_once([bot.url], conversations, TEXTS)
    await load.drained([bot.url])
    whole = time.perf_counter() - began
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    verdict(
        "conversations worked at once",
        f"{most} of {conversations}, all answered in {whole:.1f} s",
        ">= 500",
        most >= 500,
    )
    print(f"  sent at once, acknowledged: {spread(taken)}")


async def own_time(load: Load, bot: Bot, database: Database, stage: Stage, rate: float, seconds: int) -> None:
    """The bot's own time per turn."""
    before = await load.metrics(bot.url)
    parts: dict[str, Costly] = {"bot": bot.process, "stand-ins": stage.standins, "PostgreSQL": database}
    costs = {name: part.cpu() for name, part in parts.items()}
    await load.steadily([bot.url], rate, seconds, TEXTS)
    await load.drained([bot.url])
    after = await load.metrics(bot.url)
    shares = histogram(before, after, "slotwise_turn_own_seconds")
    p50, p99 = estimate(shares, 0.5), estimate(shares, 0.99)
    figure = f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms (n {int(rate * seconds)})"
    verdict(f"own time per turn, {rate:g} turns/s", figure, "p50 < 30, p99 < 150 ms", p50 < 0.03 and p99 < 0.15)
    per = [f"{n} {(part.cpu() - costs[n]) / (rate * seconds) * 1000:.1f}" for n, part in parts.items()]
    print(f"  processor time per turn, ms: {', '.join(per)}")


async def measure(stage: Stage, options: argparse.Namespace) -> None:
    """All figures."""
    database = Database(f"sqlite:///{stage.folder}/slotwise.db") if options.sqlite else stage.postgres(options.postgres)
    await fill(database.url, options.stored)
    bot = await asyncio.to_thread(stage.bot, database.url)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        load = Load(http, stage.origin)
        await load.prepare(500)
        await load.steadily([bot.url], 5, 2, TEXTS)
        await load.drained([bot.url])
        if "own" in options.parts:
            for rate in options.turns:
                await own_time(load, bot, database, stage, rate, options.seconds)
        if "ack" in options.parts:
            await acknowledged(load, bot, options.rate, options.seconds)
        if "flight" in options.parts:
            await flight(load, bot, options.conversations)
    memory, peak = bot.process.memory(), bot.process.memory("VmHWM")
    verdict(
        f"memory, {options.stored:,} stored conversations",
        f"{memory:.0f} MB, at most {peak:.0f} MB",
        "< 300 MB",
        peak < 300,
    )


def main() -> None:
    """Starts the processes and loads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=100, help="events a second")
    parser.add_argument("--turns", type=float, nargs="+", default=[5.0, 15.0], help="turns a second, for the own time")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--conversations", type=int, default=520, help="at once")
    parser.add_argument("--stored", type=int, default=10_000, help="conversations stored beforehand")
    parser.add_argument("--postgres", default="", metavar="URL")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--parts", nargs="+", default=["own", "ack", "flight"], choices=["own", "ack", "flight"])
    options = parser.parse_args()
    with ExitStack() as stack:
        stage = Stage(stack)
        stage.sandbox()
        asyncio.run(measure(stage, options))


if __name__ == "__main__":
    main()
