"""Writing in the workspace, and who sees and hears of what."""

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.sandbox_slack.conftest import Stage
from tests.sandbox_slack.samples import actions, button, section

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_state_names_people_and_channels(stage: Stage) -> None:
    state = await stage.people.get("state", viewer="ann")
    zones = {user["name"]: user["tz"] for user in state["users"]}
    assert zones == {
        "ann": "America/New_York",
        "kenji": "Asia/Tokyo",
        "lena": "Europe/Berlin",
        "bailey": "America/Los_Angeles",
        "sam": "Europe/London",
    }
    assert {channel["name"] for channel in state["channels"]} == {"general", "support"}
    assert state["users"][0]["email"] == "ann@example.com"
    assert state["users"][0]["tz_offset"] == -5 * 3600
    assert state["dms"][0]["user"] == state["bot"]["id"]
    assert state["commands"][0]["command"] == "/slotwise"


async def test_a_direct_message_reaches_the_bot_as_message_im(stage: Stage) -> None:
    stage.swallow()
    ts = await stage.people.say("book 15min with @bailey & co")
    (envelope,) = stage.payloads()
    event = envelope["event"]
    assert envelope["type"] == "event_callback"
    assert event["type"] == "message"
    assert event["channel_type"] == "im"
    assert event["channel"].startswith("D")
    assert event["user"] == "U0ANN00001"
    assert event["ts"] == event["event_ts"] == ts
    assert event["text"] == "book 15min with <@W0BAILEY01> &amp; co"
    assert "thread_ts" not in event
    assert event["blocks"][0]["type"] == "rich_text"


async def test_a_mention_in_a_channel_reaches_the_bot_as_app_mention(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("@slotwise we need help", channel="#support")
    (envelope,) = stage.payloads()
    assert envelope["event"]["type"] == "app_mention"
    assert envelope["event"]["text"] == "<@U0SLOTWISE> we need help"
    assert "channel_type" not in envelope["event"]


async def test_channel_talk_without_a_mention_does_not_reach_the_bot(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("lunch?", channel="#general")
    assert stage.requests == []
    assert (await stage.people.last(channel="#general"))["plain"] == "lunch?"


async def test_mentions_read_as_names_again(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("@slotwise ask @bailey in #general, not bailey@example.com", channel="#support")
    message = await stage.people.last("kenji", "#support")
    assert message["plain"] == "@slotwise ask @bailey in #general, not bailey@example.com"
    assert message["bot"] is False
    assert message["name"] == "ann"


async def test_addresses_become_links_as_slack_stores_them(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("see https://cal.com/bailey, or write to me@x.org <now>")
    text = stage.payloads()[0]["event"]["text"]
    assert text == "see <https://cal.com/bailey>, or write to <mailto:me@x.org|me@x.org> &lt;now&gt;"


async def test_conversations_go_by_name_or_id(stage: Stage) -> None:
    stage.swallow()
    state = await stage.people.get("state", viewer="ann")
    support = next(channel["id"] for channel in state["channels"] if channel["name"] == "support")
    await stage.people.say("one", user=state["viewer"]["id"], channel=support)
    await stage.people.say("two", channel="support")
    await stage.people.say("three", channel=state["dms"][0]["id"])
    assert [m["plain"] for m in await stage.people.messages("U0SAM00001", support)] == ["one", "two"]
    assert [m["plain"] for m in await stage.people.messages("ann", "slotwise")] == ["three"]


async def test_each_person_has_an_own_dm_with_the_bot(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("mine", user="ann")
    assert await stage.people.messages("kenji") == []
    ann_dm = (await stage.people.get("state", viewer="ann"))["dms"][0]["id"]
    reply = await stage.http.get(f"{stage.url}/workspace/messages", params={"viewer": "kenji", "channel": ann_dm})
    assert reply.status_code == 404


async def test_replies_are_listed_with_their_thread(stage: Stage) -> None:
    stage.swallow()
    root = await stage.people.say("@slotwise hello", channel="#general")
    await stage.people.say("something else", channel="#general")
    await stage.post(channel="C0GENERAL1", text="in the thread", thread_ts=root)
    await stage.people.say("@slotwise thanks", user="sam", channel="#general", thread_ts=root)
    everything = await stage.people.messages("ann", "#general")
    assert [m["plain"] for m in everything] == [
        "@slotwise hello",
        "something else",
        "in the thread",
        "@slotwise thanks",
    ]
    assert [m["thread_ts"] for m in everything] == [None, None, root, root]
    assert everything[0]["reply_count"] == 2
    assert everything[0]["latest_reply"] == everything[3]["ts"]
    thread = await stage.people.messages("ann", "#general", thread_ts=root)
    assert [m["plain"] for m in thread] == ["@slotwise hello", "in the thread", "@slotwise thanks"]
    assert stage.payloads()[-1]["event"]["thread_ts"] == root


async def test_timestamps_follow_the_sandbox_clock_and_keep_the_order(stage: Stage) -> None:
    first, second = await stage.post(text="one"), await stage.post(text="two")
    assert first < second
    await stage.people.post("clock", advance_seconds=3600)
    third = await stage.post(text="three")
    assert 3600 <= float(third) - float(second) < 3610
    assert [m["plain"] for m in await stage.people.messages()] == ["one", "two", "three"]


async def test_an_ephemeral_message_is_seen_by_its_addressee_only(stage: Stage) -> None:
    await stage.api("chat.postEphemeral", channel="C0GENERAL1", user="U0ANN00001", text="for you")
    (mine,) = await stage.people.messages("ann", "#general")
    assert (mine["plain"], mine["ephemeral"], mine["bot"]) == ("for you", True, True)
    assert await stage.people.messages("sam", "#general") == []
    assert (await stage.api("conversations.history", channel="C0GENERAL1"))["messages"] == []


async def test_an_ephemeral_message_keeps_its_ts_until_it_is_replaced_or_deleted(stage: Stage) -> None:
    stage.swallow()
    blocks = [section("first"), actions(button("Go"))]
    posted = await stage.api("chat.postEphemeral", channel="C0GENERAL1", user="U0ANN00001", text="x", blocks=blocks)
    ts = posted["message_ts"]
    await stage.people.press("Go", channel="#general", ts=ts)
    url = AsyncWebhookClient(stage.payloads()[-1]["response_url"])
    assert (await url.send(text="second", replace_original=True)).status_code == 200
    (message,) = await stage.people.messages("ann", "#general")
    assert (message["ts"], message["plain"], message["ephemeral"]) == (ts, "second", True)
    assert await stage.people.messages("sam", "#general") == []
    assert (await url.send(delete_original=True)).status_code == 200
    assert await stage.people.messages("ann", "#general") == []


async def test_reactions_are_shown(stage: Stage) -> None:
    ts = await stage.post(channel="C0GENERAL1", text="hi")
    await stage.people.post("reactions", user="ann", channel="#general", ts=ts, name="tada")
    await stage.api("reactions.add", channel="C0GENERAL1", timestamp=ts, name="tada")
    message = await stage.people.last("sam", "#general")
    assert message["reactions"] == [{"name": "tada", "users": ["U0ANN00001", "U0SLOTWISE"]}]
    await stage.people.post("reactions", user="ann", channel="#general", ts=ts, name="tada", remove=True)
    assert (await stage.people.last("sam", "#general"))["reactions"][0]["users"] == ["U0SLOTWISE"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"user": "nobody", "channel": "#general", "text": "x"}, "nobody"),
        ({"user": "ann", "channel": "#nowhere", "text": "x"}, "#nowhere"),
        ({"user": "ann", "channel": "#general", "text": " "}, "text"),
        ({"user": "ann", "channel": "#general", "text": "x", "thread_ts": "1.2"}, "1.2"),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_a_sentence(stage: Stage, body: dict[str, str], words: str) -> None:
    assert words in await stage.people.refused("messages", **body)


async def test_a_profile_may_be_without_email_until_the_reset(stage: Stage) -> None:
    assert (await stage.people.post("users", user="ann", email=None))["email"] is None
    assert "email" not in (await stage.api("users.info", user="U0ANN00001"))["user"]["profile"]
    assert (await stage.people.post("users", user="ann", tz="Asia/Tokyo"))["tz_offset"] == 9 * 3600
    assert "zone" in await stage.people.refused("users", user="ann", tz="Mars/Olympus")
    await stage.people.post("reset")
    assert (await stage.api("users.info", user="U0ANN00001"))["user"]["profile"]["email"] == "ann@example.com"


async def test_a_stranger_from_another_workspace_is_told_as_one(stage: Stage) -> None:
    stage.swallow()
    await stage.people.post("users", user="sam", team_id="T0ELSEWHERE")
    await stage.people.say("@slotwise hello", user="sam", channel="#support")
    envelope = stage.payloads()[0]
    assert envelope["is_ext_shared_channel"] is True
    assert envelope["team_id"] == "T0SANDBOX1"
    assert (envelope["event"]["team"], envelope["event"]["user_team"]) == ("T0ELSEWHERE", "T0ELSEWHERE")
    profile = (await stage.api("users.info", user="U0SAM00001"))["user"]
    assert (profile["team_id"], profile["is_stranger"]) == ("T0ELSEWHERE", True)


async def test_a_removed_person_is_told_as_deleted(stage: Stage) -> None:
    await stage.people.post("users", user="sam", deleted=True)
    assert (await stage.api("users.info", user="U0SAM00001"))["user"]["deleted"] is True
    assert "deleted" in await stage.people.refused("users", user="sam", deleted="yes")


async def test_typed_broadcasts_and_pasted_ones_differ_as_in_slack(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("@channel and <!channel>")
    assert stage.payloads()[0]["event"]["text"] == "<!channel> and &lt;!channel&gt;"
    assert (await stage.people.last())["plain"] == "@channel and <!channel>"


async def test_a_message_is_long_but_not_endless(stage: Stage) -> None:
    stage.swallow()
    await stage.people.say("x" * 4000)
    assert len(stage.payloads()[0]["event"]["text"]) == 4000
    assert "40000" in await stage.people.refused("messages", user="ann", channel="#general", text="x" * 40_001)


async def test_pages_of_other_sites_are_refused(stage: Stage) -> None:
    body = {"user": "ann", "channel": "#general", "text": "x"}
    foreign = await stage.http.post(
        f"{stage.url}/workspace/messages", json=body, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    own = await stage.http.post(f"{stage.url}/workspace/messages", json=body, headers={"Origin": stage.url})
    assert own.status_code == 200


async def test_a_bot_that_was_taken_out_of_a_channel_hears_and_says_nothing_there(stage: Stage) -> None:
    stage.swallow()
    await stage.people.post("membership", channel="#general", bot=False)
    await stage.people.say("@slotwise hello", channel="#general")
    assert stage.requests == []
    note = await stage.people.last("ann", "#general")
    assert (note["plain"], note["ephemeral"]) == ("@slotwise is not in this channel.", True)
    for method in ("chat.postMessage", "conversations.history"):
        assert (await stage.api(method, channel="C0GENERAL1", text="x"))["error"] == "not_in_channel"
    assert (await stage.api("conversations.info", channel="C0GENERAL1"))["channel"]["is_member"] is False
    assert (await stage.api("conversations.join", channel="C0GENERAL1"))["ok"]
    await stage.post(channel="C0GENERAL1", text="back")
    await stage.people.post("membership", channel="#general", bot=False)
    await stage.people.post("reset")
    await stage.post(channel="C0GENERAL1", text="back after a reset")
