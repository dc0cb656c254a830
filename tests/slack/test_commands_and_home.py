"""Slash commands answer privately; the Home tab shows what comes up and stays up to date."""

from bot.scheduling.asker import Place
from bot.scheduling.cards import DraftKind, Verb
from bot.scheduling.reply import Reply
from tests.slack import cards
from tests.slack.conftest import Stage


async def test_a_command_is_answered_to_its_asker_alone(stage: Stage) -> None:
    await stage.command("what do I have with @sam?")
    scene, text = stage.mind.heard[0]
    assert text == "what do I have with @Sam?"
    assert (scene.place, scene.channel_name) == (Place.COMMAND, "general")
    (answer,) = await stage.answers(channel="#general")
    assert (answer["ephemeral"], answer["plain"]) == (True, "You said: what do I have with @Sam?")
    assert await stage.answers("kenji", "#general") == []


async def test_a_commands_card_changes_in_place(stage: Stage) -> None:
    stage.mind.always(cards.slot_choice())
    stage.desk.replies = {Verb.SLOT: Reply((cards.proposal(),)), Verb.CONFIRM: Reply((cards.outcome(),))}
    await stage.command("book")
    await stage.press("1:30 PM · 10:30 AM PST", channel="#general")
    await stage.press("Confirm", channel="#general")
    (card,) = await stage.answers(channel="#general")
    assert "Booked" in card["plain"]
    assert await stage.answers("kenji", "#general") == []
    assert {press[0].conversation for press in stage.desk.presses} == {stage.mind.heard[0][0].conversation}


async def test_a_command_in_the_dm_is_part_of_the_dm(stage: Stage) -> None:
    await stage.command("hello", channel="@slotwise")
    await stage.say("hello again")
    first, second = (scene for scene, _ in stage.mind.heard)
    assert first.conversation == second.conversation
    assert [message["ephemeral"] for message in await stage.answers()] == [False, False]


async def test_an_empty_command_gets_help(stage: Stage) -> None:
    await stage.command("")
    assert "in your own words" in await stage.plain(channel="#general")


async def test_the_home_tab_shows_bookings_and_their_buttons_work(stage: Stage) -> None:
    stage.desk.at_home = Reply((cards.agenda("Sync"),))
    stage.desk.replies[Verb.CANCEL] = Reply((cards.proposal(kind=DraftKind.CANCEL, confirm="Cancel booking"),))
    await stage.post("home", user="ann")
    await stage.settle()
    home = await stage.home()
    assert "Your meetings" in home["plain"]
    assert "New York" in home["plain"]
    assert "Sync" in home["plain"]
    await stage.press("Cancel", view_id=home["view_id"])
    assert "[Cancel booking]" in await stage.plain()
    scene = stage.desk.presses[0][0]
    assert scene.place is Place.HOME
    assert scene.conversation.startswith("dm:D")


async def test_the_home_tab_is_renewed_after_a_booking(stage: Stage) -> None:
    await stage.post("home", user="ann")
    await stage.settle()
    stage.desk.at_home = Reply((cards.agenda("Fresh"),))
    stage.mind.always(cards.outcome())
    await stage.say("book")
    assert "Fresh" in (await stage.home())["plain"]


async def test_a_home_tab_without_calendar_says_so(stage: Stage) -> None:
    stage.desk.error = RuntimeError("secret")
    await stage.post("home", user="ann")
    await stage.settle()
    shown = (await stage.home())["plain"]
    assert "can't be shown right now" in shown
    assert "secret" not in shown


async def test_prompts_are_suggested_in_the_dm(stage: Stage) -> None:
    await stage.post("open", user="ann", channel="@slotwise")
    await stage.settle()
    state = await stage.get("state", viewer="ann")
    assert 0 < len(state["prompts"]["prompts"]) <= 4
