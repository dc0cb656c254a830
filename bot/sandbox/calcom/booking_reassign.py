"""Handing a round-robin booking to another host."""

from typing import Any

from bot.sandbox.calcom import booking_inputs
from bot.sandbox.calcom.agenda import Look, available_hosts, crew_of
from bot.sandbox.calcom.availability import DAY, Span
from bot.sandbox.calcom.booking import Booking, Bookings
from bot.sandbox.calcom.booking_call import bookings_of, event_type_of
from bot.sandbox.calcom.booking_store import title_for
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Forbidden, NotFound
from bot.sandbox.calcom.event_type import ROUND_ROBIN, EventType
from bot.sandbox.calcom.order import may_overrule
from bot.sandbox.calcom.payloads import tell
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World


def reassign(call: Call) -> Any:
    """Hand a round-robin booking to another free host, a named one if the path says so."""
    booking = bookings_of(call).get(call.params["bookingUid"])
    world = call.world
    event_type = event_type_of(world, booking)
    if not may_overrule(call, event_type):
        raise Forbidden("You do not have permission to reassign this booking")
    if not booking.is_live:
        raise BadRequest(f"Can't reassign booking with uid={booking.uid} because it has been cancelled.")
    if event_type.scheduling_type != ROUND_ROBIN:
        raise BadRequest("Can't reassign the booking because it is not a round robin booking.")
    body: Json = {}
    target: int | None = None
    if "userId" in call.params:
        body, target = call.body(booking_inputs.REASSIGN), call.id("userId")
        if world.people.user(target) is None:
            raise NotFound(f"User with id={target} was not found in the database")
        if target not in event_type.host_ids:
            raise BadRequest(
                f"User with id={target} is not a valid Round Robin host - the user to which you reassign this"
                " booking must"
                " be one of the booking hosts. Fetch the booking using the GET /v2/bookings/{uid} endpoint and"
                " select id"
                " of one of the hosts."
            )
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
