"""Which meeting is meant: the kind of a new one, and the words for one that exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.offline.lexicon import ASK, CALENDAR, EVENTS, GENERIC, KINDS, OCCASIONS, VERBS
from bot.offline.utterance import Utterance
from bot.offline.vocabulary import FUNCTION
from bot.offline.words import Span, Word, listed, overlaps, tidy

_EMPTY = listed(
    """
    quick short brief little new another first second next last upcoming regular usual whole full long hour hourly
    follow proper fresh free open available good great nice urgent important certain different other one single
    scheduled planned booked please
    all-day cancelled unconfirmed unanswered requested confirmed
    past previous pending recent recurring virtual online video phone zoom in-person
    """
)
"""Adjectives that name no kind."""
_NOT_A_KIND = GENERIC | CALENDAR | frozenset(("time", "slot", "something"))


@dataclass(frozen=True)
class Named:
    """A noun phrase for a meeting. `kind`: it can name an event type; otherwise it is a title."""

    text: str
    span: Span
    kind: bool


def _usable(said: Utterance, word: Word, cut: Sequence[Span]) -> bool:
    here = (word.start, word.end)
    blocked = [*cut, *(person.span for person in said.people)]
    return (
        word.kind in ("word", "number") and not said.is_about_time(word) and not any(overlaps(here, s) for s in blocked)
    )


def named(said: Utterance, cut: Sequence[Span] = ()) -> Named | None:
    """The meeting named by more than a general word: "consultation", "intro call", "dentist appointment".

    `cut` are spans that belong to something else, such as the notes.
    """
    words = said.words
    for at, word in enumerate(words):
        slug = "-" in word.text and bool(set(word.lemma.split("-")) & (KINDS | GENERIC))
        noun = word.lemma in EVENTS or word.lemma in GENERIC or slug
        if not noun or not _usable(said, word, cut) or _is_verb(words, at):
            continue
        last = at
        while last + 1 < len(words) and _is_noun(words[last + 1]) and _usable(said, words[last + 1], cut):
            last += 1
        first = at
        while first > 0 and _modifies(words, first - 1) and _usable(said, words[first - 1], cut):
            first -= 1
        while first < last and words[first].lemma in _EMPTY:
            first += 1
        phrase = words[first : last + 1]
        if any(one.lemma not in _NOT_A_KIND for one in phrase):
            span = (phrase[0].start, phrase[-1].end)
            kind = any(one.lemma in KINDS or "-" in one.text for one in phrase)
            return Named(said.text[span[0] : span[1]], span, kind)
    return None


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word that can be a noun is a verb here: "show my ...", "to review"."""
    before = words[at - 1].lemma if at else ""
    starts = (
        not words[at].text.isascii()
        or at == 0
        or before in ("please", "you", "to", "and", "i", "we", ",", "let", "can", "could", "will")
    )
    return starts and words[at].lemma in VERBS | ASK | {"meet", "call", "visit", "run", "service", "talk", "chat"}


def _is_noun(word: Word) -> bool:
    return word.lemma in EVENTS or word.lemma in GENERIC - {"time"}


def _modifies(words: Sequence[Word], at: int) -> bool:
    """Whether the word can stand before a meeting's noun as part of its name."""
    word = words[at]
    if at == 0 and word.lemma in ASK:
        return False
    if word.kind != "word" or word.lemma in FUNCTION or (word.lemma in VERBS and word.lemma not in ("plan",)):
        return False
    return word.lemma not in CALENDAR or word.lemma in OCCASIONS


def booking_words(said: Utterance, span: Span, cut: Sequence[Span] = ()) -> str:
    """The words in `span` that say which booking is meant, without details and "off my calendar"."""
    kept, at = [], span[0]
    for start, end in sorted(cut):
        if span[0] <= start < span[1]:
            kept.append(said.text[at:start])
            at = max(at, end)
    kept.append(said.text[at : span[1]])
    text = tidy(" ".join(kept))
    if said.lang in ("ja", "zh"):
        text = text.rstrip("をはがにの改到至期移挪推迟换成").lstrip("把将")
    for tail in _TAILS:
        if text.lower().endswith(tail):
            text = tidy(text[: -len(tail)])
    return text


_TAILS = tuple(
    f" {tail}"
    for tail in (
        "please", "for me", "from my calendar", "off my calendar", "on my calendar", "from the calendar", "instead",
        "off the calendar", "from calendar", "from my schedule", "thanks", "thank you", "asap", "ab", "af", "bitte",
        "svp", "por favor", "alsjeblieft",
    )
)  # fmt: skip


def is_reference(text: str) -> bool:
    """Whether the words only point back: "it", "that meeting", "this one", "the call", nothing at all."""
    lemmas = [word for word in text.lower().replace("'", " ").split() if word not in ("please", "then", "now", "again")]
    pointing = {"it", "that", "this", "them", "one", "the", "my", "these", "those", "all", "meeting", "call", "booking"}
    pointing |= {"appointment", "event", "invite", "request", "mtg", "same", "of"}
    return all(lemma in pointing for lemma in lemmas)
