"""With a data folder the demo goes on where it stood; without one it starts from the seed."""

from pathlib import Path

from bot.config import Settings
from bot.serving import demo
from bot.workspace import Workspace


async def shown(workspace: Workspace) -> str:
    """Everything the bot shows in the conversation."""
    workspace.forget()
    return "\n".join(await workspace.news())


async def test_a_card_from_before_the_restart_can_be_confirmed_after_it(tmp_path: Path) -> None:
    async with demo(0, None, tmp_path, Settings()) as running:
        workspace = Workspace(running.address)
        await workspace.say("book 15min with bailey next week")
        await workspace.settle()
        await workspace.press(r"^\d+:\d\d")
        await workspace.settle()
        assert "[Confirm]" in await shown(workspace)
        await workspace.aclose()
    async with demo(0, None, tmp_path, Settings()) as running:
        workspace = Workspace(running.address)
        assert "[Confirm]" in await shown(workspace)
        await workspace.press("confirm")
        await workspace.settle()
        assert "Booked" in await shown(workspace)
        await workspace.aclose()
    async with demo(0, None, tmp_path, Settings()) as running:
        workspace = Workspace(running.address)
        await workspace.say("what do I have next week?")
        await workspace.settle()
        assert "with Bailey" in await shown(workspace)
        await workspace.aclose()


async def test_two_ephemeral_demos_know_nothing_of_each_other() -> None:
    for _ in range(2):
        async with demo(0, None, None, Settings()) as running:
            workspace = Workspace(running.address)
            assert await workspace.messages() == []
            await workspace.say("hello")
            await workspace.settle()
            assert await shown(workspace)
            await workspace.aclose()
