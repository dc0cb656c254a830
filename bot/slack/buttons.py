"""What a button carries: the verb in its action id, the card's ref and a key in its value.

`sw:<verb>:<n>` with the value `<ref>:<key>`; a date picker has no value, so its ref stands in the action id; a row's
menu carries the verb in the option. Refs are opaque and looked up, so nothing is taken on trust from a button.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from bot.scheduling.cards import Verb

PREFIX = "sw:"
ROW = "row"
LINK = "link"
_VERBS = frozenset(Verb)


@dataclass(frozen=True)
class Pressed:
    """A press on a card."""

    verb: Verb
    ref: str
    key: str = ""


def value_of(ref: str, key: str = "") -> str:
    """The value of a button.

    >>> value_of("abc", "2026-11-24T10:00"), value_of("a:b")
    ('abc:2026-11-24T10:00', 'a%3Ab:')
    """
    return f"{quote(ref, safe='')}:{key}"


def pressed(action: dict[str, Any]) -> Pressed | None:
    """Read an action of Slack's `block_actions`; None for what is not ours or says nothing (a link, an emptied picker).

    >>> pressed({"action_id": "sw:slot:2", "value": "abc:k1"})
    Pressed(verb=<Verb.SLOT: 'slot'>, ref='abc', key='k1')
    """
    _, _, rest = str(action.get("action_id", "")).partition(PREFIX)
    name, _, tail = rest.partition(":")
    if name == Verb.DAY:
        day = action.get("selected_date")
        return Pressed(Verb.DAY, unquote(tail), str(day)) if day else None
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    if name == ROW:
        name, _, value = value.partition(":")
    if name not in _VERBS or not value:
        return None
    ref, _, key = value.partition(":")
    return Pressed(Verb(name), unquote(ref), key)
