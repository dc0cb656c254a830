"""What the asker has: lists of bookings, and whether they are free."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calcom import BookingStatus, Bucket, BusyTime, CalComError
from bot.scheduling.asker import Asker, Scene
from bot.scheduling.bookings import Bookings, Seen, matching
from bot.scheduling.cards import Agenda
from bot.scheduling.catalog import Catalog
from bot.scheduling.draft import Host, Listed, Listing, Span
from bot.scheduling.drafts import Drafts
from bot.scheduling.errors import LinkFirst
from bot.scheduling.present import line
from bot.scheduling.reply import Reply
from bot.scheduling.requests import FindTimes, ShowBookings
from bot.scheduling.times import stretch_text
from bot.scheduling.timing import Clock, Timing, time_words, understand, whole_day
from bot.scheduling.wording import DAY, clock, day, listed, local, place_of

SHOWN = 10

_BUCKETS = {
    "upcoming": (Bucket.UPCOMING, Bucket.RECURRING, Bucket.UNCONFIRMED),
    "past": (Bucket.PAST,),
    "requests": (Bucket.UNCONFIRMED,),
    "cancelled": (Bucket.CANCELLED,),
    "recurring": (Bucket.RECURRING,),
}
_OWN_OF_TEAM = "Of a team I show the meetings you take part in; those of its other members are theirs to see."
_WHEN_FREE = re.compile(r"^\W*(?:and )?(?:when|what times?|which times?|at what times?) ", re.I)
"""A question for the free times themselves, not whether one is free."""
_NAMES = {"past": "past meetings", "requests": "requests", "cancelled": "cancelled meetings", "recurring": "series"}


class Lister:
    """Shows bookings."""

    def __init__(self, bookings: Bookings, drafts: Drafts, now: Clock, catalog: Catalog | None = None) -> None:
        self._bookings = bookings
        self._drafts = drafts
        self._now = now
        self._catalog = catalog

    async def show(self, scene: Scene, request: ShowBookings) -> Reply:
        """The bookings asked for, oldest first."""
        await self._require_sight(scene.asker)
        now = self._now()
        status = request.status or "upcoming"
        first, last, timing = self._stretch(scene.asker, request.when, status)
        if request.status is None and last <= now:
            status = "past"
        buckets = _BUCKETS[status]
        if request.when and status == "upcoming" and first < now:
            buckets = (*buckets, Bucket.PAST)
        emails = await self._bookings.emails(scene.asker)
        seen = await self._bookings.mine(scene.asker, after=first, before=last, buckets=buckets)
        seen = tuple(s for s in seen if _within(s, first, last, timing))
        team, request = await self._of_team(scene, request)
        if team:
            types = {t.id for t in await self._catalog.of_team(team)} if self._catalog else set()
            seen = tuple(s for s in seen if s.booking.event_type_id in types)
            timing = replace(timing, understood=(*timing.understood, _OWN_OF_TEAM))
        for words in (*request.people, request.meeting):
            if words.strip():
                seen = matching(seen, words, emails)
        if status == "upcoming":
            seen = tuple(s for s in seen if s.booking.live)
        seen = tuple(s for s in seen if not s.booking.rescheduled_to)
        if request.status == "past" and not request.when:
            seen = seen[-5:]
        if not seen and request.status is None and not request.when and (request.people or request.meeting.strip()):
            # Who asks for all meetings with somebody hears of the past ones where no other is ahead.
            before = await self.show(scene, request.model_copy(update={"status": "past"}))
            earlier = before.cards[0]
            if isinstance(earlier, Agenda) and earlier.lines:
                return Reply((replace(earlier, heading=f"Nothing is ahead. {earlier.heading}"),))
        heading = self._heading(scene.asker, request, status, timing, bool(seen), team.name if team else "")
        return Reply((await self._agenda(scene, seen, heading, timing.understood),))

    async def free(self, scene: Scene, request: FindTimes) -> Reply:
        """Whether the asker is free: what stands in the way, by their own bookings."""
        await self._require_sight(scene.asker)
        first, last, timing = self._stretch(scene.asker, request.when)
        exact = next((s for s in timing.spans if s.exact), None)
        if exact:
            minutes = request.minutes or timing.minutes or 30
            first, last = exact.start, exact.start + timedelta(minutes=minutes)
        seen = await self._bookings.mine(scene.asker, after=first, before=last)
        seen = tuple(s for s in seen if s.booking.live and _within(s, first, last, timing))
        if exact:
            span = (
                f"on {day(exact.start, scene.asker.zone)} at {clock(exact.start, scene.asker.zone, scene.asker.locale)}"
            )
        else:
            span = stretch_text(Span(first, last), Span(first, last), scene.asker)
        zone = place_of(scene.asker.zone)
        taken = [s for s in seen if s.booking.status is BookingStatus.ACCEPTED]
        busy = [] if taken else await self._busy(scene.asker, first, last)
        if busy:
            times = listed([f"{clock(b.start, scene.asker.zone)}–{clock(b.end, scene.asker.zone)}" for b in busy[:5]])
            heading = f"Your calendar is busy {span} ({zone} time): {times}"
            return Reply((await self._agenda(scene, seen, heading, timing.understood),))
        state = f"You are free {span}" if not taken else f"You have something {span}"
        if taken and not exact and scene.said and _WHEN_FREE.search(scene.said[-1]):
            state = _gaps(scene.asker, taken, max(first, self._now()), last) or state
        heading = f"{state} ({zone} time){':' if seen else '.'}"
        return Reply((await self._agenda(scene, seen, heading, timing.understood),))

    async def _of_team(self, scene: Scene, request: ShowBookings) -> tuple[Host | None, ShowBookings]:
        """The team whose meetings are asked for, and the request without its name."""
        said = scene.said[-1] if scene.said else ""
        for team in await self._catalog.teams() if self._catalog else ():
            alike = rf"(?:the )?{re.escape(team.name)}(?:['’]s)?(?: team)?(?:['’]s)?"
            named = [p for p in request.people if re.fullmatch(alike, p.lstrip("@"), re.I)]
            if named or re.search(rf"\b{re.escape(team.name)} team\b|\bteam {re.escape(team.name)}\b", said, re.I):
                people = [p for p in request.people if p not in named]
                host = Host(team.name, team_slug=team.slug, team_id=team.id)
                meeting = "" if re.fullmatch(alike, request.meeting.strip(), re.I) else request.meeting
                return host, request.model_copy(update={"people": people, "meeting": meeting})
        return None, request

    async def _busy(self, asker: Asker, first: datetime, last: datetime) -> list[BusyTime]:
        """When the connected calendars of a linked account are busy in [first, last)."""
        if await self._bookings.link(asker) is None:
            return []
        session = await self._bookings.session(asker, as_host=True)
        try:
            checked = (await session.calendars()).checked
            days = (local(first, asker.zone).date(), local(last, asker.zone).date())
            found = await session.busy_times(checked, *days, asker.zone)
        except CalComError:
            return []
        return [b for b in found if b.start < last and b.end > first]

    async def home(self, scene: Scene) -> Reply:
        """The next two weeks, for the Home tab."""
        if not await self._bookings.emails(scene.asker):
            return Reply((await self._agenda(scene, (), "Your Slack profile shows me no e-mail address", ()),))
        now = self._now()
        seen = await self._bookings.mine(scene.asker, after=now, before=now + 14 * DAY)
        seen = tuple(s for s in seen if s.booking.live)
        heading = "Your next two weeks" if seen else "Nothing booked in the next two weeks"
        return Reply((await self._agenda(scene, seen, heading, ()),))

    def _stretch(self, asker: Asker, words: str, status: str = "upcoming") -> tuple[datetime, datetime, Timing]:
        """From when to when to look; the words may name days that are over."""
        now, past = self._now(), status == "past"
        if not words.strip():
            first = now - 365 * DAY if past else now - 30 * DAY if status == "cancelled" else now
            return first, now if past else now + 30 * DAY, Timing()
        reading = time_words(words, asker, now)
        dated = [m for m in reading.mentions if m.start or m.end]
        starts = [m.start for m in dated if m.start]
        ends = [m.end or (m.start + timedelta(minutes=1) if m.start else None) for m in dated]
        if dated and (starts or ends):
            first = min(starts, default=now if not past else now - 365 * DAY)
            last = max((e for e in ends if e), default=first + 14 * DAY)
            if not any(m.end for m in dated) and dated[0].kind.value == "open":
                last = first + 30 * DAY
            timing = understand(words, asker, now) if last > now else Timing()
            return first, last, timing
        timing = understand(words, asker, now)
        if not timing.spans:
            return now, now + 30 * DAY, timing
        return timing.spans[0].start, max(s.end for s in timing.spans), timing

    def _heading(
        self, asker: Asker, request: ShowBookings, status: str, timing: Timing, any_there: bool, team: str
    ) -> str:
        people = [p.lstrip("@") for p in request.people]
        whom = f" with {listed([p[:1].upper() + p[1:] if '@' not in p else p for p in people])}" if people else ""
        name = _NAMES.get(status, "meetings") + (f" with the team {team}" if team else "")
        span = ""
        if request.when:
            first, last, _ = self._stretch(asker, request.when, status)
            span = " " + stretch_text(Span(first, last), Span(first, last), asker)
        if any_there:
            if status == "past" and not request.when:
                return f"Your last meetings{whom}"
            return f"Your {name}{whom}{span or ' in the next weeks' * (status == 'upcoming')}"
        return f"You have no {name}{whom}{span}."

    async def _agenda(self, scene: Scene, seen: tuple[Seen, ...], heading: str, understood: tuple[str, ...]) -> Agenda:
        emails = await self._bookings.emails(scene.asker)
        shown = seen[:SHOWN]
        lines = tuple(line(f"l{index}", s, emails, self._now()) for index, s in enumerate(shown))
        kept = tuple(
            Listed(shown_line.key, s.booking.uid, s.booking.title, s.booking.start, s.others(emails))
            for shown_line, s in zip(lines, shown, strict=True)
        )
        ref = await self._drafts.list(scene, Listing(kept, heading))
        return Agenda(ref, heading, scene.asker.zone, lines, len(seen) - len(shown), understood)

    async def _require_sight(self, asker: Asker) -> None:
        if not await self._bookings.emails(asker):
            raise LinkFirst(
                "I can't see your meetings: your Slack profile shows me no e-mail address, and an address you type "
                "proves nothing. Add it to your profile, or connect your Cal.com account."
            )


def _gaps(asker: Asker, taken: Sequence[Seen], first: datetime, last: datetime) -> str:
    """When the asker is free between meetings within a single day, by office hours where the whole day is meant;
    empty for longer stretches."""
    whole = whole_day(first, asker.zone)
    if last > whole.end:
        return ""
    if last - first > timedelta(hours=12):
        first, last = max(first, whole.start + timedelta(hours=9)), min(last, whole.start + timedelta(hours=17))
    free, at = [], first
    for each in sorted(taken, key=lambda s: s.booking.start):
        if each.booking.start > at:
            free.append((at, min(each.booking.start, last)))
        at = max(at, each.booking.end)
    free = [(a, b) for a, b in [*free, (at, last)] if a < b]
    hand = asker.zone, asker.locale
    within = f"On {day(first, asker.zone)}, between {clock(first, *hand)} and {clock(last, *hand)}, "
    times = listed([f"{clock(a, *hand)}–{clock(b, *hand)}" for a, b in free])
    return f"{within}you are free {times}" if free else f"{within}you are not free"


def _within(seen: Seen, first: datetime, last: datetime, timing: Timing) -> bool:
    """Inside the stretch, and inside one of its parts where it has several ("Monday and Wednesday")."""
    b = seen.booking
    if not (b.start < last and b.end > first):
        return False
    parts = [s for s in timing.spans if not s.exact]
    return len(parts) < 2 or any(b.start < s.end and b.end > s.start for s in parts)
