"""Death at each in_words moment of a turn and of a draft: the next life finishes what was begun, once."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.moments import Moment
from bot.retention import RETENTION
from bot.store.database import connect
from tests.chaos.chaos import Report, compare
from tests.chaos.fleet import environment_of, free_ports, until_healthy, world
from tests.chaos.forked import fork
from tests.chaos.people import Deed, Errand, Workspace, in_words, pursue


@dataclass
class Lives:
    """Lives of one bot: the first dies as ordered, whoever comes after it lives on."""

    environment: dict[str, str]
    ends: list[int | None] = field(default_factory=list)

    @asynccontextmanager
    async def begin(self, order: str) -> AsyncIterator[None]:
        """A doomed bot, healthy, with a supervisor."""
        self.ends.clear()
        url = f"http://127.0.0.1:{self.environment['PORT']}"
        process = fork(self.environment, order)

        async def supervise() -> None:
            nonlocal process
            while True:
                while process.is_alive():  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                process.join()
                self.ends.append(process.exitcode)
                process = fork(self.environment)

        supervisor = asyncio.create_task(supervise())
        try:
            await until_healthy(url)
            yield
        finally:
            supervisor.cancel()
            await asyncio.gather(supervisor, return_exceptions=True)
            process.kill()
            process.join()


def booking(number: int) -> Errand:
    """A quarter of an hour with Bailey."""
    made = Errand("ann", "@slotwise", "bailey", [])
    start = datetime(2026, 12, 1, 17, tzinfo=UTC) + timedelta(minutes=30 * number)
    made.deeds.append(Deed("book", start, f"book 15min with bailey on {in_words(made.local(start))}"))
    return made


async def test_at_whatever_moment_the_process_dies_the_next_one_finishes_once(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    database = f"sqlite:///{tmp_path}/bot.db"
    async with world(tmp_path, [port], twice=0.0) as url:
        environment = environment_of(url, port, database, "one") | {"LOG_FILE": str(tmp_path / "run.log")}
        # The mind in process: a model's client takes a second to import, in each life.
        lives = Lives(environment | {"OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""})
        workspace = Workspace(url)
        tried = []
        for number, moment in enumerate(each for each in Moment if each is not Moment.RUNG):
            tried.append(booking(number))
            async with lives.begin(moment):
                await pursue(workspace, tried[-1], tried[-1].deeds[0], patience=30)
                assert lives.ends == [-signal.SIGKILL], f"it was to die once, when {moment}"
        async with lives.begin(Moment.RUNG):
            await workspace.post("/workspace/clock", advance_seconds=3600)
            while not lives.ends:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            await until_healthy(f"http://127.0.0.1:{port}")
            report = Report()
            acknowledged = set((tmp_path / "acknowledged").read_text().split())
            await compare(workspace, tried, acknowledged, report)
        await workspace.close()
    assert report.broken == [], str(report)
    assert report.deeds["book"] == len(tried)
    store = connect(database)
    query = text("SELECT state FROM turns WHERE kind = :kind").bindparams(kind=RETENTION)
    assert [row.state for row in await store.rows(query)] == ["done"], "what the timer stood for was done once"
    await store.close()
