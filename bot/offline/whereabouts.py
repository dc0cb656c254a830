"""Where somebody says they are: "I'm in London this week" tells whose clock the hours they name are by."""

import re

from bot.offline.action import Call
from bot.when.zones import place_zone

_HERE = re.compile(
    r"\b(?:[Ii](?:['’]m| am|m|['’]ll be| will be)|[Ww]e(?:['’]re| are|['’]ll be| will be)) "
    r"(?:currently |now |still |actually )?in "
    r"(?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
_CLOCK = re.compile(
    r"\d\s*(?:am|pm|a\.m|p\.m|h\b|uhr)|\d[:.]\d\d|\b(?:at|around|by|from|after|before) \d|\bnoon\b", re.I
)
_ZONED = re.compile(r"\b(?:time|zone|utc|gmt|[ecmp][sd]?t|cet|cest|bst|jst)\b", re.I)
_WHEN = {"book": "when", "find_times": "when", "move": "to"}


def placed(call: Call, text: str) -> Call:
    """The call with the place the asker says they are in beside its clock times, so that these are read there."""
    argument = _WHEN.get(call.tool)
    here = _HERE.search(text)
    words = str(call.arguments.get(argument, "")) if argument else ""
    if here is None or argument is None or not _CLOCK.search(words) or _ZONED.search(words):
        return call
    if place_zone(here["place"].casefold()) is None:
        return call
    return Call(call.tool, {**call.arguments, argument: f"{words} {here['place']} time"})
