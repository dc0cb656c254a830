"""On what terms one can be booked: buffers, notice, breaks, hours that come to the usual ones, another zone.

What people say of themselves and of their event types; such words never name somebody to meet.
"""

import re
from typing import Any

from bot.offline.action import Call
from bot.offline.intent import Intent
from bot.offline.utterance import Utterance

_RULE = re.compile(
    r"\b(?:buffers?(?: times?)?|padding|breathing (?:room|space|time)|(?:minimum |booking |advance )?(?<!short )notice"
    r"|lead time|(?:at least|minimum)\b.{1,30}\b(?:in advance|ahead|beforehand))\b",
    re.I,
)
_WISHED = re.compile(
    r"\b(?:add|set|put|make|give|require|need|want|keep|leave|change|increase|reduce|remove|delete|drop|no|without|must"
    r"|should|only|at least)\b",
    re.I,
)
_LASTING = re.compile(r"\d|\bhours?\b|\bdays?\b|\b(?:no|without|remove|delete|drop)\b", re.I)
_OF_TYPE = re.compile(
    r"\b(?:my|the|our)\s+"
    r"(?P<name>(?!meetings?\b|calls?\b|bookings?\b|event types?\b|calendar\b|buffer|notice|minimum|padding|lead)"
    r"[\w][\w -]{0,40}?)"
    r"(?:['’]s|\s+(?:meetings?|calls?|bookings?|events?|event types?|sessions?))?"
    r"(?=\s+(?:to|at|by|with|in|have|has|need|needs|must|should|a|an|\d+)\b|\s*[,.!]|\s*$)",
    re.I,
)
_BREAK = re.compile(
    r"^\W*(?:please |can you |could you )*(?P<off>remove|delete|drop|cancel|skip|clear|get rid of|no(?: more)?|without"
    r"|i (?:don'?t|do not) (?:need|want|have|take)|i(?:'ll)? (?:work|stay) (?:over|through|during))\b.*"
    r"\b(?:lunch(?: ?breaks?)?|my breaks?|the breaks?)\b",
    re.I,
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?"
_OFTEN = rf"(?:(?:on |every |each )?(?:{_DAYS}),? )?"
_HOURS = re.compile(
    rf"^\W*(?:from now on,? |please |btw,? |fyi,? |and |also,? )*{_OFTEN}(?:"
    rf"i (?:also|additionally|can also|now also) (?:work|am (?:available|free|bookable))\b.*(?:\d|{_DAYS})"
    r"|i (?:usually |normally |always |now |only |have to |need to )*(?:start|begin|finish|end|stop|leave)"
    rf"(?: work(?:ing)?| my day)?,? (?:at|by|after|around)\b.*\d.*(?:{_DAYS}|from now on)"
    rf"|i (?:usually |normally |always |now |only |have to |need to )*(?:start|begin|finish|end|stop|leave)"
    rf"(?: work(?:ing)?| my day)? (?:at|by|after|around) \d"
    r"|i(?: never| don'?t| do not| would rather(?: not)?|['’]d rather(?: not)?| hate to|['’]d prefer not to"
    r"| prefer not to) (?:ever )?"
    r"(?:want|like|need|wish|accept|have|take|do|get)(?: to (?:have|do|take|be in))?(?: any)? "
    r"(?:calls|meetings|bookings|appointments) "
    r"(?:before|after|on|at|in the|until|during|earlier than|later than)\b"
    r"|(?:i'd |i would |i )?(?:prefer|like)(?: to have)? no (?:calls|meetings|bookings) (?:before|after|on|in the)\b"
    r")",
    re.I,
)
_CITY = r"[A-Z][\w/]+(?: [A-Z][\w/]+){0,2}"
_MOVED = re.compile(
    rf"\b(?:[Uu]se|[Ss]witch to|work (?:in|on)|(?:be|I'm|I am) on)\s+(?P<zone>{_CITY})(?:['’]s)? time\b"
    r"|\b[Ii](?:(?:['’]ve| have)? (?:just |recently )?(?:moved|relocated) to| (?:now )?live in"
    rf"|(?:['’]m| am) (?:now )?(?:living|based) in)\s+(?P<where>{_CITY})"
)
"""Another zone of one's own: "I moved to Paris", "use Paris time"."""
_ASKED = re.compile(r"^\W*(?:what|which|when|where|who|how|is|are|do|does|did|was|were)\b", re.I)


def request(said: Utterance, intent: Intent) -> Call | None:
    """The change of terms that a message asks for; None for any other message."""
    text = said.text.strip()
    if intent in (Intent.ACCEPT, Intent.DECLINE, Intent.RING) or _ASKED.match(text):
        return None
    if (ruled := rule(said)) is not None:
        return Call("account", {"what": "event_types", "do": "set", **ruled})
    if said.people:
        return None
    if _BREAK.match(text):
        return Call("account", {"what": "working_hours", "do": "remove", "value": text})
    if _HOURS.match(text):
        return Call("account", {"what": "working_hours", "do": "set", "value": text})
    moved = _MOVED.search(text)
    if moved and (moved["zone"] or not said.times or said.when == "now"):
        return Call("account", {"what": "profile", "do": "set", "value": (moved["where"] or moved["zone"]).strip()})
    return None


def rule(said: Utterance) -> dict[str, Any] | None:
    """The buffer or the notice wanted for an event type; None when the message is about neither."""
    text = said.text.strip()
    found = _RULE.search(text)
    if said.people or not found or not _WISHED.search(text) or not (said.minutes or _LASTING.search(text)):
        return None
    names = [each["name"] for each in _OF_TYPE.finditer(text) if not _RULE.search(each["name"])]
    if not names and not re.search(r"\bmy\b", text[: found.start()] + text[found.end() :], re.I):
        return None
    return {"name": names[-1].strip() if names else "", "value": text}
