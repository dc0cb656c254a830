"""Choosing which free times to show. Pure: slots in, slots out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

import pytz

from bot.scheduling.draft import Span
from bot.scheduling.wording import local

SHOWN = 8
"""Times on one card: what people can take in, and what fits Slack's rows of buttons."""

A_FEW = 2
"""Times of a day when many days share a card; they then come from the asker's office hours, if those have enough."""

ABOUT = 3
"""Days on which something instead is offered."""


def within(starts: Iterable[datetime], spans: Sequence[Span], minutes: int) -> list[datetime]:
    """The starts whose meeting lies wholly in one of the spans; an exact span admits its start alone."""
    length = timedelta(minutes=minutes)
    return [
        start
        for start in starts
        if any(start == s.start if s.exact else s.start <= start and start + length <= s.end for s in spans)
    ]


def _roundness(start: datetime, zone: str) -> int:
    """People prefer full and half hours: 0 is best."""
    minute = local(start, zone).minute
    return 0 if minute == 0 else 1 if minute == 30 else 2 if minute % 15 == 0 else 3


def spread(starts: Sequence[datetime], zone: str, count: int = SHOWN) -> list[datetime]:
    """At most `count` of `starts`, over the days and over each day, round times first within each stretch.

    >>> from datetime import UTC
    >>> day = [datetime(2026, 11, 24, h, m, tzinfo=UTC) for h in range(9, 17) for m in (0, 15, 30, 45)]
    >>> [f"{s:%H:%M}" for s in spread(day, "UTC", 4)]
    ['09:00', '11:00', '13:00', '15:00']
    """
    if len(starts) <= count:
        return list(starts)
    days = [list(group) for _, group in groupby(sorted(starts), key=lambda s: local(s, zone).date())]
    enough = max(1, count // A_FEW)
    while sum(map(len, days[:enough])) < count:
        enough += 1
    days = days[:enough]
    share, extra = divmod(count, len(days))
    wanted = [share + (index < extra) for index in range(len(days))]
    spare = sum(max(0, want - len(day)) for want, day in zip(wanted, days, strict=True))
    for index, day in enumerate(days):
        if spare and len(day) > wanted[index]:
            gain = min(spare, len(day) - wanted[index])
            wanted[index] += gain
            spare -= gain
    return [start for want, day in zip(wanted, days, strict=True) for start in _spread_day(day, zone, want)]


def _spread_day(day: Sequence[datetime], zone: str, count: int) -> list[datetime]:
    if len(day) <= count:
        return list(day)
    if count <= A_FEW:
        office = [start for start in day if 9 <= local(start, zone).hour < 18]
        day = office if len(office) >= count else day
    chosen = []
    for index in range(count):
        stretch = day[index * len(day) // count : (index + 1) * len(day) // count]
        chosen.append(min(stretch, key=lambda s: (_roundness(s, zone), s)))
    return chosen


def nearest(starts: Sequence[datetime], wanted: datetime, count: int = 6) -> list[datetime]:
    """The `count` starts closest to `wanted`, in order of time."""
    return sorted(sorted(starts, key=lambda s: (abs(s - wanted), s))[:count])


def alike(starts: Sequence[datetime], wanted: datetime, zone: str, count: int = 6) -> list[datetime]:
    """The starts nearest to `wanted` where its local day has any; else those near its time of day, on the days around.

    Of two days equally far away the later one counts as nearer.

    >>> from datetime import UTC
    >>> days = [datetime(2026, 11, d, h, tzinfo=UTC) for d in (27, 30) for h in range(9, 17)]
    >>> [f"{s:%a %H}" for s in alike(days, datetime(2026, 11, 28, 14, tzinfo=UTC), "UTC", 4)]
    ['Fri 13', 'Fri 14', 'Mon 13', 'Mon 14']
    """
    there = local(wanted, zone)
    days: dict[date, list[datetime]] = {}
    for start in sorted(starts):
        days.setdefault(local(start, zone).date(), []).append(start)
    if there.date() in days or not days:
        return nearest(starts, wanted, count)

    def far(day: date) -> tuple[int, bool]:
        return abs((day - there.date()).days), day < there.date()

    closest = sorted(days, key=far)[:ABOUT]
    share, extra = divmod(count, len(closest))
    chosen = []
    for index, day in enumerate(closest):
        same = pytz.timezone(zone).localize(datetime.combine(day, there.time()), is_dst=False)
        chosen += nearest(days[day], same, share + (index < extra))
    return sorted(chosen)


def by_preference(starts: Sequence[datetime], preferred: Sequence[Span], minutes: int) -> list[datetime]:
    """Only the preferred starts when there are any, else all: a preference is no limit."""
    liked = within(starts, preferred, minutes) if preferred else []
    return liked or list(starts)


def sociable(starts: Sequence[datetime], zone: str) -> list[datetime]:
    """The starts between 7:00 and 21:00 in the asker's zone when there are any, else all."""
    waking = [start for start in starts if 7 <= local(start, zone).hour < 21]
    return waking or list(starts)


def first_days(starts: Iterable[datetime], zone: str, count: int) -> list[datetime]:
    """The starts of the first `count` local dates that have any."""
    listed = sorted(starts)
    days = list(dict.fromkeys(local(start, zone).date() for start in listed))[:count]
    return [start for start in listed if local(start, zone).date() in days]
