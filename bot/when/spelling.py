"""Days and months with a slip of the finger in them, and words that only look like days.

A word is taken for a name of a day or month when one slip (a letter too many, too few, another one, two swapped)
leads there, and two slips where the name is long; the first letter has to be right. The names are few and long, so
that ordinary words lie farther away; those that do not are listed.
"""

from functools import cache

from bot.when.lexicon import Entry, Lexicon, lexicon
from bot.when.tokens import CHAR, Token, chars, word_set

_CORRECTED = ("WD", "MON", "REL")
_SHORTEST = 6
_LONG = 8
_OTHERS = word_set("frida sundry munday mundy augusta")
"""Names and words one slip away."""
_NO_DAYS = word_set(
    "birthday holiday workday everyday someday payday weekday midday faraday halliday holliday doomsday heyday loveday"
)
_WORD, _UNIT, _CLOCKISH = CHAR["WORD"], CHAR["UNIT"], frozenset(chars("AT CLK CLOCK NUM NOON PART"))
_LEADING = frozenset(chars("ON NEXT THIS BY UNTIL BEFORE AFTER FROM LAST"))


@cache
def misspelt(word: str, lang: str) -> Entry | None:
    """The entry of the day or month that an unknown word was meant to be, if one lies near enough.

    >>> misspelt("tusday", "en"), misspelt("frida", "en"), misspelt("septmeber", "en")
    (('WD', 1), None, ('MON', 9))
    """
    if len(word) < _SHORTEST - 1 or len(word) > 12 or word in _OTHERS or not word.isalpha():
        return None
    found: Entry | None = None
    fewest = 3
    for name, entry in _names(lang):
        if name[0] != word[0] or abs(len(name) - len(word)) > 2:
            continue
        slips = _slips(word, name)
        if slips < fewest and slips <= (2 if len(name) >= _LONG and len(word) >= _LONG - 1 else 1):
            found, fewest = entry, slips
    return found


@cache
def _names(lang: str) -> tuple[tuple[str, Entry], ...]:
    lex: Lexicon = lexicon(lang)
    return tuple((w, e) for w, e in lex.words.items() if e[0] in _CORRECTED and len(w) >= _SHORTEST and w.isalpha())


def _slips(one: str, other: str) -> int:
    """How many letters were added, left out, changed or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


def strange_days(tokens: list[Token]) -> list[Token]:
    """Unknown words that stand where a day does and end like one: "on blursday at 2".

    >>> from bot.when.reader import lex_tokens
    >>> [t.low for t in strange_days(lex_tokens("on blursday at 2pm, her birthday", "en"))]
    ['blursday']
    """
    found = []
    for at, token in enumerate(tokens):
        if token.cls != _WORD or not token.low.endswith("day") or len(token.low) < 5 or token.low in _NO_DAYS:
            continue
        led = at == 0 or tokens[at - 1].cls in _LEADING
        timed = at + 1 < len(tokens) and tokens[at + 1].cls in _CLOCKISH
        if led and (timed or (at > 0 and at + 1 == len(tokens))):
            found.append(token)
    return found
