"""How clock times and hour ranges are written."""

from collections.abc import Sequence
from dataclasses import replace

from bot.when.clock import PARTS, Clock, settle
from bot.when.frame import Frame
from bot.when.grammar import Builder, Built
from bot.when.tokens import CHAR, Token, chars

_NUM, _CLK, _DOT, _AMPM, _CLOCK, _NOON, _YEAR, _HALF, _QTR, _UNIT, _OCLK = chars(
    "NUM CLK DOT AMPM CLOCK NOON YEAR HALF QTR UNIT OCLK"
)


def of_token(token: Token, half: str = "") -> Clock | None:
    """The clock time a single token stands for, None if it cannot be one."""
    cls, val = token.cls, token.val
    if cls == _CLOCK:
        clock: Clock = val
        return clock
    if cls == _NUM:
        if isinstance(val, float):
            return None
        if token.low.isdigit() and len(token.low) >= 3:
            hour, minute = divmod(val, 100)
            if hour > 24 or minute > 59:
                return None
            return Clock(hour, minute, half=half, sure=not half and (hour > 12 or hour == 0 or token.low[0] == "0"))
        if val > 24:
            return None
        return Clock(val, half="" if val > 12 else half, sure=val > 12 or val == 0)
    if cls == _CLK:
        hour, minute, second, width = val
        if hour > 12 or hour == 0 or (width == 2 and hour < 10 and not half):
            return Clock(hour, minute, second, sure=True)
        return Clock(hour, minute, second, half)
    if cls == _DOT:
        hour, minute, digits = val
        if hour > 24 or minute > 59 or len(digits) != 2:
            return None
        return Clock(hour, minute, half=half if hour <= 12 else "", sure=hour > 12 or hour == 0)
    if cls == _YEAR:
        hour, minute = divmod(val, 100)
        return Clock(hour, minute, sure=True) if hour < 24 and minute < 60 else None
    if cls == _NOON:
        return Clock(12 if val == 12 else 24, sure=True)
    return None


def _first(tokens: Sequence[Token], *classes: str) -> Token | None:
    return next((t for t in tokens if t.cls in classes), None)


def plain_clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """A number or literal, perhaps with am or pm."""
    meridiem = _first(tokens, _AMPM)
    if any(t.cls == CHAR["COMMA"] and t.low != ":" for t in tokens):
        return None
    number = next(t for t in tokens if t.cls in (_NUM, _CLK, _DOT, _YEAR, _NOON))
    clock = of_token(number, meridiem.val if meridiem else "")
    if clock and frame.lang != "en" and (number.cls != _NUM or any(t.low == "h" for t in tokens)):
        clock = replace(clock, plain=True)
    if clock and frame.lang not in ("en", "ja", "zh") and clock.hour == 7:
        clock = replace(clock, plain=True)  # "7 Uhr" is in the morning, the evening is "19 Uhr"
    return ("CLOCK", clock) if clock else None


def two_numbers(tokens: Sequence[Token], frame: Frame) -> Built:
    """Hour and minutes as two numbers: "ten thirty am", "at seven twenty-seven", "nine oh five"."""
    numbers = [t for t in tokens if t.cls == _NUM]
    hour, minute = numbers[0].val, numbers[1].val
    if len(numbers) == 3:
        minute = numbers[2].val
        if numbers[1].val != 0 or minute > 9:
            return None
    if isinstance(hour, float) or isinstance(minute, float) or not (1 <= hour <= 24 and 0 <= minute < 60):
        return None
    if minute < 10 and len(numbers) == 2:
        return None
    unit = _first(tokens, _UNIT)
    if unit is not None and unit.val != "minute":
        return None
    meridiem = _first(tokens, _AMPM)
    return "CLOCK", Clock(hour, minute, half=meridiem.val if meridiem and hour <= 12 else "", sure=hour > 12)


def _minutes(tokens: Sequence[Token]) -> int | None:
    """The minutes before "past" or "to"; without the word "minutes" only numbers people say there."""
    said = False
    for t in tokens:
        if t.cls == _UNIT:
            if t.val != "minute":
                return None
            said = True
    for t in tokens:
        if t.cls == _HALF:
            return 30
        if t.cls == _QTR:
            return 15
        if t.cls == CHAR["LENW"]:
            minutes: int = t.val
            return minutes
        if t.cls == _NUM and isinstance(t.val, int):
            return t.val if 1 <= t.val <= 59 and (said or t.val in (5, 10, 15, 20, 25)) else None
    return None


def _hour_after(tokens: Sequence[Token], at: int) -> Clock | None:
    meridiem = _first(tokens[at:], _AMPM)
    hour = next((t for t in tokens[at:] if t.cls in (_NUM, _CLOCK, _NOON, _CLK)), None)
    clock = of_token(hour, meridiem.val if meridiem else "") if hour else None
    return clock if clock and clock.minute == 0 else None


def _relation(tokens: Sequence[Token]) -> int:
    words = (CHAR["PAST"], CHAR["AFTER"], CHAR["TO"], CHAR["BEFORE"], CHAR["UNTIL"])
    return next(i for i, t in enumerate(tokens) if t.cls in words)


def past_hour(tokens: Sequence[Token], frame: Frame) -> Built:
    """half past 3, 20 minutes past 3pm, ten after four."""
    at = _relation(tokens)
    minutes, clock = _minutes(tokens[:at]), _hour_after(tokens, at + 1)
    if minutes is None or clock is None:
        return None
    return "CLOCK", Clock(clock.hour, minutes, half=clock.half, sure=clock.sure)


def to_hour(tokens: Sequence[Token], frame: Frame) -> Built:
    """quarter to five, 15 to noon."""
    at = _relation(tokens)
    minutes, clock = _minutes(tokens[:at]), _hour_after(tokens, at + 1)
    if minutes is None or clock is None or clock.hour == 0 or (clock.hour > 12 and not clock.sure):
        return None
    number = next((t for t in tokens[:at] if t.cls == _NUM), None)
    if number is not None and number.low.isdigit() and at == 1:
        followed = tokens[at + 1]
        if number.val <= 12 or followed.val == 0 or (followed.cls == _NUM and followed.val > 12):
            return None  # "5 to 7" is a range
    hour, half = clock.hour - 1, clock.half
    if hour < 0:
        hour = 23
    if clock.half and clock.hour == 12:
        half = "am" if clock.half == "pm" else "pm"
    if hour == 0 and not clock.sure:
        hour = 12
    return "CLOCK", Clock(hour, 60 - minutes, half=half, sure=clock.sure)


def half_hour(tokens: Sequence[Token], frame: Frame) -> Built:
    """British "half three": half past three."""
    clock = _hour_after(tokens, 1)
    return ("CLOCK", Clock(clock.hour, 30, half=clock.half, sure=clock.sure)) if clock else None


def h_clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """15h30, 15h, 9h."""
    numbers = [t for t in tokens if t.cls == _NUM]
    unit = next(t for t in tokens if t.cls in (_UNIT, _OCLK))
    if unit.low not in ("h", "hs", "u", "ore", "uhr", "uur", "heures", "heure", "horas", "hora") or isinstance(
        numbers[0].val, float
    ):
        return None
    if unit.low == "h" and unit.start != numbers[0].end and frame.lang == "en":
        return None
    minute = numbers[1].val if len(numbers) > 1 else 0
    if numbers[0].val > 24 or not isinstance(minute, int) or minute > 59:
        return None
    if len(numbers) > 1 and unit.cls == _UNIT and numbers[1].start != unit.end:
        return None
    hour = numbers[0].val
    return "CLOCK", Clock(hour, minute, sure=hour > 12 or hour == 0, plain=unit.low == "h" and frame.lang != "en")


def bare_clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """A number where a clock time is expected."""
    token = next(t for t in tokens if t.cls in (_NUM, _CLK, _DOT, _YEAR))
    if token.cls == _NUM and (token.val == 0 and not token.low.startswith("0")):
        return None
    clock = of_token(token)
    return ("CLOCK", clock) if clock else None


def asked_hour(tokens: Sequence[Token], frame: Frame) -> Built:
    """ "3?" and nothing else: an hour somebody proposes; without the question mark it may count anything."""
    number, stop = tokens
    if not stop.low.startswith("?") or not isinstance(number.val, int) or not 1 <= number.val <= 12:
        return None
    return bare_clock(tokens[:1], frame)


def asked_hour_of_day(tokens: Sequence[Token], frame: Frame) -> Built:
    """ "Tuesday 3" at the end of a sentence, where the 3rd is no Tuesday."""
    number = tokens[0].val
    return bare_clock(tokens, frame) if isinstance(number, int) and 1 <= number <= 12 else None


def bare_plain_clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """15.15 alone, where points stand between hours and minutes."""
    clock = of_token(tokens[0])
    return ("CLOCK", replace(clock, plain=True)) if clock else None


def noon_clock(tokens: Sequence[Token], frame: Frame) -> Built:
    """noon, 12 noon; "10 midday" is two things."""
    if tokens[0].cls == _NUM and tokens[0].val != 12:
        return None
    clock = of_token(tokens[-1])
    return ("CLOCK", clock) if clock else None


def in_half(tokens: Sequence[Token], frame: Frame) -> Built:
    """3 in the AM."""
    clock = of_token(tokens[0], next(t for t in tokens if t.cls == _AMPM).val)
    return ("CLOCK", clock) if clock else None


def hour_and(tokens: Sequence[Token], frame: Frame) -> Built:
    """The hour first, then what is past it: "tres y media", "sette meno un quarto", "drei Uhr fünfzehn"."""
    meridiem = _first(tokens, _AMPM)
    hour = next(t for t in tokens if t.cls in (_NUM, _NOON, _CLOCK, _CLK))
    at = tokens.index(hour)
    clock = of_token(hour, meridiem.val if meridiem else "")
    if clock is None or clock.minute:
        return None
    minutes: int | None = None
    for t in tokens[at + 1 :]:
        if t.cls == _HALF:
            minutes = 30
        elif t.cls == _QTR:
            minutes = 45 if minutes == 3 else 15
        elif t.cls == CHAR["LENW"] or (t.cls == _NUM and isinstance(t.val, int)):
            minutes = t.val
    if minutes is None or not 0 <= minutes < 60:
        return None
    if any(t.cls == CHAR["MINUS"] for t in tokens):
        total = (clock.hour * 60 - minutes) % (24 * 60)
        back = total // 60 or (12 if not clock.sure else 0)
        return "CLOCK", Clock(back, total % 60, half=clock.half, sure=clock.sure)
    return "CLOCK", Clock(clock.hour, minutes, half=clock.half, sure=clock.sure)


def half_before(tokens: Sequence[Token], frame: Frame) -> Built:
    """German and Dutch "halb drei": half an hour before three; "fünf vor halb drei" as well."""
    clock = _hour_after(tokens, next(i for i, t in enumerate(tokens) if t.cls == _HALF) + 1)
    if clock is None or clock.hour == 0:
        return None
    shift = -30
    number = tokens[0]
    if number.cls == _NUM:
        if not isinstance(number.val, int) or number.val > 15:
            return None
        shift += -number.val if tokens[1].cls in (CHAR["BEFORE"],) else number.val
    hour, minute = divmod(clock.hour * 60 + shift, 60)
    return "CLOCK", Clock(hour or 12, minute, half=clock.half, sure=clock.sure)


def quarter_on(tokens: Sequence[Token], frame: Frame) -> Built:
    """German "dreiviertel vier" (3:45) and "viertel vier" (3:15): quarters of the hour that is running."""
    clock = of_token(tokens[1])
    if clock is None or clock.minute or not clock.hour:
        return None
    return "CLOCK", Clock(clock.hour - 1 or 12, 15 * tokens[0].val, sure=clock.sure)


def quarter_before(tokens: Sequence[Token], frame: Frame) -> Built:
    """Italian "un quarto alle tre", "un quarto a mezzogiorno", American "quarter of three": a quarter to."""
    clock = _hour_after(tokens, next(i for i, t in enumerate(tokens) if t.cls == _QTR) + 1)
    if clock is None or not clock.hour or clock.minute:
        return None
    return "CLOCK", Clock(clock.hour - 1 or 12, 45, half=clock.half, sure=clock.sure)


def minutes_for(tokens: Sequence[Token], frame: Frame) -> Built:
    """Portuguese "quinze para as cinco": a quarter to five."""
    minutes, clock = _minutes(tokens[:1]), of_token(tokens[-1])
    if minutes is None or clock is None or not clock.hour:
        return None
    return "CLOCK", Clock(clock.hour - 1 or 12, 60 - minutes, sure=clock.sure)


def by_language(first: str, yes: Builder, no: Builder | None = None) -> Builder:
    """One builder for some languages (their codes, separated by spaces), another or none for the rest."""
    langs = frozenset(first.split())

    def build(tokens: Sequence[Token], frame: Frame) -> Built:
        if frame.lang in langs:
            return yes(tokens, frame)
        return no(tokens, frame) if no else None

    return build


def parted_range(tokens: Sequence[Token], frame: Frame) -> Built:
    """from 9 in the morning until 3 in the afternoon: each end with its own part of the day."""
    ends: list[Clock] = []
    for i, token in enumerate(tokens):
        if token.cls != _CLOCK:
            continue
        part = next((t.val for t in tokens[i + 1 :] if t.cls in (_CLOCK, CHAR["PART"])), "")
        minutes, _ = settle(token.val, part if isinstance(part, str) else "")
        ends.append(Clock(minutes // 60, minutes % 60, sure=True))
    return "HOURS", (ends[0], ends[1])


def part_to_hour(tokens: Sequence[Token], frame: Frame) -> Built:
    """between lunch and 4: lunch is over at one."""
    part = next(t.val for t in tokens if t.cls == CHAR["PART"])
    last = of_token(tokens[-1])
    start = 13 * 60 if part == "lunch" else PARTS[part].start
    return ("HOURS", (Clock(start // 60, start % 60, sure=True), last)) if last else None


_AT = CHAR["AT"]
_JOINERS = frozenset(chars("TO DASH UNTIL AND OR"))


def hour_range(tokens: Sequence[Token], frame: Frame) -> Built:
    """9-11, from 2 to 4; in other languages "alle 9 alle 11" as well, in English "for two at 1:30" are two things."""
    if frame.lang == "en" and any(t.cls == _AT for t in tokens[1:]) and not any(t.cls in _JOINERS for t in tokens):
        return None
    ends: list[Clock] = []
    for token in tokens:
        if token.cls in (_NUM, _CLK, _DOT, _CLOCK, _YEAR):
            clock = of_token(token)
            if clock is None:
                return None
            ends.append(clock)
    return "HOURS", (ends[0], ends[1])


def shared_half(tokens: Sequence[Token], frame: Frame) -> Built:
    clock = of_token(tokens[0])
    return ("CLOCK", clock) if clock else None


def moved_to(tokens: Sequence[Token], frame: Frame) -> Built:
    token = next(t for t in tokens if t.cls in (_NUM, _DOT))
    clock = of_token(token)
    return ("CLOCK", clock) if clock and clock.hour else None
