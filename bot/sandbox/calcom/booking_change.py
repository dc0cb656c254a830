"""What happens to bookings later: moved, cancelled, confirmed, declined, handed to another host, marked absent."""

from typing import Any

from bot.sandbox.calcom import booking_inputs, instants
from bot.sandbox.calcom.agenda import Look, available_hosts, crew_of
from bot.sandbox.calcom.availability import DAY, MINUTE, Span
from bot.sandbox.calcom.booking import ACCEPTED, AWAITING, CANCELLED, PENDING, REJECTED, Booking, Bookings
from bot.sandbox.calcom.booking_create import (
    FULL,
    add_reference,
    check_time,
    hosts_for,
    needs_confirmation,
    title_for,
)
from bot.sandbox.calcom.booking_output import BookingWriter, is_host, manages
from bot.sandbox.calcom.call import Call, Whole
from bot.sandbox.calcom.database import Json, pack
from bot.sandbox.calcom.errors import BadRequest, Bare, Conflict, Forbidden, NotFound, Unauthorized
from bot.sandbox.calcom.event_type import ROUND_ROBIN, EventType
from bot.sandbox.calcom.payloads import tell
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import Notice, World


def _writer(call: Call) -> BookingWriter:
    return BookingWriter(call.world, call.caller, call.version)


def _bookings(call: Call) -> Bookings:
    return Bookings(call.world.database)


def _event_type(world: World, booking: Booking) -> EventType:
    event_type = world.event_types.get(booking.event_type_id)
    if event_type is None:
        raise NotFound(f"Event type with id {booking.event_type_id} not found.")
    return event_type


def reschedule(call: Call) -> Any:
    """Move a booking: the old one is cancelled, a new one with a new uid takes its place."""
    body = call.body(booking_inputs.RESCHEDULE)
    world, bookings = call.world, _bookings(call)
    booking = bookings.get(call.params["bookingUid"])
    _check_movable(booking)
    event_type = _event_type(world, booking)
    _check_rules(world, event_type, booking)
    start = instants.read(body["start"])
    assert start is not None
    if booking.is_seated:
        moved, seat = _move_seat(world, booking, event_type, body, start)
        return _writer(call).write(moved, seat)
    return _writer(call).write(_move(world, booking, event_type, body, start))


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
            f"Booking with uid={booking.uid} is a seated booking which means you have to provide seatUid of the"
            " seat to be"
            " rescheduled in the request body."
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


def cancel(call: Call) -> Any:
    """Cancel a booking, one seat of it, or (with a recurring uid) all that is left of a series."""
    body = call.body(booking_inputs.CANCEL)
    bookings, uid = _bookings(call), call.params["bookingUid"]
    booking = bookings.find(uid)
    if booking is None:
        series = [entry for entry in bookings.series(uid) if entry.is_live and entry.end > call.world.now()]
        if not bookings.series(uid):
            raise NotFound(f"Booking with uid={uid} was not found in the database")
        return [_writer(call).write(_cancel_one(call, entry, body)) for entry in series]
    if booking.status == CANCELLED:
        raise BadRequest(
            f"Can't cancel booking with uid={uid} because it has been cancelled already. Please provide uid of a"
            " booking that"
            " is not cancelled."
        )
    if booking.is_seated and body.get("seatUid"):
        return _writer(call).write(_cancel_seat(call, booking, body))
    if body.get("cancelSubsequentBookings") and booking.recurring_uid:
        later = [
            entry for entry in bookings.series(booking.recurring_uid) if entry.is_live and entry.start >= booking.start
        ]
        return [_writer(call).write(_cancel_one(call, entry, body)) for entry in later]
    if booking.is_seated and not (call.caller and manages(call.world, call.caller.user, booking)):
        raise BadRequest(
            f"Booking with uid={uid} is a seated booking which means you have to provide seatUid of the seat to be"
            " cancelled"
            " in the request body."
        )
    return _writer(call).write(_cancel_one(call, booking, body))


def _check_cancellable(call: Call, booking: Booking) -> None:
    if booking.end <= call.world.now():
        raise Bare("Cannot cancel a booking that has already ended")
    event_type = call.world.event_types.get(booking.event_type_id)
    if event_type is not None and (event_type.data.get("disableCancelling") or {}).get("disabled"):
        raise Bare("This event type does not allow cancellations")


def _cancel_one(call: Call, booking: Booking, body: Json) -> Booking:
    _check_cancellable(call, booking)
    reason = body.get("cancellationReason")
    if call.caller is not None and is_host(call.caller.user, booking) and not (reason or "").strip():
        raise Bare("Cancellation reason is required when you are the host")
    changes = {
        "cancellationReason": reason,
        "cancelledByEmail": call.caller.user.email if call.caller else None,
    }
    cancelled = _bookings(call).change(booking, call.world.now_ms(), changes, status=CANCELLED)
    tell(
        call.world,
        "BOOKING_CANCELLED",
        cancelled,
        cancellationReason=reason,
        cancelledBy=changes["cancelledByEmail"],
        requestReschedule=False,
    )
    return cancelled


def _cancel_seat(call: Call, booking: Booking, body: Json) -> Booking:
    seat = booking.seat(body["seatUid"])
    if seat is None:
        other = _bookings(call).on_seat(body["seatUid"])
        if other is not None:
            raise BadRequest("Invalid seatUid: this seat does not belong to this booking.")
        raise BadRequest("Invalid seatUid: this seat does not exist or has already been cancelled.")
    _check_cancellable(call, booking)
    world, bookings = call.world, _bookings(call)
    world.database.run("DELETE FROM attendees WHERE id = ?", seat.id)
    left = [entry for entry in booking.attendees if entry.seat_uid and entry.id != seat.id]
    if left:
        changed = bookings.change(booking, world.now_ms())
    else:
        reason = body.get("cancellationReason")
        changed = bookings.change(booking, world.now_ms(), {"cancellationReason": reason}, status=CANCELLED)
    tell(
        world,
        "BOOKING_CANCELLED",
        changed,
        seat,
        cancellationReason=body.get("cancellationReason"),
        requestReschedule=False,
        seatReferenceUid=seat.seat_uid,
    )
    return changed


def _managed(call: Call, what: str) -> Booking:
    """The booking of the path, if the caller may act as its host."""
    booking = _bookings(call).get(call.params["bookingUid"])
    if not manages(call.world, call.user, booking):
        raise Unauthorized(f"User is not authorized to {what} this booking")
    return booking


def confirm(call: Call) -> Any:
    """Accept a request."""
    booking = _managed(call, "confirm")
    if booking.status == ACCEPTED:
        raise BadRequest("Booking already confirmed")
    if booking.status != PENDING:
        raise BadRequest(f"Can't confirm booking with uid={booking.uid} because its status is {booking.status}.")
    confirmed = _bookings(call).change(booking, call.world.now_ms(), status=ACCEPTED)
    tell(call.world, "BOOKING_CREATED", confirmed)
    return _writer(call).write(confirmed)


def decline(call: Call) -> Any:
    """Turn a request down."""
    body = call.body(booking_inputs.DECLINE)
    booking = _managed(call, "decline")
    if booking.status != PENDING:
        raise BadRequest(f"Can't decline booking with uid={booking.uid} because its status is {booking.status}.")
    reason = body.get("reason")
    declined = _bookings(call).change(booking, call.world.now_ms(), {"rejectionReason": reason}, status=REJECTED)
    tell(call.world, "BOOKING_REJECTED", declined, rejectionReason=reason)
    return _writer(call).write(declined)


def request_reschedule(call: Call) -> Any:
    """The host asks the attendees for another time; the booking is cancelled."""
    body = call.body(booking_inputs.REQUEST_RESCHEDULE)
    booking = _managed(call, "request a reschedule of")
    if not booking.is_live:
        raise BadRequest(f"Can't request reschedule for booking with uid={booking.uid} because it has been cancelled.")
    if booking.end <= call.world.now():
        raise BadRequest(f"Can't request reschedule for booking with uid={booking.uid} because it is in the past.")
    reason = body.get("rescheduleReason")
    changes = {"cancellationReason": reason, "cancelledByEmail": call.user.email, "rescheduleRequested": True}
    cancelled = _bookings(call).change(booking, call.world.now_ms(), changes, status=CANCELLED)
    tell(
        call.world,
        "BOOKING_CANCELLED",
        cancelled,
        cancellationReason=reason,
        cancelledBy=call.user.email,
        requestReschedule=True,
    )
    return Whole({"status": "success"})


def mark_absent(call: Call) -> Any:
    """Note that the host or attendees did not come."""
    body = call.body(booking_inputs.ABSENT)
    booking = _managed(call, "mark absences of")
    if call.world.now() < booking.start:
        raise BadRequest(
            "Bookings can only be marked as absent after their scheduled start time. Current time in UTC+0:"
            f" {instants.write(call.world.now())}, Booking start time in UTC+0: {instants.write(booking.start)}"
        )
    world, bookings = call.world, _bookings(call)
    entries = body.get("attendees") or []
    known = {attendee.email: attendee for attendee in booking.attendees}
    absent: list[Json] = []
    for entry in entries:
        attendee = known.get(entry["email"].lower())
        if attendee is not None:
            data = {**attendee.data, "noShow": entry["absent"]}
            world.database.change("attendees", attendee.id, {"data": pack(data)})
            absent.append({"email": attendee.data.get("email"), "noShow": entry["absent"]})
    changes = {"noShowHost": body["host"]} if "host" in body else {}
    changed = bookings.change(booking, world.now_ms(), changes)
    tell_no_show(world, changed, absent)
    return _writer(call).write(changed)


def tell_no_show(world: World, booking: Booking, absent: list[Json]) -> None:
    """BOOKING_NO_SHOW_UPDATED has a payload of its own."""
    event_type = world.event_types.get(booking.event_type_id)
    names = ", ".join(str(entry["email"]) for entry in absent)
    payload = {
        "message": f"{names} marked as no-show" if names else "Host marked as no-show",
        "bookingUid": booking.uid,
        "bookingId": booking.id,
        "attendees": absent,
    }
    world.tell(
        Notice(
            "BOOKING_NO_SHOW_UPDATED",
            payload,
            user_ids=(booking.organizer_id,) if booking.organizer_id else (),
            event_type_id=booking.event_type_id,
            team_id=event_type.team_id if event_type else None,
        )
    )


def reassign(call: Call) -> Any:
    """Hand a round-robin booking to another free host, a named one if the path says so."""
    booking = _bookings(call).get(call.params["bookingUid"])
    world = call.world
    if not manages(world, call.user, booking):
        raise Forbidden("You do not have permission to reassign this booking")
    event_type = _event_type(world, booking)
    if not booking.is_live:
        raise BadRequest(f"Can't reassign booking with uid={booking.uid} because it has been cancelled.")
    if event_type.scheduling_type != ROUND_ROBIN:
        raise BadRequest("Can't reassign the booking because it is not a round robin booking.")
    body: Json = {}
    target: int | None = None
    if "userId" in call.params:
        body, target = call.body(booking_inputs.REASSIGN), call.id("userId")
        if target not in event_type.host_ids:
            raise BadRequest(f"User with id={target} is not a valid Round Robin host for this booking.")
    look = Look(
        event_type, booking.minutes, Span(booking.start - DAY, booking.end + DAY), booking.uid, heed_holds=False
    )
    free = available_hosts(world, crew_of(world, event_type), look, Span(booking.start, booking.end)) or []
    if target is None:
        others = [user for user in free if user.id != booking.organizer_id]
        if not others:
            raise BadRequest("Can't reassign the booking because no other host is available at that time.")
        chosen = others[0]
    else:
        # Cal.com lets a named host be given a booking outside that host's availability.
        named = world.people.user(target)
        assert named is not None, "hosts of event types exist"
        chosen = named
    return hand_over(world, booking, event_type, chosen, body.get("reason"))


def hand_over(world: World, booking: Booking, event_type: EventType, chosen: User, reason: str | None) -> Json:
    """Make `chosen` the host."""
    world.database.run("DELETE FROM booking_hosts WHERE booking_id = ?", booking.id)
    bookings = Bookings(world.database)
    bookings.add_host(booking.id, chosen.id, 0, booking.start)
    booker = booking.attendees[0].data["name"] if booking.attendees else ""
    changes = {
        "title": title_for(world, event_type, chosen, booker, booking.minutes),
        "reassignReason": reason,
    }
    changed = bookings.change(booking, world.now_ms(), changes, organizer_id=chosen.id)
    tell(world, "BOOKING_REASSIGNED", changed)
    answer: Json = {
        "bookingUid": booking.uid,
        "reassignedTo": {"id": chosen.id, "name": chosen.name, "email": chosen.email},
    }
    if reason is not None:
        answer["reason"] = reason
    return answer
