"""Other languages than English: tables that turn their words of scheduling into the English ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.offline import lexicon
from bot.offline.languages import de, es, fr, it, ja, nl, pt, zh
from bot.offline.vocabulary import FUNCTION, plain
from bot.offline.words import Word, listed
from bot.when.detection import detect

_TABLES: Mapping[str, Mapping[str, str]] = {
    "de": de.WORDS,
    "fr": fr.WORDS,
    "es": es.WORDS,
    "pt": pt.WORDS,
    "it": it.WORDS,
    "nl": nl.WORDS,
    "ja": ja.WORDS,
    "zh": zh.WORDS,
}
_ACTS = listed("book move advance cancel show accept decline add find-time")
_QUESTIONS = listed("what when where who how which has have is are do")
_PARTICLES = frozenset(("off", "object", "topic", "subject", "-"))
_PRONOUN = re.compile(r"(?<=\w)-(?:t-)?(?:je|tu|il|elle|on|nous|vous|moi)$", re.IGNORECASE)
_ELISION = re.compile(r"^(?:l|d|j|m|n|s|t|c|qu|un|dell|all|nell|sull|jusqu)'(?=\w)", re.IGNORECASE)
_ELIDING = frozenset(("fr", "it"))
_UNSPACED = frozenset(("ja", "zh"))


@dataclass(frozen=True)
class Language:
    """A language's words as English lemmas: single `words`, and `phrases` of several words joined by spaces."""

    code: str
    words: Mapping[str, str]
    phrases: Mapping[str, str]
    starts: frozenset[str]


@lru_cache(maxsize=16)
def language(code: str) -> Language | None:
    """The table of a language; None for English and for languages without one."""
    table = _TABLES.get(code)
    if table is None:
        return None
    singles: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for lemma, written in table.items():
        for word in written.split():
            (phrases if "_" in word else singles)[word.replace("_", " ")] = lemma
    return Language(code, singles, phrases, frozenset(phrase.split()[0] for phrase in phrases))


def told(text: str, words: Sequence[Word], locale: str) -> str:
    """The language of a message: the one most of its words of scheduling are in, English when none leads.

    What has none of them ("Donnerstag?") is left to `bot.when`, but for words that are names as well ("sam").
    """
    detected = detect(text, locale)
    spoken = [word.lemma for word in words if word.kind == "word"]
    if detected in _UNSPACED or not spoken:
        return detected
    scores: dict[str, float] = {code: sum(lemma in _known(code) for lemma in spoken) for code in _TABLES}
    scores["en"] = sum(_is_english(lemma) for lemma in spoken)
    for code in (detected, locale[:2].lower()):
        if code in scores:
            scores[code] += 0.25
    best = max(scores, key=lambda code: scores[code])
    if scores[best] < 1:
        return "en" if all(len(lemma) < 4 for lemma in spoken) else detected
    return best if scores[best] > scores["en"] else "en"


def _is_english(lemma: str) -> bool:
    return lemma in lexicon.LEMMAS or lemma in FUNCTION or lemma in lexicon.SLANG or plain(lemma)


@lru_cache(maxsize=16)
def _known(code: str) -> frozenset[str]:
    found = language(code)
    assert found is not None
    return frozenset(found.words) | {word for phrase in found.phrases for word in phrase.split()}


def cut(words: Sequence[Word], spoken: Language) -> list[Word]:
    """The words as the language writes them: elisions apart ("l'appel"), unspaced text cut by the known words."""
    found: list[Word] = []
    for word in words:
        if spoken.code in _ELIDING and word.kind == "word" and word.lemma not in spoken.words:
            found += _elided(word)
        elif spoken.code in _UNSPACED and word.kind == "word" and not word.text.isascii():
            found += _segmented(word, spoken)
        else:
            found.append(word)
    return found


def english_order(marks: Sequence[str]) -> list[str]:
    """A line of lemmas with the verb of the request in front, as English has it; questions keep their order."""
    parts = [mark for mark in marks if mark not in _PARTICLES]
    begin = next((mark for mark in parts if mark not in ("hello", "please", ",", "!", "and")), "")
    acts = [at for at, mark in enumerate(parts) if mark in _ACTS]
    if not acts or begin in _QUESTIONS:
        return parts
    at = acts[-1] if acts[0] > 2 else acts[0]
    rest = [mark for place, mark in enumerate(parts) if place != at]
    denied = [
        i for i, mark in enumerate(parts) if mark == "not" and parts[i + 1 : i + 2] not in (["<when>"], ["<who>"])
    ]
    negated = any(at - 2 <= i <= at + 6 for i in denied)
    return ["don't", parts[at], *rest] if negated else [parts[at], *rest]


def _part(word: Word, start: int, end: int) -> Word:
    text = word.text[start:end]
    return replace(word, text=text, lemma=text.lower(), start=word.start + start, end=word.start + end)


def _elided(word: Word) -> list[Word]:
    if found := _PRONOUN.search(word.text):
        return [*_elided(_part(word, 0, found.start())), _part(word, found.start(), len(word.text))]
    if found := _ELISION.match(word.text):
        return [_part(word, 0, found.end()), _part(word, found.end(), len(word.text))]
    return [word]


def _segmented(word: Word, spoken: Language) -> list[Word]:
    found: list[Word] = []
    unknown, at = 0, 0
    longest = max(map(len, spoken.words))
    while at < len(word.text):
        most = min(longest, len(word.text) - at)
        size = next((n for n in range(most, 0, -1) if word.text[at : at + n] in spoken.words), 0)
        if at > unknown and word.text[at].isascii() != word.text[at - 1].isascii():
            found.append(_part(word, unknown, at))
            unknown = at
        if not size or (size == 1 and _inside_name(word.text, at)):
            at += 1
            continue
        if at > unknown:
            found.append(_part(word, unknown, at))
        found.append(_part(word, at, at + size))
        at += size
        unknown = at
    if unknown < len(word.text):
        found.append(_part(word, unknown, len(word.text)))
    return found


def _inside_name(text: str, at: int) -> bool:
    """Whether a particle's letter stands between two katakana, as in a name."""
    near = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return len(near) == 2 and all("ァ" <= letter <= "ー" for letter in near) and "ァ" <= text[at] <= "ー"
