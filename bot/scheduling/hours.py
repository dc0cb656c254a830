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
_NOT = re.compile(
    r"\b(no|not|never|n't|don'?t|can'?t|won'?t|cannot|nobody|no ?one|without|off|closed|unavailable|keep\b.*\bfree)\b",
    re.I,
)
_ONLY = re.compile(r"\bonly\b", re.I)
_ALSO = re.compile(r"\b(also|additional(?:ly)?|as well|too|extra|besides|on top|add)\b", re.I)
_TAKEN_OUT = re.compile(
    r"\b(?:remove|delete|drop|cancel|skip|clear|get rid of|take (?:out|away)|no(?: more| longer)?|without|stop"
    r"|(?:don'?t|do not) (?:need|want|have|take|make))\b.*\b(?:lunch|breaks?|pauses?)\b"
    r"|\b(?:work|through) (?:over |during )?lunch\b(?! break)",
    re.I,
)
_CLOCK = r"(?P<clock>\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|o'?clock)?(?!\w)|noon|midday)"
_TO_BEGIN = re.compile(
    rf"\b(?:start|begin|come in|clock in|log on|get in)\w*\b[^,.;]*?\b(?:at|from|by|around|after)\s+{_CLOCK}", re.I
)
_TO_END = re.compile(
    rf"\b(?:finish|end|stop|leave|clock out|log off|done|close)\w*\b[^,.;]*?\b(?:at|by|around|before)\s+{_CLOCK}", re.I
)
_BEFORE = re.compile(rf"\b(?:before|earlier than|until|till)\s+{_CLOCK}", re.I)
_AFTER = re.compile(rf"\b(?:after|later than|past|from)\s+{_CLOCK}(?!\s*(?:-|–|to|until|till)\b)", re.I)
_PARTS = (
    (re.compile(r"\bmornings?\b", re.I), (time(0), time(12))),
    (re.compile(r"\bafternoons?\b", re.I), (time(12), time(18))),
    (re.compile(r"\bevenings?\b", re.I), (time(17), time.max)),
)
_ONE_DAY = re.compile(rf"\b(next|this|coming)\s+{_DAY.pattern}(?!s)", re.I)
_CLOCKS = re.compile(
    r"(?:from\s+|between\s+)?\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|to|until|till|and)\s*"
    r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?(?!\w)",
    re.I,
)
_FROM_TO = re.compile(
    r"(?:from\s+|between\s+)?\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|to|until|till|and)\s*\d{1,2}.*", re.I
)
_LUNCH = re.compile(r"\b(?:a |my |the )?(?:lunch|breaks?|pauses?)\b", re.I)
_BREAK = re.compile(r"\b(lunch|break|pause|block)\b", re.I)


@dataclass(frozen=True)
class Said:
    """What a sentence says about hours. `days` empty: those that have hours now. `hours` empty with `off`: none.

    `on` is a single date it is about. `hours` are set; with `cut` they are taken out of the day, with `only` nothing
    else of it stays, with `added` they come to it. `first` and `last` move its begin and its end; `joined`: without
    breaks.
    """

    days: frozenset[int]
    hours: Hours
    off: bool = False
    cut: bool = False
    on: date | None = None
    only: bool = False
    added: bool = False
    joined: bool = False
    first: time | None = None
    last: time | None = None

    @property
    def clear(self) -> bool:
        """Whether it says anything."""
        return bool(self.hours or self.off or self.joined or self.first or self.last)


def said(words: str, now: datetime, zone: str, removing: bool = False) -> Said:
    """Read a sentence about working hours, in the schedule's zone; `removing` where something shall go.

    >>> from datetime import UTC
    >>> said("9-5 on weekdays", datetime(2026, 11, 23, tzinfo=UTC), "UTC").hours
    ((datetime.time(9, 0), datetime.time(17, 0)),)
    >>> said("no meetings before 10", datetime(2026, 11, 23, tzinfo=UTC), "UTC").hours
    ((datetime.time(0, 0), datetime.time(10, 0)),)
    """
    days = frozenset[int]() if _ONE_DAY.search(words) else _days(words)
    rest = _DAY.sub(" ", _RANGE.sub(" ", _ALL.sub(" ", _WEEKENDS.sub(" ", _WEEKDAYS.sub(" ", words)))))
    on = None if days else _date(words, now, zone)
    if _TAKEN_OUT.search(words) or (removing and _LUNCH.search(words)):
        return Said(days, (), on=on, joined=True)
    hours = _stretches(rest, now, zone)
    negated = removing or bool(_NOT.search(words))
    if hours:
        cut = negated or bool(_BREAK.search(words))
        return Said(days, merged(hours), cut=cut, on=on, added=not cut and bool(_ALSO.search(words)))
    first, last = _wall(_TO_BEGIN, rest, now, zone), _wall(_TO_END, rest, now, zone)
    if (first or last) and not negated:
        return Said(days, (), on=on, first=first, last=last)
    cut, only = negated or bool(_BREAK.search(words)), bool(_ONLY.search(words))
    until, since = _wall(_BEFORE, rest, now, zone), _wall(_AFTER, rest, now, zone)
    if (until or since) and not cut and not only:
        return Said(days, (), on=on, first=since, last=until)
    bounds = [(time(0), until)] if until else []
    bounds += [(since, time.max)] if since else []
    bounds = bounds or [stretch for pattern, stretch in _PARTS if pattern.search(rest)]
    if bounds:
        return Said(days, merged(bounds), cut=cut, only=not cut, on=on)
    return Said(days, (), off=removing or bool(_OFF.search(words)), on=on)


def _stretches(words: str, now: datetime, zone: str) -> list[tuple[time, time]]:
    """The hours that are said from one time to another."""
    hours = []
    for part in re.split(r"\band\b(?!\s+\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?\s*(?:$|on\b|every))|,|;|\+", words):
        if not (found := _FROM_TO.search(part)):
            continue
        for window in read(f"tomorrow {found[0]}", now, zone).windows:
            if window.start and window.end and not window.exact:
                start, end = window.start.timetz().replace(tzinfo=None), window.end.timetz().replace(tzinfo=None)
                if start < end and not (start == time(0) and end == time(0)):
                    hours.append((start, end))
    return hours


def _wall(pattern: re.Pattern[str], words: str, now: datetime, zone: str) -> time | None:
    """The time of day that a pattern finds."""
    found = pattern.search(words)
    first = read(f"tomorrow at {found['clock']}", now, zone).first if found else None
    return first.start.timetz().replace(tzinfo=None) if first and first.start else None


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
    bare = words
    for pattern in (_LUNCH, _CLOCKS, _TO_BEGIN, _TO_END, _BEFORE, _AFTER, *(p for p, _ in _PARTS)):
        bare = pattern.sub(" ", bare)
    first = read(bare, now, zone).first
    return first.start.date() if first and first.start and first.kind is not Kind.TIME else None


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


def of_date(schedule: Schedule, on: date) -> Hours:
    """The hours of a date: its exceptions, or the usual ones."""
    own = [o for o in schedule.overrides if o.date == on]
    return merged((o.start, o.end) for o in own if not o.off) if own else of_day(schedule, on.weekday())


def changed(schedule: Schedule, words: Said) -> tuple[tuple[Availability, ...], tuple[Override, ...]]:
    """The schedule's whole availability and exceptions after the change; everything not spoken of stays."""
    if words.on is not None:
        return schedule.availability, _on(schedule, words.on, _of_day(of_date(schedule, words.on), words))
    week = {day: of_day(schedule, day) for day in range(7)}
    for day in words.days or {d for d, hours in week.items() if hours}:
        week[day] = _of_day(week[day], words)
    return grouped(week), schedule.overrides


def _of_day(usual: Hours, words: Said) -> Hours:
    """One day's hours after the change."""
    if words.joined:
        return ((usual[0][0], usual[-1][1]),) if usual else ()
    if words.off:
        return ()
    if words.hours:
        if words.cut:
            return without(usual, words.hours)
        if words.only:
            return without(usual, without(((time(0), time.max),), words.hours))
        return merged((*usual, *words.hours)) if words.added else words.hours
    if words.first and usual:
        usual = tuple(part for part in usual if part[1] > words.first)
        usual = ((words.first, usual[0][1]), *usual[1:]) if usual else ()
    if words.last and usual:
        usual = tuple(part for part in usual if part[0] < words.last)
        usual = (*usual[:-1], (usual[-1][0], words.last)) if usual else ()
    return usual


def _on(schedule: Schedule, on: date, hours: Hours) -> tuple[Override, ...]:
    """The exceptions with one date's hours among them."""
    kept = tuple(o for o in schedule.overrides if o.date != on)
    own = tuple(Override(on, start, end) for start, end in hours) or (Override(on, time(0), time(0)),)
    return (*kept, *own)


def part_gone(
    schedule: Schedule, on: date, gone: Sequence[tuple[datetime, datetime]]
) -> tuple[tuple[Availability, ...], tuple[Override, ...]] | None:
    """The schedule where only a part of a date's hours falls away; None where all of them do, or none are touched."""
    usual = of_date(schedule, on)
    holes = [(s.time(), e.time() if e.date() == s.date() else time.max) for s, e in gone]
    left = without(usual, tuple(holes))
    return (schedule.availability, _on(schedule, on, left)) if left and left != usual else None


def same(schedule: Schedule, availability: Sequence[Availability], overrides: Sequence[Override]) -> bool:
    """Whether a change comes to nothing."""
    week = {day: of_day(schedule, day) for day in range(7)}
    return grouped(week) == tuple(availability) and schedule.overrides == tuple(overrides)


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
