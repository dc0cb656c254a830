"""How soon and how far ahead an event type can be booked."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.calcom.agenda import read_schedule, schedule_data
from bot.sandbox.calcom.availability import MINUTE, Span, at, working
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.world import World

ROLLING_SEARCH = 90
"""A rolling window looks this many days ahead for enough days with working hours."""


def earliest(event_type: EventType | None, now: int) -> int:
    """The first instant that keeps the minimum booking notice."""
    return now + (event_type.number("minimumBookingNotice") if event_type else 0) * MINUTE


def allowed(world: World, event_type: EventType | None, host: User, now: int) -> Span | None:
    """The instants a start may lie in because of `bookingWindow`, or None for no limit. The end is exclusive.

    Cal.com: n days from now until the end of that day in the host's zone; business days skip weekends; a rolling
    window counts only days on which the host works; a range holds both its dates.
    """
    setting = event_type.enabled("bookingWindow") if event_type else None
    if setting is None:
        return None
    zone = host.zone
    if setting["type"] == "range":
        first, last = (date.fromisoformat(text[:10]) for text in setting["value"])
        return Span(at(first, 0, zone), at(last + timedelta(days=1), 0, zone))
    count = int(setting["value"])
    today = datetime.fromtimestamp(now, zone).date()
    business = setting["type"] == "businessDays"
    if setting.get("rolling"):
        last = _rolling(world, event_type, host, today, count, business=business)
    elif business:
        last = today
        while count > 0:
            last += timedelta(days=1)
            count -= last.weekday() < 5
    else:
        last = today + timedelta(days=count)
    return Span(0, at(last + timedelta(days=1), 0, zone))


def _rolling(
    world: World, event_type: EventType | None, host: User, today: date, count: int, *, business: bool
) -> date:
    data = schedule_data(world, host, event_type)
    if data is None:
        return today
    schedule, zone = read_schedule(data), ZoneInfo(data["timeZone"])
    day, last = today, today
    for _ in range(ROLLING_SEARCH):
        span = Span(at(day, 0, zone), at(day + timedelta(days=1), 0, zone))
        if (not business or day.weekday() < 5) and working(schedule, span):
            last, count = day, count - 1
        if count <= 0:
            break
        day += timedelta(days=1)
    return last
