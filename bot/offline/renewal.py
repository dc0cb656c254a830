"""Whether a message, said while something is open, asks for something of its own, or chooses once more."""

import re

from bot.offline import account, meeting, topics
from bot.offline.intent import Intent
from bot.offline.phrases import pattern
from bot.offline.situation import Open
from bot.offline.utterance import Utterance

_STARTS = pattern("^(?:book|schedule|setup|arrange|organize|plan|find-time|create|reserve|pencil)>> ")
_THE_SAME = re.compile(
    r"(?:book|schedule|plan|setup|reserve) (?:it|that|this|<when>|me|the (?:first|second|third|last|earliest|next))"
)
_WISHES = pattern(
    "^(?:(?:i|we)>> (?:want|need|would like|'d like|should|must|have to|wish)|need|want|can (?:i|we)|could (?:i|we)|"
    "may (?:i|we)|get me|find (?:me|us)|let 's|let us|would like)>> .*<who>"
)
_INSTEAD = re.compile(
    r"\b(?:instead|rather|actually|also|too|as well|not)\b"
    r"|^\W*(?:no|and|or|but|what about|how about|make it|ok|sorry)\b",
    re.IGNORECASE,
)
_OWN = pattern(
    "^(?:am i|do i|are we|do we|what|when (?:is|'s|are) (?:my|the|our)|when am i|when do i|show|list|did i|have i|"
    "which (?:meeting|call|appointment|event)|where (?:is|'s) my|who (?:am i|do i)|is there anything|anything|"
    "how many|(?:is|are) (?:my|our)|tell me|give me my|my (?:day|week|agenda|calendar|schedule|meeting))>>"
)
_NO_LIST = re.compile(
    r"what (?:about|if|else|(?:other )?(?:time|slot|day|option)s?\b)|(?:show|give|tell) me (?:more|other|later|earlier)"
)
_NAMES_ONE = re.compile(
    r"(?:(?:my|the) |<who> 's |'s )(?:[^ ]+ )?(?:meeting|call|appointment|event|interview|booking|chat|sync)(?!\S)"
)
_POINTING = pattern("<<(?:it|that|this|them|everything|all)>>")
_ORDER = pattern(
    "^(?:please |can you |could you |would you |i want to |i 'd like to |i would like to |i need to |also |and )*"
    "(?:set|change|show|what|which|link|connect|unlink|disconnect|add|create|remove|delete|hide|unhide|rename|block|mark|"
    "put|make|update|list|when|how|who|where|is|are|do|am|give|get|limit|share|turn|tell)>>"
)
_AWAY = re.compile(r"^(?:i 'm|i am|i will be|i 'll be|we 'm)(?!\S)")
_ENDING = frozenset(("cancel", "decline"))
_CHOICE = re.compile(
    r"^\W*(?:(?:no|nope|nah|sorry|actually|wait|hmm+|oops|ok|rather|instead|i meant|i mean|make it|take|let'?s take|"
    r"not (?:that|this)(?: one)?|on second thoughts?|please|i'?d (?:rather|prefer)|i prefer|better)\b[\s,.:;!-]*)*"
    r"(?P<pick>(?:the )?(?:very )?(?:first|second|third|fourth|fifth|sixth|last|other|next|previous|following|latest|"
    r"earliest|later|earlier|1st|2nd|3rd|4th|5th|6th)(?: one| option| slot| time)?(?: (?:after|before)(?: that)?)?"
    r"|(?:the )?one (?:after|before)(?: that)?|(?:option|number|slot) ?\d|#\d)"
    r"(?:[\s,.!]*(?:one|please|instead|then|rather|works?|is better|thanks|after all|pls))*\W*$",
    re.IGNORECASE,
)
_VAGUE = frozenset(("later", "earlier", "next", "following", "previous", "the next", "the following", "other"))


def chosen_anew(said: Utterance, opened: Open) -> str:
    """The words of a new choice after one was made: "no, the third one"; empty when there is none."""
    found = _CHOICE.match(said.text)
    if opened.card not in ("proposal", "questions") or found is None:
        return ""
    pick = " ".join(found["pick"].split())
    return "" if pick.lower() in _VAGUE or (pick.lower().endswith((" time", "next one")) and said.times) else pick


def books(said: Utterance, intent: Intent, line: str) -> bool:
    """Whether a meeting is asked for in words that sound like a change: "book 15min with bailey tuesday instead"."""
    return intent is Intent.UPDATE and bool(said.people) and bool(_STARTS.match(line)) and not _THE_SAME.match(line)


def is_new(said: Utterance, intent: Intent, line: str, opened: Open) -> bool:
    """Whether the message starts a request of its own, so that what is open stays or gives way."""
    if intent in (Intent.RING, Intent.GREETING, Intent.THANKS, Intent.HELP, Intent.REFUSAL):
        return opened.card != "questions" or intent is not Intent.RING
    if intent in (Intent.ACCEPT, Intent.DECLINE):
        return True
    if _is_account(said, intent, line, opened):
        return True
    if intent is Intent.DELETE:
        return _ends_a_meeting(said, line, opened)
    others = {person.name.lower() for person in said.people} - {name.lower() for name in opened.people}
    if intent is Intent.FIND:
        return bool(_OWN.match(line)) and not _NO_LIST.match(line)
    if intent is Intent.AVAILABILITY:
        return (bool(_OWN.match(line)) and not _NO_LIST.match(line)) or bool(said.people)
    if intent is Intent.UPDATE:
        if opened.kind in _ENDING or (opened.kind == "move" and bool(others)) or _NAMES_ONE.search(line):
            return True
        return meeting.named(said) is not None and not _POINTING.search(line)
    if intent is Intent.CREATE and _STARTS.match(line):
        return not _THE_SAME.match(line)
    if intent is not Intent.CREATE or not others or not opened.people:
        return False
    return bool(_WISHES.match(line)) and not _INSTEAD.search(said.text)


def _is_account(said: Utterance, intent: Intent, line: str, opened: Open) -> bool:
    """Whether one's own account is spoken of, and not an answer that sounds like it."""
    if not (_ORDER.match(line) or (_AWAY.match(line) and opened.card != "questions" and opened.kind not in _ENDING)):
        return False
    found = account.request(said, intent, opened)
    return found is not None and found.tool in ("account", "link_account")


def _ends_a_meeting(said: Utterance, line: str, opened: Open) -> bool:
    """Whether a meeting shall go; "cancel policy" among the answers to a question is a subject."""
    if opened.card != "questions" or not any(q.type in ("text", "long_text") for q in opened.questions):
        return True
    named = topics.has_meeting(said.words) or said.people or said.times or _POINTING.search(line)
    return bool(named) or len(said.words) <= 2
