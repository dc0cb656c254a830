"""Weeks, months, quarters, seasons and their parts, and stretches from one day to another."""

from dataclasses import replace
from datetime import date, timedelta

from bot.when.calendar_days import (
    ONE,
    WEEKDAYS,
    Day,
    Found,
    Impossible,
    add_days,
    add_months,
    calendar_day,
    monday_of,
    month_span,
    spoken,
)
from bot.when.frame import Frame
from bot.when.reading import Assumption

SUNDAY_FIRST = frozenset(("US", "CA", "MX", "BR", "JP", "IN", "IL", "KR", "TW", "HK", "ZA", "PH"))
"""Countries whose calendars begin the week on Sunday (CLDR)."""
_SOUTHERN = frozenset(("AU", "NZ", "ZA", "BR", "AR", "CL", "UY", "PY", "PE", "BO", "NA", "ZW"))
_SOUTHERN_ZONES = (
    "Australia/", "Pacific/Auckland", "Africa/Johannesburg", "America/Sao_Paulo", "America/Argentina",
    "America/Buenos_Aires", "America/Santiago", "America/Montevideo", "America/Asuncion", "Pacific/Chatham",
)  # fmt: skip


def nth_weekday(n: int, wanted: int, period: Day) -> Day:
    """The nth weekday of a period ("first Tuesday in October"); n < 0 counts from its end."""

    def find(frame: Frame, floor: date | None) -> Found:
        start, end, *_ = period.find(frame, floor)
        found = _nth_in(n, wanted, start, end)
        if found < (floor or frame.today) and period.grain == "month" and period.year is None and not period.relative:
            start, end = date(start.year + 1, start.month, 1), date(end.year + 1, end.month, 1)
            found = _nth_in(n, wanted, start, end)
        if not start <= found < end:
            raise Impossible(f"There is no such {WEEKDAYS[wanted]} in that time.")
        return Found(found, found + ONE)

    return Day(find, weekday=wanted)


def _nth_in(n: int, wanted: int, start: date, end: date) -> date:
    if n > 0:
        return add_days(start, (wanted - start.weekday()) % 7 + 7 * (n - 1))
    last = end - ONE
    return add_days(last, -((last.weekday() - wanted) % 7) - 7 * (-n - 1))


def nth_day(n: int, period: Day) -> Day:
    """The nth day of a period, from its end when negative."""

    def find(frame: Frame, floor: date | None) -> Found:
        start, end, *_ = period.find(frame, floor)
        day = add_days(start, n - 1) if n > 0 else add_days(end, n)
        return Found(day, day + ONE)

    return Day(find)


def nth_week(n: int, period: Day) -> Day:
    """The nth week of a month, where a week belongs to the month that has its Thursday (as in ISO weeks)."""

    def find(frame: Frame, floor: date | None) -> Found:
        start, end, *_ = period.find(frame, floor)
        first = _nth_in(n, 3, start, end) - timedelta(days=3)
        return Found(first, first + timedelta(days=7))

    return Day(find, "week")


def nth_weekend(n: int, period: Day) -> Day:
    """The nth weekend of a period, by its Saturday."""

    def find(frame: Frame, floor: date | None) -> Found:
        start, end, *_ = period.find(frame, floor)
        first = _nth_in(n, 5, start, end)
        return Found(first, first + timedelta(days=2))

    return Day(find, "weekend")


def week(weeks: int) -> Day:
    """The calendar week `weeks` from this one, Monday to Sunday.

    On a Sunday the running week is the one ahead where weeks begin on Sunday, and "next week" is the one that begins
    tomorrow; the other reading is kept.
    """

    def find(frame: Frame, floor: date | None) -> Found:
        start = add_days(monday_of(frame.today), 7 * weeks)
        if frame.today.weekday() == 6 and weeks in (0, 1):
            ahead = add_days(frame.today, 7 * weeks)
            if weeks == 0 and frame.country in SUNDAY_FIRST:
                told = Assumption("week-start", f"the week that begins today, {spoken(ahead)}")
                return Found(ahead, add_days(ahead, 7), ((start, add_days(start, 7)),), (told,))
            if weeks == 1:
                told = Assumption("nearest", f"the week that begins tomorrow, {spoken(start)}")
                return Found(start, add_days(start, 7), ((add_days(start, 7), add_days(start, 14)),), (told,))
        return Found(start, add_days(start, 7))

    return Day(find, "week", relative=True, past=weeks < 0)


def work_week(weeks: int) -> Day:
    """Monday to Friday of the calendar week `weeks` from this one."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = add_days(monday_of(frame.today), 7 * weeks)
        return Found(start, add_days(start, 5))

    return Day(find, "span", relative=True, past=weeks < 0)


def week_of(day: Day) -> Day:
    """The calendar week that holds a day."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = monday_of(day.find(frame, floor).start)
        return Found(start, add_days(start, 7))

    return Day(find, "week")


def weekend_near(day: Day) -> Day:
    """The weekend nearest to a day."""

    def find(frame: Frame, floor: date | None) -> Found:
        found = day.find(frame, floor).start
        start = add_days(found, -((found.weekday() - 5) % 7))
        if (found - start).days > 4:
            start = add_days(start, 7)
        return Found(start, add_days(start, 2))

    return Day(find, "weekend")


def numbered_week(number: int, year: int | None) -> Day:
    """ISO week `number`, the next one of that number when no year is said."""

    def find(frame: Frame, floor: date | None) -> Found:
        for y in (year,) if year else (frame.today.year, frame.today.year + 1):
            try:
                start = date.fromisocalendar(y, number, 1)
            except ValueError as wrong:
                raise Impossible(f"There is no week {number} in {y}.") from wrong
            if year or start + timedelta(days=6) >= frame.today:
                break
        return Found(start, add_days(start, 7))

    return Day(find, "week")


def weekend(weeks: int) -> Day:
    """The weekend (Saturday and Sunday) of the calendar week `weeks` from this one."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = add_days(monday_of(frame.today), 7 * weeks + 5)
        return Found(start, add_days(start, 2))

    return Day(find, "weekend", relative=True, past=weeks < 0)


def month(months: int) -> Day:
    """The calendar month `months` from this one."""

    def find(frame: Frame, floor: date | None) -> Found:
        first = add_months(frame.today.replace(day=1), months)
        return Found(*month_span(first.year, first.month))

    return Day(find, "month", relative=True, past=months < 0)


def named_month(number: int, year: int | None = None, which: str = "") -> Day:
    """A month by name: this one while it lasts, else the next of that name."""

    def find(frame: Frame, floor: date | None) -> Found:
        base = floor or frame.today
        y = year
        if y is None:
            y = base.year if number >= base.month else base.year + 1
            if which == "next" and number == base.month:
                y += 1
            elif which == "last":
                y = base.year if number < base.month else base.year - 1
            elif which == "afternext":
                y += 1
        return Found(*month_span(y, number))

    return Day(find, "month", month=number, year=year, past=which == "last")


def quarter(number: int | None, year: int | None = None, shift: int = 0) -> Day:
    """A quarter by number, or the one `shift` from this."""

    def find(frame: Frame, floor: date | None) -> Found:
        today = frame.today
        if number is None:
            first = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * shift)
        else:
            y = year or (today.year if number >= (today.month - 1) // 3 + 1 else today.year + 1)
            first = date(y, 3 * number - 2, 1)
        return Found(first, add_months(first, 3))

    return Day(find, "quarter", relative=number is None, year=year)


def half_year(number: int, year: int | None) -> Day:
    """First or second half of a year."""

    def find(frame: Frame, floor: date | None) -> Found:
        first = date(year or frame.today.year, 6 * number - 5, 1)
        return Found(first, add_months(first, 6))

    return Day(find, "span", year=year)


def year_span(number: int | None, shift: int = 0) -> Day:
    """A year by number, or the one `shift` from this."""

    def find(frame: Frame, floor: date | None) -> Found:
        y = min(max(number or frame.today.year + shift, 1), 9997)
        return Found(date(y, 1, 1), date(y + 1, 1, 1))

    return Day(find, "year", year=number, relative=number is None, past=shift < 0)


_SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "winter": (12, 21)}


_SEASON_ORDER = ("spring", "summer", "autumn", "winter")


def season(said: str, which: str = "", year: int | None = None) -> Day:
    """An astronomical season, of the reader's half of the earth; the running one counts as this one."""

    def find(frame: Frame, floor: date | None) -> Found:
        if frame.country in _SOUTHERN or frame.zone.startswith(_SOUTHERN_ZONES):
            name = _SEASON_ORDER[(_SEASON_ORDER.index(said) + 2) % 4]
        else:
            name = said
        following = _SEASON_ORDER[(_SEASON_ORDER.index(name) + 1) % 4]

        def of(y: int) -> tuple[date, date]:
            last = date(y + (name == "winter"), *_SEASONS[following])
            return date(y, *_SEASONS[name]), last + (ONE if name == "summer" else timedelta(0))

        if year:
            return Found(*of(year))
        y = frame.today.year - 1
        while of(y)[1] <= frame.today:
            y += 1
        if which == "next" and of(y)[0] <= frame.today:
            y += 1
        elif which == "last":
            y -= 1
        return Found(*of(y))

    return Day(find, "span", past=which == "last")


def weekday_within(wanted: int, period: Day) -> Day:
    """The weekday inside a period: "Monday of the week of the 18th"."""
    return replace(nth_weekday(1, wanted, period), relative=True)


def within_month(day: Day, month: Day) -> Day:
    """A day of the month inside a month said apart: "next month on the 5th"."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = month.find(frame, floor).start
        return calendar_day(start.month, day.day or 1, start.year, day.weekday).find(frame, None)

    return Day(find, weekday=day.weekday, day=day.day, relative=True)
