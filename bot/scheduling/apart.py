"""Why people never have time at once: whose working hours do not meet. Pure.

Only of hours that may be known: those of hosts who have linked their account. Nobody's meetings are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from bot.calcom import Schedule, Weekday
from bot.scheduling.hours import of_day
from bot.scheduling.wording import DAY, listed, local, place_of, wall_clock

_STEP = timedelta(minutes=15)
_LOOKED_AT = 14 * DAY


@dataclass(frozen=True)
class Working:
    """Somebody's working hours, kept in their own zone."""

    name: str
    schedule: Schedule


def never(working: Sequence[Working], after: datetime, minutes: int, locale: str) -> str:
    """A sentence naming those whose hours have no `minutes` in common in the two weeks after a moment; empty where
    all of them have."""
    at_work = {w.name: _moments(w.schedule, after) for w in working}
    pairs = [pair for pair in combinations(working, 2) if not _meet([at_work[w.name] for w in pair], minutes)]
    if not pairs and (len(working) < 3 or _meet(list(at_work.values()), minutes)):
        return ""
    # One pair explains it best; only where each two of them meet, it takes all.
    told = pairs[0] if pairs else tuple(working)
    hours = listed([f"{w.name} works {_usual(w.schedule, locale)}" for w in told])
    return f"{hours}: these hours never overlap."


def _moments(schedule: Schedule, after: datetime) -> set[datetime]:
    """The quarters of an hour of the two weeks that are worked."""
    first = after.replace(minute=after.minute - after.minute % 15, second=0, microsecond=0)
    week = {day: of_day(schedule, day) for day in range(7)}
    found = set()
    for step in range(int(_LOOKED_AT / _STEP)):
        moment = first + step * _STEP
        there = local(moment, schedule.zone)
        if any(start <= there.time() < end for start, end in week[there.weekday()]):
            found.add(moment)
    return found


def _meet(each: Sequence[set[datetime]], minutes: int) -> bool:
    common = set.intersection(*each) if each else set()
    steps = max(1, -(-minutes // 15))
    return any(all(moment + n * _STEP in common for n in range(steps)) for moment in common)


def _usual(schedule: Schedule, locale: str) -> str:
    """The hours of the first weekday that has some, with the city: "9:00 AM–5:00 PM in London"."""
    for day in range(7):
        if hours := of_day(schedule, day):
            spans = listed([f"{wall_clock(start, locale)}–{wall_clock(end, locale)}" for start, end in hours])
            alone = sum(bool(of_day(schedule, d)) for d in range(7)) == 1
            return f"{spans} in {place_of(schedule.zone)}" + (f" ({Weekday.at(day).value} only)" if alone else "")
    return f"no hours at all in {place_of(schedule.zone)}"
