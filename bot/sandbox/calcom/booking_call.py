"""What the endpoints of existing bookings share."""

from bot.sandbox.calcom.booking import Booking, Bookings
from bot.sandbox.calcom.booking_output import BookingWriter, manages
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.errors import NotFound, TrpcRefusal
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.world import World


def writer_for(call: Call) -> BookingWriter:
    """What turns bookings into output for this caller."""
    return BookingWriter(call.world, call.caller, call.version)


def bookings_of(call: Call) -> Bookings:
    """The stored bookings."""
    return Bookings(call.world.database)


def event_type_of(world: World, booking: Booking) -> EventType:
    """The booking's event type, or 404 if it has been deleted since."""
    event_type = world.event_types.get(booking.event_type_id)
    if event_type is None:
        raise NotFound(f"Event type with id {booking.event_type_id} not found.")
    return event_type


def managed_booking(call: Call, what: str) -> Booking:
    """The booking of the path, if the caller may act as its host."""
    booking = bookings_of(call).get(call.params["bookingUid"])
    event_type = call.world.event_types.get(booking.event_type_id)
    hosts_it = event_type is not None and call.user.id in event_type.host_ids
    if not hosts_it and not manages(call.world, call.user, booking):
        raise TrpcRefusal(f"User is not authorized to {what} this booking", 401)
    return booking
