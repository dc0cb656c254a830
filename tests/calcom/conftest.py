"""A scripted Cal.com: answers given one after the other, requests kept for a look."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from bot.calcom import CalCom, Credential, Session
from bot.sandbox.clock import Clock

from .seeded import NOW, Here, serve

KEY = Credential("key", "cal_live_very_secret")
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def success(data: Any, status: int = 200, **more: Any) -> httpx.Response:
    """An answer in the usual envelope."""
    return httpx.Response(status, json={"status": "success", "data": data, **more})


def refusal(status: int, message: str, code: str = "BadRequestException") -> httpx.Response:
    """A refusal in the usual envelope."""
    details = {"message": message, "statusCode": status}
    error = {"code": code, "message": message, "details": details}
    body = {"status": "error", "timestamp": "2026-11-21T10:00:00Z", "path": "/v2/x", "error": error}
    return httpx.Response(status, json=body, headers={"X-Request-Id": "req-1"})


class Script:
    """Answers requests in order, the last answer for ever; keeps what was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[httpx.Request] = []

    def says(self, *answers: Answer) -> "Script":
        """Say these from now on."""
        self.answers = list(answers)
        return self

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        response = answer(request) if callable(answer) else answer
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)

    @property
    def last(self) -> httpx.Request:
        """The latest request."""
        return self.requests[-1]


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries as always, without their pauses."""
    monkeypatch.setattr("bot.calcom.transport._BACKOFF_SECONDS", 0.001)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def calcom(script: Script) -> AsyncIterator[CalCom]:
    client = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(script))
    yield client
    await client.aclose()


@pytest.fixture
def session(calcom: CalCom) -> Session:
    return calcom.acting(KEY)


@pytest.fixture
async def here() -> AsyncIterator[Here]:
    clock = Clock(NOW)
    server, transport = serve(clock, 0)
    calcom = CalCom("http://sandbox.test/calcom/v2", transport=transport, clock=clock.now)
    yield Here(calcom, clock, transport)
    await calcom.aclose()
    await server.stop()
