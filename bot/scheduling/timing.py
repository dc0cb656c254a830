"""From words about time to stretches in which to look for a slot."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytz

from bot.scheduling.asker import Asker
from bot.scheduling.cards import OtherReading
from bot.scheduling.draft import Draft, Span
from bot.scheduling.errors import Refusal
from bot.scheduling.wording import DAY, local, when
from bot.when import Kind, Reading, Role, Window, read

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC."""

HORIZON = timedelta(days=14)
"""How far to look when only one side, or nothing, was said."""

SOON = timedelta(hours=2)
"""How far "now" reaches."""

_TELLING = {"nearest", "next-year", "month-first", "day-first", "host-zone", "typo", "vague-number", "next-month"}
"""Assumptions worth telling; "3 means 3 PM" shows in the answer itself."""

_NO_TIME = {"impossible-date", "impossible-time", "gap", "fold", "end-before-start"}
"""Problems of a time that cannot be, rather than of words that could mean several."""


class NoSuchTime(Refusal):
    """The words name a time that cannot be: 31 April, a gap hour, yesterday.

    `reason` says so in a sentence, `near` is the moment around which others may do, `minutes` a length said with it.
    """

    def __init__(self, reason: str, near: datetime, minutes: int | None) -> None:
        self.reason = reason
        self.near = near
        self.minutes = minutes
        super().__init__(f"{reason} When would suit instead?")


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


def time_words(
    words: str, asker: Asker, now: datetime, *, host_zone: str | None = None, anchor: Window | None = None
) -> Reading:
    """`bot.when` with what is known of the asker."""
    return read(words, now, asker.zone, locale=asker.locale, host_zone=host_zone, anchor=anchor)


def understand(
    words: str, asker: Asker, now: datetime, *, host_zone: str | None = None, anchor: Window | None = None
) -> Timing:
    """The stretches meant by `words`, none of them over yet.

    Raises `NoSuchTime` where the words name no possible time, `Refusal` where they could mean several.
    """
    if not words.strip():
        return Timing()
    reading = time_words(words, asker, now, host_zone=host_zone, anchor=anchor)
    first_of_series = _first_of_series(reading, asker, now)
    spans = first_of_series or tuple(s for w in reading.windows if (s := _span(w, now)))
    if not spans and reading.first and reading.first.kind is Kind.TIME:
        # "at 9" said at nine means the next one; only the minute that runs has to be over for that.
        reading = time_words(words, asker, now + timedelta(minutes=1), host_zone=host_zone, anchor=anchor)
        spans = tuple(s for w in reading.windows if (s := _span(w, now)))
    minutes = round(reading.duration.total_seconds() / 60) if reading.duration else None
    if not spans:
        problem = reading.problems[0] if reading.problems else None
        if problem and problem.code in _NO_TIME:
            near = [s for m in reading.mentions if m.problem for s in (m.start, *(w.start for w in m.others))]
            ahead = [start for start in near if start and start > now]
            raise NoSuchTime(problem.sentence, ahead[0].astimezone(UTC) if ahead else now, minutes)
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
    recurrence = reading.recurrence
    # What is kept free of needs no telling which day was meant by it.
    assumed = dict.fromkeys(a for m in reading.mentions if m.role is not Role.EXCEPTION for a in m.assumed)
    return Timing(
        spans=spans,
        preferred=tuple(s for w in reading.preferred if (s := _span(w, now))),
        minutes=minutes,
        soonest=_at_once(reading, now),
        understood=tuple(a.sentence for a in assumed if a.code in _TELLING)
        + tuple(p.sentence for p in reading.problems),
        readings=tuple(OtherReading(key, f"{_label(span, asker)} instead") for key, span in others),
        reading_spans=tuple(others),
        repeating=recurrence is not None,
        repeat_count=recurrence.count if recurrence else None,
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
    return Span(_at(midnight, zone), _at(midnight + DAY, zone))


def _at(naive: datetime, zone: str) -> datetime:
    return pytz.timezone(zone).localize(naive, is_dst=False).astimezone(UTC)


def _first_of_series(reading: Reading, asker: Asker, now: datetime) -> tuple[Span, ...]:
    """Of something repeated, the first time it takes place; none if nothing repeats."""
    rule = reading.recurrence
    mention = next((m for m in reading.mentions if m.recurrence and m.start), None)
    if rule is None or mention is None or mention.start is None:
        return ()
    if rule.time is None and not rule.weekdays and rule.monthday is None and rule.nth is None:
        return ()  # "a weekly sync" says how often, not when.
    start = mention.start.astimezone(UTC)
    step = {"daily": DAY, "weekly": 7 * DAY}.get(rule.freq, 28 * DAY)
    while start <= now:
        start = _at(local(start, asker.zone).replace(tzinfo=None) + step * rule.interval, asker.zone)
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
