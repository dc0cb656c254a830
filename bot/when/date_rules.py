"""Dates with a day of the month: "March 9th", "3/12", "the 25th", "13 to 15 July"."""

from collections.abc import Sequence

from bot.when import calendar_days as days
from bot.when import periods, stretches
from bot.when.calendar_days import Day
from bot.when.frame import Frame
from bot.when.grammar import Built
from bot.when.matched import SHIFT, one, which, year_of
from bot.when.reading import Assumption
from bot.when.tokens import CHAR, DAY_DOT, Token

_DATE, _DAY, _DOT, _MON, _NUM, _ORD, _UNIT, _WD, _YEAR = (
    CHAR[n] for n in ["DATE", "DAY", "DOT", "MON", "NUM", "ORD", "UNIT", "WD", "YEAR"]
)


def numeric(tokens: Sequence[Token], frame: Frame) -> Built:
    """3/12, 22/04, 2019-01-04, 14.10.2013, 2/2013: order by the reader's custom unless only one way is possible."""
    value, sep = next(t.val for t in tokens if t.cls == _DATE)
    wanted = one(tokens, _WD)
    year_after = year_of(tokens)
    guess = None
    if len(value) == 3:
        a, b, c = value
        if a > 31:
            year, month, day = a, b, c
            if month > 12 >= day:
                month, day = day, month
        else:
            year = c + 2000 if c < 100 else c
            month, day, guess = order(a, b, frame, sep)
    elif len(value) == 2:
        a, b = value
        if b > 1900 and 1 <= a <= 12:
            return "DAY", periods.named_month(a, b)
        if a > 1900 and 1 <= b <= 12:
            return "DAY", periods.named_month(b, a)
        if a > 31 or b > 31 or not a or not b:
            return None
        year = year_after
        month, day, guess = order(a, b, frame, sep)
    else:
        return None
    if not 1 <= month <= 12:
        return None
    return "DAY", days.calendar_day(month, day, year, wanted, guess=guess)


def order(a: int, b: int, frame: Frame, sep: str) -> tuple[int, int, Assumption | None]:
    """Month and day of two numbers."""
    if a > 12:
        return b, a, None
    if b > 12:
        return a, b, None
    if frame.day_first or sep in (".", DAY_DOT):
        month, day, code = b, a, "day-first"
        if sep == "." and not frame.day_first:
            month, day, code = a, b, "month-first"
    else:
        month, day, code = a, b, "month-first"
    if a == b:
        return month, day, None
    return month, day, Assumption(code, f"{day} {days.MONTHS[month - 1]}" if month <= 12 else "")


def spoken_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """German "der siebte vierte": the seventh of the fourth month."""
    if frame.lang != "de":
        return None
    day, month = (t.val for t in tokens if t.cls == _ORD)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return "DAY", days.calendar_day(month, day, year_of(tokens), one(tokens, _WD))


def dotted(tokens: Sequence[Token], frame: Frame) -> Built:
    """5.12 as a date."""
    a, b, digits = one(tokens, _DOT)
    if not (1 <= a <= 31 and 1 <= b <= 31) or len(digits) > 2 or (a > 12 and b > 12):
        return None
    month, day, guess = order(a, b, frame, ".")
    if not 1 <= month <= 12:
        return None
    wanted = one(tokens, _WD)
    made = days.calendar_day(month, day, year_of(tokens), wanted, guess=guess)
    if wanted is not None and len(digits) == 2 and a < 24 and b < 60 and made.find(frame, None).problem:
        return None  # "Fri 9.30" is a clock time
    return "DAY", made


def late_dotted(tokens: Sequence[Token], frame: Frame) -> Built:
    """24.11 before a clock: no hour is so late."""
    return dotted(tokens, frame) if one(tokens, _DOT)[0] >= 24 else None


def month_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """March 9th, 9 March 2027, Friday the 9th of March."""
    number = next((t.val for t in tokens if t.cls in (_ORD, _NUM)), None)
    if not isinstance(number, int) or number > 31 or number == 0:
        return None
    year = year_of(tokens)
    return "DAY", days.calendar_day(one(tokens, _MON), number, year, one(tokens, _WD))


def day_of_month(tokens: Sequence[Token], frame: Frame) -> Built:
    """the 8th of this month, 20th day of next month."""
    number = next(t.val for t in tokens if t.cls in (_ORD, _NUM))
    unit = [t.val for t in tokens if t.cls == _UNIT][-1]
    if unit != "month" or not isinstance(number, int) or any(t.low in _MONTHS for t in tokens):
        return None
    first = days.add_months(frame.today.replace(day=1), SHIFT[which(tokens)])
    if which(tokens) == "" and number < frame.today.day:
        return "DAY", days.calendar_day(None, number, None, one(tokens, _WD))
    return "DAY", days.calendar_day(first.month, number, first.year, one(tokens, _WD))


_MONTHS = frozenset(("months", "mos", "monate", "monaten", "meses", "mesi", "maanden"))  # "the 2 coming months"


def ordinal_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """the 9th, Tuesday the 25th."""
    number = one(tokens, _ORD, _NUM)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "DAY", days.calendar_day(None, number, None, one(tokens, _WD))


def numbered_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """el día 21, dia 15."""
    if one(tokens, _UNIT) != "day":
        return None
    return ordinal_day([t for t in tokens if t.cls == _NUM], frame)


def dashed_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """17-2, 1-3-2013, where days and months are written so."""
    numbers = [t for t in tokens if t.cls in (_NUM, _YEAR)]
    written = tokens[tokens.index(numbers[0]) :]
    if written[-1].end - written[0].start != sum(t.end - t.start for t in written) or not all(
        n.low.isdigit() for n in numbers
    ):
        return None
    if len(numbers) == 2 and frame.lang not in ("nl", "es", "pt", "it"):
        return None
    day, month = numbers[0].val, numbers[1].val
    if not frame.day_first:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    year = numbers[2].val if len(numbers) > 2 else None
    return "DAY", days.calendar_day(month, day, year + 2000 if year and year < 100 else year, one(tokens, _WD))


def german_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """10.10 alone, 14 - 15.10."""
    return dotted(tokens, frame) if frame.lang == "de" else None


def range_to_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """14 - 15.10., 3 to 5/6: the first number shares the month of the date."""
    number = one(tokens, _NUM, _ORD)
    last = next(t for t in tokens if t.cls in (_DATE, _DOT))
    built = numeric([last], frame) if last.cls == _DATE else german_date([last], frame)
    if built is None or not isinstance(number, int):
        return None
    day: Day = built[1]
    if day.day is None or number >= day.day:
        return None
    return "DAY", stretches.between_days(days.calendar_day(day.month, number, day.year), day)


def cardinal_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """le 16, el 16, dia 15: a plain number with the article is a day in these languages."""
    if frame.lang not in ("fr", "es", "it", "pt", "nl") or tokens[0].low not in _DAY_ARTICLES:
        return None
    return ordinal_day(tokens, frame)


_DAY_ARTICLES = frozenset(["le", "el", "il", "dia", "du", "al", "del", "ao", "l"])


def spaced_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """French "17 02", "24 12 2014"."""
    if frame.lang != "fr":
        return None
    numbers = [t for t in tokens if t.cls in (_NUM, _YEAR)]
    if not all(t.low.isdigit() for t in numbers):
        return None
    day, month = numbers[0].val, numbers[1].val
    year = numbers[2].val if len(numbers) > 2 else None
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return "DAY", days.calendar_day(month, day, year + 2000 if year and year < 100 else year, one(tokens, _WD))


def numbers_range(tokens: Sequence[Token], frame: Frame) -> Built:
    """13 to 15 of July, July 13-15, the ninth through the seventeenth of April."""
    numbers = [t.val for t in tokens if t.cls in (_NUM, _ORD)]
    if len(numbers) != 2 or not all(isinstance(n, int) and 1 <= n <= 31 for n in numbers):
        return None
    month = one(tokens, _MON)
    year = year_of(tokens)
    if month is None and (one(tokens, _UNIT) or "month") != "month":
        return None
    first = days.calendar_day(month, numbers[0], year, None)
    last = days.calendar_day(month, numbers[1], year, None)
    if month is None:
        unit = one(tokens, _UNIT)
        if unit is not None:
            base = days.add_months(frame.today.replace(day=1), SHIFT[which(tokens)])
            first = days.calendar_day(base.month, numbers[0], base.year)
            last = days.calendar_day(base.month, numbers[1], base.year)
    return "DAY", stretches.between_days(first, last)


def day_range(tokens: Sequence[Token], frame: Frame) -> Built:
    """Tuesday to Thursday, between March 1st and March 4th."""
    first, last = (t.val for t in tokens if t.cls == _DAY)
    return "DAY", stretches.between_days(first, last)


def and_the_next(tokens: Sequence[Token], frame: Frame) -> Built:
    """tomorrow or the day after, next week or the week after, Tuesday or the following day: both."""
    first: Day = one(tokens, _DAY)
    unit = one(tokens, _UNIT)
    last: Day = next(t.val for t in reversed(tokens) if t.cls == _DAY)
    back = any(t.cls == CHAR["BEFORE"] for t in tokens)
    if unit is None and not last.follows:
        return None
    if unit not in (None, first.grain) or first.grain not in ("day", "week", "month"):
        return None
    return "DAY", stretches.with_next(first, -1 if back else 1)


def range_number(tokens: Sequence[Token], frame: Frame) -> Built:
    """March 9th to 11."""
    first: Day = one(tokens, _DAY)
    number = one(tokens, _NUM, _ORD)
    if first.day is None or not isinstance(number, int) or not first.day < number <= 31:
        return None
    return "DAY", stretches.between_days(first, days.calendar_day(first.month, number, first.year))
