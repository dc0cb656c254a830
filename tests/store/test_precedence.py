"""Who goes first to the database."""

import asyncio

import pytest

from bot.store.precedence import Precedence, begin


async def _use(precedence: Precedence, name: str, seen: list[str], *, of_a_turn: bool = True) -> None:
    if of_a_turn:
        begin()
    async with precedence.turn():
        seen.append(name)
        await asyncio.sleep(0)


async def test_of_those_who_queue_the_turn_that_began_first_goes_first() -> None:
    precedence, seen, begun = Precedence(1), list[str](), asyncio.Event()

    async def older() -> None:
        begin()
        await begun.wait()
        async with precedence.turn():
            seen.append("older")

    first = asyncio.create_task(older())
    await asyncio.sleep(0)
    async with precedence.turn():
        others = [asyncio.create_task(_use(precedence, name, seen)) for name in ("younger", "youngest")]
        others.append(asyncio.create_task(_use(precedence, "no turn", seen, of_a_turn=False)))
        await asyncio.sleep(0)
        begun.set()
        await asyncio.sleep(0.01)
    await asyncio.gather(first, *others)
    assert seen == ["no turn", "older", "younger", "youngest"]


async def test_nothing_begins_while_something_urgent_is_under_way() -> None:
    precedence, seen = Precedence(4), list[str]()
    with precedence.urgent():
        tasks = [asyncio.create_task(_use(precedence, name, seen)) for name in "ab"]
        await asyncio.sleep(0.02)
        assert seen == []
    await asyncio.gather(*tasks)
    assert seen == ["a", "b"]


async def test_what_is_urgent_for_long_starves_nobody() -> None:
    precedence, seen = Precedence(4), list[str]()
    with precedence.urgent():
        async with asyncio.timeout(2):
            await _use(precedence, "patient", seen)
            await _use(precedence, "again", seen)
    assert seen == ["patient", "again"]


async def test_who_gives_up_in_the_queue_takes_no_place_along() -> None:
    precedence, seen = Precedence(1), list[str]()
    async with precedence.turn():
        hasty = asyncio.create_task(_use(precedence, "hasty", seen))
        await asyncio.sleep(0)
        hasty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hasty
    async with asyncio.timeout(1):
        await _use(precedence, "next", seen)
    assert seen == ["next"]


async def test_who_gives_up_in_the_moment_of_being_let_in_takes_no_place_along() -> None:
    precedence, seen = Precedence(1), list[str]()
    async with precedence.turn():
        hasty = asyncio.create_task(_use(precedence, "hasty", seen))
        await asyncio.sleep(0)
    hasty.cancel()  # let in, and not yet awake
    await asyncio.gather(hasty, return_exceptions=True)
    async with asyncio.timeout(1):
        await _use(precedence, "next", seen)
    assert seen == ["next"]
