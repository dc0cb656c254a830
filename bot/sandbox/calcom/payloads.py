"""What webhooks are told about a booking. The names differ from the REST API's (fact sheet, section 5.10)."""

from datetime import datetime
from typing import Any

from bot.sandbox.calcom import instants
from bot.sandbox.calcom.booking import Attendee, Booking
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import Notice, World


def _offset(zone_name: str, start: int) -> int:
    zone = instants.zone(zone_name)
    if zone is None:
        return 0
    offset = datetime.fromtimestamp(start, zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _person(attendee: Attendee, start: int) -> Json:
    return {
        "id": attendee.id,
        "name": attendee.data["name"],
        "email": attendee.data.get("email") or attendee.email,
        "timeZone": attendee.data["timeZone"],
        "language": {"locale": attendee.data.get("language") or "en"},
        "utcOffset": _offset(attendee.data["timeZone"], start),
    }


def _organizer(user: User | None, start: int) -> Json:
    if user is None:
        return {"name": "unknown", "email": "unknown", "timeZone": "UTC", "language": {"locale": "en"}}
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "username": user.username,
        "timeZone": user.data["timeZone"],
        "language": {"locale": user.data.get("locale") or "en"},
        "timeFormat": "h:mma" if user.data.get("timeFormat") == 12 else "HH:mm",
        "utcOffset": _offset(user.data["timeZone"], start),
    }


def answers_with_labels(event_type: EventType | None, responses: Json) -> Json:
    """`responses` as webhooks show them: label, value and whether the field is hidden."""
    fields = {f["slug"]: f for f in (event_type.data.get("bookingFields") or [])} if event_type else {}
    return {
        slug: {
            "label": fields.get(slug, {}).get("label") or slug,
            "value": value,
            "isHidden": bool(fields.get(slug, {}).get("hidden")),
        }
        for slug, value in responses.items()
    }


def booking_payload(world: World, booking: Booking, only: Attendee | None = None, **extra: Any) -> Json:
    """The `payload` of a booking's webhook; `only` is the one seat it is about."""
    event_type = world.event_types.get(booking.event_type_id)
    organizer = world.people.user(booking.organizer_id)
    organization = world.people.organization_of(organizer.id) if organizer else None
    team = world.people.team(event_type.team_id) if event_type and event_type.team_id else None
    location = booking.data.get("location") or ""
    responses = booking.data.get("responses") or {}
    shown = [only] if only else [entry for entry in booking.attendees if not entry.data.get("host")]
    custom = {f["slug"] for f in (event_type.data.get("bookingFields") or [])} if event_type else set()
    labelled = answers_with_labels(event_type, responses)
    payload: Json = {
        "uid": booking.uid,
        "bookingId": booking.id,
        "type": event_type.slug if event_type else "",
        "title": booking.data["title"],
        "eventTitle": event_type.title if event_type else booking.data["title"],
        "eventDescription": (event_type.data.get("description") or "") if event_type else "",
        "eventTypeId": booking.event_type_id,
        "organizationId": organization.id if organization else None,
        "startTime": instants.write(booking.start),
        "endTime": instants.write(booking.end),
        "length": booking.minutes,
        "status": booking.status.upper(),
        "description": booking.data.get("description") or "",
        "additionalNotes": booking.data.get("description") or "",
        "organizer": _organizer(organizer, booking.start),
        "attendees": [_person(attendee, booking.start) for attendee in shown],
        "responses": labelled,
        "userFieldsResponses": {slug: value for slug, value in labelled.items() if slug in custom},
        "location": location,
        "iCalUID": booking.data.get("icsUid"),
        "metadata": {**(booking.data.get("metadata") or {})},
        "currency": "usd",
        "price": 0,
    }
    if team is not None:
        members = [world.people.user(host) for host in booking.host_ids]
        payload["team"] = {
            "id": team.id,
            "name": team.name,
            "members": [_organizer(member, booking.start) for member in members if member],
        }
    if location.startswith(world.url("/video/")):
        payload["videoCallData"] = {"type": "daily_video", "id": booking.uid, "password": "", "url": location}
        payload["metadata"]["videoCallUrl"] = location
    if booking.is_seated and event_type is not None:
        payload["seatsPerTimeSlot"] = event_type.seats
    payload |= extra
    return payload


def notice_of(
    world: World, trigger: str, booking: Booking, only: Attendee | None = None, *, flat: bool = False, **extra: Any
) -> Notice:
    """A booking's event, for the organiser's webhooks and those of the event type, the team and its organisation."""
    event_type = world.event_types.get(booking.event_type_id)
    return Notice(
        trigger,
        booking_payload(world, booking, only, **extra),
        user_ids=(booking.organizer_id,) if booking.organizer_id else (),
        event_type_id=booking.event_type_id,
        team_id=event_type.team_id if event_type else None,
        flat=flat,
    )


def tell(world: World, trigger: str, booking: Booking, only: Attendee | None = None, **extra: Any) -> None:
    """Queue a booking's event; it is sent once the request's work is committed."""
    world.tell(notice_of(world, trigger, booking, only, **extra))
