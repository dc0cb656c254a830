"""Slack refuses, limits, hangs up; the process dies: nobody is left without an answer, and nothing is said twice."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.scheduling.cards import Note, Verb
from bot.scheduling.reply import Reply
from bot.slack import calls, posting
from bot.slack.render import Message
from tests.slack import cards
from tests.slack.conftest import Stage, staged
from tests.slack.test_forms import CONSULTATION


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "PATIENT", (0.01, 0.02, 0.05))


def refusal(error: str) -> SlackApiError:
    """Slack's answer to a call it will not do."""
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers={},
        status_code=200,
    )
    return SlackApiError(error, response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("kind", ["500", "429", "drop_after", "garbage"])
async def test_a_post_that_goes_wrong_is_posted_once(stage: Stage, kind: str) -> None:
    await stage.fault(kind, "chat.postMessage", 1)
    await stage.say("hello")
    assert [message["plain"] for message in await stage.answers()] == ["You said: hello"]


@pytest.mark.parametrize("kind", ["500", "429", "drop_after"])
async def test_a_change_that_goes_wrong_is_made_once_slack_answers(stage: Stage, kind: str) -> None:
    stage.mind.always(cards.proposal())
    stage.desk.replies[Verb.CONFIRM] = Reply((cards.outcome(),))
    await stage.say("book")
    await stage.fault(kind, "chat.update", 1)
    await stage.press("Confirm")
    (card,) = await stage.answers()
    assert "Booked" in card["plain"]
    assert len(stage.desk.presses) == 1


async def test_a_turn_outlives_longer_trouble(stage: Stage) -> None:
    await stage.fault("500", "chat.postMessage", 9)
    await stage.say("hello")
    assert [message["plain"] for message in await stage.answers()] == ["You said: hello"]
    assert len(stage.mind.heard) == 1


async def test_the_working_indicator_may_fail(stage: Stage) -> None:
    await stage.fault("500", "assistant.threads.setStatus", 9)
    await stage.say("hello")
    assert await stage.plain() == "You said: hello"


async def test_a_profile_that_cannot_be_read_is_a_sentence(stage: Stage) -> None:
    await stage.fault("500", "users.info", 4)
    await stage.say("hello")
    assert "Slack isn't answering" in await stage.plain()
    await stage.press("Try again")
    assert await stage.plain() == "You said: hello"


async def test_refused_blocks_go_as_text(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Message(
        "fallback", ({"type": "section", "text": {"type": "mrkdwn", "text": "Readable"}}, {"type": "nonsense"})
    )
    monkeypatch.setattr("bot.slack.delivery.render", lambda card, reader: broken)
    await stage.say("hello")
    assert await stage.plain() == "Readable"


async def test_a_channel_that_takes_nothing_is_answered_by_dm(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def closed(*_: Any, **__: Any) -> Any:
        raise refusal("not_in_channel")

    monkeypatch.setattr("slack_sdk.web.async_client.AsyncWebClient.chat_postEphemeral", closed)
    await stage.say("@slotwise hello", channel="#support")
    assert await stage.plain() == "You said: hello"


async def test_a_deleted_card_is_answered_anew(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    await stage.say("book")

    async def meanwhile() -> Reply:
        ts = (await stage.answers())[-1]["ts"]
        client = await stage.side.reception.clients("T0SANDBOX1")
        await client.chat_delete(channel="D0ANN00001", ts=ts)
        return Reply((cards.outcome(),))

    stage.desk.pressing = meanwhile
    await stage.press("Confirm")
    (card,) = await stage.answers()
    assert "Booked" in card["plain"]


async def test_a_spent_command_address_still_reaches_the_asker(stage: Stage) -> None:
    give = stage.sandbox.slack.world.urls.give

    def spent(*args: Any, **kwargs: Any) -> str:
        address = give(*args, **kwargs)
        stage.sandbox.slack.world.urls._urls[address.rsplit("/", 1)[-1]].uses = 5
        return address

    stage.sandbox.slack.world.urls.give = spent  # type: ignore[method-assign]
    await stage.command("hello")
    stage.sandbox.slack.world.urls.give = give  # type: ignore[method-assign]
    assert (await stage.answers(channel="#general"))[-1]["plain"] == "You said: hello"


async def test_a_turn_cut_short_after_posting_posts_nothing_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.mind.always(Note("first"), Note("second"))
    publish = posting.Posting.publish
    cuts = iter([True, False, True])

    async def cut(self: posting.Posting, *args: Any) -> str:
        ts = await publish(self, *args)
        if next(cuts, False):
            raise RuntimeError("the power went")
        return ts

    monkeypatch.setattr(posting.Posting, "publish", cut)
    await stage.say("hello")
    assert [message["plain"] for message in await stage.answers()] == ["first", "second"]
    assert len(stage.mind.heard) == 1


async def test_a_turn_given_up_is_told_by_dm(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> str:
        raise RuntimeError("secret")

    monkeypatch.setattr(posting.Posting, "whisper", broken)
    await stage.say("@slotwise hello", channel="#support")
    monkeypatch.undo()
    shown = await stage.plain()
    assert "Something went wrong" in shown
    assert "secret" not in shown
    await stage.press("Try again")


async def test_an_accepted_message_is_answered_after_the_process_died(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.turns.stop(0)
        await stage.post("messages", user="ann", channel="@slotwise", text="hello")
        for _ in range(200):
            if (await stage.turns.depth())["waiting"]:
                break
            await asyncio.sleep(0.01)
        assert stage.mind.heard == []
        await stage.turns.start()
        await stage.settle()
        assert await stage.plain() == "You said: hello"


@pytest.mark.parametrize("kind", ["500", "drop_after", "garbage"])
async def test_a_form_opens_although_slack_stumbles(stage: Stage, kind: str) -> None:
    stage.mind.always(cards.questions())
    stage.desk.shown = CONSULTATION
    await stage.say("book")
    await stage.fault(kind, "views.open")
    await stage.press("Answer questions")
    assert (await stage.modal())["inputs"]
    assert len(await stage.answers()) == 1


async def test_a_message_that_comes_before_slack_says_who_we_are_is_not_acknowledged(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        event = {"type": "message", "channel": "D0ANN00001", "channel_type": "im", "user": "U0ANN00001", "text": "hi"}
        await stage.fault("garbage", "auth.test", 2)
        assert await stage.deliver(event | {"ts": "1795442400.000100"}, "EvEarly") == 500
        assert await stage.deliver(event | {"ts": "1795442400.000100"}, "EvEarly") == 200
        await stage.settle()
        assert await stage.plain() == "You said: hi"


@pytest.mark.parametrize("times", [1, 9], ids=["once", "always"])
@pytest.mark.parametrize("kind", ["500", "429", "drop_after", "garbage"])
async def test_a_private_card_tells_of_the_booking_whatever_its_address_answers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: str, times: int
) -> None:
    monkeypatch.setattr(calls, "PAUSES", (0.01, 0.02))
    stage.mind.always(cards.proposal())
    stage.desk.replies[Verb.CONFIRM] = Reply((cards.outcome(),))
    await stage.say("@slotwise book", channel="#support")
    await stage.fault(kind, "/slack/response/", times)
    await stage.press("Confirm", channel="#support")
    in_place = [card["plain"] for card in await stage.answers(channel="#support")]
    by_dm = [card["plain"] for card in await stage.answers()]
    assert any("Booked" in plain for plain in in_place + by_dm)
    assert len([plain for plain in in_place if "Booked" in plain]) <= 1
    if times == 1:
        assert "Booked" in in_place[0], "the address works again: no need of a DM"
        assert by_dm == []
