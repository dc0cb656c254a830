"""Requests confirmed, declined or sent back, and who did not come."""

from typing import Any

from bot.sandbox.calcom import booking_inputs, instants
from bot.sandbox.calcom.booking import ACCEPTED, CANCELLED, PENDING, REJECTED, Booking
from bot.sandbox.calcom.booking_call import bookings_of, managed_booking, writer_for
from bot.sandbox.calcom.call import Call, Whole
from bot.sandbox.calcom.database import Json, pack
from bot.sandbox.calcom.errors import BadRequest, TrpcRefusal
from bot.sandbox.calcom.payloads import tell
from bot.sandbox.calcom.world import Notice, World


def _decide(call: Call, status: str, data: Json, trigger: str, **told: Any) -> Json:
    """Answer a request. Cal.com: one occurrence of a recurring request answers for all that still wait."""
    booking = managed_booking(call, "confirm")
    if booking.status == ACCEPTED:
        raise TrpcRefusal("Booking already confirmed")
    if booking.status != PENDING:
        raise BadRequest(f"Can't answer booking with uid={booking.uid} because its status is {booking.status}.")
    bookings = bookings_of(call)
    waiting = [booking]
    if booking.recurring_uid is not None:
        waiting = [entry for entry in bookings.series(booking.recurring_uid) if entry.status == PENDING]
    for entry in waiting:
        tell(call.world, trigger, bookings.change(entry, call.world.now_ms(), data, status=status), **told)
    return writer_for(call).write(bookings.get(booking.uid))


def confirm(call: Call) -> Any:
    """Accept a request."""
    return _decide(call, ACCEPTED, {}, "BOOKING_CREATED")


def decline(call: Call) -> Any:
    """Turn a request down."""
    reason = call.body(booking_inputs.DECLINE).get("reason")
    return _decide(call, REJECTED, {"rejectionReason": reason}, "BOOKING_REJECTED", rejectionReason=reason)


def request_reschedule(call: Call) -> Any:
    """The host asks the attendees for another time; the booking is cancelled."""
    body = call.body(booking_inputs.REQUEST_RESCHEDULE)
    booking = managed_booking(call, "request a reschedule of")
    if not booking.is_live:
        raise BadRequest(f"Can't request reschedule for booking with uid={booking.uid} because it has been cancelled.")
    if booking.end <= call.world.now():
        raise BadRequest(f"Can't request reschedule for booking with uid={booking.uid} because it is in the past.")
    reason = body.get("rescheduleReason")
    changes = {"cancellationReason": reason, "cancelledByEmail": call.user.email, "rescheduleRequested": True}
    cancelled = bookings_of(call).change(booking, call.world.now_ms(), changes, status=CANCELLED)
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
    booking = managed_booking(call, "mark absences of")
    if call.world.now() < booking.start:
        raise BadRequest(
            "Bookings can only be marked as absent after their scheduled start time. Current time in UTC+0:"
            f" {instants.write(call.world.now())}, Booking start time in UTC+0: {instants.write(booking.start)}"
        )
    world, bookings = call.world, bookings_of(call)
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
    return writer_for(call).write(changed)


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
