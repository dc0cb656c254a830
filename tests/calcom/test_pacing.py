"""Living inside the service's request budget: never over it, never slower than needed, first come first served."""

import asyncio
import math
import random
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.calcom import CalCom, Credential, RateLimited, on_behalf_of, time_limit
from bot.calcom.line import Line
from bot.calcom.pacing import Budget, read_budget

from .conftest import KEY, success

ME = {"id": 1, "username": "bailey"}


class Throttled(httpx.AsyncBaseTransport):
    """A service that counts: `limit` requests per `window` seconds, then a block as long."""

    def __init__(self, limit: int, window: float, *, names_limits: bool = True) -> None:
        self.limit = limit
        self.window = window
        self.names_limits = names_limits
        self.used = 0
        self.ends = 0.0
        self.refused = 0
        self.answered: list[str] = []
        self.delay = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        now = time.monotonic()
        if now >= self.ends:
            self.used, self.ends = 0, now + self.window
        self.used += 1
        over = self.used > self.limit
        if over:
            self.refused += 1
            self.ends = now + self.window
        left = max(0, self.limit - self.used)
        headers = {
            "X-RateLimit-Limit-Default": str(self.limit),
            "X-RateLimit-Remaining-Default": str(left),
            "X-RateLimit-Reset-Default": str(math.ceil((self.ends - now) * 100) / 100),
        }
        await asyncio.sleep(random.uniform(0, self.delay))
        answer = httpx.Response(429, json={"message": "Too many"}) if over else success(ME)
        if self.names_limits:
            answer.headers.update(headers)
        self.answered.append(request.url.path)
        return answer


@pytest.fixture
async def throttled() -> AsyncIterator[tuple[Throttled, CalCom]]:
    transport = Throttled(10, 0.3)
    client = CalCom("http://calcom.test/v2", transport=transport)
    yield transport, client
    await client.aclose()


async def test_a_flood_never_runs_over_the_budget(throttled: tuple[Throttled, CalCom]) -> None:
    transport, client = throttled
    transport.delay = 0.02
    session = client.acting(KEY)
    await session.me()
    started = time.perf_counter()
    await asyncio.gather(*(session.me() for _ in range(34)))
    assert transport.refused == 0
    assert len(transport.answered) == 35
    assert time.perf_counter() - started < 3 * (0.3 + 0.05) + 0.4


async def test_a_first_flood_before_anything_is_known_recovers(throttled: tuple[Throttled, CalCom]) -> None:
    transport, client = throttled
    session = client.acting(KEY)
    await asyncio.gather(*(session.me() for _ in range(15)))
    assert transport.refused == 5
    assert len(transport.answered) == 20


async def test_nothing_waits_while_budget_remains() -> None:
    transport = Throttled(1000, 60)
    client = CalCom("http://calcom.test/v2", transport=transport)
    session = client.acting(KEY)
    started = time.perf_counter()
    await asyncio.gather(*(session.me() for _ in range(200)))
    assert time.perf_counter() - started < 1.5
    await client.aclose()


async def test_without_limit_headers_nothing_is_paced() -> None:
    transport = Throttled(10_000, 60, names_limits=False)
    client = CalCom("http://calcom.test/v2", transport=transport)
    session = client.acting(KEY)
    await asyncio.gather(*(session.me() for _ in range(150)))
    assert len(transport.answered) == 150
    await client.aclose()


async def test_who_waits_first_goes_first(throttled: tuple[Throttled, CalCom]) -> None:
    transport, client = throttled
    session = client.acting(KEY)
    for _ in range(10):
        await session.me()
    transport.answered.clear()

    async def ask(number: int) -> None:
        await session.team(number)

    tasks = []
    for number in range(8):
        tasks.append(asyncio.create_task(ask(number)))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert transport.answered == [f"/v2/teams/{number}" for number in range(8)]
    assert transport.refused == 0


async def test_a_wait_longer_than_the_caller_has_is_refused_at_once() -> None:
    transport = Throttled(2, 30)
    client = CalCom("http://calcom.test/v2", transport=transport)
    session = client.acting(KEY)
    await session.me()
    await session.me()
    started = time.perf_counter()
    with pytest.raises(RateLimited) as caught, time_limit(5):
        await session.me()
    assert time.perf_counter() - started < 0.1
    assert caught.value.retry_after == pytest.approx(30, abs=1)
    assert len(transport.answered) == 2, "the refusal cost no request"
    await client.aclose()


async def test_one_credential_s_budget_is_not_another_s() -> None:
    transport = Throttled(2, 30)
    client = CalCom("http://calcom.test/v2", transport=transport)
    for _ in range(2):
        await client.acting(KEY).me()
    transport.used = 0
    await client.acting(Credential("key", "cal_other")).me()
    assert len(transport.answered) == 3
    await client.aclose()


async def test_forgetting_lifts_what_was_known() -> None:
    transport = Throttled(1, 30)
    client = CalCom("http://calcom.test/v2", transport=transport)
    session = client.acting(KEY)
    await session.me()
    transport.used = 0
    client.forget()
    await session.me()
    assert len(transport.answered) == 2
    await client.aclose()


async def test_someone_who_gives_up_in_line_holds_nobody(throttled: tuple[Throttled, CalCom]) -> None:
    transport, client = throttled
    session = client.acting(KEY)
    for _ in range(10):
        await session.me()
    first = asyncio.create_task(session.me())
    await asyncio.sleep(0.01)
    second = asyncio.create_task(session.me())
    await asyncio.sleep(0.01)
    first.cancel()
    assert (await second).username == "bailey"
    assert transport.refused == 0


async def test_one_person_s_flood_does_not_keep_another_waiting(throttled: tuple[Throttled, CalCom]) -> None:
    transport, client = throttled
    session = client.acting(KEY)
    for _ in range(10):
        await session.me()
    transport.answered.clear()

    async def ask(who: str, number: int) -> None:
        with on_behalf_of(who):
            await session.team(number)

    flood = [asyncio.create_task(ask("noisy", number)) for number in range(6)]
    await asyncio.sleep(0)
    quiet = asyncio.create_task(ask("quiet", 99))
    await asyncio.gather(quiet, *flood)
    assert transport.answered.index("/v2/teams/99") <= 2


async def test_a_turn_that_comes_in_the_moment_of_giving_up_is_passed_on() -> None:
    line = Line()
    await line.acquire()
    hasty, patient = (asyncio.create_task(line.acquire()) for _ in range(2))
    await asyncio.sleep(0)
    line.release()
    hasty.cancel()
    await asyncio.wait_for(patient, 1)
    line.release()
    assert not line.held


@pytest.mark.parametrize(
    ("headers", "status", "expected"),
    [
        ({}, 200, Budget(None, None, None)),
        (
            {
                "X-RateLimit-Limit-Default": "120",
                "X-RateLimit-Remaining-Default": "7",
                "X-RateLimit-Reset-Default": "31",
            },
            200,
            Budget(120, 7, 31),
        ),
        (
            {
                "X-RateLimit-Remaining-Short": "1",
                "X-RateLimit-Reset-Short": "2",
                "X-RateLimit-Remaining-Default": "7",
                "X-RateLimit-Reset-Default": "31",
            },
            200,
            Budget(None, 1, 2),
        ),
        ({"Retry-After": "9"}, 429, Budget(None, 0, 9)),
        ({"X-RateLimit-Reset-Default": "60"}, 429, Budget(None, 0, 60)),
        ({"X-RateLimit-Remaining-Default": "many", "X-RateLimit-Reset-Default": "-3"}, 200, Budget(None, None, None)),
        ({"X-RateLimit-Remaining-Default": "nan", "Retry-After": "inf"}, 429, Budget(None, 0, None)),
    ],
)
def test_the_budget_is_read_from_whatever_headers_come(headers: dict[str, str], status: int, expected: Budget) -> None:
    assert read_budget(httpx.Headers(headers), status) == expected


def test_a_reset_given_as_a_date_is_turned_into_seconds() -> None:
    headers = {"X-RateLimit-Remaining-Default": "0", "X-RateLimit-Reset-Default": str(int(time.time()) + 20)}
    budget = read_budget(httpx.Headers(headers), 200)
    assert budget.reset == pytest.approx(20, abs=2)
