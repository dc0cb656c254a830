"""Two replicas on one database: what is to happen once, happens once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.retention import RETENTION
from bot.workspace import Workspace
from tests.app.replicas import Replicas, replicas
from tests.store.conftest import postgres, url

__all__ = ["postgres", "url"]


@pytest.fixture
async def pair(tmp_path: Path, url: str) -> AsyncIterator[Replicas]:
    async with replicas(tmp_path, "one", "two", database=url) as both:
        yield both


async def finished(pair: Replicas, kind: str) -> int:
    """How many turns of a kind were worked off, by whomever."""
    query = text("SELECT count(*) AS n FROM turns WHERE kind = :kind AND state = 'done'").bindparams(kind=kind)
    (row,) = await pair.bots[0].store.database.rows(query)
    return int(row.n)


async def test_a_reminder_about_a_ring_comes_once(pair: Replicas) -> None:
    workspace = Workspace(pair.address, "kenji")
    await workspace.say("we need help now, checkout is down")
    await workspace.settle()
    await workspace.press("ring the team")
    await workspace.settle()
    for _ in range(4):
        await workspace.post("/workspace/clock", advance_seconds=40)
        await workspace.settle()
    workspace.forget()
    assert "\n".join(await workspace.news()).count("This is free next") == 1
    await workspace.aclose()


async def test_every_hour_one_of_them_deletes_what_is_old(pair: Replicas) -> None:
    workspace = Workspace(pair.address)
    await workspace.say("what do I have tomorrow?")
    await workspace.settle()
    for hours in range(1, 4):
        await workspace.post("/workspace/clock", advance_seconds=3600)
        await workspace.settle()
        assert await finished(pair, RETENTION) == hours
    store = pair.bots[0].store
    assert await store.database.rows(text("SELECT 1 FROM entries"))
    await workspace.post("/workspace/clock", advance_seconds=91 * 24 * 3600)
    await workspace.settle()
    assert await finished(pair, RETENTION) == 1, "the earlier ones are forgotten like all turns after a week"
    assert await store.database.rows(text("SELECT 1 FROM entries WHERE text LIKE '%tomorrow%'")) == []
    await workspace.aclose()
