"""When somebody can be booked: pure arithmetic on spans of time, no database, no clock.

Every instant is whole seconds since 1970 UTC. The rules follow Cal.com: busy time is cut out of the working hours
first; what is left is walked in steps, each free stretch starting at the next round minute of the host's clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE = 60
DAY = 86_400
ROUND_STEPS = (60, 30, 20, 15, 10, 5)
LAST_MINUTE = 23 * 60 + 59


class Span(NamedTuple):
    """A half-open stretch of time, in seconds."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours on some weekdays (Monday is 0), in minutes of the local day."""

    days: frozenset[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Override:
    """What holds on one date instead of the weekly hours; start equal to end means a day off."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """Weekly hours with exceptions, in a zone; `away` are inclusive ranges of dates out of office."""

    zone: ZoneInfo
    hours: tuple[Hours, ...]
    overrides: tuple[Override, ...] = ()
    away: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """How slots are laid: length, step and offset in minutes, and the zone whose round minutes they begin on."""

    length: int
    step: int
    offset: int
    zone: ZoneInfo


def at(day: date, minute: int, zone: ZoneInfo) -> int:
    """The instant of a local minute; in a gap the clock time after it, of a repeated hour the first."""
    if minute >= LAST_MINUTE + 1:
        day, minute = day + timedelta(days=1), minute - (LAST_MINUTE + 1)
    return int(datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone).timestamp())


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in ordered spans that neither touch nor overlap."""
    result: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if result and span.start <= result[-1].end:
            if span.end > result[-1].end:
                result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return result


def working(schedule: Schedule, within: Span) -> list[Span]:
    """The working time of a schedule that lies in `within`.

    Cal.com: an end of 23:59 means midnight; an override replaces the whole day; a day out of office has no time.
    """
    day = datetime.fromtimestamp(within.start, schedule.zone).date() - timedelta(days=1)
    last = datetime.fromtimestamp(within.end, schedule.zone).date()
    overrides: dict[date, list[Override]] = {}
    for override in schedule.overrides:
        overrides.setdefault(override.day, []).append(override)
    found: list[Span] = []
    while day <= last:
        if not any(first <= day <= final for first, final in schedule.away):
            weekday = day.weekday()
            stretches: Iterable[Hours | Override] = overrides.get(day) or (
                hours for hours in schedule.hours if weekday in hours.days
            )
            for stretch in stretches:
                end = LAST_MINUTE + 1 if stretch.end == LAST_MINUTE else stretch.end
                if end > stretch.start:
                    start, stop = at(day, stretch.start, schedule.zone), at(day, end, schedule.zone)
                    found.append(Span(max(start, within.start), min(stop, within.end)))
        day += timedelta(days=1)
    return merged(found)


def subtract(spans: Sequence[Span], busy: Iterable[Span]) -> list[Span]:
    """What of `spans` (ordered, apart) is left without `busy`."""
    result: list[Span] = []
    taken = merged(busy)
    index = 0
    for span in spans:
        start = span.start
        while index < len(taken) and taken[index].end <= start:
            index += 1
        look = index
        while look < len(taken) and taken[look].start < span.end:
            if taken[look].start > start:
                result.append(Span(start, taken[look].start))
            start = max(start, taken[look].end)
            look += 1
        if start < span.end:
            result.append(Span(start, span.end))
    return result


def common(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """The time in both (each ordered and apart)."""
    result: list[Span] = []
    left = right = 0
    while left < len(first) and right < len(second):
        start = max(first[left].start, second[right].start)
        end = min(first[left].end, second[right].end)
        if start < end:
            result.append(Span(start, end))
        if first[left].end <= second[right].end:
            left += 1
        else:
            right += 1
    return result


def round_step(step: int) -> int:
    """The minutes a slot may begin on: the largest round number that divides the step, else every minute."""
    return next((size for size in ROUND_STEPS if step % size == 0), 1)


def aligned(instant: int, size: int, zone: ZoneInfo) -> int:
    """The instant moved up to the next multiple of `size` minutes within the hour of the zone's clock."""
    instant += -instant % MINUTE
    minute = datetime.fromtimestamp(instant, zone).minute
    return instant + (-minute % size) * MINUTE


def starts(free: Iterable[Span], grid: Grid, earliest: int) -> list[int]:
    """Where slots begin in the free time, none before `earliest`.

    Cal.com: each free stretch begins anew at a round minute plus the offset, and the steps go on from there.
    """
    size = round_step(grid.step)
    length, step = grid.length * MINUTE, max(1, grid.step + grid.offset) * MINUTE
    found: list[int] = []
    for span in free:
        start = aligned(max(span.start, earliest), size, grid.zone) + grid.offset * MINUTE
        while start + length <= span.end:
            found.append(start)
            start += step
    return found


def covers(free: Iterable[Span], start: int, end: int) -> bool:
    """Whether one free stretch holds the whole of [start, end)."""
    return any(span.start <= start and end <= span.end for span in free)


def first_of_each_day(found: Iterable[int], zone: ZoneInfo) -> list[int]:
    """Only the earliest start of each local day."""
    seen: dict[date, int] = {}
    for start in sorted(found):
        seen.setdefault(datetime.fromtimestamp(start, zone).date(), start)
    return list(seen.values())
