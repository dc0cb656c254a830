"""Two replicas against one: `python -m tests.bench.bench_replicas [--postgres URL]`.

Turns a second, worked off from a backlog, on one PostgreSQL. The stand-ins, the database and the sender need
cores too, and a machine of two has none left for a second replica; so the comparison is made twice. First with every
replica held to a part of one core (`--share`), by stopping it for the rest of every 20 ms: what is shared, above all
the database, is then what could keep two from doing twice as much. Then with
all the machine has: what the processes cost tells where it ends. Prints figures; asserts nothing.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import time
from contextlib import ExitStack

import aiohttp

from tests.bench.bench_load import TEXTS
from tests.bench.stage import Bot, Costly, Database, Load, Stage, verdict

PERIOD = 0.02


async def held(bot: Bot, share: float, offset: float) -> None:
    """Let a replica run for that share of the time only."""
    await asyncio.sleep(offset)
    try:
        while True:
            await asyncio.sleep(share * PERIOD)
            os.kill(bot.process.pid, signal.SIGSTOP)
            await asyncio.sleep((1 - share) * PERIOD)
            os.kill(bot.process.pid, signal.SIGCONT)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(bot.process.pid, signal.SIGCONT)


async def done(load: Load, bots: list[Bot]) -> float:
    """Turns answered so far."""
    pages = [await load.metrics(bot.url) for bot in bots]
    return sum(value for page in pages for key, value in page.items() if key.startswith("slotwise_turns_total"))


async def throughput(load: Load, bots: list[Bot], share: float, seconds: float, costly: dict[str, Costly]) -> float:
    """Turns a second out of a backlog that lasts longer than is measured."""
    urls = [bot.url for bot in bots]
    patience = asyncio.Semaphore(10 * len(urls))

    async def say(number: int) -> None:
        async with patience:
            await load.say(urls[number % len(urls)], number, TEXTS[number % len(TEXTS)])

    await asyncio.gather(*(say(number) for number in range(len(load.threads))))
    holding = [asyncio.create_task(held(bot, share, PERIOD * n / 2)) for n, bot in enumerate(bots) if share < 1]
    await asyncio.sleep(1)
    before, answered = {name: part.cpu() for name, part in costly.items()}, await done(load, bots)
    began = time.perf_counter()
    await asyncio.sleep(seconds)
    answered = await done(load, bots) - answered
    took = time.perf_counter() - began
    spent = {name: part.cpu() - before[name] for name, part in costly.items()}
    for task in holding:
        task.cancel()
    await asyncio.gather(*holding, return_exceptions=True)
    if not any([await load.in_flight(url) for url in urls]):
        print("  the backlog did not last: fewer --seconds or more --events")
    await load.drained(urls)
    cores = ", ".join(f"{name} {cpu / took:.2f}" for name, cpu in spent.items())
    print(f"  {len(bots)} at {share:.0%}: {answered / took:.1f} turns/s; cores used: {cores}")
    return answered / took


async def measure(stage: Stage, options: argparse.Namespace) -> None:
    """All figures."""
    database: Database = stage.postgres(options.postgres)
    bots = [await asyncio.to_thread(stage.bot, database.url, "first")]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        load = Load(http, stage.origin)
        await load.prepare(options.events)
        shared: dict[str, Costly] = {"stand-ins": stage.standins, "PostgreSQL": database}
        figures = {}
        for share in (options.share, 1.0):
            for number in (1, 2):
                if number > len(bots):
                    bots.append(await asyncio.to_thread(stage.bot, database.url, "second"))
                some = bots[:number]
                if share == options.share:
                    await load.steadily([some[-1].url], 5, 2, TEXTS)
                    await load.drained([some[-1].url])
                costly = {f"replica {n + 1}": bot.process for n, bot in enumerate(some)} | shared
                figures[share, number] = await throughput(load, some, share, options.seconds, costly)
        ratio = figures[options.share, 2] / figures[options.share, 1]
        verdict(
            f"two replicas to one, {options.share:.0%} of a core each", f"{ratio:.2f} times", ">= 1.7", ratio >= 1.7
        )
        ratio = figures[1.0, 2] / figures[1.0, 1]
        verdict(
            f"two replicas to one, {os.cpu_count()} cores for everything", f"{ratio:.2f} times", "the machine's limit"
        )


def main() -> None:
    """Starts the processes and loads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=700, help="the backlog")
    parser.add_argument("--share", type=float, default=0.4, help="of a core, for each replica")
    parser.add_argument("--seconds", type=float, default=6.0, help="measured, each")
    parser.add_argument("--postgres", default="", metavar="URL")
    options = parser.parse_args()
    with ExitStack() as stack:
        stage = Stage(stack, model_seconds=0.0)
        stage.sandbox()
        asyncio.run(measure(stage, options))


if __name__ == "__main__":
    main()
