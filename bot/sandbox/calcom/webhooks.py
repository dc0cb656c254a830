"""Webhooks of users, event types, teams and organisations."""

import uuid
from typing import Any

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.call import Call, Operation, allow, found
from bot.sandbox.calcom.database import Json, Row, pack, unpack
from bot.sandbox.calcom.errors import Conflict, Forbidden, NotFound
from bot.sandbox.calcom.people import ADMIN_ROLES
from bot.sandbox.calcom.shape import Each, Shape

USER, EVENT_TYPE, TEAM = "user", "event_type", "team"

TRIGGERS = [
    "BOOKING_CREATED",
    "BOOKING_PAYMENT_INITIATED",
    "BOOKING_PAID",
    "BOOKING_RESCHEDULED",
    "BOOKING_REQUESTED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED",
    "FORM_SUBMITTED",
    "MEETING_ENDED",
    "MEETING_STARTED",
    "RECORDING_READY",
    "INSTANT_MEETING",
    "RECORDING_TRANSCRIPTION_GENERATED",
    "OOO_CREATED",
    "AFTER_HOSTS_CAL_VIDEO_NO_SHOW",
    "AFTER_GUESTS_CAL_VIDEO_NO_SHOW",
    "FORM_SUBMITTED_NO_EVENT",
    "ROUTING_FORM_FALLBACK_HIT",
    "DELEGATION_CREDENTIAL_ERROR",
    "WRONG_ASSIGNMENT_REPORT",
    "BOOKING_LOCATION_UPDATED",
    "BOOKING_REASSIGNED",
    "INSTANT_MEETING_ACCEPTED",
]

VERSION = "2021-10-20"
RULES: dict[str, shape.Anyhow] = {
    "payloadTemplate": shape.STRING,
    "secret": shape.STRING,
    "version": shape.one_of(VERSION),
}
CREATE = Shape(
    {
        "active*": shape.BOOLEAN,
        "subscriberUrl*": shape.URL,
        "triggers*": Each(shape.one_of(*TRIGGERS)),
        **RULES,
    }
)
UPDATE = Shape(
    {"active": shape.BOOLEAN, "subscriberUrl": shape.URL, "triggers": Each(shape.one_of(*TRIGGERS)), **RULES}
)
PATHS = {
    USER: "/v2/webhooks",
    EVENT_TYPE: "/v2/event-types/{eventTypeId}/webhooks",
    TEAM: "/v2/teams/{teamId}/webhooks",
    "organization": "/v2/organizations/{orgId}/webhooks",
}


def output(row: Row) -> Json:
    """A webhook as the API shows it."""
    data = unpack(row["data"])
    owner = {USER: "userId", EVENT_TYPE: "eventTypeId", TEAM: "teamId"}[row["scope"]]
    shown: Json = {
        "id": row["id"],
        owner: row["scope_id"],
        "triggers": data["triggers"],
        "subscriberUrl": row["url"],
        "active": data["active"],
        "payloadTemplate": data.get("payloadTemplate") or "",
    }
    if data.get("secret") is not None:
        shown["secret"] = data["secret"]
    return shown


def scope_of(call: Call) -> tuple[str, int]:
    """Whose webhooks the path speaks of, if the caller may manage them."""
    people, user = call.world.people, call.user
    if "eventTypeId" in call.params:
        event_type = found(
            call.world.event_types.get(call.id("eventTypeId")), f"Event type ({call.params['eventTypeId']}) not found"
        )
        allowed = event_type.owner_id == user.id or people.administers(user.id, event_type.team_id)
        if event_type.owner_id is not None:
            allowed = allowed or people.is_admin_over(user.id, event_type.owner_id)
        allow(allowed, f"User ({user.id}) is not authorized to access this event type ({event_type.id})")
        return EVENT_TYPE, event_type.id
    if "teamId" in call.params:
        team = found(people.team(call.id("teamId")), "Team not found")
        allow(people.administers(user.id, team.id))
        return TEAM, team.id
    if "orgId" in call.params:
        organization = found(people.team(call.id("orgId")), f"Organization with id={call.params['orgId']} not found")
        allow(people.role(user.id, organization.id) in ADMIN_ROLES)
        return TEAM, organization.id
    return USER, user.id


def _one(call: Call) -> Row:
    scope, scope_id = scope_of(call)
    webhook_id = call.params["webhookId"]
    row = call.world.database.one("SELECT * FROM webhooks WHERE id = ?", webhook_id)
    if row is None:
        raise NotFound(f"Webhook with id={webhook_id} not found")
    if (row["scope"], row["scope_id"]) != (scope, scope_id):
        raise Forbidden("You are not the owner of this webhook")
    return row


def create(call: Call) -> Any:
    """Subscribe an address."""
    scope, scope_id = scope_of(call)
    body = call.body(CREATE)
    database = call.world.database
    same = database.one(
        "SELECT id FROM webhooks WHERE scope = ? AND scope_id = ? AND url = ?", scope, scope_id, body["subscriberUrl"]
    )
    if same is not None:
        raise Conflict("Webhook with this subscriber url already exists for this user")
    webhook_id = str(uuid.uuid4())
    database.insert(
        "webhooks",
        {
            "id": webhook_id,
            "scope": scope,
            "scope_id": scope_id,
            "url": body.pop("subscriberUrl"),
            "data": pack(body),
        },
    )
    row = database.one("SELECT * FROM webhooks WHERE id = ?", webhook_id)
    assert row is not None
    return output(row)


def list_all(call: Call) -> Any:
    """A page of them."""
    scope, scope_id = scope_of(call)
    take, skip = call.page()
    rows = call.world.database.all(
        "SELECT * FROM webhooks WHERE scope = ? AND scope_id = ? ORDER BY number LIMIT ? OFFSET ?",
        scope,
        scope_id,
        take,
        skip,
    )
    return [output(row) for row in rows]


def get(call: Call) -> Any:
    """One."""
    return output(_one(call))


def update(call: Call) -> Any:
    """Change some of its settings."""
    row, body = _one(call), call.body(UPDATE)
    url = body.pop("subscriberUrl", row["url"])
    call.world.database.run(
        "UPDATE webhooks SET url = ?, data = ? WHERE id = ?", url, pack({**unpack(row["data"]), **body}), row["id"]
    )
    return output(_one(call))


def delete(call: Call) -> Any:
    """Unsubscribe; answers with what it was."""
    row = _one(call)
    call.world.database.run("DELETE FROM webhooks WHERE id = ?", row["id"])
    return output(row)


def delete_all(call: Call) -> Any:
    """Unsubscribe all of an event type's."""
    scope, scope_id = scope_of(call)
    count = call.world.database.run("DELETE FROM webhooks WHERE scope = ? AND scope_id = ?", scope, scope_id)
    return f"{count} webhooks deleted"


def _operations() -> list[Operation]:
    made = [Operation("DELETE", PATHS[EVENT_TYPE], delete_all, versions.ANY, scope="WEBHOOK_WRITE")]
    for path in PATHS.values():
        one = f"{path}/{{webhookId}}"
        made += [
            Operation("POST", path, create, versions.ANY, 201, scope="WEBHOOK_WRITE"),
            Operation("GET", path, list_all, versions.ANY, scope="WEBHOOK_READ"),
            Operation("GET", one, get, versions.ANY, scope="WEBHOOK_READ"),
            Operation("PATCH", one, update, versions.ANY, scope="WEBHOOK_WRITE"),
            Operation("DELETE", one, delete, versions.ANY, scope="WEBHOOK_WRITE"),
        ]
    return made


OPERATIONS = tuple(_operations())
