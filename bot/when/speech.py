"""Windows in words that read back as themselves."""

from datetime import datetime, timedelta

from bot.when.calendar_days import WEEKDAYS
from bot.when.reading import Window
from bot.when.wording import clock_words
from bot.when.zones import to_zone

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say(window: Window, zone: str, now: datetime, *, name_zone: bool = False, clock24: bool = False) -> str:
    """A window in words, on the clocks of `zone`: "Tue 24 Nov, 2:00 PM", with the year when it is not this one.

    Reading the words back in the same zone gives the window again. With `name_zone` the zone follows in brackets.
    """
    here = to_zone(now, zone)
    start = to_zone(window.start, zone) if window.start else None
    end = to_zone(window.end, zone) if window.end else None
    words = _words(start, end, here, window.exact, clock24)
    return f"{words} ({zone})" if name_zone else words


def _words(start: datetime | None, end: datetime | None, now: datetime, exact: bool, clock24: bool) -> str:
    if start is None and end is None:
        return "any time"
    if start is None:
        assert end is not None
        return f"before {_point(end, now, clock24)}"
    if end is None:
        if exact:
            return _moment(start, now, clock24)
        return f"from {_day(start, now)}" if _midnight(start) else f"after {_moment(start, now, clock24)}"
    if _midnight(start) and _midnight(end):
        last = end - timedelta(days=1)
        return _day(start, now) if last.date() <= start.date() else f"{_day(start, now)} to {_day(last, now)}"
    if start.date() == end.date():
        return f"{_day(start, now)}, {clock_words(start, clock24)} to {clock_words(end, clock24)}"
    if _midnight(end) and end.date() == start.date() + timedelta(days=1):
        return f"{_day(start, now)}, {clock_words(start, clock24)} to midnight"
    return f"from {_moment(start, now, clock24)} until {_moment(end, now, clock24)}"


def _midnight(at: datetime) -> bool:
    return at.hour == at.minute == at.second == 0


def _point(at: datetime, now: datetime, clock24: bool) -> str:
    return _day(at, now) if _midnight(at) else _moment(at, now, clock24)


def _moment(at: datetime, now: datetime, clock24: bool) -> str:
    return f"{_day(at, now)}, {clock_words(at, clock24)}"


def _day(at: datetime, now: datetime) -> str:
    year = f" {at.year}" if at.year != now.year else ""
    return f"{WEEKDAYS[at.weekday()][:3]} {at.day} {_MONTHS[at.month - 1]}{year}"
