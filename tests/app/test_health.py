"""What a supervisor and a load balancer hear: alive, ready, and why not."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot import health
from bot.clock import system_now
from bot.store import Store, Turn, Turns, Unreachable


class Patient:
    """A bot whose vital signs can be set."""

    def __init__(self, store: Store, turns: Turns) -> None:
        self.store, self.turns = store, turns
        self.closing = False
        self.age = 0.0
        self.socket: bool | None = None
        self.event: float | None = None

    def oldest(self) -> float:
        return self.age

    def heard(self) -> float | None:
        return self.event

    async def connected(self) -> bool | None:
        return self.socket


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Patient]:
    store = await Store.open(f"sqlite:///{tmp_path}/slotwise.db", clock=system_now)
    turns = Turns(store, executor_id="a", version="1", clock=system_now, heartbeat=0.05)
    await turns.start()
    yield Patient(store, turns)
    await turns.stop(1)
    await store.close()


async def ask(patient: Patient, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=health.routes(patient)))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as http:
        return await http.get(path)


async def test_a_bot_at_work_is_alive_and_ready(patient: Patient) -> None:
    patient.socket, patient.event = True, 12.3
    await asyncio.sleep(0.2)
    alive, ready = await ask(patient, "/healthz"), await ask(patient, "/readyz")
    assert (alive.status_code, ready.status_code) == (200, 200)
    assert alive.json()["pulse_seconds"] < 5
    assert ready.json() == {"ready": True, "in_flight": 0, "last_event_seconds": 12.3, "socket_mode": "connected"}


async def test_a_stuck_turn_asks_for_a_new_start(patient: Patient) -> None:
    patient.age = health.STUCK_SECONDS + 1
    answer = await ask(patient, "/healthz")
    assert (answer.status_code, answer.json()["because"]) == (503, "a turn is stuck")


async def test_turns_that_nobody_looks_after_ask_for_a_new_start(patient: Patient) -> None:
    await patient.turns.stop(0)
    patient.turns.pulsed = time.monotonic() - health.SILENT_SECONDS - 1
    answer = await ask(patient, "/healthz")
    assert (answer.status_code, answer.json()["because"]) == (503, "the look after the turns is stuck")


async def test_without_socket_mode_no_work_comes(patient: Patient) -> None:
    patient.socket = False
    answer = await ask(patient, "/readyz")
    assert (answer.status_code, answer.json()["because"]) == (503, "Socket Mode is not connected")
    assert (await ask(patient, "/healthz")).status_code == 200, "a new start would not help"


async def test_a_bot_that_shuts_down_takes_no_more(patient: Patient) -> None:
    patient.closing = True
    assert (await ask(patient, "/readyz")).status_code == 503


async def test_a_database_out_of_reach_is_no_reason_to_start_anew(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object, **__: object) -> None:
        raise Unreachable("gone")

    monkeypatch.setattr(patient.store.database, "once", lost)
    answer = await ask(patient, "/readyz")
    assert (answer.status_code, answer.json()["because"]) == (503, "database: Unreachable")
    assert (await ask(patient, "/healthz")).status_code == 200


async def test_the_age_of_the_oldest_turn_is_known(patient: Patient) -> None:
    from prometheus_client import CollectorRegistry

    from bot.watching import Watch

    watch = Watch(CollectorRegistry())
    assert watch.oldest() == 0.0
    seen: list[float] = []

    async def handler(turn: Turn) -> None:
        with watch.turn(turn):
            await asyncio.sleep(0.05)
            seen.append(watch.oldest())

    patient.turns.on("message", handler)
    await patient.turns.accept("Ev1", "message", "T1", "D1", {})
    await patient.turns.idle()
    assert 0.04 < seen[0] < 5
    assert watch.oldest() == 0.0
