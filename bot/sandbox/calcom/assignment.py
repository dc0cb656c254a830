"""When an event type may be booked, who then hosts it, and whether the host must confirm."""

from bot.sandbox.calcom import window
from bot.sandbox.calcom.agenda import Crew, Look, available_hosts, crew_of
from bot.sandbox.calcom.availability import DAY, MINUTE, Span
from bot.sandbox.calcom.errors import BadRequest
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World

NOT_AVAILABLE = "User either already has booking at this time or is not available"
HOST_NOT_AVAILABLE = "One of the hosts either already has booking at this time or is not available"
OUT_OF_BOUNDS = (
    "The event type can't be booked at the \"start\" time provided. This could be because it's too soon (violating the"
    " minimum booking notice) or too far in the future (outside the event's scheduling window). Try fetching available"
    ' slots first using the GET /v2/slots endpoint and then make a booking with "start" time equal to one of the'
    " available slots: https://cal.com/docs/api-reference/v2/slots"
)
PAST = "Attempting to book a meeting in the past."


def check_time(world: World, event_type: EventType, start: int, *, in_bounds: bool = True) -> None:
    """Refuse the past, too little notice and a start outside the booking window."""
    now = world.now()
    if start < now:
        raise BadRequest(PAST)
    if not in_bounds:
        return
    hosts = crew_of(world, event_type).everyone
    limits = window.allowed(world, event_type, hosts[0], now) if hosts else None
    if start < window.earliest(event_type, now) or (limits and not limits.start <= start < limits.end):
        raise BadRequest(OUT_OF_BOUNDS)


def hosts_for(world: World, event_type: EventType, span: Span, overlook: str | None = None) -> list[User]:
    """Who hosts a meeting in this span, the organiser first; refused if they are not free.

    Cal.com: of a round robin's free hosts the one of the highest priority, then the one booked least recently.
    """
    crew = crew_of(world, event_type)
    look = Look(
        event_type,
        (span.end - span.start) // MINUTE,
        Span(span.start - DAY, span.end + DAY),
        overlook,
        heed_holds=False,
    )
    free = available_hosts(world, crew, look, span)
    if not free:
        raise BadRequest(NOT_AVAILABLE if event_type.team_id is None else HOST_NOT_AVAILABLE)
    candidates = free[len(crew.together) :]
    if not candidates:
        return free
    return [*crew.together, _lucky(world, event_type, crew, candidates)]


def _lucky(world: World, event_type: EventType, crew: Crew, candidates: list[User]) -> User:
    rows = world.database.all(
        "SELECT h.user_id, max(b.created) AS latest FROM bookings b JOIN booking_hosts h ON h.booking_id = b.id"
        " WHERE b.event_type_id = ? AND b.status IN ('accepted', 'pending') GROUP BY h.user_id",
        event_type.id,
    )
    latest = {row["user_id"]: row["latest"] for row in rows}
    return min(candidates, key=lambda user: (-crew.priority.get(user.id, 2), latest.get(user.id, 0)))


def needs_confirmation(event_type: EventType, start: int, now: int) -> bool:
    """Whether the host must confirm: always, or only when booked at short notice."""
    policy = event_type.enabled("confirmationPolicy")
    if policy is None:
        return False
    if policy.get("type") != "time":
        return True
    threshold = policy.get("noticeThreshold") or {}
    unit = {"minutes": 60, "hours": 3600, "days": DAY}.get(str(threshold.get("unit")), 60)
    return start - now < int(threshold.get("count") or 0) * unit
