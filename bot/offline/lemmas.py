"""From words as written to words the grammar knows: chat spelling, typing errors, endings, phrases, translations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.offline import lexicon
from bot.offline.languages import Language, cut
from bot.offline.spelling import corrected
from bot.offline.words import Word

_NEVER_CORRECTED_AFTER = frozenset(("with", "and", "invite", "named", "called", "is", "does", "to", "mr", "mrs", "dr"))
_LONGEST = 4
_STARTS = frozenset(phrase.split()[0] for phrase in lexicon.PHRASES)


def known(words: Sequence[Word], spoken: Language | None = None) -> list[Word]:
    """The words with their lemmas. A capitalised word inside a sentence and a word after "with" are not corrected.

    Phrases ("set up", "get rid of") become one word whose span covers them. `spoken` is the table of another language.
    """
    if spoken is not None:
        return [_translated(word, spoken) for word in _joined(cut(words, spoken), spoken.phrases, spoken.starts)]
    found: list[Word] = []
    for at, word in enumerate(words):
        before = found[-1].lemma if found else ""
        found.append(replace(word, lemma=_lemma(word, before, at == 0)))
    return _joined(found, lexicon.PHRASES, _STARTS)


def _translated(word: Word, spoken: Language) -> Word:
    """The word with its English lemma; English words of meetings are understood in every language."""
    lemma = spoken.words.get(word.lemma)
    if lemma is None and word.lemma in lexicon.EVENTS and word.lemma.isascii():
        lemma = word.lemma
    return replace(word, lemma=lemma or word.lemma)


def _lemma(word: Word, before: str, first: bool) -> str:
    lemma = word.lemma
    if word.kind == "slang":
        return "between" if lemma.startswith("b") else "with"
    if word.kind not in ("word", "slang"):
        return lemma
    lemma = lexicon.SLANG.get(lemma, lemma)
    if lemma in lexicon.LEMMAS:
        return lexicon.LEMMAS[lemma]
    if before in _NEVER_CORRECTED_AFTER or (word.capital and not first and not word.text.isupper()):
        return lemma
    better = corrected(lemma)
    return lexicon.LEMMAS.get(better, better) if better else lemma


def _joined(words: Sequence[Word], phrases: Mapping[str, str], starts: Collection[str]) -> list[Word]:
    """Each known phrase as one word, the longest first. `starts` are the first words of the phrases."""
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
