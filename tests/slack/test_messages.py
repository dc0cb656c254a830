"""What people say reaches the mind as words, once, and is answered where it was said."""

import asyncio
import json
from typing import Any

import pytest

from bot.scheduling.asker import Place, Scene
from bot.scheduling.cards import Note
from bot.scheduling.errors import Refusal
from bot.scheduling.reply import Reply
from tests.slack import cards
from tests.slack.conftest import Stage, staged


async def test_a_dm_is_answered_in_the_dm(stage: Stage) -> None:
    await stage.say("hello")
    assert await stage.plain() == "You said: hello"
    scene, _ = stage.mind.heard[0]
    assert (scene.asker.name, scene.asker.zone, scene.asker.email) == ("Ann", "America/New_York", "ann@example.com")
    assert (scene.asker.locale, scene.place) == ("en-US", Place.DM)
    assert scene.conversation.startswith("dm:D")


async def test_an_answer_stands_at_the_top_level_or_in_the_thread_the_person_writes_in(stage: Stage) -> None:
    ts = await stage.say("hello")
    await stage.say("and here", thread_ts=ts)
    first, second = await stage.answers()
    assert first["thread_ts"] is None
    assert second["thread_ts"] == ts
    assert len({scene.conversation for scene, _ in stage.mind.heard}) == 1


async def test_a_profile_without_email_is_an_asker_without_email(stage: Stage) -> None:
    await stage.post("users", user="ann", email=None)
    await stage.say("hello")
    assert stage.mind.heard[0][0].asker.email is None


async def test_mentions_become_names_and_parties(stage: Stage) -> None:
    await stage.say("15min with @bailey & <me>")
    scene, text = stage.mind.heard[0]
    assert text == "15min with @Bailey & <me>"
    assert [(p.name, p.zone, p.slack_id) for p in scene.mentions] == [("Bailey", "America/Los_Angeles", "W0BAILEY01")]


async def test_a_mention_in_a_channel_is_answered_to_its_asker_alone(stage: Stage) -> None:
    await stage.say("@slotwise what do I have?", channel="#support")
    scene, text = stage.mind.heard[0]
    assert text == "what do I have?"
    assert (scene.place, scene.channel_name) == (Place.CHANNEL, "support")
    assert scene.thread_link.startswith("http")
    assert await stage.plain(channel="#support") == "You said: what do I have?"
    assert (await stage.answers(channel="#support"))[-1]["ephemeral"] is True
    assert await stage.answers("kenji", "#support") == []


async def test_a_call_for_the_team_belongs_to_the_thread(stage: Stage) -> None:
    stage.mind.always(cards.ring())
    ts = await stage.say("@slotwise checkout is down", channel="#support")
    (card,) = await stage.answers("kenji", "#support")
    assert (card["thread_ts"], card["ephemeral"]) == (ts, False)
    assert "[Ring the team]" in card["plain"]


async def test_one_thread_of_a_channel_is_one_conversation(stage: Stage) -> None:
    ts = await stage.say("@slotwise hello", channel="#support")
    await stage.say("@slotwise again", channel="#support", thread_ts=ts)
    await stage.say("@slotwise other", channel="#support")
    first, second, third = (scene.conversation for scene, _ in stage.mind.heard)
    assert first == second != third


async def test_a_channel_message_without_mention_is_nobodys_business(stage: Stage) -> None:
    ts = await stage.say("@slotwise hello", channel="#support")
    await stage.say("hello everybody", channel="#support", thread_ts=ts)
    assert len(stage.mind.heard) == 1


async def test_a_bare_mention_gets_help(stage: Stage) -> None:
    await stage.say("@slotwise", channel="#support")
    assert stage.mind.heard == []
    assert "in your own words" in await stage.plain(channel="#support")


async def test_a_very_long_message_is_read_up_to_its_limit(stage: Stage) -> None:
    await stage.say("word " * 1500)
    _, text = stage.mind.heard[0]
    assert len(text) <= 4000
    assert text.endswith("word")
    assert "first 4,000 characters" in await stage.plain()


async def test_foreign_text_in_an_answer_calls_nobody(stage: Stage) -> None:
    await stage.say("<!channel> @here שלום 🎉")
    (answer,) = await stage.answers()
    assert "<!channel>" not in json.dumps(answer["blocks"])
    assert "<!channel>" in answer["plain"]


async def test_working_is_shown_while_the_mind_thinks_and_not_after(stage: Stage) -> None:
    thinking = asyncio.Event()
    seen: list[Any] = []

    async def think(scene: Scene, text: str) -> Reply:
        for _ in range(100):
            status = (await stage.get("messages", viewer="ann", channel="@slotwise"))["status"]
            if status:
                seen.append(status[0]["status"])
                break
            await asyncio.sleep(0.01)
        thinking.set()
        return Reply((Note("done"),))

    stage.mind.answer = think
    await stage.say("hello")
    assert seen == ["is working on it…"]
    assert (await stage.get("messages", viewer="ann", channel="@slotwise"))["status"] == []


async def test_a_delivery_repeated_by_slack_is_one_turn(stage: Stage) -> None:
    await stage.say("hello")
    headers, body = next((h, b) for h, b in stage.requests if b'"message"' in b)
    again = {k: v for k, v in headers.items() if k.startswith("x-slack") or k == "content-type"}
    again["x-slack-retry-num"] = "1"
    answer = await stage.http.post(stage.bot_url, content=body, headers=again)
    assert answer.status_code == 200
    await stage.settle()
    assert len(stage.mind.heard) == 1
    assert len(await stage.answers()) == 1


async def test_a_forged_delivery_is_refused(stage: Stage) -> None:
    await stage.say("hello")
    headers, body = stage.requests[-1]
    forged = {k: v for k, v in headers.items() if k.startswith("x-slack") or k == "content-type"}
    forged["x-slack-signature"] = "v0=" + "0" * 64
    assert (await stage.http.post(stage.bot_url, content=body, headers=forged)).status_code == 401


async def test_an_event_that_cannot_be_stored_is_not_acknowledged(stage: Stage, monkeypatch: Any) -> None:
    accept = stage.turns.accept
    failures = [OSError("disk"), OSError("disk")]

    async def failing(*args: Any, **kwargs: Any) -> bool:
        if failures:
            raise failures.pop()
        return await accept(*args, **kwargs)

    monkeypatch.setattr(stage.side.reception.turns, "accept", failing)
    stage.sandbox.slack.world.deliveries.retry_seconds = (0.01, 0.01, 0.01)
    await stage.say("hello")
    assert await stage.plain() == "You said: hello"
    assert len(stage.mind.heard) == 1


async def test_an_unknown_event_is_acknowledged(stage: Stage) -> None:
    await stage.say("hello")
    ts = (await stage.answers())[-1]["ts"]
    await stage.post("reactions", user="ann", channel="@slotwise", ts=ts, name="tada")
    await stage.settle()


async def test_a_refusal_is_said_in_its_own_words(stage: Stage) -> None:
    async def refuse(scene: Scene, text: str) -> Reply:
        raise Refusal("Bailey has no such meeting.")

    stage.mind.answer = refuse
    await stage.say("hello")
    assert "Bailey has no such meeting." in await stage.plain()
    assert "[Try again]" not in await stage.plain()


async def test_a_failure_is_a_sentence_and_try_again_works(stage: Stage) -> None:
    async def fail(scene: Scene, text: str) -> Reply:
        raise RuntimeError("secret detail")

    stage.mind.answer = fail
    await stage.say("hello")
    shown = await stage.plain()
    assert "Something went wrong" in shown
    assert "secret" not in shown
    stage.mind.always(Note("now it works"))
    await stage.press("Try again")
    assert [message["plain"] for message in await stage.answers()] == ["now it works"]


async def test_a_turn_that_takes_too_long_ends_with_try_again(tmp_path: Any) -> None:
    async with staged(tmp_path, ceiling=3.2) as stage:

        async def sleep(scene: Scene, text: str) -> Reply:
            await asyncio.sleep(60)
            return Reply(())

        stage.mind.answer = sleep
        await stage.say("hello")
        assert "longer than it should" in await stage.plain()
        assert "[Try again]" in await stage.plain()


async def test_try_again_of_somebody_else_is_not_run(stage: Stage) -> None:
    async def fail(scene: Scene, text: str) -> Reply:
        raise RuntimeError

    stage.mind.answer = fail
    await stage.say("hello")
    (note,) = await stage.answers()
    value = next(b for b in note["blocks"] if b["type"] == "actions")["elements"][0]["value"]
    stage.mind.always(cards.ring())
    await stage.say("@slotwise help", channel="#support")
    (card,) = await stage.answers("kenji", "#support")
    message = stage.sandbox.slack.world.messages.get("C0SUPPORT1", card["ts"])
    assert message is not None
    message.blocks[-1]["elements"][0] |= {"action_id": "sw:retry:0", "value": value}
    heard = len(stage.mind.heard)
    await stage.press("Ring the team", user="kenji", channel="#support", ts=card["ts"])
    assert len(stage.mind.heard) == heard
    assert "That request is over" in await stage.plain("kenji", "#support")


@pytest.mark.parametrize("locale", ["en-GB"])
async def test_the_answer_is_written_as_the_asker_reads(stage: Stage, locale: str) -> None:
    stage.mind.always(cards.slot_choice())
    await stage.say("hello", user="sam")
    assert "[13:30 · 10:30 PST]" in await stage.plain("sam")


async def test_events_are_acknowledged_at_once_however_long_the_answer_takes(stage: Stage) -> None:
    going = asyncio.Event()

    async def think(scene: Scene, text: str) -> Reply:
        await going.wait()
        return Reply((Note(text),))

    stage.mind.answer = think
    event = {"type": "message", "channel_type": "im", "channel": "D0ANN00001", "user": "U0ANN00001"}
    began = asyncio.get_running_loop().time()
    for number in range(10):
        assert (
            await stage.deliver(event | {"ts": f"170000000{number}.000100", "text": f"{number}"}, f"Ev{number}") == 200
        )
    assert asyncio.get_running_loop().time() - began < 2.0
    going.set()
    await stage.settle()
    assert [message["plain"] for message in await stage.answers()] == [str(number) for number in range(10)]


async def test_what_one_person_says_is_answered_one_after_the_other_and_others_need_not_wait(stage: Stage) -> None:
    at_once = {"now": 0, "most": 0}
    met = asyncio.Event()

    async def think(scene: Scene, text: str) -> Reply:
        if scene.asker.name == "Sam":
            met.set()
        else:
            at_once["now"] += 1
            at_once["most"] = max(at_once.values())
            await asyncio.wait_for(met.wait(), 5)
            at_once["now"] -= 1
        return Reply((Note(text),))

    stage.mind.answer = think
    for text in ("one", "two", "three"):
        await stage.post("messages", user="ann", channel="@slotwise", text=text)
    await stage.say("hello", user="sam")
    assert [message["plain"] for message in await stage.answers()] == ["one", "two", "three"]
    assert at_once["most"] == 1
