"""Of several meetings the one that words single out by its place or its length: "my first one tomorrow", "the long
one", "the 15 minute call"."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.scheduling.asker import Asker
from bot.scheduling.bookings import telling
from bot.scheduling.timing import time_words
from bot.scheduling.wording import local
from bot.when import Kind

_PLACES = {
    r"first|1st|earliest|soonest|erste[nrsm]?|premi(?:er|ère)|primer[oa]?|prim[oa]|primeir[oa]": 0,
    r"second|2nd|zweite[nrsm]?|deuxième|segund[oa]|second[oa]": 1,
    r"third|3rd|dritte[nrsm]?|troisième|tercer[oa]?|terz[oa]|terceir[oa]": 2,
    r"fourth|4th|vierte[nrsm]?|quatrième|cuart[oa]|quart[oa]": 3,
    r"next|coming|upcoming|nächste[nrsm]?|prochaine?|próxim[oa]|prossim[oa]": 0,
    r"last|latest|final|letzte[nrsm]?|derni(?:er|ère)|últim[oa]|ultim[oa]": -1,
}
_SIZES = {
    r"short(?:er|est)?|brief(?:er|est)?|quick(?:er|est)?|kürzere[nrsm]?|kürzeste[nrsm]?": False,
    r"long(?:er|est)?|längere[nrsm]?|längste[nrsm]?": True,
}
_STRETCH = (
    r"(?!\s+(?:few |two |three |\d+ )?(?:minutes?|mins?|hours?|days?|weeks?|weekends?|months?|quarters?|years?"
    r"|mon|tues?|wed|thurs?|thu|fri|sat|sun|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|morning|afternoon"
    r"|evening|night|half|week|woche|monat|semaine|mois|semana|mes|settimana|of (?!them|these|those|my|the))\b)"
)
"""Not of a meeting but of a time: "next week", "the first of March"."""


class Meeting(Protocol):
    """What has a start and an end, aware."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


M = TypeVar("M", bound=Meeting)


def rank(words: str) -> int | None:
    """The place among meetings in order of time that the words name, -1 being the last; None where they name none.

    >>> rank("my first meeting tomorrow"), rank("the last one on Friday"), rank("my call next week"), rank("it")
    (0, -1, None, None)
    """
    for pattern, place in _PLACES.items():
        if re.search(rf"\b(?:{pattern})\b{_STRETCH}", words, re.I):
            return place
    return None


def unranked(words: str) -> str:
    """The words without those about a place or a size among meetings.

    >>> unranked("my first meeting tomorrow"), unranked("the shorter call with sam")
    ('my meeting tomorrow', 'the call with sam')
    """
    every = "|".join([*_PLACES, *_SIZES])
    return re.sub(r"\s+", " ", re.sub(rf"\b(?:{every})\b{_STRETCH}", " ", words, flags=re.I)).strip()


def is_place_only(words: str, asker: Asker, now: datetime) -> bool:
    """Whether the words name nothing but a place in what is shown: "the second one", not "my first call with sam"."""
    rest = unranked(words)
    timed = [m for m in time_words(rest, asker, now).mentions if m.start or m.end]
    return not timed and not telling(rest)


def narrowed(found: Sequence[M], words: str, asker: Asker, now: datetime) -> tuple[M, ...]:
    """Those of `found`, in order of time, that the words mean; all of them where they single out none.

    "The last" without a day could be the one booked last, so it singles out only where a day is named.
    """
    left = tuple(sorted(found, key=lambda each: each.start))
    reading = time_words(unranked(words), asker, now)
    if reading.duration is not None:
        left = tuple(each for each in left if each.end - each.start == reading.duration) or left
    for pattern, longest in _SIZES.items():
        if len(left) > 1 and re.search(rf"\b(?:{pattern})\b(?! (?:time|ago))", words, re.I):
            lengths = sorted({each.end - each.start for each in left})
            left = tuple(each for each in left if each.end - each.start == lengths[-1 if longest else 0])
    place = rank(words)
    dated = any(m.kind is not Kind.DURATION and (m.start or m.end) for m in reading.mentions)
    if place is None or (place == -1 and not dated) or not -1 <= place < len(left):
        return left
    return (left[place],)


def at_clock(found: Sequence[M], words: str, asker: Asker, now: datetime) -> tuple[M, ...]:
    """Those of `found` that begin at a clock time, or on a day, that the words name; none where they name neither."""
    kept: list[M] = []
    for mention in time_words(unranked(words), asker, now).mentions:
        if mention.kind is Kind.DURATION or mention.start is None:
            continue
        for each in found:
            there, wanted = local(each.start, asker.zone), mention.start
            clock = (wanted.hour % 12, wanted.minute) == (there.hour % 12, there.minute)
            if mention.kind is Kind.TIME:
                fits = clock
            elif mention.kind is Kind.INSTANT:
                fits = clock and local(wanted, asker.zone).date() == there.date()
            else:
                fits = wanted <= each.start and (mention.end is None or each.start < mention.end)
            if fits and each not in kept:
                kept.append(each)
    return tuple(kept)


def singled_out(choices: Sequence[M], words: str, asker: Asker, now: datetime) -> M | None:
    """The one of `choices` that an answer to "which one?" means; None where it could be several."""
    if not words.strip():
        return None
    left = narrowed(at_clock(choices, words, asker, now) or choices, words, asker, now)
    return left[0] if len(left) == 1 else None
