"""Times counted from somewhere: "in 3 days", "an hour later", "2 days before Christmas", "same time next week"."""

from collections.abc import Sequence

from bot.when import calendar_days as days
from bot.when.clock import Clock, settle
from bot.when.frame import Frame
from bot.when.grammar import Built
from bot.when.length import Length, length
from bot.when.matched import inner_day, one
from bot.when.tokens import CHAR, Token

_LEN, _NEXT, _NUM, _UNIT = (CHAR[n] for n in ["LEN", "NEXT", "NUM", "UNIT"])


def one_unit_from_now(tokens: Sequence[Token], frame: Frame) -> Built:
    """fortnight from now, week from now."""
    unit = one(tokens, _UNIT)
    return in_length([Token(_LEN, length(1, unit), 0, 0, ""), *tokens[1:]], frame)


def within_one(tokens: Sequence[Token], frame: Frame) -> Built:
    """within the hour, in the next week."""
    unit = one(tokens, _UNIT)
    if tokens[-2].cls == _NEXT and unit not in ("hour", "minute", "second"):
        return None
    return "OFFSET", (1, length(1, unit), "within")


def until_from_now(tokens: Sequence[Token], frame: Frame) -> Built:
    """between now and ...: the second end follows."""
    return "UNTIL", "now"


_STARTING = ("start", "begin", "commenc", "effective", "as of", "since", "comenz", "empez", "beginnend")


def from_base(tokens: Sequence[Token], frame: Frame) -> Built:
    """3 days after January 12th, a week from tomorrow, two days before Christmas."""
    amount: Length = one(tokens, _LEN)
    base = inner_day(tokens)
    sign = -1 if any(t.cls in (CHAR["BEFORE"], CHAR["AGO"]) for t in tokens) else 1
    if any(t.cls == CHAR["FROM"] and t.low.startswith(_STARTING) for t in tokens):
        return None  # "3 days starting Monday"
    if amount.unit == "workday":
        return "DAY", days.workdays_from(sign * int(amount.count), base)
    if not amount.whole_days:
        return None
    return "DAY", days.offset(sign * amount.months, sign * amount.days, base)


def in_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """in 3 days, 2 weeks from now, a month later, 5 days ago."""
    amount: Length = one(tokens, _LEN)
    sign = -1 if any(t.cls == CHAR["AGO"] for t in tokens) else 1
    if frame.lang == "en" and frame.anchor is None and any(t.cls == CHAR["AGO"] and t.val == 2 for t in tokens):
        return "OFFSET", (-1, amount, "missing")  # "an hour earlier" than what?
    later = any(t.cls in (CHAR["LATER"], CHAR["AGO"]) for t in tokens) and frame.anchor is not None
    if later or not amount.whole_days:
        return "OFFSET", (sign, amount, "anchor" if later else "now")
    if amount.unit == "workday":
        return "DAY", days.workdays_from(sign * int(amount.count), None)
    day = days.offset(sign * amount.months, sign * amount.days, None)
    return "DAY", day


def ago_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """il y a 3 jours, vor 2 Wochen, hace una hora."""
    if tokens[0].cls == CHAR["BEFORE"] and frame.lang != "de":
        return None
    if tokens[0].cls == CHAR["AGO"] and frame.lang == "en":
        return None
    return in_length([Token(CHAR["AGO"], 1, 0, 0, ""), *tokens[1:]], frame)


def over_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """Dutch "over 5 minuten": in 5 minutes."""
    return in_length(tokens[1:], frame) if frame.lang == "nl" else None


def after_length(tokens: Sequence[Token], frame: Frame) -> Built:
    """after 5 days: from then on."""
    return "OFFSET", (1, one(tokens, _LEN), "now")


def within(tokens: Sequence[Token], frame: Frame) -> Built:
    amount: Length = one(tokens, _LEN)
    return "OFFSET", (1, amount, "within")


def bare_in(tokens: Sequence[Token], frame: Frame) -> Built:
    """in 15 (minutes)."""
    number = one(tokens, _NUM)
    if not isinstance(number, int) or number not in (5, 10, 15, 20, 25, 30, 45, 60, 90):
        return None
    return "OFFSET", (1, length(number, "minute"), "now")


def now_plus(tokens: Sequence[Token], frame: Frame) -> Built:
    amount: Length = one(tokens, _LEN)
    if not amount.whole_days:
        return "OFFSET", (1, amount, "now")
    return "DAY", days.offset(amount.months, amount.days, None)


def same_next(tokens: Sequence[Token], frame: Frame) -> Built:
    """same time next week: so many weeks after the anchor."""
    if frame.anchor is None or inner_day(tokens).grain != "week":
        return None
    weeks = (inner_day(tokens).find(frame, None).start - days.monday_of(frame.today)).days // 7
    return "OFFSET", (1, length(weeks, "week"), "anchor")


def this_next(tokens: Sequence[Token], frame: Frame) -> Built:
    """this time next week: so many weeks from now."""
    if inner_day(tokens).grain != "week":
        return None
    weeks = (inner_day(tokens).find(frame, None).start - days.monday_of(frame.today)).days // 7
    return "OFFSET", (1, length(weeks, "week"), "now")


def this_clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """this time tomorrow: the clock as it is."""
    return "CLOCK", Clock(frame.now.hour, frame.now.minute, sure=True)


def around_anchor(tokens: Sequence[Token], frame: Frame) -> Built:
    """2 days before, the day after: around the anchor."""
    if frame.anchor is None:
        return None
    amount = one(tokens, _LEN) or length(1, one(tokens, _UNIT))
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    return "OFFSET", (sign, amount, "anchor")


def days_around_anchor(tokens: Sequence[Token], frame: Frame) -> Built:
    """the day before at 3: the day is counted from the meeting, the time is said."""
    amount: Length = one(tokens, _LEN) or length(1, one(tokens, _UNIT))
    if frame.anchor is None or not amount.whole_days:
        return None
    sign = -1 if any(t.cls == CHAR["BEFORE"] for t in tokens) else 1
    at = frame.anchor[0].date()
    base = days.calendar_day(at.month, at.day, at.year)
    return "DAY", days.offset(sign * amount.months, sign * amount.days, base)


_SHIFTING = frozenset(["back", "up", "forward", "out", "ahead"])


_THEM = frozenset(("it", "this", "that", "things"))
_SOONER = frozenset(["forward", "up", "earlier", "ahead"])


def moved_by(tokens: Sequence[Token], frame: Frame) -> Built:
    """push it back by an hour, move it up 30 minutes."""
    if not frame.moving:
        return None
    put_off = tokens[0].low in _THEM and frame.moving[0] in ("delay", "postpone", "push")
    if tokens[0].cls != CHAR["BY"] and tokens[0].low not in _SHIFTING and not put_off:
        return None
    sign = -1 if any(w in _SOONER for w in frame.moving) else 1
    return "OFFSET", (sign, one(tokens, _LEN), "anchor" if frame.anchor else "missing")


def same_time(tokens: Sequence[Token], frame: Frame) -> Built:
    """same time next week: the anchor's clock on another day."""
    if frame.anchor is None:
        return None
    at = frame.anchor[0]
    return "CLOCK", Clock(at.hour, at.minute, at.second, sure=True)


def clock_offset(tokens: Sequence[Token], frame: Frame) -> Built:
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
