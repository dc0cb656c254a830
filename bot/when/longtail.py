"""Languages without a lexicon of their own: dateparser, behind our own choice of what is a date.

dateparser reads isolated absolute dates of many languages well, and takes numbers and short words for dates; so only
spans that hold a date word or a full numeric date are kept. Its import costs a third of a second and is paid on the
first such text only.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.when.reading import Kind, Mention, Window
from bot.when.wording import clock_change
from bot.when.zones import locate

_SCRIPTS = (("ru", 0x400, 0x52F), ("el", 0x370, 0x3FF), ("he", 0x590, 0x5FF), ("ar", 0x600, 0x6FF),
            ("hi", 0x900, 0x97F),
            ("th", 0xE00, 0xE7F), ("ko", 0xAC00, 0xD7A3))  # fmt: skip


def script_language(text: str) -> str | None:
    """The language of a text in a script the lexicons do not cover, by its first such letter."""
    for letter in text:
        code = ord(letter)
        if code > 0x36F and letter.isalpha():
            for lang, low, high in _SCRIPTS:
                if low <= code <= high:
                    return lang
    return None


@cache
def _known(lang: str) -> bool:
    from dateparser.data.languages_info import language_locale_dict

    return lang in language_locale_dict


def search(text: str, now: datetime, zone: str, lang: str) -> list[Mention]:
    """The dates and times dateparser finds in a text, as mentions in `zone`; `now` is aware.

    Raises nothing: a text or language it cannot read has no mentions.
    """
    if not _known(lang):
        return []
    from dateparser.search import search_dates

    settings: Any = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "RETURN_TIME_SPAN": False,
    }
    try:
        found = search_dates(text[:500], languages=[lang], settings=settings) or []
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):  # its known failures on odd text
        return []
    mentions: list[Mention] = []
    at = 0
    for words, when in found:
        start = text.find(words, at)
        if start < 0 or not _convincing(words):
            continue
        at = start + len(words)
        try:
            mentions.append(_mention(words, (start, at), when, now, zone))
        except OverflowError:  # the first and the last day of the calendar
            continue
    return mentions


def _convincing(words: str) -> bool:
    letters = sum(c.isalpha() for c in words)
    return letters >= 3 or (letters >= 1 and any(c.isdigit() for c in words)) or words.count(".") == 2


def _mention(words: str, span: tuple[int, int], when: datetime, now: datetime, zone: str) -> Mention:
    wall = when.replace(tzinfo=None)
    base = now.replace(tzinfo=None)
    untimed = wall.time() == base.time() or (wall.hour == wall.minute == wall.second == 0)
    if untimed:
        midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
        window = Window(locate(midnight, zone).at, locate(midnight + timedelta(days=1), zone).at)
        return Mention(span, words, Kind.DATE, start=window.start, end=window.end, windows=(window,), spans=(span,))
    put = locate(wall, zone)
    return Mention(
        span,
        words,
        Kind.INSTANT,
        start=put.at,
        windows=(Window(put.at, None, True),),
        problem=clock_change(put, wall, zone, True),
        spans=(span,),
    )
