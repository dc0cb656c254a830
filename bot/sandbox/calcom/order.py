"""A wish for a booking, and the checks that need no look at the calendar."""

from dataclasses import dataclass

from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Forbidden, Unauthorized, Unprocessable
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.world import World

LIMIT_REACHED = "Attendee with this email can't book because the maximum number of active bookings has been reached."
NEEDS_LOGIN = (
    "checkBookingRequiresAuthentication - request must be authenticated by passing credentials belonging to event type"
    " owner, host or team or org admin or owner."
)
NOT_ITS_HOST = (
    "checkBookingRequiresAuthentication - user is not authorized to access this event type. User has to be either event"
    " type owner, host, team admin or owner or org admin or owner."
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


def check_event_type(call: Call, event_type: EventType) -> None:
    if event_type.is_managed_parent:
        raise BadRequest(
            f"Event type with id={event_type.id} is the parent managed event type that can't be booked. You have to"
            " provide"
            " the child event type id aka id of event type that has been assigned to one of the users."
        )
    if event_type.team_id is not None and not event_type.host_ids:
        raise Unprocessable(
            "Can't book this team event type because it has no hosts. Please, add at least 1 host to event type with"
            f" id={event_type.id} belonging to team with id={event_type.team_id} and try again."
        )
    if event_type.data.get("bookingRequiresAuthentication"):
        if call.caller is None:
            raise Unauthorized(NEEDS_LOGIN)
        if not may_overrule(call, event_type):
            raise Forbidden(NOT_ITS_HOST)


def may_overrule(call: Call, event_type: EventType) -> bool:
    """Whether the caller owns, hosts or administers the event type."""
    if call.caller is None:
        return False
    user, people = call.caller.user, call.world.people
    if user.id in event_type.host_ids or people.administers(user.id, event_type.team_id):
        return True
    return event_type.owner_id is not None and people.is_admin_over(user.id, event_type.owner_id)


def check_attendee(order: Order) -> None:
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


def length_of(event_type: EventType, body: Json) -> int:
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


def check_active_limit(world: World, order: Order) -> None:
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
