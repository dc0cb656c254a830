"""Limits per person and workspace: over them nobody is left without a word, and nothing open is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.assistant.metering import metered, of_turn
from bot.assistant.model import ModelFailed, OpenAIModel
from bot.config import Settings
from bot.scheduling.asker import Asker
from bot.scheduling.limits import Ceilings, Limits
from bot.serving import demo
from bot.store import Store
from bot.workspace import Workspace

NOON = datetime(2026, 11, 23, 12, 0, 20, tzinfo=UTC)
ANN = Asker("T1", "UANN01", "Ann", "America/New_York")
KENJI = Asker("T1", "UKENJI", "Kenji", "Asia/Tokyo")
OTHER = Asker("T2", "UANN01", "Ann", "America/New_York")


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@asynccontextmanager
async def stored(folder: Path, clock: Clock) -> AsyncIterator[Store]:
    """A store of its own."""
    store = await Store.open(f"sqlite:///{folder}/limits.db", clock=clock)
    try:
        yield store
    finally:
        await store.close()


async def test_over_the_limit_each_person_is_told_once_a_window_and_when_to_try_again(tmp_path: Path) -> None:
    clock = Clock()
    async with stored(tmp_path, clock) as store:
        limits = Limits(store.counters, clock, Ceilings(messages=2), Ceilings())
        rulings = [await limits.message(ANN) for _ in range(5)]
        assert [ruling.allowed for ruling in rulings] == [True, True, False, False, False]
        assert "7:01 AM" in rulings[2].sentence
        assert [ruling.sentence for ruling in rulings[3:]] == ["", ""]
        assert (await limits.message(KENJI)).allowed
        assert (await limits.message(OTHER)).allowed
        clock.at += timedelta(minutes=1)
        assert (await limits.message(ANN)).allowed


async def test_a_workspace_has_a_limit_of_its_own_and_each_of_its_people_hears_of_it(tmp_path: Path) -> None:
    clock = Clock()
    async with stored(tmp_path, clock) as store:
        limits = Limits(store.counters, clock, Ceilings(), Ceilings(messages=1, calls=1))
        assert (await limits.message(ANN)).allowed
        assert "workspace" in (await limits.message(KENJI)).sentence
        assert "workspace" in (await limits.message(ANN)).sentence
        assert (await limits.message(ANN)).sentence == ""
        assert (await limits.message(OTHER)).allowed
        assert (await limits.model(ANN)).allowed
        refused = await limits.model(KENJI)
        assert not refused.allowed
        assert "Tue 24 Nov" in refused.sentence  # midnight UTC, on kenji's clocks
        assert "9:00 AM" in refused.sentence


async def test_two_replicas_count_together_and_a_restart_forgets_nothing(tmp_path: Path) -> None:
    clock = Clock()
    async with stored(tmp_path, clock) as one, stored(tmp_path, clock) as two:
        both = [Limits(store.counters, clock, Ceilings(calls=10), Ceilings()) for store in (one, two)]
        rulings = await asyncio.gather(*(limits.model(ANN) for limits in both for _ in range(8)))
        assert sum(ruling.allowed for ruling in rulings) == 10
    async with stored(tmp_path, clock) as again:
        limits = Limits(again.counters, clock, Ceilings(calls=10), Ceilings())
        assert not (await limits.model(ANN)).allowed
        clock.at += timedelta(days=1)
        assert (await limits.model(ANN)).allowed


async def test_tokens_are_counted_and_nothing_is_where_all_limits_are_off(tmp_path: Path) -> None:
    clock = Clock()
    async with stored(tmp_path, clock) as store:
        limits = Limits(store.counters, clock, Ceilings(tokens=1000), Ceilings())
        assert (await limits.model(ANN)).allowed
        await limits.spent(ANN, calls=1, tokens=999)
        assert (await limits.model(ANN)).allowed
        await limits.spent(ANN, calls=1, tokens=1)
        assert not (await limits.model(ANN)).allowed
        off = Limits(store.counters, clock, Ceilings(), Ceilings())
        for _ in range(20):
            assert (await off.message(ANN)).allowed
            assert (await off.model(ANN)).allowed


async def test_without_allowance_no_part_of_a_turn_asks_a_model() -> None:
    model = OpenAIModel("http://127.0.0.1:9/v1", "x", "m", deadline=1.0)
    asked = [{"role": "user", "content": "x" * 4000}]
    with metered(allowed=False) as spent, pytest.raises(ModelFailed, match="no budget"):
        await asyncio.create_task(model.ask(asked, tools=False))
    assert (spent.calls, spent.tokens, model.usage.calls) == (0, 0, 0)
    with metered() as spent, pytest.raises(ModelFailed):
        await model.ask(asked)
    # What was sent may have cost something although no answer came.
    assert (spent.calls, spent.tokens) == (1, 1000)
    assert of_turn() is None
    await model.aclose()


async def said(workspace: Workspace, text: str) -> str:
    """What is new after a message."""
    await workspace.say(text)
    await workspace.settle()
    return "\n".join(await workspace.news())


async def test_a_budget_used_up_is_told_once_while_the_offline_mind_goes_on() -> None:
    async with demo(0, NOON, None, Settings(_env_file=None, model_calls_per_day=1)) as running:
        workspace, model = Workspace(running.address), running.bot.model
        card = await said(workspace, "book 15min with bailey tomorrow at 3pm")
        assert "[Confirm]" in card
        first = await said(workspace, "what do I have on Wednesday?")
        assert "between Sam and Ann" in first
        assert "budget" in first
        assert "7:00 PM" in first
        second = await said(workspace, "what do I have on Friday?")
        assert second
        assert "budget" not in second
        assert model.usage.calls == 1
        # Others have their own budget, and a reset begins anew.
        workspace.viewer = "kenji"
        assert "budget" not in await said(workspace, "what do I have on Thursday?")
        assert model.usage.calls == 2
        workspace.viewer = "ann"
        await workspace.reset(NOON.isoformat())
        assert "budget" not in await said(workspace, "what do I have on Wednesday?")
        await workspace.aclose()


async def test_what_is_open_is_confirmed_by_click_or_word_without_any_budget() -> None:
    async with demo(0, NOON, None, Settings(_env_file=None, model_tokens_per_day=1)) as running:
        workspace, model = Workspace(running.address), running.bot.model
        for agree in ("click", "yes"):
            await said(workspace, f"book 15min with bailey tomorrow at {'3pm' if agree == 'click' else '4pm'}")
            calls = model.usage.calls
            if agree == "click":
                await workspace.press("^Confirm$")
                await workspace.settle()
                shown = "\n".join(await workspace.news())
            else:
                shown = await said(workspace, "yes")
            assert "Booked" in shown, agree
            assert "budget" not in shown
            assert model.usage.calls == calls
        await workspace.aclose()


async def test_a_flood_is_answered_with_one_sentence_and_clicks_still_work() -> None:
    async with demo(0, NOON, None, Settings(_env_file=None, messages_per_minute=3)) as running:
        workspace = Workspace(running.address)
        assert "[Confirm]" in await said(workspace, "book 15min with bailey tomorrow at 3pm")
        for _ in range(12):
            await workspace.say("hello")
        await workspace.settle()
        shown = await workspace.news()
        assert len([text for text in shown if "too many messages" in text]) == 1
        assert len(shown) == 3
        await workspace.press("^Confirm$")
        await workspace.settle()
        assert "Booked" in "\n".join(await workspace.news())
        await workspace.post("/workspace/clock", advance_seconds=60)
        assert await said(workspace, "hello")
        await workspace.aclose()
