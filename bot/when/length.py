"""Lengths of time: "15min", "an hour and a half", "2 weeks and 3 days"."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.when.frame import Frame
from bot.when.grammar import Built, Stage
from bot.when.tokens import CHAR, Token

SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86400, "night": 86400, "workday": 86400,
    "weekend": 2 * 86400, "week": 7 * 86400, "workweek": 7 * 86400, "fortnight": 14 * 86400,
    "month": 30 * 86400, "quarter": 91 * 86400, "year": 365 * 86400,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Length:
    """A length as said: `count` of `unit` where it is that simple; `months`, `days`, `seconds` add up to the whole.

    `total` in seconds counts a month as 30 days and a year as 365.
    """

    months: int
    days: int
    seconds: float
    total: float
    count: float
    unit: str
    vague: bool = False

    @property
    def whole_days(self) -> bool:
        """Whether it is counted in days or more, not in hours."""
        return self.seconds == 0

    def plus(self, other: "Length") -> "Length":
        """Both together; the unit is that of the longer one."""
        return Length(
            self.months + other.months, self.days + other.days, self.seconds + other.seconds,
            self.total + other.total, self.count, self.unit, self.vague or other.vague,
        )  # fmt: skip


def length(count: float, unit: str, *, vague: bool = False) -> Length:
    """A length of `count` `unit`; fractions of days and more are turned into smaller units."""
    count = min(count, 100000.0)
    total = count * SECONDS[unit]
    months = days = 0
    seconds = 0.0
    whole = int(count)
    part = count - whole
    if unit in ("month", "quarter", "year"):
        size = {"month": 1, "quarter": 3, "year": 12}[unit]
        months = whole * size
        if part and size > 1:
            months += round(part * size)
        elif part:
            days = round(part * 30)
    elif unit in ("day", "night", "workday", "weekend", "week", "fortnight", "workweek"):
        size = {"week": 7, "workweek": 7, "fortnight": 14, "weekend": 2}.get(unit, 1)
        days = whole * size
        if part and size > 1:
            days += round(part * size)
        elif part:
            seconds = part * 86400
    else:
        seconds = total
    return Length(months, days, seconds, total, count, unit, vague)


_NUM, _ART, _DOT, _FRAC, _HALF, _QTR, _UNIT, _LEN, _ORD = (
    CHAR[n] for n in ("NUM", "ART", "DOT", "FRAC", "HALF", "QTR", "UNIT", "LEN", "ORD")
)
_VAGUE = frozenset(["few", "several", "couple"])


def _number(token: Token) -> float:
    if token.cls == _ART:
        return 1.0
    if token.cls == _DOT:
        whole, _, digits = token.val
        return float(f"{whole}.{digits}")
    if token.cls == _HALF:
        return 0.5
    return float(token.val)


def _unit(tokens: Sequence[Token]) -> tuple[Token, str] | None:
    for t in reversed(tokens):
        if t.cls == _UNIT:
            return t, t.val
        if t.cls == _ORD and t.val == 2 and t.low.startswith("sec"):
            return t, "second"
        if t.cls == CHAR["OCLK"] and t.low in ("h", "hs", "uhr", "uur", "u", "heure", "heures"):
            return t, "hour"
        if t.cls == CHAR["QTR"] and t.low.startswith("quarter"):
            return t, "quarter"
    return None


def _simple(tokens: Sequence[Token], frame: Frame) -> Built:
    """15min, an hour, 2.5 hours, three more days."""
    unit = _unit(tokens)
    if unit is None:
        return None
    first = tokens[0]
    count = _number(first)
    if count <= 0:
        return None
    if first.cls == _NUM and unit[1] == "second" and unit[0].cls == _ORD and not first.low.isdigit():
        return None
    if unit[0].low == "m" and unit[0].start != first.end:
        return None
    vague = first.cls == _NUM and any(v in first.low for v in _VAGUE)
    return "LEN", length(count, unit[1], vague=vague)


def _workdays(tokens: Sequence[Token], frame: Frame) -> Built:
    """two working days."""
    if tokens[1].val != (0, 1, 2, 3, 4) or tokens[0].val <= 0:
        return None
    return "LEN", length(float(tokens[0].val), "workday")


def _half(tokens: Sequence[Token], frame: Frame) -> Built:
    """half an hour, a half hour, 1/4 h."""
    unit = _unit(tokens)
    part = next(t for t in tokens if t.cls in (_HALF, _FRAC))
    return ("LEN", length(_number(part), unit[1])) if unit else None


def _quarters(tokens: Sequence[Token], frame: Frame) -> Built:
    """a quarter of an hour, three-quarters of an hour."""
    unit = next((t for t in tokens if t.cls == _UNIT), None)
    if unit is None or unit.val != "hour":
        return None
    count = next((t.val for t in tokens if t.cls == _NUM), 1)
    return "LEN", length(0.25 * float(count), "hour")


def _and_half(tokens: Sequence[Token], frame: Frame) -> Built:
    """one and a half hours, an hour and a half, two and a quarter years."""
    unit = _unit([t for t in tokens if t.cls in (_UNIT, CHAR["OCLK"])])
    if unit is None:
        return None
    part = 0.25 if any(t.cls == _QTR for t in tokens) else 0.5
    if any(t.cls == _QTR for t in tokens) and len([t for t in tokens if t.cls == _NUM]) > 1:
        part = 0.75
    return "LEN", length(_number(tokens[0]) + part, unit[1])


def _sum(tokens: Sequence[Token], frame: Frame) -> Built:
    """1 hour, 5 minutes, 30 seconds."""
    lengths: list[Length] = [t.val for t in tokens if t.cls == _LEN]
    for a, b in itertools.pairwise(lengths):
        if SECONDS[a.unit] <= SECONDS[b.unit]:
            return None
    whole = lengths[0]
    for more in lengths[1:]:
        whole = whole.plus(more)
    return "LEN", whole


def _clock_left(tokens: Sequence[Token], frame: Frame) -> Built:
    """An hour literal with a unit after it ("1:30 h", "1h30m")."""
    numbers: list[Any] = [t.val for t in tokens if t.cls == _NUM]
    units = [t.val for t in tokens if t.cls == _UNIT]
    if units[0] != "hour" or (len(units) > 1 and units[1] != "minute") or float(numbers[1]) > 59:
        return None
    return "LEN", length(float(numbers[0]), "hour").plus(length(float(numbers[1]), "minute"))


_COUNT = "(?:NUM|ART|DOT|YEAR)"


def _word(tokens: Sequence[Token], frame: Frame) -> Built:
    """Viertelstunde, media hora, mezz'ora."""
    return "LEN", length(float(next(t.val for t in tokens if t.cls == CHAR["LENW"])), "minute")


def _hours_and_word(tokens: Sequence[Token], frame: Frame) -> Built:
    """Dutch "twee en een half uur"."""
    minutes = next(t.val for t in tokens if t.cls == CHAR["LENW"])
    return ("LEN", length(_number(tokens[0]) + 0.5, "hour")) if minutes == 30 else None


def _unit_and_half(tokens: Sequence[Token], frame: Frame) -> Built:
    """hora y media, un'ora e mezza without a number."""
    unit = next(t.val for t in tokens if t.cls == _UNIT)
    return "LEN", length(1.5, unit)


LENGTHS = Stage(
    ("(?:ART|NUM)? LENW", _word),
    ("UNIT AND HALF", _unit_and_half),
    ("NUM AND ART? LENW", _hours_and_word),
    ("NUM UNIT NUM UNIT", _clock_left),
    ("(?:NUM|ART) (?:UNIT|OCLK) AND ART? (?:HALF|QTR)(?! UNIT| PAST)", _and_half),
    ("(?:NUM|ART) AND ART? (?:HALF|QTR) (?:OF ART)? (?:UNIT|OCLK)", _and_half),
    ("(?:NUM DASH? )?(?:ART )?QTR OF? (?:ART|THE)? UNIT", _quarters),
    ("ART? HALF (?:OF|DASH)? ART? UNIT", _half),
    ("HALF ART? UNIT", _half),
    ("ART? FRAC (?:OF ART|OF|DASH|ART)? (?:UNIT|OCLK)", _half),
    ("NUM (?:NEXT|LAST) UNIT", lambda t, f: None),
    (f"{_COUNT} (?:DASH|MORE)? (?:UNIT|OCLK|ORD (?!MON|OF|WORD|COUNTED))", _simple),
    ("NUM QTR", _simple),
    ("NUM WDS", _workdays),
)
SUMS = Stage(("LEN (?:(?:COMMA|AND|COMMA AND)? LEN)+", _sum))
