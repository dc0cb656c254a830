"""A budget that replicas share is granted once, window by window."""

import asyncio
from datetime import UTC, datetime

from bot.store import Store
from bot.store.budgets import CAUTIOUS, PROBE_SECONDS

NOW = 1_800_000_000.0
WINDOW = 60.0


async def taken(store: Store, many: int = 1, *, at: float = NOW, spare: bool = False) -> int:
    share = await store.budgets.take("calcom/key", many, at, at + WINDOW, spare)
    assert share is not None
    return share.permits


async def test_before_any_answer_only_a_few_are_granted_and_soon_again(store: Store) -> None:
    grants = await asyncio.gather(*(taken(store) for _ in range(CAUTIOUS + 5)))
    assert sum(grants) == CAUTIOUS
    assert await taken(store, at=NOW + PROBE_SECONDS + 0.1) == 1


async def test_what_an_answer_tells_holds_for_everybody(store: Store) -> None:
    assert await taken(store) == 1
    await store.budgets.learn("calcom/key", 30, 1, NOW + WINDOW)
    grants = await asyncio.gather(*(taken(store) for _ in range(40)))
    assert sum(grants) == 29
    share = await store.budgets.take("calcom/key", 1, NOW, NOW + WINDOW, False)
    assert share is not None
    assert (share.permits, share.ends, share.limit) == (0, NOW + WINDOW, 30)


async def test_a_new_window_begins_when_the_old_one_has_ended(store: Store) -> None:
    await taken(store)
    await store.budgets.learn("calcom/key", 12, 12, NOW + 30)
    assert await taken(store, at=NOW + 29) == 0
    later = await asyncio.gather(*(taken(store, at=NOW + 31) for _ in range(14)))
    assert sum(later) == 12


async def test_what_others_used_of_the_same_key_counts(store: Store) -> None:
    await taken(store)
    await store.budgets.learn("calcom/key", 20, 1, NOW + WINDOW)
    await store.budgets.learn("calcom/key", 20, 15, NOW + WINDOW)
    assert sum(await asyncio.gather(*(taken(store) for _ in range(9)))) == 5


async def test_who_spares_leaves_a_third(store: Store) -> None:
    await taken(store)
    await store.budgets.learn("calcom/key", 30, 1, NOW + WINDOW)
    modest = [await taken(store, spare=True) for _ in range(30)]
    assert sum(modest) == 19
    assert [await taken(store) for _ in range(11)] == [1] * 10 + [0]


async def test_nothing_is_learnt_of_a_budget_nobody_drew_on(store: Store) -> None:
    await store.budgets.learn("calcom/key", 500, 1, NOW + WINDOW)
    assert sum(await asyncio.gather(*(taken(store) for _ in range(CAUTIOUS + 1)))) == CAUTIOUS


async def test_what_was_used_with_a_credential_that_is_no_more_is_forgotten(store: Store) -> None:
    await taken(store)
    await taken(store, at=NOW + 7200)  # its window ends a little later
    await store.budgets.take("calcom/old", 1, NOW, NOW + WINDOW, False)
    assert await store.budgets.prune(datetime.fromtimestamp(NOW + 3600, UTC)) == 1
    assert await store.budgets.prune(datetime.fromtimestamp(NOW + 3600, UTC)) == 0
