"""Weeks, months, quarters, seasons, holidays, their parts: "mid next week", "end of March", "first Monday in May"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.when import calendar_days as days
from bot.when import periods, stretches
from bot.when.calendar_days import Day, Found
from bot.when.frame import Frame
from bot.when.grammar import Built
from bot.when.holidays import holiday
from bot.when.length import Length, length
from bot.when.matched import SHIFT, inner_day, one, which, year_of
from bot.when.tokens import CHAR, Token

_DAY, _HOL, _LAST, _LEN, _MON, _NUM, _ORD, _QTR, _SEASON, _UNIT, _WD, _WEEKOF = (
    CHAR[n] for n in ["DAY", "HOL", "LAST", "LEN", "MON", "NUM", "ORD", "QTR", "SEASON", "UNIT", "WD", "WEEKOF"]
)


_SEVERAL = frozenset(("days", "weeks", "months", "wks"))


def whole_period(tokens: Sequence[Token], frame: Frame) -> Built:
    """this week, next month, the following year, last weekend."""
    said = which(tokens)
    unit = next((t.val for t in reversed(tokens) if t.cls == _UNIT), "quarter")
    shift = SHIFT[said]
    if shift == 1 and tokens[-1].low in _SEVERAL:  # "the coming days"
        return "DAY", stretches.next_units(3, unit)
    if unit == "week":
        return "DAY", periods.week(shift)
    if unit == "weekend":
        return "DAY", periods.weekend(shift)
    if unit == "fortnight":
        return "DAY", stretches.next_units(1, unit)
    if unit == "month":
        return "DAY", periods.month(shift)
    if unit == "quarter":
        return "DAY", periods.quarter(None, shift=shift)
    if unit == "year":
        return "DAY", periods.year_span(None, shift)
    if unit == "workweek":
        return "DAY", periods.work_week(shift)
    if unit in ("day", "workday"):
        if said == "this":
            return "DAY", days.relative_day(0)
        return ("DAY", days.workdays_from(shift, None)) if unit == "workday" else ("DAY", days.relative_day(shift))
    return None


def bare_period(tokens: Sequence[Token], frame: Frame) -> Built:
    """the weekend, in the week, for the month."""
    unit = one(tokens, _UNIT)
    if unit == "weekend":
        return "DAY", periods.weekend(0)
    if any(t.cls == CHAR["FOR"] for t in tokens) and unit not in ("day", "month"):
        return None
    if unit == "week":
        return "DAY", periods.week(0)
    if unit == "month":
        return "DAY", periods.month(0)
    if unit == "year":
        return "DAY", periods.year_span(None, 0)
    if unit == "day" and any(t.cls == CHAR["FOR"] for t in tokens):
        return "DAY", days.relative_day(0)
    return None


def several(tokens: Sequence[Token], frame: Frame) -> Built:
    """next 3 days, the coming two weeks, last two months."""
    amount: Length = one(tokens, _LEN)
    said = which(tokens)
    count = max(1, int(amount.count))
    if amount.seconds:
        sign = -1 if said == "last" else 1
        return "OFFSET", (sign, amount, "span")
    if said == "last":
        return "DAY", stretches.past_units(count, amount.unit)
    return "DAY", stretches.next_units(count, amount.unit)


def several_split(tokens: Sequence[Token], frame: Frame) -> Built:
    """2 upcoming months: the number before the adjective."""
    count = one(tokens, _NUM)
    unit = one(tokens, _UNIT)
    return several([*tokens, Token(_LEN, length(float(count), unit), 0, 0, "")], frame)


def half_month(tokens: Sequence[Token], frame: Frame) -> Built:
    """Dutch "half december": its middle."""
    return ("DAY", stretches.section("mid", periods.named_month(one(tokens, _MON)))) if frame.lang == "nl" else None


def month_unit(tokens: Sequence[Token], frame: Frame) -> Built:
    """le mois d'avril."""
    return month_alone(tokens, frame) if one(tokens, _UNIT) == "month" else None


def month_alone(tokens: Sequence[Token], frame: Frame) -> Built:
    """March, next March, March 2027."""
    return "DAY", periods.named_month(one(tokens, _MON), year_of(tokens), which(tokens))


def year_alone(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", periods.year_span(year_of(tokens))


def said_year(tokens: Sequence[Token], frame: Frame) -> Built:
    """the year 2027."""
    return year_alone(tokens, frame) if one(tokens, _UNIT) == "year" else None


def running_period(tokens: Sequence[Token], frame: Frame) -> Built:
    """trimestre atual, la semaine actuelle: the adjective behind; English has it before."""
    return whole_period(tokens, frame) if frame.lang != "en" else None


def named_holiday(tokens: Sequence[Token], frame: Frame) -> Built:
    name = one(tokens, _HOL)
    year = year_of(tokens)
    said = which(tokens)
    if year is None and any(t.cls == _UNIT and t.val == "year" for t in tokens):
        year = frame.today.year + SHIFT[said]
        said = ""
    return "DAY", holiday(name, year, said)


def named_season(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", periods.season(one(tokens, _SEASON), which(tokens), year_of(tokens))


def numbered_week(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _NUM, _ORD)
    if one(tokens, _UNIT) != "week" or not isinstance(number, int) or not 1 <= number <= 53:
        return None
    return "DAY", periods.numbered_week(number, year_of(tokens))


def quarter(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _ORD)
    year = year_of(tokens)
    unit = one(tokens, _UNIT) or "quarter"
    if number is None:
        number = 4 if year and unit == "quarter" else None
    if number is None:
        return None
    if unit == "month" and 1 <= number <= 12 and year:
        return "DAY", periods.named_month(number, year)
    if unit != "quarter" or not 1 <= number <= 4:
        return None
    return "DAY", periods.quarter(number, year)


def weekend_of(tokens: Sequence[Token], frame: Frame) -> Built:
    """the weekend of the 18th: the one nearest to it."""
    if one(tokens, _UNIT) != "weekend":
        return None
    day = inner_day(tokens)
    if day.grain != "day":
        return None
    return "DAY", replace(
        days.weekday_from(5, days.offset(0, -4, day)), grain="weekend", find=periods.weekend_near(day).find
    )


def numbered_part(tokens: Sequence[Token], frame: Frame) -> Built:
    """Q3, H2 2026."""
    sort, number = one(tokens, CHAR["NQ"])
    if sort == "h":
        return ("DAY", periods.half_year(number, year_of(tokens))) if number <= 2 else None
    return "DAY", periods.quarter(number, year_of(tokens))


def part_of_year(tokens: Sequence[Token], frame: Frame) -> Built:
    """Q1 next year."""
    if one(tokens, _UNIT) != "year":
        return None
    year = frame.today.year + SHIFT[which(tokens)]
    return numbered_part([*tokens, Token(CHAR["YEAR"], year, 0, 0, "")], frame)


def season_of_year(tokens: Sequence[Token], frame: Frame) -> Built:
    """winter this year."""
    if one(tokens, _UNIT) != "year":
        return None
    return "DAY", periods.season(one(tokens, _SEASON), "", frame.today.year + SHIFT[which(tokens)])


def holiday_weekend(tokens: Sequence[Token], frame: Frame) -> Built:
    """Labor Day weekend: the weekend beside the holiday and the holiday itself."""
    if one(tokens, _UNIT) != "weekend":
        return None
    feast = holiday(one(tokens, _HOL))

    def find(frame: Frame, floor: date | None) -> Found:
        day = feast.find(frame, floor)
        near = periods.weekend_near(feast).find(frame, floor)
        return Found(min(day.start, near.start), max(day.end, near.end))

    return "DAY", Day(find, "weekend")


def week_of_number(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _NUM, _ORD)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "DAY", periods.week_of(days.calendar_day(None, number))


def week_of(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", periods.week_of(inner_day(tokens))


def tail_period(tail: Sequence[Token], frame: Frame) -> Day | None:
    """The period a "first Monday of ..." is counted in."""
    month = one(tail, _MON)
    if month is not None:
        return periods.named_month(month, year_of(tail), which(tail))
    year = year_of(tail)
    if year is not None:
        return periods.year_span(year)
    if any(t.cls in (_UNIT, _QTR) for t in tail):
        built = whole_period(tail, frame)
        return built[1] if built else None
    return None


def nth(tokens: Sequence[Token], frame: Frame) -> Built:
    """first Tuesday in October, last weekend of July, third week of May, the 5th last day of May."""
    split = next(
        i for i, t in enumerate(tokens) if t.cls in (CHAR["OF"], CHAR["IN"], CHAR["ON"], CHAR["FROM"], _WEEKOF)
    )
    head, tail = tokens[:split], tokens[split + 1 :]
    period = tail_period(tail, frame)
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
        return "DAY", periods.nth_weekday(n, wanted, period)
    if unit == "week":
        return "DAY", periods.nth_week(n, period)
    if unit == "fortnight" and n in (-1, 1, 2):  # la première quinzaine d'avril
        return "DAY", stretches.section("half1" if n == 1 else "half2", period)
    if unit == "weekend":
        return "DAY", periods.nth_weekend(n, period)
    if unit == "day":
        return "DAY", periods.nth_day(n, period)
    if unit == "quarter" and period.grain == "year" and n in (-1, 1, 2, 3, 4):
        return "DAY", periods.quarter(n if n > 0 else 4, period.find(frame, None).start.year)
    if unit == "month" and period.grain == "year" and 1 <= n <= 12:
        found = period.find(frame, None)
        return "DAY", periods.named_month(n, found.start.year)
    return None


def unit_from_base(tokens: Sequence[Token], frame: Frame) -> Built:
    """the day after Thanksgiving, the week after next Friday, the weekend before Easter."""
    unit = one(tokens, _UNIT)
    base = inner_day(tokens)
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    if unit == "day":
        return "DAY", days.offset(0, sign, base)
    if unit == "week":
        return "DAY", replace(periods.week_of(days.offset(0, 7 * sign, base)), relative=True)
    if unit == "weekend":
        return "DAY", days.weekday_from(5, base, sign)
    if unit == "month":
        return "DAY", days.offset(sign, 0, base)
    return None
