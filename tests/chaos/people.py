"""People who book: each asks, confirms (sometimes twice), and tries again like a person would."""

import asyncio
import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

ZONES = {
    "ann": "America/New_York",
    "kenji": "Asia/Tokyo",
    "lena": "Europe/Berlin",
    "bailey": "America/Los_Angeles",
    "sam": "Europe/London",
}
OPENS = {"bailey": 17, "sam": 9}
"""The hour, UTC, at which each host's working day begins in winter."""


@dataclass
class Wish:
    """A meeting somebody wants, and what became of the wish."""

    person: str
    channel: str
    host: str
    start: datetime
    asked: datetime = field(default_factory=lambda: datetime.now(UTC))
    answered: bool = False
    confirmed: bool = False
    booked_card: bool = False
    refusals: list[str] = field(default_factory=list)
    presses: int = 0
    offer: str = ""
    """The `ts` of the message whose Confirm was pressed last."""

    @property
    def local(self) -> datetime:
        """The start in the asker's zone."""
        return self.start.astimezone(ZoneInfo(ZONES[self.person]))

    @property
    def clock(self) -> str:
        """The start as cards show it."""
        return f"{self.local:%I:%M %p}".lstrip("0")

    @property
    def text(self) -> str:
        """The request in words."""
        mention = "" if self.channel == "@slotwise" else "@slotwise "
        return f"{mention}book 15min with {self.host} on {self.local:%B} {self.local.day} at {self.clock.lower()}"

    def shown_in(self, message: dict[str, Any]) -> bool:
        """Whether a message is about this meeting: its line in the asker's time says the day and the time."""
        return message["bot"] and any(self._told_by(line) for line in message["plain"].splitlines())

    def _told_by(self, line: str) -> bool:
        # 2:00 PM for some, 14:00 for others: cards follow the reader's habits.
        time = re.search(r"(?<!\d)(\d{1,2}):(\d\d)( [AP]M)?", line)
        if time is None or "time)" not in line or line.startswith((":", "for ")):
            return False
        hour = int(time[1]) if not time[3] else int(time[1]) % 12 + 12 * (time[3] == " PM")
        day, month = rf"{self.local.day}(st|nd|rd|th)?", f"{self.local:%b}"
        date = re.search(rf"\b{day} {month}|{month}[a-z]* {day}\b", line)
        return date is not None and (hour, int(time[2])) == (self.local.hour, self.local.minute)


def wishes(count: int) -> list[Wish]:
    """`count` wishes for different times, in the week after next, by everybody, in DMs and in a channel."""
    made = []
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    for number in range(count):
        host = ("bailey", "sam")[number % 2]
        person = [name for name in ZONES if name != host][number // 2 % 4]
        slot = number // 2
        start = monday + timedelta(days=slot // 30 % 5, hours=OPENS[host], minutes=15 * (slot % 30))
        made.append(Wish(person, "#general" if number % 5 == 4 else "@slotwise", host, start))
    return made


_SLACKS_OWN = "Slotwise did not respond"
"""What Slack tells a person whose click found the app down: nobody accepted it, and they click again."""


class Workspace:
    """The sandbox as people use it."""

    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=30)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        """POST JSON."""
        return await self._client.post(path, json=body)

    async def faults(self) -> int:
        """How many planted faults are still to be met."""
        reply = await self._client.get("/workspace/faults")
        return len(reply.json()["faults"])

    async def messages(self, person: str, channel: str) -> list[dict[str, Any]]:
        """What the person sees."""
        reply = await self._client.get("/workspace/messages", params={"viewer": person, "channel": channel})
        reply.raise_for_status()
        found: list[dict[str, Any]] = reply.json()["messages"]
        return found

    async def bookings(self) -> list[dict[str, Any]]:
        """Every booking of the hosts that is not cancelled."""
        found: dict[str, dict[str, Any]] = {}
        for host in OPENS:
            reply = await self._client.get(
                "/calcom/v2/bookings",
                params={"take": 250, "status": "upcoming,unconfirmed,past,recurring"},
                headers={"Authorization": f"Bearer cal_sandbox_{host}", "cal-api-version": "2024-08-13"},
            )
            reply.raise_for_status()
            found |= {booking["uid"]: booking for booking in reply.json()["data"]}
        return list(found.values())

    async def close(self) -> None:
        """Go."""
        await self._client.aclose()


async def pursue(workspace: Workspace, wish: Wish, patience: float) -> None:
    """See a wish through: ask, confirm, look for the booked card; ask again after an apology. Gives up after
    `patience` seconds without any progress."""
    loop = asyncio.get_running_loop()
    seen: set[str] = {message["plain"] for message in await workspace.messages(wish.person, wish.channel)}
    await workspace.post("/workspace/messages", user=wish.person, channel=wish.channel, text=wish.text)
    deadline, pressed, end = loop.time() + patience, 0.0, loop.time() + 3 * patience
    while loop.time() < min(deadline, end):
        await asyncio.sleep(0.3)
        messages = await workspace.messages(wish.person, wish.channel)
        mine = [message for message in messages if wish.shown_in(message)]
        if any("[Reschedule]" in message["plain"] for message in mine):
            wish.answered = wish.booked_card = True
            return
        offer = next((message for message in reversed(mine) if "[Confirm]" in message["plain"]), None)
        if offer and loop.time() - pressed > 4:
            wish.answered = wish.confirmed = True
            pressed = loop.time()
            wish.presses += 1
            wish.offer = offer["ts"]
            deadline = pressed + patience
            clicks = 2 if random.random() < 0.3 else 1
            press = {"user": wish.person, "channel": wish.channel, "ts": offer["ts"], "label": "Confirm"}
            await asyncio.gather(*(workspace.post("/workspace/press", **press) for _ in range(clicks)))
            continue
        fresh = [m for m in messages if m["bot"] and m["plain"] not in seen and not m["plain"].startswith("Book this")]
        fresh = [m for m in fresh if not m["plain"].startswith(_SLACKS_OWN)]
        seen |= {message["plain"] for message in fresh}
        sorry = next((m for m in reversed(fresh) if "[Try again]" in m["plain"]), None)
        if sorry:
            wish.answered = True
            wish.refusals.append(sorry["plain"].split("\n")[0][:120])
            press = {"user": wish.person, "channel": wish.channel, "ts": sorry["ts"], "label": "Try again"}
            await workspace.post("/workspace/press", **press)
            pressed, deadline = loop.time(), loop.time() + patience
        elif fresh:
            wish.answered = True
            wish.refusals.append(fresh[-1]["plain"].split("\n")[0][:120])
