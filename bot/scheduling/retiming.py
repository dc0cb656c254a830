"""Other words about time for a draft that has some already: "Thursday instead", "at 4", "later"."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.scheduling.asker import Asker
from bot.scheduling.draft import Draft, Span
from bot.scheduling.errors import Refusal
from bot.scheduling.timing import Timing, in_zone, put, time_words, understand, whole_day
from bot.scheduling.wording import DAY, local
from bot.when import Kind, Window

_LATER = re.compile(
    r"\b(later|after (that|those)|too early|später|plus tard|más tarde|mais tarde|più tardi)\b"
    r"|もっと遅|後で|晚一?点|晚些",
    re.I,
)
_EARLIER = re.compile(
    r"\b(earlier|sooner|before (that|those)|too late|früher|plus tôt|más temprano|mais cedo|prima|eerder|vroeger)\b"
    r"|もっと早|早一?点|早些",
    re.I,
)


_BY = re.compile(
    r"^\W*(?P<way>(?:back|out|forward|forwards|up|ahead|on)\b)?\s*(?:by\b|for another\b)?\s*"
    r"(?P<size>(?:an?|half|another|one|two|three|four|five|six|\d+)\b[\w\s.,-]*?"
    r"\b(?:min|mins|minutes?|hours?|hrs?|days?|weeks?|months?))\W*$",
    re.I,
)
_SOONER = ("forward", "forwards", "up", "ahead")


_BESIDE = re.compile(
    r"^\W*(?:on |in )?(?:the )?(?:(?P<unit>day|week|month) (?P<way>after|before)(?: that| this| it)?"
    r"|(?P<way2>next(?= day)|following|previous) (?P<unit2>day|week|month))\W*$",
    re.I,
)
"""A day or a week beside the one spoken of; "next week" is any time in it."""


def shifted(words: str) -> str:
    """Words about how far to move something as the time they come to, beside the present one.

    >>> shifted("by 2 days"), shifted("forward an hour"), shifted("Thursday 10am"), shifted("30 minutes later")
    ('2 days later', 'an hour earlier', 'Thursday 10am', '30 minutes later')
    >>> shifted("the day after"), shifted("the previous week")
    ('a day later', 'a week earlier')
    """
    if beside := _BESIDE.match(words):
        unit, ahead = beside["unit"] or beside["unit2"], (beside["way"] or beside["way2"]).lower()
        return f"a {unit.lower()} {'later' if ahead in ('after', 'next', 'following') else 'earlier'}"
    found = _BY.match(words)
    if found is None or (found["way"] is None and not re.match(r"\W*by\b", words, re.I)):
        return words
    return f"{found['size']} {'earlier' if (found['way'] or '').lower() in _SOONER else 'later'}"


_AT_THE_END = re.compile(
    r"\s(?P<shift>(?:(?:back|out|forward|forwards|up|ahead)\s+)?(?:by\s+)?"
    r"(?:an?|half an?|another|one|two|three|four|five|six|\d+)\s*(?:and a half\s+)?"
    r"(?:min|mins|minutes?|hours?|hrs?|days?|weeks?|months?)(?:\s+(?:later|earlier))?)\W*$",
    re.I,
)


def parted(booking: str, to: str) -> tuple[str, str]:
    """The words for a booking and those for its new time, where both stand together.

    >>> parted("my call with sam back a day", ""), parted("it", "Friday")
    (('my call with sam', 'back a day'), ('it', 'Friday'))
    """
    found = None if to.strip() else _AT_THE_END.search(f" {booking}")
    if found is None:
        return booking, to
    shift = found["shift"]
    directed = re.search(r"^(?:back|out|forwards?|up|ahead|by)\b|(?:later|earlier)$", shift, re.I)
    return f" {booking}"[: found.start()].strip(), shift if directed else f"by {shift}"


_SAME = re.compile(r"\bsame (?:time|hour|slot)\b|\bgleiche[rn]? (?:zeit|uhrzeit)\b|\bmême heure\b|\bmisma hora\b", re.I)


_HOURS = re.compile(r"(?<!in )(?<!by )\b([01]?\d|2[0-3]) ?h(?: ?([0-5]\d))?\b(?! (?:later|earlier|sooner|ago))", re.I)
"""A clock as half of Europe writes it: "16h", "9h30"."""
_OPEN = re.compile(
    r"\b(?:more|another|other|others|different|else|any|anytime|new|next|free|available|whenever|autre|andere\w*|otr[oa]|altr[oa]"
    r"|outr[oa])\b|[他别]|ほか",
    re.I,
)
"""Words that ask for other times without naming one."""


def _clock(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2] or '00'}"


def retimed(draft: Draft, words: str, asker: Asker, now: datetime) -> Draft:
    """The draft with other words about time, read in the light of what was settled before.

    A clock time keeps the day, a day keeps the time of day as a preference, "later" and "earlier" start from the
    times shown. Raises `Refusal` as `understand` does.
    """
    host_zone = draft.hosts[0].zone if draft.hosts else None
    words = shifted(words) if draft.booking or draft.start else words
    words = _instead(draft, _HOURS.sub(_clock, words), asker, now)
    reading = time_words(words, asker, now, host_zone=host_zone)
    said = [m for m in reading.mentions if m.kind is not Kind.DURATION]
    if not reading.mentions and (span := _nudged(draft, words, asker, now)):
        return replace(put(draft, Timing(spans=(span,)), words), shown=())
    if draft.start and not reading.mentions and not _OPEN.search(words):
        raise Refusal(f"I don't read a time in “{words.strip()[:60]}”. Which day or time would you like instead?")
    anchor = _anchor(draft, asker)
    if draft.booking and draft.start is None and (anchor is None or _SAME.search(words)):
        anchor = Window(draft.booking.start, draft.booking.end)
    timing = understand(words, asker, now, host_zone=host_zone, anchor=anchor)
    if anchor and not draft.booking and not any(s.exact for s in _settled(draft)):
        # "The same time on Friday", where only a day was spoken of: the anchor's midnight is no time of anybody's.
        timing = replace(timing, spans=tuple(_without_midnight(s, asker) for s in timing.spans))
    fresh = put(draft, timing, words)
    if said and all(m.kind is Kind.DATE for m in said) and not timing.preferred:
        if draft.start and len(timing.spans) == 1 and _is_a_day(timing.spans[0], asker):
            return replace(fresh, spans=(_at_clock(draft.start, timing.spans[0], asker),))
        fresh = replace(fresh, preferred=_same_clock(draft, timing.spans, asker))
    return fresh


def _instead(draft: Draft, words: str, asker: Asker, now: datetime) -> str:
    """Of "Friday to Thursday" the new time, where the first is the one settled before; other words as they are."""
    old, _, new = words.partition(" to ")
    if not draft.start or not new.strip():
        return words
    before, after = time_words(old, asker, now), time_words(new, asker, now)
    if not before.mentions or not after.mentions:
        return words
    there = local(draft.start, asker.zone)
    for mention in before.mentions:
        if mention.start is None:
            continue
        same_day = mention.start.date() == there.date() and mention.kind in (Kind.DATE, Kind.INSTANT)
        same_clock = mention.kind is Kind.TIME and mention.start.hour % 12 == there.hour % 12
        if same_day or (same_clock and mention.start.minute == there.minute):
            return new
    return words


def _is_a_day(span: Span, asker: Asker) -> bool:
    return not span.exact and span.end - span.start <= timedelta(hours=26)


def _at_clock(start: datetime, span: Span, asker: Asker) -> Span:
    """On the day of `span`, the time of day that was settled: "make it Friday" of something at 10:30."""
    there = local(start, asker.zone)
    wall = local(span.start, asker.zone).replace(tzinfo=None, hour=there.hour, minute=there.minute)
    moment = in_zone(wall, asker.zone)
    return Span(moment, moment, exact=True)


def _settled(draft: Draft) -> list[Span]:
    """The stretches the draft speaks of so far."""
    if draft.start and draft.end:
        return [Span(draft.start, draft.end, exact=True)]
    return list(draft.spans)


def _anchor(draft: Draft, asker: Asker) -> Window | None:
    """The day spoken of, if it is a single one: a clock time alone then means that day."""
    spans = _settled(draft)
    days = {local(moment, asker.zone).date() for s in spans for moment in (s.start, _last(s))}
    if len(days) != 1 and draft.offered and not draft.booking:
        # "At 4" to times of several days: on the first of them.
        return Window(draft.offered[0].start, draft.offered[0].end)
    if len(days) != 1:
        return None
    start = spans[0].start
    if draft.booking and not any(s.exact for s in spans):
        start = _at_clock(draft.booking.start, spans[0], asker).start
    return Window(start, start + timedelta(minutes=draft.length))


def _without_midnight(span: Span, asker: Asker) -> Span:
    there = local(span.start, asker.zone)
    return whole_day(span.start, asker.zone) if span.exact and (there.hour, there.minute) == (0, 0) else span


def _last(span: Span) -> datetime:
    return span.start if span.exact else max(span.start, span.end - timedelta(seconds=1))


def _nudged(draft: Draft, words: str, asker: Asker, now: datetime) -> Span | None:
    """Where "later" or "earlier" means to look: beside the times shown, on the same day."""
    shown = [o.start for o in draft.offered] or [s.start for s in _settled(draft)]
    if draft.start:
        shown = [draft.start]
    if not shown:
        return None
    if _LATER.search(words):
        first = max(shown) + timedelta(minutes=1)
        return Span(first, max(whole_day(first, asker.zone).end, first + timedelta(hours=1)))
    if _EARLIER.search(words):
        last = min(shown)
        first = max(now, whole_day(last, asker.zone).start)
        return Span(first, last + timedelta(minutes=draft.length - 1)) if first < last else Span(now, last + DAY)
    return None


def _same_clock(draft: Draft, spans: tuple[Span, ...], asker: Asker) -> tuple[Span, ...]:
    """On the new days, the time of day asked for before; nothing if it was a whole day or longer."""
    before = _settled(draft)
    if len(before) != 1:
        return ()
    old = before[0]
    around = timedelta(hours=1) if old.exact else timedelta()
    end = old.start + timedelta(minutes=draft.length) if old.exact else old.end
    if end - old.start > timedelta(hours=12):
        return ()
    there = local(old.start, asker.zone)
    since_midnight = timedelta(hours=there.hour, minutes=there.minute)
    found = []
    for span in spans:
        midnight = whole_day(span.start, asker.zone).start
        start = midnight + since_midnight - around
        found.append(Span(start, start + (end - old.start) + 2 * around))
    return tuple(found)
