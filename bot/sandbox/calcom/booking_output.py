"""A booking as the API shows it."""

import re
from typing import Any

from bot.sandbox.calcom import instants
from bot.sandbox.calcom.booking import CANCELLED, Attendee, Booking
from bot.sandbox.calcom.call import Caller
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World

MANAGED_MARK = re.compile(r"\+[a-zA-Z0-9]{25}")
"""What the platform adds to addresses of managed users."""

UNKNOWN_HOST = dict.fromkeys(("id", "name", "email", "displayEmail", "username", "timeZone"), "unknown")
"""Cal.com fills every property with the word when no host is assigned, the id too."""


def host_output(user: User) -> Json:
    """A host in a booking."""
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "displayEmail": user.email,
        "username": user.username,
        "timeZone": user.data["timeZone"],
    }


def attendee_output(attendee: Attendee) -> Json:
    """An attendee of a booking without seats."""
    email = str(attendee.data.get("email") or attendee.email)
    shown: Json = {
        "name": attendee.data["name"],
        "email": email,
        "displayEmail": MANAGED_MARK.sub("", email),
        "timeZone": attendee.data["timeZone"],
        "language": attendee.data.get("language") or "en",
        "absent": bool(attendee.data.get("noShow")),
    }
    if attendee.data.get("phoneNumber"):
        shown["phoneNumber"] = attendee.data["phoneNumber"]
    return shown


def seat_output(attendee: Attendee) -> Json:
    """An attendee on a seat; the answers come without the e-mail."""
    answers = {name: value for name, value in (attendee.data.get("responses") or {}).items() if name != "email"}
    return {
        **attendee_output(attendee),
        "seatUid": attendee.seat_uid,
        "bookingFieldsResponses": answers,
        "metadata": attendee.data.get("metadata") or {},
    }


class BookingWriter:
    """Turns bookings into output; remembers hosts and event types while it lives (one request)."""

    def __init__(self, world: World, caller: Caller | None, version: str = "", *, all_seats: bool = False) -> None:
        self._world = world
        self._caller = caller
        self._users: dict[int, User | None] = {}
        self._types: dict[int, EventType | None] = {}
        self._all_seats = all_seats
        self._shows_cancelled_seats = version >= "2026-02-25"

    def write(self, booking: Booking, seat_uid: str | None = None, only_seat: str | None = None) -> Json:
        """The whole booking, in the variant that fits it (plain, recurring, seated, both).

        `seat_uid` names the seat just taken; `only_seat` is the one shown to somebody who may not see the others.
        """
        event_type = self._type(booking.event_type_id)
        organizer = self._user(booking.organizer_id)
        data = booking.data
        location = data.get("location") or ""
        shown: Json = {
            "id": booking.id,
            "uid": booking.uid,
            "title": data["title"],
            "description": data.get("description") or "",
            "hosts": [host_output(organizer)] if organizer else [dict(UNKNOWN_HOST)],
            "status": booking.status,
            "start": instants.write(booking.start),
            "end": instants.write(booking.end),
            "duration": booking.minutes,
            "eventTypeId": booking.event_type_id,
            "eventType": {"id": booking.event_type_id, "slug": event_type.slug if event_type else ""},
            "location": location,
            "meetingUrl": location,
            "absentHost": bool(data.get("noShowHost")),
            "createdAt": instants.write_ms(booking.created),
            "updatedAt": instants.write_ms(booking.updated),
            "metadata": data.get("metadata") or {},
            "icsUid": data.get("icsUid") or f"{booking.uid}@Cal.com",
        }
        if booking.status == CANCELLED:
            shown |= _given(data, "cancellationReason", "cancelledByEmail")
        shown |= _given(data, "reschedulingReason", "rescheduledByEmail", "rating")
        if booking.from_uid:
            shown["rescheduledFromUid"] = booking.from_uid
        if booking.to_uid:
            shown["rescheduledToUid"] = booking.to_uid
        if booking.recurring_uid:
            shown["recurringBookingUid"] = booking.recurring_uid
        if booking.is_seated:
            if seat_uid:
                shown["seatUid"] = seat_uid
            shown["attendees"] = self._seats(booking, event_type, only_seat)
        else:
            shown["attendees"] = [attendee_output(attendee) for attendee in booking.attendees]
            shown["guests"] = list(data.get("responses", {}).get("guests") or [])
            shown["bookingFieldsResponses"] = data.get("responses") or {}
        return shown

    def several(self, bookings: list[Booking]) -> list[Json]:
        """All of them."""
        return [self.write(booking) for booking in bookings]

    def _seats(self, booking: Booking, event_type: EventType | None, only: str | None) -> list[Json]:
        if booking.status == CANCELLED and not self._shows_cancelled_seats:
            return []
        seats = (event_type.data.get("seats") or {}) if event_type else {}
        if not (self._all_seats or seats.get("showAttendeeInfo") or self._may_see_all(booking)):
            return [seat_output(attendee) for attendee in booking.attendees if only and attendee.seat_uid == only]
        return [seat_output(attendee) for attendee in booking.attendees if attendee.seat_uid]

    def _may_see_all(self, booking: Booking) -> bool:
        return self._caller is not None and manages(self._world, self._caller.user, booking)

    def _user(self, user_id: int | None) -> User | None:
        if user_id is None:
            return None
        if user_id not in self._users:
            self._users[user_id] = self._world.people.user(user_id)
        return self._users[user_id]

    def _type(self, type_id: int) -> EventType | None:
        if type_id not in self._types:
            self._types[type_id] = self._world.event_types.get(type_id)
        return self._types[type_id]


def _given(data: Json, *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names if data.get(name) is not None}


def is_host(user: User, booking: Booking) -> bool:
    """Whether this user hosts the booking."""
    return user.id == booking.organizer_id or user.id in booking.host_ids


def manages(world: World, user: User, booking: Booking) -> bool:
    """Whether this user may act as the booking's host: a host, an admin of its team, or of a host's organisation."""
    if is_host(user, booking):
        return True
    event_type = world.event_types.get(booking.event_type_id)
    if event_type is not None and world.people.administers(user.id, event_type.team_id):
        return True
    return any(world.people.is_admin_over(user.id, host) for host in booking.host_ids)
