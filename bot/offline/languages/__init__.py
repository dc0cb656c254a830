"""Other languages than English: tables that turn their words of scheduling into the English ones."""

from collections.abc import Mapping


def told(text: str, locale: str) -> str:
    """The language of a text: told by its words, else the locale's."""
    return "en"


def spaced(text: str, lang: str) -> str:
    """The text with its words apart (same length unless the language writes none)."""
    return text


def table(lang: str) -> Mapping[str, str] | None:
    """Words of the language -> English lemmas; None for English."""
    return None
