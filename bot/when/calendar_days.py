"""Days and periods: partial descriptions ("the 9th", "next week", "March") and what they mean on a given day.

A `Day` is not a date yet: "from the 9th to the 11th of March" settles the month of the first only after the second is
read, and the end of a range is looked for after its start. `Day.find(frame, floor)` settles it.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.when.clock import Clock
from bot.when.frame import Frame
from bot.when.reading import Assumption, Problem

ONE = timedelta(days=1)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Found(NamedTuple):
    """Whole days from `start` to before `end`; `others` are the other readings."""

    start: date
    end: date
    others: tuple[tuple[date, date], ...] = ()
    assumed: tuple[Assumption, ...] = ()
    problem: Problem | None = None


class Impossible(Exception):
    """A date that no calendar has ("31 April"); the sentence is for people, `near` the real days beside it."""

    def __init__(self, sentence: str, near: tuple[date, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.near = near


Finder = Callable[[Frame, date | None], Found]


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a period. `grain`: day, weekend, week, month, quarter, year, span. The calendar fields are what was
    said, kept so that the two ends of a range can lend each other what they lack."""

    find: Finder
    grain: str = "day"
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    relative: bool = False
    past: bool = False
    offset: bool = False  # counted from now ("in 3 days")
    section: str = ""  # "end": the end of a period
    at: Clock | None = None  # "the end of Sunday"
    holiday: bool = False
    follows: bool = False  # "the next day": of the day said before, where one was


def weekday_near(wanted: int, base: "Day") -> "Day":
    """The weekday nearest to a base day."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = base.find(frame, floor).start
        day = start + timedelta(days=(wanted - start.weekday() + 3) % 7 - 3)
        return Found(day, day + ONE)

    return Day(find, weekday=wanted)


def spoken(day: date) -> str:
    """A date in words: "Tuesday 24 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """`days` later, kept inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date(9998, 12, 31) if days > 0 else date(1, 1, 2)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def month_span(year: int, month: int) -> tuple[date, date]:
    """A month's first day and the next month's."""
    year = min(max(year, 1), 9997)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def relative_day(days: int) -> Day:
    """today, tomorrow, in three days."""

    def find(frame: Frame, floor: date | None) -> Found:
        day = add_days(frame.today, days)
        return Found(day, day + ONE)

    return Day(find, relative=True, past=days < 0)


def weekday(wanted: int, which: str = "", weeks: int = 0) -> Day:
    """A weekday. `which`: "" or "coming" the nearest after today; "this" counts today; "next" the nearest, the one a
    week on is the other reading; "following" and "afternext" a week on; "last" before today. `weeks` more on top."""

    def find(frame: Frame, floor: date | None) -> Found:
        today = frame.today
        assumed: tuple[Assumption, ...] = ()
        others: list[date] = []
        if which == "last":
            day = today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
        else:
            base = max(floor, today) if floor else today
            ahead = (wanted - base.weekday()) % 7
            if ahead == 0 and floor and which:
                ahead = 7
            if ahead == 0 and which != "this" and not floor:
                ahead = 7
                others.append(today)
                assumed = (Assumption("nearest", f"the coming {WEEKDAYS[wanted]}, not today"),)
            if which in ("following", "afternext") and not floor:
                ahead += 7
            day = add_days(base, ahead + 7 * weeks)
            if which == "next":
                others.append(add_days(day, 7))
                assumed = (Assumption("nearest", f"the nearest {WEEKDAYS[wanted]}, {day.day} {MONTHS[day.month - 1]}"),)
            elif which in ("following", "afternext"):
                others.append(add_days(day, -7))
            elif which in ("", "this") and not others:
                others.append(add_days(day, 7))
        return Found(day, day + ONE, tuple((o, o + ONE) for o in others), assumed)

    return Day(find, weekday=wanted, relative=bool(which), past=which == "last")


def weekday_in_week(wanted: int, weeks: int) -> Day:
    """ "Friday next week": the weekday inside the calendar week `weeks` from this one."""

    def find(frame: Frame, floor: date | None) -> Found:
        day = add_days(monday_of(frame.today), 7 * weeks + wanted)
        return Found(day, day + ONE)

    return Day(find, weekday=wanted, relative=True, past=weeks < 0)


def calendar_day(
    month: int | None, day: int, year: int | None = None, wanted: int | None = None, *, guess: Assumption | None = None
) -> Day:
    """A date with a day of the month; what is missing is the next such date, today included."""

    def matching(start: date) -> date | None:
        """The first such date from `start` on, whatever its weekday."""
        if month is not None:
            for y in range(start.year, start.year + 9):
                if day <= monthrange(y, month)[1] and date(y, month, day) >= start:
                    return date(y, month, day)
            return None
        y, m = start.year, start.month
        for _ in range(14):
            if day <= monthrange(y, m)[1] and date(y, m, day) >= start:
                return date(y, m, day)
            y, m = y + m // 12, m % 12 + 1
        return None

    def find(frame: Frame, floor: date | None) -> Found:
        start = floor or frame.today
        assumed: tuple[Assumption, ...] = (guess,) if guess else ()
        if year is not None and not 1000 <= year <= 2999:
            raise Impossible(f"The year {year} is too far away.")
        if not 1 <= day <= 31 or (month is not None and day > monthrange(year or 2024, month)[1]):
            where = MONTHS[month - 1] + (f" {year}" if year and month == 2 else "") if month else "No month"
            raise Impossible(f"{where} has no day {day}.", _beside(month, year, frame.today) if month else ())
        if year is not None and month is not None:
            found = date(year, month, day)
        elif year is not None:
            found = date(year, 1, day)
        else:
            first = matching(start)
            if first is None:
                raise Impossible(f"There is no such day as the {day}.")
            found = first
            if month is not None and found.year != frame.today.year:
                assumed += (Assumption("next-year", f"in {found.year}"),)
        others: tuple[tuple[date, date], ...] = ()
        problem = None
        if wanted is not None and found.weekday() != wanted:
            near = found + timedelta(days=(wanted - found.weekday() + 3) % 7 - 3)
            others = ((near, near + ONE), (found, found + ONE))
            sentence = f"{found.day} {MONTHS[found.month - 1]} {found.year} is a {WEEKDAYS[found.weekday()]}"
            if year is None and month is None:
                later = found
                for _ in range(14):
                    following = matching(later + ONE)
                    if following is None or following.weekday() == wanted:
                        later = following or found
                        break
                    later = following
                if later.weekday() == wanted:
                    sentence += f"; the next {WEEKDAYS[wanted]} the {day} is in {MONTHS[later.month - 1]} {later.year}"
                    found = later
            elif year is None:
                others = ((near, near + ONE),)
            problem = Problem(
                "contradiction", f"{sentence}, not a {WEEKDAYS[wanted]}." if ";" not in sentence else sentence + "."
            )
        return Found(found, found + ONE, others, assumed, problem)

    return Day(find, weekday=wanted, month=month, day=day, year=year, past=False)


def _beside(month: int, year: int | None, today: date) -> tuple[date, ...]:
    """The last day of a month and the first of the next, those to come when no year was said."""
    first = month_span(year or (today.year if month >= today.month else today.year + 1), month)[1]
    return first - ONE, first


def offset(months: int, days: int, base: Day | None, *, grain: str = "day") -> Day:
    """So many months and days from a base day, from today without one."""

    def find(frame: Frame, floor: date | None) -> Found:
        start = base.find(frame, floor).start if base else frame.today
        day = add_days(add_months(start, months), days)
        return Found(day, day + ONE)

    return Day(find, grain, relative=True, past=base is None and (months < 0 or days < 0), offset=base is None)


def workdays_from(count: int, base: Day | None) -> Day:
    """So many working days (Monday to Friday) after a base day."""

    def find(frame: Frame, floor: date | None) -> Found:
        day = base.find(frame, floor).start if base else frame.today
        left = min(abs(count), 4000)
        step = ONE if count > 0 else -ONE
        while left > 0:
            day += step
            left -= day.weekday() < 5
        return Found(day, day + ONE)

    return Day(find, relative=True, past=count < 0)


def weekday_from(wanted: int, base: Day, n: int = 1) -> Day:
    """The nth weekday after (n < 0: before) a base day: "the Tuesday after Thanksgiving"."""

    def find(frame: Frame, floor: date | None) -> Found:
        found = base.find(frame, floor)
        if n > 0:
            start = found.end - ONE
            day = add_days(start, (wanted - start.weekday() - 1) % 7 + 1 + 7 * (n - 1))
        else:
            day = add_days(found.start, -((found.start.weekday() - wanted - 1) % 7 + 1) - 7 * (-n - 1))
        return Found(day, day + ONE)

    return Day(find, weekday=wanted)
