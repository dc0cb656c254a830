"""`/v2/schedules`: working hours and exceptions."""

from typing import Any

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.agenda import WEEKDAYS
from bot.sandbox.calcom.call import Call, Operation, Whole
from bot.sandbox.calcom.database import Json, Row, pack, unpack
from bot.sandbox.calcom.errors import Forbidden, NotFound
from bot.sandbox.calcom.shape import Each, Shape

HOURS = Shape({"days*": Each(shape.one_of(*WEEKDAYS)), "startTime*": shape.HOUR, "endTime*": shape.HOUR})
OVERRIDE = Shape({"date*": shape.DATE, "startTime*": shape.HOUR, "endTime*": shape.HOUR})
CREATE = Shape(
    {
        "name*": shape.STRING,
        "timeZone*": shape.TIME_ZONE,
        "isDefault*": shape.BOOLEAN,
        "availability": Each(HOURS),
        "overrides": Each(OVERRIDE),
    }
)
UPDATE = Shape(
    {
        "name": shape.STRING,
        "timeZone": shape.TIME_ZONE,
        "isDefault": shape.BOOLEAN,
        "availability": Each(HOURS),
        "overrides": Each(OVERRIDE),
    }
)
OFFICE_HOURS: list[Json] = [{"days": list(WEEKDAYS[:5]), "startTime": "09:00", "endTime": "17:00"}]


def output(call: Call, row: Row) -> Json:
    """A schedule as the API shows it."""
    data = unpack(row["data"])
    owner = call.world.people.user(row["owner_id"])
    return {
        "id": row["id"],
        "ownerId": row["owner_id"],
        "name": data["name"],
        "timeZone": data["timeZone"],
        "availability": data["availability"],
        "isDefault": owner is not None and owner.default_schedule_id == row["id"],
        "overrides": data["overrides"],
    }


def _row(call: Call, schedule_id: int) -> Row:
    row = call.world.database.one("SELECT * FROM schedules WHERE id = ?", schedule_id)
    if row is None:
        raise NotFound(f"Schedule with ID={schedule_id} does not exist.")
    if row["owner_id"] != call.user.id:
        raise Forbidden(f"User with ID={call.user.id} does not own schedule with ID={schedule_id}")
    return row


def _set_default(call: Call, schedule_id: int | None) -> None:
    user = call.user
    data = {**user.data, "defaultScheduleId": schedule_id}
    call.world.database.change("users", user.id, {"data": pack(data)})


def _padded(data: Json) -> Json:
    """Hours with two digits, as Cal.com gives them back."""
    for entry in [*data["availability"], *data["overrides"]]:
        for name in ("startTime", "endTime"):
            entry[name] = entry[name].rjust(5, "0")
    return data


def create(call: Call) -> Any:
    """A new schedule; Monday to Friday from 9 to 5 unless told otherwise."""
    body = call.body(CREATE)
    default = body.pop("isDefault")
    data = _padded({"availability": OFFICE_HOURS, "overrides": [], **body})
    schedule_id = call.world.database.insert("schedules", {"owner_id": call.user.id, "data": pack(data)})
    if default:
        _set_default(call, schedule_id)
    return output(call, _row(call, schedule_id))


def list_all(call: Call) -> Any:
    """All of the caller's."""
    rows = call.world.database.all("SELECT * FROM schedules WHERE owner_id = ? ORDER BY id", call.user.id)
    return [output(call, row) for row in rows]


def get_default(call: Call) -> Any:
    """The default one."""
    if call.user.default_schedule_id is None:
        raise NotFound(f"User with ID={call.user.id} has no default schedule.")
    return output(call, _row(call, call.user.default_schedule_id))


def get(call: Call) -> Any:
    """One."""
    return output(call, _row(call, call.id("scheduleId")))


def update(call: Call) -> Any:
    """Change it; lists given replace the old ones whole."""
    body = call.body(UPDATE)
    row = _row(call, call.id("scheduleId"))
    default = body.pop("isDefault", None)
    call.world.database.change("schedules", row["id"], {"data": pack(_padded({**unpack(row["data"]), **body}))})
    if default:
        _set_default(call, row["id"])
    return output(call, _row(call, row["id"]))


def delete(call: Call) -> Any:
    """Delete it; another one becomes the default if it was."""
    row = _row(call, call.id("scheduleId"))
    database = call.world.database
    database.run("DELETE FROM schedules WHERE id = ?", row["id"])
    if call.user.default_schedule_id == row["id"]:
        other = database.one("SELECT id FROM schedules WHERE owner_id = ? ORDER BY id", call.user.id)
        _set_default(call, other["id"] if other else None)
    return Whole({"status": "success"})


ONE = "/v2/schedules/{scheduleId}"
READ, WRITE = "SCHEDULE_READ", "SCHEDULE_WRITE"
OPERATIONS = (
    Operation("POST", "/v2/schedules", create, versions.SCHEDULES, 201, scope=WRITE),
    Operation("GET", "/v2/schedules", list_all, versions.SCHEDULES, scope=READ),
    Operation("GET", "/v2/schedules/default", get_default, versions.SCHEDULES, scope=READ),
    Operation("GET", ONE, get, versions.SCHEDULES, scope=READ),
    Operation("PATCH", ONE, update, versions.SCHEDULES, scope=WRITE),
    Operation("DELETE", ONE, delete, versions.SCHEDULES, scope=WRITE),
)
