"""The edge: what reaches the bot over HTTP, in which size and pace, signed by whom, and what is not there at all."""

import asyncio
import hashlib
import hmac
import json
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr

from bot import web
from bot.calcom.deliveries import sign
from bot.config import Settings
from bot.serving import production
from bot.slack.posting import Posting
from bot.store import Hook
from tests.security.stage import Stage, free_port

SLACK, JSON = "/slack/events", "application/json"


def event(text: str = "hello there", event_id: str = "EvEdge1") -> bytes:
    """A message of ann's to the bot."""
    said = {"type": "message", "channel_type": "im", "channel": "D0EDGE", "user": "U0ANN00001", "text": text}
    body = {"type": "event_callback", "team_id": "T0SANDBOX1", "event_id": event_id, "event": {**said, "ts": "1.0"}}
    return json.dumps(body).encode()


def slack_signed(body: bytes, *, secret: str = "sandbox-secret", at: float | None = None) -> dict[str, str]:
    """The headers of a request of Slack's."""
    stamp = str(int(time.time() if at is None else at))
    mark = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"content-type": JSON, "x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mark}"}


def without(headers: dict[str, str], *names: str) -> dict[str, str]:
    """The same, some left out."""
    return {name: value for name, value in headers.items() if name not in names}


FORGED: dict[str, Any] = {
    "another secret": lambda body: (body, slack_signed(body, secret="another")),
    "no secret": lambda body: (body, slack_signed(body, secret="")),
    "an altered body": lambda body: (body.replace(b"hello", b"hullo"), slack_signed(body)),
    "a longer body": lambda body: (body + b" ", slack_signed(body)),
    "a shorter body": lambda body: (body[:-1], slack_signed(body)),
    "no body": lambda body: (b"", slack_signed(body)),
    "an old request": lambda body: (body, slack_signed(body, at=time.time() - 301)),
    "a request of the future": lambda body: (body, slack_signed(body, at=time.time() + 3600)),
    "a fresh time on an old signature": lambda body: (
        body,
        slack_signed(body, at=time.time() - 3600) | {"x-slack-request-timestamp": str(int(time.time()))},
    ),
    "no signature": lambda body: (body, without(slack_signed(body), "x-slack-signature")),
    "no time": lambda body: (body, without(slack_signed(body), "x-slack-request-timestamp")),
    "an empty signature": lambda body: (body, slack_signed(body) | {"x-slack-signature": ""}),
    "a time that is none": lambda body: (body, slack_signed(body) | {"x-slack-request-timestamp": "١٢٣"}),
    "a signature of another version": lambda body: (
        body,
        slack_signed(body) | {"x-slack-signature": slack_signed(body)["x-slack-signature"].replace("v0", "v1")},
    ),
}


@pytest.mark.parametrize("kind", FORGED)
def test_what_slack_did_not_sign_now_is_refused_and_leads_to_nothing(stage: Stage, kind: str) -> None:
    async def send() -> None:
        body, headers = FORGED[kind](event(event_id=f"EvForged{kind}"))
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        answer = await stage.http.post(SLACK, content=body, headers=raw)
        assert answer.status_code == 401, answer.text
        await stage.settle()
        assert stage.demo.bot.turns.in_flight() == 0
        assert not stage.mind.sent

    stage.run(send())


def test_a_signed_request_sent_again_is_one_turn(stage: Stage) -> None:
    """Within the five minutes a signature lasts, who overheard it may repeat it."""

    async def send() -> None:
        fields = {
            "command": "/slotwise",
            "text": "hello there",
            "team_id": "T0SANDBOX1",
            "user_id": "U0ANN00001",
            "channel_id": "C0GENERAL1",
            "channel_name": "general",
            "trigger_id": "17.5.a",
            "response_url": "",
        }
        form = httpx.Request("POST", "http://x", data=fields).read()
        for body, kind in ((event(), JSON), (form, "application/x-www-form-urlencoded")):
            headers = slack_signed(body) | {"content-type": kind}
            stage.mind.forget()
            answers = [await stage.http.post(SLACK, content=body, headers=headers) for _ in range(3)]
            assert [answer.status_code for answer in answers] == [200] * 3
            await stage.settle()
            assert len(stage.mind.sent) == 1

    stage.run(send())


async def hooked(stage: Stage) -> Hook:
    """A webhook of sam's, as the bot registered it."""
    hook = await stage.demo.bot.store.hooks.of(stage.demo.bot.workspace, "U0SAM00001")
    assert hook is not None
    return hook


def delivery(number: int = 1) -> bytes:
    """Something that Cal.com tells."""
    payload = {"uid": f"nobody-{number}", "title": "x"}
    return json.dumps(
        {"triggerEvent": "BOOKING_CREATED", "createdAt": "2026-11-23T14:00:00Z", "payload": payload}
    ).encode()


def test_a_delivery_counts_if_signed_with_its_own_webhooks_secret_and_once(stage: Stage) -> None:
    async def send() -> None:
        hook, body = await hooked(stage), delivery()
        another = await stage.demo.bot.store.hooks.of(stage.demo.bot.workspace, "U0LENA0001")
        assert another is not None
        good = sign(hook.secret, body)

        async def sent(body: bytes, mark: str | None, id: str = hook.id, kind: str = JSON) -> tuple[int, str]:
            headers = {"content-type": kind} | ({} if mark is None else {"x-cal-signature-256": mark})
            answer = await stage.http.post(f"/webhooks/calcom/{id}", content=body, headers=headers)
            return answer.status_code, answer.text

        assert (await sent(body, None))[0] == 401
        assert (await sent(body, ""))[0] == 401
        assert (await sent(body, "0" * 64))[0] == 401
        assert (await sent(body, sign(another.secret, body)))[0] == 401
        assert (await sent(body, sign("", body)))[0] == 401
        assert (await sent(body + b" ", good))[0] == 401
        assert (await sent(body[:-1], good))[0] == 401
        assert (await sent(body, good, id="nobody"))[0] == 404
        assert (await sent(body, good, kind="text/html"))[0] == 415
        assert (await sent(b"x" * (web.MOST_BYTES + 1), good))[0] == 413
        nonsense = b"[1]"
        assert (await sent(nonsense, sign(hook.secret, nonsense)))[0] == 400
        assert await sent(body, good) == (200, "accepted")
        assert await sent(body, good) == (200, "known")

    stage.run(send())


async def slowly(body: bytes, seconds: float) -> AsyncIterator[bytes]:
    """A body in two halves."""
    yield body[:10]
    await asyncio.sleep(seconds)
    yield body[10:]


async def refusal(stage: Stage, path: str, body: AsyncIterator[bytes], headers: dict[str, str]) -> int:
    """The status; 0 where the connection was cut before all was sent."""
    try:
        return (await stage.http.post(path, content=body, headers=headers)).status_code
    except httpx.TransportError:
        return 0


def test_a_body_is_read_so_far_and_so_long(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SLOWEST_SECONDS", 0.3)

    async def send() -> None:
        body = event()
        for path in (SLACK, f"/webhooks/calcom/{(await hooked(stage)).id}"):
            headers = slack_signed(body)
            huge = await stage.http.post(path, content=b"x" * (web.MOST_BYTES + 1), headers=headers)
            assert huge.status_code == 413

            async def pieces() -> AsyncIterator[bytes]:
                for _ in range(40):
                    yield b"x" * 50_000

            assert await refusal(stage, path, pieces(), headers) in (413, 0)
            began = time.monotonic()
            assert await refusal(stage, path, slowly(body, 1.0), headers) in (408, 0)
            assert time.monotonic() - began < 5
            odd = await stage.http.post(path, content=body, headers=headers | {"content-type": "multipart/form-data"})
            assert odd.status_code == 415
        assert (await stage.http.post(SLACK, content=slowly(body, 0.05), headers=slack_signed(body))).status_code == 200

    stage.run(send())


def test_every_path_takes_its_own_methods_alone(stage: Stage) -> None:
    async def send() -> None:
        for route in stage.demo.bot.routes():
            path = str(route.path).replace("{id}", "x")  # type: ignore[attr-defined]
            takes = set(route.methods)  # type: ignore[attr-defined]
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - takes:
                answer = await stage.http.request(method, path)
                assert answer.status_code == 405, (method, path)

    stage.run(send())


async def test_in_production_nothing_of_the_stand_ins_exists(stage: Stage, tmp_path: Path) -> None:
    origin, port = stage.demo.address, free_port()
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr("xoxb-sandbox"),
        slack_signing_secret=SecretStr("sandbox-secret"),
        slack_api_url=f"{origin}/slack/api/",
        calcom_api_url=f"{origin}/calcom/v2",
        database_url=f"sqlite:///{tmp_path}/run.db",
        host="127.0.0.1",
        port=port,
    )
    async with production(settings) as address, httpx.AsyncClient(base_url=address) as http:
        assert (await http.get("/healthz")).status_code == 200
        paths = "/ /workspace/state /workspace/messages /workspace/reset /workspace/faults /workspace/clock"
        paths += " /slack/api/auth.test /slack/ws /calcom/v2/me /model/v1/models /control/idle /control/reset /docs"
        for path in paths.split():
            for method in ("GET", "POST"):
                assert (await http.request(method, path)).status_code == 404, (method, path)


def test_control_wants_its_token(stage: Stage) -> None:
    from starlette.applications import Starlette

    from bot.control import routes

    assert routes(stage.demo.bot, "") == []

    async def send() -> None:
        transport = httpx.ASGITransport(Starlette(routes=routes(stage.demo.bot, "right")))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as http:
            for given in ("", "Bearer ", "Bearer wrong", "Bearer rightx", "right wrong", "Bearer réght"):
                answer = await http.post("/control/reset", headers=[(b"authorization", given.encode())])
                assert answer.status_code == 401, given
            assert (await http.get("/control/idle", headers={"authorization": "Bearer right"})).status_code == 200

    stage.run(send())


def test_the_demo_is_for_this_machine_and_for_no_page_of_another_site(stage: Stage) -> None:
    async def send() -> None:
        origin = stage.demo.address
        port = urlsplit(origin).port
        elsewhere = {str(ip) for *_, (ip, *_) in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for ip in elsewhere - {"127.0.0.1"}:
            if not ip.startswith("127."):
                with socket.socket() as probe:
                    assert probe.connect_ex((ip, port)) != 0
        before = await stage.shown("ann")
        for path, body in (
            ("/workspace/reset", {}),
            ("/workspace/clock", {"advance_seconds": 5}),
            ("/workspace/faults", {"target": "model", "kind": "500"}),
            ("/workspace/messages", {"user": "ann", "channel": "@slotwise", "text": "hello there"}),
            ("/calcom/v2/bookings", {}),
            ("/model/v1/chat/completions", {}),
        ):
            for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"host": f"evil.example:{port}"}):
                answer = await stage.http.post(path, json=body, headers=headers)
                assert answer.status_code == 403, (path, headers)
        rebound = await stage.http.get("/workspace/state", headers={"host": "127.evil.example"})
        assert rebound.status_code == 403
        assert (await stage.http.get("/workspace/clock", headers={"origin": origin})).status_code == 200
        assert (
            await stage.http.post("/workspace/clock", json={"advance_seconds": 1}, headers={"origin": origin})
        ).is_success
        assert await stage.shown("ann") == before

    stage.run(send())


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:8080/admin",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/x",
        "https://hooks.slack.com.evil.example/x",
        "http://hooks.slack.com/x",
        "file:///etc/passwd",
        "//evil.example/x",
        "",
    ],
)
async def test_answers_go_to_addresses_of_slack_alone(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Webhook:
        def __init__(self, url: str, **rest: Any) -> None:
            asked.append(url)

        async def send_dict(self, body: Any) -> Any:
            class Answer:
                status_code, body = 200, "ok"

            return Answer()

    monkeypatch.setattr("bot.slack.posting.AsyncWebhookClient", Webhook)
    posting = Posting(api_url="https://slack.com/api/")
    assert not await posting.respond(address, {"text": "x"})
    assert not asked
    assert await posting.respond("https://hooks.slack.com/actions/T1/2/x", {"text": "x"})
    assert len(asked) == 1


def test_pages_carry_the_headers_that_keep_them_harmless(stage: Stage) -> None:
    async def look() -> None:
        query = {"state": '"><script>alert(1)</script>', "code": "x", "error": "<b>"}
        answer = await stage.http.get("/oauth/calcom/callback", params=query)
        assert answer.status_code == 400
        assert "<script>" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"

    stage.run(look())
