"""Working hours: what people say about them, merged into a schedule so that nothing else of it is lost. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.calcom import Availability, Override, Schedule, Weekday
from bot.scheduling.wording import listed, wall_clock
from bot.when import Kind, read

Hours = tuple[tuple[time, time], ...]
"""Stretches of a day, ascending and apart."""

_DAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "wed": 2, "thursday": 3, "thu": 3,
    "thur": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
_DAY = re.compile(r"\b(" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")s?\b", re.I)
_RANGE = re.compile(rf"{_DAY.pattern}\s*(?:-|–|to|through|until)\s*{_DAY.pattern}", re.I)
_WEEKDAYS = re.compile(r"\b(weekdays?|week ?days|working days|workdays?)\b", re.I)
_WEEKENDS = re.compile(r"\bweekends?\b", re.I)
_ALL = re.compile(r"\b(every ?day|daily|all days|each day)\b", re.I)
_OFF = re.compile(r"\b(off|closed|not work|don'?t work|do not work|no work|unavailable|not available|free)\b", re.I)
_ONE_DAY = re.compile(rf"\b(next|this|coming)\s+{_DAY.pattern}(?!s)", re.I)
_CLOCKS = re.compile(
    r"(?:from\s+|between\s+)?\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|to|until|till|and)\s*"
    r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?(?!\w)",
    re.I,
)
_LUNCH = re.compile(r"\b(?:a |my )?(?:lunch|break|pause)\b", re.I)
_BREAK = re.compile(r"\b(lunch|break|pause|block)\b", re.I)


@dataclass(frozen=True)
class Said:
    """What a sentence says about hours. `days` empty: those that have hours now. `hours` empty with `off`: none.

    `on` is a single date it is about; `cut` takes `hours` out of the day instead of setting them.
    """

    days: frozenset[int]
    hours: Hours
    off: bool = False
    cut: bool = False
    on: date | None = None


def said(words: str, now: datetime, zone: str) -> Said:
    """Read a sentence about working hours, in the schedule's zone.

    >>> from datetime import UTC
    >>> said("9-5 on weekdays", datetime(2026, 11, 23, tzinfo=UTC), "UTC").hours
    ((datetime.time(9, 0), datetime.time(17, 0)),)
    """
    days = frozenset[int]() if _ONE_DAY.search(words) else _days(words)
    rest = _DAY.sub(" ", _RANGE.sub(" ", _ALL.sub(" ", _WEEKENDS.sub(" ", _WEEKDAYS.sub(" ", words)))))
    on = None if days else _date(words, now, zone)
    hours = []
    for part in re.split(r"\band\b|,|;|\+", rest):
        reading = read(f"tomorrow {_clock_only(part)}", now, zone)
        for window in reading.windows:
            if window.start and window.end and not window.exact:
                start, end = window.start.timetz().replace(tzinfo=None), window.end.timetz().replace(tzinfo=None)
                if start < end and not (start == time(0) and end == time(0)):
                    hours.append((start, end))
    return Said(days, merged(hours), bool(_OFF.search(words)) and not hours, bool(_BREAK.search(words)), on)


def _days(words: str) -> frozenset[int]:
    found: set[int] = set()
    for match in _RANGE.finditer(words):
        first, last = (_DAYS[g.lower()] for g in match.groups())
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    found |= {_DAYS[match[1].lower()] for match in _DAY.finditer(words)}
    found |= set(range(5)) if _WEEKDAYS.search(words) else set()
    found |= {5, 6} if _WEEKENDS.search(words) else set()
    found |= set(range(7)) if _ALL.search(words) else set()
    return frozenset(found)


def _date(words: str, now: datetime, zone: str) -> date | None:
    """A date that is named ("on 3 December", "tomorrow"), once clock times and breaks are taken out of the words."""
    bare = _LUNCH.sub(" ", _CLOCKS.sub(" ", words))
    first = read(bare, now, zone).first
    return first.start.date() if first and first.start and first.kind is not Kind.TIME else None


def _clock_only(part: str) -> str:
    found = re.search(r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|to|until|till)\s*\d{1,2}.*", part, re.I)
    return found[0] if found else part


def merged(hours: Iterable[tuple[time, time]]) -> Hours:
    """Stretches joined where they touch.

    >>> merged([(time(13), time(17)), (time(9), time(13))])
    ((datetime.time(9, 0), datetime.time(17, 0)),)
    """
    out: list[tuple[time, time]] = []
    for start, end in sorted(hours):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def without(hours: Hours, holes: Hours) -> Hours:
    """Stretches with others cut out.

    >>> without(((time(9), time(17)),), ((time(12), time(13)),))
    ((datetime.time(9, 0), datetime.time(12, 0)), (datetime.time(13, 0), datetime.time(17, 0)))
    """
    left = list(hours)
    for first, last in holes:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, first)), (max(start, last), end))
            if part[0] < part[1]
        ]
    return tuple(left)


def of_day(schedule: Schedule, weekday: int) -> Hours:
    """The usual hours of a weekday (0 is Monday)."""
    return merged((a.start, a.end) for a in schedule.availability if Weekday.at(weekday) in a.days)


def changed(schedule: Schedule, words: Said) -> tuple[tuple[Availability, ...], tuple[Override, ...]]:
    """The schedule's whole availability and exceptions after the change; everything not spoken of stays."""
    if words.on is not None:
        kept = tuple(o for o in schedule.overrides if o.date != words.on)
        usual = of_day(schedule, words.on.weekday())
        hours = without(usual, words.hours) if words.cut else words.hours
        if words.off or not hours:
            return schedule.availability, (*kept, Override(words.on, time(0), time(0)))
        return schedule.availability, (*kept, *(Override(words.on, start, end) for start, end in hours))
    week = {day: of_day(schedule, day) for day in range(7)}
    for day in words.days or {d for d, hours in week.items() if hours}:
        if words.cut:
            week[day] = without(week[day], words.hours)
        elif words.off:
            week[day] = ()
        else:
            week[day] = words.hours
    return grouped(week), schedule.overrides


def grouped(week: dict[int, Hours]) -> tuple[Availability, ...]:
    """A week as availability: days with the same stretch together."""
    by_stretch: dict[tuple[time, time], list[Weekday]] = {}
    for day in range(7):
        for stretch in week.get(day, ()):
            by_stretch.setdefault(stretch, []).append(Weekday.at(day))
    return tuple(Availability(tuple(days), start, end) for (start, end), days in sorted(by_stretch.items()))


def week_text(availability: Sequence[Availability], locale: str) -> list[tuple[str, str]]:
    """Days and their hours, days of the same hours together: ("Mon-Fri", "9:00 AM–5:00 PM")."""
    week = {day: merged((a.start, a.end) for a in availability if Weekday.at(day) in a.days) for day in range(7)}
    names = [Weekday.at(day).value[:3] for day in range(7)]
    lines: list[tuple[str, str]] = []
    day = 0
    while day < 7:
        last = day
        while last + 1 < 7 and week[last + 1] == week[day]:
            last += 1
        text = listed([f"{wall_clock(s, locale)}–{wall_clock(e, locale)}" for s, e in week[day]]) or "off"
        label = names[day] if last == day else f"{names[day]}–{names[last]}"
        lines.append((label, text))
        day = last + 1
    return lines
