"""From words as written to words the grammar knows: chat spelling, typing errors, endings, phrases, translations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.offline import lexicon
from bot.offline.spelling import corrected
from bot.offline.words import Word

_NEVER_CORRECTED_AFTER = frozenset(("with", "and", "invite", "named", "called", "is", "does", "to", "mr", "mrs", "dr"))
_LONGEST = 4


def known(words: Sequence[Word], translations: Mapping[str, str] | None = None) -> list[Word]:
    """The words with their lemmas. A capitalised word inside a sentence and a word after "with" are not corrected.

    Phrases ("set up", "get rid of") become one word whose span covers them.
    """
    found: list[Word] = []
    for at, word in enumerate(words):
        before = found[-1].lemma if found else ""
        found.append(replace(word, lemma=_lemma(word, before, at == 0, translations)))
    return _joined(found, lexicon.PHRASES)


def _lemma(word: Word, before: str, first: bool, translations: Mapping[str, str] | None) -> str:
    lemma = word.lemma
    if word.kind not in ("word", "slang"):
        return lemma
    if translations and lemma in translations:
        return translations[lemma]
    lemma = lexicon.SLANG.get(lemma, lemma)
    if lemma in lexicon.LEMMAS:
        return lexicon.LEMMAS[lemma]
    if before in _NEVER_CORRECTED_AFTER or (word.capital and not first and not word.text.isupper()):
        return lemma
    better = corrected(lemma)
    return lexicon.LEMMAS.get(better, better) if better else lemma


def _joined(words: Sequence[Word], phrases: Mapping[str, str]) -> list[Word]:
    """Each known phrase as one word, the longest first."""
    starts = {phrase.split()[0] for phrase in phrases}
    found: list[Word] = []
    at = 0
    while at < len(words):
        taken = 1
        if words[at].lemma in starts:
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                phrase = " ".join(word.lemma for word in words[at : at + length])
                if phrase in phrases and " " not in phrases[phrase]:
                    last = words[at + length - 1]
                    joined = words[at].text if length == 1 else f"{words[at].text} {last.text}"
                    found.append(replace(words[at], text=joined, lemma=phrases[phrase], end=last.end))
                    taken = length
                    break
            else:
                found.append(words[at])
        else:
            found.append(words[at])
        at += taken
    return found
