"""`POST /v2/bookings`: plain, recurring, seated, team and instant bookings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.calcom import answers, booking_inputs, instant, instants, lookup, places, window
from bot.sandbox.calcom.agenda import Crew, Look, available_hosts, crew_of
from bot.sandbox.calcom.availability import DAY, MINUTE, Span
from bot.sandbox.calcom.booking import ACCEPTED, PENDING, Booking, Bookings
from bot.sandbox.calcom.booking_output import BookingWriter
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Conflict, Forbidden, Unauthorized, Unprocessable
from bot.sandbox.calcom.event_type import ROUND_ROBIN, EventType
from bot.sandbox.calcom.payloads import tell
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World

NOT_AVAILABLE = "User either already has booking at this time or is not available"
HOST_NOT_AVAILABLE = "One of the hosts either already has booking at this time or is not available"
OUT_OF_BOUNDS = (
    "The event type can't be booked at the \"start\" time provided. This could be because it's too soon (violating the"
    " minimum booking notice) or too far in the future (outside the event's scheduling window). Try fetching available"
    ' slots first using the GET /v2/slots endpoint and then make a booking with "start" time equal to one of the'
    " available slots: https://cal.com/docs/api-reference/v2/slots"
)
PAST = "Attempting to book a meeting in the past."
FULL = "No more seats left at this seated booking."
LIMIT_REACHED = "Attendee with this email can't book because the maximum number of active bookings has been reached."
NEEDS_LOGIN = "checkBookingRequiresAuthentication - event type with id={id} requires authentication to be booked."
NOT_ITS_HOST = (
    "checkBookingRequiresAuthentication - user with id={user} is not authorized to book event type with id={id}."
)


@dataclass(frozen=True, slots=True)
class Order:
    """A checked wish for a booking of one event type."""

    event_type: EventType
    body: Json
    length: int
    as_host: bool

    @property
    def attendee(self) -> Json:
        """name, timeZone, email?, phoneNumber?, language?"""
        attendee: Json = self.body["attendee"]
        return attendee

    @property
    def email(self) -> str:
        """The attendee's address; a phone-only booker has a made-up one, as in Cal.com."""
        digits = str(self.attendee.get("phoneNumber", "")).lstrip("+")
        return str(self.attendee.get("email") or f"{digits}@sms.cal.com")


def create_booking(call: Call) -> Any:
    """Book; a recurring event type answers with all its occurrences."""
    body = call.body(booking_inputs.CREATE)
    booking_inputs.identified(body)
    world = call.world
    event_type = lookup.for_booking(world, body)
    _check_event_type(call, event_type)
    start = instants.read(body["start"])
    assert start is not None
    order = Order(event_type, body, _length(event_type, body), _may_overrule(call, event_type))
    _check_attendee(order)
    answers.check(event_type, body.get("bookingFieldsResponses") or {}, body["attendee"].get("phoneNumber"))
    writer = BookingWriter(world, call.caller, call.version)
    if body.get("instant"):
        if event_type.team_id is None:
            raise BadRequest(
                "Instant bookings are only supported for team event types, not individual user event types."
            )
        return writer.write(instant.ring(world, event_type, start, record(world, order, start)))
    recurrence = event_type.enabled("recurrence")
    if recurrence:
        return _create_series(world, writer, order, start, recurrence)
    if event_type.seats is not None:
        booking, seat = take_seat(world, order, start)
        return writer.write(booking, seat)
    return writer.write(_create_one(world, order, start))


def _check_event_type(call: Call, event_type: EventType) -> None:
    if event_type.is_managed_parent:
        raise BadRequest(
            f"Event type with id={event_type.id} is the parent managed event type that can't be booked. You have to"
            " provide"
            " the child event type id aka id of event type that has been assigned to one of the users."
        )
    if event_type.team_id is not None and not event_type.host_ids:
        raise Unprocessable(
            "Can't book this team event type because it has no hosts. Please, add at least 1 host to event type with"
            f" id={event_type.id}."
        )
    if event_type.data.get("bookingRequiresAuthentication"):
        if call.caller is None:
            raise Unauthorized(NEEDS_LOGIN.format(id=event_type.id))
        if not _may_overrule(call, event_type):
            raise Forbidden(NOT_ITS_HOST.format(user=call.caller.id, id=event_type.id))


def _may_overrule(call: Call, event_type: EventType) -> bool:
    """Whether the caller owns, hosts or administers the event type."""
    if call.caller is None:
        return False
    user, people = call.caller.user, call.world.people
    if user.id in event_type.host_ids or people.administers(user.id, event_type.team_id):
        return True
    return event_type.owner_id is not None and people.is_admin_over(user.id, event_type.owner_id)


def _check_attendee(order: Order) -> None:
    attendee = order.attendee
    if attendee.get("email"):
        return
    if not attendee.get("phoneNumber"):
        raise BadRequest(
            "attendee property is wrong, email property is wrong,At least one contact method (email or phone"
            " number) must be"
            " provided. "
        )
    phone_only = any(
        field["slug"] == "email" and field.get("hidden") for field in order.event_type.data.get("bookingFields") or []
    )
    if not phone_only:
        raise BadRequest(
            'attendee.email is missing - it is required by the event type. Pass it as "attendee.email" string in'
            " the request."
        )


def _length(event_type: EventType, body: Json) -> int:
    asked = body.get("lengthInMinutes")
    if asked is None:
        return event_type.length
    if not event_type.lengths:
        raise BadRequest(
            "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please,"
            " remove the"
            " 'lengthInMinutes' field from the request."
        )
    if asked not in event_type.lengths:
        offered = ", ".join(str(length) for length in event_type.lengths)
        raise BadRequest(
            "Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible lengths"
            " are:"
            f" {offered}"
        )
    return int(asked)


def check_time(world: World, event_type: EventType, start: int, *, in_bounds: bool = True) -> None:
    """Refuse the past, too little notice and a start outside the booking window."""
    now = world.now()
    if start < now:
        raise BadRequest(PAST)
    if not in_bounds:
        return
    hosts = crew_of(world, event_type).everyone
    limits = window.allowed(world, event_type, hosts[0], now) if hosts else None
    if start < window.earliest(event_type, now) or (limits and not limits.start <= start < limits.end):
        raise BadRequest(OUT_OF_BOUNDS)


def hosts_for(world: World, event_type: EventType, span: Span, overlook: str | None = None) -> list[User]:
    """Who hosts a meeting in this span, the organiser first; refused if they are not free.

    Cal.com: of a round robin's free hosts the one of the highest priority, then the one booked least recently.
    """
    crew = crew_of(world, event_type)
    look = Look(
        event_type,
        (span.end - span.start) // MINUTE,
        Span(span.start - DAY, span.end + DAY),
        overlook,
        heed_holds=False,
    )
    free = available_hosts(world, crew, look, span)
    if not free:
        raise BadRequest(NOT_AVAILABLE if event_type.team_id is None else HOST_NOT_AVAILABLE)
    candidates = free[len(crew.together) :]
    if not candidates:
        return free
    return [*crew.together, _lucky(world, event_type, crew, candidates)]


def _lucky(world: World, event_type: EventType, crew: Crew, candidates: list[User]) -> User:
    rows = world.database.all(
        "SELECT h.user_id, max(b.created) AS latest FROM bookings b JOIN booking_hosts h ON h.booking_id = b.id"
        " WHERE b.event_type_id = ? AND b.status IN ('accepted', 'pending') GROUP BY h.user_id",
        event_type.id,
    )
    latest = {row["user_id"]: row["latest"] for row in rows}
    return min(candidates, key=lambda user: (-crew.priority.get(user.id, 2), latest.get(user.id, 0)))


def needs_confirmation(event_type: EventType, start: int, now: int) -> bool:
    """Whether the host must confirm: always, or only when booked at short notice."""
    policy = event_type.enabled("confirmationPolicy")
    if policy is None:
        return False
    if policy.get("type") != "time":
        return True
    threshold = policy.get("noticeThreshold") or {}
    unit = {"minutes": 60, "hours": 3600, "days": DAY}.get(str(threshold.get("unit")), 60)
    return start - now < int(threshold.get("count") or 0) * unit


def _create_one(world: World, order: Order, start: int) -> Booking:
    """An ordinary booking, checked and stored."""
    _check_active_limit(world, order)
    check_time(
        world, order.event_type, start, in_bounds=not (order.as_host and order.body.get("allowBookingOutOfBounds"))
    )
    booking = store(world, order, start, _hosts(world, order, start))
    tell(world, "BOOKING_REQUESTED" if booking.status == PENDING else "BOOKING_CREATED", booking)
    return booking


def _hosts(world: World, order: Order, start: int) -> list[User]:
    if order.as_host and order.body.get("allowConflicts"):
        crew = crew_of(world, order.event_type)
        return list(crew.together or crew.either[:1])
    return hosts_for(world, order.event_type, Span(start, start + order.length * MINUTE))


def _check_active_limit(world: World, order: Order) -> None:
    limit = order.event_type.enabled("bookerActiveBookingsLimit")
    if not limit or not limit.get("maximumActiveBookings"):
        return
    rows = world.database.all(
        "SELECT b.uid FROM bookings b JOIN attendees a ON a.booking_id = b.id WHERE b.event_type_id = ? AND a.email = ?"
        " AND b.start >= ? AND b.status IN ('accepted', 'pending') ORDER BY b.start",
        order.event_type.id,
        order.email.lower(),
        world.now(),
    )
    if len(rows) < limit["maximumActiveBookings"]:
        return
    advice = ""
    if limit.get("offerReschedule"):
        advice = f" You can reschedule your existing booking ({rows[-1]['uid']}) to a new timeslot instead."
    raise BadRequest(LIMIT_REACHED + advice)


def record(world: World, order: Order, start: int) -> Json:
    """A new booking's uid, columns, `data` and attendee, not stored yet."""
    uid, body, event_type = world.uid(), order.body, order.event_type
    attendee, given = order.attendee, body.get("bookingFieldsResponses") or {}
    if body.get("location") is None and body.get("meetingUrl"):
        location = str(body["meetingUrl"])
    else:
        location = places.choose(
            event_type, body.get("location"), attendee.get("phoneNumber"), lambda: world.url(f"/video/{uid}")
        )
    guests = list(body.get("guests") or [])
    responses = {**given, "name": attendee["name"], "email": order.email, "guests": guests}
    if attendee.get("phoneNumber"):
        responses["attendeePhoneNumber"] = attendee["phoneNumber"]
    person = {
        "name": attendee["name"],
        "timeZone": attendee["timeZone"],
        "language": attendee.get("language") or "en",
        "phoneNumber": attendee.get("phoneNumber"),
    }
    return {
        "uid": uid,
        "start": start,
        "end": start + order.length * MINUTE,
        "email": order.email,
        "person": person,
        "guests": guests,
        "data": {
            "title": str(given.get("title") or "") or None,
            "description": str(given.get("notes") or ""),
            "location": location,
            "responses": responses,
            "metadata": body.get("metadata") or {},
            "icsUid": f"{uid}@Cal.com",
        },
    }


def title_for(world: World, event_type: EventType, organizer: User | None, attendee: str, length: int) -> str:
    """The booking's title, from the event type's `customName` if it has one."""
    team = world.people.team(event_type.team_id) if event_type.team_id else None
    shared = team is not None and event_type.scheduling_type != ROUND_ROBIN
    host = team.name if team is not None and (shared or organizer is None) else organizer.name if organizer else ""
    template = str(event_type.data.get("customName") or "{Event type title} between {Organiser} and {Scheduler}")
    words = {
        "{Event type title}": event_type.title,
        "{Organiser}": host,
        "{Scheduler}": attendee,
        "{Event duration}": f"{length} mins",
        "{Organiser first name}": host.split(" ")[0],
        "{Scheduler first name}": attendee.split(" ")[0],
        "{Scheduler last name}": attendee.split(" ")[-1],
    }
    for placeholder, word in words.items():
        template = template.replace(placeholder, word)
    return template


def store(
    world: World, order: Order, start: int, hosts: list[User], recurring_uid: str | None = None, *, seated: bool = False
) -> Booking:
    """Write a booking with its attendees and hosts."""
    made = record(world, order, start)
    bookings, event_type, now = Bookings(world.database), order.event_type, world.now()
    data = made["data"]
    name = made["person"]["name"]
    data["title"] = data["title"] or title_for(world, event_type, hosts[0], name, order.length)
    if seated:
        data["seated"] = True
    booking_id = bookings.add(
        {
            "uid": made["uid"],
            "event_type_id": event_type.id,
            "organizer_id": hosts[0].id,
            "status": PENDING if needs_confirmation(event_type, start, now) else ACCEPTED,
            "start": start,
            "finish": made["end"],
            "created": world.now_ms(),
            "updated": world.now_ms(),
            "recurring_uid": recurring_uid,
        },
        data,
        [host.id for host in hosts],
    )
    if not seated:
        add_people(bookings, booking_id, made, hosts)
    add_reference(world, booking_id, made["uid"], data["location"])
    world.database.run("DELETE FROM reservations WHERE event_type_id = ? AND start = ?", event_type.id, start)
    return bookings.get(made["uid"])


def add_people(bookings: Bookings, booking_id: int, made: Json, hosts: list[User]) -> None:
    """The booker, the further hosts of a collective, the guests: Cal.com keeps all of them as attendees."""
    start = made["start"]
    bookings.add_attendee(booking_id, start, made["email"], made["person"])
    for host in hosts[1:]:
        data = {"name": host.name, "timeZone": host.data["timeZone"], "language": "en", "host": True}
        bookings.add_attendee(booking_id, start, host.email, data)
    for guest in made["guests"]:
        data = {"name": guest, "timeZone": made["person"]["timeZone"], "language": made["person"]["language"]}
        bookings.add_attendee(booking_id, start, guest, data)


def add_reference(world: World, booking_id: int, uid: str, location: str) -> None:
    """Cal Video leaves a reference to its room."""
    if location.startswith(world.url("/video/")):
        world.database.insert("booking_references", {"booking_id": booking_id, "type": "daily_video", "event_uid": uid})


def take_seat(world: World, order: Order, start: int) -> tuple[Booking, str]:
    """A seat in the meeting at this start, which is opened if nobody sits there yet; the seat's uid."""
    event_type, bookings = order.event_type, Bookings(world.database)
    assert event_type.seats is not None
    _check_active_limit(world, order)
    check_time(world, event_type, start, in_bounds=not (order.as_host and order.body.get("allowBookingOutOfBounds")))
    existing = next(
        iter(
            bookings.where(
                "event_type_id = ? AND start = ? AND status IN ('accepted', 'pending')", event_type.id, start
            )
        ),
        None,
    )
    if existing is None:
        existing = store(world, order, start, _hosts(world, order, start), seated=True)
    else:
        if len([a for a in existing.attendees if a.seat_uid]) >= event_type.seats:
            raise Conflict(FULL)
        if any(attendee.email == order.email.lower() for attendee in existing.attendees):
            raise Conflict("Already signed up for this booking.")
    made = record(world, order, start)
    seat_uid = f"{world.uid()[:8]}-{world.uid()}"
    data = {
        **made["person"],
        "responses": made["data"]["responses"],
        "metadata": {key: str(value) for key, value in made["data"]["metadata"].items()},
    }
    bookings.add_attendee(existing.id, start, made["email"], data, seat_uid)
    booking = bookings.change(existing, world.now_ms())
    trigger = "BOOKING_REQUESTED" if booking.status == PENDING else "BOOKING_CREATED"
    tell(world, trigger, booking, booking.seat(seat_uid))
    return booking, seat_uid


def _create_series(world: World, writer: BookingWriter, order: Order, start: int, recurrence: Json) -> list[Json]:
    asked = order.body.get("recurrenceCount")
    if asked is not None and asked > recurrence["occurrences"]:
        raise BadRequest("Provided recurrence count is higher than the event type's recurring event count.")
    count = int(asked or recurrence["occurrences"])
    recurring_uid = world.uid()
    zone = instants.zone(order.attendee["timeZone"])
    first = datetime.fromtimestamp(start, zone)
    made: list[Json] = []
    for number in range(count):
        moment = int(_later(first, recurrence, number).timestamp())
        check_time(world, order.event_type, moment, in_bounds=number == 0)
        if order.event_type.seats is not None:
            booking, seat = take_seat(world, order, moment)
            booking = Bookings(world.database).change(booking, world.now_ms(), recurring_uid=recurring_uid)
            made.append(writer.write(booking, seat))
            continue
        booking = store(world, order, moment, _hosts(world, order, moment), recurring_uid)
        tell(world, "BOOKING_REQUESTED" if booking.status == PENDING else "BOOKING_CREATED", booking)
        made.append(writer.write(booking))
    return made


def _later(first: datetime, recurrence: Json, number: int) -> datetime:
    """The wall-clock time of an occurrence in the attendee's zone."""
    steps = number * int(recurrence["interval"])
    if recurrence["frequency"] == "weekly":
        return first + timedelta(weeks=steps)
    months = first.month - 1 + steps * (12 if recurrence["frequency"] == "yearly" else 1)
    year, month = first.year + months // 12, months % 12 + 1
    day = first.day
    while True:
        try:
            return first.replace(year=year, month=month, day=day)
        except ValueError:
            day -= 1
