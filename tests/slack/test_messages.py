"""What people say reaches the mind as words, once, and is answered where it was said."""

from bot.scheduling.asker import Place
from tests.slack.conftest import Stage


async def test_a_dm_is_answered_in_the_dm(stage: Stage) -> None:
    await stage.say("hello")
    assert await stage.plain() == "You said: hello"
    scene, _ = stage.mind.heard[0]
    assert (scene.asker.name, scene.asker.zone, scene.asker.email) == ("Ann", "America/New_York", "ann@example.com")
    assert scene.place is Place.DM
    assert scene.conversation.startswith("dm:D")
