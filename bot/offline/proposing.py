"""Another time proposed for a request, or for a meeting that stands: "suggest Friday 2pm instead to kenji"."""

import re

from bot.offline.action import Call
from bot.offline.calls import names, referent
from bot.offline.situation import Open
from bot.offline.utterance import Utterance

_PROPOSING = re.compile(
    r"^\W*(?:(?:please|can|could|would|will|you|i|i'd|we|let'?s|want|like|to|rather|hey|hi|no|ok)\b[\s,]*)*"
    r"(?P<verb>counter[- ]?(?:propose|suggest|offer)?|re-?propose|propose|suggest|offer)\b",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:another|new|different|other|alternative|better) (?:time|day|date|slot|hour)s?\b|\binstead\b|\brather\b", re.I
)
_NOUN = r"(?:request|meeting|call|booking|appointment|chat|sync|interview|session|consultation|event)"
_ABOUT = re.compile(
    rf"\b(?:for|to|of|on) (?:(?:my|the|that|our|his|her|their|this)\s+|@?(?P<owner>[\w.-]+?)['’]s\s+)"
    rf"(?P<kind>(?:[\w-]+\s+){{0,2}}?{_NOUN})\b",
    re.I,
)
_TO = re.compile(r"\b(?:to|for|with) @?(?P<who>[\w.-]+?)(?:,? (?:instead|please|rather))*\W*$", re.I)


def propose(said: Utterance, opened: Open | None) -> Call | None:
    """A move of the meeting that another time is proposed for; None for anything else.

    "Propose a call with sam on Friday" is a new meeting: it names no other time and no meeting that is there.
    """
    found = _PROPOSING.search(said.text)
    if found is None:
        return None
    rest = said.text[found.end() :]
    about, countering = _ABOUT.search(rest), found["verb"].lower().startswith(("counter", "re"))
    if not (countering or about or _ANOTHER.search(rest)) or (not said.times and about is None and opened is None):
        return None
    people = [*names(said), *names(said, guests=True)]
    if about and about["owner"]:
        people.append(about["owner"])
    to = _TO.search(rest)
    if not people and to and not any(found.end() + to.start("who") in range(*span) for span in said.times):
        people.append(to["who"])
    kind = about["kind"] if about else "request"
    whom = f" with {' and '.join(dict.fromkeys(people))}" if people else ""
    booking = f"{kind}{whom}" if whom or about else referent(opened) or kind
    return Call("move", {name: value for name, value in (("booking", booking), ("to", said.when)) if value})
