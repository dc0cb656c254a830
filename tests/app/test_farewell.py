"""Who wants to be forgotten is, here and at Cal.com as far as it lets us; whoever runs the bot hears what is not."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.calcom import CalCom, Credential
from bot.cli import app
from bot.farewell import forget
from bot.scheduling.accounts import Accounts
from bot.store import Entry, Store, Turn, Turns
from bot.store import Link as Linked
from bot.store.database import connect
from bot.store.migrations import STEPS, migrate
from bot.store.schema import metadata
from tests.scheduling.test_accounts import APP, World, subscriptions, world
from tests.store.conftest import NOON

__all__ = ["world"]

LENA = Credential("key", "cal_sandbox_lena")


async def rows_about(store: Store, *words: str) -> list[str]:
    """Every stored row in which one of the words stands."""
    found = []
    for table in metadata.sorted_tables:
        for row in await store.database.rows(text(f"SELECT * FROM {table.name}")):
            if any(word in str(row) for word in words):
                found.append(f"{table.name}: {row}")
    return found


async def test_nothing_is_left_here_nor_a_webhook_at_calcom(world: World) -> None:
    await subscriptions(world).of_person(await world.linked())
    await world.store.conversations.append("T1", "dm:D1", Entry("asker", "Ann", "hello", NOON, "UANN"))
    assert len(await world.calcom.acting(LENA).webhooks()) == 1
    done = await forget(world.store, world.calcom, world.accounts, "T1", "UANN")
    assert await world.calcom.acting(LENA).webhooks() == ()
    assert done.remains == ()
    assert "Cal.com's settings" in done.elsewhere[0]
    assert {name: count for name, count in done.deleted.items() if count} == {
        "links": 1,
        "subscriptions": 1,
        "conversations": 1,
        "records": 1,
        "audit": 1,
    }
    assert await rows_about(world.store, "UANN", "lena") == []


async def test_when_calcom_is_down_the_rest_is_deleted_and_the_webhook_is_named(world: World) -> None:
    await subscriptions(world).of_person(await world.linked())
    hook = await world.store.hooks.of("T1", "UANN")
    assert hook

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    down = CalCom("http://sandbox.test/calcom/v2", clock=world.clock.now, transport=httpx.MockTransport(refuse))
    done = await forget(world.store, down, Accounts(down, world.store, world.clock.now, APP), "T1", "UANN")
    await down.aclose()
    (sentence,) = done.remains
    assert hook.remote in sentence
    assert await rows_about(world.store, "UANN", "lena") == []


async def test_a_webhook_that_calcom_has_lost_does_not_remain(world: World) -> None:
    await subscriptions(world).of_person(await world.linked())
    hook = await world.store.hooks.of("T1", "UANN")
    assert hook
    await world.calcom.acting(LENA).delete_webhook(hook.remote)
    assert (await forget(world.store, world.calcom, world.accounts, "T1", "UANN")).remains == ()


async def test_a_link_without_its_credential_leaves_a_webhook_that_is_named(world: World) -> None:
    link = await world.linked()
    await subscriptions(world).of_person(link)
    await world.store.links.put(Linked("T1", "UANN", link.username, link.email, link.name))
    (sentence,) = (await forget(world.store, world.calcom, world.accounts, "T1", "UANN")).remains
    assert "webhook" in sentence


@pytest.fixture
async def gated(world: World) -> AsyncIterator[tuple[Turns, asyncio.Event]]:
    """A turn of the person under way, which stores what they said once the gate opens."""
    turns = Turns(world.store, executor_id="a", version="1", clock=world.clock.now)
    gate = asyncio.Event()

    async def handler(turn: Turn) -> None:
        await gate.wait()
        await world.store.conversations.append("T1", "dm:D1", Entry("asker", "Ann", "a secret", NOON, "UANN"))

    turns.on("message", handler)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "dm:D1", {"origin": {"user": "UANN"}, "text": "a secret"})
    yield turns, gate
    gate.set()
    await turns.stop(1)


async def test_what_is_under_way_is_waited_for_and_then_forgotten_too(
    world: World, gated: tuple[Turns, asyncio.Event]
) -> None:
    task = asyncio.create_task(forget(world.store, world.calcom, world.accounts, "T1", "UANN"))
    await asyncio.sleep(0.3)
    assert not task.done()
    gated[1].set()
    assert (await task).remains == ()
    assert await rows_about(world.store, "UANN", "a secret") == []


async def test_what_does_not_end_is_not_waited_for_for_ever(world: World, gated: tuple[Turns, asyncio.Event]) -> None:
    done = await forget(world.store, world.calcom, world.accounts, "T1", "UANN", patience=0.2)
    assert "still being worked on" in done.remains[0]


# The commands

Run = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `slotwise` on a database in the folder; gives its exit code and what it said."""

    async def invoke(*arguments: str, **environment: str) -> tuple[int, str]:
        environment = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
            "CALCOM_API_URL": "http://127.0.0.1:9/v2",
        } | environment
        result = await asyncio.to_thread(CliRunner().invoke, app, list(arguments), env=environment)
        return result.exit_code, result.output

    return invoke


async def test_one_command_brings_an_old_database_up_to_date(run: Run, tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path}/bot.db")
    await migrate(database, 1)
    assert await run("data", "migrate") == (0, f"Schema 1 became schema {len(STEPS)}.\n")
    assert await run("data", "migrate") == (0, f"The database has schema {len(STEPS)} already.\n")
    await database.run(text("INSERT INTO schema_version (version) VALUES (999)"))
    await database.close()
    code, said = await run("data", "migrate")
    assert (code, "newer version" in said) == (1, True)


async def test_a_person_is_given_out_and_forgotten_by_command(run: Run, tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/bot.db", clock=lambda: NOON)
    await store.links.put(Linked("T1", "UANN", "ann", "ann@example.com", "Ann"))
    await store.close()
    code, said = await run("data", "export", "UANN", "--workspace", "T1")
    assert (code, json.loads(said)["links"][0]["username"]) == (0, "ann")
    code, said = await run(
        "data", "forget", "UANN", "--workspace", "T1", CALCOM_ACCOUNTS='{"Ann@example.com": "cal_sandbox_ann"}'
    )
    assert (code, said.splitlines()[0]) == (1, "Forgotten: 1 of links.")
    assert "CALCOM_ACCOUNTS" in said
    assert await run("data", "forget", "UANN", "--workspace", "T1") == (0, "Nothing was stored of that person.\n")


async def test_the_command_asks_whom(run: Run) -> None:
    code, said = await run("data", "forget")
    assert (code, "Whom?" in said) == (2, True)
