"""Parts of periods: "early March", "mid next week", "the end of the month", "the rest of the week"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.when import calendar_days as days
from bot.when import periods, stretches
from bot.when.calendar_days import Day, Found
from bot.when.clock import PARTS, Clock
from bot.when.frame import Frame
from bot.when.grammar import Built
from bot.when.length import Length
from bot.when.matched import inner_day, one, year_of
from bot.when.period_rules import bare_period
from bot.when.tokens import CHAR, Token, chars

_DAY, _LAST, _LEN, _ORD, _UNIT = chars("DAY LAST LEN ORD UNIT")


def end_of_named(tokens: Sequence[Token], frame: Frame) -> Built:
    """fin du mois de mars: the end of March."""
    day = inner_day(tokens)
    return ("DAY", stretches.section("end", day)) if day.grain == one(tokens, CHAR["EOP"]) else None


def later_in(tokens: Sequence[Token], frame: Frame) -> Built:
    """dieses Jahr später, next week later: its second half."""
    day = inner_day(tokens)
    return ("DAY", stretches.rest_of(day, "later")) if day.grain in ("week", "month", "year") else None


def section(tokens: Sequence[Token], frame: Frame) -> Built:
    """early March, mid next week, end of the month."""
    day = inner_day(tokens)
    if day.grain == "day":
        ends = any(t.cls == CHAR["LATE"] for t in tokens) and frame.lang != "en"
        return ("DAY", replace(day, at=Clock(23, 59, 59, sure=True))) if ends else None
    first = next(t for t in tokens if t.cls in _SECTION_OF)
    if "half" in first.low and frame.lang == "en":
        return "DAY", stretches.section("half1" if first.cls == CHAR["BEGIN"] else "half2", day)
    return "DAY", stretches.section(_SECTION_OF[first.cls], day)


def end_of_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """the end of Sunday: its last second."""
    day = inner_day(tokens)
    return ("DAY", replace(day, at=Clock(23, 59, 59, sure=True))) if day.grain == "day" else None


def rest(tokens: Sequence[Token], frame: Frame) -> Built:
    said = next((t.val for t in tokens if t.cls == CHAR["REST"]), "later")
    if tokens[0].cls == CHAR["AGO"]:
        if tokens[0].val != 2:
            return None
        said = "earlier"
    return "DAY", stretches.rest_of(inner_day(tokens), said)


def rest_unit(tokens: Sequence[Token], frame: Frame) -> Built:
    built = bare_period(tokens, frame)
    unit = one(tokens, _UNIT)
    if unit == "day":
        return "DAY", days.relative_day(0)
    said = next((t.val for t in tokens if t.cls == CHAR["REST"]), "later")
    return ("DAY", stretches.rest_of(built[1], said)) if built else None


def end_of_period(tokens: Sequence[Token], frame: Frame) -> Built:
    unit = one(tokens, CHAR["EOP"])
    if tokens[0].low == "eoy":
        return "DAY", periods.nth_day(-1, periods.year_span(None, 0))
    period = {"week": periods.week(0), "month": periods.month(0), "year": periods.year_span(None, 0)}.get(unit)
    return ("DAY", stretches.section("end", period)) if period else None


def unit_section(tokens: Sequence[Token], frame: Frame) -> Built:
    """end of month, middle of the week."""
    built = bare_period(tokens, frame)
    if built is None or one(tokens, _UNIT) == "day":
        return None
    first = next(t for t in tokens if t.cls in _SECTION_OF)
    return section([first, Token(_DAY, built[1], 0, 0, "")], frame)


def year_section(tokens: Sequence[Token], frame: Frame) -> Built:
    """early 2027, mid-2027, the end of 2027."""
    first = next(t for t in tokens if t.cls in _SECTION_OF)
    return "DAY", stretches.section(_SECTION_OF[first.cls], periods.year_span(year_of(tokens)))


def first_units(tokens: Sequence[Token], frame: Frame) -> Built:
    """the first 3 days of December, the first two weeks of the year."""
    amount: Length = one(tokens, _LEN)
    last = any(t.cls == _LAST for t in tokens)
    built = bare_period(tokens, frame) if all(t.cls != _DAY for t in tokens) else None
    if (not last and one(tokens, _ORD) != 1) or not amount.whole_days or (tokens[-1].cls == _UNIT and built is None):
        return None
    period: Day = built[1] if built else inner_day(tokens)
    if period.grain == "day":
        return None

    def find(frame: Frame, floor: date | None) -> Found:
        found = period.find(frame, floor)
        if last:
            return Found(days.add_days(days.add_months(found.end, -amount.months), -amount.days), found.end)
        return Found(found.start, days.add_days(days.add_months(found.start, amount.months), amount.days))

    return "DAY", Day(find, "span")


def section_part(tokens: Sequence[Token], frame: Frame) -> Built:
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
