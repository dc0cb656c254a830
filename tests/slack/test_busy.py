"""Who has to wait for Cal.com's budget is told so, and no longer once the answer stands."""

import asyncio

from bot.calcom.waiting import tell_of_waiting
from bot.scheduling.asker import Scene
from bot.scheduling.cards import Note
from bot.scheduling.reply import Reply

from .conftest import Stage


async def test_who_waits_hears_how_long_until_the_answer_is_there(stage: Stage) -> None:
    shown: list[str] = []

    async def slow(scene: Scene, text: str) -> Reply:
        tell_of_waiting(17)
        tell_of_waiting(16)
        await asyncio.sleep(0.5)
        shown.append(await stage.plain())
        return Reply((Note("Here it is."),))

    stage.mind.answer = slow
    await stage.say("when is Bailey free?")
    await stage.settle()
    assert shown[0].count("Cal.com is busy; this will take about 20 s.") == 1
    after = await stage.plain()
    assert "Here it is." in after
    assert "busy" not in after


async def test_a_short_wait_is_not_worth_a_word(stage: Stage) -> None:
    async def quick(scene: Scene, text: str) -> Reply:
        tell_of_waiting(1.2)
        return Reply((Note("Here it is."),))

    stage.mind.answer = quick
    await stage.say("when is Bailey free?")
    await stage.settle()
    assert "busy" not in await stage.plain()
