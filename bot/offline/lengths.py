"""How long a meeting shall be: "15min", "half an hour", "an hour and a half", "30 with sam"."""

import re
from collections.abc import Sequence

from bot.offline.words import Span, Word, listed, spanned

_MINUTE = listed(
    """
    minute minutes min mins m minuten minuto minutos minuti minuut
    """
)
_HOUR = listed(
    """
    hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur
    """
)
_AMOUNTS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0,
    "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "forty-five": 45.0, "fortyfive": 45.0,
    "fifty": 50.0, "sixty": 60.0, "ninety": 90.0, "half": 0.5, "eine": 1.0, "une": 1.0, "una": 1.0, "uma": 1.0,
    "un": 1.0, "een": 1.0, "eight": 8.0, "seven": 7.0, "couple": 2.0,
}  # fmt: skip
_ADJECTIVES = ("free", "spare", "full", "whole", "good", "solid", "quick", "short", "extra")
_MOMENT_BEFORE = frozenset(("in", "within", "by", "every", "after", "next", "last", "past"))
_MOMENT_AFTER = frozenset(("later", "earlier", "ago", "before", "after", "from", "sooner", "hence", "notice"))
_CLOCK_UNITS = frozenset(("h", "uur", "heures", "heure", "horas", "ore", "uhr"))
_COMPACT = re.compile(r"^(\d+(?:[.,]\d+)?)$")


def _amount(word: Word) -> float | None:
    if word.kind == "number" and _COMPACT.match(word.lemma):
        return float(word.lemma.replace(",", "."))
    return _AMOUNTS.get(word.lemma)


def _skip(words: Sequence[Word], at: int, *lemmas: str) -> int:
    return at + 1 if at < len(words) and words[at].lemma in lemmas else at


def _measure(words: Sequence[Word], at: int) -> tuple[int, float] | None:
    """The end and minutes of the length that begins at word `at`."""
    first = words[at].lemma
    if first in ("half", "demi", "halbe", "media", "meia", "mezz'ora", "halve", "quarter") and at + 1 < len(words):
        end = _skip(words, at + 1, "an", "a", "of")
        end = _skip(words, end, "an", "a")
        if end < len(words) and words[end].lemma in _HOUR:
            return end + 1, 15.0 if first == "quarter" else 30.0
    if first in ("half-hour", "half-an-hour", "quarter-hour"):
        return at + 1, 15.0 if first == "quarter-hour" else 30.0
    if first in ("hour-long", "hourlong"):
        return at + 1, 60.0
    amount = _amount(words[at])
    if amount is None:
        return None
    end = _skip(words, at + 1, "-")
    if first in ("a", "an", "one") or words[at].kind == "number":
        end = _skip(words, end, *_ADJECTIVES)
    if first in ("a", "an") and end < len(words) and words[end].lemma in ("half", "quarter"):
        return _measure(words, end)
    if end < len(words) and first not in ("a", "an") and words[end].lemma in ("and", "&"):
        return _and_a_half(words, end, amount)
    if end >= len(words):
        return None
    unit = words[end].lemma
    if unit in _MINUTE or (unit == "'" and words[at].kind == "number"):
        return (end + 1, amount) if first not in ("a", "an") else None
    before = words[at - 1] if at else None
    clock = before is not None and words[end].text.lower() in _CLOCK_UNITS and before.lemma in ("at", "to")
    if unit not in _HOUR or clock:
        return None
    return _after_hours(words, end + 1, amount * 60)


def _and_a_half(words: Sequence[Word], at: int, amount: float) -> tuple[int, float] | None:
    """ "two and a half hours"."""
    end = _skip(words, _skip(words, at, "and", "&"), "a")
    if end + 1 < len(words) and words[end].lemma == "half" and words[end + 1].lemma in _HOUR:
        return end + 2, (amount + 0.5) * 60
    return None


def _after_hours(words: Sequence[Word], end: int, minutes: float) -> tuple[int, float]:
    """ "an hour", then perhaps "and a half" or "15 minutes"."""
    then = _skip(words, _skip(words, end, "and", "&"), "a")
    if then > end and then < len(words) and words[then].lemma in ("half", "quarter"):
        return then + 1, minutes + (30 if words[then].lemma == "half" else 15)
    then = _skip(words, end, "and", "&")
    if then + 1 < len(words) and words[then + 1].lemma in _MINUTE and (amount := _amount(words[then])) is not None:
        return then + 2, minutes + amount
    return end, minutes


def _is_moment(words: Sequence[Word], first: int, end: int) -> bool:
    """ "in 30 minutes" and "30 minutes later" say when, not how long."""
    before = words[first - 1].lemma if first else ""
    after = words[end].lemma if end < len(words) else ""
    if after == "from":
        since = words[end + 1].lemma if end + 1 < len(words) else ""
        return before in _MOMENT_BEFORE or since in ("now", "today", "tomorrow", "then", "that", "this", "the")
    return before in _MOMENT_BEFORE or after in _MOMENT_AFTER or (before == "the" and after == "of")


def find(words: Sequence[Word]) -> list[tuple[Span, int]]:
    """Each length named, with its minutes (1 to 1440)."""
    found: list[tuple[Span, int]] = []
    at = 0
    while at < len(words):
        measured = _measure(words, at)
        if measured is None:
            at += 1
            continue
        end, minutes = measured
        if not _is_moment(words, at, end) and 1 <= minutes <= 1440:
            found.append((spanned(words, at, end), round(minutes)))
        at = end
    return found


def shifts(words: Sequence[Word]) -> list[Span]:
    """Amounts that say when or how far: "in 30 minutes", "by an hour", "an hour later", with the word that tells."""
    found: list[Span] = []
    for at in range(len(words)):
        measured = _measure(words, at)
        if measured is None or not _is_moment(words, at, measured[0]):
            continue
        first = at - 1 if at and words[at - 1].lemma in ("in", "within", "by") else at
        last = measured[0]
        if last < len(words) and words[last].lemma in ("later", "earlier", "sooner", "ago", "hence"):
            last += 1
        found.append(spanned(words, first, last))
    return found


_TAKING = frozenset(("put", "grab", "get", "need", "want", "take", "block", "schedule", "book", "add"))
_USUAL = frozenset(("10", "15", "20", "25", "30", "40", "45", "50", "60", "90"))
_ENDS = frozenset(("", ".", "?", "!", "please", "asap", ","))
_DAY_NAMES = listed(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "tomorrow today"
)
_DAYS = listed("today tomorrow monday tuesday wednesday thursday friday saturday sunday next this on tonight")


def bare(words: Sequence[Word]) -> list[tuple[Span, int]]:
    """ "need 30 with sam", "grab bailey for 15 tomorrow at 2": a bare number of minutes by what stands round it.

    Of "for 10 tomorrow" the 10 is an hour, unless another one is named.
    """
    for at in range(1, len(words)):
        number, before = words[at].lemma, words[at - 1].lemma
        if number not in _USUAL or words[at].kind != "number" or before in ("at", "by", "after", "before", "to", "-"):
            continue
        after = words[at + 1].lemma if at + 1 < len(words) else ""
        taken = before in _TAKING and after == "on"
        behind = after == "with" or taken or (after in _ENDS and before == "for" and number != "10")
        bound = before == "for" and (after in _DAYS or (after == "at" and at + 2 < len(words)))
        named = at < 3 and words[at - 1].kind in ("word", "mention") and after in _DAY_NAMES
        if named and any(w.kind == "number" or w.lemma[:1].isdigit() for w in words[at + 2 :]):
            return [(spanned(words, at, at + 1), int(number))]
        if behind or (bound and (number != "10" or _names_an_hour(words, at))):
            return [(spanned(words, at, at + 1), int(number))]
    return []


def _names_an_hour(words: Sequence[Word], apart: int) -> bool:
    """Whether another word than the one at `apart` is a clock time."""
    return any(
        word.kind == "number" and at != apart and (words[at - 1].lemma in ("at", "@", "by") or ":" in word.lemma)
        for at, word in enumerate(words)
        if at
    )
