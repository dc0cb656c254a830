"""Words and numbers of a text, each with its class and value.

A class is one character; a sentence thus has a *class string* ("on Tuesday at 2pm" -> ON WD AT CLOCK, four
characters), and the grammar is regular expressions over that string instead of over the text. That keeps the rules
short, the same for all languages, and fast.
"""

from typing import Any

NAMES = """
    NUM ORD YEAR CLK DATE DOT FRAC WD WDS MON UNIT REL TONIGHT PART NOON HOL SEASON AMPM OCLK HALF QTR PAST
    TO DASH UNTIL AND OR THE OF ON AT IN FOR FROM BETWEEN AFTER BEFORE BY THIS NEXT LAST FOLLOWING AFTERNEXT
    EVERY ALT NOT EXCEPT PREFER AGO LATER FROMNOW WITHIN ABOUT EARLY MID LATE BEGIN END NOW ANY ZONE ART
    FIRSTTHING EOP PLUS COUNTED MORE FREQ SAME TIMEWORD CORRECT ENDVERB STARTVERB REST WEEKOF NTHLAST
    NOEARLIER NOLATER IFPOSS INSTEAD HOST ASAP OPENDAY LABEL STREET NQ NEG SLASH MINUS LENW GATSU NICHI JI
    AMPMPRE ORDMARK TODASH UNTILPOST AFTERPOST BEFOREPOST WITHINPOST BETWEENPOST EXCEPTPOST SEASONQ GAP
    BADTIME BADPOST MAKEIT NEAREST WORD COMMA STOP CLOCK HOURS LEN DAY OFFSET OPEN REC MOVE NOTE
""".split()  # noqa: SIM905
CHAR = {name: chr(0x100 + i) for i, name in enumerate(NAMES)}


def chars(names: str) -> tuple[str, ...]:
    """The characters of some classes, named with spaces between."""
    return tuple(CHAR[name] for name in names.split())


def word_set(words: str) -> frozenset[str]:
    """Some words, written with spaces between."""
    return frozenset(words.split())


DAY_DOT = "d."
"""Parts a date whose month, too, has a full stop behind it ("3.12."): nobody writes the month first that way."""


class Token:
    """One piece of the text: `cls` (a character of the class string), `val`, and where it stands."""

    __slots__ = ("cls", "end", "low", "start", "val")

    def __init__(self, cls: str, val: Any, start: int, end: int, low: str) -> None:
        self.cls = cls
        self.val = val
        self.start = start
        self.end = end
        self.low = low

    def __repr__(self) -> str:
        name = next((n for n, c in CHAR.items() if c == self.cls), self.cls)
        return f"{name}({self.low!r}, {self.val!r})"
