"""`POST /v2/bookings`: plain, recurring, seated, team and instant bookings."""

from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.calcom import answers, booking_inputs, instant, instants, lookup
from bot.sandbox.calcom.agenda import crew_of
from bot.sandbox.calcom.assignment import check_time, hosts_for
from bot.sandbox.calcom.availability import MINUTE, Span
from bot.sandbox.calcom.booking import PENDING, Booking, Bookings
from bot.sandbox.calcom.booking_output import BookingWriter
from bot.sandbox.calcom.booking_store import record, store
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Conflict
from bot.sandbox.calcom.order import (
    Order,
    check_active_limit,
    check_attendee,
    check_event_type,
    length_of,
    may_overrule,
)
from bot.sandbox.calcom.payloads import tell
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World

FULL = "No more seats left at this seated booking."


def create_booking(call: Call) -> Any:
    """Book; a recurring event type answers with all its occurrences."""
    body = call.body(booking_inputs.CREATE)
    booking_inputs.identified(body)
    world = call.world
    event_type = lookup.for_booking(world, body)
    check_event_type(call, event_type)
    start = instants.read(body["start"])
    assert start is not None
    answers.check(event_type, body.get("bookingFieldsResponses") or {}, body["attendee"].get("phoneNumber"))
    order = Order(event_type, body, length_of(event_type, body), may_overrule(call, event_type))
    check_attendee(order)
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


def _create_one(world: World, order: Order, start: int) -> Booking:
    """An ordinary booking, checked and stored."""
    check_active_limit(world, order)
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


def take_seat(world: World, order: Order, start: int) -> tuple[Booking, str]:
    """A seat in the meeting at this start, which is opened if nobody sits there yet; the seat's uid."""
    event_type, bookings = order.event_type, Bookings(world.database)
    assert event_type.seats is not None
    check_active_limit(world, order)
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
