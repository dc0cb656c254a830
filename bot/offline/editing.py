"""Requests about one booking's details: its link, guests, place, recording, who was absent, who holds it."""

import re
from typing import Any

from bot.offline import proposing
from bot.offline.action import Call
from bot.offline.calls import names, referent
from bot.offline.situation import Open
from bot.offline.utterance import Utterance

MEETING = r"(?:meeting|call|booking|appointment|chat|sync|interview|session|event|1:1|one|it|that)"
"""Nouns, and pronouns, for one booking."""
_WAY = (
    r"(?:by phone|on the phone|over the phone|(?:a )?(?:phone|video)(?: call)?|(?:on|over|via) (?:zoom|video|teams)"
    r"|zoom"
    r"|google meet|teams|online|in person|at my office|remote)"
)

_EDIT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "transcript",
        re.compile(
            r"\b(?:transcripts?|what was said|what did we (?:discuss|decide|talk about)|meeting notes(?! (?:are|is"
            r"|were))"
            r"|(?:notes|minutes) (?:of|from) (?:my|our|the|yesterday)"
            r"|summar(?:y|ise|ize)\s+(?:of\s+)?(?:my|the|that|our|yesterday's)\s+(?:[\w']+\s+){0,2}(?:meeting|call"
            r"|chat|sync|interview|session))\b",
            re.I,
        ),
    ),
    ("recording", re.compile(r"\brecord(?:ings?|ed)\b", re.I)),
    (
        "ask_reschedule",
        re.compile(
            r"\bask\b.*\b(?:to (?:reschedule|pick|choose|find|move)|(?:for|find) (?:another|a new|a different) time)\b"
            r"|\b(?:propose|suggest|request)\b.*\b(?:another|new|different|other|alternative) "
            r"(?:time|day|date|slot)s?\b"
            r"|\b(?:request|ask for) (?:a )?reschedul(?:e|ing)\b",
            re.I,
        ),
    ),
    (
        "mark_absent",
        re.compile(
            r"\b(?:no[- ]?shows?|absent|(?:wasn'?t|was not|weren'?t) (?:there|present)|stood me up|(?:didn'?t"
            r"|did not|never) (?:show(?:ed)?|c[oa]me|turn(?:ed)?"
            r"|attend(?:ed)?))\b(?!.*\?\s*$)",
            re.I,
        ),
    ),
    (
        "reassign",
        re.compile(
            rf"\b(?:reassign|hand (?:it )?over|hand .*{MEETING}\b.* (?:over )?to"
            rf"|give (?:my|the|that) (?:[\w':]+ )*?{MEETING}\b.* to|transfer .*{MEETING}\b.* to"
            rf"|pass .*{MEETING}\b.* to|let \w+ (?:take|do) (?:over )?(?:my|the)|to take over (?:my|the|our))\b",
            re.I,
        ),
    ),
    (
        "change_place",
        re.compile(
            r"\b(?:change|move|switch|set|make)\b.*\b(?:place|location|venue|room)\b"
            rf"|\b(?:make|have|do|hold|switch) (?:my |the |that |our )?(?:[\w':]+ )*?{MEETING}\b.*\b(?:by phone"
            r"|on the phone|over the phone|a (?:phone|video)|on zoom|over zoom|in person|at my office|online|remote)\b"
            rf"|\b(?:my|the|that|our) (?:[\w':]+ )*?{MEETING}\b.*\bshould be {_WAY}\W*$"
            rf"|\b(?:move|switch|change) (?:my |the |that |our )?(?:[\w':]+ )*?{MEETING}\b.* to (?:a )?{_WAY}\W*$",
            re.I,
        ),
    ),
    (
        "add_guests",
        re.compile(
            rf"\b(?:can|could|may|should)\b .+ (?:join|come to|sit in on) (?:my|our|the|that"
            rf"|this) (?:[\w']+ )*?{MEETING}\b"
            rf"|\b(?:add|invite|include|bring|cc|loop|forward)\b.*\b(?:to|into|in|on|for)\b(?! an?\b"
            rf"| another\b).*\b{MEETING}\b",
            re.I,
        ),
    ),
    (
        "details",
        re.compile(
            rf"^\W*(?:please |can you |could you )*(?:add|put|save|export|download|send)\b.*"
            rf"\b(?:my|the|our|that|this|it)\b"
            rf".*\b(?:(?:google|outlook|apple|icloud|office|microsoft) ?(?:365 )?calendar|gcal|ical|\.?ics\b)"
            rf"|\b(?:details?|more (?:about|on)|info(?:rmation)?|join(?:ing)? link|meeting link)\b.*\b{MEETING}\b"
            rf"|\b(?:address|location|place|link|agenda|notes) (?:of|for|to) (?:my|the|our) (?:[\w']+ )*?{MEETING}\b"
            rf"|\b(?:where|how long) is my {MEETING}\b|\blink (?:to|for) (?:my|the) {MEETING}\b",
            re.I,
        ),
    ),
)
_NAMED_SO = {
    "mark_absent": re.compile(
        r"\bmark\s+@?([\w.-]+)|^\W*(?:so |well |hey )?@?([\w.-]+)\s+(?:did(?:n'?t)?|was(?:n'?t)?|never|is|stood)\b",
        re.I,
    ),
    "reassign": re.compile(r"\blet\s+@?([\w.-]+)\s+(?:take|do)\b|\bto\s+@?([\w.-]+)\W*$", re.I),
    "ask_reschedule": re.compile(
        r"\bask\s+@?([\w.-]+)\s+(?:to|for)\b|\bfrom\s+@?([\w.-]+)\b|\b(?:to|for|with)\s+@?([\w.-]+)\W*$", re.I
    ),
}
"""Where a person stands whom the general rules for names do not see."""
_HEIR = re.compile(r"\b(?:let|want|like|ask)\s+@?([\w.-]+)\s+(?:to )?(?:take|do)\b", re.I)
_WITH_THEM = ("mark_absent", "ask_reschedule")
"""Uses in which the person named is also the one the meeting is with."""


def edit(said: Utterance, opened: Open | None) -> Call | None:
    """A change to, or a question about, one booking; None when the message asks for something else."""
    text = said.text.strip()
    if (proposed := proposing.propose(said, opened)) is not None:
        return proposed
    for what, noun in _EDIT:
        if noun.search(text):
            return Call("edit_booking", _edited(said, what, opened))
    return None


def _edited(said: Utterance, what: str, opened: Open | None) -> dict[str, Any]:
    people = [*names(said), *names(said, guests=True)]
    guests: list[str] = []
    if what == "add_guests":
        before = re.split(rf"\b(?:to|into|in|on|for|join)\b[^@]*\b{MEETING}\b", said.text, maxsplit=1, flags=re.I)[0]
        guests = [person for person in people if person.lower() in before.lower()]
    elif what == "reassign":
        after = re.split(r"\bto\b", said.text, flags=re.I)[-1]
        guests = [person for person in people if person.lower() in after.lower()]
        if heir := _HEIR.search(said.text):
            guests = [heir[1]]
    elif what == "mark_absent":
        guests = people[:1]
    if not guests and (found := _NAMED_SO.get(what)) and (named := found.search(said.text.strip())):
        guests = [next(group for group in named.groups() if group)]
        people = [*people, *guests]
    others = [person for person in people if person not in guests or what in _WITH_THEM]
    booking = " ".join(
        filter(None, ("meeting with " + " and ".join(dict.fromkeys(others)) if others else "", said.when))
    )
    arguments: dict[str, Any] = {"what": what, "booking": booking or referent(opened), "people": guests}
    if what == "change_place":
        place = said.details.place.value if said.details.place else ""
        to = re.search(r"\b(?:to|at|on|over|by)\s+(.+)$", said.text, re.I) or re.search(
            rf"({_WAY})\W*$", said.text, re.I
        )
        arguments["place"] = place or (to[1].strip(" .") if to else "")
    if said.details.reason:
        arguments["reason"] = said.details.reason.value
    return {key: value for key, value in arguments.items() if value not in ("", [])}
