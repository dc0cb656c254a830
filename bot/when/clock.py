"""Clock times and hours of a day, and the rule for hours without am or pm."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.when.reading import Assumption, Problem

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said. `half` is "am" or "pm" where that was said, `sure` when the hour is settled anyway
    (13:00, 08:00, noon). Hour 24 is the midnight that ends the day."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    sure: bool = False
    plain: bool = False  # written in a 24-hour manner ("5h"): no afternoon is assumed

    @property
    def open_half(self) -> bool:
        """Whether am or pm is still to be decided."""
        return not self.sure and not self.half and 1 <= self.hour <= 12


class Part(NamedTuple):
    """A named part of the day, from minute `start` to minute `end` after midnight."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day in minutes after midnight; a missing side is open. `moment`: a clock time, not a range.

    `seconds` refines the start. `part` names the day part it came from.
    """

    start: int | None
    end: int | None
    moment: bool = False
    seconds: int = 0
    part: str = ""
    assumed: tuple[Assumption, ...] = ()
    others: tuple[int, ...] = ()  # other readings of the start
    problem: Problem | None = None


def _part(name: str, start: float, end: float) -> Part:
    return Part(name, int(start * 60), int(end * 60))


PARTS: dict[str, Part] = {
    p.name: p
    for p in (
        _part("earlymorning", 6, 9),
        _part("breakfast", 7, 9),
        _part("morning", 8, 12),
        _part("midmorning", 9, 11),
        _part("latemorning", 10, 12),
        _part("lunch", 12, 14),
        _part("afterlunch", 13, 17),
        _part("earlyafternoon", 12, 15),
        _part("afternoon", 12, 17),
        _part("tarde", 14, 20),
        _part("earlytarde", 14, 16),
        _part("latetarde", 18, 20),
        _part("midafternoon", 14, 16),
        _part("lateafternoon", 15, 18),
        _part("earlyevening", 17, 19),
        _part("evening", 17, 21),
        _part("lateevening", 20, 23),
        _part("dinner", 18, 20),
        _part("night", 20, 24),
        _part("latenight", 21, 24),
        _part("earlyday", 8, 10),
        _part("lateday", 15, 18),
        _part("business", 9, 17),
        _part("midday", 11, 14),
        _part("dawn", 4, 8),
        _part("noonish", 11, 13),
        _part("tonightlate", 20, 24),
    )
}
_EVENINGS = frozenset(("earlyevening", "evening", "lateevening", "dinner", "night", "latenight"))
_AFTERNOONS = frozenset(
    ("tarde", "earlytarde", "latetarde", "lunch", "afterlunch", "earlyafternoon", "afternoon", "midafternoon",
     "lateafternoon", "lateday", "midday", "noonish")
)  # fmt: skip
_MORNINGS = frozenset(("earlymorning", "earlyday", "breakfast", "morning", "midmorning", "latemorning", "dawn"))


def settle(clock: Clock, part: str = "") -> tuple[int, Assumption | None]:
    """Minutes after midnight of a clock time, and what was assumed for it.

    A bare hour from 1 to 7 is in the afternoon, 8 to 11 in the morning, 12 noon; a day part said with it decides
    instead ("evening 7:15", "12 at night" is the midnight that ends the day).
    """
    hour, minute = clock.hour, clock.minute
    if clock.half == "pm":
        return (hour + 12 if hour < 12 else hour) * 60 + minute, None
    if clock.half == "am":
        return (0 if hour == 12 else hour) * 60 + minute, None
    if not clock.open_half:
        return hour * 60 + minute, None
    if part in _MORNINGS:
        return hour % 24 * 60 + minute, None
    if part in _AFTERNOONS:
        if part in ("lunch", "midday", "noonish") and hour in (10, 11):
            return hour * 60 + minute, None
        return (hour if hour == 12 else hour + 12) * 60 + minute, None
    if part in _EVENINGS:
        if hour == 12:
            return DAY_MINUTES + minute, None
        if hour < (5 if part in ("night", "latenight") else 4):
            return hour * 60 + minute, None
        return (hour + 12) * 60 + minute, None
    if clock.plain:
        return hour * 60 + minute, None
    if hour <= 7:
        return (hour + 12) * 60 + minute, Assumption("pm", f"{hour}:{minute:02d} PM")
    if hour < 12:
        return hour * 60 + minute, Assumption("am", f"{hour}:{minute:02d} AM")
    return hour * 60 + minute, None


def moment(clock: Clock, part: str = "") -> Hours:
    """The hours of a single clock time."""
    minutes, assumed = settle(clock, part)
    others: tuple[int, ...] = ()
    if assumed is not None:
        others = ((minutes + 12 * 60) % DAY_MINUTES,)
    return Hours(minutes, None, True, clock.second, part, (assumed,) if assumed else (), others)


def span(first: Clock, last: Clock, part: str = "") -> Hours:
    """The hours from one clock time to another; a half day said once holds for both where that makes sense.

    "3-4pm" is 15 to 16, "11-1pm" 11 to 13, "1am-3" 1 to 3, "9-5" 9 to 17. An end before the start is on the next day.
    """
    if first.open_half and last.half:
        end, _ = settle(last)
        begin, guess = settle(replace(first, half=last.half))
        if begin >= end:
            begin, guess = settle(replace(first, half="am" if last.half == "pm" else "pm"))
        return Hours(begin, end if end > begin else end + DAY_MINUTES, assumed=(guess,) if guess else (), part=part)
    begin, guess = settle(first, part)
    if last.open_half and not (guess and part):
        hour = last.hour % 12 * 60 + last.minute
        end = next(e for e in (hour, hour + 720, hour + 1440, hour + 2160) if e > begin)
        if first.open_half and last.half == "" and not part and guess and guess.code == "am" and last.hour == 12:
            end = 720 + last.minute
    else:
        end, _ = settle(last, part)
    if first.open_half and not part and last.sure and not last.half and guess and guess.code == "pm" and end <= begin:
        begin, guess = begin - 720, None
    if guess and guess.code == "am" and last.sure and last.hour > 12 and not part:
        guess = None  # "8:30-16:30": the end is written in a 24-hour manner, so is the start
    problem = None
    if end <= begin:
        end += DAY_MINUTES
        if not (begin >= 15 * 60 and end - begin <= 14 * 60):  # nights are long, but not that long
            said = f"{last.hour}:{last.minute:02d} {last.half}".strip()
            problem = Problem(
                "end-before-start", f"{said} is before {first.hour}:{first.minute:02d} {first.half}".strip() + "."
            )
    others = ((begin + 720) % DAY_MINUTES,) if guess else ()
    return Hours(begin, end, assumed=(guess,) if guess else (), part=part, others=others, problem=problem)


def of_part(part: Part) -> Hours:
    """The hours of a day part."""
    return Hours(part.start, part.end, part=part.name)
