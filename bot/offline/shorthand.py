"""Requests of a word or two: "upcoming", "tomorrow?", "my week", "free?"."""

import re

from bot.offline.intent import Intent
from bot.offline.phrases import core, pattern
from bot.offline.utterance import Utterance

_LISTED = pattern(
    "^(?:(?:my|our|the|all|any|new|open|show|see|list|other|more) )*(?:upcoming|{calendar}|plans|overview|requests?"
    "|pending|"
    "invites?|invitations?|itinerary|day|week|month|stuff|meeting|event|appointment|booking|call|events|bookings)"
    "(?: (?:meeting|event|appointment|booking|call|ones?|requests?))?(?: (?:for|on|of)?(?: ?the)? ?<when>)?$"
    "|^<when> (?:overview|summary|agenda|calendar|schedule)$"
)
_EDGE = pattern(
    "^(?:the |my |our )?(?:first|last|next|latest|previous) (?:{event}) ?(?:<when>|with <who>|of the day|on <when>"
    "| )*$|"
    "^(?:my |all |our )?(?:history|everything|anything|all) with <who>(?: <when>)?$"
)
"""One meeting by its place in the row: "first meeting tomorrow?", "last call with sam"."""
_NAMED = pattern("^(?:<when> )?(?:of )?(?:my )?(?:meeting|appointment|call|{calendar})(?: <when>)?(?: [?？])?$")
_PLURAL = re.compile(
    r"\b(?:upcoming|calendar|cal|schedule|agenda|diary|planner|itinerary|plans|overview|pending|day|week|month|stuff"
    r"|(?!this\b)\w+s)\b",
    re.IGNORECASE,
)
_DAY_ALONE = pattern("^(?:(?:and|what about|how about|just|only|my|for|on|in) )*<when>(?: 's)?$")
_NO_DAY = re.compile(
    r"\d\s*(?:[ap]\.?m|h\b|:\d)|:\d\d|\bat\b|\b(?:later|earlier|sooner|soon|now|asap|noon|midday|midnight|not"
    r"|before|after"
    r"|until|from|between|every|same|other|another|any ?time|sometime|daily|weekly|monthly)\b|^\W*\d+\W*$|時|点|uhr\b",
    re.IGNORECASE,
)


def listing(said: Utterance) -> Intent | None:
    """FIND for a bare word that names the calendar or what is in it; None for anything else."""
    if len(said.words) > 8 or said.sizes:
        return None
    if _EDGE.match(core(said.line)) and (said.text.rstrip().endswith("?") or not said.times):
        return Intent.FIND
    if said.lang != "en" and said.text.rstrip()[-1:] in ("?", "？") and _NAMED.match(core(said.line)):
        return Intent.FIND
    if said.people:
        return None
    fits = _LISTED.match(core(said.line)) and _PLURAL.search(said.text)
    return Intent.FIND if fits else None


def is_day(said: Utterance) -> bool:
    """Whether nothing is said but a day or a longer stretch, without a clock time: what is on then is asked."""
    if said.people or said.sizes or not said.times or said.details.spans or len(said.words) > 6:
        return False
    return bool(_DAY_ALONE.match(core(said.line))) and not _NO_DAY.search(said.when)
