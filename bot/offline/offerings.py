"""Requests about the asker's event types: what there is, new ones, and changes to one by its name alone."""

import re
from typing import Any

from bot.offline import topics
from bot.offline.calls import names
from bot.offline.utterance import Utterance
from bot.offline.words import listed

_NAME = r"(?:(?:my|the|our)\s+)?[\"“']?(?P<name>[\w][\w&+ -]{0,40}?)[\"”']?(?:\s+(?:event|meeting|booking) types?)?"
_CALLED = re.compile(r"\b(?:called|named|titled)\s+[\"“']?(?P<name>[^\"”']+?)[\"”']?\s*(?:$|[,.;])", re.I)
_QUOTED = re.compile(r"[\"“'](?P<name>[^\"”']{2,60})[\"”']")
_AFTER_COLON = re.compile(r"\btypes?\s*:\s*(?P<name>[^,;.]+)", re.I)
_TYPE_NAME = re.compile(
    r"\b(?:my|the)\s+(?P<name>[\w][\w -]{0,40}?)\s+(?:event|meeting) type\b"
    r"|\b(?:event|meeting) type\s+(?P<after>[\w][\w -]{0,40}?)(?=\s+(?:to|as|is|of|with|for|and)\b|$|[,.])",
    re.I,
)
_HIDING = re.compile(
    rf"^(?:(?P<verb>un-?hide|hide|stop offering|offer)\s+{_NAME}"
    rf"|(?P<again>show)\s+{_NAME.replace('?P<name>', '?P<name2>')}\s+again"
    rf"|(?:make|set)\s+{_NAME.replace('?P<name>', '?P<name3>')}\s+(?:to\s+)?(?P<state>visible|public|hidden|invisible))"
    r"(?:\s+(?:again|any ?more|please|for now|from (?:my|the) page))*\W*$",
    re.I,
)
_RENAMING = re.compile(
    rf"^(?:rename|retitle)\s+{_NAME}\s+(?:to|as|into)\s+[\"“']?(?P<new>[^\"”']+?)[\"”']?\W*$"
    rf"|^change\s+the\s+(?:name|title)\s+of\s+{_NAME.replace('?P<name>', '?P<name2>')}\s+to\s+"
    r"[\"“']?(?P<new2>[^\"”']+?)[\"”']?\W*$",
    re.I,
)
_LASTING = re.compile(
    rf"^(?:make|set|change|shorten|extend)\s+{_NAME}\s+(?:to\s+|last\s+|be\s+)?(?:to\s+)?"
    r"(?:\d+|an?|one|two|half|fifteen|twenty|thirty|forty|sixty|ninety)[\s-]",
    re.I,
)
_NOT_LASTING = re.compile(
    r"\b(?:for|in|every|by|before|after|remind\w*|timer|alarm|notif\w+|aside|a|an)\b(?! hour| half)", re.I
)
_RULE = re.compile(
    r"^(?:leave|keep|add|put|have|make sure there (?:is|are)|i (?:need|want|would like)|need|want)?\s*(?:at least "
    r"|a )?\d+"
    r"[- ]?(?:min(?:ute)?s?|m)\b[\w ]{0,12} (?:between|after|before) (?:my |all |the |each |every )*[\w -]*"
    r"(?:meetings?|calls?|bookings?|events?|appointments?)\W*$"
    r"|^(?:remove|drop|delete|add|set|i (?:want|need)|require)\b.*\b(?:buffer|hours?['’]? notice|days?['’]? notice)\b",
    re.I,
)
"""Time kept free round an event type's meetings, where it is not called a buffer."""
_RULED = re.compile(
    r"\b(?:for|to|on|of|from|after|before|between|around)\s+(?:(?:all|each|every|my|the|our)\s+)*"
    r"(?P<name>(?!my\b|the\b|all\b)[\w][\w &-]{0,40}?)(?:\s+(?:meetings?|calls?|event types?|bookings?"
    r"|sessions?))?\W*$",
    re.I,
)
_ABOUT = re.compile(
    rf"^(?:(?:show|give|tell|get)\s+(?:me\s+)?|what\s+(?:are|is)\s+)?(?:the\s+)?(?:details?|info|settings)\s+"
    rf"(?:of|for|about|on)\s+{_NAME}\W*$",
    re.I,
)
_POLITE = re.compile(
    r"^\W*(?:(?:hi|hey|hello|please|pls|plz|can|could|would|will|you|u|i'd like to|i want to|let'?s|now|and|ok|kindly"
    r"|i|need|to)[\s,!]+)*",
    re.I,
)
_NO_NAME = listed(
    "it that this them these those one meeting meetings call calls booking bookings appointment appointments event "
    "events slot slots time times day everything all calendar schedule card cards message messages button details "
    "something anything me us"
)
_HOURS = re.compile(r"\boffice hours\b", re.I)


def by_name(said: Utterance) -> dict[str, Any] | None:
    """What a message asks of an event type it names without saying that it is one: "hide coffee"; else None.

    A booked meeting is not named so: whom it is with, or when, would be said.
    """
    if topics.foreign([word.lemma for word in said.words]) in topics.BESIDE_A_MEETING:
        return None
    if said.people:
        return None
    text = _POLITE.sub("", said.text.strip(), count=1)
    if _RULE.search(text):
        named = _RULED.search(text)
        name = named["name"].strip() if named and not _is_general(named["name"]) else ""
        return {"do": "set", "name": name, "value": text}
    if said.times and said.when.lower() != "now":
        return None
    if found := _HIDING.match(text):
        name = found["name"] or found["name2"] or found["name3"]
        word = (found["verb"] or found["again"] or found["state"]).lower()
        value = "hidden" if word in ("hide", "hidden", "invisible", "stop offering") else "show"
        return _set(name, value=value)
    if found := _RENAMING.match(text):
        return _set(found["name"] or found["name2"], value=found["new"] or found["new2"])
    if said.minutes and (found := _LASTING.match(text)) and not _NOT_LASTING.search(text):
        return _set(found["name"], minutes=said.minutes)
    if (found := _ABOUT.match(text)) and _HOURS.search(found["name"]):
        return {"name": found["name"]}
    return None


def _is_general(name: str) -> bool:
    """Whether words name no event type: "my meetings", "it"."""
    return all(word in _NO_NAME or word in ("my", "the", "our", "a", "all", "each") for word in name.lower().split())


def _set(name: str, **values: Any) -> dict[str, Any] | None:
    return None if _is_general(name) else {"do": "set", "name": name.strip(), **values}


def by_type(said: Utterance, text: str, *, showing: bool, removing: bool) -> dict[str, Any]:
    """What a message that speaks of event types asks of them."""
    called = _CALLED.search(text) or _QUOTED.search(text) or _AFTER_COLON.search(text)
    named = _TYPE_NAME.search(text)
    name = called["name"] if called else (named["name"] or named["after"] or "") if named else ""
    name = re.sub(r"^(?:new|my|the|a)\s+|^(?:\d+[- ]?min(?:ute)?s?)$", "", name.strip(), flags=re.I)
    if removing:
        return {"do": "remove", "name": name}
    hide = re.search(r"\b(unhide|hide|hidden|visible)\b", text, re.I)
    if hide:
        shown = hide[1].lower() in ("unhide", "visible")
        return {"do": "set", "name": name, "value": "show" if shown else "hidden"}
    if rename := re.search(r"\brename\b.*\bto\s+[\"“']?([^\"”']+)", text, re.I):
        return {"do": "set", "name": name, "value": rename[1].strip(" .")}
    fresh = re.search(r"\b(?:create|add|new)\b", text, re.I)
    if said.minutes and name and not fresh and re.search(r"\b(?:change|set|make)\b", text, re.I):
        return {"do": "set", "name": name, "minutes": said.minutes}
    if re.search(r"\b(?:create|add|new|make|set up)\b", text, re.I) and not showing:
        return {"do": "add", "name": name, "minutes": said.minutes}
    return {"people": names(said)[:1]}
