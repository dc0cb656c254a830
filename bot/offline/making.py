"""Requests for something new in the calendar, and statements that amount to one."""

from bot.offline import topics
from bot.offline.asking import AS_BUSY, TOGETHER
from bot.offline.phrases import pattern

_STRONG = pattern("^(?:{strong}|schedule|rebook)>>")
_WEAK = pattern("^(?:{weak}|do|throw|drop|slap|stick|call|phone|ring|give|use|hold|remember|repeat)>>")
_OBJECT = pattern("<<(?:{event}|{calendar}|me down|<who>|something|busy|out of|reminder|holiday)>>|<when>|<long>")
_REMIND = pattern("<<(?:remind|notify|notification|alert)>>|^don't (?:let me )?forget>>")
_WANT = pattern(
    "^(?:(?:i|we) )?(?:want|need|would like|'d like|must|have|like|could use|should|wish|got|"
    "require)>> (?:a |an |some |my |to |another |the )?.*(?:{event}|{who}|{when}|{long})"
)
_STATEMENT = pattern("^(?:i|we|my|our|the|it|he|she|there|<who>)>> .*(?:{when})")
_MEET = pattern(
    "^(?:an? |new |another )*(?:meeting|call|booking|appointment|1:1)$|^(?:get|be|jump|hop) (?:me "
    "|us )?on <who>(?: 's)? "
    "{calendar}|^(?:meet|meeting|lunch|dinner|coffee|sync|chat|talk|catchup|call)>> (?:with )?.*(?:<who>|<when>)"
)
_MEETING_WITH = pattern("^(?:[^ ]+ ){0,3}{event} with (?:my |the )?<who>")
_NOTED = pattern(
    "(?:{when}).*<<(?:is|starts|begins|start|begin)>>|<<(?:put|add|mark|note|place|need) (?:it|that|this|"
    "those|them)>>.*(?:{calendar}|<when>|down)|<<(?:on|to|in) (?:my|the) {calendar}>>"
)
_OUTSIDE = pattern(
    "<<(?:taxi|cab|uber|lyft|train|bus|ticket|tickets|conference-room|alarm|timer|order|call <who> now|song|"
    "playlist|(?:cup|glass|bottle|slice|piece) of|email|e-mail|message|tweet|coffee please|skype)>>"
)
_CALL_NOW = pattern("^(?:(?:make|place) a call to|call|phone|ring|dial|skype|text)>> (?!with|about|for)")
_RESERVATION = pattern(
    "^(?:book|reserve|get|order|rent|find|buy)>> (?:me |us )?(?:a |an |the |some )?(?:[^ ]+ )?"
    "(?:flight|flights|table|hotel|taxi|cab|car|ticket|tickets|seat|train|bus|restaurant|uber|ride|"
    "airbnb)>>(?!.*{calendar})"
)
_SOME_OF = pattern(
    "^(?:have|get) <who>(?: (?:and|,) <who>)* (?:to )?(?:meet|call|talk|speak|chat)>>|^(?:(?:i"
    "|we) )?(?:could use|need|want|have|would like|get|grab|steal|borrow)>> <long> of <who>"
)
_SEAT = pattern(
    "^(?:get|reserve|save|book|grab|hold|need|want|take)>> (?:me |us |a |an |the |one |two |three |\\d+ )*(?:seats?"
    "|spots?|"
    "places?|slot) (?:in|at|for|on|with)>> .*(?:<who>|office-hours|{event}|workshop|training|webinar)"
)
_HAVING = pattern("^(?:i|we)>> (?:have|'ve|got|am|'m|will|'ll)>> .*<when>")
_BARE = pattern("^(?:(?:i|we) )?(?:want|need)>> (?:a|an|some|another)? ?(?:{event})>>")
_QUICK = pattern(
    "^(?:get|grab|got|find|steal|borrow|have|invite|give|tell)>> .*(?:<who>|{event})|^find-time>>|^(?:i|me|"
    "we) and <who>|^<who> and i>>|"
    "^<who>(?: (?:and|,) <who>)* (?:for )?(?:<when>|<long>)|^(?:quick |short |brief |a |another )*(?:<long>"
    "|<when>) (?:with|for) <who>|"
    "^with <who>|^<long> (?:long )?(?:{occasion})>>"
)


def is_command(line: str) -> bool:
    """Whether the line begins with a verb that makes a meeting."""
    return bool(_STRONG.match(line) or _WEAK.match(line))


def is_creation(line: str, lemmas: list[str]) -> bool:
    """Whether something shall be put into the calendar."""
    topic = topics.foreign(lemmas)
    if topic == "shopping and to-do lists" or line.startswith("request "):
        return False
    if _REMIND.search(line):
        return topic != "alarms and devices"
    if _CALL_NOW.match(line) and ("now" in lemmas or "<when>" not in line):
        return False
    if _SEAT.match(line) or _SOME_OF.match(line) or AS_BUSY.match(line) or TOGETHER.match(line):
        return True
    if _RESERVATION.match(line) and "<who>" not in line:
        return False
    if _STRONG.match(line):
        return topic is None or "<who>" in line
    if topic and topic != "the weather" and _HAVING.match(line):
        return True
    if topic and not topics.has_calendar(lemmas) and "<who>" not in line:
        return False
    if _OUTSIDE.search(line) and not topics.has_calendar(lemmas):
        return False
    return (
        (bool(_WEAK.match(line)) and bool(_OBJECT.search(line)))
        or bool(_BARE.match(line))
        or (bool(_WANT.match(line)))
        or bool(_STATEMENT.match(line))
        or bool(_MEET.match(line))
        or bool(_MEETING_WITH.match(line))
        or bool(_NOTED.search(line))
        or bool(_QUICK.search(line))
        or _is_entry(line, lemmas)
    )


def _is_entry(line: str, lemmas: list[str]) -> bool:
    """ "dentist on Monday at 8", "Jeff's wedding saturday night": an occasion and a time, no verb needed."""
    return "<when>" in line and (topics.has_event(lemmas) or len(line.split()) <= 12)
