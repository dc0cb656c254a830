"""From words about time to stretches in which to look for a slot."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytz

from bot.scheduling.asker import Asker
from bot.scheduling.cards import OtherReading
from bot.scheduling.draft import Draft, Span
from bot.scheduling.errors import Refusal
from bot.scheduling.wording import DAY, listed, local, when
from bot.when import Kind, Reading, Recurrence, Role, Window, read

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC."""

HORIZON = timedelta(days=14)
"""How far to look when only one side, or nothing, was said."""

SOON = timedelta(hours=2)
"""How far "now" reaches."""

_TELLING = {"nearest", "next-year", "month-first", "day-first", "host-zone", "typo", "vague-number", "next-month"}
"""Assumptions worth telling; "3 means 3 PM" shows in the answer itself."""

_NO_TIME = {"unknown-day", "impossible-date", "impossible-time", "gap", "fold", "end-before-start"}
"""Problems of a time that cannot be, rather than of words that could mean several."""


class NoSuchTime(Refusal):
    """The words name a time that cannot be: 31 April, a gap hour, yesterday.

    `reason` says so in a sentence, `near` is the moment around which others may do, `minutes` a length said with it.
    """

    def __init__(self, reason: str, near: datetime, minutes: int | None) -> None:
        self.reason = reason
        self.near = near
        self.minutes = minutes
        super().__init__(reason if reason.endswith("?") else f"{reason} When would suit instead?")


@dataclass(frozen=True)
class Timing:
    """What the words came to.

    `spans` empty: nothing was said about when. `minutes` is a length that was said among the words. `soonest`: as
    soon as possible.
    """

    spans: tuple[Span, ...] = ()
    preferred: tuple[Span, ...] = ()
    minutes: int | None = None
    understood: tuple[str, ...] = ()
    readings: tuple[OtherReading, ...] = ()
    reading_spans: tuple[tuple[str, Span], ...] = ()
    soonest: bool = False
    repeating: bool = False
    repeat_count: int | None = None


_COMING = re.compile(
    r"(?<!within )(?<!within the )\b(?:(?:in|over|for|during|of) )?(?:the )?(?:next|coming) "
    r"(?P<count>two|three|four|five|six|couple of|few|\d{1,2}) (?P<unit>weeks|months)\b"
    r"|\b(?:in den |die )?(?:nächsten?|kommenden?) (?P<zahl>zwei|drei|vier|\d{1,2}) wochen\b",
    re.I,
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "zwei": 2, "drei": 3, "vier": 4, "twice": 2,
}  # fmt: skip
_TIMES = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)}) ?(?:x|times|occurrences?|sessions|repetitions|meetings|mal)\b"
    r"(?! (?:a|per|each|every)\b)|\b(?P<twice>twice)\b(?! (?:a|per|each|every)\b)",
    re.I,
)
_PERIODS = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>days|weeks|months|years|wochen|monate)\b(?! from| later)",
    re.I,
)
_UNIT_OF = {"daily": ("days",), "weekly": ("weeks", "wochen"), "monthly": ("months", "monate"), "yearly": ("years",)}


def from_now_on(words: str) -> str:
    """The words with several weeks to come counted from now, not from Monday: who asks for the next two weeks of
    meetings wants the one on Wednesday, too.

    >>> from_now_on("my calls in the next two weeks"), from_now_on("next week")
    ('my calls within the next two weeks', 'next week')
    """
    return _COMING.sub(
        lambda m: (
            f"within the next {_NUMBERS.get(m['zahl'], m['zahl'])} weeks"
            if m["zahl"]
            else f"within the next {m['count']} {m['unit']}"
        ),
        words,
    )


_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_ANY_DAY_BUT = re.compile(
    r"\b(?:any|every|each) (?:other )?(?:week|working )?day,? (?:but|except(?: for)?|other than|apart from|besides)"
    r"(?: on)? "
    rf"(?P<days>{_WEEKDAY}(?:(?:,| and| or|, and|, or) {_WEEKDAY})*),? (?P<clock>at \d\S*(?: ?[ap]\.?m\b)?)",
    re.I,
)
_YEAR_FIRST = re.compile(
    r"\bin (?P<year>20\d\d),? (?P<on>on )?(?P<day>(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9}"
    r"|[a-z]{3,9} (?:the )?\d{1,2}(?:st|nd|rd|th)?))\b",
    re.I,
)


def reordered(words: str) -> str:
    """Words in the order in which they are read: a clock time behind an exception is that of all the other days, a
    year in front of a date is the date's.

    >>> reordered("any day but Tuesday at 2pm"), reordered("in 2031 on march 3 at 2pm")
    ('this week or next week at 2pm but not Tuesday', 'on march 3 2031 at 2pm')
    """
    words = _ANY_DAY_BUT.sub(lambda m: f"this week or next week {m['clock']} but not {m['days']}", words)
    return _YEAR_FIRST.sub(lambda m: f"{m['on'] or ''}{m['day']} {m['year']}", words)


def repetitions(words: str, every: Recurrence | None) -> int | None:
    """How many times something repeated shall take place, where the words count the times or the periods.

    >>> repetitions("weekly on Tuesday, 3 times", None), repetitions("tuesdays at 3pm", None)
    (3, None)
    """
    if every is not None and every.count:
        return every.count
    found = _TIMES.search(words)
    if found is not None:
        said = (found["count"] or found["twice"]).lower()
        return _NUMBERS.get(said) or int(said) or None
    for period in _PERIODS.finditer(words) if every is not None else ():
        said, unit = period["count"].lower(), period["unit"].lower()
        if every and unit in _UNIT_OF.get(every.freq, ()) and not re.search(r"every $", words[: period.start()], re.I):
            count = _NUMBERS.get(said) or int(said)
            return -(-count // every.interval) or None
    return None


def time_words(
    words: str, asker: Asker, now: datetime, *, host_zone: str | None = None, anchor: Window | None = None
) -> Reading:
    """`bot.when` with what is known of the asker."""
    return read(from_now_on(reordered(words)), now, asker.zone, locale=asker.locale, host_zone=host_zone, anchor=anchor)


def understand(
    words: str, asker: Asker, now: datetime, *, host_zone: str | None = None, anchor: Window | None = None
) -> Timing:
    """The stretches meant by `words`, none of them over yet.

    Raises `NoSuchTime` where the words name no possible time, `Refusal` where they could mean several.
    """
    if not words.strip():
        return Timing()
    reading = time_words(words, asker, now, host_zone=host_zone, anchor=anchor)
    first_of_series, today = _first_of_series(reading, words, asker, now)
    spans = first_of_series or tuple(s for w in reading.windows if (s := _span(w, now)))
    if not spans and reading.first and reading.first.kind is Kind.TIME:
        # "at 9" said at nine means the next one; only the minute that runs has to be over for that.
        reading = time_words(words, asker, now + timedelta(minutes=1), host_zone=host_zone, anchor=anchor)
        spans = tuple(s for w in reading.windows if (s := _span(w, now)))
    minutes = round(reading.duration.total_seconds() / 60) if reading.duration else None
    if not spans:
        problem = reading.problems[0] if reading.problems else None
        meant = [
            s for m in reading.mentions if m.problem for s in (m.start, *(w.start for w in m.others)) if s and s > now
        ]
        near = meant[0].astimezone(UTC) if meant else now
        if problem and problem.code in _NO_TIME:
            raise NoSuchTime(problem.sentence, near, minutes)
        if problem and problem.code != "past" and meant:
            either = listed([when(s, asker.zone, asker.locale) for s in sorted(meant)], "or")
            raise NoSuchTime(f"{problem.sentence} Did you mean {either}?", near, minutes)
        if problem and problem.code != "past":
            raise Refusal(problem.sentence)
        if problem or reading.windows:
            raise NoSuchTime(f"“{words.strip()[:80]}” is in the past.", now, minutes)
        if any(m.role is Role.EXCEPTION for m in reading.mentions):
            spans = _without(Span(now, now + HORIZON), [w for w in reading.excluded if w.start and w.end])
    first = reading.first
    others = [
        (f"r{index}", span)
        for index, window in enumerate(first.others[:3] if first and _doubtful(reading) else ())
        if (span := _span(window, now)) and span not in spans
    ]
    others += [("today", span) for span in today]
    recurrence = reading.recurrence
    # What is kept free of needs no telling which day was meant by it.
    assumed = dict.fromkeys(a for m in reading.mentions if m.role is not Role.EXCEPTION for a in m.assumed)
    return Timing(
        spans=spans,
        preferred=tuple(s for w in reading.preferred if (s := _span(w, now))),
        minutes=minutes,
        soonest=_at_once(reading, now),
        understood=tuple(a.sentence for a in assumed if a.code in _TELLING)
        + tuple(f"from the coming {local(span.start, asker.zone):%A} on, not today" for span in today)
        + tuple(p.sentence for p in reading.problems),
        readings=tuple(OtherReading(key, f"{_label(span, asker)} instead") for key, span in others),
        reading_spans=tuple(others),
        repeating=recurrence is not None,
        repeat_count=repetitions(words, recurrence),
    )


def put(draft: Draft, timing: Timing, words: str) -> Draft:
    """The draft with the timing in place of what it knew."""
    return replace(
        draft,
        words=words,
        timed=True,
        spans=timing.spans,
        preferred=timing.preferred,
        understood=timing.understood,
        readings=timing.readings,
        reading_spans=dict(timing.reading_spans),
        minutes=timing.minutes or draft.minutes,
        repeat=timing.repeat_count or draft.repeat,
        soonest=timing.soonest,
        start=None,
        shown=(),
    )


def whole_day(moment: datetime, zone: str) -> Span:
    """The local day of `moment` in `zone`, in UTC."""
    there = local(moment, zone)
    midnight = there.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return Span(in_zone(midnight, zone), in_zone(midnight + DAY, zone))


def in_zone(naive: datetime, zone: str) -> datetime:
    """A wall clock's time in `zone` as an instant in UTC; of two the later."""
    return pytz.timezone(zone).localize(naive, is_dst=False).astimezone(UTC)


_FROM_TODAY = re.compile(r"\b(?:today|tonight|this|heute|aujourd'hui|hoy|oggi|hoje|vandaag)\b|今日|今天", re.I)


def _first_of_series(
    reading: Reading, words: str, asker: Asker, now: datetime
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Of something repeated, the first time it takes place; none if nothing repeats.

    Said on a Monday, "every Monday" begins with the coming one, as "on Monday" means it; the second value is then
    the time today, which may have been meant.
    """
    first = _first_time(reading, asker, now)
    rule = reading.recurrence
    weekly = rule is not None and len(rule.weekdays) == 1
    today = first and local(first[0].start, asker.zone).date() == local(now, asker.zone).date()
    if not weekly or not today or _FROM_TODAY.search(words):
        return first, ()
    later = in_zone(local(first[0].start, asker.zone).replace(tzinfo=None) + 7 * DAY, asker.zone)
    return (Span(later, later, exact=True) if first[0].exact else whole_day(later, asker.zone),), first


def _first_time(reading: Reading, asker: Asker, now: datetime) -> tuple[Span, ...]:
    rule = reading.recurrence
    mention = next((m for m in reading.mentions if m.recurrence and m.start), None)
    if rule is None or mention is None or mention.start is None:
        return ()
    if rule.time is None and not rule.weekdays and rule.monthday is None and rule.nth is None:
        return ()  # "a weekly sync" says how often, not when.
    start = mention.start.astimezone(UTC)
    if rule.freq == "monthly" and rule.weekdays and rule.nth is None:
        # "Monthly, on Thursday": from the coming Thursday on.
        while start <= now or local(start, asker.zone).weekday() not in rule.weekdays:
            start = in_zone(local(start, asker.zone).replace(tzinfo=None) + DAY, asker.zone)
    step = {"daily": DAY, "weekly": 7 * DAY}.get(rule.freq, 28 * DAY)
    while start <= now:
        start = in_zone(local(start, asker.zone).replace(tzinfo=None) + step * rule.interval, asker.zone)
    if rule.time is not None and mention.kind is Kind.RECURRENCE and not mention.end:
        return (Span(start, start, exact=True),)
    return (whole_day(start, asker.zone),)


def _at_once(reading: Reading, now: datetime) -> bool:
    """Whether all that was said is "from now on"."""
    limits = [m for m in reading.mentions if m.kind is not Kind.DURATION and m.role is Role.LIMIT]
    return bool(limits) and all(
        m.kind is Kind.OPEN and m.end is None and m.start is not None and m.start <= now for m in limits
    )


def _doubtful(reading: Reading) -> bool:
    return any(a.code in _TELLING for a in reading.assumed) or any(
        p.code in ("fold", "contradiction", "ambiguous-zone") for p in reading.problems
    )


def _span(window: Window, now: datetime) -> Span | None:
    """A window as a stretch to look in; None when it is over."""
    if window.exact and window.start:
        start = window.start.astimezone(UTC)
        if start in (now, now.replace(microsecond=0)) and start.second:
            return Span(now, now + SOON)  # "now": as soon as can be
        start = start.replace(second=0, microsecond=0)
        return Span(start, start, exact=True) if start > now else None
    start = max(window.start.astimezone(UTC), now) if window.start else now
    end = window.end.astimezone(UTC) if window.end else start + HORIZON
    return Span(start, end) if start < end else None


def _without(span: Span, holes: list[Window]) -> tuple[Span, ...]:
    spans = [span]
    for hole in holes:
        if hole.start is None or hole.end is None:
            continue
        start, end = hole.start.astimezone(UTC), hole.end.astimezone(UTC)
        spans = [
            part
            for s in spans
            for part in (Span(s.start, min(s.end, start)), Span(max(s.start, end), s.end))
            if part.start < part.end
        ]
    return tuple(spans)


def _label(span: Span, asker: Asker) -> str:
    if span.exact:
        return when(span.start, asker.zone, asker.locale)
    there = local(span.start, asker.zone)
    return f"{there:%a} {there.day} {there:%b}"
