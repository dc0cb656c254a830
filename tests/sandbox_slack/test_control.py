"""Idle, reset, clock and faults: what scripts use to hold the whole sandbox in hand."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import faults
from tests.sandbox_slack.conftest import NOW, Stage, free_port, serving, staged
from tests.sandbox_slack.samples import actions, button, modal, section

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_sandbox_is_healthy(stage: Stage) -> None:
    assert (await stage.http.get(f"{stage.url}/healthz")).status_code == 200


# -- idle --


async def test_idle_waits_for_a_delivery_from_before_its_cause_returns(stage: Stage) -> None:
    answered = asyncio.Event()
    stage.delays = [answered]
    stage.swallow()
    await stage.people.post("messages", user="ann", channel="@slotwise", text="hello")
    busy = await stage.http.get(f"{stage.url}/workspace/idle", params={"timeout": "0.05"})
    assert (busy.status_code, busy.json()) == (504, {"idle": False})
    waiting = asyncio.create_task(stage.people.settle())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    answered.set()
    await waiting


async def test_idles_timeout_is_a_number(stage: Stage) -> None:
    assert (await stage.http.get(f"{stage.url}/workspace/idle", params={"timeout": "x"})).status_code == 400


# -- reset --


async def test_a_reset_takes_everything_back_to_the_seed(stage: Stage) -> None:
    stage.swallow()
    ts = await stage.post(text="x", blocks=[actions(button("Go"))])
    await stage.people.press("Go", channel="@slotwise", ts=ts)
    payload = stage.payloads()[-1]
    await stage.api("views.open", trigger_id=payload["trigger_id"], view=modal(section("x")))
    await stage.api("views.publish", user_id="U0ANN00001", view={"type": "home", "blocks": []})
    await stage.people.post("faults", target="slack", kind="500", times=9)
    await stage.people.post("reset", now="2027-01-04T09:00:00Z")
    assert await stage.people.messages() == []
    assert await stage.people.get("views", viewer="ann") == {"modal": None, "home": None}
    assert (await stage.people.get("faults"))["faults"] == []
    assert (await stage.people.get("clock"))["now"].startswith("2027-01-04T09:00:0")
    assert (await stage.http.post(payload["response_url"], json={"text": "late"})).status_code == 404
    assert (await stage.api("auth.test"))["ok"]


async def test_ids_and_timestamps_are_never_reused(stage: Stage) -> None:
    stage.swallow()
    seen: list[tuple[str, str, str]] = []
    for _ in range(3):
        await stage.people.post("reset", now=NOW)
        await stage.people.say("hello")
        envelope = stage.payloads()[-1]
        bot = await stage.post(text="x")
        seen.append((envelope["event_id"], envelope["event"]["ts"], bot))
    assert len({part for row in seen for part in row}) == 9


async def test_a_reset_abandons_deliveries_and_retries(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.sandbox.slack.world.deliveries, "retry_seconds", (0.3, 0.3))
    held = asyncio.Event()
    stage.swallow(Response(status_code=500))
    await stage.people.post("messages", user="ann", channel="@slotwise", text="to be tried again")
    stage.delays = [held]
    await stage.people.post("messages", user="sam", channel="@slotwise", text="under way")
    await stage.people.post("reset", now=NOW)
    came = len(stage.requests)
    await asyncio.sleep(0.4)
    assert len(stage.requests) == came
    held.set()
    await stage.people.settle()


async def test_a_reset_without_a_time_goes_back_to_where_the_clock_started(stage: Stage) -> None:
    await stage.people.post("clock", advance_seconds=86_400)
    await stage.people.post("reset")
    assert (await stage.people.get("clock"))["now"].startswith("2026-11-23T14:00:0")


# -- clock --


async def test_the_clock_is_set_and_advanced_and_runs_on(stage: Stage) -> None:
    assert (await stage.people.post("clock", now="2026-12-01T08:00:00+01:00"))["now"].startswith("2026-12-01T07:00:00")
    assert (await stage.people.post("clock", advance_seconds=90.5))["now"].startswith("2026-12-01T07:01:30")
    first = (await stage.people.get("clock"))["now"]
    await asyncio.sleep(0.01)
    assert (await stage.people.get("clock"))["now"] > first


@pytest.mark.parametrize("body", [{"now": "tomorrow"}, {"now": "2026-12-01T08:00:00"}, {}, {"advance_seconds": "x"}])
async def test_a_time_that_is_none_is_refused(stage: Stage, body: dict[str, Any]) -> None:
    assert await stage.people.refused("clock", **body)


# -- faults --


async def test_a_fault_hits_the_next_requests_that_match_and_no_more(stage: Stage) -> None:
    await stage.people.post("faults", target="slack", kind="500", times=2, path="chat.postMessage")
    url = f"{stage.url}/slack/api"
    head = {"Authorization": "Bearer xoxb-sandbox"}
    body = {"channel": "C0GENERAL1", "text": "x"}
    assert (await stage.http.post(f"{url}/auth.test", headers=head)).status_code == 200
    statuses = [(await stage.http.post(f"{url}/chat.postMessage", json=body, headers=head)).status_code for _ in "123"]
    assert statuses == [500, 500, 200]
    assert len(await stage.people.messages("ann", "#general")) == 1


async def test_slacks_rate_limit_is_told_as_slack_does(stage: Stage) -> None:
    await stage.people.post("faults", target="slack", kind="429", times=1)
    reply = await stage.http.get(f"{stage.url}/slack/api/auth.test")
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "1")
    assert reply.json() == {"ok": False, "error": "ratelimited"}


async def test_cal_coms_rate_limit_is_told_as_cal_com_does_and_to_the_bot_only(stage: Stage) -> None:
    await stage.people.post("faults", target="calcom", kind="429", times=1)
    me = f"{stage.url}/calcom/v2/me"
    assert (await stage.http.get(me)).status_code == 200
    assert (await stage.http.get(me, headers={"User-Agent": "python-urllib"})).status_code == 200
    reply = await stage.http.get(me, headers={"User-Agent": "slotwise/0.1"})
    assert reply.status_code == 429
    assert reply.headers["x-ratelimit-reset-default"] == "1"
    assert reply.json()["error"]["code"] == "ThrottlerException"
    assert (await stage.http.get(me, headers={"User-Agent": "slotwise/0.1"})).status_code == 200


async def test_people_and_scripts_meet_no_faults(stage: Stage) -> None:
    for target in ("slack", "calcom", "model"):
        await stage.people.post("faults", target=target, kind="500", times=9)
    await stage.people.get("state", viewer="ann")
    await stage.people.get("messages", viewer="ann", channel="#general")
    assert len((await stage.people.get("faults"))["faults"]) == 3


async def test_garbage_is_no_json(stage: Stage) -> None:
    await stage.people.post("faults", target="calcom", kind="garbage", times=1)
    reply = await stage.http.get(f"{stage.url}/calcom/v2/me", headers={"User-Agent": "slotwise"})
    assert reply.status_code == 200
    assert "html" in reply.headers["content-type"]
    with pytest.raises(ValueError, match="Expecting value"):
        reply.json()


async def test_drop_after_does_the_work_and_closes_without_an_answer(stage: Stage) -> None:
    await stage.people.post("faults", target="slack", kind="drop_after", times=1)
    head = {"Authorization": "Bearer xoxb-sandbox"}
    body = {"channel": "C0GENERAL1", "text": "done"}
    with pytest.raises(httpx.RemoteProtocolError):
        await stage.http.post(f"{stage.url}/slack/api/chat.postMessage", json=body, headers=head)
    assert [m["plain"] for m in await stage.people.messages("ann", "#general")] == ["done"]


async def test_slow_answers_late_and_timeout_not_at_all(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (faults.SLOW_SECONDS, faults.HOLD_SECONDS) == (5.0, 60.0)
    monkeypatch.setattr(faults, "SLOW_SECONDS", 0.2)
    monkeypatch.setattr(faults, "HOLD_SECONDS", 0.3)
    await stage.people.post("faults", target="slack", kind="slow", times=1)
    await stage.people.post("faults", target="slack", kind="timeout", times=1)
    head = {"Authorization": "Bearer xoxb-sandbox"}
    began = time.monotonic()
    assert (await stage.http.post(f"{stage.url}/slack/api/auth.test", headers=head)).json()["ok"]
    assert 0.2 <= time.monotonic() - began < 3
    with pytest.raises(httpx.RemoteProtocolError):
        await stage.http.post(f"{stage.url}/slack/api/auth.test", headers=head)
    assert 0.5 <= time.monotonic() - began < 5


async def test_a_reset_lets_go_of_held_requests(stage: Stage) -> None:
    await stage.people.post("faults", target="slack", kind="timeout", times=1)
    held = asyncio.create_task(stage.http.post(f"{stage.url}/slack/api/auth.test", timeout=30))
    await asyncio.sleep(0.05)
    await stage.people.post("reset", now=NOW)
    with pytest.raises(httpx.RemoteProtocolError):
        await asyncio.wait_for(held, 5)


@pytest.mark.parametrize(
    "body",
    [
        {"target": "github", "kind": "500"},
        {"target": "slack", "kind": "flood"},
        {"target": "slack", "kind": "500", "times": "many"},
    ],
)
async def test_an_unknown_fault_is_refused(stage: Stage, body: dict[str, Any]) -> None:
    assert await stage.people.refused("faults", **body)


# -- two processes --


async def test_a_bot_in_another_process_is_asked_and_told_with_the_token() -> None:
    calls: list[str] = []
    idle = False

    async def control(request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer secret":
            return Response(status_code=401)
        calls.append(request.url.path)
        return Response(status_code=200 if idle or request.method == "POST" else 503)

    port = free_port()
    bot = Starlette(routes=[Route("/control/{act}", control, methods=["GET", "POST"])])
    async with serving(bot, port), staged(control_token="secret", control_url=f"http://127.0.0.1:{port}") as stage:
        reply = await stage.http.get(f"{stage.url}/workspace/idle", params={"timeout": 0.1})
        assert reply.status_code == 504
        idle = True
        assert (await stage.http.get(f"{stage.url}/workspace/idle")).status_code == 200
        await stage.people.post("reset")
        assert "/control/reset" in calls
        assert "/control/idle" in calls


# -- what lasts --


async def test_with_a_data_folder_everything_lasts(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.swallow()
        await stage.people.say("hello")
        blocks = [actions(button("Go"), {"type": "datepicker", "action_id": "d"})]
        ts = await stage.post(text="x", blocks=blocks)
        await stage.people.press("Go", channel="@slotwise", ts=ts)
        await stage.people.press("Select a date", channel="@slotwise", ts=ts, option="2026-11-26")
        before = await stage.people.messages()
        url = stage.payloads()[1]["response_url"].removeprefix(stage.url)
        await stage.api("views.publish", user_id="U0ANN00001", view={"type": "home", "blocks": [section("Home")]})
    async with staged(tmp_path) as stage:
        assert await stage.people.messages() == before
        assert before[1]["plain"] == "[Go] [Select a date] 2026-11-26"
        assert (await stage.people.home())["plain"] == "Home"
        assert (await stage.http.post(stage.url + url, json={"text": "late"})).text == "ok"
        assert float(await stage.post(text="new")) > float(before[-1]["ts"]) - 60
        assert len({m["ts"] for m in await stage.people.messages()}) == 4


async def test_an_event_that_was_due_is_delivered_after_a_restart(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.sandbox.slack.world.deliveries.retry_seconds = (60.0,)
        stage.swallow(Response(status_code=500))
        await stage.people.post("messages", user="ann", channel="@slotwise", text="do not lose me")
        for _ in range(100):
            if stage.requests:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        event_id = stage.payloads()[0]["event_id"]
    async with staged(tmp_path) as stage:
        stage.swallow()
        for _ in range(200):
            if stage.requests:
                break
            await asyncio.sleep(0.01)
        assert stage.payloads()[0]["event_id"] == event_id
        assert stage.requests[0][0]["x-slack-retry-num"] == "1"
