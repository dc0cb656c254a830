"""People with errands: they book, move, cancel, accept and decline, click twice, and try again like people would."""

import asyncio
import random
import re
from collections.abc import Iterator
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
PLACES = ("@slotwise", "@slotwise", "#general", "@slotwise", "/slotwise")
"""Where errands are run, in turn: a DM, a thread of a channel, commands in a channel."""
COMMAND_CHANNEL = "#support"

MARKS = {
    "book": ("Book this", "Booked"),
    "move": ("Move this", "Moved"),
    "cancel": ("Cancel this", "Cancelled"),
    "accept": ("Accept this", "Accepted"),
    "decline": ("Decline this", "Declined"),
}
"""How the card that asks and the card that tells of it begin."""
_BUTTONS = re.compile(r"\[(Confirm|Cancel booking)\]")
_DAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ")
_SLACKS_OWN = "Slotwise did not respond"
"""What Slack tells a person whose click found the app down: nobody accepted it, and they click again."""
_NEWS = re.compile(r":\w+: \w+ (booked|moved|cancelled|asks for)\b")
"""How news of what others did begins."""


@dataclass
class Deed:
    """One thing to be done, and what became of it. `start` is the meeting's time once it is done."""

    verb: str
    start: datetime
    words: str
    asked: str = ""
    """The `ts` of the message that asked last; of a command, "command"."""
    answered: bool = False
    done: bool = False
    presses: int = 0
    offer: str = ""
    """The `ts` of the message whose button was pressed last."""
    heard: list[str] = field(default_factory=list)


@dataclass
class Errand:
    """What a person wants of one meeting, step by step. `guest` is who asked for it where the person is the host."""

    person: str
    place: str
    host: str
    deeds: list[Deed]
    guest: str = ""
    threads: set[str] = field(default_factory=set)
    """In a channel, where answers are looked for: others' cards there may show the same hour of another zone."""

    @property
    def channel(self) -> str:
        """Where the answers are to be seen."""
        return COMMAND_CHANNEL if self.place == "/slotwise" else self.place

    @property
    def attendee(self) -> str:
        """The address under which the booking is found in the host's calendar."""
        return f"{self.guest or self.person}@example.com"

    def __str__(self) -> str:
        steps = ", ".join(
            f"{deed.verb} {deed.start:%a %H:%M}Z{'' if deed.done else ' (no card)'}" for deed in self.deeds
        )
        return f"{self.person} with {self.guest or self.host} in {self.place}: {steps}"

    def tells(self, message: dict[str, Any], deed: Deed) -> bool:
        """Whether a message tells that the deed is done."""
        first = message["plain"].split("\n", 1)[0]
        return self._mine(message) and MARKS[deed.verb][1] in first and self._about(message, deed)

    def asks(self, message: dict[str, Any], deed: Deed) -> bool:
        """Whether a message asks for the click that does it."""
        asking = message["plain"].startswith(MARKS[deed.verb][0]) and _BUTTONS.search(message["plain"])
        return self._mine(message) and bool(asking) and self._about(message, deed)

    def heard_late(self, message: dict[str, Any], deed: Deed) -> bool:
        """Whether a message answers the deed although nobody waited for it any more."""
        if self.asks(message, deed) or self.tells(message, deed):
            return True
        later = [d.asked for d in self.deeds if d.asked > deed.asked]
        return (
            self._mine(message)
            and deed.asked < message["ts"] < min(later, default="9")
            and not message["plain"].startswith(_SLACKS_OWN)
            and not _NEWS.match(message["plain"])
        )

    def _mine(self, message: dict[str, Any]) -> bool:
        """Whether the bot answers this person there."""
        elsewhere = self.place == "#general" and not message.get("ephemeral")
        return bool(message["bot"]) and not (elsewhere and message.get("thread_ts") not in self.threads)

    def _about(self, message: dict[str, Any], deed: Deed) -> bool:
        """Names whom it is with, in a line that says when, in the person's own zone."""
        plain = message["plain"]
        named = (self.guest or self.host).capitalize() in plain
        return named and any(
            _DAY.match(line) and _tells_time(line, self.local(deed.start)) for line in plain.split("\n")
        )

    def local(self, instant: datetime) -> datetime:
        """In the person's zone."""
        return instant.astimezone(ZoneInfo(ZONES[self.person]))


def _tells_time(line: str, local: datetime) -> bool:
    """2:00 PM for some, 14:00 for others: cards follow the reader's habits."""
    time = re.search(r"(?<!\d)(\d{1,2}):(\d\d)( [AP]M)?", line)
    if time is None:
        return False
    hour = int(time[1]) if not time[3] else int(time[1]) % 12 + 12 * (time[3] == " PM")
    day, month = rf"{local.day}(st|nd|rd|th)?", f"{local:%b}"
    date = re.search(rf"\b{day} {month}|{month}[a-z]* {day}\b", line)
    return date is not None and (hour, int(time[2])) == (local.hour, local.minute)


def in_words(local: datetime) -> str:
    """A day and a time in words."""
    return f"{local:%B} {local.day} at {f'{local:%I:%M %p}'.lstrip('0').lower()}"


def errands(count: int) -> list[Errand]:
    """`count` errands for different times: most book, half of those move it, a third cancel it in the end; every
    sixth answers a request that somebody made elsewhere."""
    free = {host: _slots(host) for host in OPENS}
    requests = _hours()
    return [_answer(requests, number) if number % 6 == 5 else _meeting(free, number) for number in range(count)]


def _meeting(free: dict[str, Iterator[datetime]], number: int) -> Errand:
    host = ("bailey", "sam")[number % 2]
    person = [name for name in ZONES if name != host][number // 2 % 4]
    start = next(free[host])
    made = Errand(person, PLACES[number % len(PLACES)], host, [])
    meeting = f"my 15min with {host} on {{}}"
    named = in_words(made.local(start))
    made.deeds.append(Deed("book", start, f"book 15min with {host} on {named}"))
    if number % 4 in (1, 2):
        start = next(free[host])
        words = f"move {meeting.format(named)} to {in_words(made.local(start))}"
        made.deeds.append(Deed("move", start, words))
        named = in_words(made.local(start))
    if number % 3 == 0:
        made.deeds.append(Deed("cancel", start, f"cancel {meeting.format(named)}"))
    return made


def _answer(requests: Iterator[datetime], number: int) -> Errand:
    start, verb = next(requests), ("accept", "decline")[number // 6 % 2]
    made = Errand("sam", "@slotwise", "sam", [], guest="kenji")
    made.deeds.append(Deed(verb, start, f"{verb} my interview with kenji on {in_words(made.local(start))}"))
    return made


def _slots(host: str) -> Iterator[datetime]:
    """Times of a host's 15-minute type, in four weeks with the holidays between them. Sam keeps ten minutes free."""
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    for day in (*range(5), *range(7, 12), *range(35, 40), *range(42, 47)):
        for step in range(15):
            yield monday + timedelta(days=day, hours=OPENS[host], minutes=30 * step)


def _hours() -> Iterator[datetime]:
    """Times of Sam's interviews, in the three weeks after those."""
    monday = datetime(2026, 12, 14, tzinfo=UTC)
    for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18):
        for hour in range(8):
            yield monday + timedelta(days=day, hours=OPENS["sam"] + hour)


class Workspace:
    """The sandbox as people use it."""

    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=30)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        """POST JSON."""
        return await self._client.post(path, json=body)

    async def say(self, errand: Errand, deed: Deed) -> None:
        """Ask for it where the errand is run."""
        if errand.place == "/slotwise":
            body = {"user": errand.person, "channel": errand.channel, "command": "/slotwise", "text": deed.words}
            await self.post("/workspace/commands", **body)
            deed.asked = "command"
            return
        mention = "" if errand.place == "@slotwise" else "@slotwise "
        body = {"user": errand.person, "channel": errand.channel, "text": mention + deed.words}
        deed.asked = (await self.post("/workspace/messages", **body)).json()["ts"]
        errand.threads.add(deed.asked)

    async def press(self, errand: Errand, message: dict[str, Any], label: str) -> None:
        """Click, where the person sees it."""
        await self.post("/workspace/press", user=errand.person, channel=errand.channel, ts=message["ts"], label=label)

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

    async def request(self, guest: str, start: datetime) -> None:
        """Ask Sam for an interview on Cal.com's own page, which Sam has to approve."""
        versions = {"cal-api-version": "2024-06-14"}
        types = await self._client.get("/calcom/v2/event-types", params={"username": "sam"}, headers=versions)
        interview = next(t["id"] for t in types.json()["data"] if t["slug"] == "interview")
        phone = "+14155552671"
        body = {
            "eventTypeId": interview,
            "start": f"{start:%Y-%m-%dT%H:%M:%SZ}",
            "attendee": {
                "name": guest.capitalize(),
                "email": f"{guest}@example.com",
                "timeZone": ZONES[guest],
                "phoneNumber": phone,
            },
            "location": {"type": "attendeePhone", "phone": phone},
        }
        made = await self._client.post("/calcom/v2/bookings", json=body, headers={"cal-api-version": "2024-08-13"})
        made.raise_for_status()

    async def bookings(self) -> list[dict[str, Any]]:
        """Every booking of the hosts, of whatever status."""
        found: dict[str, dict[str, Any]] = {}
        for host in OPENS:
            for status in ("upcoming", "unconfirmed", "cancelled"):
                for skip in range(0, 1000, 250):
                    reply = await self._client.get(
                        "/calcom/v2/bookings",
                        params={"take": 250, "skip": skip, "status": status},
                        headers={"Authorization": f"Bearer cal_sandbox_{host}", "cal-api-version": "2024-08-13"},
                    )
                    reply.raise_for_status()
                    page = reply.json()["data"]
                    found |= {booking["uid"]: booking for booking in page}
                    if len(page) < 250:
                        break
        return list(found.values())

    async def close(self) -> None:
        """Go."""
        await self._client.aclose()


async def pursue(workspace: Workspace, errand: Errand, deed: Deed, patience: float) -> None:
    """See a deed through: ask, confirm, look for the card; again after an apology. Gives up after `patience` seconds
    without any progress."""
    loop = asyncio.get_running_loop()
    seen = {(m["ts"], m["plain"]) for m in await workspace.messages(errand.person, errand.channel)}
    await workspace.say(errand, deed)
    deadline, pressed, end = loop.time() + patience, 0.0, loop.time() + 3 * patience
    while loop.time() < min(deadline, end):
        await asyncio.sleep(0.3)
        messages = await workspace.messages(errand.person, errand.channel)
        fresh = [m for m in messages if m["bot"] and (m["ts"], m["plain"]) not in seen]
        if any(errand.tells(message, deed) for message in fresh):
            deed.answered = deed.done = True
            return
        offer = next((message for message in reversed(fresh) if errand.asks(message, deed)), None)
        if offer and loop.time() - pressed > patience / 10:
            deed.answered, pressed, deed.offer = True, loop.time(), offer["ts"]
            deed.presses += 1
            deadline = pressed + patience
            label = _BUTTONS.findall(offer["plain"])[0]
            clicks = 2 if random.random() < 0.3 else 1
            await asyncio.gather(*(workspace.press(errand, offer, label) for _ in range(clicks)))
            continue
        others = [m for m in fresh if not errand.asks(m, deed) and not _NEWS.match(m["plain"])]
        seen |= {(m["ts"], m["plain"]) for m in others}
        if errand.place == "/slotwise" and any(m["plain"].startswith(_SLACKS_OWN) for m in others) and not offer:
            await workspace.say(errand, deed)  # a command that found nobody is typed again
        others = [m for m in others if not m["plain"].startswith(_SLACKS_OWN)]
        if not others:
            continue
        deed.answered = True
        deed.heard += [m["plain"].split("\n")[0][:120] for m in others]
        sorry = next((m for m in reversed(others) if "[Try again]" in m["plain"]), None)
        if sorry:
            await workspace.press(errand, sorry, "Try again")
            deadline = loop.time() + patience
