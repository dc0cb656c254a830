"""Writes new bookings: title, place, people, references."""

from bot.sandbox.calcom import places
from bot.sandbox.calcom.assignment import needs_confirmation
from bot.sandbox.calcom.availability import MINUTE
from bot.sandbox.calcom.booking import ACCEPTED, PENDING, Booking, Bookings
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.event_type import ROUND_ROBIN, EventType
from bot.sandbox.calcom.order import Order
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World


def record(world: World, order: Order, start: int) -> Json:
    """A new booking's uid, columns, `data` and attendee, not stored yet."""
    uid, body, event_type = world.uid(), order.body, order.event_type
    attendee, given = order.attendee, body.get("bookingFieldsResponses") or {}
    if body.get("location") is None and body.get("meetingUrl"):
        location = str(body["meetingUrl"])
    else:
        location = places.choose(
            event_type, body.get("location"), attendee.get("phoneNumber"), lambda: world.url(f"/video/{uid}")
        )
    guests = list(body.get("guests") or [])
    # Cal.com keeps these names for itself: what the attendee and the place say wins.
    given = {name: value for name, value in given.items() if name != "location"}
    responses = {**given, "name": attendee["name"], "email": order.email, "guests": guests}
    if attendee.get("phoneNumber"):
        responses["attendeePhoneNumber"] = attendee["phoneNumber"]
    person = {
        "name": attendee["name"],
        "timeZone": attendee["timeZone"],
        "language": attendee.get("language") or "en",
        "phoneNumber": attendee.get("phoneNumber"),
    }
    return {
        "uid": uid,
        "start": start,
        "end": start + order.length * MINUTE,
        "email": order.email,
        "person": person,
        "guests": guests,
        "data": {
            "title": str(given.get("title") or "") or None,
            "description": str(given.get("notes") or ""),
            "location": location,
            "responses": responses,
            "metadata": body.get("metadata") or {},
            "icsUid": f"{uid}@Cal.com",
        },
    }


def title_for(world: World, event_type: EventType, organizer: User | None, attendee: str, length: int) -> str:
    """The booking's title, from the event type's `customName` if it has one."""
    team = world.people.team(event_type.team_id) if event_type.team_id else None
    shared = team is not None and event_type.scheduling_type != ROUND_ROBIN
    host = team.name if team is not None and (shared or organizer is None) else organizer.name if organizer else ""
    template = str(event_type.data.get("customName") or "{Event type title} between {Organiser} and {Scheduler}")
    words = {
        "{Event type title}": event_type.title,
        "{Organiser}": host,
        "{Scheduler}": attendee,
        "{Event duration}": f"{length} mins",
        "{Organiser first name}": host.split(" ")[0],
        "{Scheduler first name}": attendee.split(" ")[0],
        "{Scheduler last name}": attendee.split(" ")[-1],
    }
    for placeholder, word in words.items():
        template = template.replace(placeholder, word)
    return template


def store(
    world: World, order: Order, start: int, hosts: list[User], recurring_uid: str | None = None, *, seated: bool = False
) -> Booking:
    """Write a booking with its attendees and hosts."""
    made = record(world, order, start)
    bookings, event_type, now = Bookings(world.database), order.event_type, world.now()
    data = made["data"]
    name = made["person"]["name"]
    data["title"] = data["title"] or title_for(world, event_type, hosts[0], name, order.length)
    if seated:
        data["seated"] = True
    booking_id = bookings.add(
        {
            "uid": made["uid"],
            "event_type_id": event_type.id,
            "organizer_id": hosts[0].id,
            "status": PENDING if needs_confirmation(event_type, start, now) else ACCEPTED,
            "start": start,
            "finish": made["end"],
            "created": world.now_ms(),
            "updated": world.now_ms(),
            "recurring_uid": recurring_uid,
        },
        data,
        [host.id for host in hosts],
    )
    if not seated:
        add_people(bookings, booking_id, made, hosts)
    add_reference(world, booking_id, made["uid"], data["location"])
    world.database.run("DELETE FROM reservations WHERE event_type_id = ? AND start = ?", event_type.id, start)
    return bookings.get(made["uid"])


def add_people(bookings: Bookings, booking_id: int, made: Json, hosts: list[User]) -> None:
    """The booker, the further hosts of a collective, the guests: Cal.com keeps all of them as attendees."""
    start = made["start"]
    bookings.add_attendee(booking_id, start, made["email"], made["person"])
    for host in hosts[1:]:
        data = {"name": host.name, "timeZone": host.data["timeZone"], "language": "en", "host": True}
        bookings.add_attendee(booking_id, start, host.email, data)
    for guest in made["guests"]:
        data = {"name": guest, "timeZone": made["person"]["timeZone"], "language": made["person"]["language"]}
        bookings.add_attendee(booking_id, start, guest, data)


def add_reference(world: World, booking_id: int, uid: str, location: str) -> None:
    """Cal Video leaves a reference to its room."""
    if location.startswith(world.url("/video/")):
        world.database.insert("booking_references", {"booking_id": booking_id, "type": "daily_video", "event_uid": uid})
