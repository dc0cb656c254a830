"""Listing and reading bookings."""

import base64
import binascii
from typing import Any

from bot.sandbox.calcom import instants, shape, versions
from bot.sandbox.calcom.booking import Bookings
from bot.sandbox.calcom.booking_output import BookingWriter
from bot.sandbox.calcom.call import Call, Whole, allow, found
from bot.sandbox.calcom.database import Json, Value, marks
from bot.sandbox.calcom.errors import BadRequest, NotFound
from bot.sandbox.calcom.people import ADMIN_ROLES, User
from bot.sandbox.calcom.shape import Shape
from bot.sandbox.calcom.world import World

STATUSES = ("upcoming", "recurring", "past", "cancelled", "unconfirmed")
GONE = "('cancelled', 'rejected')"
CONDITIONS = {
    "upcoming": f"(finish >= :now AND (CASE WHEN recurring_uid IS NULL THEN status NOT IN {GONE} ELSE status ="
    " 'accepted' END))",
    "recurring": f"(finish >= :now AND recurring_uid IS NOT NULL AND status NOT IN {GONE})",
    "past": f"(finish <= :now AND status NOT IN {GONE})",
    "cancelled": f"(status IN {GONE})",
    "unconfirmed": "(finish >= :now AND status = 'pending')",
}
"""What belongs to each status filter (Cal.com's own conditions)."""

ORDER = shape.one_of("asc", "desc")
FILTERS: dict[str, shape.Anyhow] = {
    "status": shape.STRING,
    "attendeeEmail": shape.STRING,
    "attendeeName": shape.STRING,
    "bookingUid": shape.STRING,
    "eventTypeIds": shape.STRING,
    "eventTypeId": shape.STRING,
    "teamsIds": shape.STRING,
    "teamId": shape.STRING,
    "userIds": shape.STRING,
    "afterStart": shape.ISO_DATE,
    "beforeEnd": shape.ISO_DATE,
    "afterCreatedAt": shape.ISO_DATE,
    "beforeCreatedAt": shape.ISO_DATE,
    "afterUpdatedAt": shape.ISO_DATE,
    "beforeUpdatedAt": shape.ISO_DATE,
    "sortStart": ORDER,
    "sortEnd": ORDER,
    "sortCreated": ORDER,
    "sortUpdatedAt": ORDER,
    "take": shape.POSITIVE,
    "skip": shape.NATURAL,
}
BY_PAGE = Shape(FILTERS)
BY_CURSOR = Shape(
    {
        **{name: rule for name, rule in FILTERS.items() if name not in ("take", "skip")},
        "cursor": shape.STRING,
        "limit": shape.POSITIVE,
    }
)
TIMES = {
    "afterStart": ("start >= ?", 1),
    "beforeEnd": ("finish <= ?", 1),
    "afterCreatedAt": ("created >= ?", 1000),
    "beforeCreatedAt": ("created <= ?", 1000),
    "afterUpdatedAt": ("updated >= ?", 1000),
    "beforeUpdatedAt": ("updated <= ?", 1000),
}
SORTS = {"sortStart": "start", "sortEnd": "finish", "sortCreated": "created", "sortUpdatedAt": "updated"}
SECONDS_OF_GRACE = 3600
Conditions = list[tuple[str, tuple[Value, ...]]]


def visible_to(world: World, user: User) -> tuple[str, tuple[Value, ...]]:
    """The SQL condition for the bookings a user may list.

    Cal.com: those the user hosts or attends, those of teams the user administers, and for an organisation's admin
    those of every member.
    """
    users = world.people.subordinates(user.id) or [user]
    ids = tuple({entry.id for entry in users} | {user.id})
    emails = tuple({entry.email for entry in users} | {user.email})
    teams = tuple(
        team.id for team in world.people.teams_of(user.id) if world.people.role(user.id, team.id) in ADMIN_ROLES
    )
    sql = (
        f"(id IN (SELECT booking_id FROM booking_hosts WHERE user_id IN ({marks(ids)}))"
        f" OR id IN (SELECT booking_id FROM attendees WHERE email IN ({marks(emails)}))"
        f" OR event_type_id IN (SELECT id FROM event_types WHERE team_id IN"
        f" (SELECT id FROM teams WHERE id IN ({marks(teams)}) OR parent_id IN ({marks(teams)}))))"
    )
    return sql, (*ids, *emails, *teams, *teams)


def _ids(text: str, name: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        wrong = shape.violation(name, text, {"isNumber": f"each value in {name} must be a number"})
        raise BadRequest("Bad Request Exception", details={"errors": [wrong]})
    return [int(part) for part in parts]


def statuses(query: Json, *, single: bool) -> list[str]:
    """The asked status filters."""
    text = query.get("status")
    if text is None:
        return []
    parts = [part.strip() for part in text.split(",")]
    if (single and len(parts) > 1) or not all(part in STATUSES for part in parts):
        words = ", ".join(STATUSES)
        wrong = shape.violation("status", text, {"isEnum": f"Invalid status. Allowed are {words}"})
        raise BadRequest("Bad Request Exception", details={"errors": [wrong]})
    return parts


def filters(query: Json, asked: list[str], now: int) -> Conditions:
    """SQL conditions of a query."""
    conditions: Conditions = []
    if asked:
        sql = " OR ".join(CONDITIONS[name] for name in asked)
        conditions.append((f"({sql.replace(':now', str(now))})", ()))
    if query.get("attendeeEmail"):
        conditions.append(
            ("id IN (SELECT booking_id FROM attendees WHERE email = ?)", (query["attendeeEmail"].lower(),))
        )
    if query.get("attendeeName"):
        conditions.append(
            (
                "id IN (SELECT booking_id FROM attendees WHERE instr(lower(json_extract(data, '$.name')), ?) > 0)",
                (query["attendeeName"].lower(),),
            )
        )
    if query.get("bookingUid"):
        conditions.append(("uid = ?", (query["bookingUid"],)))
    for name in ("eventTypeIds", "eventTypeId"):
        if query.get(name):
            ids = _ids(query[name], name)
            conditions.append((f"event_type_id IN ({marks(ids)})", tuple(ids)))
    for name in ("teamsIds", "teamId"):
        if query.get(name):
            ids = _ids(query[name], name)
            conditions.append(
                (f"event_type_id IN (SELECT id FROM event_types WHERE team_id IN ({marks(ids)}))", tuple(ids))
            )
    if query.get("userIds"):
        ids = _ids(query["userIds"], "userIds")
        conditions.append((f"id IN (SELECT booking_id FROM booking_hosts WHERE user_id IN ({marks(ids)}))", tuple(ids)))
    for name, (sql, scale) in TIMES.items():
        if query.get(name):
            conditions.append((sql, ((instants.read(query[name]) or 0) * scale,)))
    return conditions


def ordering(query: Json, asked: list[str]) -> str:
    """How the list is sorted: as asked, else past and cancelled ones latest first."""
    chosen = [f"{column} {query[name]}" for name, column in SORTS.items() if query.get(name)]
    if chosen:
        return ", ".join([*chosen, "id"])
    backwards = bool(asked) and all(name in ("past", "cancelled") for name in asked)
    return "start DESC, id DESC" if backwards else "start ASC, id ASC"


def _joined(conditions: Conditions) -> tuple[str, tuple[Value, ...]]:
    sql = " AND ".join(f"({text})" for text, _ in conditions)
    return sql, tuple(value for _, values in conditions for value in values)


def page(call: Call, scope: Conditions) -> Whole:
    """One page of the bookings in `scope`, by take and skip."""
    query = call.queries(BY_PAGE)
    take, skip = int(query.get("take", 100)), int(query.get("skip", 0))
    if take > 250:
        wrong = shape.violation("take", take, {"max": "take must not be greater than 250"})
        raise BadRequest("Bad Request Exception", details={"errors": [wrong]})
    asked = statuses(query, single=False)
    sql, values = _joined(scope + filters(query, asked, call.world.now()))
    database = call.world.database
    row = database.one(f"SELECT count(*) AS n FROM bookings WHERE {sql}", *values)
    total = int(row["n"]) if row else 0
    bookings = Bookings(database).where(
        f"{sql} ORDER BY {ordering(query, asked)} LIMIT ? OFFSET ?", *values, take, skip
    )
    writer = BookingWriter(call.world, call.caller, call.version, all_seats=True)
    pages = -(-total // take)
    return Whole(
        {
            "status": "success",
            "data": writer.several(bookings),
            "pagination": {
                "returnedItems": len(bookings),
                "totalItems": total,
                "itemsPerPage": take,
                "remainingItems": max(0, total - skip - len(bookings)),
                "currentPage": skip // take + 1,
                "totalPages": pages,
                "hasNextPage": total > skip + len(bookings),
                "hasPreviousPage": skip > 0,
            },
        }
    )


def cursor_page(call: Call, scope: Conditions) -> Whole:
    """One page by cursor (2026-05-01): ascending from an hour ago for what is ahead, else descending."""
    query = call.queries(BY_CURSOR)
    limit = int(query.get("limit", 50))
    if limit > 100:
        wrong = shape.violation("limit", limit, {"max": "limit must not be greater than 100"})
        raise BadRequest("Bad Request Exception", details={"errors": [wrong]})
    asked = statuses(query, single=True)
    ahead = bool(asked) and asked[0] in ("upcoming", "recurring", "unconfirmed")
    conditions = scope + filters(query, asked, call.world.now())
    if ahead:
        conditions.append(("start >= ?", (call.world.now() - SECONDS_OF_GRACE,)))
    if query.get("cursor"):
        start, booking_id = _read_cursor(query["cursor"])
        compare = ">" if ahead else "<"
        conditions.append((f"(start, id) {compare} (?, ?)", (start, booking_id)))
    sql, values = _joined(conditions)
    order = "start ASC, id ASC" if ahead else "start DESC, id DESC"
    bookings = Bookings(call.world.database).where(f"{sql} ORDER BY {order} LIMIT ?", *values, limit + 1)
    more, shown = len(bookings) > limit, bookings[:limit]
    cursor = _write_cursor(shown[-1].start, shown[-1].id) if more else None
    writer = BookingWriter(call.world, call.caller, call.version, all_seats=True)
    return Whole(
        {
            "status": "success",
            "data": writer.several(shown),
            "pagination": {"nextCursor": cursor, "hasMore": more},
        }
    )


def _write_cursor(start: int, booking_id: int) -> str:
    return base64.urlsafe_b64encode(f"{start}:{booking_id}".encode()).decode()


def _read_cursor(text: str) -> tuple[int, int]:
    try:
        start, booking_id = base64.urlsafe_b64decode(text.encode()).decode().split(":")
        return int(start[:18]), int(booking_id[:18])
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise BadRequest("Invalid cursor") from error


def list_bookings(call: Call) -> Any:
    """`GET /v2/bookings`."""
    scope = [visible_to(call.world, call.user)]
    return cursor_page(call, scope) if call.version == versions.MAY_26 else page(call, scope)


def list_team_bookings(call: Call) -> Any:
    """`GET /v2/teams/{teamId}/bookings`, for the team's admins."""
    team = found(call.world.people.team(call.id("teamId")), "Team not found")
    allow(call.world.people.administers(call.user.id, team.id))
    return page(call, [("event_type_id IN (SELECT id FROM event_types WHERE team_id = ?)", (team.id,))])


def list_organization_bookings(call: Call) -> Any:
    """`GET /v2/organizations/{orgId}/bookings`, for the organisation's admins."""
    organization = call.world.people.team(call.id("orgId"))
    if organization is None or not organization.is_organization:
        raise NotFound(f"Organization with id={call.params['orgId']} not found")
    allow(call.world.people.role(call.user.id, organization.id) in ADMIN_ROLES)
    members = tuple(call.world.people.members(organization.id))
    sql = (
        f"id IN (SELECT booking_id FROM booking_hosts WHERE user_id IN ({marks(members)}))"
        " OR event_type_id IN (SELECT e.id FROM event_types e JOIN teams t ON t.id = e.team_id WHERE t.parent_id = ?)"
    )
    scope: Conditions = [(sql, (*members, organization.id))]
    return cursor_page(call, scope) if call.version == versions.MAY_26 else page(call, scope)


def get_booking(call: Call) -> Any:
    """A booking by uid, or all occurrences by the series' uid."""
    bookings, uid = Bookings(call.world.database), call.params["bookingUid"]
    writer = BookingWriter(call.world, call.caller, call.version)
    booking = bookings.find(uid)
    if booking is not None:
        return writer.write(booking)
    series = bookings.series(uid)
    if not series:
        raise NotFound(f"Booking with uid={uid} was not found in the database")
    return writer.several(series)


def get_booking_by_seat(call: Call) -> Any:
    """The booking a seat belongs to."""
    booking = Bookings(call.world.database).on_seat(call.params["seatUid"])
    if booking is None:
        raise NotFound(f"Booking with seatUid={call.params['seatUid']} was not found in the database")
    return BookingWriter(call.world, call.caller, call.version).write(booking, only_seat=call.params["seatUid"])
