"""Malformed input on every side: never a crash, never silence."""

import json
import random
from typing import Any

import httpx
import pytest
from starlette.responses import JSONResponse, Response

from bot.calcom.transport import Transport
from tests.security.obedient import completion
from tests.security.stage import Stage

ODD: list[Any] = [None, True, -1, 1.5, "", "x", "\x00\ud83d\ude00", "9" * 400, [], [[]], {}, {"id": 5}, "U0ANN00001"]
KEYS: tuple[str, ...] = (
    "type",
    "user",
    "channel",
    "ts",
    "text",
    "event",
    "event_id",
    "team_id",
    "actions",
    "container",
    "message",
)
KEYS += ("view", "state", "trigger_id", "channel_type", "thread_ts", "callback_id", "authorizations", "command")


def tool(name: Any, arguments: Any) -> dict[str, Any]:
    """An answer that calls a tool."""
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return completion({"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")


MODEL = {
    "broken JSON": tool("book", '{"people": ["bai'),
    "unknown tool": tool("drop_tables", "{}"),
    "wrong types": tool("book", json.dumps({"people": 5, "when": [], "minutes": "x"})),
    "a list of arguments": tool("book", "[1, 2]"),
    "unknown arguments": tool("cancel", json.dumps({"uid": "abc", "sudo": True})),
    "huge arguments": tool("book", json.dumps({"notes": "x" * 300_000})),
    "deep arguments": tool("book", "[" * 20_000),
    "no name": tool(None, None),
    "nothing": completion({"role": "assistant", "content": None}),
    "only blanks": completion({"role": "assistant", "content": "   "}),
    "huge text": completion({"role": "assistant", "content": "a <!channel> " * 50_000}),
    "no choices": {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": []},
    "not JSON": Response("<html>busy</html>", 200),
    "an error": JSONResponse({"error": {"message": "no"}}, 500),
    "null": JSONResponse(None),
}
CALCOM: dict[str, httpx.Response] = {
    "an HTML page": httpx.Response(502, text="<html>Bad gateway</html>"),
    "an HTML page as success": httpx.Response(200, text="<html>Welcome</html>"),
    "nothing": httpx.Response(200, content=b""),
    "null": httpx.Response(200, json=None),
    "no data": httpx.Response(200, json={"status": "success"}),
    "data of another kind": httpx.Response(200, json={"status": "success", "data": "x"}),
    "holes": httpx.Response(200, json={"status": "success", "data": [{}, None, {"uid": None, "start": "soon"}]}),
    "deep": httpx.Response(200, content=b"[" * 50_000),
}


@pytest.mark.parametrize("kind", MODEL)
def test_whatever_the_model_sends_the_person_hears_something(stage: Stage, kind: str) -> None:
    async def talk() -> None:
        stage.mind.canned = [MODEL[kind]] * 3
        await stage.says("ann", "hm, what about my thing")
        shown = await stage.shown("ann")
        assert shown
        assert shown[-1]["plain"].strip()
        assert "<!channel>" not in str(shown[-1]["blocks"])

    stage.run(talk())


@pytest.mark.parametrize("kind", CALCOM)
def test_whatever_calcom_sends_the_person_hears_something(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Transport, "_backoff", lambda self, attempt: 0.01)

    async def talk() -> None:
        stage.rewrite("GET /", lambda _: CALCOM[kind])
        for text in ("what do I have this week?", "book 30min with sam on Tuesday"):
            before = len(await stage.shown("ann"))
            await stage.says("ann", text)
            assert len(await stage.shown("ann")) > before, text

    stage.run(talk())


def test_requests_that_slack_did_not_sign_are_refused(stage: Stage) -> None:
    async def send() -> None:
        body = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "message"}}).encode()
        assert (await stage.signed(body, "application/json", secret="wrong")).status_code == 401
        assert (await stage.signed(body, "application/json", age=3600)).status_code == 401
        for headers in ({}, {"x-slack-signature": "v0=", "x-slack-request-timestamp": "soon"}):
            answer = await stage.http.post("/slack/events", content=body, headers=headers)
            assert answer.status_code in (401, 500), headers  # Bolt gives up on a timestamp that is no number

    stage.run(send())


@pytest.mark.parametrize("seed", range(4))
def test_signed_nonsense_leaves_the_bot_alive(stage: Stage, seed: int) -> None:
    async def send() -> None:
        chance = random.Random(seed)
        kinds = ("message", "app_mention", "app_home_opened", "user_change", "assistant_thread_started", "x")
        types = ("event_callback", "block_actions", "view_submission", "view_closed", "shortcut", "url_verification")

        def some(depth: int = 0) -> Any:
            if depth < 3 and chance.random() < 0.5:
                return {key: some(depth + 1) for key in chance.sample(KEYS, 4)}
            return chance.choice(ODD)

        for _ in range(60):
            body = {key: some() for key in chance.sample(KEYS, 8)} | {"type": chance.choice(types)}
            if chance.random() < 0.7:
                body["event"] = {key: some(2) for key in KEYS[:5]} | {"type": chance.choice(kinds)}
            await stage.signed(json.dumps(body).encode(), "application/json")
        for raw in (b"", b"{", b"[]", b"null", b"\xff" * 50, b"[" * 5000, b"x" * 2_000_000):
            await stage.signed(raw, "application/json")
            await stage.signed(b"payload=" + raw[:5000], "application/x-www-form-urlencoded")
        before = len(await stage.shown("ann"))
        await stage.says("ann", "hello there")
        assert len(await stage.shown("ann")) > before

    stage.run(send())
