"""Turns survive the death of the process at any transaction: nothing lost, nothing doubled, order kept."""

import multiprocessing
import random
import signal
import time
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.store.worker import Orders, lines, work

EVENTS = (("Ev1", "D1"), ("Ev2", "D1"), ("Ev3", "D2"))
TRANSACTIONS = 13
"""How many write transactions a worker needs for EVENTS: join, three accepts, three of each turn."""

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.store.worker"])


def start(orders: Orders) -> BaseProcess:
    process = processes.Process(target=work, args=(orders,), daemon=True)
    process.start()
    return process


def run(orders: Orders) -> int | None:
    """Let a worker run to its end, natural or not; gives the exit code (negative: the signal)."""
    process = start(orders)
    process.join(30)
    assert process.exitcode is not None, "the worker hangs"
    return process.exitcode


def unacknowledged(journal: str, events: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The events that Slack would send again, since nobody acknowledged them."""
    acknowledged = {line.split()[1] for line in lines(journal) if line.startswith(("ack", "again"))}
    return tuple(event for event in events if event[0] not in acknowledged)


def effects(journal: str) -> Counter[str]:
    return Counter(line for line in lines(journal) if line.startswith(("book", "post")))


def exactly_once(events: tuple[tuple[str, str], ...]) -> Counter[str]:
    return Counter(f"{what} {conversation} {id}" for id, conversation in events for what in ("book", "post"))


def order(journal: str, conversation: str) -> list[str]:
    return [line.split()[2] for line in lines(journal) if line.startswith(f"post {conversation} ")]


@pytest.mark.parametrize("inside", [True, False], ids=["before the commit", "after the commit"])
def test_a_death_at_any_transaction_neither_loses_nor_doubles(url: str, tmp_path: Path, inside: bool) -> None:
    deaths = 0
    for number in range(TRANSACTIONS):
        journal = str(tmp_path / f"journal-{number}")
        events = tuple((f"{id}-{number}", conversation) for id, conversation in EVENTS)
        code = run(Orders(url, journal, events, die=number, inside=inside, ask_first=True))
        deaths += code == -signal.SIGKILL
        assert run(Orders(url, journal, unacknowledged(journal, events), ask_first=True)) == 0
        assert effects(journal) == exactly_once(events), f"killed at transaction {number}"
        assert order(journal, "D1") == [events[0][0], events[1][0]]
    assert deaths == TRANSACTIONS


def test_a_living_replica_of_another_version_finishes_a_dead_ones_turns(url: str, tmp_path: Path) -> None:
    for number in (2, 5, 7):
        journal = str(tmp_path / f"journal-{number}")
        events = tuple((f"{id}-{number}", conversation) for id, conversation in EVENTS)
        assert run(Orders(url, journal, events, executor=f"dead-{number}", die=number)) == -signal.SIGKILL
        rest = unacknowledged(journal, events)
        assert run(Orders(url, journal, rest, executor="living", version="2", ask_first=True)) == 0
        assert effects(journal) == exactly_once(events)


def test_two_processes_that_get_every_event_work_each_off_once_and_in_order(url: str, tmp_path: Path) -> None:
    journal = str(tmp_path / "journal")
    events = tuple((f"Ev{n}", f"D{n % 4}") for n in range(40))
    pair = [start(Orders(url, journal, events, executor=name)) for name in ("a", "b")]
    for process in pair:
        process.join(30)
    assert [process.exitcode for process in pair] == [0, 0]
    assert effects(journal) == exactly_once(events)
    answers = Counter(line.split()[0] for line in lines(journal))
    assert (answers["ack"], answers["again"]) == (40, 40)


def test_replicas_that_die_all_the_time_still_do_everything_once(url: str, tmp_path: Path) -> None:
    # Each death is followed by a life of the same name, so nobody is buried here: a process that a busy machine merely
    # holds up for a second would be taken for dead and could act once more.
    journal = str(tmp_path / "journal")
    events = tuple((f"Ev{n}", f"D{n % 7}") for n in range(60))
    deaths, began = 0, time.monotonic()
    pending = events
    while pending and time.monotonic() - began < 4:
        half = random.sample(pending, k=min(20, len(pending)))
        half.sort(key=events.index)
        pair = [
            start(Orders(url, journal, tuple(half), executor=name, ask_first=True, dice=0.03, until=2, lapse=9))
            for name in ("a", "b")
        ]
        for process in pair:
            process.join(10)
            deaths += process.exitcode == -signal.SIGKILL
        pending = unacknowledged(journal, events)
    last = [start(Orders(url, journal, pending, executor=name, ask_first=True, lapse=9)) for name in ("a", "b")]
    for process in last:
        process.join(30)
    assert [process.exitcode for process in last] == [0, 0]
    assert deaths >= 3, "nobody died, so nothing was shown"
    assert effects(journal) == exactly_once(events)
