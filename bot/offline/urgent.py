"""Calls for help right now."""

from bot.offline.phrases import pattern

_BROKEN = pattern(
    "<<(?:down|outage|offline|broken|crash|crashed|crashing|failing|fails|failed|outages|unreachable|hacked|"
    "breach|"
    "sev1|sev-1|sev0|p0|p1|incident|stuck|500s|on fire|not working|isn't working|doesn't work|stopped working|"
    "not loading|can't (?:log|pay|check|access|sign)|won't load|unresponsive|data loss)>>"
)
_URGENT = pattern(
    "<<(?:urgent|urgently|emergency|asap|immediately|right now|now|sos|mayday|right away|straight away|"
    "at once|critical|"
    "911|escalate|page|ring|pager)>>"
)
_HELP = pattern("<<(?:help|support|someone|somebody|anyone|assistance|engineer|on-call|oncall|human|agent|eyes)>>")
_TEAM = pattern("<<(?:support|on-call|oncall|ops|sre|help desk|helpdesk|support team|team)>>")
_RING = pattern(
    "^(?:ring|page|call|ping|alert|summon|wake|get)>> .*(?:team|support|on-call|oncall|somebody|someone|everyone)"
)
_OURS = pattern("<<(?:my|our|the) (?:calendar|card|luggage|account|bank)>>")
_QUESTION = pattern("^(?:how|what|when|where|who)>>")


def is_ring(line: str, written: str, where: str) -> bool:
    """Whether a team is to be rung. In a channel something broken is enough; elsewhere it has to sound urgent."""
    lowered = f" {written.lower()} "
    broken = bool(_BROKEN.search(line))
    urgent = bool(_URGENT.search(line)) or any(
        f" {w}" in lowered for w in ("asap", "right now", " now ", "now,", "now!", "now.")
    )
    help_wanted = bool(_HELP.search(line))
    if _OURS.search(line) or _QUESTION.match(line):
        return False
    if _RING.match(line) and (urgent or broken or _TEAM.search(line)):
        return True
    if where == "channel":
        return (broken or urgent) and (help_wanted or broken)
    return urgent and (broken or (help_wanted and not line.startswith("find"))) and "<who>" not in line
