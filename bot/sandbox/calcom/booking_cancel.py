"""Cancelling bookings: one, one seat, this and following, or a whole series."""

from typing import Any

from bot.sandbox.calcom import booking_inputs
from bot.sandbox.calcom.booking import CANCELLED, Booking
from bot.sandbox.calcom.booking_call import bookings_of, writer_for
from bot.sandbox.calcom.booking_output import is_host, manages
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Bare, NotFound
from bot.sandbox.calcom.payloads import tell


def cancel(call: Call) -> Any:
    """Cancel a booking, one seat of it, or (with a recurring uid) all that is left of a series."""
    body = call.body(booking_inputs.CANCEL)
    bookings, uid = bookings_of(call), call.params["bookingUid"]
    booking = bookings.find(uid)
    if booking is None:
        return _cancel_series(
            call, uid, [entry for entry in bookings.series(uid) if entry.end > call.world.now()], body
        )
    if booking.status == CANCELLED:
        raise BadRequest(
            f"Can't cancel booking with uid={uid} because it has been cancelled already. Please provide uid of a"
            " booking that"
            " is not cancelled."
        )
    if booking.is_seated and body.get("seatUid"):
        return writer_for(call).write(_cancel_seat(call, booking, body))
    if body.get("cancelSubsequentBookings"):
        if booking.recurring_uid is None:
            raise BadRequest(f"Booking with bookingUid={uid} is not part of a recurring booking.")
        series = bookings.series(booking.recurring_uid)
        later = [entry for entry in series if entry.start >= booking.start]
        return _cancel_series(call, booking.recurring_uid, later, body)
    if booking.is_seated and not (call.caller and manages(call.world, call.caller.user, booking)):
        raise BadRequest(
            f"Booking with uid={uid} is a seated booking which means you have to provide seatUid of the seat to be"
            " cancelled"
            " in the request body."
        )
    return writer_for(call).write(_cancel_one(call, booking, body))


def _cancel_series(call: Call, recurring_uid: str, chosen: list[Booking], body: Json) -> Any:
    """Cancel those occurrences that are not cancelled yet; answers with the whole series."""
    bookings = bookings_of(call)
    if not bookings.series(recurring_uid):
        raise NotFound(f"Booking with uid={recurring_uid} was not found in the database")
    for entry in chosen:
        if entry.is_live:
            _cancel_one(call, entry, body)
    return writer_for(call).several(bookings.series(recurring_uid))


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
    cancelled = bookings_of(call).change(booking, call.world.now_ms(), changes, status=CANCELLED)
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
        other = bookings_of(call).on_seat(body["seatUid"])
        if other is not None:
            raise BadRequest("Invalid seatUid: this seat does not belong to this booking.")
        raise BadRequest("Invalid seatUid: this seat does not exist or has already been cancelled.")
    _check_cancellable(call, booking)
    world, bookings = call.world, bookings_of(call)
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
