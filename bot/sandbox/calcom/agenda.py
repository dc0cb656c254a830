"""A host's time as the database knows it: working hours, what is taken, and what is left to book."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.calcom import instants
from bot.sandbox.calcom.availability import (
    DAY,
    MINUTE,
    Grid,
    Hours,
    Override,
    Schedule,
    Span,
    at,
    common,
    covers,
    merged,
    starts,
    subtract,
    working,
)
from bot.sandbox.calcom.database import Json, unpack
from bot.sandbox.calcom.event_type import COLLECTIVE, PRIORITIES, EventType
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST = 7 * DAY
"""No booking is longer, so looking this far back finds all that reach into a span."""

TAKEN = """
SELECT b.uid, b.start, b.finish, b.status, b.event_type_id
FROM {people} p JOIN bookings b ON b.id = p.booking_id
WHERE p.{key} = ? AND p.start > ? AND p.start < ? AND b.finish > ? AND b.status IN {states}
"""
AS_HOST = TAKEN.format(people="booking_hosts", key="user_id", states="('accepted', 'pending')")
AS_ATTENDEE = TAKEN.format(people="attendees", key="email", states="('accepted')")


def minutes(text: str) -> int:
    """`09:30` as minutes of the day."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def read_schedule(data: Json, away: tuple[tuple[date, date], ...] = ()) -> Schedule:
    """A stored schedule (API form) as the calculator wants it."""
    hours = tuple(
        Hours(
            frozenset(WEEKDAYS.index(day) for day in entry["days"]),
            minutes(entry["startTime"]),
            minutes(entry["endTime"]),
        )
        for entry in data["availability"]
    )
    overrides = tuple(
        Override(date.fromisoformat(entry["date"]), minutes(entry["startTime"]), minutes(entry["endTime"]))
        for entry in data["overrides"]
    )
    zone = instants.zone(data["timeZone"])
    assert zone is not None, "schedules are stored with a checked zone"
    return Schedule(zone, hours, overrides, away)


def schedule_data(world: World, user: User, event_type: EventType | None) -> Json | None:
    """The schedule that holds for a host in an event type: its own, else the host's default; None if there is none."""
    wanted = event_type.data.get("scheduleId") if event_type else None
    for schedule_id in (wanted, user.default_schedule_id):
        if schedule_id is not None:
            row = world.database.one("SELECT data FROM schedules WHERE id = ? AND owner_id = ?", schedule_id, user.id)
            if row is not None:
                return unpack(row["data"])
    return None


def away_days(world: World, user: User) -> tuple[tuple[date, date], ...]:
    """The dates a user is out of office (entries run from 00:00Z to the end of a day in UTC)."""
    rows = world.database.all("SELECT start, finish FROM out_of_office WHERE user_id = ?", user.id)
    return tuple((_utc_date(row["start"]), _utc_date(row["finish"])) for row in rows)


def _utc_date(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked of a host's time: which event type, how long, which span, and a booking to overlook."""

    event_type: EventType | None
    length: int
    within: Span
    overlook: str | None = None
    heed_holds: bool = True


def taken(world: World, user: User, look: Look) -> list[Span]:
    """Time already given away, buffers of both meetings included.

    Cal.com: a booking blocks from its start minus (its own buffer before + the asked type's buffer after) to its end
    plus (its own buffer after + the asked type's buffer before). Being an attendee blocks as well. A pending booking
    blocks only where its event type says so. Seats left in a booking of the same type are found again in `slots`.
    """
    start, end = look.within
    wanted = look.event_type
    before = wanted.number("beforeEventBuffer") if wanted else 0
    after = wanted.number("afterEventBuffer") if wanted else 0
    rows = world.database.all(AS_HOST, user.id, start - LONGEST, end + DAY, start - DAY)
    rows += world.database.all(AS_ATTENDEE, user.email, start - LONGEST, end + DAY, start - DAY)
    types = world.event_types.several(list({row["event_type_id"] for row in rows}))
    spans: list[Span] = []
    for row in rows:
        booked = types.get(row["event_type_id"])
        waits = row["status"] == "pending" and not (booked and booked.blocks_while_unconfirmed)
        if row["uid"] == look.overlook or waits:
            continue
        lead = after + (booked.number("beforeEventBuffer") if booked else 0)
        tail = before + (booked.number("afterEventBuffer") if booked else 0)
        spans.append(Span(row["start"] - lead * MINUTE, row["finish"] + tail * MINUTE))
    spans += elsewhere(world, user, look.within)
    if look.heed_holds:
        spans += holds(world, user, look)
    return spans


def elsewhere(world: World, user: User, within: Span) -> list[Span]:
    """What the connected calendar holds beside bookings."""
    rows = world.database.all(
        "SELECT start, finish FROM calendar_events WHERE user_id = ? AND start < ? AND finish > ? ORDER BY start",
        user.id,
        within.end,
        within.start,
    )
    return [Span(row["start"], row["finish"]) for row in rows]


def holds(world: World, user: User, look: Look) -> list[Span]:
    """Slots of this host that others have reserved for a moment, of any event type without seats."""
    rows = world.database.all(
        "SELECT r.start, r.finish FROM reservations r JOIN event_types e ON e.id = r.event_type_id"
        " WHERE r.user_id = ? AND r.until > ? AND r.start < ? AND r.finish > ?"
        " AND json_extract(e.data, '$.seats.seatsPerTimeSlot') IS NULL",
        user.id,
        world.now(),
        look.within.end,
        look.within.start,
    )
    return [Span(row["start"], row["finish"]) for row in rows]


def period(name: str, day: date) -> tuple[date, date]:
    """The day, week (from Sunday), month or year around a date: its first date and the first after it."""
    if name == "day":
        return day, day + timedelta(days=1)
    if name == "week":
        first = day - timedelta(days=(day.weekday() + 1) % 7)
        return first, first + timedelta(days=7)
    if name == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1)
    first = day.replace(month=1, day=1)
    return first, first.replace(year=day.year + 1)


def exhausted(world: World, user: User, look: Look, schedule: Schedule) -> list[Span]:
    """Whole days, weeks, months or years in which the event type's or the host's own booking limits are used up."""
    event_type = look.event_type
    counts = (event_type.enabled("bookingLimitsCount") or {}) if event_type else {}
    lengths = (event_type.enabled("bookingLimitsDuration") or {}) if event_type else {}
    own = user.data.get("bookingLimits") or {}
    spans: list[Span] = []
    for name in ("day", "week", "month", "year"):
        if not counts.get(name) and not lengths.get(name) and not own.get(name):
            continue
        day = datetime.fromtimestamp(look.within.start, schedule.zone).date()
        last = datetime.fromtimestamp(look.within.end, schedule.zone).date()
        while day <= last:
            first, following = period(name, day)
            span = Span(at(first, 0, schedule.zone), at(following, 0, schedule.zone))
            used, seconds = _booked(world, user, span, event_type, look.overlook)
            everything, _ = _booked(world, user, span, None, look.overlook)
            full = bool(counts.get(name)) and used >= counts[name]
            long = bool(lengths.get(name)) and seconds + look.length * MINUTE > lengths[name] * MINUTE
            full = full or (bool(own.get(name)) and everything >= own[name])
            if full or long:
                spans.append(span)
            day = following
    return spans


def _booked(
    world: World, user: User, span: Span, event_type: EventType | None, overlook: str | None
) -> tuple[int, int]:
    """How many accepted bookings a host has in a span, and their seconds; of one event type or of all."""
    row = world.database.one(
        "SELECT count(*) AS n, coalesce(sum(b.finish - b.start), 0) AS seconds FROM booking_hosts h"
        " JOIN bookings b ON b.id = h.booking_id WHERE h.user_id = ? AND h.start >= ? AND h.start < ?"
        " AND (b.event_type_id = ? OR ? IS NULL) AND b.status = 'accepted' AND b.uid IS NOT ?",
        user.id,
        span.start,
        span.end,
        event_type.id if event_type else None,
        event_type.id if event_type else None,
        overlook,
    )
    return (int(row["n"]), int(row["seconds"])) if row else (0, 0)


def free(world: World, user: User, look: Look) -> list[Span]:
    """The time in `look.within` in which this host can be booked, notice and booking window aside."""
    data = schedule_data(world, user, look.event_type)
    if data is None:
        return []
    schedule = read_schedule(data, away_days(world, user))
    hours = working(schedule, look.within)
    if not hours:
        return []
    return subtract(hours, taken(world, user, look) + exhausted(world, user, look, schedule))


def zone_of(world: World, user: User, event_type: EventType | None) -> ZoneInfo:
    """The zone slots are aligned in: that of the schedule used."""
    data = schedule_data(world, user, event_type)
    zone = instants.zone(data["timeZone"]) if data else None
    return zone or user.zone


@dataclass(frozen=True, slots=True)
class Crew:
    """The hosts of an event type: all of `together` are needed, and one of `either` if there are any."""

    together: tuple[User, ...]
    either: tuple[User, ...]
    priority: dict[int, int]

    @property
    def everyone(self) -> tuple[User, ...]:
        """All hosts."""
        return self.together + self.either


def crew_of(world: World, event_type: EventType) -> Crew:
    """Who hosts it: the owner; all of a collective one; of a round robin the mandatory ones and one other."""
    if event_type.team_id is None or event_type.parent_id is not None:
        owner = world.people.user(event_type.owner_id)
        return Crew((owner,) if owner else (), (), {})
    users = {host["userId"]: world.people.user(host["userId"]) for host in event_type.hosts}
    if event_type.scheduling_type == COLLECTIVE:
        return Crew(tuple(user for user in users.values() if user), (), {})
    fixed = [users[h["userId"]] for h in event_type.hosts if h.get("mandatory")]
    others = [users[h["userId"]] for h in event_type.hosts if not h.get("mandatory")]
    priority = {h["userId"]: PRIORITIES.index(h.get("priority") or "medium") for h in event_type.hosts}
    return Crew(tuple(u for u in fixed if u), tuple(u for u in others if u), priority)


def open_starts(world: World, crew: Crew, look: Look, step: int, earliest: int) -> list[int]:
    """Where slots begin for this crew, in order, none before `earliest`."""
    offset = look.event_type.number("offsetStart") if look.event_type else 0
    together: list[Span] | None = None
    for user in crew.together:
        own = free(world, user, look)
        together = own if together is None else common(together, own)
    if not crew.either:
        if not crew.together:
            return []
        grid = Grid(look.length, step, offset, zone_of(world, crew.together[0], look.event_type))
        return starts(together or [], grid, earliest)
    found: set[int] = set()
    for user in crew.either:
        own = free(world, user, look)
        grid = Grid(look.length, step, offset, zone_of(world, user, look.event_type))
        found.update(starts(own if together is None else common(together, own), grid, earliest))
    return sorted(found)


def available_hosts(world: World, crew: Crew, look: Look, span: Span) -> list[User] | None:
    """Who would host [start, end): the fixed hosts, then the candidates of a round robin; None if it cannot be."""
    for user in crew.together:
        if not covers(merged(free(world, user, look)), *span):
            return None
    if not crew.either:
        return list(crew.together) or None
    candidates = [user for user in crew.either if covers(free(world, user, look), *span)]
    return list(crew.together) + candidates if candidates else None
