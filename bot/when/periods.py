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
from bot.when.reading import Problem


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
    """The calendar week `weeks` from this one, Monday to Sunday."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = add_days(monday_of(frame.today), 7 * weeks)
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


def season(name: str, which: str = "", year: int | None = None) -> Day:
    """An astronomical season of the northern half; the running one counts as this one."""

    def find(frame: Frame, floor: date | None) -> Found:
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


def next_units(count: int, unit: str) -> Day:
    """ "The next three days": whole units after the running one; minutes and hours are not days and not here."""

    def find(frame: Frame, floor: date | None) -> Found:
        today = frame.today
        if unit in ("day", "night"):
            return Found(today + ONE, add_days(today + ONE, count))
        if unit == "workday":
            end = today
            left = count
            while left > 0 and end.year < 9000 and left < 4000:
                end += ONE
                left -= end.weekday() < 5
            return Found(today + ONE, end + ONE)
        if unit in ("week", "fortnight"):
            start = monday_of(today) + timedelta(days=7)
            return Found(start, add_days(start, count * (7 if unit == "week" else 14)))
        if unit == "month":
            first = add_months(today.replace(day=1), 1)
            return Found(first, add_months(first, count))
        if unit == "quarter":
            first = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3)
            return Found(first, add_months(first, 3 * count))
        first = date(today.year + 1, 1, 1)
        return Found(first, add_months(first, 12 * count))

    return Day(find, "span", relative=True)


def past_units(count: int, unit: str) -> Day:
    """ "The last two weeks": whole units before the running one."""

    def find(frame: Frame, floor: date | None) -> Found:
        today = frame.today
        if unit in ("day", "night", "workday"):
            return Found(add_days(today, -count), today)
        if unit in ("week", "fortnight"):
            end = monday_of(today)
            return Found(add_days(end, -count * (7 if unit == "week" else 14)), end)
        if unit in ("month", "quarter"):
            end = today.replace(day=1)
            return Found(add_months(end, -count * (1 if unit == "month" else 3)), end)
        end = date(today.year, 1, 1)
        return Found(add_months(end, -12 * count), end)

    return Day(find, "span", relative=True, past=True)


def weekday_within(wanted: int, period: Day) -> Day:
    """The weekday inside a period: "Monday of the week of the 18th"."""
    return replace(nth_weekday(1, wanted, period), relative=True)


def section(which: str, period: Day) -> Day:
    """The early, middle or late part of a period.

    Month: the 1st to 10th, 11th to 20th, 21st on. Week: Monday to Wednesday, Tuesday to Thursday, from Friday on (of a
    week "late" from Thursday). Year and others: halves and the middle third.
    """

    def find(frame: Frame, floor: date | None) -> Found:
        found = period.find(frame, floor)
        start, end = found.start, found.end
        if which in ("half1", "half2"):
            middle = start + timedelta(days=(end - start).days // 2)
            return Found(start, middle) if which == "half1" else Found(middle, end)
        if period.grain == "month":
            tenth, twentieth = start + timedelta(days=10), start + timedelta(days=20)
            if which in ("early", "begin"):
                return Found(start, tenth)
            if which == "mid":
                return Found(tenth, twentieth)
            return Found(twentieth, end)
        if period.grain == "week":
            if which in ("early", "begin"):
                return Found(start, start + timedelta(days=3))
            if which == "mid":
                return Found(start + timedelta(days=2), start + timedelta(days=4))
            if which == "late":
                return Found(start + timedelta(days=3), end)
            return Found(start + timedelta(days=4), end)
        if period.grain == "year":
            if which in ("early", "begin"):
                return Found(start, add_months(start, 6))
            if which == "mid":
                return Found(add_months(start, 4), add_months(start, 8))
            return Found(add_months(start, 6), end)
        size = (end - start).days
        if size < 3:
            return found
        third = timedelta(days=size // 3)
        if which in ("early", "begin"):
            return Found(start, start + third)
        if which == "mid":
            return Found(start + third, end - third)
        return Found(end - third, end)

    return Day(find, "span", relative=period.relative, past=period.past, section=which)


def rest_of(period: Day, when: str = "rest") -> Day:
    """What is left of a period; of "later this week" its second half, as far as it is not past."""

    def find(frame: Frame, floor: date | None) -> Found:
        found = period.find(frame, floor)
        if when == "earlier":
            return Found(found.start, max(found.start + ONE, min(frame.today, found.end)))
        start = max(found.start, frame.today)
        if when == "later":
            half = (found.end - found.start).days // 2
            start = max(start, found.start + timedelta(days=half))
            if period.grain == "year":
                start = max(frame.today, date(found.start.year, 7, 1))
        return Found(min(start, found.end - ONE), found.end)

    return Day(find, "span", relative=True, past=when == "earlier")


def between_days(first: Day, last: Day) -> Day:
    """From one day to another, the last included. What one lacks (month, year) the other lends."""
    first, last = _lend(first, last)

    def find(frame: Frame, floor: date | None) -> Found:
        a = first.find(frame, floor)
        b = last.find(frame, a.start)
        if first.month and first.year is None and a.start > frame.today:
            running = last.find(frame, None)
            begun = a.start.replace(year=a.start.year - 1, day=min(a.start.day, 28))
            if running.start < a.start and begun <= frame.today:  # it has begun and is not over
                size = a.end - a.start
                a = Found(a.start.replace(year=a.start.year - 1) if a.start.day < 29 else begun, begun + size)
                b = running
        problem = a.problem or b.problem
        if b.start < a.start or b.end <= a.start:
            again = last.find(frame, None)
            if again.end > a.start:
                b = again
            else:
                problem = Problem("end-before-start", f"{spoken(b.start)} is before {spoken(a.start)}.")
                return Found(b.start, a.end, (), a.assumed, problem)
        if (b.end - a.start).days > 366:
            problem = problem or Problem("too-long", "That is more than a year.")
        return Found(a.start, b.end, (), a.assumed + b.assumed, problem)

    return Day(find, "span", month=first.month, year=first.year, relative=first.relative or last.relative)


def bounded(first: Day, after: bool, last: Day, before: bool) -> Day:
    """ "After the 1st but before the 5th": what lies between two bounds, each with its day or (`after`, `before`)
    without."""

    def find(frame: Frame, floor: date | None) -> Found:
        low = first.find(frame, floor)
        high = last.find(frame, low.start)
        start, end = (low.end if after else low.start), (high.start if before else high.end)
        problem = None
        if end <= start:
            problem = Problem("end-before-start", f"Nothing lies between {spoken(low.start)} and {spoken(high.start)}.")
            start, end = low.start, max(high.end, low.end)
        return Found(start, end, (), low.assumed + high.assumed, problem)

    return Day(find, "span", relative=True)


def _lend(first: Day, last: Day) -> tuple[Day, Day]:
    if first.day and last.day and first.day is not None:
        month, year = first.month or last.month, first.year
        if first.month is None and last.month is not None and first.day > last.day:
            month = last.month - 1 or 12  # "the 28th to the 3rd of March"
        if year is None and last.year is not None:
            year = last.year if (month or 0) <= (last.month or 12) else last.year - 1
        if (month, year) != (first.month, first.year):
            first = calendar_day(month, first.day, year, first.weekday)
        if last.month is None and first.month is not None and last.day is not None and first.day is not None:
            last = calendar_day(
                first.month if last.day >= first.day else None,
                last.day,
                first.year if last.day >= first.day else None,
                last.weekday,
            )
    elif (
        first.grain == "month" and last.grain == "month" and last.year and not first.year and first.month and last.month
    ):
        first = named_month(first.month, last.year if first.month <= last.month else last.year - 1)
    return first, last
