"""How dates and clock times are written in Japanese and Chinese, and the bounds that follow what they bound."""

from collections.abc import Sequence

from bot.when import calendar_days as days
from bot.when import periods, stretches
from bot.when.calendar_days import Day
from bot.when.clock import Clock
from bot.when.frame import Frame
from bot.when.grammar import Built, Stage
from bot.when.length import Length, length
from bot.when.matched import one, which
from bot.when.tokens import CHAR, Token, chars

_NUM, _YEAR, _UNIT, _WD, _HALF, _QTR, _DAY, _ORD, _LEN, _LAST = chars("NUM YEAR UNIT WD HALF QTR DAY ORD LEN LAST")
_SHIFT = {"this": 0, "": 0, "next": 1, "last": -1, "afternext": 2, "following": 1}


def _date(tokens: Sequence[Token], frame: Frame) -> Built:
    """2019年1月4日, 今年7月25日, 三月三号."""
    year = one(tokens, _YEAR)
    said = which(tokens)
    if year is None and said:
        year = frame.today.year + _SHIFT[said]
    numbers = [t.val for t in tokens if t.cls == _NUM]
    if len(numbers) > 2:
        year = numbers[0] + 2000 if numbers[0] < 100 else numbers[0]
        numbers = numbers[1:]
    if len(numbers) != 2 or not all(isinstance(n, int) for n in numbers):
        return None
    month, day = numbers
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return "DAY", days.calendar_day(month, day, year, one(tokens, _WD))


def _day_in_month(tokens: Sequence[Token], frame: Frame) -> Built:
    """下个月20号, 今月の3日."""
    first = days.add_months(frame.today.replace(day=1), _SHIFT[which(tokens)])
    number = one(tokens, _NUM)
    unit = one(tokens, _UNIT)
    if unit not in (None, "month") or not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "DAY", days.calendar_day(first.month, number, first.year)


def _day(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _NUM)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "DAY", days.calendar_day(None, number, None, one(tokens, _WD))


def _days_from_now(tokens: Sequence[Token], frame: Frame) -> Built:
    """Japanese 3日後, 2日前: days from today, not of the month."""
    number = one(tokens, _NUM)
    base = one(tokens, CHAR["REL"]) or 0
    if (
        frame.lang != "ja"
        or not isinstance(number, int)
        or tokens[-1].low[0] not in "後前"
        or not isinstance(base, int)
    ):
        return None
    return "DAY", days.relative_day(base + (-number if tokens[-1].cls == CHAR["BEFOREPOST"] else number))


def _month(tokens: Sequence[Token], frame: Frame) -> Built:
    number = one(tokens, _NUM)
    if not isinstance(number, int) or not 1 <= number <= 12:
        return None
    year = one(tokens, _YEAR)
    said = which(tokens)
    if year is None and said and any(t.cls == _UNIT for t in tokens):
        year = frame.today.year + _SHIFT[said]
    return "DAY", periods.named_month(number, year)


def _year(tokens: Sequence[Token], frame: Frame) -> Built:
    return ("DAY", periods.year_span(one(tokens, _YEAR))) if one(tokens, _UNIT) == "year" else None


def _this_month(tokens: Sequence[Token], frame: Frame) -> Built:
    return "DAY", periods.month(_SHIFT[which(tokens)])


def _coming_days(tokens: Sequence[Token], frame: Frame) -> Built:
    """次の12日: so many days from tomorrow on; Chinese 下 does not say so."""
    count = one(tokens, _NUM)
    return ("DAY", stretches.next_units(count, "day")) if frame.lang == "ja" and 1 <= count <= 366 else None


def _weekday(tokens: Sequence[Token], frame: Frame) -> Built:
    """下周二, 次の金曜日: that of the next calendar week."""
    return "DAY", days.weekday_in_week(one(tokens, _WD), _SHIFT[which(tokens)])


def _clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """午後3時20分, 三点半, 下午三点一刻, 7時56分30秒."""
    half = one(tokens, CHAR["AMPMPRE"]) or ""
    numbers = [t.val for t in tokens if t.cls == _NUM]
    hour = numbers[0]
    rest = numbers[1:]
    second = 0
    if any(t.cls == _QTR for t in tokens):
        minute = 15 * (rest[0] if rest else 1)
    elif any(t.cls == _HALF for t in tokens):
        minute = 30
        second = rest[0] if rest else 0
    else:
        minute = rest[0] if rest else 0
        second = rest[1] if len(rest) > 1 else 0
    if not all(isinstance(n, int) for n in (hour, minute, second)) or hour > 24 or minute > 59 or second > 59:
        return None
    return "CLOCK", Clock(hour, minute, second, half if hour <= 12 else "", sure=hour > 12 or hour == 0)


def _half_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """午前 or 午後 with no hour: the morning, the afternoon."""
    return "PART", "morning" if tokens[0].val == "am" else "afternoon"


def _ten_to(tokens: Sequence[Token], frame: Frame) -> Built:
    clock: Clock = one(tokens, CHAR["CLOCK"])
    return "CLOCK", clock


def _length_half(tokens: Sequence[Token], frame: Frame) -> Built:
    """3年半, 一个半小时."""
    count = float(one(tokens, _NUM)) + 0.5
    return "LEN", length(count, one(tokens, _UNIT))


def _half_month(tokens: Sequence[Token], frame: Frame) -> Built:
    return "LEN", length(15.0, "day")


UNSPACED_FIRST = Stage(
    ("AMPMPRE NUM JI NUM? HALF (?:NUM UNIT)?", _clock),
    ("AMPMPRE NUM JI (?:NUM UNIT? (?:NUM UNIT)?)?", _clock),
    ("(?:YEAR UNIT|NUM UNIT|(?:THIS|NEXT|LAST) UNIT)? NUM GATSU NUM NICHI? WD?", _date),
    ("(?:THIS|NEXT|LAST) (?:GATSU|UNIT) NUM NICHI", _day_in_month),
    ("(?:YEAR UNIT|(?:THIS|NEXT|LAST) UNIT) NUM GATSU", _month),
    ("NUM GATSU", _month),
    ("YEAR UNIT", _year),
    ("(?:REL DASH)? NUM NICHI (?:LATER|BEFOREPOST)", _days_from_now),
    ("NUM NICHI WD?", _day),
    ("(?:THIS|NEXT|LAST) GATSU", _this_month),
    ("(?:NEXT|LAST|AFTERNEXT) WD", _weekday),
    ("NEXT NUM NICHI", _coming_days),
    ("NUM JI HALF (?:NUM UNIT)?", _clock),
    ("NUM JI NUM QTR", _clock),
    ("NUM JI (?:NUM UNIT NUM UNIT|NUM UNIT|NUM(?!NUM|JI|GATSU|NICHI))?", _clock),
    ("NUM HALF UNIT", _length_half),
    ("NUM UNIT HALF", _length_half),
    ("HALF GATSU (?:UNIT)?", _half_month),
    ("AMPMPRE (?!CLK|NUM CLK)", _half_day),
)


def _nth(tokens: Sequence[Token], frame: Frame) -> Built:
    """十月第一个星期一, 7月の最後の週."""
    period: Day = one(tokens, _DAY)
    if period.grain == "day":
        return None
    n = one(tokens, _ORD) or -1
    wanted = one(tokens, _WD)
    later = [t.val for t in tokens if t.cls == _DAY][1:]
    if wanted is None and later and later[0].weekday is not None:
        wanted = later[0].weekday
    if wanted is not None:
        return "DAY", periods.nth_weekday(n, wanted, period)
    unit = one(tokens, _UNIT)
    if unit == "week":
        return "DAY", periods.nth_week(n, period)
    if unit == "month" and period.grain == "year" and 1 <= n <= 12:
        return "DAY", periods.named_month(n, period.find(frame, None).start.year)
    return None


def _section(tokens: Sequence[Token], frame: Frame) -> Built:
    """7月下旬, 来週の後半, 日曜日の終わり."""
    day: Day = one(tokens, _DAY)
    if day.grain == "day":
        from dataclasses import replace

        return "DAY", replace(day, at=Clock(23, 59, 59, sure=True))
    if "半" in tokens[-1].low and tokens[-1].cls == CHAR["LATE"]:
        return "DAY", stretches.section("late", day)
    name = {CHAR["EARLY"]: "early", CHAR["MID"]: "mid", CHAR["LATE"]: "late"}[tokens[-1].cls]
    return "DAY", stretches.section("end" if name == "late" else name, day)


def _week_of(tokens: Sequence[Token], frame: Frame) -> Built:
    day: Day = one(tokens, _DAY)
    return ("DAY", periods.week_of(day)) if one(tokens, _UNIT) == "week" and day.grain == "day" else None


def _later(tokens: Sequence[Token], frame: Frame) -> Built:
    """5分後, 两小时后, 三天前, 今日から2日後."""
    amount: Length = one(tokens, _LEN)
    base: Day | None = one(tokens, _DAY)
    relative = one(tokens, CHAR["REL"])
    if base is None and isinstance(relative, int):
        base = days.relative_day(relative)
    sign = -1 if any(t.cls in (CHAR["BEFOREPOST"], _LAST) for t in tokens) else 1
    if base is not None or amount.whole_days:
        return "DAY", days.offset(sign * amount.months, sign * amount.days, base)
    return "OFFSET", (sign, amount, "now")


def _numbered_week(tokens: Sequence[Token], frame: Frame) -> Built:
    """第31週."""
    number = one(tokens, _ORD)
    if one(tokens, _UNIT) != "week" or not 1 <= number <= 53:
        return None
    return "DAY", periods.numbered_week(number, None)


def _around(tokens: Sequence[Token], frame: Frame) -> Built:
    """前二分鐘, 後三小時: the time just before or after now."""
    amount: Length = one(tokens, _LEN)
    past = tokens[0].cls == CHAR["BEFOREPOST"]
    if amount.whole_days:
        count = max(1, int(amount.count))
        return "DAY", stretches.past_units(count, amount.unit) if past else stretches.next_units(count, amount.unit)
    return "OFFSET", (-1 if past else 1, amount, "span")


def _within(tokens: Sequence[Token], frame: Frame) -> Built:
    return "OFFSET", (1, one(tokens, _LEN), "within")


def _between(tokens: Sequence[Token], frame: Frame) -> Built:
    first, last = (t.val for t in tokens if t.cls == _DAY)
    return "DAY", stretches.between_days(first, last)


UNSPACED_LATER = Stage(
    ("DAY (?:ORD|LAST) (?:WD|DAY|UNIT)", _nth),
    ("DAY (?:EARLY|MID|LATE)", _section),
    ("DAY UNIT (?!AFTERPOST|LATER)", _week_of),
    ("(?:(?:DAY|REL|NOW) DASH?)? LEN (?:LATER|AFTERPOST)", _later),
    ("ORD UNIT", _numbered_week),
    ("(?<![DAY CLOCK HOURS PART]) (?:BEFOREPOST|AFTERPOST) LEN", _around),
    ("LEN BEFOREPOST", _later),
    ("LEN WITHINPOST", _within),
    ("DAY AND DAY BETWEENPOST", _between),
    ("AND (?=DAY CLOCK BETWEENPOST)", lambda t, f: ("UNTIL", 1)),
)

_POST = {
    CHAR["AFTERPOST"]: "AFTER",
    CHAR["BEFOREPOST"]: "BEFORE",
    CHAR["UNTILPOST"]: "UNTIL",
    CHAR["EXCEPTPOST"]: "EXCEPT",
}
_EITHER_SIDE = ("at the earliest", "at the latest")  # "Thursday at the latest", "at the latest Thursday"
_BOUNDED = frozenset(CHAR[n] for n in ["DAY", "CLOCK", "HOURS", "PART", "OFFSET"])


def bounds_first(tokens: list[Token]) -> list[Token]:
    """The bounds that stand after their word put before it, where the joins expect them."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        name = _POST.get(token.cls)
        if name is None and token.low in _EITHER_SIDE and out and out[-1].cls in _BOUNDED:
            ahead = tokens[i + 1].cls if i + 1 < len(tokens) else ""
            hour_of_day = out[-1].cls == CHAR["CLOCK"] and ahead == _DAY  # "10 at the latest tomorrow"
            name = None if ahead in _BOUNDED and not hour_of_day else "FROM" if token.val == "from" else "UNTIL"
        if name is None:
            out.append(token)
            continue
        if out and out[-1].cls in _BOUNDED:
            inner = out.pop()
            cls = "FROM" if token.val == "from" else name
            inner.end = token.end
            out.append(Token(CHAR[cls], token.val, inner.start, inner.start, token.low))
            out.append(inner)
    return out
