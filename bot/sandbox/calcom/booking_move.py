"""Moving bookings, and single seats of them, to another time."""

from typing import Any

from bot.sandbox.calcom import booking_inputs, instants
from bot.sandbox.calcom.agenda import Look, available_hosts, crew_of
from bot.sandbox.calcom.assignment import check_time, hosts_for, needs_confirmation
from bot.sandbox.calcom.availability import DAY, MINUTE, Span
from bot.sandbox.calcom.booking import ACCEPTED, AWAITING, CANCELLED, PENDING, REJECTED, Booking, Bookings
from bot.sandbox.calcom.booking_call import bookings_of, event_type_of, writer_for
from bot.sandbox.calcom.booking_create import FULL
from bot.sandbox.calcom.booking_store import add_reference, title_for
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Conflict
from bot.sandbox.calcom.event_type import ROUND_ROBIN, EventType
from bot.sandbox.calcom.payloads import tell
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World


def reschedule(call: Call) -> Any:
    """Move a booking: the old one is cancelled, a new one with a new uid takes its place."""
    body = call.body(booking_inputs.RESCHEDULE)
    world, bookings = call.world, bookings_of(call)
    booking = bookings.get(call.params["bookingUid"])
    _check_movable(booking)
    event_type = event_type_of(world, booking)
    _check_rules(world, event_type, booking)
    start = instants.read(body["start"])
    assert start is not None
    if booking.is_seated:
        moved, seat = _move_seat(world, booking, event_type, body, start)
        return writer_for(call).write(moved, seat)
    return writer_for(call).write(_move(world, booking, event_type, body, start))


def _check_movable(booking: Booking) -> None:
    begin = f"Can't reschedule booking with uid={booking.uid} because it has been "
    if booking.status == CANCELLED and booking.to_uid:
        raise BadRequest(
            f"{begin}cancelled and rescheduled already to booking with uid={booking.to_uid}. You probably want to"
            " reschedule"
            f" {booking.to_uid} instead by passing it within the request URL."
        )
    if booking.status == CANCELLED:
        raise BadRequest(f"{begin}cancelled. Please provide uid of a booking that is not cancelled.")
    if booking.status == REJECTED:
        raise BadRequest(f"{begin}rejected. Please provide uid of a booking that is not rejected.")
    if booking.status == AWAITING:
        raise BadRequest(f"Can't reschedule booking with uid={booking.uid} because it is awaiting a host.")


def _check_rules(world: World, event_type: EventType, booking: Booking) -> None:
    rule = event_type.data.get("disableRescheduling") or {}
    least = int(rule.get("minutesBefore") or 0)
    too_late = bool(least) and booking.start - world.now() < least * MINUTE
    if (rule.get("disabled") and not least) or too_late:
        raise BadRequest("This event type does not allow rescheduling")
    if booking.end <= world.now() and not event_type.data.get("allowReschedulingPastBookings"):
        raise BadRequest(f"Can't reschedule booking with uid={booking.uid} because it is in the past.")


def _move(world: World, booking: Booking, event_type: EventType, body: Json, start: int) -> Booking:
    """Cal.com: the new booking has the event type's default length, whatever the old one's was."""
    check_time(world, event_type, start)
    end = start + event_type.length * MINUTE
    hosts = _same_or_other_hosts(world, booking, event_type, Span(start, end))
    mover = str(body.get("rescheduledBy") or "")
    owner_moves = mover.lower() in {host.email for host in hosts}
    pending = needs_confirmation(event_type, start, world.now()) and not owner_moves
    bookings, uid, now = Bookings(world.database), world.uid(), world.now_ms()
    responses = {**booking.data.get("responses", {})}
    if body.get("reschedulingReason"):
        responses["rescheduledReason"] = body["reschedulingReason"]
    data = {
        **booking.data,
        "responses": responses,
        "reschedulingReason": body.get("reschedulingReason"),
        "rescheduledByEmail": mover or None,
        "icsUid": booking.data.get("icsUid"),
    }
    if data["location"] == world.url(f"/video/{booking.uid}"):
        data["location"] = world.url(f"/video/{uid}")
    booker = booking.attendees[0].data["name"] if booking.attendees else ""
    if hosts[0].id != booking.organizer_id:
        data["title"] = title_for(world, event_type, hosts[0], booker, event_type.length)
    new_id = bookings.add(
        {
            "uid": uid,
            "event_type_id": event_type.id,
            "organizer_id": hosts[0].id,
            "status": PENDING if pending else ACCEPTED,
            "start": start,
            "finish": end,
            "created": now,
            "updated": now,
            "recurring_uid": booking.recurring_uid,
            "from_uid": booking.uid,
        },
        data,
        [host.id for host in hosts],
    )
    for attendee in booking.attendees:
        bookings.add_attendee(
            new_id, start, str(attendee.data.get("email") or attendee.email), {**attendee.data, "noShow": False}
        )
    add_reference(world, new_id, uid, data["location"])
    bookings.change(
        booking,
        now,
        {"rescheduledByEmail": mover or None},
        status=CANCELLED,
        to_uid=uid,
        recurring_uid=booking.recurring_uid,
    )
    moved = bookings.get(uid)
    _tell_moved(world, booking, moved)
    return moved


def _tell_moved(world: World, old: Booking, moved: Booking) -> None:
    """Cal.com: for types that need confirmation a move is announced as a new request."""
    tell(
        world,
        "BOOKING_REQUESTED" if moved.status == PENDING else "BOOKING_RESCHEDULED",
        moved,
        rescheduleId=old.id,
        rescheduleUid=old.uid,
        rescheduleStartTime=instants.write(old.start),
        rescheduleEndTime=instants.write(old.end),
    )


def _same_or_other_hosts(world: World, booking: Booking, event_type: EventType, span: Span) -> list[User]:
    """A round robin stays with its host if free."""
    if event_type.scheduling_type == ROUND_ROBIN and booking.organizer_id is not None:
        look = Look(
            event_type, event_type.length, Span(span.start - DAY, span.end + DAY), booking.uid, heed_holds=False
        )
        free = available_hosts(world, crew_of(world, event_type), look, span) or []
        same = [user for user in free if user.id in booking.host_ids]
        if same and len(same) == len(booking.host_ids):
            return same
    return hosts_for(world, event_type, span, booking.uid)


def _move_seat(world: World, booking: Booking, event_type: EventType, body: Json, start: int) -> tuple[Booking, str]:
    """One seat moves to another slot's meeting, which is opened if need be."""
    seat_uid = body.get("seatUid")
    if not seat_uid:
        raise BadRequest(
            f"Booking with uid={booking.uid} is a seated booking which means you have to provide seatUid in the"
            " request body"
            " to specify which seat specifically you want to reschedule."
        )
    seat = booking.seat(seat_uid)
    if seat is None:
        raise BadRequest("Invalid seatUid: this seat does not exist or has already been cancelled.")
    check_time(world, event_type, start)
    bookings, now = Bookings(world.database), world.now_ms()
    target = next(
        iter(
            bookings.where(
                "event_type_id = ? AND start = ? AND status IN ('accepted', 'pending')", event_type.id, start
            )
        ),
        None,
    )
    alone = len([entry for entry in booking.attendees if entry.seat_uid]) == 1
    if target is None:
        end = start + event_type.length * MINUTE
        hosts = hosts_for(world, event_type, Span(start, end), booking.uid if alone else None)
        uid = world.uid()
        data = {**booking.data, "reschedulingReason": None}
        if data["location"] == world.url(f"/video/{booking.uid}"):
            data["location"] = world.url(f"/video/{uid}")
        bookings.add(
            {
                "uid": uid,
                "event_type_id": event_type.id,
                "organizer_id": hosts[0].id,
                "status": booking.status,
                "start": start,
                "finish": end,
                "created": now,
                "updated": now,
                "from_uid": booking.uid,
            },
            data,
            [host.id for host in hosts],
        )
        target = bookings.get(uid)
    elif len([entry for entry in target.attendees if entry.seat_uid]) >= (event_type.seats or 0):
        raise Conflict(FULL)
    world.database.change("attendees", seat.id, {"booking_id": target.id, "start": start})
    if alone:
        bookings.change(booking, now, status=CANCELLED, to_uid=target.uid)
    target = bookings.change(target, now)
    _tell_moved(world, booking, target)
    return target, seat_uid
