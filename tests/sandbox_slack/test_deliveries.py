"""How events reach the app: signed in real time, repeated until acknowledged, counted as activity."""

import asyncio
import hashlib
import hmac
import time
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.slack import delivery
from tests.sandbox_slack.conftest import NOW, Stage, free_port, serving, staged

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def quick(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Retries and missing answers in a fraction of the time."""
    monkeypatch.setattr(delivery, "ACK_SECONDS", 0.5)
    monkeypatch.setattr(stage.sandbox.slack.world.deliveries, "retry_seconds", (0.0, 0.05, 0.1))
    return stage


async def test_slack_waits_three_seconds_and_tries_again_at_once_after_one_and_five_minutes() -> None:
    assert delivery.ACK_SECONDS == 3.0
    assert delivery.RETRY_SECONDS == (0.0, 60.0, 300.0)


async def test_a_request_is_signed_in_real_time_whatever_the_sandbox_clock_says(stage: Stage) -> None:
    stage.swallow()
    await stage.people.post("clock", now="2030-01-01T00:00:00Z")
    await stage.people.say("hello")
    headers, body = stage.requests[0]
    timestamp = headers["x-slack-request-timestamp"]
    assert abs(time.time() - int(timestamp)) < 5
    digest = hmac.new(b"sandbox-secret", b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    assert headers["x-slack-signature"] == f"v0={digest}"
    assert "x-slack-retry-num" not in headers
    envelope = stage.payloads()[0]
    assert envelope["event_time"] == int(float(envelope["event"]["ts"])), "business time follows the sandbox clock"


async def test_bolt_accepts_the_signature_and_refuses_another(stage: Stage) -> None:
    heard: list[str] = []

    @stage.app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    await stage.people.say("hello")
    assert heard == ["hello"]
    headers, body = stage.requests[0]
    bot = f"http://127.0.0.1:{headers['host'].split(':')[1]}/slack/events"
    forged = {**headers, "x-slack-signature": "v0=" + "0" * 64}
    forged.pop("content-length")
    reply = await stage.http.post(bot, content=body, headers=forged)
    assert (reply.status_code, heard) == (401, ["hello"])


async def test_an_acknowledged_event_comes_once(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("hello")
    assert len(stage.requests) == 1


async def test_a_failed_event_comes_again_with_number_and_reason(quick: Stage) -> None:
    quick.swallow(Response(status_code=500), Response(status_code=503))
    await quick.people.say("hello")
    assert [headers.get("x-slack-retry-num") for headers, _ in quick.requests] == [None, "1", "2"]
    assert [headers.get("x-slack-retry-reason") for headers, _ in quick.requests] == [None, "http_error", "http_error"]
    assert len({payload["event_id"] for payload in quick.payloads()}) == 1


async def test_a_late_answer_counts_as_none(quick: Stage) -> None:
    quick.delays = [1.0]
    quick.swallow()
    await quick.people.say("hello")
    assert [headers.get("x-slack-retry-reason") for headers, _ in quick.requests] == [None, "http_timeout"]


async def test_an_event_is_given_up_after_the_third_retry(quick: Stage) -> None:
    quick.swallow(*(Response(status_code=500) for _ in range(9)))
    await quick.people.say("hello")
    assert len(quick.requests) == 4


async def test_an_app_may_refuse_retries(quick: Stage) -> None:
    quick.swallow(Response(status_code=500, headers={"X-Slack-No-Retry": "1"}))
    await quick.people.say("hello")
    assert len(quick.requests) == 1


async def test_a_retry_counts_as_activity_until_it_is_through(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.sandbox.slack.world.deliveries, "retry_seconds", (0.0, 30.0))
    stage.swallow(Response(status_code=500), Response(status_code=500))
    await stage.people.post("messages", user="ann", channel="@slotwise", text="hello")
    busy = await stage.http.get(f"{stage.url}/workspace/idle", params={"timeout": 0.1})
    assert busy.status_code == 504
    stage.swallow(Response(status_code=500))
    await stage.people.post("reset", now=NOW)
    await stage.people.say("hello")
    assert len(stage.requests) == 4


async def test_every_event_has_an_own_id(stage: Stage) -> None:
    stage.swallow()
    for _ in range(3):
        await stage.people.say("hello")
    await stage.people.post("home", user="ann")
    await stage.people.settle()
    assert len({payload["event_id"] for payload in stage.payloads()}) == 4


async def test_a_listener_that_posts_is_under_way_until_bolt_is_through(stage: Stage) -> None:
    """Bolt acknowledges first and works after; `idle` sees what the app says of itself through a probe."""

    @stage.app.event("message")
    async def hear(event: dict[str, Any], say: Any) -> None:
        await say(f"heard {event['text']}")

    await stage.people.say("one")
    for _ in range(100):
        if len(await stage.people.messages()) == 2:
            break
    assert [m["plain"] for m in await stage.people.messages()] == ["one", "heard one"]


async def test_messages_of_one_conversation_arrive_in_order(stage: Stage) -> None:
    stage.swallow()
    for number in range(20):
        await stage.people.post("messages", user="ann", channel="@slotwise", text=str(number))
    await stage.people.settle()
    assert [payload["event"]["text"] for payload in stage.payloads()] == [str(number) for number in range(20)]


async def test_a_slow_answer_does_not_hold_up_the_next_message(stage: Stage) -> None:
    answered = asyncio.Event()
    stage.delays = [answered]
    stage.swallow()
    await stage.people.post("messages", user="ann", channel="@slotwise", text="one")
    await stage.people.post("messages", user="ann", channel="@slotwise", text="two")
    async with asyncio.timeout(2.5):
        while len(stage.requests) < 2:  # noqa: ASYNC110 (the requests are a plain list)
            await asyncio.sleep(0.01)
    answered.set()
    await stage.people.settle()


async def test_replicas_take_turns_and_stand_in_for_each_other() -> None:
    came: list[str] = []

    def replica(name: str) -> Starlette:
        async def endpoint(request: Request) -> Response:
            came.append(name)
            return Response()

        return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])

    one, two, dead = free_port(), free_port(), free_port()
    urls = ",".join(f"http://127.0.0.1:{port}/slack/events" for port in (one, two, dead))
    async with serving(replica("one"), one), serving(replica("two"), two), staged(app_url=urls) as stage:
        for _ in range(6):
            await stage.people.say("hello")
    assert len(came) == 6
    assert set(came) == {"one", "two"}
