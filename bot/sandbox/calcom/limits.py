"""`/v2/me/booking-limits`: how many bookings a member of an organisation takes, over all event types."""

from typing import Any

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.call import Call, Operation, Whole, allow
from bot.sandbox.calcom.database import Json, pack
from bot.sandbox.calcom.shape import Shape

PERIODS = {"perDay": "day", "perWeek": "week", "perMonth": "month", "perYear": "year"}
INPUT = Shape(dict.fromkeys(PERIODS, shape.POSITIVE), nullable=True)


def _limits(call: Call) -> dict[str, int]:
    member = call.world.people.organization_of(call.user.id) is not None
    allow(member, "Booking limits are only available to organization members.")
    return dict(call.user.data.get("bookingLimits") or {})


def _shown(limits: dict[str, int]) -> Json:
    return {name: limits.get(period) for name, period in PERIODS.items()}


def _save(call: Call, limits: dict[str, int]) -> None:
    data = {**call.user.data, "bookingLimits": limits}
    call.world.database.change("users", call.user.id, {"data": pack(data)})


def get(call: Call) -> Any:
    """The limits; null where there is none."""
    return _shown(_limits(call))


def update(call: Call) -> Any:
    """Set those given; null removes one."""
    limits, body = _limits(call), call.body(INPUT)
    for name, period in PERIODS.items():
        if name in body:
            if body[name] is None:
                limits.pop(period, None)
            else:
                limits[period] = body[name]
    _save(call, limits)
    return _shown(limits)


def clear(call: Call) -> Any:
    """Remove all."""
    _limits(call)
    _save(call, {})
    return Whole(None)


PATH = "/v2/me/booking-limits"
OPERATIONS = (
    Operation("GET", PATH, get, versions.ANY, scope="PROFILE_READ"),
    Operation("PATCH", PATH, update, versions.ANY, scope="PROFILE_WRITE"),
    Operation("DELETE", PATH, clear, versions.ANY, 204, scope="PROFILE_WRITE"),
)
