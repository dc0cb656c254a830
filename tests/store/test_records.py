"""Records: stored once per key, changed by one of many."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.store import Record, Store
from tests.store.conftest import NOON, Clock


def draft(store: Store, **changes: object) -> Record:
    record = Record(store.records.new_id(), "T1", "D1", "U1", "draft", "open", {"uid": "ä☂\ud83d"}, NOON, NOON)
    return replace(record, **changes)  # type: ignore[arg-type]


async def test_a_record_comes_back_as_it_was_stored(store: Store) -> None:
    record = await store.records.add(draft(store, subject="bk1", expires=NOON + timedelta(microseconds=1)))
    assert await store.records.get(record.id) == record
    assert await store.records.by_subject("bk1") == (record,)
    assert await store.records.get("nobody") is None


async def test_ids_are_short_url_safe_and_different(store: Store) -> None:
    ids = {store.records.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(id) <= 24 and id.replace("-", "").replace("_", "").isalnum() for id in ids)


async def test_a_key_gives_the_first_record_back(store: Store) -> None:
    first = await store.records.add(draft(store), key="Ev1/draft")
    again = await store.records.add(draft(store, state="other"), key="Ev1/draft")
    assert again == first
    assert await store.records.add(draft(store), key="Ev2/draft") != first


async def test_of_many_clicks_on_one_button_exactly_one_wins(store: Store) -> None:
    record = await store.records.add(draft(store))
    clicks = [store.records.change(record.id, expect_state="open", state="running") for _ in range(20)]
    won = [changed for changed in await asyncio.gather(*clicks) if changed]
    assert len(won) == 1
    assert (won[0].state, won[0].version) == ("running", 2)


async def test_a_change_needs_the_expected_version(store: Store) -> None:
    record = await store.records.add(draft(store))
    assert await store.records.change(record.id, expect_version=2, payload={}) is None
    changed = await store.records.change(record.id, expect_version=1, payload={"x": 1}, expires=None)
    assert changed is not None
    assert (changed.payload, changed.version, changed.state) == ({"x": 1}, 2, "open")


async def test_a_change_leaves_what_it_does_not_name_and_notes_the_time(store: Store, clock: Clock) -> None:
    record = await store.records.add(draft(store, subject="bk1", expires=NOON))
    clock.advance(timedelta(minutes=5))
    changed = await store.records.change(record.id, expect_state={"open", "running"}, state="done", subject="bk2")
    expected = replace(record, state="done", subject="bk2", version=2, updated=NOON + timedelta(minutes=5))
    assert changed == expected == await store.records.get(record.id)


async def test_open_records_are_the_persons_of_that_conversation_newest_first(store: Store) -> None:
    older = await store.records.add(draft(store))
    newer = await store.records.add(draft(store, state="confirming"))
    for other in ({"requester": "U2"}, {"workspace": "T2"}, {"state": "done"}):
        await store.records.add(draft(store, **other))
    elsewhere = await store.records.add(draft(store, conversation="D2"))
    states = ("open", "confirming")
    assert await store.records.open("T1", "D1", "U1", states) == (newer, older)
    assert await store.records.open("T1", "D1", "U1", states, limit=1) == (newer,)
    assert await store.records.open("T1", None, "U1", states) == (elsewhere, newer, older)


async def test_untouched_records_are_pruned(store: Store, clock: Clock) -> None:
    await store.records.add(draft(store))
    touched = await store.records.add(draft(store))
    clock.advance(timedelta(days=2))
    await store.records.change(touched.id, state="done")
    assert await store.records.prune(NOON + timedelta(days=1)) == 1
    assert await store.records.get(touched.id) is not None
