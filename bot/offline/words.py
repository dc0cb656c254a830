"""A message as words: each with its place in the text and, for words the grammar knows, its lemma."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end (exclusive) of characters in the text."""

_WORD = re.compile(
    r"""(?P<mention><[@\#!][^<>\s]+>)
      | (?P<url>https?://[^\s<>|]+|(?:app\.)?cal\.com/[^\s<>|,]+)
      | (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
      | (?P<handle>(?<![\w])@[\w][\w.\-]*[\w]|(?<![\w])@\w)
      | (?P<phone>\+\d[\d\s().-]{6,}\d)
      | (?P<number>\d+(?:[:.,h]\d+)*(?:st|nd|rd|th)?(?![\w])|\d+(?:[:.,]\d+)*)
      | (?P<slang>\bb/w\b|\bw/(?=\s|\w)|\bw(?=\s[^\W\d_]))
      | (?P<word>[^\W\d_]{3,}\.[a-z]{1,2}(?![\w.])|[^\W\d_]+(?:['’\-&][^\W\d_]+)*)
      | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?<=\w)['’](?:s|m|re|ll|ve|d)$|(?<=s)['’]$", re.IGNORECASE)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', " ": " "})


@dataclass(frozen=True)
class Word:
    """One word: `text` as written, `lemma` lower-case and, for known words, its dictionary form."""

    text: str
    lemma: str
    kind: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Written with a capital first letter."""
        return self.text[:1].isupper()

    @property
    def is_mark(self) -> bool:
        """Punctuation."""
        return self.kind == "mark"


def straight(text: str) -> str:
    """Typographic quotes and hard spaces as plain ones; the length stays the same."""
    return text.translate(_QUOTES)


def split(text: str) -> list[Word]:
    """The words of a text in order; endings like 's and 'll stand alone.

    >>> [w.text for w in split("what's Bailey's 2:30?")]
    ['what', "'s", 'Bailey', "'s", '2:30', '?']
    """
    found: list[Word] = []
    for match in _WORD.finditer(straight(text)):
        kind, start, end, written = str(match.lastgroup), match.start(), match.end(), match.group()
        cut = _CLITIC.search(written) if kind == "word" else None
        if cut and written.lower() not in ("let's", "o'clock"):
            found.append(Word(written[: cut.start()], written[: cut.start()].lower(), kind, start, start + cut.start()))
            ending = cut.group()
            found.append(Word(ending, "'s" if ending == "'" else ending.lower(), "ending", start + cut.start(), end))
        else:
            found.append(Word(written, written.lower(), kind, start, end))
    return found


def spanned(words: Sequence[Word], first: int, last: int) -> Span:
    """The characters from word `first` up to and without word `last`."""
    return words[first].start, words[last - 1].end


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def tidy(text: str) -> str:
    """One line without doubled spaces or dangling punctuation."""
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split())).strip(" ,.;:!?-–—\"'")


def listed(text: str) -> frozenset[str]:
    """The words of a table, written apart by spaces."""
    return frozenset(text.split())
