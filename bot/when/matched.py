"""What a rule matched: values and modifiers picked out of its tokens."""

from collections.abc import Sequence
from typing import Any

from bot.when.calendar_days import Day
from bot.when.tokens import CHAR, Token

_AFTERNEXT, _DAY, _FOLLOWING, _LAST, _NEXT, _THIS, _YEAR = (
    CHAR[n] for n in ["AFTERNEXT", "DAY", "FOLLOWING", "LAST", "NEXT", "THIS", "YEAR"]
)


_WHICH = {_THIS: "this", _NEXT: "next", _LAST: "last", _FOLLOWING: "following", _AFTERNEXT: "afternext"}


SHIFT = {"this": 0, "": 0, "next": 1, "last": -1, "following": 1, "afternext": 2}


def one(tokens: Sequence[Token], *classes: str) -> Any:
    """The value of the first token of one of the classes, or None."""
    return next((t.val for t in tokens if t.cls in classes), None)


def which(tokens: Sequence[Token]) -> str:
    """this, next, last, following or afternext as said; "" when not."""
    said = [_WHICH[t.cls] for t in tokens if t.cls in _WHICH]
    return said[-1] if "afternext" in said[-1:] else (said[0] if said else "")


def year_of(tokens: Sequence[Token]) -> int | None:
    year: int | None = one(tokens, _YEAR)
    return year


def inner_day(tokens: Sequence[Token]) -> Day:
    day: Day = [t.val for t in tokens if t.cls == _DAY][-1]
    return day
