"""Other languages than English: tables that turn their words of scheduling into the English ones."""

from collections.abc import Mapping


def told(text: str, lang: str) -> str:
    """The language of a text that `bot.when` took for `lang`."""
    return lang


def table(lang: str) -> Mapping[str, str] | None:
    """Words of the language -> English lemmas; None for English."""
    return None
