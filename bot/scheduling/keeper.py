"""A person's own Cal.com account: working hours, time off, event types, private links, zone, limits.

Needs a linked account. Reading answers with notes; every change is a draft. Schedules are merged in code, so that
what was not spoken of stays as it is.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytz

from bot.calcom import (
    AwayReason,
    BookingLimits,
    EventType,
    EventTypeChange,
    OutOfOfficeChange,
    ProfileChange,
    Schedule,
    ScheduleChange,
    Session,
)
from bot.scheduling import hours
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import DraftKind, Link, Note, Outcome, Proposal, Result
from bot.scheduling.catalog import Catalog, named
from bot.scheduling.draft import Draft, Stage
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.errors import LinkFirst, Refusal
from bot.scheduling.people import People
from bot.scheduling.plan_text import days_text, schedule_text, told, types_text
from bot.scheduling.plans import (
    ChangeType,
    ComeBack,
    DropType,
    GoAway,
    MakeType,
    OnAccount,
    Plan,
    SetHours,
    SetLimits,
    SetZone,
    ShareLink,
)
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Account
from bot.scheduling.timing import Clock, understand
from bot.scheduling.wording import listed, local

_REASONS = {
    AwayReason.VACATION: r"vacation|holiday|leave|urlaub|vacances|vacaciones",
    AwayReason.TRAVEL: r"travel|trip|conference|reise",
    AwayReason.SICK: r"sick|ill|krank|malade|enferm",
    AwayReason.PUBLIC_HOLIDAY: r"public holiday|bank holiday|feiertag",
}


class Keeper:
    """Shows and changes what belongs to the asker's account."""

    def __init__(self, people: People, catalog: Catalog, bookings: Bookings, drafts: Drafts, now: Clock) -> None:
        self._people = people
        self._catalog = catalog
        self._bookings = bookings
        self._drafts = drafts
        self._now = now

    async def keep(self, scene: Scene, request: Account) -> Reply:
        """Shows, or drafts, what was asked."""
        if request.what == "event_types" and request.do == "show" and request.people:
            return await self._theirs(scene, request.people[0])
        if await self._bookings.link(scene.asker) is None:
            raise LinkFirst("That belongs to your Cal.com account, and none is connected.")
        session = await self._bookings.session(scene.asker, as_host=True)
        if request.do == "show":
            return Reply((Note(await self._shown(scene, session, request)),))
        plan = await self._plan(scene, session, request)
        held = await self._drafts.open(scene, Draft(DraftKind.SETTING, Stage.YES, plan=plan))
        return Reply((self._proposal(scene, held, plan),))

    # What is there

    async def _shown(self, scene: Scene, session: Session, request: Account) -> str:
        locale = scene.asker.locale
        match request.what:
            case "working_hours":
                return "\n\n".join([schedule_text(s, locale) for s in await session.schedules()])
            case "out_of_office":
                away = [a for a in await session.out_of_office() if a.end > self._now()]
                lines = [f"• {days_text(a.start, a.end)}{f': {a.notes}' if a.notes else ''}" for a in away]
                return "\n".join(["Your time off:", *lines]) if lines else "You have no time off entered."
            case "event_types":
                return types_text("Your event types:", await session.own_event_types())
            case "private_link":
                event_type = await self._own_type(session, request.name)
                links = [link for link in await session.private_links(event_type.id) if not link.expired]
                lines = [f"• {link.url}" for link in links]
                return "\n".join([f"Private links to “{event_type.title}”:", *lines]) if lines else "No private links."
            case "limits":
                limits = await session.booking_limits()
                return f"Bookings at most: {limits.per_day or 'any'} a day, {limits.per_week or 'any'} a week."
            case "teams":
                names = [t.name for t in await session.teams()]
                return f"Your teams: {listed(names)}." if names else "You are in no team."
            case "calendars":
                found = (await session.calendars()).connected
                lines = [f"• {c.name or c.external_id} ({c.integration})" for c in found]
                return "\n".join(["Your connected calendars:", *lines]) if lines else "No calendars are connected."
            case _:
                me = await session.me()
                return f"{me.name} <{me.email}>, username {me.username}, zone {me.zone}."

    async def _theirs(self, scene: Scene, words: str) -> Reply:
        found = await self._people.find(scene, words)
        if len(found) > 1:
            raise Refusal(f"Several people are called “{words[:60]}”: {listed([h.name for h in found], 'or')}?")
        return Reply((Note(types_text(f"What {found[0].name} offers:", await self._catalog.of(found[0]))),))

    # What shall be

    async def _plan(self, scene: Scene, session: Session, request: Account) -> OnAccount:
        match request.what:
            case "working_hours":
                return await self._hours(scene, session, request)
            case "out_of_office":
                return await self._away(scene, session, request)
            case "event_types":
                return await self._type(session, request)
            case "private_link":
                event_type = await self._own_type(session, request.name)
                return ShareLink(event_type.id, event_type.title)
            case "limits":
                number = re.search(r"\d+", request.value)
                count = int(number[0]) if number and request.do != "remove" else None
                weekly = "week" in request.value.casefold()
                now = await session.booking_limits()
                return SetLimits(now.per_day if weekly else count, count if weekly else now.per_week)
            case "profile":
                return SetZone(_zone(request.value or request.name))
            case _:
                raise Refusal("I can show that, but not change it. Cal.com's own settings can.")

    async def _hours(self, scene: Scene, session: Session, request: Account) -> SetHours:
        schedule = await self._schedule(session, request.name)
        words = " ".join(filter(None, (request.value, request.when)))
        told = hours.said(words, self._now(), schedule.zone)
        if request.do == "remove" and not told.hours:
            told = replace(told, off=True)
        if not told.hours and not told.off:
            raise Refusal("I didn't get the hours. Say, for example, “9 to 5 on weekdays” or “off next Friday”.")
        availability, overrides = hours.changed(schedule, told)
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

    async def _away(self, scene: Scene, session: Session, request: Account) -> GoAway | ComeBack:
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
        text = f"{request.value} {request.name}"
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

    async def _type(self, session: Session, request: Account) -> MakeType | ChangeType | DropType:
        if request.do == "add":
            minutes = request.minutes or 30
            title = request.name.strip() or f"{minutes} min meeting"
            slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or f"meeting-{minutes}"
            return MakeType(title, slug, minutes)
        event_type = await self._own_type(session, request.name)
        if request.do == "remove":
            return DropType(event_type.id, event_type.title)
        value = request.value.casefold()
        hidden = True if re.search(r"\bhid", value) else False if re.search(r"\b(show|unhide|visible)", value) else None
        renamed = request.value.strip() if hidden is None and not request.minutes else ""
        if hidden is None and not renamed and request.minutes is None:
            raise Refusal("What shall change: its title, its length, or whether it is hidden?")
        return ChangeType(event_type.id, event_type.title, renamed or None, request.minutes, hidden)

    async def _own_type(self, session: Session, name: str) -> EventType:
        types = await session.own_event_types()
        fitting = named(types, name) if name.strip() else []
        if len(fitting) != 1:
            raise Refusal(f"Which event type: {listed([t.title for t in fitting or types], 'or')}?")
        return fitting[0]

    def again(self, scene: Scene, held: Held) -> Reply:
        """The card of an open draft once more."""
        if held.draft.plan is None:
            raise Refusal("I lost track of what that was about. Please ask again.")
        return Reply((self._proposal(scene, held, held.draft.plan),))

    def _proposal(self, scene: Scene, held: Held, plan: Plan) -> Proposal:
        words = told(plan, scene.asker.locale)
        return Proposal(
            ref=held.ref,
            kind=DraftKind.SETTING,
            title=words.title,
            parties=(),
            zone=scene.asker.zone,
            confirm="Confirm",
            facts=tuple(words.facts),
            lead=words.question,
            warnings=(words.warning,) if words.warning else (),
        )

    # Doing it

    async def carry_out(self, scene: Scene, held: Held, look: bool) -> Outcome | None:
        """Does what the draft plans, unless it is done already; with `look` only finds out (None: not done)."""
        plan = held.draft.plan
        if plan is None:
            raise Refusal("I lost track of what that was about. Please ask again.")
        session = await self._bookings.session(scene.asker, as_host=True)
        done = held.draft.unsure and await self._is_so(session, plan)
        if look and not done:
            return None
        links = () if done else await self._do(session, plan)
        words = told(plan, scene.asker.locale)
        return Outcome(
            ref=held.ref,
            result=Result.CHANGED,
            title=words.title,
            parties=(),
            zone=scene.asker.zone,
            facts=tuple(words.facts),
            links=links,
        )

    @staticmethod
    async def _do(session: Session, plan: Plan) -> tuple[Link, ...]:
        match plan:
            case SetHours():
                change = ScheduleChange(availability=plan.availability, overrides=plan.overrides)
                await session.update_schedule(plan.schedule_id, change)
            case GoAway():
                start = datetime.combine(plan.first, time(0), UTC)
                end = datetime.combine(plan.last, time(23, 59, 59), UTC)
                away = OutOfOfficeChange(start, end, plan.notes or None, plan.cover_id, AwayReason(plan.reason))
                await session.create_out_of_office(away)
            case ComeBack():
                await session.delete_out_of_office(plan.id)
            case MakeType():
                new = EventTypeChange(title=plan.title, slug=plan.slug, length_minutes=plan.minutes)
                made = await session.create_event_type(new)
                return (Link("Booking page", made.booking_url),) if made.booking_url else ()
            case ChangeType():
                change_type = EventTypeChange(title=plan.title, length_minutes=plan.minutes, hidden=plan.hidden)
                await session.update_event_type(plan.id, change_type)
            case DropType():
                await session.delete_event_type(plan.id)
            case ShareLink():
                link = await session.create_private_link(plan.id, max_uses=plan.uses)
                return (Link("Private link", link.url),)
            case SetZone():
                await session.update_me(ProfileChange(zone=plan.zone))
            case SetLimits():
                await session.set_booking_limits(BookingLimits(per_day=plan.per_day, per_week=plan.per_week))
        return ()

    @staticmethod
    async def _is_so(session: Session, plan: Plan) -> bool:
        """Whether an earlier try did it. What sets a value is simply done again."""
        match plan:
            case GoAway():
                return any(
                    (a.start.date(), a.end.date()) == (plan.first, plan.last) for a in await session.out_of_office()
                )
            case ComeBack():
                return all(a.id != plan.id for a in await session.out_of_office())
            case MakeType():
                return any(t.slug == plan.slug for t in await session.own_event_types())
            case DropType():
                return all(t.id != plan.id for t in await session.own_event_types())
            case _:
                return False


def _zone(words: str) -> str:
    """An IANA zone by its name or its city. Raises `Refusal`."""
    wanted = re.sub(r"[\s-]+", "_", words.strip()).casefold()
    for name in pytz.all_timezones:
        if wanted and wanted in (name.casefold(), name.rsplit("/", 1)[-1].casefold()):
            return name
    raise Refusal(f"I don't know the time zone “{words[:60]}”. A city will do, like Berlin or New York.")
