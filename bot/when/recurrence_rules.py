"""Repetitions: "every other Monday at 9", "weekdays at 8", "monthly"."""

from collections.abc import Sequence

from bot.when.frame import Frame
from bot.when.grammar import Built, Stage
from bot.when.reading import Recurrence
from bot.when.tokens import CHAR, Token

_WD, _WDS, _DAY, _UNIT, _FREQ, _ALT, _NUM, _LEN, _PART, _QTR, _ORD = (
    CHAR[n] for n in ["WD", "WDS", "DAY", "UNIT", "FREQ", "ALT", "NUM", "LEN", "PART", "QTR", "ORD"]
)
_FREQS = {
    "daily": ("daily", 1), "weekly": ("weekly", 1), "biweekly": ("weekly", 2), "monthly": ("monthly", 1),
    "quarterly": ("monthly", 3), "halfyearly": ("monthly", 6), "yearly": ("yearly", 1), "hourly": ("hourly", 1),
}  # fmt: skip
_UNITS = {
    "day": ("daily", 1), "night": ("daily", 1), "week": ("weekly", 1), "fortnight": ("weekly", 2),
    "month": ("monthly", 1), "year": ("yearly", 1), "hour": ("hourly", 1), "minute": ("minutely", 1),
    "second": ("secondly", 1),
}  # fmt: skip


def _every(tokens: Sequence[Token], frame: Frame) -> Built:
    """every Monday, every other week, every two days, each quarter, every weekday."""
    interval = 2 if any(t.cls == _ALT for t in tokens) else 1
    weekdays: list[int] = []
    freq, size = "weekly", 1
    for t in tokens:
        if t.cls == _DAY and t.val.weekday is not None:
            weekdays.append(t.val.weekday)
        elif t.cls == _DAY and t.val.grain == "weekend":
            weekdays += [5, 6]
        elif t.cls == _DAY:
            return None
        elif t.cls == _WDS:
            weekdays += t.val
        elif t.cls == _UNIT:
            if t.val == "workday":
                weekdays += [0, 1, 2, 3, 4]
            elif t.val == "weekend":
                weekdays += [5, 6]
            elif t.val not in _UNITS:
                return None
            else:
                freq, size = _UNITS[t.val]
        elif t.cls == _QTR:
            freq, size = "monthly", 3
        elif t.cls == _LEN:
            unit = "month" if t.val.unit == "quarter" else t.val.unit
            if unit not in _UNITS or t.val.count < 1:
                return None
            freq, size = _UNITS[unit]
            interval = int(t.val.count) * (3 if t.val.unit == "quarter" else 1)
        elif t.cls == _ORD:
            interval = t.val
        elif t.cls == _PART:
            freq, size = "daily", 1
    if freq not in ("daily", "weekly", "monthly", "yearly"):
        freq, size = "daily", 1
    return "REC", (Recurrence(freq, interval * size, tuple(sorted(set(weekdays)))), False)


def _frequency(tokens: Sequence[Token], frame: Frame) -> Built:
    """weekly, biweekly on Monday, daily."""
    freq, interval = _FREQS[next(t.val for t in tokens if t.cls == _FREQ)]
    weekdays = tuple(t.val.weekday for t in tokens if t.cls == _DAY and t.val.weekday is not None)
    if freq == "hourly":
        return None
    weekdays += tuple(d for t in tokens if t.cls == _WDS for d in t.val)
    return "REC", (Recurrence(freq, interval, weekdays), False)


def _plural(tokens: Sequence[Token], frame: Frame) -> Built:
    """Mondays, Tuesdays and Thursdays, weekdays."""
    weekdays = sorted({d for t in tokens if t.cls == _WDS for d in t.val})
    return "REC", (Recurrence("weekly", 1, tuple(weekdays)), True)


def _weekday_parts(tokens: Sequence[Token], frame: Frame) -> Built:
    """weekday mornings."""
    return ("REC", (Recurrence("weekly", 1, (0, 1, 2, 3, 4)), True)) if tokens[0].val == "workday" else None


def _monthly(tokens: Sequence[Token], frame: Frame) -> Built:
    """the last Friday of every month, every month on the 3rd, monthly on the first Tuesday, 19th of every month."""
    units = [t.val for t in tokens if t.cls == _UNIT]
    freqs = [t.val for t in tokens if t.cls == _FREQ]
    if not (units[-1:] == ["month"] or freqs == ["monthly"]):
        return None
    number = next((t.val for t in tokens if t.cls in (_ORD, _NUM)), None)
    wanted = next((t.val for t in tokens if t.cls == _WD), None)
    if wanted is not None:
        nth = -1 if any(t.cls == CHAR["LAST"] for t in tokens) else number
        return "REC", (Recurrence("monthly", 1, (wanted,), nth=nth), False)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "REC", (Recurrence("monthly", 1, monthday=number), False)


MONTHLY = Stage(
    ("(?:ON|THE)* (?:ORD|LAST) (?:WD|UNIT)? OF EVERY UNIT", _monthly),
    ("(?:EVERY UNIT|FREQ) (?:ON|THE|COMMA)* (?:ORD|LAST) WD?(?!MON|OF)", _monthly),
    ("EVERY (?:ORD|LAST) WD OF THE UNIT", _monthly),
    ("UNIT (?=PART)", _weekday_parts),
)

_MORE = "(?:(?:COMMA|AND|OR|COMMA AND)* (?:DAY|WDS))*"

RECURRENCES = Stage(
    (f"(?:EVERY|ALT) ORD? (?:DAY|WDS|UNIT|LEN|QTR) {_MORE}", _every),
    ("EVERY (?=PART)", _every),
    ("FREQ (?:ON|EVERY)? (?:THE)? (?:DAY|WDS)|FREQ", _frequency),
    ("WDS (?:(?:COMMA|AND|OR|COMMA AND)* WDS)*", _plural),
)
