"""A fresh Cal.com server for each test."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from tests.sandbox_calcom.api import MONDAY, Api, FrozenClock


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failed deliveries are tried again at once."""
    monkeypatch.setattr("bot.sandbox.calcom.deliveries.PAUSE", 0.02)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY)


@pytest.fixture
async def api(clock: FrozenClock) -> AsyncIterator[Api]:
    activity = Activity()
    server = CalComServer(clock=clock, activity=activity, origin="http://sandbox", rate_limit=0)
    api = Api(server, clock, activity)
    yield api
    await api.http.aclose()
    await server.stop()
