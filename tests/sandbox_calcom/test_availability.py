"""The slot calculator against a slow one that looks at every single minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.calcom.availability import (
    Grid,
    Hours,
    Override,
    Schedule,
    Span,
    common,
    first_of_each_day,
    merged,
    starts,
    subtract,
    working,
)

ZONES = (
    "UTC",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Chatham",
)
CHANGES = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25), date(2026, 11, 1))
"""Days around which the clocks of some of these zones change."""

MORNING = 5 * 60


def minute_of(instant: int, zone: ZoneInfo) -> tuple[date, int]:
    """The local date and minute of the day at an instant."""
    local = datetime.fromtimestamp(instant, zone)
    return local.date(), local.hour * 60 + local.minute


def works_at(schedule: Schedule, instant: int) -> bool:
    """Whether the schedule has working time in the minute beginning at an instant."""
    day, minute = minute_of(instant, schedule.zone)
    if any(first <= day <= last for first, last in schedule.away):
        return False
    overrides = [o for o in schedule.overrides if o.day == day]
    weekly = [h for h in schedule.hours if day.weekday() in h.days]
    stretches: list[Override] | list[Hours] = overrides or weekly
    return any(s.start <= minute < (1440 if s.end == 1439 else s.end) for s in stretches)


def free_minutes(schedule: Schedule, within: Span, busy: list[Span]) -> list[int]:
    """Every free minute, by trying each."""
    return [
        instant
        for instant in range(within.start, within.end, 60)
        if works_at(schedule, instant) and not any(span.start < instant + 60 and instant < span.end for span in busy)
    ]


def slow_starts(schedule: Schedule, within: Span, busy: list[Span], grid: Grid, earliest: int) -> list[int]:
    """Slots the plain way: in each run of free minutes, from its first round minute on, step by step."""
    free = set(free_minutes(schedule, within, busy))
    size = next((n for n in (60, 30, 20, 15, 10, 5) if grid.step % n == 0), 1)
    found = []
    for first in sorted(free):
        if first - 60 in free:
            continue
        last = first
        while last in free:
            last += 60
        candidate = max(first, earliest)
        while candidate % 60 or minute_of(candidate, grid.zone)[1] % 60 % size:
            candidate += 1 if candidate % 60 else 60
        candidate += grid.offset * 60
        while candidate + grid.length * 60 <= last:
            found.append(candidate)
            candidate += (grid.step + grid.offset) * 60
    return found


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    minutes = st.integers(MORNING // 5, 288).map(lambda n: min(n * 5, 1439))

    def stretch() -> tuple[int, int]:
        first, second = draw(minutes), draw(minutes)
        return min(first, second), max(first, second)

    hours = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = stretch()
        hours.append(Hours(frozenset(draw(st.sets(st.integers(0, 6)))), start, end))
    around = draw(st.sampled_from(CHANGES))
    overrides = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = stretch()
        overrides.append(Override(around + timedelta(days=draw(st.integers(-2, 2))), start, end))
    away = []
    if draw(st.booleans()):
        first = around + timedelta(days=draw(st.integers(-2, 2)))
        away.append((first, first + timedelta(days=draw(st.integers(0, 1)))))
    return Schedule(zone, tuple(hours), tuple(overrides), tuple(away))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    day = draw(st.sampled_from(CHANGES))
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    start += draw(st.integers(-24, 24)) * 3600
    return Span(start, start + draw(st.integers(6, 60)) * 3600)


def busy_in(within: Span) -> st.SearchStrategy[list[Span]]:
    def span(pair: tuple[int, int]) -> Span:
        start = within.start + pair[0] * 300
        return Span(start, start + pair[1] * 300)

    return st.lists(st.tuples(st.integers(-20, 700), st.integers(1, 40)).map(span), max_size=5)


@settings(max_examples=80, deadline=None)
@given(st.data(), schedules(), spans())
def test_slots_are_those_a_minute_by_minute_search_finds(data: st.DataObject, schedule: Schedule, within: Span) -> None:
    busy = data.draw(busy_in(within))
    length = data.draw(st.sampled_from((5, 15, 25, 30, 45, 60, 90)))
    step = data.draw(st.sampled_from((5, 7, 10, 15, 20, 30, 45, 60)))
    grid = Grid(length, step, data.draw(st.sampled_from((0, 0, 5, 10))), schedule.zone)
    earliest = within.start + data.draw(st.integers(-3600, 40_000))
    quick = starts(subtract(working(schedule, within), busy), grid, earliest)
    assert quick == slow_starts(schedule, within, busy, grid, earliest)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8), st.lists(st.integers(0, 60), max_size=9)
)
def test_cutting_and_meeting_spans_agree_with_sets_of_points(pairs: list[tuple[int, int]], edges: list[int]) -> None:
    first = merged(Span(min(pair), max(pair)) for pair in pairs)
    edges = sorted(set(edges))
    second = merged(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))

    def points(some: list[Span]) -> set[int]:
        return {point for span in some for point in range(span.start, span.end)}

    assert points(subtract(first, second)) == points(first) - points(second)
    assert points(common(first, second)) == points(first) & points(second)


def test_the_first_slot_of_each_day_is_the_earliest_one_in_the_zone() -> None:
    zone = ZoneInfo("Asia/Tokyo")
    ten, evening, next_day = 36_000, 53_000, 55_000
    assert first_of_each_day([evening, ten, next_day], zone) == [ten, next_day]


def test_an_end_of_23_59_means_midnight() -> None:
    everyday = Hours(frozenset(range(7)), 0, 1439)
    schedule = Schedule(ZoneInfo("UTC"), (everyday,))
    assert working(schedule, Span(0, 3 * 86_400)) == [Span(0, 3 * 86_400)]
