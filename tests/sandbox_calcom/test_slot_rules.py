"""Event types of every setting: what the server offers is what a plain calculation over its own answers gives."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from bot.sandbox.calcom.availability import Grid, Hours, Schedule, Span
from tests.sandbox_calcom.api import MONDAY, Api, FrozenClock
from tests.sandbox_calcom.test_availability import slow_starts

LONDON = ZoneInfo("Europe/London")
OFFICE = Schedule(LONDON, (Hours(frozenset(range(5)), 9 * 60, 17 * 60),))
WEEK = Span(int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()), int(datetime(2026, 11, 28, tzinfo=UTC).timestamp()))

event_types = st.fixed_dictionaries(
    {
        "lengthInMinutes": st.sampled_from((10, 15, 25, 30, 45, 60, 90)),
        "minimumBookingNotice": st.sampled_from((0, 0, 45, 600)),
        "beforeEventBuffer": st.sampled_from((0, 0, 5, 20)),
        "afterEventBuffer": st.sampled_from((0, 0, 10, 30)),
        "offsetStart": st.sampled_from((0, 0, 0, 5)),
    },
    optional={
        "slotInterval": st.sampled_from((5, 15, 20, 30, 60)),
        "bookingWindow": st.sampled_from(
            (
                {"type": "calendarDays", "value": 2},
                {"type": "businessDays", "value": 3},
                {"type": "range", "value": ["2026-11-25", "2026-11-26"]},
            )
        ),
        "bookingLimitsCount": st.just({"day": 1}),
        "onlyShowFirstAvailableSlot": st.just(True),
    },
)


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def window(setting: dict[str, Any] | None) -> tuple[date, date]:
    """The first and last date of a start, counted from Monday 23 November."""
    last = {None: date(2027, 1, 1), "calendarDays": date(2026, 11, 25), "businessDays": date(2026, 11, 26)}
    if setting and setting["type"] == "range":
        return date(2026, 11, 25), date(2026, 11, 26)
    return date(2026, 11, 1), last[setting["type"] if setting else None]


async def expected(api: Api, made: dict[str, Any]) -> list[int]:
    """The starts by the book: busy time from the listed bookings, then minute by minute."""
    bookings = [b for b in await api.data("GET", "/bookings", who="sam", take=250) if b["status"] == "accepted"]
    types = {entry["id"]: entry for entry in await api.data("GET", "/event-types", who="sam")}
    busy, full_days = [], set()
    for booking in bookings:
        own = types.get(booking["eventTypeId"], {})
        before = own.get("beforeEventBuffer", 0) + made["afterEventBuffer"]
        after = own.get("afterEventBuffer", 0) + made["beforeEventBuffer"]
        start, end = seconds(booking["start"]), seconds(booking["end"])
        busy.append(Span(start - before * 60, end + after * 60))
        if booking["eventTypeId"] == made["id"] and "bookingLimitsCount" in made:
            full_days.add(datetime.fromtimestamp(start, LONDON).date())
    busy += [
        Span(int(datetime(d.year, d.month, d.day, tzinfo=LONDON).timestamp()), 86_400 + seconds(f"{d}T00:00:00+00:00"))
        for d in full_days
    ]
    earliest = int(MONDAY.timestamp()) + made["minimumBookingNotice"] * 60
    step = made["slotInterval"] or made["lengthInMinutes"]
    grid = Grid(made["lengthInMinutes"], step, made["offsetStart"], LONDON)
    first, last = window(made.get("bookingWindow"))
    found, days = [], set()
    for start in slow_starts(OFFICE, WEEK, busy, grid, earliest):
        day = datetime.fromtimestamp(start, LONDON).date()
        if first <= day <= last and not (made["onlyShowFirstAvailableSlot"] and day in days):
            found.append(start)
            days.add(day)
    return found


@settings(max_examples=15, deadline=None)
@given(event_types, st.lists(st.tuples(st.sampled_from(("own", "15min", "30min")), st.integers(0, 200)), max_size=4))
def test_offered_slots_follow_the_rules_and_can_be_booked(wish: dict[str, Any], others: list[tuple[str, int]]) -> None:
    async def scenario() -> None:
        server = CalComServer(clock=FrozenClock(MONDAY), activity=Activity(), origin="http://s", rate_limit=0)
        api = Api(server, FrozenClock(MONDAY), Activity())
        made = await api.data("POST", "/event-types", {"title": "Own", "slug": "own", **wish}, who="sam")
        for slug, number in others:
            open_starts = await api.starts(username="sam", eventTypeSlug=slug, start="2026-11-23", end="2026-11-27")
            if open_starts:
                await api.book(open_starts[number % len(open_starts)], slug, "sam")
        offered = await api.starts(eventTypeId=made["id"], start="2026-11-23", end="2026-11-27")
        assert [seconds(start) for start in offered] == await expected(api, made)
        if offered:
            await api.book(offered[-1], "own", "sam")
            again = await api.starts(eventTypeId=made["id"], start="2026-11-23", end="2026-11-27")
            assert offered[-1] not in again
        await api.http.aclose()
        await server.stop()

    asyncio.run(scenario())
