"""What a request without the right version header meets: the API of 2024-04-15, as far as booking goes.

Clients that forget the header get these other bodies and answers, not the ones they expect. The old lists (bookings,
event types, schedules) are not embedded: they are 404 "Cannot GET ...", as most resources are without the header.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.calcom import booking_create, instants, shape, slots, versions
from bot.sandbox.calcom.booking import Booking, Bookings
from bot.sandbox.calcom.call import Call, Operation
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import NotFound
from bot.sandbox.calcom.shape import Shape

PERSON = Shape({"name*": shape.FULL_NAME, "email*": shape.EMAIL_ADDRESS, "notes": shape.STRING})
CREATE = Shape(
    {
        "start*": shape.ISO_DATE,
        "end": shape.ISO_DATE,
        "eventTypeId*": shape.NUMBER,
        "timeZone*": shape.TIME_ZONE,
        "language*": shape.STRING,
        "metadata*": shape.OBJECT,
        "responses*": PERSON,
    }
)
AVAILABLE = Shape(
    {
        "startTime*": shape.ISO_DATE,
        "endTime*": shape.ISO_DATE,
        "eventTypeId*": shape.NUMBER,
        "timeZone": shape.TIME_ZONE,
        "duration": shape.POSITIVE,
    }
)


def output(call: Call, booking: Booking) -> Json:
    """A booking in the words of the first version."""
    host = call.world.people.user(booking.organizer_id)
    event_type = call.world.event_types.get(booking.event_type_id)
    return {
        "id": booking.id,
        "uid": booking.uid,
        "userId": booking.organizer_id,
        "userPrimaryEmail": host.email if host else None,
        "eventTypeId": booking.event_type_id,
        "eventType": {"id": booking.event_type_id, "slug": event_type.slug if event_type else ""},
        "title": booking.data["title"],
        "description": booking.data.get("description") or "",
        "startTime": instants.write(booking.start),
        "endTime": instants.write(booking.end),
        "status": booking.status.upper(),
        "location": booking.data.get("location"),
        "metadata": booking.data.get("metadata") or {},
        "responses": booking.data.get("responses") or {},
        "user": {"id": host.id, "name": host.name, "email": host.email} if host else None,
        "attendees": [
            {
                "id": attendee.id,
                "bookingId": booking.id,
                "name": attendee.data["name"],
                "email": attendee.data.get("email") or attendee.email,
                "timeZone": attendee.data["timeZone"],
                "locale": attendee.data.get("language") or "en",
            }
            for attendee in booking.attendees
        ],
        "paid": False,
    }


def create(call: Call) -> Any:
    """Book with `responses` in the place of `attendee`."""
    body = call.body(CREATE)
    person = body["responses"]
    given = call.payload["responses"]
    call.payload = {
        "start": body["start"],
        "eventTypeId": body["eventTypeId"],
        "attendee": {"name": person["name"], "email": person["email"], "timeZone": body["timeZone"]},
        "metadata": body["metadata"],
        "bookingFieldsResponses": {
            name: value for name, value in given.items() if name not in ("name", "email", "location", "guests")
        },
    }
    made = booking_create.create_booking(call)
    first = made[0] if isinstance(made, list) else made
    return output(call, Bookings(call.world.database).get(first["uid"]))


def get_booking(call: Call) -> Any:
    """One booking by uid."""
    booking = Bookings(call.world.database).find(call.params["bookingUid"])
    if booking is None:
        raise NotFound(f"Booking with UID={call.params['bookingUid']} does not exist.")
    return output(call, booking)


def available(call: Call) -> Any:
    """`GET /v2/slots/available`: days of `{time}`."""
    query = call.queries(AVAILABLE)
    event_type = call.world.event_types.get(query["eventTypeId"])
    if event_type is None:
        raise NotFound("Event Type not found")
    within = slots.time_range({"start": query["startTime"], "end": query["endTime"]})
    zone = instants.zone(query.get("timeZone") or "UTC") or ZoneInfo("UTC")
    length = slots.chosen_length(event_type, query.get("duration"))
    days: dict[str, list[Json]] = {}
    for start in slots.event_type_starts(call.world, event_type, within, length, None):
        day = datetime.fromtimestamp(start, zone).strftime("%Y-%m-%d")
        days.setdefault(day, []).append({"time": instants.write_in(start, zone)})
    return {"slots": days}


OLD = versions.OLD_BOOKINGS
OPERATIONS = (
    Operation("POST", "/v2/bookings", create, OLD, 201, public=True, scope="BOOKING_WRITE"),
    Operation("GET", "/v2/bookings/{bookingUid}", get_booking, OLD, public=True, scope="BOOKING_READ"),
    Operation("GET", "/v2/slots/available", available, versions.OLD_SLOTS, public=True),
)
