"""`/v2/slots/reservations`: a slot is held for a few minutes while somebody makes up their mind."""

import uuid
from typing import Any

from bot.sandbox.calcom import instants, shape, versions
from bot.sandbox.calcom.agenda import Look, crew_of, free
from bot.sandbox.calcom.availability import DAY, MINUTE, Span, covers
from bot.sandbox.calcom.call import Call, Operation, Whole
from bot.sandbox.calcom.database import Json, Row
from bot.sandbox.calcom.errors import BadRequest, Forbidden, NotFound, Unauthorized, Unprocessable
from bot.sandbox.calcom.event_type import ROUND_ROBIN, EventType
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.shape import Shape

DEFAULT_MINUTES = 5
LONGEST_HOLD = 60 * 24
MINUTES = shape.whole(1, LONGEST_HOLD)
INPUT = Shape(
    {
        "eventTypeId*": shape.INTEGER,
        "slotStart*": shape.ISO_DATE,
        "slotDuration": shape.POSITIVE,
        "reservationDuration": MINUTES,
    }
)
RESERVED = "This time slot is already reserved by another user. Please choose a different time."
BOOKED = "Can't reserve a slot if the event is already booked."
NO_HOSTS_LEFT = (
    "Can't reserve the slot because the round robin event type has no available hosts left at this time slot."
)


def output(row: Row) -> Json:
    """A reservation as the API shows it."""
    return {
        "eventTypeId": row["event_type_id"],
        "slotStart": instants.write(row["start"]),
        "slotEnd": instants.write(row["finish"]),
        "slotDuration": (row["finish"] - row["start"]) // MINUTE,
        "reservationUid": row["uid"],
        "reservationDuration": row["minutes"],
        "reservationUntil": instants.write(row["until"]),
    }


def _length(event_type: EventType, asked: int | None) -> int:
    if asked is None:
        return event_type.length
    if not event_type.lengths:
        raise BadRequest(
            "You passed 'slotDuration' but this event type does not support variable length. Either remove"
            " 'slotDuration'"
            " from the request or change the event type to have multiple lengths."
        )
    if asked not in event_type.lengths:
        offered = ", ".join(str(length) for length in event_type.lengths)
        raise BadRequest(
            "Provided 'slotDuration' is not one of the possible lengths for the event type. The possible lengths"
            " for this"
            f" variable length event type are: {offered}"
        )
    return asked


def _check_duration(call: Call, event_type: EventType, body: Json) -> None:
    """Only somebody of the event type may choose how long a slot is held."""
    if body.get("reservationDuration") is None:
        return
    if call.caller is None:
        raise Unauthorized(
            "reservationDuration can only be used for authenticated requests. Either remove the reservationDuration or"
            " provide valid authentication."
        )
    user, people = call.caller.user, call.world.people
    allowed = user.id in (event_type.owner_id, *event_type.host_ids) or people.administers(user.id, event_type.team_id)
    if event_type.owner_id is not None:
        allowed = allowed or people.is_admin_over(user.id, event_type.owner_id)
    if not allowed:
        raise Forbidden("reservationDuration can only be used by the owner of the event type or members of its team.")


def _check_slot(call: Call, event_type: EventType, span: Span, own: str | None) -> User:
    """Refuse a slot that is booked or held; the host whose time the hold takes."""
    database = call.world.database
    crew = crew_of(call.world, event_type)
    if not crew.everyone:
        raise BadRequest("Cannot reserve a slot for a team event without any hosts")
    held = database.all(
        "SELECT user_id FROM reservations WHERE event_type_id = ? AND start < ? AND finish > ? AND until > ? AND"
        " uid IS NOT ?",
        event_type.id,
        span.end,
        span.start,
        call.world.now(),
        own,
    )
    booked = database.one(
        "SELECT b.id, (SELECT count(*) FROM attendees a WHERE a.booking_id = b.id AND a.seat_uid IS NOT NULL) AS seats"
        " FROM bookings b WHERE b.event_type_id = ? AND b.start < ? AND b.finish > ?"
        " AND b.status IN ('accepted', 'pending') ORDER BY seats DESC",
        event_type.id,
        span.end,
        span.start,
    )
    if event_type.seats is not None:
        if booked is not None and booked["seats"] + len(held) >= event_type.seats:
            raise Unprocessable(
                f"Booking with id={event_type.id} at {instants.write(span.start)} has no more seats left."
            )
        return crew.everyone[0]
    if event_type.scheduling_type == ROUND_ROBIN and crew.either:
        look = Look(event_type, (span.end - span.start) // MINUTE, Span(span.start - DAY, span.end + DAY), None)
        taken = {row["user_id"] for row in held}
        for user in crew.either:
            if user.id not in taken and covers(free(call.world, user, look), *span):
                return user
        raise Unprocessable(NO_HOSTS_LEFT)
    if booked is not None:
        raise Unprocessable(BOOKED)
    if held:
        raise Unprocessable(RESERVED)
    return crew.everyone[0]


def _values(call: Call, own: str | None) -> Json:
    body = call.body(INPUT)
    event_type = call.world.event_types.get(body["eventTypeId"])
    if event_type is None:
        raise NotFound(f"Event Type with ID={body['eventTypeId']} not found")
    _check_duration(call, event_type, body)
    start = instants.read(body["slotStart"])
    assert start is not None
    span = Span(start, start + _length(event_type, body.get("slotDuration")) * MINUTE)
    host = _check_slot(call, event_type, span, own)
    minutes = int(body.get("reservationDuration") or DEFAULT_MINUTES)
    return {
        "event_type_id": event_type.id,
        "user_id": host.id,
        "start": span.start,
        "finish": span.end,
        "minutes": minutes,
        "until": call.world.now() + minutes * MINUTE,
    }


def _row(call: Call, uid: str) -> Row | None:
    return call.world.database.one("SELECT * FROM reservations WHERE uid = ? AND until > ?", uid, call.world.now())


def reserve(call: Call) -> Any:
    """Hold a slot."""
    uid = str(uuid.uuid4())
    call.world.database.run("DELETE FROM reservations WHERE until <= ?", call.world.now())
    call.world.database.insert("reservations", {"uid": uid, **_values(call, None)})
    row = _row(call, uid)
    assert row is not None
    return output(row)


def get_reservation(call: Call) -> Any:
    """A held slot, or null."""
    row = _row(call, call.params["uid"])
    return None if row is None else output(row)


def _known(call: Call) -> Row:
    row = _row(call, call.params["uid"])
    if row is None:
        raise NotFound(f"Slot with uid={call.params['uid']} not found")
    return row


def update_reservation(call: Call) -> Any:
    """Hold another slot instead, or anew."""
    row = _known(call)
    call.world.database.change("reservations", row["id"], _values(call, row["uid"]))
    return output(_known(call))


def delete_reservation(call: Call) -> Any:
    """Let go."""
    row = _known(call)
    call.world.database.run("DELETE FROM reservations WHERE id = ?", row["id"])
    return Whole({"status": "success"})


ONE = "/v2/slots/reservations/{uid}"
OPERATIONS = (
    Operation("POST", "/v2/slots/reservations", reserve, versions.SLOTS, 201, public=True),
    Operation("GET", ONE, get_reservation, versions.SLOTS, public=True),
    Operation("PATCH", ONE, update_reservation, versions.SLOTS, public=True),
    Operation("DELETE", ONE, delete_reservation, versions.SLOTS, public=True),
)
