"""Requests about one booking's details, and about the asker's own Cal.com account: two tools with many uses.

Told by their nouns ("working hours", "transcript", "private link"), which no other request names, and by their verbs.
"""

import re
from typing import Any

from bot.offline.action import Call
from bot.offline.calls import names, referent
from bot.offline.situation import Open
from bot.offline.utterance import Utterance

_MEETING = r"(?:meeting|call|booking|appointment|chat|sync|interview|session|event|one|it|that)"
_SHOW = re.compile(
    r"^\W*(?:what|which|when|show|list|see|how|do i|are there|tell|give me|any|get|display|view)\b", re.I
)
_REMOVE = re.compile(r"\b(?:remove|delete|cancel|drop|clear|take away|get rid|undo|no longer|not? any ?more)\b", re.I)
_ADD = re.compile(r"\b(?:add|create|make|new|enter|generate|share|book|need|want|block|set up|put)\b", re.I)

_ACCOUNT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "private_link",
        re.compile(r"\b(?:private|one[- ]?time|single[- ]use|one[- ]?off|secret)\s+(?:booking\s+)?links?\b", re.I),
    ),
    (
        "out_of_office",
        re.compile(
            r"\b(?:out[- ]of[- ]office|ooo|time off|days? off|vacations?|annual leave|on leave|sick leave|pto"
            r"|i(?:'m| am|'ll be| will be) (?:away|sick|on holiday|travell?ing|off))\b",
            re.I,
        ),
    ),
    (
        "working_hours",
        re.compile(
            r"\b(?:(?:working|business|my) hours|my (?:availability|schedule)\s+(?:to|is|on)\b"
            r"|lunch break|i (?:don'?t|do not|no longer) work\b|i (?:only )?work\b.*\d|availability schedule"
            r"|(?:my )?work schedule)",
            re.I,
        ),
    ),
    ("event_types", re.compile(r"\b(?:event types?|meeting types?|kinds? of meetings?|types? of meetings?)\b", re.I)),
    (
        "limits",
        re.compile(
            r"\b(?:booking limits?|my limits?\b"
            r"|limit (?:my |of )?(?:bookings|meetings)|at most \d+ (?:meet|book|call))",
            re.I,
        ),
    ),
    ("profile", re.compile(r"\bmy (?:cal\.?com )?(?:profile|time ?zone|zone)\b", re.I)),
    (
        "teams",
        re.compile(
            r"\b(?:my teams|teams (?:am i|do i|are)|which teams?"
            r"|who(?:'s| is| are) (?:in|on) (?:the |my |our )?[\w-]+ team)\b",
            re.I,
        ),
    ),
    (
        "calendars",
        re.compile(
            r"\b(?:connected|linked|my) calendars\b|\bwhich calendars\b|\bcalendars? (?:are|is|have|do)\b", re.I
        ),
    ),
)
_OFFERS = re.compile(
    r"\bwhat (?:can i book with|does|meetings does|kinds? of meetings? does)\s+(?:the\s+)?@?([\w.-]+)(?:\s+team)?"
    r"(?:\s+offer)?\W*$",
    re.I,
)
_LINK = re.compile(
    r"\b(?P<un>un|dis)?(?:link|connect)\s+(?:to\s+|with\s+|from\s+)?(?:my\s+)?(?:account|calendar|cal\.?com|google)\b"
    r"|\bcontinue with cal\.?com\b",
    re.I,
)

_EDIT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "transcript",
        re.compile(
            r"\b(?:transcripts?|what was said|summar(?:y|ise|ize)\s+(?:of\s+)?(?:my|the|that)\s+(?:meeting|call))\b",
            re.I,
        ),
    ),
    ("recording", re.compile(r"\brecordings?\b", re.I)),
    (
        "ask_reschedule",
        re.compile(
            r"\bask\b.*\b(?:to (?:reschedule|pick|choose|find|move)|for (?:another|a new|a different) time)\b"
            r"|\b(?:propose|suggest|request)\b.*\b(?:another|new|different|other|alternative) "
            r"(?:time|day|date|slot)s?\b",
            re.I,
        ),
    ),
    (
        "mark_absent",
        re.compile(r"\b(?:no[- ]?shows?|absent|didn'?t (?:show|come|turn)|did not (?:show|come|turn))\b", re.I),
    ),
    (
        "reassign",
        re.compile(
            rf"\b(?:reassign|hand(?: it)? over|give (?:my|the|that) {_MEETING}.* to|pass .*{_MEETING}.* to)\b", re.I
        ),
    ),
    (
        "change_place",
        re.compile(
            r"\b(?:change|move|switch|set|make)\b.*\b(?:place|location|venue|room)\b"
            rf"|\b(?:make|have|do|hold|switch) (?:my |the |that )?{_MEETING}\b.*\b(?:by phone|on the phone"
            r"|a video|on zoom|over zoom"
            r"|in person|at my office)\b",
            re.I,
        ),
    ),
    (
        "add_guests",
        re.compile(rf"\b(?:add|invite|include|bring|cc|loop in)\b.*\b(?:to|into|in|on|for)\b.*\b{_MEETING}\b", re.I),
    ),
    (
        "details",
        re.compile(
            rf"\b(?:details?|more (?:about|on)|info(?:rmation)?|join(?:ing)? link|meeting link)\b.*\b{_MEETING}\b"
            rf"|\b(?:where|how long) is my {_MEETING}\b|\blink (?:to|for) (?:my|the) {_MEETING}\b",
            re.I,
        ),
    ),
)
_NAMED_SO = {
    "mark_absent": re.compile(r"\bmark\s+@?([\w.-]+)|^@?([\w.-]+)\s+(?:did|was|never|is)\b", re.I),
    "reassign": re.compile(r"\bto\s+@?([\w.-]+)\W*$", re.I),
    "ask_reschedule": re.compile(r"\bask\s+@?([\w.-]+)\s+(?:to|for)\b|\b(?:to|for|with)\s+@?([\w.-]+)\W*$", re.I),
}
"""Where a person stands whom the general rules for names do not see."""
_WITH_THEM = ("mark_absent", "ask_reschedule")
"""Uses in which the person named is also the one the meeting is with."""
_COVER = re.compile(
    r"@?([\w.-]+)\s+(?:covers?|will cover|stands? in|fills? in|steps? in)\b|\bcover(?:ed)?(?: is| by|:)\s+@?([\w.-]+)",
    re.I,
)
_CALLED = re.compile(r"\b(?:called|named|titled)\s+[\"“']?(?P<name>[^\"”']+?)[\"”']?\s*(?:$|[,.;])", re.I)
_QUOTED = re.compile(r"[\"“'](?P<name>[^\"”']{2,60})[\"”']")
_TYPE_NAME = re.compile(
    r"\b(?:my|the)\s+(?P<name>[\w][\w -]{0,40}?)\s+(?:event|meeting) type\b"
    r"|\b(?:event|meeting) type\s+(?P<after>[\w][\w -]{0,40}?)(?=\s+(?:to|as|is)\b|$|[,.])",
    re.I,
)
_FOR_TYPE = re.compile(
    r"\b(?:for\s+(?:(?:my|the|an?)\s+)?|to\s+(?:my|the|a)\s+)(?P<name>[\w][\w -]{0,40}?)"
    r"(?:\s+(?:meeting|event type|type))?\s*$",
    re.I,
)


def request(said: Utterance, opened: Open | None) -> Call | None:
    """The call of one of these tools; None when the message asks for something else."""
    text = said.text.strip()
    if found := _LINK.search(text):
        return Call("link_account", {"action": "unlink" if found["un"] else "link"})
    for what, noun in _ACCOUNT:
        if noun.search(text) and not re.search(rf"\b(?:my|the) {_MEETING} (?:with|on|at)\b", text, re.I):
            return Call("account", _account(said, what, text))
    if offers := _OFFERS.search(text):
        return Call("account", {"what": "event_types", "people": [offers[1]]})
    return None


def edit(said: Utterance, opened: Open | None) -> Call | None:
    """A change to, or a question about, one booking; None when the message asks for something else."""
    text = said.text.strip()
    for what, noun in _EDIT:
        if noun.search(text):
            return Call("edit_booking", _edited(said, what, opened))
    return None


def _edited(said: Utterance, what: str, opened: Open | None) -> dict[str, Any]:
    people = [*names(said), *names(said, guests=True)]
    guests: list[str] = []
    if what == "add_guests":
        before = re.split(rf"\b(?:to|into|in|on|for)\b[^@]*\b{_MEETING}\b", said.text, maxsplit=1, flags=re.I)[0]
        guests = [person for person in people if person.lower() in before.lower()]
    elif what == "reassign":
        after = re.split(r"\bto\b", said.text, flags=re.I)[-1]
        guests = [person for person in people if person.lower() in after.lower()]
    elif what == "mark_absent":
        guests = people[:1]
    if not guests and (found := _NAMED_SO.get(what)) and (named := found.search(said.text.strip())):
        guests = [next(group for group in named.groups() if group)]
        people = [*people, *guests]
    others = [person for person in people if person not in guests or what in _WITH_THEM]
    booking = " ".join(filter(None, ("meeting with " + " and ".join(others) if others else "", said.when)))
    arguments: dict[str, Any] = {"what": what, "booking": booking or referent(opened), "people": guests}
    if what == "change_place":
        place = said.details.place.value if said.details.place else ""
        to = re.search(r"\b(?:to|at|on|over|by)\s+(.+)$", said.text, re.I)
        arguments["place"] = place or (to[1].strip(" .") if to else "")
    if said.details.reason:
        arguments["reason"] = said.details.reason.value
    return {key: value for key, value in arguments.items() if value not in ("", [])}


def _account(said: Utterance, what: str, text: str) -> dict[str, Any]:
    showing = bool(_SHOW.match(text)) or text.endswith("?")
    removing = bool(_REMOVE.search(text))
    arguments: dict[str, Any] = {"what": what}
    match what:
        case "working_hours":
            changing = not showing and bool(re.search(r"\d|\bwork\b|\boff\b", text))
            arguments |= {"do": "set", "value": text} if changing else {}
        case "out_of_office":
            stated = re.search(r"\bi(?:'m| am|'ll be| will be)\b", text, re.I)
            if removing:
                arguments |= {"do": "remove", "when": said.when}
            elif not showing and (said.when or stated or _ADD.search(text)):
                covers = _COVER.search(text)
                cover = [covers[1] or covers[2]] if covers else []
                arguments |= {"do": "add", "when": said.when, "value": text, "people": cover}
        case "event_types":
            arguments |= _event_type(said, text, showing, removing)
        case "private_link":
            name = _FOR_TYPE.search(text)
            arguments |= {"name": name["name"] if name else _minutes_name(said)}
            arguments |= (
                {"do": "show"}
                if re.match(r"\W*(?:what|which|list|see|show (?:me )?(?:my|all))\b", text, re.I)
                else {"do": "add"}
            )
        case "limits":
            arguments |= {"do": "remove"} if removing else {} if showing else {"do": "set", "value": text}
        case "profile":
            to = re.search(r"\bto\s+([A-Z][\w/ -]+)", text)
            arguments |= {"do": "set", "value": to[1].strip()} if to and not showing else {}
    return {key: value for key, value in arguments.items() if value not in ("", [], "show")}


def _minutes_name(said: Utterance) -> str:
    return f"{said.minutes} min" if said.minutes else ""


def _event_type(said: Utterance, text: str, showing: bool, removing: bool) -> dict[str, Any]:
    called = _CALLED.search(text) or _QUOTED.search(text)
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
