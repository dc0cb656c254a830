"""How days, dates and periods are written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.when import calendar_days as days
from bot.when.calendar_days import Day, Impossible
from bot.when.clock import PARTS, Clock, settle
from bot.when.frame import Frame
from bot.when.grammar import Built, Stage
from bot.when.holidays import holiday
from bot.when.length import Length, length
from bot.when.reading import Assumption
from bot.when.tokens import CHAR, Token

_NUM, _ORD, _YEAR, _DATE, _DOT, _WD, _MON, _UNIT, _REL, _DAY, _LEN, _QTR, _HOL = (
    CHAR[n] for n in ("NUM", "ORD", "YEAR", "DATE", "DOT", "WD", "MON", "UNIT", "REL", "DAY", "LEN", "QTR", "HOL")
)
_THIS, _NEXT, _LAST, _FOLLOWING, _AFTERNEXT, _WEEKOF, _SEASON = (
    CHAR[n] for n in ("THIS", "NEXT", "LAST", "FOLLOWING", "AFTERNEXT", "WEEKOF", "SEASON")
)
_WHICH = {_THIS: "this", _NEXT: "next", _LAST: "last", _FOLLOWING: "following", _AFTERNEXT: "afternext"}
_SHIFT = {"this": 0, "": 0, "next": 1, "last": -1, "following": 1, "afternext": 2}
_COMING = frozenset(("coming", "upcoming", "comming"))


def one(tokens: Sequence[Token], *classes: str) -> Any:
    """The value of the first token of one of the classes, or None."""
    return next((t.val for t in tokens if t.cls in classes), None)


def which(tokens: Sequence[Token]) -> str:
    """this, next, last, following or afternext as said; "" when not."""
    said = [_WHICH[t.cls] for t in tokens if t.cls in _WHICH]
    return said[-1] if "afternext" in said[-1:] else (said[0] if said else "")


def _year(tokens: Sequence[Token]) -> int | None:
    year: int | None = one(tokens, _YEAR)
    return year


def _numeric(tokens: Sequence[Token], frame: Frame) -> Built:
    """3/12, 22/04, 2019-01-04, 14.10.2013, 2/2013: order by the reader's custom unless only one way is possible."""
    value, sep = next(t.val for t in tokens if t.cls == _DATE)
    wanted = one(tokens, _WD)
    year_after = _year(tokens)
    guess = None
    if len(value) == 3:
        a, b, c = value
        if a > 31:
            year, month, day = a, b, c
            if month > 12 >= day:
                month, day = day, month
        else:
            year = c + 2000 if c < 100 else c
            month, day, guess = _order(a, b, frame, sep)
    elif len(value) == 2:
        a, b = value
        if b > 1900 and 1 <= a <= 12:
            return "DAY", days.named_month(a, b)
        if a > 1900 and 1 <= b <= 12:
            return "DAY", days.named_month(b, a)
        if a > 31 or b > 31 or not a or not b:
            return None
        year = year_after
        month, day, guess = _order(a, b, frame, sep)
    else:
        return None
    if not 1 <= month <= 12:
        return None
    return "DAY", days.calendar_day(month, day, year, wanted, guess=guess)


def _order(a: int, b: int, frame: Frame, sep: str) -> tuple[int, int, Assumption | None]:
    """Month and day of two numbers."""
    if a > 12:
        return b, a, None
    if b > 12:
        return a, b, None
    if frame.day_first or sep == ".":
        month, day, code = b, a, "day-first"
        if sep == "." and not frame.day_first:
            month, day, code = a, b, "month-first"
    else:
        month, day, code = a, b, "month-first"
    if a == b:
        return month, day, None
    return month, day, Assumption(code, f"{day} {days.MONTHS[month - 1]}" if month <= 12 else "")


def _dotted(tokens: Sequence[Token], frame: Frame) -> Built:
    """5.12 as a date."""
    a, b, digits = one(tokens, _DOT)
    if not (1 <= a <= 31 and 1 <= b <= 31) or len(digits) > 2:
        return None
    month, day, guess = _order(a, b, frame, ".")
    if not 1 <= month <= 12:
        return None
    return "DAY", days.calendar_day(month, day, _year(tokens), one(tokens, _WD), guess=guess)


def _month_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """March 9th, 9 March 2027, Friday the 9th of March."""
    number = next((t.val for t in tokens if t.cls in (_ORD, _NUM)), None)
    if not isinstance(number, int) or number > 31 or number == 0:
        return None
    year = _year(tokens)
    return "DAY", days.calendar_day(one(tokens, _MON), number, year, one(tokens, _WD))


def _day_of_month(tokens: Sequence[Token], frame: Frame) -> Built:
    """the 8th of this month, 20th day of next month."""
    number = next(t.val for t in tokens if t.cls in (_ORD, _NUM))
    unit = [t.val for t in tokens if t.cls == _UNIT][-1]
    if unit != "month" or not isinstance(number, int):
        return None
    first = days.add_months(frame.today.replace(day=1), _SHIFT[which(tokens)])
    if which(tokens) == "" and number < frame.today.day:
        return "DAY", days.calendar_day(None, number, None, one(tokens, _WD))
    return "DAY", days.calendar_day(first.month, number, first.year, one(tokens, _WD))


def _ordinal_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """the 9th, Tuesday the 25th."""
    number = one(tokens, _ORD, _NUM)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "DAY", days.calendar_day(None, number, None, one(tokens, _WD))


def _weekday_number(tokens: Sequence[Token], frame: Frame) -> Built:
    """ "Friday 9" is a date when the 9th is one."""
    wanted, number = one(tokens, _WD), one(tokens, _NUM)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    day = days.calendar_day(None, number, None, wanted)
    found = day.find(frame, None)
    if found.problem and number <= 12:
        return None
    return "DAY", day


def _weekday(tokens: Sequence[Token], frame: Frame) -> Built:
    """Friday, next Friday, this coming Friday, Friday after next."""
    said = which(tokens)
    if any(t.low in _COMING for t in tokens) and said == "next":
        said = ""
    return "DAY", days.weekday(one(tokens, _WD), said)


def _weekday_week(tokens: Sequence[Token], frame: Frame) -> Built:
    """Friday next week, next week on Friday, Tuesday of the following week."""
    units = [t.val for t in tokens if t.cls == _UNIT]
    if "week" not in units:
        return None
    return "DAY", days.weekday_in_week(one(tokens, _WD), _SHIFT[which(tokens)])


def _weekday_and_week(tokens: Sequence[Token], frame: Frame) -> Built:
    """British "Tuesday week", "a week from Friday", "a week on Tuesday"."""
    unit = one(tokens, _UNIT)
    amount: Length | None = one(tokens, _LEN)
    if amount is not None:
        if amount.unit not in ("week", "fortnight"):
            return None
        return "DAY", days.weekday(one(tokens, _WD), weeks=int(amount.days // 7))
    return (
        ("DAY", days.weekday(one(tokens, _WD), weeks=1 if unit == "week" else 2))
        if unit in ("week", "fortnight")
        else None
    )


def _weekdays_from_now(tokens: Sequence[Token], frame: Frame) -> Built:
    """three Fridays from now."""
    wanted = one(tokens, _WD)
    if wanted is None:
        wanted = one(tokens, CHAR["WDS"])[0]
    count = one(tokens, _NUM)
    if not isinstance(count, int) or not 1 <= count <= 60:
        return None
    return "DAY", days.weekday(wanted, weeks=count - 1)


def _period(tokens: Sequence[Token], frame: Frame) -> Built:
    """this week, next month, the following year, last weekend."""
    said = which(tokens)
    unit = next((t.val for t in reversed(tokens) if t.cls == _UNIT), "quarter")
    shift = _SHIFT[said]
    if unit == "week":
        return "DAY", days.week(shift)
    if unit == "weekend":
        return "DAY", days.weekend(shift)
    if unit == "fortnight":
        return "DAY", days.next_units(1, unit)
    if unit == "month":
        return "DAY", days.month(shift)
    if unit == "quarter":
        return "DAY", days.quarter(None, shift=shift)
    if unit == "year":
        return "DAY", days.year_span(None, shift)
    if unit == "workweek":
        return "DAY", days.work_week(shift)
    if unit in ("day", "workday"):
        if said == "this":
            return "DAY", days.relative_day(0)
        return ("DAY", days.workdays_from(shift, None)) if unit == "workday" else ("DAY", days.relative_day(shift))
    return None


def _bare_period(tokens: Sequence[Token], frame: Frame) -> Built:
    """the weekend, in the week, for the month."""
    unit = one(tokens, _UNIT)
    if unit == "weekend":
        return "DAY", days.weekend(0)
    if any(t.cls == CHAR["FOR"] for t in tokens) and unit not in ("day", "month"):
        return None
    if unit == "week":
        return "DAY", days.week(0)
    if unit == "month":
        return "DAY", days.month(0)
    if unit == "year":
        return "DAY", days.year_span(None, 0)
    if unit == "day" and any(t.cls == CHAR["FOR"] for t in tokens):
        return "DAY", days.relative_day(0)
    return None


def _several(tokens: Sequence[Token], frame: Frame) -> Built:
    """next 3 days, the coming two weeks, last two months."""
    amount: Length = one(tokens, _LEN)
    said = which(tokens)
    count = max(1, int(amount.count))
    if amount.seconds:
        sign = -1 if said == "last" else 1
        return "OFFSET", (sign, amount, "span")
    if said == "last":
        return "DAY", days.past_units(count, amount.unit)
    return "DAY", days.next_units(count, amount.unit)


def _several_split(tokens: Sequence[Token], frame: Frame) -> Built:
    """2 upcoming months: the number before the adjective."""
    count = one(tokens, _NUM)
    unit = one(tokens, _UNIT)
    return _several([*tokens, Token(_LEN, length(float(count), unit), 0, 0, "")], frame)


def _numbered_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """el día 21, dia 15."""
    if one(tokens, _UNIT) != "day":
        return None
    return _ordinal_day([t for t in tokens if t.cls == _NUM], frame)


def _dashed_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """17-2, 1-3-2013, where days and months are written so."""
    numbers = [t for t in tokens if t.cls in (_NUM, _YEAR)]
    if tokens[-1].end - tokens[0].start != sum(t.end - t.start for t in tokens) or not all(
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


def _weekday_in_weeks(tokens: Sequence[Token], frame: Frame) -> Built:
    """French "lundi en huit", "mercredi en quinze": one or two weeks on."""
    number = one(tokens, _NUM)
    if frame.lang != "fr" or number not in (8, 15):
        return None
    return "DAY", days.weekday(one(tokens, _WD), "this", weeks=1 if number == 8 else 2)


def _german_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """10.10 alone, 14 - 15.10."""
    return _dotted(tokens, frame) if frame.lang == "de" else None


def _half_month(tokens: Sequence[Token], frame: Frame) -> Built:
    """Dutch "half december": its middle."""
    return ("DAY", days.section("mid", days.named_month(one(tokens, _MON)))) if frame.lang == "nl" else None


def _day_and_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """German "heute in einer Woche"."""
    amount: Length = one(tokens, _LEN)
    start = one(tokens, _REL)
    if not isinstance(start, int) or not amount.whole_days:
        return None
    return "DAY", days.offset(amount.months, amount.days, days.relative_day(start))


def _month_unit(tokens: Sequence[Token], frame: Frame) -> Built:
    """le mois d'avril."""
    return _month_alone(tokens, frame) if one(tokens, _UNIT) == "month" else None


def _range_to_date(tokens: Sequence[Token], frame: Frame) -> Built:
    """14 - 15.10., 3 to 5/6: the first number shares the month of the date."""
    number = one(tokens, _NUM, _ORD)
    last = next(t for t in tokens if t.cls in (_DATE, _DOT))
    built = _numeric([last], frame) if last.cls == _DATE else _german_date([last], frame)
    if built is None or not isinstance(number, int):
        return None
    day: Day = built[1]
    if day.day is None or number >= day.day:
        return None
    return "DAY", days.between_days(days.calendar_day(day.month, number, day.year), day)


def _cardinal_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """le 16, el 16, dia 15: a plain number with the article is a day in these languages."""
    if frame.lang not in ("fr", "es", "it", "pt", "nl") or tokens[0].low not in _DAY_ARTICLES:
        return None
    return _ordinal_day(tokens, frame)


_DAY_ARTICLES = frozenset(["le", "el", "il", "dia", "du", "al", "del", "ao", "l"])


def _spaced_date(tokens: Sequence[Token], frame: Frame) -> Built:
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


def _month_alone(tokens: Sequence[Token], frame: Frame) -> Built:
    """March, next March, March 2027."""
    return "DAY", days.named_month(one(tokens, _MON), _year(tokens), which(tokens))


def _year_alone(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", days.year_span(_year(tokens))


def _holiday(tokens: Sequence[Token], frame: Frame) -> Built:
    name = one(tokens, _HOL)
    year = _year(tokens)
    said = which(tokens)
    if year is None and any(t.cls == _UNIT and t.val == "year" for t in tokens):
        year = frame.today.year + _SHIFT[said]
        said = ""
    return "DAY", holiday(name, year, said)


def _season(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", days.season(one(tokens, _SEASON), which(tokens), _year(tokens))


def _relative(tokens: Sequence[Token], frame: Frame) -> Built:
    val = one(tokens, _REL)
    if isinstance(val, int):
        return "DAY", days.relative_day(val)
    if val == "nextday":
        if frame.anchor:
            day = days.add_days(frame.anchor[0].date(), 1)
            return "DAY", days.calendar_day(day.month, day.day, day.year)
        return "DAY", days.relative_day(1)
    if val == "dayafternext":
        return "DAY", days.relative_day(2)
    if val == "thatday" and frame.anchor:
        day = frame.anchor[0].date()
        return "DAY", days.calendar_day(day.month, day.day, day.year)
    return None


def _relative_checked(tokens: Sequence[Token], frame: Frame) -> Built:
    """tomorrow Tuesday: said twice."""
    val, wanted = one(tokens, _REL), one(tokens, _WD)
    if not isinstance(val, int):
        return None
    day = days.add_days(frame.today, val)
    return "DAY", days.calendar_day(day.month, day.day, day.year, wanted)


def _numbered_week(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _NUM, _ORD)
    if one(tokens, _UNIT) != "week" or not isinstance(number, int) or not 1 <= number <= 53:
        return None
    return "DAY", days.numbered_week(number, _year(tokens))


def _quarter(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _ORD)
    year = _year(tokens)
    unit = one(tokens, _UNIT) or "quarter"
    if number is None:
        number = 4 if year and unit == "quarter" else None
    if number is None:
        return None
    if unit == "month" and 1 <= number <= 12 and year:
        return "DAY", days.named_month(number, year)
    if unit != "quarter" or not 1 <= number <= 4:
        return None
    return "DAY", days.quarter(number, year)


def _numbers_range(tokens: Sequence[Token], frame: Frame) -> Built:
    """13 to 15 of July, July 13-15, the ninth through the seventeenth of April."""
    numbers = [t.val for t in tokens if t.cls in (_NUM, _ORD)]
    if len(numbers) != 2 or not all(isinstance(n, int) and 1 <= n <= 31 for n in numbers):
        return None
    month = one(tokens, _MON)
    year = _year(tokens)
    first = days.calendar_day(month, numbers[0], year, None)
    last = days.calendar_day(month, numbers[1], year, None)
    if month is None:
        unit = one(tokens, _UNIT)
        if unit is not None:
            base = days.add_months(frame.today.replace(day=1), _SHIFT[which(tokens)])
            first = days.calendar_day(base.month, numbers[0], base.year)
            last = days.calendar_day(base.month, numbers[1], base.year)
    return "DAY", days.between_days(first, last)


# --- periods built on days -------------------------------------------------------------------------------------


def _inner(tokens: Sequence[Token]) -> Day:
    day: Day = [t.val for t in tokens if t.cls == _DAY][-1]
    return day


def _section(tokens: Sequence[Token], frame: Frame) -> Built:
    """early March, mid next week, end of the month."""
    day = _inner(tokens)
    if day.grain == "day":
        ends = any(t.cls == CHAR["LATE"] for t in tokens) and frame.lang != "en"
        return ("DAY", replace(day, at=Clock(23, 59, 59, sure=True))) if ends else None
    first = next(t for t in tokens if t.cls in _SECTION_OF)
    return "DAY", days.section(_SECTION_OF[first.cls], day)


def _end_of_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """the end of Sunday: its last second."""
    day = _inner(tokens)
    return ("DAY", replace(day, at=Clock(23, 59, 59, sure=True))) if day.grain == "day" else None


def _weekend_of(tokens: Sequence[Token], frame: Frame) -> Built:
    """the weekend of the 18th: the one nearest to it."""
    if one(tokens, _UNIT) != "weekend":
        return None
    day = _inner(tokens)
    if day.grain != "day":
        return None
    return "DAY", replace(
        days.weekday_from(5, days.offset(0, -4, day)), grain="weekend", find=days.weekend_near(day).find
    )


def _within_one(tokens: Sequence[Token], frame: Frame) -> Built:
    """within the hour, in the next week."""
    unit = one(tokens, _UNIT)
    if tokens[-2].cls == _NEXT and unit not in ("hour", "minute", "second"):
        return None
    return "OFFSET", (1, length(1, unit), "within")


def _until_from_now(tokens: Sequence[Token], frame: Frame) -> Built:
    """between now and ...: the second end follows."""
    return "UNTIL", "now"


def _numbered_part(tokens: Sequence[Token], frame: Frame) -> Built:
    """Q3, H2 2026."""
    sort, number = one(tokens, CHAR["NQ"])
    if sort == "h":
        return ("DAY", days.half_year(number, _year(tokens))) if number <= 2 else None
    return "DAY", days.quarter(number, _year(tokens))


def _rest(tokens: Sequence[Token], frame: Frame) -> Built:
    said = next((t.val for t in tokens if t.cls == CHAR["REST"]), "later")
    if tokens[0].cls == CHAR["AGO"]:
        if tokens[0].val != 2:
            return None
        said = "earlier"
    return "DAY", days.rest_of(_inner(tokens), said)


def _rest_unit(tokens: Sequence[Token], frame: Frame) -> Built:
    built = _bare_period(tokens, frame)
    unit = one(tokens, _UNIT)
    if unit == "day":
        return "DAY", days.relative_day(0)
    said = next((t.val for t in tokens if t.cls == CHAR["REST"]), "later")
    return ("DAY", days.rest_of(built[1], said)) if built else None


def _end_of_period(tokens: Sequence[Token], frame: Frame) -> Built:
    unit = one(tokens, CHAR["EOP"])
    period = {"week": days.week(0), "month": days.month(0), "year": days.year_span(None, 0)}.get(unit)
    return ("DAY", days.section("end", period)) if period else None


def _unit_section(tokens: Sequence[Token], frame: Frame) -> Built:
    """end of month, middle of the week."""
    built = _bare_period(tokens, frame)
    if built is None or one(tokens, _UNIT) == "day":
        return None
    first = next(t for t in tokens if t.cls in _SECTION_OF)
    return _section([first, Token(_DAY, built[1], 0, 0, "")], frame)


def _week_of_number(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _NUM, _ORD)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "DAY", days.week_of(days.calendar_day(None, number))


def _section_part(tokens: Sequence[Token], frame: Frame) -> Built:
    """the end of the afternoon, late this morning."""
    first = tokens[0] if tokens[0].cls != CHAR["THE"] else tokens[1]
    name = _SECTION_OF[first.cls]
    part = one(tokens, CHAR["PART"])
    made = ("early" if name in ("early", "begin") else "late" if name in ("late", "end") else "mid") + part
    return ("PART", made) if made in PARTS else None


_SECTION_OF = {
    CHAR["EARLY"]: "early",
    CHAR["MID"]: "mid",
    CHAR["LATE"]: "late",
    CHAR["BEGIN"]: "begin",
    CHAR["END"]: "end",
}


def _week_of(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", days.week_of(_inner(tokens))


def _tail_period(tail: Sequence[Token], frame: Frame) -> Day | None:
    """The period a "first Monday of ..." is counted in."""
    month = one(tail, _MON)
    if month is not None:
        return days.named_month(month, _year(tail), which(tail))
    year = _year(tail)
    if year is not None:
        return days.year_span(year)
    if any(t.cls in (_UNIT, _QTR) for t in tail):
        built = _period(tail, frame)
        return built[1] if built else None
    return None


def _nth(tokens: Sequence[Token], frame: Frame) -> Built:
    """first Tuesday in October, last weekend of July, third week of May, the 5th last day of May."""
    split = next(
        i for i, t in enumerate(tokens) if t.cls in (CHAR["OF"], CHAR["IN"], CHAR["ON"], CHAR["FROM"], _WEEKOF)
    )
    head, tail = tokens[:split], tokens[split + 1 :]
    period = _tail_period(tail, frame)
    if period is None:
        return None
    n = one(head, _ORD)
    last = any(t.cls == _LAST for t in head)
    n = -(n or 1) if last else n
    tokens = head
    if period.grain == "day":
        return None
    wanted, unit = one(tokens, _WD), one(tokens, _UNIT) or "week"
    if wanted is not None:
        return "DAY", days.nth_weekday(n, wanted, period)
    if unit == "week":
        return "DAY", days.nth_week(n, period)
    if unit == "weekend":
        return "DAY", days.nth_weekend(n, period)
    if unit == "day":
        return "DAY", days.nth_day(n, period)
    if unit == "quarter" and period.grain == "year" and n in (-1, 1, 2, 3, 4):
        return "DAY", days.quarter(n if n > 0 else 4, period.find(frame, None).start.year)
    if unit == "month" and period.grain == "year" and 1 <= n <= 12:
        found = period.find(frame, None)
        return "DAY", days.named_month(n, found.start.year)
    return None


_STARTING = ("start", "begin", "commenc", "effective", "as of", "since", "comenz", "empez", "beginnend")


def _from_base(tokens: Sequence[Token], frame: Frame) -> Built:
    """3 days after January 12th, a week from tomorrow, two days before Christmas."""
    amount: Length = one(tokens, _LEN)
    base = _inner(tokens)
    sign = -1 if any(t.cls in (CHAR["BEFORE"], CHAR["AGO"]) for t in tokens) else 1
    if any(t.cls == CHAR["FROM"] and t.low.startswith(_STARTING) for t in tokens):
        return None  # "3 days starting Monday"
    if amount.unit == "workday":
        return "DAY", days.workdays_from(sign * int(amount.count), base)
    if not amount.whole_days:
        return None
    return "DAY", days.offset(sign * amount.months, sign * amount.days, base)


def _unit_from_base(tokens: Sequence[Token], frame: Frame) -> Built:
    """the day after Thanksgiving, the week after next Friday, the weekend before Easter."""
    unit = one(tokens, _UNIT)
    base = _inner(tokens)
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    if unit == "day":
        return "DAY", days.offset(0, sign, base)
    if unit == "week":
        return "DAY", replace(days.week_of(days.offset(0, 7 * sign, base)), relative=True)
    if unit == "weekend":
        return "DAY", days.weekday_from(5, base, sign)
    if unit == "month":
        return "DAY", days.offset(sign, 0, base)
    return None


def _weekday_from_base(tokens: Sequence[Token], frame: Frame) -> Built:
    """the Tuesday after Thanksgiving."""
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    parts = [t.val for t in tokens if t.cls == _DAY]
    wanted = parts[0].weekday
    if (
        len(parts) != 2
        or wanted is None
        or parts[0].day is not None
        or parts[0].relative
        or parts[1].weekday is not None
    ):
        return None
    n = one(tokens, _ORD) or 1
    return "DAY", days.weekday_from(wanted, parts[1], sign * n)


def _weekday_in(tokens: Sequence[Token], frame: Frame) -> Built:
    """Monday of the week of the 18th; Friday in two weeks."""
    parts = [t.val for t in tokens if t.cls == _DAY]
    wanted = parts[0].weekday
    if len(parts) != 2 or wanted is None or parts[0].relative or parts[0].day is not None:
        return None
    if parts[1].grain in ("week",):
        return "DAY", days.weekday_within(wanted, parts[1])
    if parts[1].offset:
        return "DAY", days.weekday_within(wanted, days.week_of(parts[1]))
    return None


def _in_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """in 3 days, 2 weeks from now, a month later, 5 days ago."""
    amount: Length = one(tokens, _LEN)
    sign = -1 if any(t.cls == CHAR["AGO"] for t in tokens) else 1
    later = any(t.cls in (CHAR["LATER"], CHAR["AGO"]) for t in tokens) and frame.anchor is not None
    if later or not amount.whole_days:
        return "OFFSET", (sign, amount, "anchor" if later else "now")
    if amount.unit == "workday":
        return "DAY", days.workdays_from(sign * int(amount.count), None)
    day = days.offset(sign * amount.months, sign * amount.days, None)
    return "DAY", day


def _ago_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """il y a 3 jours, vor 2 Wochen, hace una hora."""
    if tokens[0].cls == CHAR["BEFORE"] and frame.lang != "de":
        return None
    if tokens[0].cls == CHAR["AGO"] and frame.lang == "en":
        return None
    return _in_length([Token(CHAR["AGO"], 1, 0, 0, ""), *tokens[1:]], frame)


def _over_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """Dutch "over 5 minuten": in 5 minutes."""
    return _in_length(tokens[1:], frame) if frame.lang == "nl" else None


def _after_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """after 5 days: from then on."""
    return "OFFSET", (1, one(tokens, _LEN), "now")


def _within(tokens: Sequence[Token], frame: Frame) -> Built:
    amount: Length = one(tokens, _LEN)
    return "OFFSET", (1, amount, "within")


def _bare_in(tokens: Sequence[Token], frame: Frame) -> Built:
    """in 15 (minutes)."""
    number = one(tokens, _NUM)
    if not isinstance(number, int) or number not in (5, 10, 15, 20, 25, 30, 45, 60, 90):
        return None
    return "OFFSET", (1, length(number, "minute"), "now")


def _now_plus(tokens: Sequence[Token], frame: Frame) -> Built:
    amount: Length = one(tokens, _LEN)
    if not amount.whole_days:
        return "OFFSET", (1, amount, "now")
    return "DAY", days.offset(amount.months, amount.days, None)


def _same_next(tokens: Sequence[Token], frame: Frame) -> Built:
    """same time next week: so many weeks after the anchor."""
    if frame.anchor is None or _inner(tokens).grain != "week":
        return None
    weeks = (_inner(tokens).find(frame, None).start - days.monday_of(frame.today)).days // 7
    return "OFFSET", (1, length(weeks, "week"), "anchor")


def _around_anchor(tokens: Sequence[Token], frame: Frame) -> Built:
    """2 days before, the day after: around the anchor."""
    if frame.anchor is None:
        return None
    amount = one(tokens, _LEN) or length(1, one(tokens, _UNIT))
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    return "OFFSET", (sign, amount, "anchor")


def _days_around_anchor(tokens: Sequence[Token], frame: Frame) -> Built:
    """the day before at 3: the day is counted from the meeting, the time is said."""
    amount: Length = one(tokens, _LEN) or length(1, one(tokens, _UNIT))
    if frame.anchor is None or not amount.whole_days:
        return None
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    at = frame.anchor[0].date()
    base = days.calendar_day(at.month, at.day, at.year)
    return "DAY", days.offset(sign * amount.months, sign * amount.days, base)


_SHIFTING = frozenset(["back", "up", "forward", "out", "ahead"])
_SOONER = frozenset(["forward", "up", "earlier", "ahead"])


def _moved_by(tokens: Sequence[Token], frame: Frame) -> Built:
    """push it back by an hour, move it up 30 minutes."""
    if not frame.moving or (tokens[0].cls != CHAR["BY"] and tokens[0].low not in _SHIFTING):
        return None
    sign = -1 if any(w in _SOONER for w in frame.moving) else 1
    return "OFFSET", (sign, one(tokens, _LEN), "anchor" if frame.anchor else "missing")


def _same(tokens: Sequence[Token], frame: Frame) -> Built:
    """same time next week: the anchor's clock on another day."""
    if frame.anchor is None:
        return None
    at = frame.anchor[0]
    return "CLOCK", Clock(at.hour, at.minute, at.second, sure=True)


def _clock_offset(tokens: Sequence[Token], frame: Frame) -> Built:
    """5 hours after noon, an hour before 3."""
    amount: Length = one(tokens, _LEN)
    clock: Clock = one(tokens, CHAR["CLOCK"])
    if amount.whole_days:
        return None
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    minutes, _ = settle(clock)
    minutes += sign * int(amount.seconds // 60)
    if not 0 <= minutes < 48 * 60:
        return None
    hour, minute = divmod(minutes, 60)
    return "CLOCK", Clock(hour, minute, sure=True)


def _range(tokens: Sequence[Token], frame: Frame) -> Built:
    """Tuesday to Thursday, between March 1st and March 4th."""
    first, last = (t.val for t in tokens if t.cls == _DAY)
    return "DAY", days.between_days(first, last)


def _range_number(tokens: Sequence[Token], frame: Frame) -> Built:
    """March 9th to 11."""
    first: Day = one(tokens, _DAY)
    number = one(tokens, _NUM, _ORD)
    if first.day is None or not isinstance(number, int) or not first.day < number <= 31:
        return None
    return "DAY", days.between_days(first, days.calendar_day(first.month, number, first.year))


_W = "(?:THIS|NEXT|LAST|FOLLOWING)"
_YR = "(?:(?:COMMA|OF|IN|DASH)? YEAR)?"
_WDAY = "(?:(?:THIS|NEXT)? WD STOP? COMMA? THE? )?"
_NOT_CLOCK = "(?!OCLK|AMPM|COUNTED|UNIT)"
_R = "(?:TO|DASH|UNTIL|AND|AT)"
_DNUM = "(?:ORD|NUM)"

_TAIL = f"(?:{_W}? MON (?:COMMA? OF? YEAR)?|{_W} (?:UNIT|QTR)|UNIT|YEAR)"

DAYS = Stage(
    (f"THE? (?:ORD? LAST|ORD) (?:(?:WD|UNIT) (?:OF|IN|FROM|ON) THE?|WEEKOF) {_TAIL}", _nth),
    ("YEAR (?:SLASH|DASH)? NQ|NQ (?:OF|IN|DASH|SLASH)? YEAR|NQ", _numbered_part),
    ("YEAR SLASH MON SLASH NUM|MON SLASH NUM|NUM SLASH MON (?:SLASH YEAR)?", _month_day),
    # ranges of days in one month
    (f"(?:FROM|BETWEEN)? THE? {_DNUM} {_R} THE? {_DNUM} OF? THE? MON {_YR}", _numbers_range),
    (
        f"(?:FROM|BETWEEN)? MON THE? {_DNUM} {_R} THE? (?:ORD|NUM(?!OCLK|AMPM|COUNTED|UNIT|OF? MON)) {_YR}",
        _numbers_range,
    ),
    (f"(?:FROM|BETWEEN) THE? ORD {_R} THE? ORD (?!OF)", _numbers_range),
    (f"(?:FROM|BETWEEN)? THE? ORD (?:TO|UNTIL) THE? ORD OF THE? {_W}? UNIT", _numbers_range),
    ("THE ORD (?:TO|DASH|UNTIL) THE? ORD (?!OF|WORD|COUNTED)", _numbers_range),
    # dates
    (f"{_WDAY}{_DNUM} UNIT? (?:OF|FROM)? THE? MON {_YR}(?!DASH YEAR)", _month_day),
    (f"{_WDAY}{_W}? MON (?:THE|DASH)? (?:ORD|NUM{_NOT_CLOCK}) {_YR} (?:COMMA? WD)?", _month_day),
    ("MON DASH YEAR DASH NUM|NUM DASH YEAR DASH MON|MON DASH NUM DASH YEAR|YEAR DASH MON DASH NUM", _month_day),
    ("THE? NUM NUM (?:YEAR|NUM) (?!NUM|UNIT|OCLK)", _spaced_date),
    ("THE? NUM NUM (?!NUM|UNIT|OCLK|AMPM|COUNTED)", _spaced_date),
    (f"{_WDAY}DATE {_YR}", _numeric),
    (f"{_W} DATE", _numeric),
    (f"{_WDAY}THE? UNIT? (?:ORD|NUM) (?:DAY|UNIT)? (?:OF THE? {_W}?|{_W}) UNIT", _day_of_month),
    ("(?:THIS|NEXT)? WD COMMA? THE ORD (?!WORD COUNTED)", _ordinal_day),
    ("WD COMMA? ORD", _ordinal_day),
    ("(?:THIS|NEXT)? WD DOT", _dotted),
    ("(?:(?<=ON)|(?<=UNTIL)|(?<=FROM)) DOT", _dotted),
    (f"{_WDAY}NUM DASH NUM DASH (?:NUM|YEAR)", _dashed_date),
    (f"(?:NUM|ORD) {_R} (?:DATE|DOT)", _range_to_date),
    (
        "(?:(?<=[ON FROM UNTIL BETWEEN TO AND IN AT DASH])|(?<=ON THE)|^|(?<=THE)) NUM DASH NUM(?!OCLK|AMPM|UNIT|PART)",
        _dashed_date,
    ),
    ("DOT", _german_date),
    ("THE? UNIT OF? MON (?:OF? YEAR)?", _month_unit),
    ("HALF MON", _half_month),
    ("REL IN LEN", _day_and_length),
    ("WD IN NUM (?!UNIT)", _weekday_in_weeks),
    # weekdays
    (f"{_W} UNIT (?:ON|COMMA|S)? WD", _weekday_week),
    (f"{_W}? WD (?:OF|IN|ON|COMMA|FROM)? THE? {_W} UNIT", _weekday_week),
    ("(?:THIS|NEXT)? WD AFTERNEXT", _weekday),
    ("LEN (?:FROM|ON|AFTER|THIS|COMMA)? (?:THIS|NEXT)? WD", _weekday_and_week),
    ("WD UNIT", _weekday_and_week),
    ("WD NUM (?!OCLK|AMPM|UNIT|DASH|TO|COUNTED|UNTIL)", _weekday_number),
    ("NUM (?:WD|WDS) FROMNOW", _weekdays_from_now),
    ("REL COMMA? WD", _relative_checked),
    ("NEXT (?=COMMA|AND)", lambda tokens, frame: None),
    (f"THE? WD (?:OF|IN)? THE? UNIT {_W}", _weekday_week),
    ("THE? UNIT (?:NEXT|LAST|FOLLOWING) (?:ON|COMMA|THE)? WD", _weekday_week),
    ("THE? WD (?:NEXT|LAST|FOLLOWING)", _weekday),
    (f"{_W}{{0,2}} WD", _weekday),
    ("THE? UNIT (?:NEXT|LAST|FOLLOWING|AFTERNEXT) (?!LEN|NUM|WD)", _period),
    ("THE? LEN (?:NEXT|LAST|FOLLOWING)", _several),
    (f"THE? {_W} NUM {_W}? UNIT|NUM {_W} UNIT", _several_split),
    ("REL", _relative),
    # periods
    ("WEEKOF", lambda tokens, frame: None),
    ("THE? UNIT ORD? NUM (?:OF? YEAR)?", _numbered_week),
    ("(?:THE)? (?:ORD|LAST) (?:QTR|UNIT) (?:OF? YEAR)?", _quarter),
    (f"THE? {_W} LEN", _several),
    ("LEN (?:NEXT|LAST|FOLLOWING)", lambda tokens, frame: None),
    (f"THE? {_W} (?:MON) (?!NUM|ORD)", _month_alone),
    ("MON AFTERNEXT", _month_alone),
    ("AFTERNEXT (?:WD)", _weekday),
    ("AFTERNEXT (?:UNIT|QTR)", _period),
    ("MON (?:COMMA|OF|DASH)? YEAR", _month_alone),
    (f"{_W}? HOL (?:(?:OF|IN|COMMA)? YEAR|(?:OF|IN)? {_W} UNIT)?", _holiday),
    (f"(?:THE? {_W}|IN THE?) SEASON (?:OF? YEAR)?", _season),
    ("SEASON OF? YEAR", _season),
    ("UNIT AFTERNEXT", _period),
    ("THE? (?:THIS|NEXT|LAST|FOLLOWING) (?:UNIT|QTR)", _period),
    ("(?<=[IN OF]) THE UNIT (?!OF|AFTER|BEFORE|FROM|FROMNOW|LATER)", _bare_period),
    (
        "THE UNIT (?!OF|AFTER|BEFORE|FROM|FROMNOW|LATER|WORD)",
        lambda t, f: _bare_period(t, f) if t[-1].val == "weekend" else None,
    ),
    ("THE? THIS? UNIT NUM (?!UNIT|OCLK|COUNTED|MON|OF MON|OF THE? (?:THIS|NEXT|LAST)? UNIT)", _numbered_day),
    ("FOR THE UNIT (?!OF|NUM|WD)", _bare_period),
    (
        "(?<![NUM ORD ART EVERY LAST]) UNIT (?!OF (?:THE|NUM|DAY|MON))",
        lambda t, f: _bare_period(t, f) if t[-1].val == "weekend" else None,
    ),
    ("MON", _month_alone),
    ("(?:(?<=IN)|(?<=AFTER)|(?<=BEFORE)|(?<=FROM)|(?<=UNTIL)|(?<=BY)|(?<=OF)) YEAR", _year_alone),
)

_NOUN_NEXT = "(?!WORD WORD? COUNTED|COUNTED|LABEL|STREET|WORD LABEL|WORD STREET|DASH NUM|UNIT|QTR|HALF)"

ORDINAL_DAYS = Stage(
    (
        "(?:THE|OF|TO|ON|UNIT) NUM (?!OCLK|AMPM|COUNTED|UNIT|QTR|HALF|OF? MON|WORD COUNTED|NUM|ORD"
        "|CLOCK|DOT|DATE|COMMA NUM)",
        _cardinal_day,
    ),
    (
        f"(?:(?<=[ON BY UNTIL FROM AFTER BEFORE FOR TO DAY])|(?<=DAY OR)|(?<=DAY AND)) THE? ORD {_NOUN_NEXT}",
        _ordinal_day,
    ),
    (
        f"THE ORD {_NOUN_NEXT}(?=STOP|COMMA|ON|AT|FOR|TO|UNTIL|DASH|FROM|AND|OR|CLOCK|PART|$|BETWEEN|AFTER|BEFORE|IN)",
        lambda t, f: _ordinal_day(t, f) if t[-1].low[:1].isdigit() or f.lang != "en" else None,
    ),
    (f"THE ORD {_NOUN_NEXT}", lambda t, f: _ordinal_day(t, f) if t[-1].low[:1].isdigit() else None),
    (
        "ORD (?=$|STOP$|COMMA|AT|IN THE PART|CLOCK|DASH|TO|UNTIL)",
        lambda t, f: _ordinal_day(t, f) if t[-1].low[:1].isdigit() else None,
    ),
)


_SEC = "(?:EARLY|MID|LATE|BEGIN|END)"

PERIODS = Stage(
    ("THE? END OF? THE? DAY", _end_of_day),
    ("UNIT OF THE? DAY", _weekend_of),
    (f"THE? {_SEC} (?:DASH|IN|ABOUT|OF|THE)* DAY", _section),
    (f"THE? {_SEC} (?:DASH|IN|OF|THE|THIS)* PART", _section_part),
    (f"THE? {_SEC} (?:DASH|OF)? (?:THE)? UNIT", _unit_section),
    ("EOP", _end_of_period),
    ("(?:REST|LATER|AGO) THE? DAY", _rest),
    ("REST THE? UNIT", _rest_unit),
    ("WEEKOF THE? DAY", _week_of),
    ("WEEKOF THE? (?:NUM|ORD)", _week_of_number),
    ("(?<!FOR) LEN (?:AFTER|FROM|PAST|BEFORE|AGO FROM?) THE? DAY", _from_base),
    ("THE? UNIT (?:AFTER|BEFORE|FOLLOWING|PAST) DAY", _unit_from_base),
    ("THE? DAY (?:AFTER|BEFORE|FOLLOWING) DAY", _weekday_from_base),
    ("DAY (?:OF|IN|COMMA)? THE? DAY", _weekday_in),
    ("LEN (?:AFTER|BEFORE|PAST) CLOCK", _clock_offset),
    ("(?:NOW )? PLUS LEN", _now_plus),
    ("NOW AND? LEN", _now_plus),
    ("(?:IN|FOR)? ABOUT? LEN (?:FROMNOW|LATER|AGO)", _in_length),
    ("BETWEEN LEN", lambda t, f: _in_length(t, f) if f.lang == "it" else None),
    ("(?:AGO|BEFORE) LEN (?!DAY|CLOCK|BEFORE|AFTER)", _ago_length),
    ("PAST LEN (?=$|STOP|WORD)", _over_length),
    ("IN (?:ABOUT)* LEN (?:LAST)? (?:TIMEWORD)?", _in_length),
    ("(?:WITHIN|BY WITHIN) THE? NEXT? LEN", _within),
    ("(?:WITHIN|THE? NEXT) UNIT", _within_one),
    ("(?<=AFTER) LEN (?!AFTER|BEFORE)", _after_length),
    ("LEN FROM NOW", _in_length),
    ("(?:BETWEEN|FROM)? NOW (?:AND|UNTIL|TO|DASH) (?=DAY|CLOCK|OFFSET|ON DAY|THE DAY)", _until_from_now),
    ("IN NUM (?=$|STOP)", _bare_in),
    ("SAME TIMEWORD (?:ON|COMMA)? DAY", _same_next),
    ("SAME TIMEWORD", _same),
    ("(?:LEN|THE UNIT) (?:BEFORE|AFTER) (?=AT? CLOCK|PART|IN THE PART)", _days_around_anchor),
    ("LEN (?:BEFORE|AFTER) (?=$|STOP|COMMA)", _around_anchor),
    ("THE UNIT (?:BEFORE|AFTER) (?=$|STOP|COMMA)", _around_anchor),
    ("(?:WORD|ENDVERB) BY? LEN", _moved_by),
    ("BY LEN (?=$|STOP|COMMA|WORD)", _moved_by),
)

_DD = "(?:AND|TO|DASH|UNTIL|BY)"
DAY_RANGES = Stage(
    ("BETWEEN THE? DAY (?:AND|TO|DASH|OR) THE? DAY", _range),
    ("FROM THE? DAY COMMA? (?:TO|DASH|UNTIL|AND UNTIL|BY) (?:ON|THE)* DAY", _range),
    ("(?:FROM|OF)? DAY AT (?:ON|THE)* DAY", lambda t, f: _range(t, f) if f.lang != "en" else None),
    ("DAY COMMA? (?:TO|DASH|UNTIL|AND UNTIL) (?:ON|THE)* DAY", _range),
    ("DAY (?:TO|UNTIL) THE? (?:ORD|NUM)(?!CLOCK|AMPM|UNIT|COUNTED|OCLK)", _range_number),
)

__all__ = ["DAYS", "DAY_RANGES", "ORDINAL_DAYS", "PERIODS", "Impossible", "one", "which"]
