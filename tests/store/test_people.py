"""What is kept about people: conversations, links, memory, places, acts; exported and forgotten."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.store import BadDatabaseUrl, Counter, Credential, Entry, Link, NoKey, Place, Record, Store, WrongKey
from bot.store.person import Person
from tests.store.conftest import NOON, Clock

ANN = Link("T1", "U1", "Ann", "Ann@Example.com", "Ann", "America/New_York", Credential("key", "cal_secret"), 7)


async def test_history_is_the_last_utterances_oldest_first(store: Store) -> None:
    said = [Entry("asker", "ann", f"message {n}", NOON + timedelta(seconds=n), "U1") for n in range(5)]
    for entry in said:
        await store.conversations.append("T1", "D1", entry)
    await store.conversations.append("T1", "D2", Entry("bot", "slotwise", "elsewhere", NOON))
    assert await store.conversations.history("T1", "D1", limit=3) == tuple(said[2:])


async def test_a_repeated_turn_says_nothing_twice(store: Store) -> None:
    asked, answered = Entry("asker", "ann", "hi", NOON), Entry("bot", "slotwise", "hello", NOON)
    for _ in range(2):
        await store.conversations.append("T1", "D1", asked, answered, turn="Ev1")
    await store.conversations.append("T1", "D1", asked, turn="Ev2")
    assert await store.conversations.history("T1", "D1") == (asked, answered, asked)


async def test_text_no_database_takes_does_no_harm(store: Store) -> None:
    await store.conversations.append("T1", "D1", Entry("asker", "ann", "a\0b\ud800c שלום", NOON))
    assert (await store.conversations.history("T1", "D1"))[0].text == "ab?c שלום"


async def test_old_utterances_are_pruned(store: Store) -> None:
    await store.conversations.append("T1", "D1", Entry("asker", "ann", "old", NOON - timedelta(days=9)))
    await store.conversations.append("T1", "D1", Entry("asker", "ann", "new", NOON))
    assert await store.conversations.prune(NOON - timedelta(days=1)) == 1
    assert [entry.text for entry in await store.conversations.history("T1", "D1")] == ["new"]


async def test_a_link_is_found_by_person_username_and_email_in_any_case(store: Store) -> None:
    await store.links.put(ANN)
    await store.links.put(Link("T2", "U1", "ann", "ann@example.com", "Another Ann"))
    found = await store.links.get("T1", "U1")
    assert found is not None
    assert found.credential == ANN.credential
    assert found == await store.links.by_username("T1", "ANN") == await store.links.by_email("T1", "ANN@example.com")
    assert await store.links.by_username("T1", "bailey") is None
    assert await store.links.all("T1") == (found,)
    assert await store.links.remove("T1", "U1")
    assert not await store.links.remove("T1", "U1")


async def test_credentials_are_neither_readable_at_rest_nor_shown(store: Store) -> None:
    await store.links.put(ANN)
    rows = await store.database.rows(text("SELECT * FROM links"))
    assert "cal_secret" not in str(rows)
    assert "cal_secret" not in repr(await store.links.get("T1", "U1"))


async def test_keys_can_be_rotated(url: str, clock: Clock) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    store = await Store.open(url, clock=clock, keys=[old])
    await store.links.put(ANN)
    await store.close()
    store = await Store.open(url, clock=clock, keys=[new, old])
    assert await store.links.rotate() == 1
    await store.close()
    store = await Store.open(url, clock=clock, keys=[new])
    link = await store.links.get("T1", "U1")
    assert link is not None
    assert link.credential == ANN.credential
    await store.close()
    store = await Store.open(url, clock=clock, keys=[old])
    with pytest.raises(WrongKey):
        await store.links.get("T1", "U1")
    await store.close()


async def test_without_a_key_sqlite_makes_one_for_its_owner_and_postgresql_refuses(url: str, clock: Clock) -> None:
    for _ in range(2):
        store = await Store.open(url, clock=clock)
        if store.database.file is None:
            with pytest.raises(NoKey):
                await store.links.put(ANN)
        else:
            await store.links.put(ANN)
            key = store.database.file.with_name(store.database.file.name + ".key")
            assert key.stat().st_mode & 0o777 == 0o600
        await store.close()


async def test_memory_keeps_values_by_person_topic_and_key(store: Store) -> None:
    await store.memory.put("T1", "U1", "people", "bailey", "U7")
    await store.memory.put("T1", "U1", "people", "bailey", "U8")
    await store.memory.put("T1", "U1", "people", "sam", "U9")
    await store.memory.put("T1", "U2", "people", "sam", "U0")
    assert await store.memory.get("T1", "U1", "people", "bailey") == "U8"
    assert await store.memory.all("T1", "U1", "people") == {"bailey": "U8", "sam": "U9"}
    assert await store.memory.forget("T1", "U1", "people", "sam") == 1
    assert await store.memory.get("T1", "U1", "people", "sam") is None
    assert await store.memory.forget("T1", "U1", "people") == 1


async def test_the_newest_place_of_a_record_is_where_its_card_stands(store: Store) -> None:
    first, second = Place("r1", "C1", "1.0"), Place("r1", "D1", "2.0")
    await store.places.put(first)
    await store.places.put(second)
    assert await store.places.get("r1") == second
    await store.places.put(first)
    assert await store.places.all("r1") == (first, second)
    await store.places.remove(first)
    assert await store.places.all("r1") == (second,)


async def test_a_response_url_works_so_often_and_so_long(store: Store, clock: Clock) -> None:
    place = Place("r1", "C1", "", "U1", True, "https://hooks/1", response_until=NOON, response_uses=2)
    clock.at = NOON - timedelta(minutes=1)
    await store.places.put(place)
    assert [await store.places.spend(place) for _ in range(3)] == ["https://hooks/1", "https://hooks/1", None]
    await store.places.put(place)
    clock.at = NOON
    assert await store.places.spend(place) is None
    assert "hooks" not in repr(place)


async def test_acts_are_listed_oldest_first_and_by_what_they_were_about(store: Store) -> None:
    for n, actor in enumerate(["U1", "U2", "U1"]):
        await store.audit.add(NOON + timedelta(hours=n), "T1", actor, "confirm", "r1", f"bk{n}", "0.1", {"n": n})
    assert [row.detail["n"] for row in await store.audit.rows()] == [0, 1, 2]
    assert [row.detail["n"] for row in await store.audit.rows(limit=2)] == [1, 2]
    assert [row.booking_uid for row in await store.audit.rows(workspace="T1", actor="U1")] == ["bk0", "bk2"]
    assert len(await store.audit.rows(since=NOON + timedelta(hours=1))) == 2
    assert [row.actor for row in await store.audit.rows(booking_uid="bk1")] == ["U2"]


async def fill(store: Store, slack_id: str, conversation: str) -> None:
    record = Record(store.records.new_id(), "T1", conversation, slack_id, "draft", "open", {}, NOON, NOON)
    await store.records.add(record)
    await store.places.put(Place(record.id, conversation, "1.0", response_url="https://hooks/1"))
    await store.links.put(
        Link("T1", slack_id, slack_id, f"{slack_id}@x", slack_id, credential=Credential("key", "cal_secret"))
    )
    await store.memory.put("T1", slack_id, "people", "sam", "U9")
    asked = Entry("asker", slack_id, f"I am {slack_id}", NOON, slack_id)
    await store.conversations.append("T1", conversation, asked, Entry("bot", "slotwise", "hello", NOON))
    await store.audit.add(NOON, "T1", slack_id, "confirm", record.id)
    await store.counters.add({Counter("T1", slack_id, "messages", NOON): 1})


async def test_a_person_gets_all_that_is_stored_and_nothing_of_others(store: Store) -> None:
    await fill(store, "UANN01", "D1")
    await fill(store, "UKENJI", "D2")
    stored = await Person(store, "T1", "UANN01").export()
    tables = ("links", "memory", "counters", "records", "places", "audit")
    assert {name: len(stored[name]) for name in tables} == dict.fromkeys(tables, 1)
    assert [row["text"] for row in stored["conversations"]] == ["I am UANN01", "hello"]
    assert "UKENJI" not in str(stored)
    assert "cal_secret" not in str(stored)
    assert "hooks" not in str(stored)


async def test_a_forgotten_person_leaves_no_row_and_no_name(store: Store) -> None:
    await fill(store, "UANN01", "D1")
    await fill(store, "UKENJI", "D2")
    await store.conversations.append("T1", "C1", Entry("asker", "ann", "mine", NOON, "UANN01"))
    await store.conversations.append("T1", "C1", Entry("asker", "kenji", "not mine", NOON, "UKENJI"))
    await Person(store, "T1", "UANN01").forget()
    stored = await Person(store, "T1", "UANN01").export()
    assert all(not rows for name, rows in stored.items() if name not in ("workspace", "slack_id"))
    assert [entry.text for entry in await store.conversations.history("T1", "C1")] == ["not mine"]
    assert len((await Person(store, "T1", "UKENJI").export())["records"]) == 1
    assert {row.actor for row in await store.audit.rows()} == {"forgotten", "UKENJI"}


async def test_what_is_older_than_the_retention_is_deleted(store: Store) -> None:
    await fill(store, "UANN01", "D1")
    assert await store.prune(NOON) == 0
    assert await store.prune(NOON + timedelta(seconds=1)) == 3
    stored = await Person(store, "T1", "UANN01").export()
    kept = [name for name, rows in stored.items() if isinstance(rows, list) and rows]
    assert kept == ["links", "memory", "counters", "audit"]


async def test_a_reset_store_is_empty(store: Store) -> None:
    await fill(store, "UANN01", "D1")
    await store.reset()
    stored = await Person(store, "T1", "UANN01").export()
    assert all(not rows for name, rows in stored.items() if name not in ("workspace", "slack_id"))


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "mysql://host/x", "no address"])
async def test_addresses_that_cannot_hold_state_are_refused(address: str, clock: Clock) -> None:
    with pytest.raises(BadDatabaseUrl):
        await Store.open(address, clock=clock)
