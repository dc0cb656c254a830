"""Calls for help right now."""

import re

from bot.offline.phrases import pattern

_BROKEN_WORDS = (
    "down|offline|broken|crashed|crashing|failing|failed|unreachable|hacked|stuck|on fire|unresponsive|"
    "not working|"
    "not loading|not responding|breaking|unavailable|dead|gone"
)
_BROKEN = pattern(
    f"<<(?:{_BROKEN_WORDS}|outage|outages|crash|fails|breach|sev1|sev-1|sev0|p0|p1|incident|500s|isn't working|"
    "doesn't work|stopped working|can't (?:log|pay|check|access|sign)|won't load|data loss)>>|<<(?:nobody|"
    "no one|noone|no customers?|customers can't|users can't) (?:can |is able to )?(?:log|pay|buy|access|"
    "reach|use|check|sign|open|see|connect|order)>>"
)
_STATED = pattern(
    "^(?!(?:i|we|<who>|my|you)>>).*<<(?:is|are|'s|has|have|went|keeps|just)>> (?:[^ ]+ )?"
    f"(?:{_BROKEN_WORDS})>>|<<outage>>|<<(?:sev1|sev-1|sev0|p0)>>"
)
_URGENT = pattern(
    "<<(?:urgent|urgently|emergency|asap|immediately|right now|now|sos|mayday|right away|straight away|at once|"
    "critical|911|escalate|page|ring|pager)>>"
)
_ALARM = pattern(
    "<<(?:emergency|sos|mayday|911)>>|^(?:urgent|urgently|critical)>>(?! (?:meeting|call|support call|appointment))"
)
_NOW = pattern("(?:^|[^a-z])(?:asap|right now|now|immediately|urgent(?:ly)?|right away|!!+)(?:[^a-z]|$)")
_HELP = pattern("<<(?:help|support|someone|somebody|anyone|assistance|engineer|on-call|oncall|human|agent|eyes)>>")
_TEAM = pattern("<<(?:support|on-call|oncall|ops|sre|help desk|helpdesk|support team|team)>>")
_RING = pattern(
    "^(?:ring|page|call|ping|alert|summon|wake|get)>> .*(?:team|support|on-call|oncall|somebody|someone|everyone)"
)
_NOT_OURS = pattern("<<(?:my|our|the) (?:calendar|card|luggage|account|bank)>>|<<(?:free|schedule|{calendar})>>")
_WILLING = pattern(
    "<<<who> (?:is )?(?:up |still )?down>>|<<(?:i|we) (?:am|are|'m|'re) (?:still )?down>>|"
    "<<(?:i|he|she|they) (?:am|are|is|'m|'re|'s) (?:still )?(?:gone|dead|stuck|unavailable|offline)>>"
)
_DOWN_FOR = re.compile(r"\bdown for (?!\d|every|all|users|us\b|maintenance|hours|minutes)", re.IGNORECASE)
_OF_TEAM = pattern("<<(?:help with|from) (?:<who>)>>")
_WANTED = pattern("<<(?:need|want|get|call|reach|ring|page|where is)>>")
_VAGUELY = pattern("^(?:this|that|it|something|you|slotwise|the bot|these)>> [^,.]*$")
"""Complaints about what was shown, where nothing is said to be down."""
_AT_ONCE = re.compile(
    r"\b(?:asap|right now|now|immediately|right away|straight away|at once|this (?:very )?(?:minute|second|instant"
    r"|moment)"
    r"|the|soonest?|as soon as possible|since .*|in (?:a|one|\d|two|five) ?min(?:ute)?s?|for (?:an?|\d+|the).*)\b",
    re.IGNORECASE,
)
"""Words about time that mean now, or since when something is broken; any other names a time to meet."""
_BOOKING = pattern("<<with <who>|^(?:{strong}|{move}|{cancel}|meet)>>|<long>")
_QUESTION = pattern("^(?:how|what|when|where|who|why)>>")


def is_ring(line: str, written: str, where: str, *, team: bool = False, when: str = "") -> bool:
    """Whether a team is to be rung.

    `team`: a team is named. `when`: the words about time; a later time makes it a booking. In a channel something
    broken, or urgent help, is enough.
    Elsewhere it is stated as broken, or sounds urgent too.
    """
    if where != "channel" and _VAGUELY.match(line):
        return False
    if _NOT_OURS.search(line) or _QUESTION.match(line):
        return False
    broken = bool(_BROKEN.search(line)) and not _WILLING.search(line)
    broken = broken and not _DOWN_FOR.search(written)
    help_wanted = bool(_HELP.search(line))
    urgent = bool(_URGENT.search(line) or _NOW.search(written.lower()))
    if not broken and _AT_ONCE.sub("", when).strip(" ,.!"):
        return False
    if _RING.match(line) and (urgent or broken or _TEAM.search(line)):
        return True
    if where == "channel":
        return broken or (urgent and help_wanted) or bool(_ALARM.search(line))
    wanted = team and urgent and bool(_WANTED.search(line)) and not _BOOKING.search(line)
    if "<who>" in line and not broken and not wanted and not (urgent and _OF_TEAM.search(line)):
        return False
    help_wanted = help_wanted or wanted
    return (
        bool((broken and _STATED.search(line)) or _ALARM.search(line))
        or ((urgent or help_wanted) and broken)
        or (urgent and help_wanted and not line.startswith("find"))
    )
