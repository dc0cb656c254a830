"""Turns within one process: accepted once, in order, tried again, never lost silently."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.store import NoHandler, StepReused, Store, Timer, Turn, TurnAbandoned, Turns, TurnTooLong, schema
from tests.store.conftest import NOON, Clock

Make = Callable[..., Turns]


@pytest.fixture
async def make(store: Store, clock: Clock) -> AsyncIterator[Make]:
    """Makes executors on the store; stops them all in the end."""
    made: list[Turns] = []

    def make(executor: str = "a", **options: Any) -> Turns:
        options = dict[str, Any](backoff=(0.01, 0.02), heartbeat=0.1, lapse=0.5) | options
        made.append(Turns(store, executor_id=executor, version="1", clock=clock, **options))
        return made[-1]

    yield make
    for turns in made:
        await turns.stop(0)


async def idle(turns: Turns) -> None:
    await asyncio.wait_for(turns.idle(), 10)


def value(result: Any) -> Callable[[], Awaitable[Any]]:
    async def give() -> Any:
        return result

    return give


async def test_an_accepted_turn_is_worked_off_with_all_that_was_accepted(make: Make) -> None:
    seen: list[Turn] = []

    async def handler(turn: Turn) -> None:
        seen.append(turn)

    turns = make()
    turns.on("message", handler)
    await turns.start()
    assert await turns.accept("Ev1", "message", "T1", "D1", {"text": "hi ☂"})
    await idle(turns)
    (turn,) = seen
    assert (turn.id, turn.kind, turn.workspace, turn.conversation) == ("Ev1", "message", "T1", "D1")
    assert (turn.payload, turn.accepted, turn.attempt) == ({"text": "hi ☂"}, NOON, 1)
    assert turns.in_flight() == 0


async def test_a_turn_is_accepted_once_also_by_many_at_the_same_time(make: Make) -> None:
    runs: list[str] = []

    async def handler(turn: Turn) -> None:
        runs.append(turn.id)

    turns, other = make("a"), make("b")
    for executor in (turns, other):
        executor.on("message", handler)
        await executor.start()
    accepts = [executor.accept("Ev1", "message", "T1", "D1", {}) for executor in (turns, other) for _ in range(5)]
    assert sorted(await asyncio.gather(*accepts)) == [False] * 9 + [True]
    await idle(turns)
    assert not await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert runs == ["Ev1"]


async def test_turns_of_a_conversation_run_one_by_one_in_order_and_others_beside_them(make: Make) -> None:
    order: dict[str, list[int]] = {"D1": [], "D2": []}
    running: dict[str, int] = {"D1": 0, "D2": 0}
    both = asyncio.Event()

    async def handler(turn: Turn) -> None:
        running[turn.conversation] += 1
        assert running[turn.conversation] == 1
        if all(running.values()):
            both.set()
        await asyncio.wait_for(both.wait(), 5)
        order[turn.conversation].append(turn.payload["n"])
        running[turn.conversation] -= 1

    turns = make()
    turns.on("message", handler)
    await turns.start()
    for n in range(10):
        for conversation in order:
            await turns.accept(f"{conversation}/{n}", "message", "T1", conversation, {"n": n})
    await idle(turns)
    assert order == {"D1": list(range(10)), "D2": list(range(10))}


async def test_two_executors_keep_the_order_of_a_conversation_they_share(make: Make) -> None:
    order: list[int] = []
    running = 0

    async def handler(turn: Turn) -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0.005)
        order.append(turn.payload["n"])
        running -= 1

    executors = [make("a"), make("b")]
    for turns in executors:
        turns.on("message", handler)
        await turns.start()
    for n in range(12):
        await executors[n % 2].accept(f"Ev{n}", "message", "T1", "D1", {"n": n})
    await idle(executors[0])
    assert order == list(range(12))


async def test_no_more_turns_run_at_once_than_allowed(make: Make) -> None:
    running = most = 0
    gate = asyncio.Event()

    async def handler(turn: Turn) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await gate.wait()
        await asyncio.sleep(0.01)
        running -= 1

    turns = make(concurrency=3)
    turns.on("message", handler)
    await turns.start()
    await asyncio.gather(*(turns.accept(f"Ev{n}", "message", "T1", f"D{n}", {}) for n in range(15)))
    assert turns.in_flight() == 15
    gate.set()
    await idle(turns)
    assert most == 3


async def test_a_step_runs_once_over_all_attempts(make: Make) -> None:
    runs: list[str] = []
    results: list[Any] = []

    async def handler(turn: Turn) -> None:
        async def book() -> dict[str, Any]:
            runs.append("book")
            return {"uid": ("bk1", 1)}

        results.append(await turn.step("book", book))
        results.append(await turn.step("nothing", value(None)))
        if turn.attempt < 3:
            raise ConnectionError("the message did not go out")

    turns = make()
    turns.on("message", handler)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert runs == ["book"]
    assert results == [{"uid": ["bk1", 1]}, None] * 3


async def test_steps_may_run_side_by_side_but_not_share_a_name(make: Make) -> None:
    errors: list[Exception] = []

    async def handler(turn: Turn) -> None:
        both = await asyncio.gather(turn.step("a", value(1)), turn.step("b", value(2)))
        assert list(both) == [1, 2]
        await turn.step("a", value(3))

    async def failed(turn: Turn, error: Exception) -> None:
        errors.append(error)

    turns = make(backoff=())
    turns.on("message", handler)
    turns.on_failed(failed)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert [type(error) for error in errors] == [StepReused]


async def test_a_turn_that_keeps_failing_is_told_about_once_and_the_next_one_goes_on(make: Make) -> None:
    seen: list[tuple[str, int]] = []
    told: list[tuple[str, str]] = []

    async def handler(turn: Turn) -> None:
        seen.append((turn.id, turn.attempt))
        if turn.id == "poison":
            raise ValueError("poison")

    async def failed(turn: Turn, error: Exception) -> None:
        await turn.step("sorry", value(True))
        told.append((turn.id, str(error)))

    turns = make()
    turns.on("message", handler)
    turns.on_failed(failed)
    await turns.start()
    await turns.accept("poison", "message", "T1", "D1", {})
    await turns.accept("good", "message", "T1", "D1", {})
    await idle(turns)
    assert seen == [("poison", 1), ("poison", 2), ("poison", 3), ("good", 1)]
    assert told == [("poison", "poison")]


async def test_telling_is_tried_again_too(make: Make) -> None:
    told: list[int] = []

    async def handler(turn: Turn) -> None:
        raise ValueError

    async def failed(turn: Turn, error: Exception) -> None:
        told.append(len(told))
        if len(told) < 3:
            raise ConnectionError

    turns = make()
    turns.on("message", handler)
    turns.on_failed(failed)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert told == [0, 1, 2]


async def test_a_handler_without_end_is_stopped_at_the_ceiling(make: Make) -> None:
    errors: list[Exception] = []
    starts: list[int] = []

    async def handler(turn: Turn) -> None:
        starts.append(turn.attempt)
        await asyncio.sleep(60)

    async def failed(turn: Turn, error: Exception) -> None:
        errors.append(error)

    turns = make(ceiling=0.05)
    turns.on("message", handler)
    turns.on_failed(failed)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert (starts, [type(error) for error in errors]) == ([1], [TurnTooLong])


async def test_a_step_is_stored_although_the_handlers_deadline_passes_meanwhile(make: Make) -> None:
    runs: list[str] = []

    async def book() -> str:
        runs.append("book")
        asyncio.get_running_loop().call_soon(handling[0].cancel)
        return "bk1"

    handling: list[asyncio.Task[str]] = []

    async def handler(turn: Turn) -> None:
        if turn.attempt == 1:
            handling.append(asyncio.create_task(turn.step("book", book)))
            await asyncio.wait(handling)
            assert handling[0].cancelled()
            raise TimeoutError
        assert await turn.step("book", book) == "bk1"

    turns = make()
    turns.on("message", handler)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert runs == ["book"]


async def test_an_unknown_kind_is_refused_before_anything_is_stored(make: Make) -> None:
    turns = make()
    await turns.start()
    with pytest.raises(NoHandler):
        await turns.accept("Ev1", "nonsense", "T1", "D1", {})
    await idle(turns)


async def test_a_kind_only_the_new_version_knows_waits_for_a_new_version(make: Make) -> None:
    seen: list[str] = []

    async def handler(turn: Turn) -> None:
        seen.append(turn.id)

    new, old = make("new"), make("old")
    new.on("video", handler)
    await old.start()
    assert await new.accept("Ev1", "video", "T1", "D1", {})
    await asyncio.sleep(0.3)
    assert seen == []
    await new.start()
    await idle(new)
    assert seen == ["Ev1"]


async def test_a_stopping_executor_ends_what_runs_and_hands_over_what_waits(make: Make) -> None:
    ended: list[str] = []
    begun = asyncio.Event()

    async def slow(turn: Turn) -> None:
        begun.set()
        await asyncio.sleep(0.2 if turn.id == "Ev1" else 30)
        ended.append(f"a {turn.id}")

    async def quick(turn: Turn) -> None:
        ended.append(f"b {turn.id} {turn.attempt}")

    first, second = make("a"), make("b")
    first.on("message", slow)
    second.on("message", quick)
    await first.start()
    for id, conversation in (("Ev1", "D1"), ("Ev2", "D1"), ("Ev3", "D3")):
        await first.accept(id, "message", "T1", conversation, {})
    await asyncio.wait_for(begun.wait(), 10)
    await first.stop(0.5)
    assert ended == ["a Ev1"]
    await second.start()
    await idle(second)
    assert sorted(ended[1:]) == ["b Ev2 1", "b Ev3 1"]


async def test_a_dead_executors_turn_goes_on_elsewhere_with_its_steps(make: Make, store: Store) -> None:
    ran: list[str] = []
    stuck = asyncio.Event()

    async def hang(turn: Turn) -> None:
        await turn.step("book", value("bk1"))
        stuck.set()
        await asyncio.sleep(60)

    async def handler(turn: Turn) -> None:
        ran.append(await turn.step("book", value("another")))

    dead, living = make("dead"), make("living")
    dead.on("message", hang)
    living.on("message", handler)
    await dead.start()
    await dead.accept("Ev1", "message", "T1", "D1", {})
    await asyncio.wait_for(stuck.wait(), 10)
    await living.start()  # only now: it might have been quicker to take the turn
    assert dead._watch is not None
    dead._watch.cancel()  # as if its machine froze: no heartbeat any more, the turn still running
    await idle(living)
    assert ran == ["bk1"]


async def test_a_process_wrongly_taken_for_dead_cannot_write_any_more(make: Make) -> None:
    outcome: list[str] = []
    stuck, posted, awake = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def hang(turn: Turn) -> None:
        stuck.set()
        await awake.wait()
        try:
            await turn.step("post", value("late"))
            outcome.append("posted by the dead")
        except Exception:
            outcome.append("excused by the dead")

    async def handler(turn: Turn) -> None:
        outcome.append(await turn.step("post", value("in time")))
        posted.set()

    dead, living = make("dead"), make("living")
    dead.on("message", hang)
    living.on("message", handler)
    await dead.start()
    await dead.accept("Ev1", "message", "T1", "D1", {})
    await asyncio.wait_for(stuck.wait(), 10)
    await living.start()  # only now: it might have been quicker to take the turn
    assert dead._watch is not None
    dead._watch.cancel()
    await asyncio.wait_for(posted.wait(), 5)
    awake.set()
    await idle(dead)
    assert outcome == ["in time"]


async def test_a_turn_under_which_the_process_dies_again_and_again_is_given_up_and_told(make: Make) -> None:
    errors: list[Exception] = []
    starts: list[int] = []
    begun = asyncio.Event()

    async def handler(turn: Turn) -> None:
        starts.append(turn.attempt)
        begun.set()
        await asyncio.sleep(60)

    async def failed(turn: Turn, error: Exception) -> None:
        errors.append(error)

    for _ in range(3):
        turns = make("a", deaths=2)
        turns.on("message", handler)
        turns.on_failed(failed)
        begun.clear()
        await turns.start()
        if await turns.accept("Ev1", "message", "T1", "D1", {}) or not starts[1:]:
            await asyncio.wait_for(begun.wait(), 10)
        await asyncio.sleep(0.05)
        assert turns._watch is not None
        turns._watch.cancel()  # the next life takes the same executor id over
    await idle(turns)
    assert (starts, [type(error) for error in errors]) == ([1, 2], [TurnAbandoned])


async def test_a_reset_drops_everything_and_the_executor_goes_on(make: Make) -> None:
    ended: list[str] = []

    async def handler(turn: Turn) -> None:
        await asyncio.sleep(30 if turn.payload.get("slow") else 0)
        ended.append(turn.id)

    turns = make()
    turns.on("message", handler)
    await turns.start()
    for n in range(3):
        await turns.accept(f"Ev{n}", "message", "T1", "D1", {"slow": True})
    await turns.reset()
    await idle(turns)
    assert await turns.accept("Ev9", "message", "T1", "D1", {})
    await idle(turns)
    assert ended == ["Ev9"]


async def test_what_was_accepted_before_the_start_is_worked_off_after_it(make: Make) -> None:
    seen: list[str] = []

    async def handler(turn: Turn) -> None:
        seen.append(turn.id)

    turns = make()
    turns.on("message", handler)
    assert await turns.accept("Ev1", "message", "T1", "D1", {})
    assert await turns.accept("Ev2", "message", "T1", "D1", {})
    await turns.start()
    await idle(turns)
    assert seen == ["Ev1", "Ev2"]


async def test_a_finished_turn_leaves_nothing_but_its_id(make: Make, store: Store) -> None:
    async def handler(turn: Turn) -> None:
        await turn.step("a", value("secret"))

    turns = make()
    turns.on("message", handler)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {"text": "secret"})
    await idle(turns)
    rows = await store.database.rows(schema.turns.select())
    assert await store.database.rows(schema.steps.select()) == []
    assert "secret" not in str(rows)
    assert [(row.id, row.state) for row in rows] == [("Ev1", "done")]


async def test_a_timer_becomes_a_turn_once_in_the_fleet_when_its_time_has_come(make: Make, clock: Clock) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []

    async def handler(turn: Turn) -> None:
        seen.append((turn.id, turn.payload))

    executors = [make("a"), make("b")]
    for turns in executors:
        turns.on("remind", handler)
        await turns.start()
    soon, late = NOON + timedelta(minutes=10), NOON + timedelta(hours=1)
    await executors[0].later(Timer("remind/1", "remind", "T1", "D1", soon, {"n": 1}))
    await executors[0].later(Timer("remind/2", "remind", "T1", "D1", soon))
    await executors[0].later(Timer("remind/2", "remind", "T1", "D1", late))
    await executors[0].later(Timer("remind/3", "remind", "T1", "D1", soon))
    assert await executors[1].never("remind/3")
    await asyncio.sleep(0.3)
    assert executors[0].in_flight() == 0
    assert seen == []
    clock.advance(timedelta(minutes=10))
    await asyncio.sleep(0.4)
    await idle(executors[0])
    assert seen == [("remind/1", {"n": 1})]


async def test_a_turn_goes_on_when_every_connection_to_the_database_is_cut(
    make: Make, store: Store, request: pytest.FixtureRequest
) -> None:
    if store.database.file is not None:
        pytest.skip("SQLite has no connections that could be cut")
    runs: list[str] = []
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    async def book() -> str:
        runs.append("book")
        with sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(cut)
        return "bk1"

    async def handler(turn: Turn) -> None:
        runs.append(await turn.step("book", book))

    server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    turns = make()
    turns.on("message", handler)
    await turns.start()
    await turns.accept("Ev1", "message", "T1", "D1", {})
    await idle(turns)
    assert runs == ["book", "bk1"]


async def test_a_lease_has_one_holder_until_it_is_given_back_or_over(store: Store) -> None:
    async with store.leases.hold("refresh/U1", 60) as first, store.leases.hold("refresh/U1", 60) as second:
        assert (first, second) == (True, False)
    async with store.leases.hold("refresh/U1", -1) as third, store.leases.hold("refresh/U1", 60) as fourth:
        assert (third, fourth) == (True, True)
