"""`GET /v2/slots`: when an event type, or several people at once, can be booked."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.calcom import instants, lookup, shape, versions, window
from bot.sandbox.calcom.agenda import Crew, Look, crew_of, open_starts
from bot.sandbox.calcom.availability import DAY, MINUTE, Span, first_of_each_day
from bot.sandbox.calcom.call import Call, Operation
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, NotFound
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.shape import Shape
from bot.sandbox.calcom.world import World

LONGEST_RANGE = 366 * DAY
DYNAMIC_LENGTH = 30

COMMON: dict[str, shape.Anyhow] = {
    "start*": shape.ISO_DATE,
    "end*": shape.ISO_DATE,
    "timeZone": shape.TIME_ZONE,
    "duration": shape.POSITIVE,
    "format": shape.one_of("range", "time"),
    "bookingUidToReschedule": shape.STRING,
}
BY_ID = Shape({"eventTypeId*": shape.NUMBER, **COMMON}, strict=True)
BY_USER = Shape(
    {"eventTypeSlug*": shape.STRING, "username*": shape.STRING, "organizationSlug": shape.STRING, **COMMON}, strict=True
)
BY_TEAM = Shape(
    {"eventTypeSlug*": shape.STRING, "teamSlug*": shape.STRING, "organizationSlug": shape.STRING, **COMMON}, strict=True
)
BY_PEOPLE = Shape({"usernames*": shape.STRING, "organizationSlug": shape.STRING, **COMMON}, strict=True)


def identification(names: set[str]) -> Shape:
    """Which of the four ways to ask this is; `eventTypeId` wins over everything else."""
    if "eventTypeId" in names:
        return BY_ID
    if "usernames" in names:
        return BY_PEOPLE
    if "teamSlug" in names:
        return BY_TEAM
    if {"username", "eventTypeSlug"} & names:
        return BY_USER
    return BY_ID


def time_range(query: Json) -> Span:
    """The asked span.

    Cal.com: an end that is a date or exactly midnight means the end of that day, so a half-open midnight end yields
    one day too many.
    """
    start, end = instants.read(query["start"]), instants.read(query["end"])
    assert start is not None
    assert end is not None
    if end % DAY == 0:
        end += DAY
    if end <= start or end - start > LONGEST_RANGE:
        raise BadRequest("Invalid time range given - check the 'start' and 'end' query parameters.")
    return Span(start, end)


def seat_counts(world: World, event_type: EventType, within: Span) -> dict[int, tuple[str, int]]:
    """Seats taken at each start of a seated event type: uid and number."""
    rows = world.database.all(
        "SELECT b.uid, b.start, count(a.id) AS seats FROM bookings b JOIN attendees a ON a.booking_id = b.id"
        " WHERE b.event_type_id = ? AND b.start >= ? AND b.start < ? AND b.status IN ('accepted', 'pending')"
        " AND a.seat_uid IS NOT NULL GROUP BY b.id",
        event_type.id,
        within.start,
        within.end,
    )
    return {row["start"]: (row["uid"], row["seats"]) for row in rows}


def chosen_length(event_type: EventType, asked: int | None) -> int:
    """Minutes of the slots asked for."""
    if asked is None or asked == event_type.length:
        return event_type.length
    if asked not in event_type.lengths:
        raise BadRequest(
            f"Provided 'duration' is not one of the possible lengths for the event type. The possible lengths are: "
            f"{', '.join(str(length) for length in event_type.lengths or [event_type.length])}"
        )
    return asked


def event_type_starts(
    world: World, event_type: EventType, within: Span, length: int, overlook: str | None
) -> list[int]:
    """Every start in `within` at which the event type can be booked, in order."""
    if event_type.is_managed_parent:
        return []
    crew = crew_of(world, event_type)
    if not crew.everyone:
        return []
    now = world.now()
    first = window.earliest(event_type, now)
    limits = window.allowed(world, event_type, crew.everyone[0], now)
    look = Look(event_type, length, Span(within.start - DAY, within.end + DAY), overlook)
    step = int(event_type.data.get("slotInterval") or 0) or length
    found = open_starts(world, crew, look, step, first)
    if event_type.seats is not None:
        found = with_seats(world, event_type, look, found, first)
    if limits is not None:
        found = [start for start in found if limits.start <= start < limits.end]
    if event_type.data.get("onlyShowFirstAvailableSlot"):
        found = first_of_each_day(found, crew.everyone[0].zone)
    return [start for start in found if within.start <= start and start + length * MINUTE <= within.end + 1]


def with_seats(world: World, event_type: EventType, look: Look, found: list[int], first: int) -> list[int]:
    """Starts of bookings with seats left count as open, full ones do not."""
    assert event_type.seats is not None
    open_now = set(found)
    for start, (uid, taken) in seat_counts(world, event_type, look.within).items():
        if taken < event_type.seats and start >= first and uid != look.overlook:
            open_now.add(start)
        elif taken >= event_type.seats:
            open_now.discard(start)
    return sorted(open_now)


def dynamic_starts(call: Call, query: Json, within: Span) -> tuple[list[int], int]:
    """Starts at which all of several people are free, and the length."""
    names = [name for name in query["usernames"].split(",") if name]
    if len(names) < 2:
        raise BadRequest("usernames property is wrong,The array must contain at least 2 elements. ")
    users = []
    for name in names:
        user = lookup.user_named(call.world, name, query.get("organizationSlug"))
        if user is None:
            raise NotFound(f"User with username {name} not found")
        users.append(user)
    length = int(query.get("duration") or DYNAMIC_LENGTH)
    look = Look(None, length, Span(within.start - DAY, within.end + DAY), query.get("bookingUidToReschedule"))
    found = open_starts(call.world, Crew(tuple(users), (), {}), look, length, call.world.now())
    return [start for start in found if within.start <= start and start + length * MINUTE <= within.end + 1], length


def get_slots(call: Call) -> Any:
    """Days with their slots; days without any are absent."""
    expected = identification({name for name, _ in call.query})
    query = call.queries(expected)
    within = time_range(query)
    zone = instants.zone(query["timeZone"]) if query.get("timeZone") else ZoneInfo("UTC")
    assert zone is not None
    seats: dict[int, tuple[str, int]] = {}
    event_type: EventType | None = None
    if expected is BY_PEOPLE:
        found, length = dynamic_starts(call, query, within)
    else:
        event_type = lookup.for_slots(call.world, query)
        length = chosen_length(event_type, query.get("duration"))
        found = event_type_starts(call.world, event_type, within, length, query.get("bookingUidToReschedule"))
        if event_type.seats is not None:
            seats = seat_counts(call.world, event_type, within)
    days: dict[str, list[Json]] = {}
    for start in found:
        day = datetime.fromtimestamp(start, zone).strftime("%Y-%m-%d")
        entry: Json = {"start": instants.write_in(start, zone)}
        if query.get("format") == "range":
            entry["end"] = instants.write_in(start + length * MINUTE, zone)
        if event_type is not None and event_type.seats is not None:
            entry |= seat_report(event_type, seats.get(start))
        days.setdefault(day, []).append(entry)
    return days


def seat_report(event_type: EventType, taken: tuple[str, int] | None) -> Json:
    """How full a seated slot is."""
    assert event_type.seats is not None
    uid, count = taken if taken else (None, 0)
    report: Json = {
        "seatsBooked": count,
        "seatsRemaining": event_type.seats - count,
        "seatsTotal": event_type.seats,
    }
    if uid is not None:
        report["bookingUid"] = uid
    return report


OPERATIONS = (Operation("GET", "/v2/slots", get_slots, versions.SLOTS, public=True),)
