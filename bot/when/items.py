"""The pieces of a sentence: days, hours, lengths, each with its bound and its role."""

from dataclasses import dataclass
from typing import Any

from bot.when.reading import Role
from bot.when.tokens import CHAR, Token, chars, word_set

_C = CHAR
DAY, CLOCK, HOURS, PART, TONIGHT, LEN, OFFSET, NOW, ASAP, REC, EOP, FIRST = chars(
    "DAY CLOCK HOURS PART TONIGHT LEN OFFSET NOW ASAP REC EOP FIRSTTHING"
)
_OR, _AND, _COMMA, _STOP, _TO, _NOT, _EXCEPT, _PREFER, _ENDVERB, _INSTEAD = chars(
    "OR AND COMMA STOP TO NOT EXCEPT PREFER ENDVERB INSTEAD"
)
LINKING = {_OR, _AND, _COMMA, _C["PLUS"]}
_BOUNDS = {
    _C["AFTER"]: "", _C["BEFORE"]: "", _C["FROM"]: "from", _C["UNTIL"]: "until", _C["BY"]: "by", _C["PAST"]: "after",
}  # fmt: skip
_THROUGH = ("thru", "through")
_NEGATIONS = {_NOT, _C["NEG"]}
_FILLERS = {_C[n] for n in ["THE", "ON", "AT", "ABOUT", "IN", "FOR", "OF", "ANY", "THIS"]}
_PREPOSITIONS = _FILLERS | {_C["FROM"], _C["BY"], _C["UNTIL"], _C["AFTER"], _C["BEFORE"], _C["PAST"], _C["BETWEEN"]}


@dataclass(slots=True)
class Item:
    """A piece: a day, hours, a length ... with its bound ("after", "from", "before", "until", "by") and role."""

    sort: str
    token: Token
    value: Any
    bound: str
    role: Role
    span: tuple[int, int]
    index: int
    fixed_today: bool = False
    leaves: bool = False  # "check out on the 13th"
    any_day: bool = False  # "any afternoon"
    other: bool = False  # another choice: "before 9 or after 5"
    away: bool = False  # "I'm out on Monday"


MAX_ITEMS = 24  # nobody means more in one message; what follows is not read
_SORTS = {
    DAY: "day", CLOCK: "clock", HOURS: "hours", PART: "part", TONIGHT: "tonight", LEN: "length", OFFSET: "offset",
    NOW: "now", _C["BADTIME"]: "bad", ASAP: "asap", REC: "rec", EOP: "eop", FIRST: "first", _C["ZONE"]: "zone",
}  # fmt: skip


def items_of(tokens: list[Token]) -> list[Item]:
    """The pieces of a sentence in order, at most `MAX_ITEMS`."""
    items: list[Item] = []
    role = Role.LIMIT
    previous = -1
    for i, token in enumerate(tokens):
        sort = _SORTS.get(token.cls)
        if sort is None:
            continue
        if len(items) == MAX_ITEMS:
            break
        if sort == "zone":
            items.append(Item(sort, token, token.val, "", role, (token.start, token.end), i))
            continue
        k = i - 1
        bound = ""
        start = token.start
        today = False
        while k > previous and ((cls := tokens[k].cls) in _PREPOSITIONS or tokens[k].low in _THROUGH):
            if cls == _TO and not bound:
                bound = "until"
            if cls in _BOUNDS and not bound:
                bound = _BOUNDS[cls] or tokens[k].val
                if tokens[k].val == "now":
                    bound = "until-now"
                elif bound == "until" and any(t.cls in _NEGATIONS for t in tokens[max(previous + 1, k - 4) : k]):
                    bound = "from"  # "I can't until 4"
            if cls == _C["THIS"]:
                today = True
            start = tokens[k].start
            k -= 1
        if sort == "day" and token.val.holiday and _adjective(tokens, i):
            continue
        role = _role(tokens, previous, k, i, items)
        item = Item(sort, token, token.val, bound, role, (start, token.end), i, today)
        item.any_day = any(t.low == "any" for t in tokens[k + 1 : i])
        item.other = any(t.cls == _OR for t in tokens[max(previous + 1, 0) : k + 1])
        item.away = _away(tokens[max(previous + 1, k - 4) : k + 1], items[-1] if items else None)
        if item.away and item.bound == "until" and not (items and items[-1].away):
            item.bound, item.away = "from", False  # "I'm busy until 3"
        item.leaves = any(t.cls == _ENDVERB for t in tokens[max(previous + 1, k - 3) : k + 1])
        items.append(item)
        previous = i
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if after is not None and after.cls == _C["BADPOST"]:
            item.role = Role.EXCEPTION
        if after is not None and after.cls == _PREFER and after.val == "maybe":
            for earlier in reversed(items):
                earlier.role = Role.PREFERENCE
                if any(t.cls in _BREAKS for t in tokens[earlier.index - 2 : earlier.index]):
                    break
    return items


_AWAY = word_set("busy tied out away unavailable off booked traveling travelling")
_SUBJECTS = word_set("i'm im i am we we're are he's she's they're is be")


def _away(before: list[Token], last: Item | None) -> bool:
    """Whether the words before a time say that somebody is not there then."""
    words = [t.low for t in before]
    if any(w in _AWAY for w in words) and any(w in _SUBJECTS for w in words):
        return True
    return last is not None and last.away and all(t.cls in LINKING or t.cls in _PREPOSITIONS for t in before)


_BREAKS = {_COMMA, _STOP, _OR, _AND}


def _adjective(tokens: list[Token], i: int) -> bool:
    """Whether a feast only names an event ("Halloween party on Saturday"): a noun follows, and another day is said."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.cls != _C["WORD"]:
        return False
    return any(t.cls == DAY and not t.val.holiday for t in tokens)


_BESIDE = {_COMMA, _C["THE"], _C["FOR"]}
_WIDE = ("day", "weekend", "week", "span", "month", "quarter", "year")  # each holds those before it


def _carved(before: Item, words: list[Token], token: Token) -> bool:
    """Whether a day is cut out of a week: "next week but Friday"."""
    said = [t.low for t in words if t.cls not in _BESIDE]
    if said != ["but"] or token.cls != DAY or before.sort != "day" or before.role is not Role.LIMIT:
        return False
    return before.value.grain in _WIDE and token.val.grain in _WIDE[: _WIDE.index(before.value.grain)]


def _role(tokens: list[Token], previous: int, k: int, i: int, items: list[Item]) -> Role:
    """The role of the item at `i`, from the words between it and the item before; carried on over "or" and "and"."""
    between = [t.cls for t in tokens[previous + 1 : i]]
    if items and _carved(items[-1], tokens[previous + 1 : i], tokens[i]):
        return Role.EXCEPTION
    for cls in reversed(between):
        if cls in (_EXCEPT, _INSTEAD):
            return Role.EXCEPTION
        if cls == _NOT:
            near = tokens[k].cls == _NOT or (
                k > 0 and tokens[k - 1].cls == _NOT and tokens[k].cls in (_C["ANY"], _C["WORD"], _C["COUNTED"])
            )
            return Role.EXCEPTION if near and not (k == 0 and _COMMA in between) else Role.LIMIT
        if cls == _STOP:
            break
    window = between[-6:]
    if _PREFER in window:
        words = window[len(window) - window[::-1].index(_PREFER) :]
        wish = next(t for t in reversed(tokens[:i]) if t.cls == _PREFER)
        if wish.val == "maybe" and not words and not items:
            return Role.PREFERENCE
        if wish.val == "prefer" and _STOP not in words and words.count(_C["WORD"]) <= 3 and _COMMA not in words[1:]:
            return Role.PREFERENCE
    if items and between and all(c in LINKING or c in _PREPOSITIONS for c in between):
        if items[-1].role is Role.EXCEPTION and (_AND in between or _OR in between):
            return Role.EXCEPTION
        if items[-1].role is Role.PREFERENCE and (_AND in between or _OR in between):
            return Role.PREFERENCE
    if items and not between and items[-1].role is not Role.LIMIT:
        return items[-1].role
    if items and items[-1].role is not Role.LIMIT and all(c in _PREPOSITIONS for c in between):
        return items[-1].role
    return Role.LIMIT
