"""Free times from Cal.com, and why an asked time is none of them.

Slots carry no reason, so it is worked out from what may be known: the event type's rules, a linked host's working
hours, and bookings that the workspace's key may see. Whose meeting is in the way is never told.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta

from bot.calcom import (
    ByTeam,
    ByType,
    ByUser,
    CalCom,
    CalComError,
    EventType,
    Schedule,
    SchedulingType,
    SlotQuery,
    SlotTarget,
    Weekday,
    WindowKind,
)
from bot.scheduling.apart import Working, never
from bot.scheduling.asker import Asker
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import SlotOption
from bot.scheduling.draft import Host, Span
from bot.scheduling.timing import HORIZON, Clock, whole_day
from bot.scheduling.wording import clock, day, local, minutes_text, place_of, possessive, wall_clock
from bot.store import Store


def target_of(event_type: EventType, host: Host | None) -> SlotTarget:
    """The event type as slots and bookings name it: by slug for a known host, else by id."""
    if host and host.team_slug:
        return ByTeam(event_type.slug, host.team_slug, host.organization)
    if host and host.username:
        return ByUser(event_type.slug, host.username, host.organization)
    return ByType(event_type.id)


class Times:
    """Looks up free times."""

    def __init__(self, calcom: CalCom, store: Store, bookings: Bookings, now: Clock) -> None:
        self._calcom = calcom
        self._store = store
        self._bookings = bookings
        self._now = now

    async def free(
        self, event_type: EventType, span: Span, asker: Asker, minutes: int, moving_uid: str | None = None
    ) -> list[SlotOption]:
        """The free starts in a stretch, ascending."""
        query = SlotQuery(
            ByType(event_type.id),
            span.start,
            span.end if span.end > span.start else span.start + timedelta(minutes=1),
            zone=asker.zone,
            duration_minutes=minutes if event_type.lengths else None,
            moving_uid=moving_uid,
        )
        days = await self._calcom.acting(None).slots(query)
        length = timedelta(minutes=minutes)
        return [
            SlotOption(f"{slot.start:%Y%m%dT%H%M}", slot.start, slot.start + length, slot.seats_left)
            for slot in days
            if slot.start > self._now()
        ]

    async def around(
        self,
        event_type: EventType,
        spans: Sequence[Span],
        asker: Asker,
        minutes: int,
        moving_uid: str | None = None,
    ) -> list[SlotOption]:
        """The free starts of every local day that a span touches, in one look-up when they lie close together."""
        first = min(whole_day(s.start, asker.zone).start for s in spans)
        last = max(whole_day(max(s.start, s.end - timedelta(seconds=1)), asker.zone).end for s in spans)
        wide = Span(max(first, self._now()), min(last, first + timedelta(days=62)))
        if wide.start >= wide.end:
            return []
        return await self.free(event_type, wide, asker, minutes, moving_uid)

    async def next_free(
        self, event_type: EventType, after: datetime, asker: Asker, minutes: int, moving_uid: str | None = None
    ) -> list[SlotOption]:
        """The free starts in the two weeks after a moment."""
        start = max(after, self._now())
        return await self.free(event_type, Span(start, start + HORIZON), asker, minutes, moving_uid)

    async def why_not(
        self,
        event_type: EventType,
        host: Host,
        start: datetime,
        minutes: int,
        asker: Asker,
        free: Sequence[SlotOption],
        moving_uid: str = "",
    ) -> str:
        """A sentence saying why `start` cannot be booked. `free` are that day's starts."""
        asked = clock(start, asker.zone, asker.locale)
        named = f"{day(start, asker.zone)} {asked}"
        if sentence := self._rule_against(event_type, host, start, named):
            return sentence
        there = ""
        if host.zone and host.zone != asker.zone:
            there = f" ({clock(start, host.zone, asker.locale)} in {place_of(host.zone)})"
        end = start + timedelta(minutes=minutes)
        schedule = await self.schedule(host, event_type, asker.workspace)
        if schedule and not works(schedule, start, end):
            hours = working_hours(schedule, start, asker.locale)
            return f"{named}{there} is outside {possessive(host.name)} working hours{hours}."
        before = timedelta(minutes=event_type.before_buffer_minutes)
        after = timedelta(minutes=event_type.after_buffer_minutes)
        emails = {e.casefold() for e in (host.email,) if e}
        if await self._bookings.host_is_busy(emails, start - before, end + after, but=moving_uid):
            return f"{named} is taken."
        step = timedelta(minutes=event_type.slot_interval_minutes or minutes)
        if off_grid := _off_grid(start, free, step, asked, asker):
            return off_grid
        if event_type.scheduling_type is SchedulingType.COLLECTIVE:
            return f"{named} is not available: everybody of {host.name} has to be free at once."
        return f"{host.name} is not available at {named}{there}."

    def _rule_against(self, event_type: EventType, host: Host, start: datetime, named: str) -> str:
        now = self._now()
        if start <= now:
            return f"{named} is already past."
        notice = event_type.minimum_notice_minutes
        if start < now + timedelta(minutes=notice):
            return f"{named} is too soon: {host.name} needs {minutes_text(notice)} notice."
        window = event_type.booking_window
        zone = host.zone or "UTC"
        if window is None:
            return ""
        date = local(start, zone).date()
        if window.kind is WindowKind.RANGE and window.first and window.last and not window.first <= date <= window.last:
            return f"{named} is outside the days this can be booked on ({window.first} to {window.last})."
        ahead = (date - local(now, zone).date()).days
        if window.kind is WindowKind.CALENDAR_DAYS and window.days and not window.rolling and ahead > window.days:
            return f"{named} is too far ahead: this can be booked at most {window.days} days before."
        return ""

    async def schedule(self, host: Host, event_type: EventType, workspace: str) -> Schedule | None:
        """The working hours behind the event type, if its host has linked an account."""
        link = await self._store.links.by_username(workspace, host.username) if host.username else None
        credential = await self._bookings.accounts.credential(link)
        if credential is None:
            return None
        session = self._calcom.acting(credential)
        try:
            if event_type.schedule_id is not None:
                return await session.schedule(event_type.schedule_id)
            return await session.default_schedule()
        except CalComError:
            return None

    async def never(self, event_type: EventType, hosts: Sequence[Host], asker: Asker, minutes: int) -> str:
        """Whose working hours never meet, of several hosts or of a team that has to be there as a whole."""
        if event_type.scheduling_type is SchedulingType.COLLECTIVE:
            hosts = [Host(h.name or h.username or "?", h.username) for h in event_type.hosts if h.username]
        working = []
        for host in hosts if len(hosts) > 1 else ():
            link = await self._store.links.by_username(asker.workspace, host.username) if host.username else None
            credential = await self._bookings.accounts.credential(link)
            with suppress(CalComError):
                usual = await self._calcom.acting(credential).default_schedule() if credential else None
                working += [Working(host.name, usual)] if usual else []
        return never(working, self._now(), minutes, asker.locale) if len(working) > 1 else ""

    async def why_nothing(self, event_type: EventType, host: Host, spans: Sequence[Span], asker: Asker) -> str:
        """A sentence saying that nothing is free in the stretches, with the reason where one is known."""
        first, last = spans[0], spans[-1]
        stretch = stretch_text(first, last, asker)
        probe = max(first.start, self._now() + timedelta(minutes=1))
        if last.end <= self._now() + timedelta(minutes=event_type.minimum_notice_minutes):
            notice = minutes_text(event_type.minimum_notice_minutes)
            return f"Nothing can be booked {stretch} any more: {host.name} needs {notice} notice."
        sentence = self._rule_against(event_type, host, probe, f"The time {stretch}")
        if sentence and "too soon" not in sentence:
            return sentence
        schedule = await self.schedule(host, event_type, asker.workspace)
        if schedule and not any(_overlaps(schedule, span) for span in spans):
            return f"{host.name} has no working hours {stretch}."
        if event_type.scheduling_type is SchedulingType.COLLECTIVE:
            return f"There is no time {stretch} at which everybody of {host.name} is free."
        return f"Nothing is free with {host.name} {stretch}."


def stretch_text(first: Span, last: Span, asker: Asker) -> str:
    """A stretch in the asker's words: "on Tue 24 Nov", "on Tue 24 Nov between 12:00 PM and 5:00 PM"."""
    zone = asker.zone
    final = max(first.start, last.end - timedelta(seconds=1))
    if local(first.start, zone).date() != local(final, zone).date():
        return f"between {day(first.start, zone)} and {day(final, zone)}"
    whole = whole_day(first.start, zone)
    if last.end - first.start <= timedelta(minutes=1):
        return f"on {day(first.start, zone)} at {clock(first.start, zone, asker.locale)}"
    if last.end >= whole.end and local(first.start, zone).hour < 6:
        return f"on {day(first.start, zone)}"
    start, end = clock(first.start, zone, asker.locale), clock(last.end, zone, asker.locale)
    if last.end >= whole.end:
        return f"on {day(first.start, zone)} from {start} on"
    return f"on {day(first.start, zone)} between {start} and {end}"


def _overlaps(schedule: Schedule, span: Span) -> bool:
    """Whether some working hour lies in the stretch, looked at in steps of a quarter of an hour."""
    moment, step = span.start, timedelta(minutes=15)
    stop = min(span.end, span.start + timedelta(days=31))
    while moment < stop:
        if works(schedule, moment, moment + step):
            return True
        moment += step
    return False


def hours_on(schedule: Schedule, moment: datetime) -> list[tuple[time, time]]:
    """The working hours of the local date of `moment`, overrides first."""
    date = local(moment, schedule.zone).date()
    exceptions = [(o.start, o.end) for o in schedule.overrides if o.date == date]
    if exceptions:
        return sorted((start, end) for start, end in exceptions if start != end)
    weekday = Weekday.at(date.weekday())
    return sorted((a.start, a.end) for a in schedule.availability if weekday in a.days)


def works(schedule: Schedule, start: datetime, end: datetime) -> bool:
    """Whether [start, end) lies within working hours (a midnight end reads as the day's end)."""
    there, until = local(start, schedule.zone), local(end, schedule.zone)
    same_day = there.date() == until.date()
    last = until.time() if same_day else time(23, 59)
    return any(first <= there.time() and last <= stop for first, stop in hours_on(schedule, start))


def working_hours(schedule: Schedule, moment: datetime, locale: str) -> str:
    """The hours of that day in words, in brackets; empty on a day off."""
    hours = hours_on(schedule, moment)
    if not hours:
        return " (a day off)"
    spans = ", ".join(f"{wall_clock(start, locale)}–{wall_clock(end, locale)}" for start, end in hours)
    return f" ({spans} in {place_of(schedule.zone)})"


def _off_grid(start: datetime, free: Sequence[SlotOption], step: timedelta, asked: str, asker: Asker) -> str:
    """When free starts lie a step apart on both sides, only the minute is wrong."""
    before = [o.start for o in free if o.start < start]
    after = [o.start for o in free if o.start > start]
    if before and after and after[0] - before[-1] <= step:
        left, right = (clock(t, asker.zone, asker.locale) for t in (before[-1], after[0]))
        return f"{asked} is not available as a start; the nearest are {left} and {right}."
    return ""
