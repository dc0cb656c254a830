"""Parts of periods, rows of them, and stretches from one day to another."""

from datetime import date, timedelta

from bot.when.calendar_days import (
    ONE,
    Day,
    Found,
    add_days,
    add_months,
    calendar_day,
    monday_of,
    spoken,
)
from bot.when.frame import Frame
from bot.when.periods import named_month
from bot.when.reading import Problem


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
            begun = add_months(a.start, -12)
            if running.start < a.start and begun <= frame.today:  # it has begun and is not over
                size = a.end - a.start
                a = Found(begun, begun + size)
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


def with_next(first: Day, sign: int = 1) -> Day:
    """A day, week or month together with the next (`sign` -1: the one before)."""

    def find(frame: Frame, floor: date | None) -> Found:
        found = first.find(frame, floor)
        size = found.end - found.start
        if first.grain == "month":
            size = (add_months(found.end, 1) - found.end) if sign > 0 else found.start - add_months(found.start, -1)
        if sign < 0:
            return Found(found.start - size, found.end, (), found.assumed, found.problem)
        return Found(found.start, found.end + size, (), found.assumed, found.problem)

    return Day(find, "span", relative=True)


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
