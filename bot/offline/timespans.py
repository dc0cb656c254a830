"""Where a message speaks of time: the spans `bot.when` reads, and the looser words around them."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.offline import clockwords, lengths
from bot.offline.words import Span, Word, overlaps
from bot.when import Kind, Reading, read

_SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""Where spans begin and end does not depend on the clock; used when the conversation names none."""
_LEADING = frozenset(("scheduled", "planned", "about", "like", "for", "and", "or", "to", "on", "of", "a", "an", ","))
_DECISIVE = frozenset(("but", "except", "excluding", "than", "preferably", "ideally", "besides", "avoid"))
_CLOCKLIKE = re.compile(r"(?:\d|h|uur|uhr|heures?|horas?|ore|ora|h\d\d|時|点|點|时)\W*$", re.IGNORECASE)
_OWNERS = frozenset(("his", "her", "their", "your", "my", "our", "local"))
_TURNING = _DECISIVE | {
    "any",
    "day",
    "time",
    "other",
    "not",
    "on",
    "anything",
    "either",
    "for",
    "the",
    "anytime",
    "weekday",
}
_ABBREVIATIONS = frozenset(("sam", "mar", "jan", "dim", "mer", "lun", "ven", "mai", "don", "son", "dom", "seg", "tom"))
_NAMES_TOO = frozenset(
    ("april", "may", "june", "august", "summer", "autumn", "wednesday", "sunday", "easter", "jan", "dawn", "tuesday")
)


def reading(text: str, now: datetime | None, zone: str, locale: str | None, lang: str) -> Reading:
    """What `bot.when` makes of a text; an unknown zone counts as UTC."""
    try:
        return read(text, now or _SOME_DAY, zone, lang=lang, locale=locale)
    except KeyError:  # pytz.UnknownTimeZoneError is one
        return read(text, now or _SOME_DAY, "UTC", lang=lang, locale=locale)


def find(words: Sequence[Word], read_as: Reading, sizes: Sequence[Span]) -> list[Span]:
    """The stretches about when, in order, apart from the lengths (`sizes`)."""
    theirs = [span for m in read_as.mentions if m.kind is not Kind.DURATION for span in m.spans or (m.span,)]
    spans = _united([*theirs, *clockwords.pieces(words), *lengths.shifts(words)])
    found: list[Span] = []
    for span in spans:
        for part in _minus(span, sizes):
            first = next((at for at, word in enumerate(words) if word.start >= part[0]), 0)
            asked = first > 0 and words[first - 1].lemma in ("how", "what") and words[first].lemma == "about"
            start = words[first].end if asked else part[0]
            if _led(words, first) and words[first].end < part[1] and words[first + 1].kind == "word":
                start = words[first].end
            inside = _trimmed([word for word in words if start <= word.start and word.end <= part[1]])
            free = len(inside) == 1 and inside[0].lemma == "free"  # Dutch "vrij" is no Friday here
            if inside and not free and not _is_name(words, inside):
                found.append((_widened(words, inside[0]), _whose(words, _counted(words, inside[-1].end))))
    return found


def _widened(words: Sequence[Word], first: Word) -> int:
    """The start with words that turn the time round or soften it: "any day but Friday", "the same time on Friday"."""
    at = next(i for i, word in enumerate(words) if word.start == first.start)
    start = at
    while start > 0 and words[start - 1].lemma in _TURNING:
        start -= 1
    turns = any(words[i].lemma in _DECISIVE for i in range(start, at))
    if turns:
        return words[start].start
    led = at - 1 if at and words[at - 1].lemma in ("on", "at") else at
    same = led > 1 and words[led - 2].lemma == "same" and words[led - 1].lemma == "time"
    return words[led - 2].start if same else first.start


def _counted(words: Sequence[Word], end: int) -> int:
    """The end with a Japanese counter ("2時") that stands right behind."""
    after = next((word for word in words if word.start == end and word.text[:1] in "時分半日頃"), None)
    return end + 1 if after else end


def _whose(words: Sequence[Word], end: int) -> int:
    """The end with whose clock is meant: "11am his time", "9:00 Bailey's time"; the same "same time" of a day."""
    at = next((i for i, word in enumerate(words) if word.start >= end), len(words))
    lemmas = [word.lemma for word in words[at : at + 4]]
    if lemmas[:2] == ["same", "time"]:
        return words[at + 1].end
    if len(lemmas) > 2 and lemmas[:3] == ["the", "same", "time"]:
        return words[at + 2].end
    if len(lemmas) > 1 and lemmas[0] in _OWNERS and lemmas[1] == "time":
        return words[at + 1].end
    named = len(lemmas) > 2 and lemmas[1] == "'s" and lemmas[2] == "time"
    return words[at + 2].end if named else end


def is_clock(span: Span, read_as: Reading, text: str) -> bool:
    """Whether what looks like a length is a clock time: "14h", "om 14 uur"; minutes never are."""
    return _CLOCKLIKE.search(text[span[0] : span[1]]) is not None and any(
        m.seconds is None and m.kind in (Kind.INSTANT, Kind.TIME) and any(overlaps(span, one) for one in m.spans)
        for m in read_as.mentions
    )


def _united(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span[0] < found[-1][1]:
            found[-1] = (found[-1][0], max(span[1], found[-1][1]))
        else:
            found.append(span)
    return found


def _minus(span: Span, sizes: Sequence[Span]) -> list[Span]:
    parts, start = [], span[0]
    for size in sorted(sizes):
        if overlaps(span, size):
            parts.append((start, max(start, size[0])))
            start = max(start, size[1])
    parts.append((start, span[1]))
    return [part for part in parts if part[1] > part[0]]


def _trimmed(words: list[Word]) -> list[Word]:
    """Without the small words that only lead to a time; "at" and "on" before a number stay, they make it one."""
    while words and (words[0].is_mark or words[0].lemma in _LEADING):
        after = words[1].lemma[:1] if len(words) > 1 else ""
        if words[0].lemma in ("on", "about", "a", "an") and after and (words[0].lemma == "on" or after.isdigit()):
            break
        if words[0].lemma in ("a", "an") and len(words) > 1:
            break
        words = words[1:]
    while words and ((words[-1].is_mark and words[-1].text not in ("'",)) or words[-1].lemma in ("and", "or", "with")):
        words = words[:-1]
    return words


def _led(words: Sequence[Word], at: int) -> bool:
    """Whether the word looks like time and is a person's name: "with April on the 9th"."""
    before = words[at - 1].lemma if at else ""
    if before in ("with", "w/") and (words[at].capital or words[at].lemma in _ABBREVIATIONS):
        return True
    looks = words[at].lemma in _NAMES_TOO and words[at].capital
    return looks and at > 0 and words[at - 1].lemma in ("with", "w/", "invite", "meet", "and")


def _is_name(words: Sequence[Word], inside: Sequence[Word]) -> bool:
    """ "with April": a month or day that is a person here."""
    return len(inside) == 1 and _led(words, next(i for i, w in enumerate(words) if w.start == inside[0].start))
