"""Messages that ask for several things: "book 15min with bailey tuesday and cancel my call with sam"."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.offline.action import Call, Text
from bot.offline.situation import Turn
from bot.offline.words import listed

MOST = 4
"""Requests looked for in one message."""

LONGEST = 600
"""Characters of a message that is looked through for several requests."""

_JOINT = re.compile(
    r"(?:\s*[.;!?\n]+\s*|\s*,\s*|\s+)"
    r"(?:(?:and|then|also|plus|after that|afterwards|but|as well as|&|oh|while you're at it|und|dann|et|puis|y|luego|e"
    r"|poi|en)\b[\s,]*)*"
    r"(?:(?:please|can you|could you|would you|i(?:'d| would) like to|i (?:also )?(?:want|need) to|let'?s|also|then"
    r"|kindly)\b[\s,]*)*(?=(?P<start>[^\W\d_]+(?:'[a-z]+)?))",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"[.;!?\n,]|\b(?:and|then|also|plus|after that|afterwards|und|dann|et|puis|luego|poi)\b|&", re.IGNORECASE
)
_STARTS = listed(
    """
    book schedule arrange setup set cancel delete remove drop move reschedule push postpone shift bring show list tell
    what whats what's when who is am are do does find check accept approve decline reject link connect add invite
    include cc ring
    """
)
_ANOTHER = re.compile(
    r"(?<=^)(?=.*?\b(?P<verb>book|schedule|arrange|plan|set up)\b)"
    r"(?:(?!\band\b|[,;&]).)*\bwith\b(?:(?!\band\b|[,;&]).)*"
    r"(?P<joint>\s*(?:,\s*and\b|,|;|&|\band\b)\s*(?:also\s+|then\s+)?)"
    r"(?P<second>(?:an?\s+|another\s+|one\s+)?(?:(?:\d+|half an|an)\s*-?(?:min|mins|minutes?|m|h|hours?)?\s*)?"
    r"(?:call|meeting|chat|sync|consultation|one)?\s*with\b.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A second meeting without a verb of its own: "book 15min with bailey thursday and 30min with sam friday"."""
_ELSE = re.compile(r"(?:what|when|who|anything|is there anything) else\b", re.I)
"""No request of its own: it goes on from the words before."""
_GUESTS = re.compile(
    r"(?:add|invite|include|cc) (?P<who>(?:@?[\w.+-]+(?:@[\w.-]+)?|<[^>]+>)"
    r"(?:\s*(?:,|&|\band\b)\s*(?:@?[\w.+-]+(?:@[\w.-]+)?|<[^>]+>))*)"
    r"(?: (?:to it|as (?:an? )?guests?|too|as well|please))*\W*",
    re.I,
)
_ASKING = listed("what whats what's when who is am are do does show list")
_OBJECT = re.compile(
    r"\b(?:my|the|our|all|with|every)\b|\w's\b|\b(?:meeting|call|sync|appointment|booking|series|interview|request|event)s?\b",
    re.IGNORECASE,
)
_WHOLE = frozenset(
    ("book", "cancel", "move", "respond", "show_bookings", "find_times", "account", "link_account", "edit_booking")
)
"""Tools whose call stands for itself behind another one."""


def requests(turn: Turn, decide: Callable[[Turn], Call | Text]) -> tuple[Call, ...] | Text:
    """What the message asks for, in order; a text when it is no request at all.

    A message is parted only where both parts are understood, and the later one names what it is about: "cancel it and
    move it to 4" is one request, and so is "book a call about pricing and cancel fees".
    """
    if (second := _ANOTHER.search(turn.text)) and len(turn.text) <= LONGEST:
        both = [turn.text[: second.start("joint")], f"{second['verb']} {turn.text[second.start('second') :]}"]
        found = [decide(replace(turn, text=part)) for part in both]
        if all(isinstance(call, Call) and call.tool == "book" and not _empty(call) for call in found):
            return tuple(call for call in found if isinstance(call, Call))
    for joint in _JOINT.finditer(turn.text[:LONGEST]) if len(turn.text) <= LONGEST else ():
        if joint["start"].lower() not in _STARTS or not _MARKED.search(joint.group()):
            continue
        before, after = turn.text[: joint.start()].strip(), turn.text[joint.end() :].strip()
        if len(before.split()) < 2 or len(after.split()) < 2 or _ELSE.match(after):
            continue
        named = joint["start"].lower() in _ASKING or _OBJECT.search(after)
        if joint["start"].lower() in ("book", "schedule", "arrange"):
            after = re.sub(r"\s+instead\W*$", "", after, flags=re.I)  # of what goes, not of another time
        alone = replace(turn, text=after, situation=replace(turn.situation, open=None), earlier=())
        later = decide(alone)
        first = decide(replace(turn, text=before))
        if guests := _invited(first, after):
            return (first, guests) if isinstance(first, Call) else first
        if not isinstance(later, Call) or later.tool not in _WHOLE or _empty(later):
            continue
        if not named and not (later.tool == "book" and later.arguments.get("people")):
            continue
        if not isinstance(first, Call) or first.tool == "show_help" or (first.tool == "book" and _empty(first)):
            continue
        rest = requests(alone, decide)
        return (first, *(rest if not isinstance(rest, Text) else (later,)))[:MOST]
    whole = decide(turn)
    return (whole,) if isinstance(whole, Call) else whole


def _invited(first: Call | Text, after: str) -> Call | None:
    """ "Move my call with sam to 4 and add kim@example.com": guests for the meeting that is moved."""
    found = _GUESTS.fullmatch(after)
    if found is None or not isinstance(first, Call) or first.tool != "move" or not first.arguments.get("booking"):
        return None
    guests = re.split(r"\s*(?:,|;|&|\band\b)\s*", found["who"].strip())
    booking = first.arguments["booking"]
    return Call("edit_booking", {"booking": booking, "what": "add_guests", "people": [g for g in guests if g]})


def _empty(call: Call) -> bool:
    """Whether the call names nothing that it could be about."""
    given = call.arguments
    match call.tool:
        case "cancel" | "move" | "edit_booking":
            return not given.get("booking")
        case "book":
            return not (given.get("people") or given.get("meeting"))
        case "find_times":
            return not given.get("people")
        case "show_bookings":
            return False
        case _:
            return not given
