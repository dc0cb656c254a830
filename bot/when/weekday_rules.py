"""Weekdays and days relative to today: "next Friday", "Friday week", "tomorrow", "the Tuesday after Thanksgiving"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.when import calendar_days as days
from bot.when import periods
from bot.when.calendar_days import Day
from bot.when.frame import Frame
from bot.when.grammar import Built
from bot.when.length import Length
from bot.when.matched import SHIFT, one, which
from bot.when.tokens import CHAR, Token

_DAY, _LEN, _NUM, _ORD, _REL, _UNIT, _WD = (CHAR[n] for n in ["DAY", "LEN", "NUM", "ORD", "REL", "UNIT", "WD"])


_COMING = frozenset(("coming", "upcoming", "comming"))


def next_part(tokens: Sequence[Token], frame: Frame) -> Built:
    """the next morning, next evening: tomorrow's."""
    return "TONIGHT", (1, one(tokens, CHAR["PART"]))


def nearest_weekday(tokens: Sequence[Token], frame: Frame) -> Built:
    """the Saturday closest to February 6."""
    parts: list[Day] = [t.val for t in tokens if t.cls == _DAY]
    wanted = parts[0].weekday
    if len(parts) != 2 or wanted is None or parts[0].day is not None:
        return None
    return "DAY", days.weekday_near(wanted, parts[1])


def weekday_number(tokens: Sequence[Token], frame: Frame) -> Built:
    """ "Friday 9" is a date when the 9th is one."""
    wanted, number = one(tokens, _WD), one(tokens, _NUM)
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    day = days.calendar_day(None, number, None, wanted)
    found = day.find(frame, None)
    if found.problem and number <= 12:
        return None
    return "DAY", day


def weekday(tokens: Sequence[Token], frame: Frame) -> Built:
    """Friday, next Friday, this coming Friday, Friday after next."""
    said = which(tokens)
    if any(t.low in _COMING for t in tokens) and said == "next":
        said = ""
    return "DAY", days.weekday(one(tokens, _WD), said)


def weekday_week(tokens: Sequence[Token], frame: Frame) -> Built:
    """Friday next week, next week on Friday, Tuesday of the following week."""
    units = [t.val for t in tokens if t.cls == _UNIT]
    if "week" not in units:
        return None
    return "DAY", days.weekday_in_week(one(tokens, _WD), SHIFT[which(tokens)])


def weekday_and_week(tokens: Sequence[Token], frame: Frame) -> Built:
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


def weekdays_from_now(tokens: Sequence[Token], frame: Frame) -> Built:
    """three Fridays from now."""
    wanted = one(tokens, _WD)
    if wanted is None:
        wanted = one(tokens, CHAR["WDS"])[0]
    count = one(tokens, _NUM)
    if not isinstance(count, int) or not 1 <= count <= 60:
        return None
    return "DAY", days.weekday(wanted, weeks=count - 1)


def weekday_in_weeks(tokens: Sequence[Token], frame: Frame) -> Built:
    """French "lundi en huit", "mercredi en quinze": one or two weeks on."""
    number = one(tokens, _NUM)
    if frame.lang != "fr" or number not in (8, 15):
        return None
    return "DAY", days.weekday(one(tokens, _WD), "this", weeks=1 if number == 8 else 2)


def day_and_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """German "heute in einer Woche"."""
    amount: Length = one(tokens, _LEN)
    start = one(tokens, _REL)
    if not isinstance(start, int) or not amount.whole_days:
        return None
    return "DAY", days.offset(amount.months, amount.days, days.relative_day(start))


def weeks_on(tokens: Sequence[Token], frame: Frame) -> Built:
    """British "a week tomorrow", "three weeks today", "tomorrow week"."""
    start, amount = one(tokens, _REL), one(tokens, _LEN)
    unit = amount.unit if amount is not None else one(tokens, _UNIT)
    if not isinstance(start, int) or start < 0 or unit not in ("week", "fortnight") or frame.lang != "en":
        return None
    size = amount.days if amount is not None else 7 if unit == "week" else 14
    return "DAY", days.offset(0, size, days.relative_day(start))


def day_next_week(tokens: Sequence[Token], frame: Frame) -> Built:
    """this day next week, the same day next week."""
    units = [t.val for t in tokens if t.cls == _UNIT]
    said = one(tokens, _REL)
    if units[-1] != "week" or (units[0] != "day" if said is None else said != "thatday"):
        return None
    base = frame.anchor[0].date() if frame.anchor and said else frame.today
    on = days.add_days(base, 7)
    return "DAY", days.calendar_day(on.month, on.day, on.year)


def relative(tokens: Sequence[Token], frame: Frame) -> Built:
    val = one(tokens, _REL)
    if isinstance(val, int):
        return "DAY", days.relative_day(val)
    if val == "nextday":
        if frame.anchor:
            day = days.add_days(frame.anchor[0].date(), 1)
            return "DAY", days.calendar_day(day.month, day.day, day.year)
        return "DAY", replace(days.relative_day(1), follows=True)
    if val == "dayafternext":
        return "DAY", days.relative_day(2)
    if val == "thatday" and frame.anchor:
        day = frame.anchor[0].date()
        return "DAY", days.calendar_day(day.month, day.day, day.year)
    return None


def relative_checked(tokens: Sequence[Token], frame: Frame) -> Built:
    """tomorrow Tuesday: said twice."""
    val, wanted = one(tokens, _REL), one(tokens, _WD)
    if not isinstance(val, int):
        return None
    day = days.add_days(frame.today, val)
    return "DAY", days.calendar_day(day.month, day.day, day.year, wanted)


def weekday_from_base(tokens: Sequence[Token], frame: Frame) -> Built:
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
    if not 1 <= n <= 12:
        return None
    return "DAY", days.weekday_from(wanted, parts[1], sign * n)


def weekday_in(tokens: Sequence[Token], frame: Frame) -> Built:
    """Monday of the week of the 18th; Friday in two weeks."""
    parts = [t.val for t in tokens if t.cls == _DAY]
    wanted = parts[0].weekday
    if len(parts) != 2 or wanted is None or parts[0].relative or parts[0].day is not None:
        return None
    if parts[1].grain in ("week",):
        return "DAY", periods.weekday_within(wanted, parts[1])
    if parts[1].offset:
        return "DAY", periods.weekday_within(wanted, periods.week_of(parts[1]))
    return None
