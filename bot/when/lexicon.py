"""The vocabulary of one language: data, no rules.

A language module (`languages/en.py`, ...) is a table `TABLE` from class name to {value: "word other_word"}: words
are separated by spaces, and `_` stands for the space inside an expression ("day_after_tomorrow").
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ja", "zh")

Entry = tuple[str, Any]
Table = Mapping[str, Mapping[Any, str]]


class Lexicon:
    """Looks up words and expressions of one language.

    `words`: word -> (class name, value). `phrases`: first word -> second word -> the words after them, longest first.
    `day_first`: 3/12 is 3 December. `tens`: number words that take a unit after them ("twenty" "two").
    """

    def __init__(self, lang: str, table: Table, options: Mapping[str, Any]) -> None:
        self.lang = lang
        self.options = options
        self.day_first: bool = options.get("day_first", True)
        self.spaced: bool = options.get("spaced", True)
        self.ordinal_suffixes: frozenset[str] = frozenset(options.get("ordinal_suffixes", "").split())
        self.tens: frozenset[str] = frozenset(
            options.get("tens", "twenty thirty forty fourty fifty sixty ninety").split()
        )
        self.tens_and: bool = options.get("tens_and", bool(options.get("tens")))
        self.folds: bool = lang != "en"
        self.elides: bool = options.get("elides", False)
        self.compounds: bool = options.get("compounds", False)
        self.dot_ordinals: bool = options.get("dot_ordinals", False)
        self.counted: frozenset[str] = frozenset(options.get("counted", "").split())
        self.words: dict[str, Entry] = {}
        self.phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str, Any]]]] = {}
        for cls, values in table.items():
            for value, forms in values.items():
                for form in forms.split():
                    self.add(form, cls, value)
        self.longest = max(map(len, self.words), default=1)
        self.heads: tuple[str, ...] = (
            tuple(w for w, (cls, _) in self.words.items() if cls in ("WD", "REL") and len(w) > 4)
            if self.compounds
            else ()
        )
        for phrases in self.phrases.values():
            for rests in phrases.values():
                rests.sort(key=lambda p: -len(p[0]))

    def add(self, form: str, cls: str, value: Any) -> None:
        """Enter one word or expression."""
        parts = tuple(form.split("_")) if self.spaced else (form.rstrip("_"),)
        if len(parts) == 1:
            self.words[form] = (cls, value)
        else:
            self.phrases.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts[2:], cls, value))


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language of `LANGUAGES`; loaded on first use."""
    module = import_module(f"bot.when.languages.{lang}")
    return Lexicon(lang, module.TABLE, module.OPTIONS)
