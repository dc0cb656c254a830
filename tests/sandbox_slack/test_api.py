"""The Web API: both ways of calling it, Slack's own refusals, and what it answers."""

import asyncio
import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.slack import response_urls
from tests.sandbox_slack.conftest import Stage
from tests.sandbox_slack.samples import EVERYTHING, actions, button, section

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN, ANN_DM, GENERAL = "U0ANN00001", "D0ANN00001", "C0GENERAL1"
LONG = [section("x" * 3000)] * 5


# -- calling --


async def test_a_method_takes_query_form_and_json(stage: Stage) -> None:
    url = f"{stage.url}/slack/api/chat.postMessage"
    head = {"Authorization": "Bearer xoxb-sandbox"}
    blocks = [section("in blocks")]
    form = {"channel": GENERAL, "text": "form", "blocks": json.dumps(blocks), "token": "xoxb-sandbox"}
    assert (await stage.http.post(url, data=form)).json()["ok"]
    assert (await stage.http.post(url, json={"channel": GENERAL, "text": "json"}, headers=head)).json()["ok"]
    assert (await stage.http.post(url, params={"channel": GENERAL, "text": "query"}, headers=head)).json()["ok"]
    assert (await stage.http.get(url, params={"channel": GENERAL, "text": "get"}, headers=head)).json()["ok"]
    seen = [m["plain"] for m in await stage.people.messages("ann", "#general")]
    assert seen == ["in blocks", "json", "query", "get"]


async def test_slacks_own_client_is_understood(stage: Stage) -> None:
    assert (await stage.slack.auth_test())["user_id"] == "U0SLOTWISE"
    assert (await stage.slack.users_info(user=ANN, include_locale=True))["user"]["locale"] == "en-US"
    assert (await stage.slack.conversations_open(users=ANN))["channel"]["id"] == ANN_DM
    sent = await stage.slack.chat_postMessage(channel=ANN_DM, text="hi", blocks=[section("hi")])
    assert sent["message"]["bot_id"] == "B0SLOTWISE"
    history = await stage.slack.conversations_history(channel=ANN_DM)
    assert history["messages"][0]["ts"] == sent["ts"]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await stage.slack.chat_postMessage(channel="C0NOWHERE", text="x")


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("xapp-sandbox", "chat.postMessage", "not_allowed_token_type"),
        ("xoxb-sandbox", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-sandbox", "chat.shout", "unknown_method"),
    ],
)
async def test_a_wrong_token_or_method_is_refused(stage: Stage, token: str, method: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    reply = await stage.http.post(f"{stage.url}/slack/api/{method}", json={}, headers=headers)
    assert (reply.status_code, reply.json()["error"]) == (200, error)


async def test_api_test_gives_back_an_error(stage: Stage) -> None:
    assert await stage.api("api.test", error="oops") == {"ok": False, "error": "oops"}
    assert (await stage.api("api.test"))["ok"]


# -- messages --


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": GENERAL}, "no_text"),
        ("chat.postMessage", {"channel": GENERAL, "text": "x" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": GENERAL, "blocks": "nonsense"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": GENERAL, "text": "x", "blocks": [section("")]}, "invalid_blocks"),
        (
            "chat.postMessage",
            {"channel": GENERAL, "text": "x", "blocks": [section("x" * 3000)] * 5},
            "msg_blocks_too_long",
        ),
        ("chat.postMessage", {"channel": GENERAL, "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ("chat.postMessage", {"channel": GENERAL, "text": "x", "attachments": "[1]"}, "invalid_attachments"),
        ("chat.postMessage", {"channel": GENERAL, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ("chat.postEphemeral", {"channel": ANN_DM, "user": "U0SAM00001", "text": "x"}, "user_not_in_channel"),
        ("chat.postEphemeral", {"channel": GENERAL, "user": "U0NOBODY00", "text": "x"}, "user_not_in_channel"),
        ("chat.update", {"channel": GENERAL, "ts": "1.2", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": GENERAL, "ts": "1.2"}, "message_not_found"),
        ("chat.getPermalink", {"channel": GENERAL, "message_ts": "1.2"}, "message_not_found"),
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("conversations.open", {"users": "U0NOBODY00"}, "user_not_found"),
        ("conversations.replies", {"channel": GENERAL, "ts": "1.2"}, "thread_not_found"),
        ("users.info", {"user": "U0NOBODY00"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
        ("reactions.add", {"channel": GENERAL, "timestamp": "1.2", "name": "tada"}, "message_not_found"),
        ("views.publish", {"user_id": "U0NOBODY00", "view": {"type": "home", "blocks": []}}, "user_not_found"),
        ("views.open", {"trigger_id": "x"}, "invalid_arguments"),
        ("assistant.threads.setStatus", {"channel_id": ANN_DM, "thread_ts": "1.2", "status": "x"}, "thread_not_found"),
    ],
)
async def test_slacks_own_error_names(stage: Stage, method: str, arguments: dict[str, Any], error: str) -> None:
    answer = await stage.api(method, **arguments)
    assert (answer["ok"], answer["error"]) == (False, error)


async def test_invalid_blocks_are_named_one_by_one(stage: Stage) -> None:
    answer = await stage.api("chat.postMessage", channel=GENERAL, text="x", blocks=[section("x" * 3001), section("")])
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]",
    ]
    assert (await stage.api("blocks.validate", blocks=[section("fine")]))["ok"]


async def test_one_of_everything_can_be_posted_and_is_shown(stage: Stage) -> None:
    await stage.post(text="x", blocks=EVERYTHING)
    shown = (await stage.people.last())["plain"]
    assert "Your meeting" in shown
    assert "[Confirm]" in shown


async def test_a_message_is_changed_in_place(stage: Stage) -> None:
    ts = await stage.post(text="old", blocks=[section("old"), actions(button("Go"))])
    assert (await stage.api("chat.update", channel=ANN_DM, ts=ts, text="text only"))["ok"]
    assert (await stage.people.last())["plain"] == "old\n[Go]", "blocks that are not given stay"
    assert (await stage.api("chat.update", channel=ANN_DM, ts=ts, text="new", blocks=[section("new")]))["ok"]
    message = await stage.people.last()
    assert (message["ts"], message["plain"], message["edited"]) == (ts, "new", True)
    assert (await stage.api("chat.update", channel=ANN_DM, ts=ts, text="bare", blocks=[]))["ok"]
    assert (await stage.people.last())["plain"] == "bare"


async def test_only_own_lasting_messages_can_be_changed(stage: Stage) -> None:
    stage.swallow()
    theirs = await stage.people.say("hello")
    assert (await stage.api("chat.update", channel=ANN_DM, ts=theirs, text="x"))["error"] == "cant_update_message"
    assert (await stage.api("chat.delete", channel=ANN_DM, ts=theirs))["error"] == "cant_delete_message"
    private = (await stage.api("chat.postEphemeral", channel=GENERAL, user=ANN, text="x"))["message_ts"]
    assert (await stage.api("chat.update", channel=GENERAL, ts=private, text="y"))["error"] == "message_not_found"


async def test_a_user_id_or_a_name_is_a_channel_too(stage: Stage) -> None:
    assert (await stage.api("chat.postMessage", channel=ANN, text="dm"))["channel"] == ANN_DM
    assert (await stage.api("chat.postMessage", channel="#general", text="x"))["channel"] == GENERAL


async def test_history_is_newest_first_in_pages_without_replies(stage: Stage) -> None:
    tss = [await stage.post(channel=GENERAL, text=str(n)) for n in range(5)]
    await stage.post(channel=GENERAL, text="reply", thread_ts=tss[0])
    await stage.post(channel=GENERAL, text="shouted", thread_ts=tss[0], reply_broadcast=True)
    page = await stage.api("conversations.history", channel=GENERAL, limit=3)
    assert [m["text"] for m in page["messages"]] == ["shouted", "4", "3"]
    assert page["has_more"]
    cursor = page["response_metadata"]["next_cursor"]
    rest = await stage.api("conversations.history", channel=GENERAL, limit=3, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["2", "1", "0"]
    assert rest["messages"][-1]["reply_count"] == 2
    assert not rest["has_more"]
    newer = await stage.api("conversations.history", channel=GENERAL, oldest=tss[3], inclusive=True)
    assert [m["text"] for m in newer["messages"]] == ["shouted", "4", "3"]


async def test_replies_begin_with_the_root(stage: Stage) -> None:
    root = await stage.post(channel=GENERAL, text="root")
    reply = await stage.post(channel=GENERAL, text="reply", thread_ts=root)
    for ts in (root, reply):
        messages = (await stage.api("conversations.replies", channel=GENERAL, ts=ts))["messages"]
        assert [m["text"] for m in messages] == ["root", "reply"]
        assert [m["thread_ts"] for m in messages] == [root, root]


async def test_people_and_conversations_are_listed(stage: Stage) -> None:
    members = (await stage.api("users.list"))["members"]
    assert [m["name"] for m in members] == ["ann", "kenji", "lena", "bailey", "sam", "slotwise"]
    assert members[-1]["is_bot"]
    found = await stage.api("users.lookupByEmail", email="Sam@Example.com")
    assert found["user"]["tz"] == "Europe/London"
    assert (await stage.api("users.profile.get", user=ANN))["profile"]["email"] == "ann@example.com"
    channels = (await stage.api("conversations.list", types="public_channel,im"))["channels"]
    assert len(channels) == 7
    assert "U0SLOTWISE" in (await stage.api("conversations.members", channel=GENERAL))["members"]
    assert (await stage.api("conversations.info", channel=ANN_DM))["channel"]["user"] == ANN
    assert (await stage.api("team.info"))["team"]["domain"] == "sandbox"
    assert (await stage.api("bots.info", bot="B0SLOTWISE"))["bot"]["app_id"] == "A0SLOTWISE"


async def test_a_permalink_leads_to_the_page(stage: Stage) -> None:
    ts = await stage.post(channel=GENERAL, text="x")
    link = (await stage.api("chat.getPermalink", channel=GENERAL, message_ts=ts))["permalink"]
    reply = await stage.http.get(link, follow_redirects=False)
    assert reply.status_code == 302
    assert reply.headers["location"] == f"/?channel={GENERAL}&ts={ts}"


# -- streaming, status, prompts --


async def test_an_answer_appears_bit_by_bit(stage: Stage) -> None:
    stage.swallow()
    root = await stage.people.say("hello")
    stream = await stage.slack.chat_stream(channel=ANN_DM, thread_ts=root, buffer_size=1)
    await stream.append(markdown_text="**Hel")
    await stream.append(markdown_text="lo**")
    message = await stage.people.last()
    assert (message["plain"], message["streaming"], message["thread_ts"]) == ("Hello", True, root)
    await stream.stop(blocks=[actions(button("Go"))])
    message = await stage.people.last()
    assert (message["plain"], message["streaming"]) == ("Hello\n[Go]", False)
    late = await stage.api("chat.appendStream", channel=ANN_DM, ts=message["ts"], markdown_text="x")
    assert late["error"] == "message_not_in_streaming_state"


async def test_a_stream_shows_tasks(stage: Stage) -> None:
    stage.swallow()
    root = await stage.people.say("hello")
    started = await stage.api("chat.startStream", channel=ANN_DM, thread_ts=root)
    task = {"type": "task_update", "id": "1", "title": "Looking", "status": "in_progress"}
    for chunk in (task, task | {"status": "complete"}, {"type": "markdown_text", "text": "Done"}):
        assert (await stage.api("chat.appendStream", channel=ANN_DM, ts=started["ts"], chunks=[chunk]))["ok"]
    assert (await stage.people.last())["plain"] == "Looking (complete)\nDone"


async def test_a_stream_in_a_channel_needs_its_recipient(stage: Stage) -> None:
    root = await stage.post(channel=GENERAL, text="x")
    answer = await stage.api("chat.startStream", channel=GENERAL, thread_ts=root)
    assert answer["error"] == "missing_recipient_team_id"


async def test_the_working_status_shows_until_the_bot_posts(stage: Stage) -> None:
    stage.swallow()
    ts = await stage.people.say("hello")
    loading = ["Looking...", "Still looking..."]
    set_status: dict[str, Any] = {"channel_id": ANN_DM, "thread_ts": ts, "loading_messages": loading}
    assert (await stage.api("assistant.threads.setStatus", status="is looking", **set_status))["ok"]
    seen = await stage.people.get("messages", viewer="ann", channel="@slotwise")
    assert seen["status"] == [{"thread_ts": ts, "status": "is looking", "loading_messages": loading}]
    await stage.post(text="done", thread_ts=ts)
    assert (await stage.people.get("messages", viewer="ann", channel="@slotwise"))["status"] == []
    await stage.api("assistant.threads.setStatus", status="again", **set_status)
    await stage.api("assistant.threads.setStatus", status="", **set_status)
    assert (await stage.people.get("messages", viewer="ann", channel="@slotwise"))["status"] == []


async def test_suggested_prompts_are_shown_unless_given_to_a_thread(stage: Stage) -> None:
    stage.swallow()
    prompts = [{"title": "Find a time", "message": "Find 30 minutes next week"}]
    ts = await stage.people.say("hello")
    await stage.api("assistant.threads.setSuggestedPrompts", channel_id=ANN_DM, thread_ts=ts, prompts=prompts)
    assert (await stage.people.get("state", viewer="ann"))["prompts"]["prompts"] == []
    await stage.api("assistant.threads.setSuggestedPrompts", channel_id=ANN_DM, title="Try", prompts=prompts)
    assert (await stage.people.get("state", viewer="ann"))["prompts"] == {"title": "Try", "prompts": prompts}
    assert (await stage.people.get("state", viewer="sam"))["prompts"]["prompts"] == []
    many = await stage.api("assistant.threads.setSuggestedPrompts", channel_id=ANN_DM, prompts=prompts * 5)
    assert many["error"] == "too_many_prompts"


# -- response_url --


async def a_response_url(stage: Stage, *, command: bool = False) -> AsyncWebhookClient:
    stage.swallow()
    if command:
        await stage.people.command("x")
    else:
        ts = await stage.post(channel=GENERAL, text="x", blocks=[section("original"), actions(button("Go"))])
        await stage.people.press("Go", channel="#general", ts=ts)
    return AsyncWebhookClient(stage.payloads()[-1]["response_url"])


async def test_an_answer_is_private_unless_said_otherwise(stage: Stage) -> None:
    url = await a_response_url(stage)
    await url.send(text="private")
    await url.send(text="public", response_type="in_channel")
    assert [m["plain"] for m in await stage.people.messages("ann", "#general")][1:] == ["private", "public"]
    assert [m["plain"] for m in await stage.people.messages("sam", "#general")][1:] == ["public"]


async def test_an_answer_may_replace_or_delete_the_message(stage: Stage) -> None:
    url = await a_response_url(stage)
    await url.send(text="x", blocks=[section("replaced")], replace_original=True)
    assert [m["plain"] for m in await stage.people.messages("sam", "#general")] == ["replaced"]
    await url.send(delete_original=True)
    assert await stage.people.messages("sam", "#general") == []
    gone = await url.send(text="x", replace_original=True)
    assert gone.status_code == 404


async def test_a_commands_address_has_no_original_to_replace(stage: Stage) -> None:
    url = await a_response_url(stage, command=True)
    await url.send(text="one")
    await url.send(text="two", replace_original=True)
    assert [m["plain"] for m in await stage.people.messages("ann", "#general")] == ["one", "two"]


async def test_an_address_works_five_times_and_for_thirty_minutes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await a_response_url(stage)
    await stage.people.post("clock", advance_seconds=7200)
    statuses = [(await url.send(text=str(n))).status_code for n in range(6)]
    assert statuses == [200] * 5 + [404], "real time counts, not the sandbox clock"
    url = await a_response_url(stage)
    monkeypatch.setattr(response_urls, "SECONDS", -1.0)
    assert (await url.send(text="late")).body.count("expired_url") == 1


async def test_an_answer_may_go_into_the_thread(stage: Stage) -> None:
    url = await a_response_url(stage)
    root = (await stage.people.last("ann", "#general"))["ts"]
    body = {"text": "in the thread", "thread_ts": root, "response_type": "in_channel"}
    assert (await stage.http.post(url.url, json=body)).text == "ok"
    assert (await stage.people.last("sam", "#general"))["thread_ts"] == root


async def test_an_answer_beyond_the_limits_is_refused(stage: Stage) -> None:
    url = await a_response_url(stage)
    assert (await url.send(text="x", blocks=[section("")])).status_code == 400
    assert (await url.send(text="")).status_code == 500


# -- the page's stream --


async def test_the_page_hears_what_changed(stage: Stage) -> None:
    lines: list[str] = []
    listening = asyncio.Event()

    async def listen() -> None:
        async with stage.http.stream("GET", f"{stage.url}/workspace/stream", params={"viewer": "ann"}) as reply:
            assert reply.headers["content-type"].startswith("text/event-stream")
            async for line in reply.aiter_lines():
                listening.set()
                lines.append(line)

    task = asyncio.create_task(listen())
    await asyncio.wait_for(listening.wait(), 5)
    await stage.post(channel=GENERAL, text="x")
    await stage.api("chat.postEphemeral", channel=GENERAL, user="U0SAM00001", text="not for ann")
    await stage.api("views.publish", user_id=ANN, view={"type": "home", "blocks": []})
    for _ in range(100):
        if sum(line.startswith("data:") for line in lines) >= 2:
            break
        await asyncio.sleep(0.01)
    task.cancel()
    data = [json.loads(line[5:]) for line in lines if line.startswith("data:")]
    assert data == [
        {"what": "messages", "channel": GENERAL, "thread_ts": None},
        {"what": "home", "channel": None, "thread_ts": None},
    ]
