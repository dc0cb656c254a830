"""Requests about the asker's own Cal.com account: hours, time off, event types, limits, zone, links.

Told by their nouns ("working hours", "private link"), which no other request names, and by what people say of
themselves ("I start at 10 on Mondays", "I'm off tomorrow").
"""

import re
from typing import Any

from bot.offline import offerings
from bot.offline.action import Call
from bot.offline.editing import MEETING
from bot.offline.intent import Intent
from bot.offline.situation import Open
from bot.offline.utterance import Utterance

_SHOW = re.compile(
    r"^\W*(?:what|which|when|show|list|see|how|do i|are there|tell|give me|any|get|display|view)\b", re.I
)
_REMOVE = re.compile(
    r"\b(?:lift|remove|delete|cancel|drop|clear|take away|get rid|undo|no longer"
    r"|not? any ?more)\b",
    re.I,
)
_ADD = re.compile(
    r"\b(?:add|create|make|new|enter|generate|share|book|need|want|block|set up|put|mark|set|log|take|taking)\b", re.I
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|weekends|every ?day|daily|each day|(?:every|each) \w+day"
_MEETINGS = r"(?:meetings?|calls?|bookings?|appointments?|events?|sessions?|slots?)"
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_A_DAY = r"(?:a|per|each|every|/)\s*(?:day|week)|daily|weekly|on (?:any|one|the same) day"

_TYPES = re.compile(r"\b(?:event types?|meeting types?|booking types?|kinds? of meetings?|types? of meetings?)\b", re.I)

_ACCOUNT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "private_link",
        re.compile(r"\b(?:private|one[- ]?time|single[- ]use|one[- ]?off|secret)\s+(?:booking\s+)?links?\b", re.I),
    ),
    (
        "out_of_office",
        re.compile(
            r"\b(?:out[- ]of[- ](?:the[- ])?office|ooo|time off|days? off|vacations?|annual leave|on leave"
            r"|sick leave|absences?\b"
            r"|parental leave|pto|i(?:'m| am|'ll be| will be| will|'ll)? tak(?:e|ing) .{2,30} off)\b",
            re.I,
        ),
    ),
    ("event_types", _TYPES),
    (
        "limits",
        re.compile(
            r"\b(?:booking limits?|my (?:daily |weekly )?limits?\b"
            r"|limit (?:me\b|my |of |the number of |bookings|meetings|calls)|cap (?:me|my|the number of)\b.*(?:\d"
            r"|daily|a day|per)"
            r"|(?:lift|raise|remove|drop) (?:the|my|all) (?:\w+ )?limits?\b"
            rf"|(?:daily|weekly) (?:limit|cap|maximum|max)\b"
            rf"|(?:at most|(?:not|no) more than|max(?:imum)?(?: of)?|up to"
            rf"|only) {_COUNT} {_MEETINGS}(?=.*(?:{_A_DAY})|\W*$))",
            re.I,
        ),
    ),
    (
        "working_hours",
        re.compile(
            r"\b(?:(?:working|business|work|my) hours|(?:what|which) hours (?:do|am) i|when do i (?:usually )?(?:work"
            r"|start work)"
            r"|my (?:availability|schedule)\s+(?:to|is|on)\b"
            r"|lunch break|i (?:don'?t|do not|no longer) work\b|i (?:only )?work\b.*\d|availability schedule"
            r"|(?:my )?work schedule)",
            re.I,
        ),
    ),
    (
        "profile",
        re.compile(
            r"\bmy (?:cal\.?com )?(?:profile|time ?zone|zone)\b|\b(?:set|change|switch) (?:the )?time ?zone\b"
            r"|\b(?:what|which) time ?zone am i\b"
            r"|\bwho am i on cal"
            r"|\b(?:switch|set|change|move) me to [\w /]+ time\b",
            re.I,
        ),
    ),
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
            r"\b(?:connected|linked|my) calendars\b|\bwhich calendars\b|\bcalendars? (?:are|is|have|do)\b"
            r"|\bis (?:my|the) (?:\w+ )?calendar (?:connected|linked|synced|hooked up)\b",
            re.I,
        ),
    ),
)
_AWAY = re.compile(
    r"\bi(?:'m| am|m|'ll be| will be| won'?t be) (?:away|sick|ill\b|on holidays?|on vacation|travell?ing|off\b(?! to\b)"
    r"|out\b(?! of (?!town|the country|the office|office)| for (?:lunch|coffee)))",
    re.I,
)
"""What people say of their absence; beside a request it is only its reason."""
_HOLIDAY = re.compile(
    r"^\W*(?:on|in|im|en|in den) (?:holidays?|vacation|leave|urlaub|ferien|vacances|vacaciones)\b"
    r"|^\W*ich (?:bin|habe|nehme)\b.*\b(?:urlaub|ferien|krank|abwesend|nicht (?:da|im büro|verfügbar))\b"
    r"|^\W*je (?:suis|serai) .*\b(?:vacances|congés?|absente?|malade)\b"
    r"|^\W*(?:estoy|estaré) .*\b(?:vacaciones|fuera|enferm[oa])\b",
    re.I,
)
"""The same in a few words, and in other languages."""
_BLOCKED = re.compile(
    r"^\W*(?:please |can you |could you )*block (?:off |out )?(?:my (?:calendar|time|day)(?: for| on)? )?(?P<rest>.*)$",
    re.I,
)
_OF_MYSELF = re.compile(r"\bi(?:'m| am|'ll be| will be)\b", re.I)
_NOT_HERE = re.compile(
    r"^\W*(?:i(?:'m| am|m|'ll be| will be| won'?t be)|won'?t be) (?:unavailable|(?<=won't be )(?:working|available"
    r"|around|here"
    r"|in the office)|not (?:available|around|here|working|in\b(?! (?:favou?r|the mood)))"
    r"|available)\b",
    re.I,
)
_SOMEBODY_ELSE = re.compile(
    r"^\W*(?!i\b|who\b|when\b|what\b|how\b|there\b|my (?:vacation|time))@?[\w.-]+(?: \w+)? (?:is|'s|was|will be|are"
    r"|were|has)\b",
    re.I,
)
_HABIT = re.compile(
    r"^\W*(?:from now on,? |please |btw,? |fyi,? |also,? )*(?:"
    r"i(?:'m| am) not (?:taking|doing|having|accepting) (?:any )?(?:calls|meetings|bookings|appointments) "
    r"(?:before|after|on|in the|between|at)\b|only let (?:people|others|anyone|them) (?:book|meet)\b|"
    r"i (?:want|would like|'d like) to be (?:bookable|available|free) (?:on|from|between|in)\b|"
    rf"i (?:usually |normally |mostly |typically |now )+(?:work|am (?:in|available))\b.*(?:\d|{_DAYS})"
    r"|my (?:lunch|lunch break|break) (?:is|goes)\b.*\d"
    r"|(?:people|others|they|everyone|clients|customers) (?:should|can|may|must|shall)(?: only|n'?t"
    r"| not)? .*\bbook me\b"
    r"|i (?:usually |normally |always |now |only |can )*(?:start|begin|finish|end|stop|leave|come in|clock (?:in|out))"
    rf"(?: work(?:ing)?| my day)?,? (?:at|by|after|around|from|on)\b.*\d"
    r"|i (?:never|don'?t|do not|can'?t|cannot) (?:start|begin|finish|stop|work|take (?:calls|meetings)"
    r"|do (?:calls|meetings)|meet|have (?:calls|meetings))\b(?: work| working)? "
    r"(?:before|after|on|at|in the|until|during)\b"
    r"|i (?:can )?only (?:do|take|have|accept) (?:meetings? |calls? |bookings? )*"
    r"(?:in the )?(?:mornings?|afternoons?|evenings?|after|before|between|on|from)\b"
    r"|i(?:'m| am) (?:available|bookable|free) (?:from )?\d.*(?:to|-|–|until) ?\d.*\b\w+day\b.*(?:to|through|-)"
    rf"|i (?:need|want|have|take) (?:{_DAYS}) off\b"
    rf"|i(?:'m| am) only (?:available|free|around|in)\b"
    rf"|i(?:'m| am) (?:not |un)?(?:available|free|around|in|bookable)\b.*(?:{_DAYS})"
    rf"|no {_MEETINGS} (?:before|after|on|between|from|until|during|in the|at)\b"
    r"|(?:don'?t|do not|never) let (?:people|anyone|anybody|others|someone|them) (?:book|schedule|meet)\b"
    r"|(?:no ?(?:one|body)|people) (?:can|may|should|shall|must)(?:n'?t| not)? (?:be able to )?book me\b"
    r"|(?:don'?t|do not|never) (?:book|schedule) (?:me|anything|any meetings?|meetings) (?:before|after|on|between"
    r"|during)"
    rf"\b.*(?:\d|{_DAYS})"
    rf"|(?:block|keep|make)(?: off| out)? .*\b(?:{_DAYS})"
    rf"|make me (?:un)?available\b"
    r")",
    re.I,
)
"""Statements and wishes about when one can be booked at all."""
_OFFERS = re.compile(
    r"\b(?:what|which) (?:services|meeting types|kinds of meetings|types of meetings|offers) (?:does|do)\s+(?:the\s+)?"
    r"@?(?P<who>[\w.-]+)(?:\s+team)?\s+(?:have|provide)\W*$"
    r"|\b(?:what|which)(?: (?:meetings|kinds? of meetings?|event types?|types? of meetings?|services))? "
    r"(?:can (?:i|we) book with|(?:does|do|can))\s+(?:the\s+)?@?(?P<whom>[\w.-]+)(?:\s+team)?(?:\s+(?:offer"
    r"|have to offer))?"
    r"\W*$",
    re.I,
)
_HOW_LONG = re.compile(
    r"^\W*(?:how long|how many minutes) (?:is|are|does|do|will|would) (?:an? |the )?"
    r"(?!my\b|our\b)(?:[\w-]+ ){0,2}?(?:meetings?|calls?|sessions?|consultations?|interviews?|intros?"
    r"|demos?|sync|hours)"
    r"(?: (?:meetings?|calls?))? (?:with|at|by) @?(?P<who>[\w.-]+)(?: (?:last|take|be|go on))?\W*$",
    re.I,
)
"""The length of a kind of meeting, not of one that is booked."""
_PAGE = re.compile(
    r"\b(?:(?P<who>@?[\w.-]+)['’]s|(?P<own>my|our)) (?:own |public |personal )?(?:cal\.?com |booking |scheduling "
    r"|calendar )+(?:links?|page|url|address)\b",
    re.I,
)
"""The page where somebody's meetings can be booked."""
_MY_OFFERS = re.compile(
    r"\bwhat (?:can (?:people|others|anyone|someone) book|can be booked|is bookable) with me\b"
    r"|\bwhat(?: \w+)? (?:do )?i offer\b|\bmy offerings\b",
    re.I,
)
_LINK = re.compile(
    r"\b(?P<un>un|dis)?(?:re)?(?:link|connect)\s+(?:to\s+|with\s+|from\s+)?(?:my\s+)?"
    r"(?:\w+\s+)?(?:account|calendar|cal\.?com|google|outlook)\b"
    r"|\b(?P<un3>remove|delete|cut|drop) my (?:cal\.?com )?(?:connection|link)\b"
    r"|\bcontinue with cal\.?com\b|^\W*(?:please |can you )*(?P<un2>un|dis)?(?:link|connect) (?:me|us|up)\W*$"
    r"|\b(?:log|sign) (?:me )?(?:in|(?P<out>out))\b(?:.*\bcal\.?com\b|\W*$)",
    re.I,
)
_LINKED = re.compile(
    r"\b(?:which|what) (?:cal\.?com )?account\b.*\b(?:linked|connected|using)\b"
    r"|^\W*(?:am i|is my (?:cal\.?com )?account|are we) (?:still |already )?(?:linked|connected|logged in|signed in)\b",
    re.I,
)
_COVER = re.compile(
    r"@?([\w.-]+)\s+(?:covers?|will cover|stands? in|fills? in|steps? in)\b|\bcover(?:ed)?(?: is| by|:)\s+@?([\w.-]+)",
    re.I,
)
_FOR_TYPE = re.compile(
    r"\b(?:for\s+(?:(?:my|the|an?)\s+)?|to\s+(?:my|the|a)\s+)(?P<name>[\w][\w -]{0,40}?)"
    r"(?:\s+(?:meeting|event type|type))?(?:\s+(?:please|pls|thanks))?\s*\W*$",
    re.I,
)
_ACTING = (Intent.DELETE, Intent.UPDATE, Intent.ACCEPT, Intent.DECLINE, Intent.RING, Intent.REFUSAL)


def request(said: Utterance, intent: Intent, opened: Open | None) -> Call | None:
    """The call of one of these tools; None when the message asks for something else."""
    text = said.text.strip()
    if _LINKED.search(text):
        return Call("link_account", {"action": "show"})
    if found := _LINK.search(text):
        undone = found["un"] or found["un2"] or found["un3"] or found["out"]
        return Call("link_account", {"action": "unlink" if undone else "link"})
    if own := _own(said, intent, text):
        return Call("account", _account(said, own, text))
    page = _PAGE.search(text)
    if page and not re.search(r"\b(?:private|one[- ]?time|single)\b|\b(?:change|edit|set)\b", text, re.I):
        return Call("account", {"what": "event_types", **({"people": [page["who"]]} if page["who"] else {})})
    if (long := _HOW_LONG.match(text)) and long["who"].lower() not in ("me", "us"):
        return Call("account", {"what": "event_types", "people": [long["who"]]})
    if _MY_OFFERS.search(text):
        return Call("account", {"what": "event_types"})
    offers = _OFFERS.search(text)
    if offers and (whom := offers["whom"] or offers["who"]).lower() not in ("i", "we", "you", "my", "u"):
        return Call("account", {"what": "event_types", "people": [whom]})
    if (named := offerings.by_name(said)) is not None:
        return Call("account", {"what": "event_types", **named})
    return None


def names_types(said: Utterance) -> bool:
    """Whether event types, or when one can be booked at all, are spoken of as such."""
    return bool(_TYPES.search(said.text)) or (not said.people and bool(_HABIT.match(said.text.strip())))


def _own(said: Utterance, intent: Intent, text: str) -> str | None:
    """What of the account a message is about."""
    if not said.people and _HABIT.match(text) and (said.times or "only" in text.lower()):
        return "working_hours"
    for what, noun in _ACCOUNT:
        if what == "out_of_office" and _SOMEBODY_ELSE.match(text):
            continue
        if noun.search(text) and not re.search(rf"\b(?:my|the) {MEETING} (?:with|on|at)\b", text, re.I):
            return what
    if intent in _ACTING:
        return None
    if _AWAY.search(text) and not re.search(rf"\b(?:my|the) {MEETING} (?:with|on|at)\b", text, re.I):
        return "out_of_office"
    if _HOLIDAY.match(text) and said.times and not text.endswith("?"):
        return "out_of_office"
    blocked = _BLOCKED.match(text)
    if blocked and said.times and not said.people and not said.without(*said.times)[len("block ") :].strip(" .!"):
        return "out_of_office"
    gone = _NOT_HERE.match(text)
    if gone and said.times and not said.people and not re.search(r"(?<!not) available$", gone.group(), re.I):
        return "out_of_office"
    return None


def _account(said: Utterance, what: str, text: str) -> dict[str, Any]:
    showing = bool(_SHOW.match(text)) or text.endswith("?")
    removing = bool(_REMOVE.search(text))
    arguments: dict[str, Any] = {"what": what}
    match what:
        case "working_hours":
            stated = bool(_HABIT.match(text))
            changing = stated or (not showing and bool(re.search(r"\d|\bwork\b|\boff\b", text)))
            arguments |= {"do": "set", "value": text} if changing else {}
        case "out_of_office":
            told = any(pattern.search(text) for pattern in (_AWAY, _HOLIDAY, _BLOCKED, _NOT_HERE, _OF_MYSELF))
            if removing:
                arguments |= {"do": "remove", "when": said.when}
            elif not showing and (said.when or told or _ADD.search(text)):
                covers = _COVER.search(text)
                cover = [covers[1] or covers[2]] if covers else []
                arguments |= {"do": "add", "when": said.when, "value": text, "people": cover}
        case "event_types":
            arguments |= offerings.by_type(said, text, showing=showing, removing=removing)
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
            to = re.search(
                r"\bzone (?:to|is)\s+(?:be\s+)?([\w/ -]+)|\bto\s+([A-Z][\w/ -]+)",
                text,
                re.I if re.search("zone (?:to|is)", text, re.I) else 0,
            )
            place = (to[1] or to[2] or "").strip() if to else ""
            arguments |= {"do": "set", "value": place} if place and not showing else {}
    return {key: value for key, value in arguments.items() if value not in ("", [], "show")}


def _minutes_name(said: Utterance) -> str:
    return f"{said.minutes} min" if said.minutes else ""
