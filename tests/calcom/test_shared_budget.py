"""One credential's budget, drawn on by several processes: together they stay inside it, and nobody takes it all."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.calcom import CalCom, Credential, RateLimited, on_behalf_of, time_limit, told_of_waiting
from bot.calcom.budgets import Budgets
from bot.calcom.line import Line
from bot.clock import system_now
from bot.sandbox.clock import Clock
from bot.store import Store

from .conftest import KEY
from .seeded import NOW, serve
from .test_pacing import Throttled


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[list[Store]]:
    """The same database as two processes see it."""
    opened = [await Store.open(f"sqlite:///{tmp_path}/slotwise.db", clock=system_now) for _ in range(2)]
    yield opened
    for store in opened:
        await store.close()


def client(transport: httpx.AsyncBaseTransport, budgets: Budgets) -> CalCom:
    """One replica's client."""
    return CalCom("http://calcom.test/v2", transport=transport, budgets=budgets)


class Watched(httpx.AsyncBaseTransport):
    """Counts the answers of another transport by status."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.statuses: Counter[int] = Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.inner.handle_async_request(request)
        self.statuses[answer.status_code] += 1
        return answer


async def test_two_replicas_never_exceed_the_sandbox_s_limit(stores: list[Store]) -> None:
    server, inner = serve(Clock(NOW), 40)
    transport = Watched(inner)
    replicas = [CalCom("http://sandbox.test/calcom/v2", transport=transport, budgets=store.budgets) for store in stores]
    answered = refused = 0

    async def ask(number: int) -> None:
        nonlocal answered, refused
        try:
            with time_limit(8), on_behalf_of(f"T{number % 3}/U{number % 12}"):
                await replicas[number % 2].acting(Credential("key", "cal_sandbox_bailey")).me()
            answered += 1
        except RateLimited:
            refused += 1

    await asyncio.gather(*(ask(number) for number in range(80)))
    assert (answered, refused, transport.statuses[429]) == (40, 40, 0)
    for replica in replicas:
        await replica.aclose()
    await server.stop()


async def test_the_next_window_is_shared_as_well(stores: list[Store]) -> None:
    transport = Throttled(20, 2.0)
    transport.delay = 0.02
    replicas = [client(transport, store.budgets) for store in stores]
    began = time.perf_counter()

    async def ask(number: int) -> None:
        with on_behalf_of(f"T1/U{number % 10}"):
            await replicas[number % 2].acting(KEY).me()

    await asyncio.gather(*(ask(number) for number in range(44)))
    assert (len(transport.answered), transport.refused) == (44, 0)
    assert time.perf_counter() - began < 8
    for replica in replicas:
        await replica.aclose()


async def test_a_refusal_seen_by_one_stops_the_others(stores: list[Store]) -> None:
    transport = Throttled(20, 30.0)
    replicas = [client(transport, store.budgets) for store in stores]
    await replicas[0].acting(KEY).me()
    await replicas[1].acting(KEY).me()
    transport.used = 20  # somebody else used the same key
    with pytest.raises(RateLimited), time_limit(5):
        await replicas[0].acting(KEY).me()
    await asyncio.sleep(0.1)
    sent = len(transport.answered)
    with pytest.raises(RateLimited) as caught, time_limit(5):
        await replicas[1].acting(KEY).me()
    assert len(transport.answered) == sent
    assert caught.value.retry_after == pytest.approx(30, abs=2)
    for replica in replicas:
        await replica.aclose()


async def test_a_noisy_person_leaves_a_third_to_the_others_whichever_replica_they_reach(stores: list[Store]) -> None:
    transport = Throttled(30, 30.0)
    replicas = [client(transport, store.budgets) for store in stores]
    await replicas[0].acting(KEY).me()

    async def ask(who: str, replica: int) -> bool:
        try:
            with on_behalf_of(who), time_limit(10):
                await replicas[replica].acting(KEY).me()
            return True
        except RateLimited:
            return False

    noisy = await asyncio.gather(*(ask("T1/Unoisy", number % 2) for number in range(60)))
    quiet = await asyncio.gather(*(ask(f"T{number}/U{number}", number % 2) for number in range(9)))
    assert all(quiet)
    assert 15 <= sum(noisy) <= 20
    assert transport.refused == 0
    for replica in replicas:
        await replica.aclose()


async def test_who_has_had_a_share_does_not_stand_in_the_way(stores: list[Store]) -> None:
    transport = Throttled(24, 30.0)
    replica = client(transport, stores[0].budgets)
    await replica.acting(KEY).me()

    async def ask(who: str) -> None:
        with on_behalf_of(who), time_limit(20):
            await replica.acting(KEY).me()

    flood = [asyncio.create_task(ask("T1/Unoisy")) for _ in range(40)]
    await asyncio.sleep(0.5)
    began = time.perf_counter()
    await asyncio.gather(*(ask(f"T1/U{number}") for number in range(4)))
    assert time.perf_counter() - began < 1
    for task in flood:
        task.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
    await replica.aclose()


async def test_who_waits_is_told_for_how_long(stores: list[Store]) -> None:
    transport = Throttled(12, 4.0)
    replica = client(transport, stores[0].budgets)
    told: list[float] = []
    for number in range(12):
        with on_behalf_of(f"T1/U{number}"):
            await replica.acting(KEY).me()
    with told_of_waiting(told.append), on_behalf_of("T1/Ulate"):
        await replica.acting(KEY).me()
    assert told
    assert all(2 <= seconds <= 5 for seconds in told)
    await replica.aclose()


async def test_a_budget_out_of_reach_lets_everybody_pace_alone() -> None:
    class Nowhere:
        async def take(self, *_: object) -> None:
            return None

        async def learn(self, *_: object) -> None:
            return None

    transport = Throttled(10, 0.3)
    replica = client(transport, Nowhere())
    await replica.acting(KEY).me()
    await asyncio.gather(*(replica.acting(KEY).me() for _ in range(20)))
    assert (len(transport.answered), transport.refused) == (21, 0)
    await replica.aclose()


async def test_workspaces_take_turns_before_their_people_do() -> None:
    line, seen = Line(), list[str]()
    await line.acquire()

    async def stand(who: str) -> None:
        with on_behalf_of(who):
            await line.acquire()
        seen.append(who)
        line.release()

    crowd = [f"Tbig/U{number}" for number in range(6)]
    tasks = [asyncio.create_task(stand(who)) for who in (*crowd, "Tsmall/U1", "Tsmall/U2")]
    await asyncio.sleep(0)
    line.release()
    await asyncio.gather(*tasks)
    assert seen[:4] == ["Tbig/U0", "Tsmall/U1", "Tbig/U1", "Tsmall/U2"]
