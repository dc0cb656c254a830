"""What was used of limits: counted together by all replicas, per person or workspace and window."""

import asyncio
from datetime import timedelta

from bot.store import Counter, Store
from tests.store.conftest import NOON

ANN = Counter("T1", "UANN01", "messages", NOON)
EVERYBODY = Counter("T1", "", "messages", NOON)


async def test_a_counter_grows_and_a_new_window_begins_at_nothing(store: Store) -> None:
    assert await store.counters.add({ANN: 1, EVERYBODY: 1}) == {ANN: 1, EVERYBODY: 1}
    assert await store.counters.add({ANN: 4}, EVERYBODY) == {ANN: 5, EVERYBODY: 1}
    later = Counter("T1", "UANN01", "messages", NOON + timedelta(minutes=1))
    assert await store.counters.totals(ANN, later) == {ANN: 5, later: 0}
    assert await store.counters.add({}, ANN) == {ANN: 5}


async def test_nothing_is_lost_when_many_count_at_once(store: Store) -> None:
    await asyncio.gather(*(store.counters.add({ANN: 1, EVERYBODY: 2}) for _ in range(20)))
    assert await store.counters.totals(ANN, EVERYBODY) == {ANN: 20, EVERYBODY: 40}


async def test_one_alone_is_told_that_a_limit_is_reached(store: Store) -> None:
    await store.counters.add({ANN: 1, EVERYBODY: 1})
    told = await asyncio.gather(*(store.counters.tell(ANN) for _ in range(5)))
    assert sorted(told) == [False] * 4 + [True]
    assert await store.counters.tell(EVERYBODY)
    await store.counters.add({ANN: 1})
    assert not await store.counters.tell(ANN)


async def test_windows_long_past_are_forgotten(store: Store) -> None:
    await store.counters.add({ANN: 1})
    assert await store.counters.prune(NOON) == 0
    assert await store.counters.prune(NOON + timedelta(seconds=1)) == 1
    assert await store.counters.totals(ANN) == {ANN: 0}
