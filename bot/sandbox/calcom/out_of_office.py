"""`/v2/me/ooo`, and an organisation's members' out-of-office days."""

import re
import uuid
from typing import Any

from bot.sandbox.calcom import instants, shape, versions
from bot.sandbox.calcom.availability import DAY
from bot.sandbox.calcom.call import Call, Operation, allow
from bot.sandbox.calcom.database import Json, Row
from bot.sandbox.calcom.errors import BadRequest, Conflict, NotFound
from bot.sandbox.calcom.people import ADMIN_ROLES, User
from bot.sandbox.calcom.shape import Rule, Shape
from bot.sandbox.calcom.world import Notice

ZULU = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$")
REASONS = ("unspecified", "vacation", "travel", "sick", "public_holiday")
INSTANT = Rule(
    "matches",
    "$property must be a valid ISO 8601 date-time in UTC",
    lambda v: isinstance(v, str) and bool(ZULU.match(v)) and instants.read(v) is not None,
)
RULES: dict[str, shape.Anyhow] = {
    "notes": shape.STRING,
    "toUserId": shape.INTEGER,
    "reason": shape.one_of(*REASONS),
}
CREATE = Shape({"start*": INSTANT, "end*": INSTANT, **RULES})
UPDATE = Shape({"start": INSTANT, "end": INSTANT, **RULES})
ORDER = shape.one_of("asc", "desc")
LIST = Shape({"take": shape.POSITIVE, "skip": shape.NATURAL, "sortStart": ORDER, "sortEnd": ORDER})
LAST_MS = 999


def output(row: Row) -> Json:
    """An entry as the API shows it; the end is the last millisecond of its day."""
    shown: Json = {
        "id": row["id"],
        "uuid": row["uuid"],
        "userId": row["user_id"],
        "start": instants.write(row["start"]),
        "end": instants.write_ms(row["finish"] * 1000 + LAST_MS),
        "reason": row["reason"],
    }
    if row["to_user_id"] is not None:
        shown["toUserId"] = row["to_user_id"]
    if row["notes"] is not None:
        shown["notes"] = row["notes"]
    return shown


def subject(call: Call) -> User:
    """Whose days: the caller's, or a member's of the organisation the caller administers."""
    if "orgId" not in call.params:
        return call.user
    people = call.world.people
    organization = people.team(call.id("orgId"))
    if organization is None or not organization.is_organization:
        raise NotFound(f"Organization with id={call.params['orgId']} not found")
    allow(people.role(call.user.id, organization.id) in ADMIN_ROLES)
    user = people.user(call.id("userId"))
    if user is None or people.role(user.id, organization.id) is None:
        raise NotFound(f"User with id={call.params['userId']} is not part of the organization")
    return user


def _row(call: Call, user: User) -> Row:
    row = call.world.database.one("SELECT * FROM out_of_office WHERE id = ? AND user_id = ?", call.id("oooId"), user.id)
    if row is None:
        raise NotFound(f"Out of office entry with id={call.params['oooId']} not found")
    return row


def _columns(call: Call, user: User, body: Json) -> Json:
    """The checked columns. Cal.com: from 00:00Z of the first day to the last moment of the last day."""
    columns: Json = {}
    if (body.get("start") is None) != (body.get("end") is None):
        raise BadRequest("Please specify both ooo start and end time.")
    target = body.get("toUserId")
    if body.get("start") is not None:
        start, end = instants.read(body["start"]) or 0, instants.read(body["end"]) or 0
        if start > end:
            raise BadRequest("Start date must be before end date.")
        columns["start"], columns["finish"] = start - start % DAY, end - end % DAY + DAY - 1
        _check_others(call, user, columns, target)
    if target is not None:
        if target == user.id:
            raise BadRequest("Cannot redirect to self.")
        shared = {team.id for team in call.world.people.teams_of(user.id)}
        if not shared & {team.id for team in call.world.people.teams_of(target)}:
            raise BadRequest("Cannot redirect to this user.")
        columns["to_user_id"] = target
    for name in ("notes", "reason"):
        if body.get(name) is not None:
            columns[name] = body[name]
    return columns


def _check_others(call: Call, user: User, columns: Json, target: int | None) -> None:
    database, own = call.world.database, int(call.params["oooId"]) if "oooId" in call.params else None
    same = database.one(
        "SELECT id FROM out_of_office WHERE user_id = ? AND start = ? AND finish = ? AND id IS NOT ?",
        user.id,
        columns["start"],
        columns["finish"],
        own,
    )
    if same is not None:
        raise Conflict("Ooo entry already exists.")
    circle = database.one(
        "SELECT id FROM out_of_office WHERE user_id = ? AND to_user_id = ? AND start <= ? AND finish >= ?",
        target,
        user.id,
        columns["finish"],
        columns["start"],
    )
    if circle is not None:
        raise BadRequest("Booking redirect infinite not allowed.")


def create(call: Call) -> Any:
    """Be away from a day to a day."""
    user = subject(call)
    columns = _columns(call, user, call.body(CREATE))
    values = {"uuid": str(uuid.uuid4()), "user_id": user.id, "reason": "unspecified", **columns}
    entry_id = call.world.database.insert("out_of_office", values)
    row = call.world.database.one("SELECT * FROM out_of_office WHERE id = ?", entry_id)
    assert row is not None
    entry = output(row)
    person = {
        "id": user.id,
        "name": user.name,
        "username": user.username,
        "email": user.email,
        "timeZone": user.zone.key,
    }
    told = {"oooEntry": {**entry, "user": person, "createdAt": instants.write_ms(call.world.now_ms())}}
    call.world.tell(Notice("OOO_CREATED", told, user_ids=(user.id,)))
    return entry


def list_all(call: Call) -> Any:
    """A page of entries."""
    user = subject(call)
    query = call.queries(LIST)
    order = []
    if query.get("sortStart"):
        order.append(f"start {query['sortStart']}")
    if query.get("sortEnd"):
        order.append(f"finish {query['sortEnd']}")
    rows = call.world.database.all(
        f"SELECT * FROM out_of_office WHERE user_id = ? ORDER BY {', '.join([*order, 'id'])} LIMIT ? OFFSET ?",
        user.id,
        min(int(query.get("take", 250)), 250),
        int(query.get("skip", 0)),
    )
    return [output(row) for row in rows]


def update(call: Call) -> Any:
    """Change an entry."""
    user = subject(call)
    row = _row(call, user)
    columns = _columns(call, user, call.body(UPDATE))
    if columns:
        call.world.database.change("out_of_office", row["id"], columns)
    return output(_row(call, user))


def delete(call: Call) -> Any:
    """Take an entry back; answers with what it was."""
    row = _row(call, subject(call))
    call.world.database.run("DELETE FROM out_of_office WHERE id = ?", row["id"])
    return output(row)


def _operations() -> list[Operation]:
    made = []
    for path, scope in (
        ("/v2/me/ooo", "SCHEDULE"),
        ("/v2/organizations/{orgId}/users/{userId}/ooo", "ORG_SCHEDULE"),
    ):
        one = f"{path}/{{oooId}}"
        made += [
            Operation("GET", path, list_all, versions.ANY, scope=f"{scope}_READ"),
            Operation("POST", path, create, versions.ANY, 201, scope=f"{scope}_WRITE"),
            Operation("PATCH", one, update, versions.ANY, scope=f"{scope}_WRITE"),
            Operation("DELETE", one, delete, versions.ANY, scope=f"{scope}_WRITE"),
        ]
    return made


OPERATIONS = tuple(_operations())
