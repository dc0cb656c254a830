"""The brief memory of event types, the deadline, and the examples in the documentation."""

import asyncio
import doctest
import pkgutil
from datetime import UTC, datetime, timedelta
from importlib import import_module

import httpx
import pytest

import bot.calcom
from bot.calcom import CalCom, time_limit
from bot.calcom.cache import BriefCache
from bot.calcom.deadline import call_ends
from bot.calcom.resources.oauth import Pkce, authorize_url

from .builders import EVENT_TYPE
from .conftest import KEY, Script, success

MODULES = [module.name for module in pkgutil.walk_packages(bot.calcom.__path__, "bot.calcom.")]


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize(("moved", "asked"), [(59, 1), (61, 2), (-5, 2)])
async def test_event_types_are_remembered_for_a_minute_of_the_given_clock(
    script: Script, moved: int, asked: int
) -> None:
    clock = Hand()
    script.says(success([EVENT_TYPE]))
    client = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(script), clock=clock)
    await client.acting(KEY).event_types("bailey")
    clock.now += timedelta(seconds=moved)
    await client.acting(KEY).event_types("bailey")
    assert len(script.requests) == asked
    await client.aclose()


async def test_askers_at_the_same_moment_share_one_request(script: Script) -> None:
    script.says(success([EVENT_TYPE]))
    client = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(script))
    await asyncio.gather(*(client.acting(KEY).event_types("bailey") for _ in range(10)))
    assert len(script.requests) == 1
    await client.aclose()


async def test_a_failure_is_shared_but_not_remembered(script: Script) -> None:
    cache: BriefCache[int] = BriefCache(60, Hand())
    tries = 0

    async def load() -> int:
        nonlocal tries
        tries += 1
        await asyncio.sleep(0)
        if tries == 1:
            raise ValueError("down")
        return tries

    first = await asyncio.gather(*(cache.get("k", load) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(outcome, ValueError) for outcome in first)
    assert await cache.get("k", load) == 2
    assert await cache.get("k", load) == 2


async def test_what_was_loading_when_all_was_forgotten_is_not_kept() -> None:
    cache: BriefCache[str] = BriefCache(60, Hand())
    gate = asyncio.Event()

    async def old() -> str:
        await gate.wait()
        return "old"

    async def new() -> str:
        return "new"

    loading = asyncio.create_task(cache.get("k", old))
    await asyncio.sleep(0)
    cache.clear()
    gate.set()
    assert await loading == "old"
    assert await cache.get("k", new) == "new"


async def test_the_memory_does_not_grow_without_end() -> None:
    cache: BriefCache[int] = BriefCache(60, Hand(), size=3)
    loads = 0

    async def load() -> int:
        nonlocal loads
        loads += 1
        return loads

    for key in (1, 2, 3, 4, 2, 1):
        await cache.get(key, load)
    assert loads == 5


async def test_the_tighter_of_nested_limits_holds() -> None:
    now = asyncio.get_running_loop().time()
    with time_limit(1), time_limit(50):
        assert call_ends(12) == pytest.approx(now + 1, abs=0.05)
    assert call_ends(12) == pytest.approx(now + 12, abs=0.05)


def test_the_link_to_allow_carries_the_challenge_and_never_the_verifier() -> None:
    pkce = Pkce.fresh()
    link = authorize_url(
        "https://app.cal.com/auth/oauth2/authorize",
        client_id="c1",
        redirect_uri="https://bot.test/back",
        state="s1",
        scopes=("BOOKING_READ", "BOOKING_WRITE"),
        pkce=pkce,
    )
    query = dict(httpx.URL(link).params)
    assert (query["code_challenge"], query["code_challenge_method"]) == (pkce.challenge, "S256")
    assert query["scope"] == "BOOKING_READ BOOKING_WRITE"
    assert pkce.verifier not in link
    assert pkce.verifier not in repr(pkce)
    assert Pkce.fresh() != pkce


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_documentation_hold(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0


async def test_teams_are_remembered_and_the_account_never_is(script: Script) -> None:
    client = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(script))
    session = client.acting(KEY)
    script.says(success([]))
    await session.teams()
    await session.teams()
    assert len(script.requests) == 1
    script.says(success({"id": 1}))
    await session.me()
    await session.me()
    assert len(script.requests) == 3
    await client.aclose()
