"""Buttons skip the mind, change their card in place, and stay private."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.scheduling.asker import Place
from bot.scheduling.cards import Closed, DraftKind, Note, Result, Verb
from bot.scheduling.reply import Reply
from tests.slack import cards
from tests.slack.conftest import Stage


async def test_a_pressed_slot_turns_into_the_proposal(stage: Stage) -> None:
    stage.mind.always(cards.slot_choice())
    stage.desk.replies[Verb.SLOT] = Reply((cards.proposal(),))
    await stage.say("book")
    await stage.press("1:30 PM · 10:30 AM PST")
    (card,) = await stage.answers()
    assert "[Confirm]" in card["plain"]
    assert "[More times]" not in card["plain"]
    scene, verb, ref, key = stage.desk.presses[0]
    assert (verb, ref, key, scene.place) == (Verb.SLOT, "offer1", "k0", Place.DM)
    assert scene.conversation == stage.mind.heard[0][0].conversation


async def test_confirm_turns_the_proposal_into_the_outcome(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    stage.desk.replies[Verb.CONFIRM] = Reply((cards.outcome(),))
    await stage.say("book")
    await stage.press("Confirm")
    (card,) = await stage.answers()
    assert "Booked" in card["plain"]
    assert "[Reschedule] [Cancel]" in card["plain"]


async def test_another_day_and_more_times_stay_in_place(stage: Stage) -> None:
    stage.mind.always(cards.slot_choice())
    stage.desk.replies = {
        Verb.DAY: Reply((cards.slot_choice("Other day", ref="offer2"),)),
        Verb.MORE: Reply((cards.slot_choice("More", ref="offer2"),)),
    }
    await stage.say("book")
    await stage.press("Another day", option="2026-11-30")
    await stage.press("More times")
    (card,) = await stage.answers()
    assert card["plain"].startswith("More")
    assert [(verb, ref, key) for _, verb, ref, key in stage.desk.presses] == [
        (Verb.DAY, "offer1", "2026-11-30"),
        (Verb.MORE, "offer2", ""),
    ]


async def test_a_press_on_a_list_leaves_the_list_and_posts_the_draft(stage: Stage) -> None:
    stage.mind.always(cards.agenda("Sync"))
    stage.desk.replies[Verb.CANCEL] = Reply((cards.proposal(kind=DraftKind.CANCEL, confirm="Cancel booking"),))
    await stage.say("what do I have?")
    await stage.press("Cancel")
    listed, draft = await stage.answers()
    assert "Sync" in listed["plain"]
    assert "[Cancel booking]" in draft["plain"]
    assert stage.desk.presses[0][3] == "uid0"


async def test_a_long_list_has_a_menu_for_each_booking(stage: Stage) -> None:
    stage.mind.always(cards.agenda("Sync", count=10))
    stage.desk.replies[Verb.RESCHEDULE] = Reply((cards.slot_choice(),))
    await stage.say("what do I have?")
    await stage.press("", action_id="sw:row:3", option="Reschedule")
    assert [(verb, ref, key) for _, verb, ref, key in stage.desk.presses] == [(Verb.RESCHEDULE, "list1", "uid3")]


async def test_a_note_does_not_take_the_place_of_the_pressed_card(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    stage.desk.replies[Verb.CONFIRM] = Reply((Note("Cal.com does not answer.", retry=True),))
    await stage.say("book")
    await stage.press("Confirm")
    card, note = await stage.answers()
    assert "[Confirm]" in card["plain"]
    assert "[Try again]" in note["plain"]
    stage.desk.replies[Verb.CONFIRM] = Reply((cards.outcome(),))
    await stage.press("Try again")
    (card,) = await stage.answers()
    assert "Booked" in card["plain"]


async def test_cards_shown_earlier_are_closed_in_place(stage: Stage) -> None:
    stage.mind.always(cards.slot_choice())
    await stage.say("book")
    stage.mind.always(cards.proposal(), closed=(Closed("offer1", "Replaced by a newer request."),))
    await stage.say("no, at two")
    old, new = await stage.answers()
    assert old["plain"] == "Replaced by a newer request."
    assert "[Confirm]" in new["plain"]


async def test_a_card_that_moved_on_is_not_closed_under_its_old_name(stage: Stage) -> None:
    stage.mind.always(cards.slot_choice())
    stage.desk.replies[Verb.SLOT] = Reply((cards.proposal(),))
    await stage.say("book")
    await stage.press("2:30 PM · 11:30 AM PST")
    stage.mind.always(Note("ok"), closed=(Closed("offer1", "Gone."),))
    await stage.say("something else")
    first, _ = await stage.answers()
    assert "[Confirm]" in first["plain"]


async def test_two_deliveries_of_one_press_are_one_turn(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    stage.desk.replies[Verb.CONFIRM] = Reply((cards.outcome(),))
    await stage.say("book")
    await stage.press("Confirm")
    headers, body = next((h, b) for h, b in stage.requests if b"block_actions" in b)
    again = {k: v for k, v in headers.items() if k.startswith("x-slack") or k == "content-type"}
    await stage.http.post(stage.bot_url, content=body, headers=again)
    await stage.settle()
    assert len(stage.desk.presses) == 1


async def test_a_press_in_a_channel_stays_private_and_in_place(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    stage.desk.replies[Verb.CONFIRM] = Reply((cards.outcome(),))
    await stage.say("@slotwise book", channel="#support")
    await stage.press("Confirm", channel="#support")
    (card,) = await stage.answers(channel="#support")
    assert card["ephemeral"] is True
    assert "Booked" in card["plain"]
    assert await stage.answers("kenji", "#support") == []
    assert stage.desk.presses[0][0].conversation == stage.mind.heard[0][0].conversation


async def test_a_ring_is_public_and_changes_in_place(stage: Stage) -> None:
    stage.mind.always(cards.ring())
    stage.desk.replies[Verb.CONFIRM] = Reply(
        (cards.outcome("Urgent support", ref="ring1", result=Result.RUNG, start=None, end=None, active=False),)
    )
    ts = await stage.say("@slotwise checkout is down", channel="#support")
    await stage.press("Ring the team", channel="#support")
    (card,) = await stage.answers("kenji", "#support")
    assert "Join" in card["plain"]
    scene = stage.desk.presses[0][0]
    assert scene.conversation.endswith(ts)
    assert scene.thread_link.startswith("http")


async def test_what_others_hear_about_a_public_card_is_private(stage: Stage) -> None:
    stage.mind.always(cards.ring())
    stage.desk.replies[Verb.CONFIRM] = Reply((Note("Only Ann can do that."),))
    await stage.say("@slotwise checkout is down", channel="#support")
    card = (await stage.answers("kenji", "#support"))[-1]
    await stage.press("Ring the team", user="kenji", channel="#support", ts=card["ts"])
    assert await stage.plain("kenji", "#support") == "Only Ann can do that."
    assert "Only Ann" not in str(await stage.messages("ann", "#support"))
    assert "[Ring the team]" in str(await stage.messages("ann", "#support"))


async def test_an_expired_address_leads_into_the_dm(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.mind.always(cards.proposal())

    async def late() -> Reply:
        stage.sandbox.clock.advance(timedelta(minutes=40))
        return Reply((cards.outcome(),))

    stage.desk.pressing = late
    await stage.say("@slotwise book", channel="#support")
    for url in stage.sandbox.slack.world.urls._urls.values():
        url.uses = 5
    press = stage.sandbox.slack.world.urls.give

    def spent(*args: Any, **kwargs: Any) -> str:
        address = press(*args, **kwargs)
        for url in stage.sandbox.slack.world.urls._urls.values():
            url.uses = 5
        return address

    monkeypatch.setattr(stage.sandbox.slack.world.urls, "give", spent)
    await stage.press("Confirm", channel="#support")
    assert "Booked" in await stage.plain()


async def test_a_failing_desk_is_a_sentence_beside_the_card(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    await stage.say("book")
    stage.desk.error = RuntimeError("secret")
    await stage.press("Confirm")
    card, note = await stage.answers()
    assert "[Confirm]" in card["plain"]
    assert "Something went wrong" in note["plain"]
    assert "secret" not in note["plain"]


async def test_presses_are_acknowledged_quickly_even_while_the_desk_works(stage: Stage) -> None:
    stage.mind.always(cards.proposal())
    await stage.say("book")
    going = asyncio.Event()

    async def slow() -> Reply:
        await going.wait()
        return Reply((cards.outcome(),))

    stage.desk.pressing = slow
    ts = (await stage.answers())[-1]["ts"]
    await stage.post("press", user="ann", label="Confirm", channel="@slotwise", ts=ts)
    for _ in range(100):
        if stage.turns.in_flight():
            break
        await asyncio.sleep(0.01)
    going.set()
    await stage.settle()
    assert "Booked" in await stage.plain()


async def test_a_link_button_is_acknowledged(stage: Stage) -> None:
    stage.mind.always(cards.outcome())
    await stage.say("book")
    await stage.press("Join")
    assert len(await stage.answers()) == 1
    assert stage.desk.presses == []
