"""The schema: every version leads to the present one, and the queries know what the migrations made."""

import asyncio

import pytest
import sqlalchemy
from sqlalchemy import Connection, inspect, text

from bot.store import SchemaTooNew, Store
from bot.store.database import connect
from bot.store.migrations import STEPS, migrate
from bot.store.schema import metadata
from tests.store.conftest import Clock


@pytest.mark.parametrize("start", range(len(STEPS) + 1))
async def test_every_released_schema_is_brought_up_to_date(url: str, clock: Clock, start: int) -> None:
    database = connect(url)
    await migrate(database, target=start)
    assert await migrate(database) == start
    columns = await database.read(columns_by_table)
    expected = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    assert {name: columns[name] for name in expected} == expected
    await database.close()


def columns_by_table(connection: Connection) -> dict[str, set[str]]:
    inspector = inspect(connection)
    return {table: {column["name"] for column in inspector.get_columns(table)} for table in inspector.get_table_names()}


async def test_replicas_started_together_migrate_once(url: str, clock: Clock) -> None:
    stores = await asyncio.gather(*(Store.open(url, clock=clock) for _ in range(3)))
    versions = await stores[0].database.rows(text("SELECT version FROM schema_version"))
    assert [row.version for row in versions] == list(range(1, len(STEPS) + 1))
    for store in stores:
        await store.close()


async def test_a_database_of_a_later_version_is_left_alone(store: Store, url: str, clock: Clock) -> None:
    await store.database.run(sqlalchemy.text("INSERT INTO schema_version (version) VALUES (999)"))
    with pytest.raises(SchemaTooNew):
        await Store.open(url, clock=clock)
