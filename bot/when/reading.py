"""What a text says about time: the types that leave this room.

Every datetime here is aware and in the asked zone; every range is half-open (`end` is the first moment outside).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from enum import StrEnum


class Kind(StrEnum):
    """What sort of expression a mention is."""

    INSTANT = "instant"  # a day and a clock time: "Tuesday at 2pm"
    TIME = "time"  # a clock time alone, its next occurrence: "at 3"
    DATE = "date"  # one whole day: "the 9th"
    WINDOW = "window"  # a closed range: "next week", "2-4pm on Friday"
    DAYPART = "daypart"  # "tomorrow morning", "after lunch"
    OPEN = "open"  # one side only: "after 3", "before Friday"
    DURATION = "duration"  # "15min"
    RECURRENCE = "recurrence"  # "every other Monday at 9"


class Role(StrEnum):
    """What the person wants done with a mention."""

    LIMIT = "limit"  # it has to be then
    PREFERENCE = "preference"  # then if possible: "preferably before 11"
    EXCEPTION = "exception"  # not then: "not Friday"
    ORIGIN = "origin"  # names the meeting talked about: "move my 3pm to 4"
    RETRACTED = "retracted"  # taken back in the same breath: "Tuesday, no, Wednesday"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, aware, half-open; a missing side is open.

    `exact` marks a named moment ("2pm"): `start` is it and `end` is None; it is not a range to look in.
    """

    start: datetime | None
    end: datetime | None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the text left unsaid: `code` for programs, `sentence` for people.

    Codes: pm, am, nearest, this-year, next-year, next-day, this-month, next-month, month-first, day-first, part,
    typo, week-start, vague-number, host-zone.
    """

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a mention cannot be taken as it stands.

    Codes: contradiction, impossible-date, impossible-time, gap, fold, past, end-before-start, too-long,
    ambiguous-zone, no-anchor, unknown-day.
    """

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A repetition: every `interval` `freq`, on `weekdays` (0 is Monday), at `time` in the zone."""

    freq: str  # "daily", "weekly", "monthly", "yearly"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    time: time_of_day | None = None
    count: int | None = None
    until: date | None = None  # the last day
    monthday: int | None = None  # of a monthly one: "on the 3rd"
    nth: int | None = None  # of a monthly one: "the last Friday" is nth -1 with its weekday


@dataclass(frozen=True, slots=True)
class Mention:
    """One expression of time.

    `span` runs from the first to the last character; where the parts stand apart ("on Friday can I get Bailey at
    3?") `spans` has the pieces. `windows` are all the stretches it stands for ("mornings next week": five or seven),
    `start` and `end` their outer bounds; of an instant `end` is None unless a duration was said with it.
    `others` are the other readings, best first.
    """

    span: tuple[int, int]
    text: str
    kind: Kind
    role: Role = Role.LIMIT
    start: datetime | None = None
    end: datetime | None = None
    seconds: float | None = None
    recurrence: Recurrence | None = None
    assumed: tuple[Assumption, ...] = ()
    others: tuple[Window, ...] = ()
    problem: Problem | None = None
    zone: str | None = None
    windows: tuple[Window, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that `text` says about time, asked at `now` in `zone`.

    `windows`: the union of all limits, joined where they belong together, minus the exceptions; sorted, disjoint,
    moments (`exact`) kept as moments; a stretch that has begun begins at `now`. When only wishes were said
    (`preferred`), they are those too. Empty when nothing usable was said. `excluded` are the exceptions.
    """

    text: str
    now: datetime
    zone: str
    lang: str
    mentions: tuple[Mention, ...] = ()
    windows: tuple[Window, ...] = ()
    preferred: tuple[Window, ...] = ()
    excluded: tuple[Window, ...] = ()
    duration: timedelta | None = None
    recurrence: Recurrence | None = None
    problems: tuple[Problem, ...] = ()
    assumed: tuple[Assumption, ...] = ()
    first: Mention | None = None
    rest: str = ""
