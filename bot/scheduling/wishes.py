"""What somebody wants of their own account, as a plan: words about hours, time off, event types, limits and zone.

Nothing is changed here; a plan becomes a draft, and waits for a yes.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytz

from bot.calcom import AwayReason, EventType, Schedule, Session
from bot.scheduling import hours
from bot.scheduling.asker import Scene
from bot.scheduling.catalog import Catalog, named
from bot.scheduling.errors import Refusal
from bot.scheduling.people import People
from bot.scheduling.plan_text import days_text
from bot.scheduling.plans import (
    ChangeType,
    ComeBack,
    DropType,
    GoAway,
    MakeType,
    OnAccount,
    SetHours,
    SetLimits,
    SetZone,
    ShareLink,
)
from bot.scheduling.requests import Account
from bot.scheduling.timing import Clock, understand
from bot.scheduling.wording import listed, local
from bot.when import read
from bot.when.zones import place_zone

_REASONS = {
    AwayReason.PUBLIC_HOLIDAY: r"public holiday|bank holiday|feiertag|jour férié|festivo",
    AwayReason.VACATION: r"vacation|holiday|leave|pto\b|urlaub|vacances|vacaciones|ferien|ferie",
    AwayReason.TRAVEL: r"travel|trip|conference|reise|voyage|viaje",
    AwayReason.SICK: r"\bsick|\bill\b|unwell|\bflu\b|doctor|surgery|krank|malad|enferm",
}
_BUFFER = re.compile(r"\b(?:buffer|gap|padding|pause|break|breather|free)\b", re.I)
_BEFORE, _AFTER = re.compile(r"\bbefore(?:hand)?\b", re.I), re.compile(r"\b(?:after(?:wards?)?|between)\b", re.I)
_NOTICE = re.compile(r"\bnotice\b|\b(?:in advance|ahead(?: of time)?|beforehand)\b|\blead time\b", re.I)
_NONE = re.compile(r"\b(?:no|without|remove|drop|delete|lift)\b", re.I)
_ASKING = re.compile(
    r"[,;]?\s+(?:with|and|that asks|asking)\s+(?:an?\s+|the\s+)?(?:(?:extra |additional )?questions?\s+)?"
    r"(?:about|for|on|called|named|asking(?: for)?|:)\s+(?P<what>.{2,80})$",
    re.I,
)
_QUESTION = re.compile(r"\bquestions?\b|\bask", re.I)


class Wishes:
    """Makes plans of what people say about their account."""

    def __init__(self, people: People, catalog: Catalog, now: Clock) -> None:
        self._people = people
        self._catalog = catalog
        self._now = now

    async def plan(self, scene: Scene, session: Session, request: Account) -> OnAccount:
        """What shall be. Raises `Refusal` where it is unclear, impossible, or so already."""
        match request.what:
            case "working_hours":
                return await self._hours(scene, session, request)
            case "out_of_office":
                return await self._away(scene, session, request)
            case "event_types":
                return await self._type(scene, session, request)
            case "private_link":
                event_type = await self.own_type(session, request.name, request.minutes)
                return ShareLink(event_type.id, event_type.title)
            case "limits":
                number = re.search(r"\d+", request.value)
                count = int(number[0]) if number and request.do != "remove" else None
                weekly = "week" in request.value.casefold()
                now = await session.booking_limits()
                return SetLimits(now.per_day if weekly else count, count if weekly else now.per_week)
            case "profile":
                return SetZone(zone_named(request.value or request.name))
            case _:
                raise Refusal("I can show that, but not change it. Cal.com's own settings can.")

    async def _hours(self, scene: Scene, session: Session, request: Account) -> SetHours:
        schedule = await self._schedule(session, request.name)
        words = " ".join(filter(None, (request.value, request.when)))
        told = hours.said(words, self._now(), schedule.zone, removing=request.do == "remove")
        if not told.clear:
            raise Refusal("I didn't get the hours. Say, for example, “9 to 5 on weekdays” or “off next Friday”.")
        availability, overrides = hours.changed(schedule, told)
        if hours.same(schedule, availability, overrides):
            if told.joined:
                raise Refusal("There is no break in your working hours, so there is nothing to remove.")
            if (told.first or told.last) and not any(hours.of_day(schedule, day) for day in told.days or range(7)):
                raise Refusal("You have no hours on these days yet. From when to when shall they be?")
            lines = "; ".join(f"{days}: {text}" for days, text in hours.week_text(availability, scene.asker.locale))
            raise Refusal(f"Your working hours are so already: {lines}.")
        return SetHours(schedule.id, schedule.name, availability, overrides)

    async def _schedule(self, session: Session, name: str) -> Schedule:
        if name.strip():
            for schedule in await session.schedules():
                if schedule.name.casefold() == name.strip().casefold():
                    return schedule
        usual = await session.default_schedule()
        if usual is None:
            raise Refusal("You have no schedule on Cal.com yet. Make one there first.")
        return usual

    async def _away(self, scene: Scene, session: Session, request: Account) -> GoAway | ComeBack | SetHours:
        words = request.when or request.value
        if request.do == "remove":
            spans = understand(words, scene.asker, self._now()).spans if words else ()
            entries = [a for a in await session.out_of_office() if a.end > self._now()]
            fitting = [a for a in entries if not spans or (a.start < spans[-1].end and spans[0].start < a.end)]
            if len(fitting) != 1:
                shown = listed([days_text(a.start, a.end) for a in entries], "or")
                raise Refusal(f"Which time off: {shown}?" if entries else "You have no time off entered.")
            return ComeBack(fitting[0].id, days_text(fitting[0].start, fitting[0].end))
        timing = understand(words, scene.asker, self._now())
        if not timing.spans:
            raise Refusal("From when to when are you away?")
        zone = scene.asker.zone
        first = local(timing.spans[0].start, zone).date()
        last = local(timing.spans[-1].end - timedelta(seconds=1), zone).date()
        if first == last and not request.people:
            schedule = await session.default_schedule()
            gone = [(local(s.start, zone), local(s.end, zone)) for s in timing.spans if not s.exact]
            if schedule and gone and (part := hours.part_gone(schedule, first, gone)):
                note = "Cal.com's time off is whole days; this is an exception in your working hours."
                return SetHours(schedule.id, schedule.name, *part, note=note)
        text = f"{request.value} {request.name} {' '.join(scene.said[-1:])}"
        reason = next((r for r, pattern in _REASONS.items() if re.search(pattern, text, re.I)), AwayReason.UNSPECIFIED)
        cover_id: int | None = None
        cover = ""
        if request.people:
            found = await self._people.find(scene, request.people[0])
            types = await self._catalog.of(found[0])
            cover_id, cover = (types[0].owner_id if types else None), found[0].name
            if cover_id is None:
                raise Refusal(f"I can't see {cover}'s account, so they can't be entered as your cover.")
        return GoAway(first, max(first, last), reason.value, request.name, cover_id, cover)

    # Event types

    async def _type(self, scene: Scene, session: Session, request: Account) -> MakeType | ChangeType | DropType:
        if request.do == "add":
            return _new_type(request, scene.said[-1] if scene.said else "")
        event_type = await self.own_type(session, request.name, None)
        if request.do == "remove":
            return DropType(event_type.id, event_type.title)
        if (rules := self._rules(scene, request)) is not None:
            before, after, notice = rules
            return ChangeType(event_type.id, event_type.title, before=before, after=after, notice=notice)
        value = request.value.casefold()
        hidden = True if re.search(r"\bhid", value) else False if re.search(r"\b(show|unhide|visible)", value) else None
        renamed = request.value.strip() if hidden is None and not request.minutes else ""
        if hidden is None and not renamed and request.minutes is None:
            raise Refusal("What shall change: its title, its length, its buffer or notice, or whether it is hidden?")
        return ChangeType(event_type.id, event_type.title, renamed or None, request.minutes, hidden)

    def _rules(self, scene: Scene, request: Account) -> tuple[int | None, int | None, int | None] | None:
        """The minutes kept free before and after, and the notice, where they are spoken of; None where not."""
        text = request.value
        spoken = bool(_BUFFER.search(text)), bool(_NOTICE.search(text))
        if not any(spoken):
            return None
        bare = text.replace(request.name, " ") if request.name else text
        length = read(bare, self._now(), scene.asker.zone).duration
        minutes = int(length.total_seconds() // 60) if length else request.minutes
        if minutes is None and _NONE.search(text):
            minutes = 0
        if minutes is None:
            raise Refusal("How long? Say, for example, “a 10 minute buffer after my 30 min meetings”.")
        if spoken[1] and not spoken[0]:
            return None, None, minutes
        before, after = bool(_BEFORE.search(text)), bool(_AFTER.search(text))
        return minutes if before else None, minutes if after or not before else None, None

    async def own_type(self, session: Session, name: str, minutes: int | None = None) -> EventType:
        """The asker's event type of that name, or of that length. Raises `Refusal` where it could be several."""
        types = await session.own_event_types()
        fitting = named(types, name) if name.strip() else []
        length = minutes or _length(name)
        if len(fitting) != 1 and length:
            lasting = [t for t in types if length in t.durations]
            plain = [t for t in lasting if re.search(rf"\b{length} ?m", f"{t.title} {t.slug}", re.I)]
            fitting = plain if len(plain) == 1 else lasting or fitting
        if len(fitting) != 1:
            raise Refusal(f"Which event type: {listed([t.title for t in fitting or types], 'or')}?")
        return fitting[0]


def _new_type(request: Account, words: str) -> MakeType:
    minutes = request.minutes or 30
    title = request.name.strip() or f"{minutes} min meeting"
    questions: Sequence[str] = ()
    for text in (title, request.value, words):
        if (asked := _ASKING.search(text)) and _QUESTION.search(asked.group()):
            wanted = asked["what"].strip(" .,;?!\"'“”")
            questions = (wanted[:1].upper() + wanted[1:],)
            title = title[: asked.start()].strip(" ,;") if text is title else title
            break
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or f"meeting-{minutes}"
    return MakeType(title, slug, minutes, tuple(questions))


def _length(words: str) -> int | None:
    found = re.search(r"\b(\d{1,3})\s*-?\s*(?:m|min|mins|minutes?)?\b", words, re.I)
    return int(found[1]) if found else None


def zone_named(words: str) -> str:
    """An IANA zone by its name or its city. Raises `Refusal`."""
    said = words.strip(" .!?")
    bare = re.sub(r"^(?:the )?(?:time ?zone of |city of )|(?:['’]s)? (?:local )?(?:time|zone|time zone)$", "", said)
    wanted = bare.strip().casefold()
    for name in pytz.all_timezones:
        if wanted.replace(" ", "_") == name.casefold():
            return name
    if (place := place_zone(wanted)) is not None:
        return place
    raise Refusal(f"I don't know the time zone “{words[:60]}”. A city will do, like Berlin or New York.")
