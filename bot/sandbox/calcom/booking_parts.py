"""The parts of a booking: attendees, guests, place, calendar links, references, recordings, sessions."""

import hashlib
from typing import Any
from urllib.parse import quote, urlencode

from bot.sandbox.calcom import booking_inputs, instants, places
from bot.sandbox.calcom.booking import Attendee, Booking, Bookings
from bot.sandbox.calcom.booking_output import BookingWriter, attendee_output, manages
from bot.sandbox.calcom.booking_store import add_reference
from bot.sandbox.calcom.call import Call, allow
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, Conflict, NotFound
from bot.sandbox.calcom.payloads import tell

MOST_GUESTS = 30
LINK_LIFETIME = 3600


def _booking(call: Call) -> Booking:
    return Bookings(call.world.database).get(call.params["bookingUid"])


def _managed(call: Call) -> Booking:
    booking = _booking(call)
    allow(manages(call.world, call.user, booking), "You do not have permission to access this booking")
    return booking


def _taking_part(call: Call) -> Booking:
    """The booking, for its hosts, their admins and its attendees."""
    booking = _booking(call)
    attends = any(attendee.email == call.user.email for attendee in booking.attendees)
    allow(
        attends or manages(call.world, call.user, booking),
        "You do not have permission to update this booking",
    )
    return booking


def _write(call: Call, booking: Booking) -> Json:
    return BookingWriter(call.world, call.caller, call.version).write(booking)


def _with_id(attendee: Attendee) -> Json:
    return {**attendee_output(attendee), "id": attendee.id}


def list_attendees(call: Call) -> Any:
    """All attendees, with ids."""
    return [_with_id(attendee) for attendee in _taking_part(call).attendees]


def get_attendee(call: Call) -> Any:
    """One attendee."""
    booking, attendee_id = _taking_part(call), call.id("attendeeId")
    for attendee in booking.attendees:
        if attendee.id == attendee_id:
            return _with_id(attendee)
    raise NotFound(f"Attendee with id {attendee_id} not found in booking {booking.uid}")


def add_attendee(call: Call) -> Any:
    """One more attendee."""
    body = call.body(booking_inputs.ADD_ATTENDEE)
    booking = _taking_part(call)
    _check_open(call, booking)
    if any(attendee.email == body["email"].lower() for attendee in booking.attendees):
        raise Conflict(f"Attendee with email {body['email']} already exists in this booking.")
    bookings = Bookings(call.world.database)
    data = {name: body.get(name) for name in ("name", "timeZone", "phoneNumber")}
    data["language"] = body.get("language") or "en"
    attendee_id = bookings.add_attendee(booking.id, booking.start, body["email"], data)
    changed = bookings.change(booking, call.world.now_ms())
    added = next(attendee for attendee in changed.attendees if attendee.id == attendee_id)
    return {**_with_id(added), "bookingId": booking.id}


def remove_attendee(call: Call) -> Any:
    """Take an attendee off the list, not the booker."""
    booking, attendee_id = _taking_part(call), call.id("attendeeId")
    attendee = next((entry for entry in booking.attendees if entry.id == attendee_id), None)
    if attendee is None:
        raise NotFound(f"Attendee with id {attendee_id} not found in booking {booking.uid}")
    _check_open(call, booking)
    if attendee.id == booking.attendees[0].id:
        raise BadRequest("Can't remove the primary attendee of a booking.")
    call.world.database.run("DELETE FROM attendees WHERE id = ?", attendee.id)
    Bookings(call.world.database).change(booking, call.world.now_ms())
    shown = attendee_output(attendee)
    kept = {name: shown[name] for name in ("name", "email", "timeZone")}
    return {"id": attendee.id, "bookingId": booking.id, **kept}


def _check_open(call: Call, booking: Booking) -> None:
    if not booking.is_live:
        raise BadRequest(f"Booking with uid={booking.uid} is cancelled and can't be changed.")
    if booking.is_seated:
        raise BadRequest("Attendees of a seated booking are added by booking a seat.")


def add_guests(call: Call) -> Any:
    """Up to ten guests at a time, thirty in all."""
    body = call.body(booking_inputs.ADD_GUESTS)
    booking = _taking_part(call)
    _check_open(call, booking)
    event_type = call.world.event_types.get(booking.event_type_id)
    if event_type is not None and event_type.data.get("disableGuests"):
        raise BadRequest("Guests are disabled for this event type.")
    present = {attendee.email for attendee in booking.attendees}
    fresh: dict[str, Json] = {}
    for guest in body["guests"]:
        if guest["email"].lower() not in present:
            fresh.setdefault(guest["email"].lower(), guest)
    if not fresh:
        raise BadRequest("All provided guests are already attendees of this booking.")
    known = list(booking.data.get("responses", {}).get("guests") or [])
    if len(known) + len(fresh) > MOST_GUESTS:
        raise BadRequest(f"A booking can have at most {MOST_GUESTS} guests.")
    bookings = Bookings(call.world.database)
    first = booking.attendees[0].data if booking.attendees else {"timeZone": "UTC"}
    for guest in fresh.values():
        data = {
            "name": guest.get("name") or guest["email"],
            "timeZone": guest.get("timeZone") or first["timeZone"],
            "language": guest.get("language") or "en",
            "phoneNumber": guest.get("phoneNumber"),
        }
        bookings.add_attendee(booking.id, booking.start, guest["email"], data)
    responses = {
        **booking.data.get("responses", {}),
        "guests": known + [guest["email"] for guest in fresh.values()],
    }
    return _write(call, bookings.change(booking, call.world.now_ms(), {"responses": responses}))


def move_place(call: Call) -> Any:
    """Change where it takes place."""
    chosen = call.body(booking_inputs.MOVE_PLACE)["location"]
    booking = _managed(call)
    if not booking.is_live:
        raise BadRequest(f"Booking with uid={booking.uid} is cancelled and can't be changed.")
    world = call.world
    if chosen["type"] in places.NEEDS:
        location = str(chosen[places.NEEDS[chosen["type"]]])
    else:
        location = places.stored(chosen, chosen, lambda: world.url(f"/video/{booking.uid}"))
    changed = Bookings(world.database).change(booking, world.now_ms(), {"location": location})
    world.database.run("DELETE FROM booking_references WHERE booking_id = ?", booking.id)
    add_reference(world, booking.id, booking.uid, location)
    tell(world, "BOOKING_LOCATION_UPDATED", changed)
    return _write(call, changed)


def calendar_links(call: Call) -> Any:
    """Links that add the booking to the usual calendars."""
    booking = _taking_part(call)
    title, details = booking.data["title"], booking.data.get("description") or ""
    location = booking.data.get("location") or ""
    start, end = instants.write(booking.start), instants.write(booking.end)
    compact = "/".join(text.replace("-", "").replace(":", "")[:15] + "Z" for text in (start, end))
    google = {"action": "TEMPLATE", "text": title, "dates": compact, "details": details, "location": location}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": start,
        "enddt": end,
        "subject": title,
        "body": details,
        "location": location,
    }
    ics = "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Cal.com//sandbox//EN",
            "BEGIN:VEVENT",
            f"UID:{booking.data.get('icsUid')}",
            f"DTSTART:{compact.split('/')[0]}",
            f"DTEND:{compact.split('/')[1]}",
            f"SUMMARY:{title}",
            f"LOCATION:{location}",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )
    return [
        {"label": "Google Calendar", "link": f"https://calendar.google.com/calendar/render?{urlencode(google)}"},
        {
            "label": "Microsoft Office 365",
            "link": f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
        },
        {
            "label": "Microsoft Outlook",
            "link": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
        },
        {"label": "ICS", "link": f"data:text/calendar,{quote(ics)}"},
    ]


def references(call: Call) -> Any:
    """What the booking left in connected services."""
    booking, kind = _managed(call), dict(call.query).get("type")
    rows = call.world.database.all("SELECT * FROM booking_references WHERE booking_id = ?", booking.id)
    return [
        {
            "id": row["id"],
            "type": row["type"],
            "eventUid": row["event_uid"],
            "destinationCalendarId": row["calendar_id"],
        }
        for row in rows
        if kind is None or row["type"] == kind
    ]


def _held(call: Call, booking: Booking) -> list[Json]:
    """The meetings held in the booking's video room so far: who joined when (`sessions`)."""
    rows = call.world.database.all("SELECT * FROM sessions WHERE booking_uid = ? ORDER BY joined", booking.uid)
    return [dict(row) for row in rows]


def _check_video(call: Call, booking: Booking) -> None:
    if booking.data.get("location") != call.world.url(f"/video/{booking.uid}"):
        raise NotFound(f"No Cal Video reference found with booking uid {booking.uid}")


def recordings(call: Call) -> Any:
    """One recording of each Cal Video meeting that was held and is over."""
    booking = _managed(call)
    _check_video(call, booking)
    now = call.world.now()
    if not _held(call, booking) or now < booking.end:
        return []
    first = _held(call, booking)[0]["joined"]
    identity = hashlib.sha256(booking.uid.encode()).hexdigest()
    link = call.world.url(f"/recording/{booking.uid}.mp4?expires={now + LINK_LIFETIME}")
    return [
        {
            "id": f"{identity[:8]}-{identity[8:12]}-{identity[12:16]}-{identity[16:20]}-{identity[20:32]}",
            "roomName": booking.uid,
            "startTs": first,
            "status": "finished",
            "maxParticipants": len({entry["user_name"] for entry in _held(call, booking)}),
            "duration": max(0, booking.end - first),
            "shareToken": identity[:20],
            "downloadLink": link,
        }
    ]


def transcripts(call: Call) -> Any:
    """Links to the transcripts; each lives an hour."""
    booking = _managed(call)
    _check_video(call, booking)
    now = call.world.now()
    if not _held(call, booking) or now < booking.end:
        return []
    return [call.world.url(f"/transcript/{booking.uid}.vtt?expires={now + LINK_LIFETIME}")]


def conferencing_sessions(call: Call) -> Any:
    """Who was in the video room."""
    booking = _managed(call)
    _check_video(call, booking)
    held, now = _held(call, booking), call.world.now()
    if not held:
        return []
    ended = min(now, booking.end) if now >= booking.end else now
    identity = hashlib.sha256(booking.uid.encode()).hexdigest()
    return [
        {
            "id": identity[:36],
            "room": booking.uid,
            "startTime": held[0]["joined"],
            "duration": max(0, ended - held[0]["joined"]),
            "ongoing": now < booking.end,
            "maxParticipants": len({entry["user_name"] for entry in held}),
            "participants": [
                {
                    "userId": str(entry["user_id"]) if entry["user_id"] else None,
                    "userName": entry["user_name"],
                    "joinTime": entry["joined"],
                    "duration": max(0, ended - entry["joined"]),
                }
                for entry in held
            ],
        }
    ]
