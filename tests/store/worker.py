"""A process that accepts and works off turns and can be told where to die, by SIGKILL, as a power cut would.

The world outside is a journal: one line per effect, appended and never taken back.
"""

import asyncio
import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psycopg  # noqa: F401  (imported before the fork, so that each worker need not)
import sqlalchemy.ext.asyncio  # noqa: F401
from sqlalchemy import Connection

from bot.store import Store, Turn, Turns

T = TypeVar("T")


@dataclass(frozen=True)
class Orders:
    """What a worker is to do. `die` names the write transaction (counted from 0, heartbeats not counted) at which it
    dies, `inside` whether before or after the commit; `dice` is the chance to die at any transaction instead;
    `ask_first` says whether a step looks for its effect before it acts."""

    url: str
    journal: str
    events: tuple[tuple[str, str], ...]
    executor: str = "a"
    version: str = "1"
    die: int | None = None
    inside: bool = False
    ask_first: bool = False
    until: float = 20.0
    dice: float = 0.0
    lapse: float = 0.6


def lines(journal: str) -> list[str]:
    """What the journal says."""
    path = Path(journal)
    return path.read_text().splitlines() if path.exists() else []


def note(journal: str, line: str) -> None:
    """Append a line, whole, at once."""
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def die() -> None:
    """Now, without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def mortal(database: Any, orders: Orders) -> None:
    """Let `database` kill the process at the ordered transaction, or with the ordered probability at any."""
    count = -1

    def dying(commit: Callable[..., Any]) -> Any:
        async def until_then(work: Callable[[Connection], T], **how: bool) -> T:
            nonlocal count
            if "Database.run" not in getattr(work, "__qualname__", ""):
                count += 1
            now = count == orders.die or random.random() < orders.dice
            inside = orders.inside if orders.die is not None else random.random() < 0.5

            def last(connection: Connection) -> T:
                result = work(connection)
                if now and inside:
                    die()
                return result

            result: T = await commit(last, **how)
            if now:
                die()
            return result

        return until_then

    database.once = dying(database.once)
    database.write = dying(database.write)


def work(orders: Orders) -> None:
    """Accept the events in order, work off whatever there is, and go when all is done."""
    asyncio.run(_work(orders))


async def _work(orders: Orders) -> None:
    store = await Store.open(orders.url, clock=lambda: datetime.now(UTC))
    if orders.die is not None or orders.dice:
        mortal(store.database, orders)
    turns = Turns(
        store,
        executor_id=orders.executor,
        version=orders.version,
        clock=lambda: datetime.now(UTC),
        heartbeat=0.1,
        lapse=orders.lapse,
        deaths=1000,
    )

    async def handler(turn: Turn) -> None:
        async def act(what: str) -> str:
            line = f"{what} {turn.conversation} {turn.id}"
            if not (orders.ask_first and line in lines(orders.journal)):
                note(orders.journal, line)
            return line

        await turn.step("book", lambda: act("book"))
        await asyncio.sleep(0)
        await turn.step("post", lambda: act("post"))

    turns.on("message", handler)
    await turns.start()
    for id, conversation in orders.events:
        new = await turns.accept(id, "message", "T1", conversation, {})
        note(orders.journal, f"{'ack' if new else 'again'} {id}")
    await asyncio.wait_for(turns.idle(), orders.until)
    await turns.stop(5)
    await store.close()
