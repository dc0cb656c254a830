"""Messages that are unmistakably no answer, though questions are open: commands, other times, questions, small talk."""

import re
from datetime import datetime

from bot.assistant import plain
from bot.scheduling.asker import Asker
from bot.scheduling.focus import Focus
from bot.scheduling.form import Input
from bot.scheduling.ordinals import position
from bot.scheduling.places import LOCATION
from bot.scheduling.timing import time_words

_LONGEST_TIME = 200
"""Characters of the longest message that is only about a time."""

_SHORT = 8
"""Words of the longest message in which a word such as "later" is taken for a command."""

_LED = (
    r"^\W*(?:(?:no|ok|okay|oh|oops|hm+|actually|wait|sorry|well|and|also|but|then|now|please|first"
    r"|forget (?:that|it|this)"
    r"|never ?mind|scratch that|drop that|can (?:you|we|i)|could (?:you|we|i)|would you|let'?s|i(?:'d"
    r"| would) like to"
    r"|i want to|i need to|we need to|we want to|i have to|pls|hey|hi)\b[\s,.!:–—-]*)*"
)
_MEETING = (
    r"(?:meetings?|calls?|bookings?|appointments?|interview|consultation|sync|session|chat|one|ones|events?|series)"
)
_DAYS = r"(?:\w+days?|tomorrow|today|tonight|\d{1,2}(?::\d\d)? ?[ap]m|noon)"
_COMMAND = re.compile(
    _LED + r"(?:"
    r"(?:book|schedule|reserve)\b.*(?:\bwith\b|<@|@\w)|(?:book|schedule) (?:it|that|this|me|another)\b"
    rf"|(?:set ?up|arrange|plan|organi[sz]e)\b.*\b(?:{_MEETING}|\d+ ?min\w*|time|hour)\b.*\bwith\b"
    r"|(?:find|get|give|show|list|display|tell)(?: me| us)?\s+(?:(?:my|the|all|some|more|other|a|an|what)\b.*\b"
    r"(?:meetings?|calls?|bookings?|calendar|times?|slots?|agenda|schedule|appointments?|options)\b|(?:more|others?)\W*$)"
    r"|show (?:me )?what|(?:cancel|delete|call off|decline|accept|approve|reject|undo)"
    rf"(?:\s*$| (?:it|that|this|these|everything|all|both)\b| (?:my|the|our)\b.*\b(?:{_MEETING}|{_DAYS}|with)\b|"
    rf" (?:\w+ ){{0,2}}{_MEETING}\b)"
    r"|(?:move|reschedule|push|shift|postpone|delay|bring)(?:\s*$| (?:it|that|this)\b"
    rf"| (?:my|the|our)\b.*\b(?:{_MEETING}|{_DAYS})\b)"
    r"|(?:make|change|switch|set|update|correct|put) (?:it|that|this|the|my|our)\b"
    r"|(?:invite|cc)\b(?! flow)|(?:add|include|remove|leave out|without) (?:\S+ ?){1,4}$|drop (?!in\b|off\b)\S+$"
    r"|(?:add|include|remove) \S*[@<]"
    r"|with (?:\S+ ?){1,3}$|(?:link|connect|unlink|disconnect) (?:my|me|cal)"
    r"|call it\b|name it\b|title\b\s*[:=]|(?:add a )?notes?\s*[:=]"
    r"|(?:tell|remind|let) (?:him|her|them|everyone|\w+) (?:to|that|know|about)\b"
    r"|(?:ring|page) (?:the|us|support)\b|forget (?:it|that|this)\W*$|start over|begin again"
    r"|(?:storniere|verschiebe|buche|zeig|annule|déplace|réserve|montre|cancela|reserva|mueve|muestra|annulla|sposta)\b"
    r")",
    re.I | re.S,
)
_CORRECTION = re.compile(
    r"\binstead\b|\bstattdessen\b|\bà la place\b|\ben su lugar\b|^\W*(?:no|actually|sorry)\b.*\b(?:rather"
    r"|i meant?)\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:later|earlier|sooner|(?:an)?other (?:time|day|date|slot|week|times|days|slots)"
    r"|(?:a )?different (?:time|day|date|slot)"
    r"|more (?:times|slots|options)|next (?:slot|one)|previous one|(?:the )?first (?:available|free)"
    r"|as soon as possible|asap"
    r"|später|früher|plus tard|plus tôt|más tarde|más temprano)\b",
    re.I,
)
_ASKING = re.compile(
    r"^\W*(?:(?:hm+|ok|and|but|sorry|wait|er|um|also)\b[\s,]*)*(?:(?:what|why|how|who|whom|whose|where"
    r"|when|which)(?:'s|'re)?\b"
    r"(?! to\b)|"
    r"(?!(?:can|could) (?:we|i) (?:talk|discuss|speak|chat|go over|cover)\b)"
    r"(?:do|does|did|is|are|am|was|can|could|will|would|should|must|may|has|have)\b|wann|wer"
    r"|warum|wieso|wo\b|was\b"
    r"|ist|bin|habe|quand|qui|pourquoi|où|est-ce|cuándo|quién|por qué|dónde).*\?\s*$",
    re.I | re.S,
)
_CALENDAR = re.compile(
    r"^\W*(?:(?:ok|and|but|wait|also|first)\b[\s,]*)*(?:what(?:'s| is| do| have| are)|when(?:'s| is| am"
    r"| are)|am i|do i|is \w+|who)\b"
    r".*\b(?:my|i|calendar|free|available|around|meetings?|busy|booked|on|have)\b",
    re.I,
)
_MINE = re.compile(rf"^\W*(?:and )?my\b.*\b(?:{_MEETING}|calendar|agenda|schedule)\b.*\?\s*$", re.I)
_TALK = re.compile(
    r"^\W*(?:(?:hi|hello|hey|help|thanks|thank you|thx|cheers|hm+|um+|uh|ok|wait|hold on|just a|one"
    r"|let me|moment|second|sec"
    r"|minute|think|see|check|not sure|i don'?t know|dunno|please|a|give me|perhaps|not yet|good|morning"
    r"|day|there|you"
    r"|bonjour|hallo|danke|merci|moment mal)\b\W*)+$",
    re.I,
)
_PLACE = re.compile(
    r"^\W*(?:call|phone|ring|reach) me\b|^\W*(?:in person|face to face|on ?site|by (?:phone|video)"
    r"|over (?:the )?phone|via |on zoom"
    r"|(?:on|in|over|via) (?:zoom|teams|google meet|meet|video)\b|video(?: call)?\W*$|at (?:my|your|our"
    r"|his|her) (?:office|place|home))",
    re.I,
)
_FILLER = re.compile(
    r"\b(?:can'?t|cannot|don'?t|doesn'?t|won'?t|isn'?t|can|you|bit|much|even|little|any|some|something|anything|that|day|slot|same|work|"
    r"move|push|shift|change|switch|reschedule|postpone|show|give|all|shall|should|there|have|mean|meant|go|with|more|like|rather|es|geht|lieber|auch|am|um|le|el|"
    r"at|on|in|for|the|a|an|this|next|no|not|make|it|is|be|please|pls|actually|ok|okay|then|better"
    r"|would|suits?|works?|me|us"
    r"|fine|good|and|or|let'?s|do|say|um|am|uhr|gegen|à|le|a las|how|about|what|if|possible|could|we|i"
    r"|prefer|sorry|wait|but"
    r"|instead|rather|from|to|until|till|between|of|my|time|maybe|perhaps|around|about)\b|[^\w]+",
    re.I,
)


def is_other(focus: Focus, text: str, asker: Asker, now: datetime) -> bool:
    """Whether the message cannot be meant as an answer to the open questions of `focus`."""
    said = text.strip().replace("’", "'")
    short = len(said.split()) <= _SHORT
    if plain.answer(said) is not None or plain.account(said) is not None:
        return True
    if _COMMAND.match(said) or _ASKING.match(said) or _TALK.match(said):
        return True
    if short and (_CALENDAR.match(said) or _MINE.match(said)):
        return True
    if _CORRECTION.search(said) and len(said.split()) <= 2 * _SHORT:
        return True
    asked = [q for q in focus.questions if q.value is None]
    if short and _PLACE.match(said) and not any(q.slug.startswith(LOCATION) for q in asked):
        return True
    typed = any(q.options or q.input is Input.NUMBER for q in asked if q.required)
    if (
        focus.options
        and not typed
        and len(said.split()) <= 4
        and position(said.casefold().strip(" .!"), 10) is not None
    ):
        return True
    return time_alone(said, asker, now)


def is_command(text: str) -> bool:
    """Whether the message begins with an order: "move it to 2pm"."""
    return bool(_COMMAND.match(text.strip().replace("’", "'")))


def time_alone(text: str, asker: Asker, now: datetime) -> bool:
    """Whether the words name a time and nothing else: "actually Wednesday at 4", "3pm", "an hour", "a bit later"."""
    if re.fullmatch(r"\W*[\d.,]+\W*", text) or len(text) > _LONGEST_TIME:
        return False
    reading = time_words(text, asker, now)
    left = text
    for start, end in sorted((s for m in reading.mentions for s in (m.spans or (m.span,))), reverse=True):
        left = f"{left[:start]} {left[end:]}"
    vague = _VAGUE.sub(" ", left)
    return (bool(reading.mentions) or vague != left) and not _FILLER.sub("", vague)
