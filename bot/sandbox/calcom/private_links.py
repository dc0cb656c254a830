"""`/v2/event-types/{id}/private-links`: links that work for a while, or a number of times."""

import secrets
from typing import Any

from bot.sandbox.calcom import instants, shape, versions
from bot.sandbox.calcom.call import Call, Operation
from bot.sandbox.calcom.database import Json, Row
from bot.sandbox.calcom.errors import BadRequest, Forbidden, NotFound
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.shape import Shape

INPUT = Shape({"expiresAt": shape.ISO_DATE, "maxUsageCount": shape.POSITIVE})


def _owned(call: Call) -> EventType:
    event_type = call.world.event_types.get(call.id("eventTypeId"))
    if event_type is None:
        raise NotFound(f"Event type with id {call.params['eventTypeId']} not found")
    people, user = call.world.people, call.user
    if event_type.owner_id != user.id and not people.administers(user.id, event_type.team_id):
        raise Forbidden(f"User with ID={user.id} does not own event type with ID={event_type.id}")
    return event_type


def is_expired(row: Row, now: int) -> bool:
    """Whether a link no longer works."""
    if row["expires"] is not None:
        return bool(row["expires"] <= now)
    return bool(row["usage"] >= row["max_usage"])


def output(call: Call, row: Row, event_type: EventType) -> Json:
    """A link as the API shows it, in the variant of its kind."""
    shown: Json = {
        "linkId": row["id"],
        "eventTypeId": event_type.id,
        "isExpired": is_expired(row, call.world.now()),
        "bookingUrl": call.world.url(f"/d/{row['id']}/{event_type.slug}"),
    }
    if row["expires"] is not None:
        return {**shown, "expiresAt": instants.write(row["expires"])}
    return {**shown, "maxUsageCount": row["max_usage"], "usageCount": row["usage"]}


def _kind(call: Call) -> Json:
    body = call.body(INPUT)
    if body.get("expiresAt") is not None and body.get("maxUsageCount") is not None:
        raise BadRequest("Either expiresAt or maxUsageCount can be provided, not both.")
    if body.get("expiresAt") is not None:
        expires = instants.read(body["expiresAt"]) or 0
        if expires <= call.world.now():
            raise BadRequest("Expiration date must be in the future.")
        return {"expires": expires, "max_usage": None}
    return {"expires": None, "max_usage": int(body.get("maxUsageCount") or 1)}


def _row(call: Call, event_type: EventType, link_id: str) -> Row:
    row = call.world.database.one(
        "SELECT * FROM private_links WHERE id = ? AND event_type_id = ?", link_id, event_type.id
    )
    if row is None:
        raise NotFound(f"Private link with id={link_id} not found for event type with id={event_type.id}")
    return row


def create(call: Call) -> Any:
    """A new link; for one use unless told otherwise."""
    event_type, link_id = _owned(call), secrets.token_hex(16)
    call.world.database.insert("private_links", {"id": link_id, "event_type_id": event_type.id, **_kind(call)})
    return output(call, _row(call, event_type, link_id), event_type)


def list_all(call: Call) -> Any:
    """All links of the event type."""
    event_type = _owned(call)
    rows = call.world.database.all("SELECT * FROM private_links WHERE event_type_id = ? ORDER BY number", event_type.id)
    return [output(call, row, event_type) for row in rows]


def update(call: Call) -> Any:
    """Change when it ends."""
    event_type = _owned(call)
    row, kind = _row(call, event_type, call.params["linkId"]), _kind(call)
    call.world.database.run(
        "UPDATE private_links SET expires = ?, max_usage = ? WHERE id = ?",
        kind["expires"],
        kind["max_usage"],
        row["id"],
    )
    return output(call, _row(call, event_type, row["id"]), event_type)


def delete(call: Call) -> Any:
    """Withdraw it."""
    event_type = _owned(call)
    row = _row(call, event_type, call.params["linkId"])
    call.world.database.run("DELETE FROM private_links WHERE id = ?", row["id"])
    return {"linkId": row["id"], "message": "Private link deleted successfully"}


ALL = "/v2/event-types/{eventTypeId}/private-links"
ONE = f"{ALL}/{{linkId}}"
HERE = versions.PRIVATE_LINKS
OPERATIONS = (
    Operation("POST", ALL, create, HERE, 201, scope="EVENT_TYPE_WRITE"),
    Operation("GET", ALL, list_all, HERE, scope="EVENT_TYPE_READ"),
    Operation("PATCH", ONE, update, HERE, scope="EVENT_TYPE_WRITE"),
    Operation("DELETE", ONE, delete, HERE, scope="EVENT_TYPE_WRITE"),
)
