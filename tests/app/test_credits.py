"""Turns that a paid model answers are charged once, and an empty purse is told politely."""

import httpx

from bot.config import Settings
from bot.serving import demo
from bot.workspace import Workspace

HEADERS = {"Authorization": "Bearer cal_sandbox_admin"}


async def left(url: str) -> int:
    """The credits that the workspace's key has."""
    async with httpx.AsyncClient() as http:
        balance = (await http.get(f"{url}/calcom/v2/credits/available", headers=HEADERS)).json()["data"]["balance"]
    return int(balance["monthlyRemaining"]) + int(balance["additional"])


async def spend(url: str, credits: int) -> None:
    """Use credits up elsewhere."""
    body = {"credits": credits, "creditFor": "AI_AGENT"}
    async with httpx.AsyncClient() as http:
        (await http.post(f"{url}/calcom/v2/credits/charge", headers=HEADERS, json=body)).raise_for_status()


async def answer(workspace: Workspace, text: str) -> str:
    """What the bot says to a message."""
    await workspace.say(text)
    await workspace.settle()
    return "\n".join(await workspace.news())


async def test_a_turn_of_the_model_is_charged_once_and_a_click_or_a_yes_is_free() -> None:
    async with demo(0, None, None, Settings(credits_per_turn=2)) as running:
        workspace = Workspace(running.address)
        before = await left(running.address)
        await answer(workspace, "book 15min with bailey tomorrow at 3pm")
        assert await left(running.address) == before - 2
        await answer(workspace, "never mind")
        assert await left(running.address) == before - 2
        await workspace.aclose()


async def test_without_credits_simple_requests_still_work_and_the_person_is_told() -> None:
    async with demo(0, None, None, Settings(credits_per_turn=2)) as running:
        workspace = Workspace(running.address)
        await spend(running.address, await left(running.address))
        calls = running.bot.model.usage.calls
        said = await answer(workspace, "what do I have tomorrow?")
        assert running.bot.model.usage.calls == calls
        assert "credits" in said
        assert "no meetings" in said
        await workspace.aclose()
