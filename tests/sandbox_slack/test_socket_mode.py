"""Socket Mode: an unchanged Bolt app behind web sockets, and back to HTTP when nobody is connected."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import delivery
from tests.sandbox_slack.conftest import Stage
from tests.sandbox_slack.samples import OPTIONS, actions, button, field, modal, option, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def connected(stage: Stage) -> AsyncIterator[AsyncApp]:
    """Another Bolt app, connected by Socket Mode."""
    app = AsyncApp(client=stage.slack)
    api = f"{stage.url}/slack/api/"
    handler = AsyncSocketModeHandler(
        app, "xapp-sandbox", web_client=AsyncWebClient(token="xapp-sandbox", base_url=api), ping_interval=1
    )
    before = len(stage.sandbox.slack.world.sockets._open)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await until(lambda: len(stage.sandbox.slack.world.sockets._open) > before)
    try:
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
        await until(lambda: len(stage.sandbox.slack.world.sockets._open) <= before)


async def until(condition: Any) -> None:
    """Wait until something holds, at most 5 s."""
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


async def test_events_clicks_views_and_commands_come_through_the_socket(stage: Stage) -> None:
    async with connected(stage) as app:

        @app.event("message")
        async def heard(event: dict[str, Any], say: Any) -> None:
            await say(text="x", blocks=[actions(button("Go"))])

        @app.action("go")
        async def pressed(ack: Any, body: dict[str, Any], client: Any) -> None:
            await ack()
            await client.views_open(
                trigger_id=body["trigger_id"], view=modal(field("Topic", {"type": "plain_text_input"}, "t"))
            )

        @app.view("form")
        async def submitted(ack: Any, view: dict[str, Any]) -> None:
            await ack(response_action="errors", errors={"t": f"not {view['state']['values']['t']['v']['value']}"})

        @app.command("/slotwise")
        async def commanded(ack: Any, command: dict[str, Any]) -> None:
            await ack(f"private {command['text']}")

        await stage.people.say("hello")
        await until(lambda: stage.sandbox.slack.world.messages.public("D0ANN00001")[1:])
        card = await stage.people.last()
        await stage.people.press("Go", channel="@slotwise", ts=card["ts"])
        await until(lambda: stage.sandbox.slack.world.views.top("U0ANN00001"))
        view_id = (await stage.people.modal())["view_id"]
        reply = await stage.people.post("views/submit", user="ann", view_id=view_id, values={"Topic": "AI"})
        assert reply == {"errors": {"Topic": "not AI"}}
        await stage.people.command("now", channel="#general")
        assert (await stage.people.last(channel="#general"))["plain"] == "private now"
    assert stage.requests == [], "nothing went over HTTP"


async def test_options_come_through_the_socket(stage: Stage) -> None:
    async with connected(stage) as app:

        @app.options("who")
        async def offer(ack: Any) -> None:
            await ack(options=[option("Sam Jones", "jones")])

        select = {"type": "external_select", "action_id": "who", "placeholder": plain("Who")}
        ts = await stage.post(text="x", blocks=[actions(select, button("Go"))])
        query = {"viewer": "ann", "channel": "@slotwise", "ts": ts, "action_id": "who", "query": "s"}
        found = await stage.people.get("options", **query)
        assert [o["value"] for o in found["options"]] == ["jones"]
        assert len(OPTIONS) == 3


async def test_without_a_socket_events_go_over_http_again(stage: Stage) -> None:
    stage.swallow()
    async with connected(stage) as app:

        @app.event("message")
        async def heard() -> None: ...

        await stage.people.say("through the socket")
        assert stage.requests == []
    await stage.people.say("over http")
    assert stage.payloads()[0]["event"]["text"] == "over http"


async def test_a_refresh_makes_the_app_connect_anew(stage: Stage) -> None:
    heard: list[str] = []
    async with connected(stage) as app:

        @app.event("message")
        async def hear(event: dict[str, Any]) -> None:
            heard.append(event["text"])

        sockets = stage.sandbox.slack.world.sockets
        old = list(sockets._open)
        await stage.people.post("sockets/refresh")
        await until(lambda: sockets._open and sockets._open != old)
        await stage.people.say("after the refresh")
        await until(lambda: heard == ["after the refresh"])


async def test_an_unacknowledged_event_is_tried_on_another_socket(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "ACK_SECONDS", 0.5)
    heard: list[str] = []
    async with connected(stage) as first, connected(stage) as second:
        for app in (first, second):

            @app.middleware
            async def only_the_second_try(body: dict[str, Any], request: Any, next: Any) -> Any:
                heard.append(request.headers.get("x-slack-retry-num", ["0"])[0])
                if len(heard) == 1:
                    await asyncio.sleep(1.0)
                return await next()

            @app.event("message")
            async def hear() -> None: ...

        await stage.people.say("hello")
        assert heard[:2] == ["0", "1"]


async def test_a_socket_needs_a_ticket_that_is_used_once(stage: Stage) -> None:
    answer = await stage.api("apps.connections.open", token="xapp-sandbox")
    assert answer["url"].startswith("ws://127.0.0.1:")
    client = AsyncWebClient(token="xapp-sandbox", base_url=f"{stage.url}/slack/api/")
    assert (await client.apps_connections_open(app_token="xapp-sandbox"))["ok"]
    import aiohttp

    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(answer["url"]) as socket:
            hello = await socket.receive_json(timeout=5)
            assert (hello["type"], hello["connection_info"]["app_id"]) == ("hello", "A0SLOTWISE")
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(answer["url"])
    await until(lambda: not stage.sandbox.slack.world.sockets.connected)
