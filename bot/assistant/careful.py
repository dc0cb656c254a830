"""What a model may pass on: no link that the person did not write, and nothing done at once that needs a click.

A model reads other people's words, so its calls are treated as theirs.
"""

import re
from collections.abc import Sequence
from typing import Any

from bot.assistant import plain
from bot.scheduling.requests import LinkAccount, Request

LEFT_OUT = "(link left out)"
_LINK = re.compile(
    r"https?://\S+|(?<![\w+.-])(?:[a-z][\w+.-]*://|www\.)\S+|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}/\S*", re.I
)
"""Looked for at the beginnings of words alone, so that no text of a model takes longer than its length."""
_PUNCTUATION = ".,;:!?)]}>\"'"


def without_links(text: str, said: Sequence[str] = ()) -> str:
    """The text without links, but for those in the asker's own words (`said`).

    >>> without_links("pay at https://evil.example/x now"), without_links("see https://a.example/b.", ["https://a.example/b"])
    ('pay at (link left out) now', 'see https://a.example/b.')
    """
    own = {link.rstrip(_PUNCTUATION).casefold() for words in said for link in _LINK.findall(words)}
    return _LINK.sub(lambda m: m[0] if m[0].rstrip(_PUNCTUATION).casefold() in own else LEFT_OUT, text)


def careful(request: Request, said: Sequence[str]) -> Request:
    """The request as a person's own: foreign links left out; an account is unlinked by the person's words or click."""
    if isinstance(request, LinkAccount):
        asked = plain.account(said[-1]) if said else None
        return request if request.action != "unlink" or asked == "unlink" else LinkAccount(action="show")
    return request.model_copy(update={name: _cleaned(value, said) for name, value in request})


def _cleaned(value: Any, said: Sequence[str]) -> Any:
    if isinstance(value, str):
        return without_links(value, said)
    if isinstance(value, list):
        return [_cleaned(each, said) for each in value]
    if isinstance(value, dict):
        return {_cleaned(key, said): _cleaned(each, said) for key, each in value.items()}
    return value
