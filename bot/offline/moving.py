"""Taking a request to move apart: which booking, and where to."""

import itertools
import re

from bot.offline.lexicon import MOVE
from bot.offline.utterance import Utterance
from bot.offline.words import Span, tidy

_TOWARDS = frozenset(("to", "until", "till", "into", "onto", "for", "by", "at", "on"))
_AMOUNTS = frozenset(("a", "an", "one", "two", "three", "half", "few", "some", "several", "another"))
_LATER = frozenset(("postpone", "delay", "defer", "extend"))
_EARLIER = frozenset(("advance", "prepone"))
_VAGUE = re.compile(
    r"\b(?:(?:a (?:bit|little)|some(?:what)?|much|sometime|one day|a day|an? hour|half an hour|\d+ ?\w+) )?"
    r"(?:later|earlier|sooner)(?: in the (?:day|week|morning|afternoon|evening))?\b"
    r"|\b(?:another|a different|some other) (?:time|day|date|slot|week)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"^(?:back |forward )?(?:by |for )?(?P<size>(?:an?|half|\d|one|two|three|a few|several|\w+).*)$", re.I
)
_BY = re.compile(
    r"\b(?:(?P<way>forwards?|back|out|up|ahead)\s+)?by\s+(?P<size>(?:an?|one|two|three|four|\d+|a few|a couple of)\s+"
    r"(?:day|week|month|business day|working day)s?)\b",
    re.IGNORECASE,
)
"""How many days or weeks a meeting moves."""
_HOW_LONG = re.compile(r"\b(?:min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|h|m)\b", re.IGNORECASE)


_INSTEAD_OF = re.compile(r"^\W*(?:instead of|rather than|and not|not)\W*$", re.IGNORECASE)


def swapped(said: Utterance) -> tuple[Span, Span] | None:
    """The new time and the old one of "Thursday instead of Wednesday"."""
    for new, old in itertools.pairwise(said.times):
        if _INSTEAD_OF.match(said.text[new[1] : old[0]]):
            return new, old
    return None


def split_move(said: Utterance, start: int, end: int) -> tuple[Span, str]:
    """The span of the words for the booking, and the words for the new time ("" when none was said)."""
    times = [span for span in said.times if start <= span[0] < end]
    times += [span for span, _ in said.sizes if start <= span[0] < end]
    times.sort()
    if said.lang in ("ja", "zh") and times:
        return (start, times[-1][0]), tidy(said.text[times[-1][0] : times[-1][1]])
    boundary = _boundary(said, start, times)
    if boundary is not None:
        which_end, to_start = boundary
        to_end = max([span[1] for span in times if span[1] > to_start], default=end)
        vague = _VAGUE.search(said.text, to_start)
        to_end = max(to_end, vague.end()) if vague else to_end
        to = tidy(said.text[to_start:to_end])
        which = (start, which_end)
        if tidy(said.text[start:which_end]) == "" and to_end < end:
            which = (to_end, end)
        return which, f"at {to}" if to.isdigit() else _directed(said, to)
    if (by := _BY.search(said.text, start)) and all(by.start() <= first for first, _ in times):
        ahead = by["way"] in ("forward", "ahead") or {word.lemma for word in said.words} & _EARLIER
        return (start, by.start()), f"{by['size']} {'earlier' if ahead else 'later'}"
    if vague := _VAGUE.search(said.text, start):
        return (start, vague.start()), tidy(vague.group())
    lemmas = {word.lemma for word in said.words}
    pushed = bool(said.sizes) and len(times) == 1 and bool(lemmas & (MOVE | _LATER | _EARLIER))
    if len(times) > 1 or pushed or (times and _has(said, "instead")):
        return (start, times[-1][0]), _directed(said, tidy(said.text[times[-1][0] : times[-1][1]]))
    return (start, end), ""


def _has(said: Utterance, lemma: str) -> bool:
    return any(word.lemma == lemma for word in said.words)


def _boundary(said: Utterance, start: int, times: list[Span]) -> tuple[int, int] | None:
    """Where the booking's words end and the new time begins: the last "to" (or "by", "for") that leads to a time.

    Of "from 2 to 3 tomorrow" the new time is "3 tomorrow".
    """
    best: tuple[int, int] | None = None
    lemmas = {word.lemma for word in said.words}
    for at, word in enumerate(said.words[:-1]):
        if word.start < start or word.lemma not in _TOWARDS:
            continue
        after = said.words[at + 1]
        leads = any(span[0] <= after.start + 12 and after.start <= span[0] for span in times)
        amount = word.lemma == "by" and (after.kind == "number" or after.lemma in _AMOUNTS)
        inside = any(span[0] < word.start < span[1] for span in times)
        inside = (
            inside
            and said.lang == "en"
            and (word.lemma in ("to", "until", "till") or amount or (word.lemma == "for" and bool(lemmas & MOVE)))
        )
        begins = any(span[0] == word.start for span in times) and word.lemma in ("to", "by", "until", "till", "for")
        if word.lemma in ("at", "on") or (
            word.lemma == "for" and not ({w.lemma for w in said.words} & (MOVE | {"rebook"}))
        ):
            continue
        if leads or inside or begins:
            if best is not None and word.lemma in ("for",):
                continue
            best = (word.start, word.start if word.lemma == "by" else after.start)
    return best


def _directed(said: Utterance, to: str) -> str:
    """ "by 30 minutes" of a postponed meeting is "30 minutes later", of one brought forward "30 minutes earlier"."""
    lemmas = {word.lemma for word in said.words}
    relative = _RELATIVE.match(to)
    if not relative or not _HOW_LONG.search(to) or re.search(r"later|earlier|ago|from now|next|this|in the", to, re.I):
        return to
    if lemmas & _EARLIER or ("forward" in lemmas and "back" not in lemmas):
        return f"{relative['size']} earlier"
    return f"{relative['size']} later" if lemmas & (_LATER | MOVE) else to
