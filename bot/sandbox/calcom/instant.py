"""Instant bookings: all hosts of a team's event type are rung, the first who joins has it."""

import secrets
from dataclasses import dataclass

from bot.sandbox.calcom.agenda import Look, taken
from bot.sandbox.calcom.availability import MINUTE, Span
from bot.sandbox.calcom.booking import ACCEPTED, AWAITING, Booking, Bookings
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.payloads import answers_with_labels, tell
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import Notice, World

EXPIRES_AFTER = 90
"""Seconds a ring lasts (Cal.com's default, `instantMeetingExpiryTimeOffsetInSeconds`)."""


def ring(world: World, event_type: EventType, start: int, made: Json) -> Booking:
    """Store a booking that awaits a host and ring the team's, organisation's and event type's webhooks."""
    bookings = Bookings(world.database)
    uid = made["uid"]
    team = world.people.team(event_type.team_id)
    assert team is not None, "the caller has checked that it is a team's"
    data = made["data"]
    name = made["person"]["name"]
    data["title"] = data["title"] or f"{event_type.title} between {team.name} and {name}"
    data["location"] = world.url(f"/video/{uid}")
    data["instant"] = True
    now = world.now_ms()
    booking_id = bookings.add(
        {
            "uid": uid,
            "event_type_id": event_type.id,
            "status": AWAITING,
            "start": start,
            "finish": start + event_type.length * MINUTE,
            "created": now,
            "updated": now,
        },
        data,
        [],
    )
    bookings.add_attendee(booking_id, start, made["email"], made["person"])
    for guest in made["guests"]:
        bookings.add_attendee(
            booking_id, start, guest, {"name": guest, "timeZone": made["person"]["timeZone"], "language": "en"}
        )
    world.database.insert("booking_references", {"booking_id": booking_id, "type": "daily_video", "event_uid": uid})
    token = secrets.token_hex(32)
    world.database.insert(
        "instant_tokens", {"token": token, "booking_id": booking_id, "expires": world.now() + EXPIRES_AFTER}
    )
    payload: Json = {
        "triggerEvent": "INSTANT_MEETING",
        "uid": uid,
        "responses": answers_with_labels(event_type, data["responses"]),
        "connectAndJoinUrl": world.url(f"/connect-and-join?token={token}"),
        "eventTypeId": event_type.id,
        "eventTypeTitle": event_type.title,
        "customInputs": None,
    }
    world.tell(Notice("INSTANT_MEETING", payload, event_type_id=event_type.id, team_id=event_type.team_id))
    return bookings.get(uid)


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring as its connect page sees it."""

    booking: Booking
    event_type: EventType
    expired: bool

    @property
    def taken(self) -> bool:
        """Whether a host has joined already, or it was called off."""
        return self.booking.status != AWAITING


def find(world: World, token: str) -> Ring | None:
    """The ring a token belongs to."""
    row = world.database.one("SELECT * FROM instant_tokens WHERE token = ?", token)
    if row is None:
        return None
    booking = next(iter(Bookings(world.database).where("id = ?", row["booking_id"])), None)
    event_type = world.event_types.get(booking.event_type_id) if booking else None
    if booking is None or event_type is None:
        return None
    return Ring(booking, event_type, world.now() >= row["expires"])


def likely_host(world: World, found: Ring) -> User | None:
    """Who most likely opens the link: the first host without another meeting at the moment, else the first."""
    hosts = [user for host in found.event_type.host_ids if (user := world.people.user(host))]
    now = world.now()
    look = Look(found.event_type, found.booking.minutes, Span(now, now + found.booking.minutes * MINUTE))
    idle = [user for user in hosts if not any(span.start <= now < span.end for span in taken(world, user, look))]
    return next(iter(idle or hosts), None)


def join(world: World, found: Ring, host: User) -> Booking:
    """The host takes the meeting (or corrects who took it): it is accepted and theirs."""
    bookings = Bookings(world.database)
    world.database.run("DELETE FROM booking_hosts WHERE booking_id = ?", found.booking.id)
    bookings.add_host(found.booking.id, host.id, 0, found.booking.start)
    booking = bookings.change(found.booking, world.now_ms(), status=ACCEPTED, organizer_id=host.id)
    if found.taken:
        tell(world, "BOOKING_REASSIGNED", booking)
    else:
        tell(world, "INSTANT_MEETING_ACCEPTED", booking)
        tell(world, "BOOKING_CREATED", booking)
    return booking
