"""What is said beside requests: reports, opinions, messages for others, wishes to be told later. Nothing is done."""

import re

from bot.offline.intent import Intent
from bot.offline.phrases import pattern
from bot.offline.words import listed

_WATCH = pattern(
    "^(?:ping|notify|alert|message|dm|text|email|remind|nudge) (?:me|us)>>(?: know)? "
    "(?:when|if|once|whenever|as soon as|after)>> "
    "(?!(?:i|we|it|it 's|to|<when>|<long>)>>).*|"
    "^(?:let|tell|keep) (?:me|us)(?: know| posted)? (?:as soon as|once|whenever|the moment)>> .*|"
    "^(?:let|tell) (?:me|us)(?: know)? (?:when|if)>> (?:[^ ]+ ){1,3}(?:repl\\w+|respond\\w*|accept\\w*|confirm\\w*|"
    "answers?|joins?|shows?|books?|decides?|gets? back|comes? online|is online|cancel\\w*|decline\\w*)(?: .*)?$|"
    "^(?:watch|keep an eye on|monitor|keep checking)>> .*"
)
_UNFREE = pattern(
    "^(?:i|we) (?:am|are|'m|'re)(?: not| n't) (?:free|around|there|in)(?: then| that day| on that day| at that time)?$"
)
_UNSURE = pattern(
    "^(?:i (?:am|'m) )?not sure>>|^no idea>>|^(?:i )?(?:can't|cannot) (?:decide|talk|speak|chat|think|hear|see"
    "|remember)>>"
    "(?!.*<<(?:to|with|when|what|where|if)>>)|^let (?:me )?(?:check|think|ask|see) (?:with|about)>>|"
    "^i (?:'ll|will) (?:tell|let|ask|think|check|get back|see what)>>|^(?:leave|keep) my {calendar} (?:alone|as it is)"
)
_SETTING = pattern(
    "<<(?:buffer|minimum notice|notice period)>>|"
    "^(?:i|we) (?:need|want|would like|like|have) <long> (?:break |gap |pause |free |off )?(?:in )?between (?:my "
    "|all |the |"
    "every |each |two )?(?:meeting|call|booking|event|appointment)$"
)
"""Settings of Cal.com that cannot be changed from here."""
_DONE = re.compile(
    r"^\W*(?:i|we|they|he|she|you|somebody|someone)(?:'ve| have| has)? (?:already |just |all )?(?:moved|changed"
    r"|switched"
    r"|postponed|delayed|pushed|cancell?ed|removed|deleted|updated|dropped|rescheduled)\b",
    re.IGNORECASE,
)
_OF_OURS = pattern("<<(?:{event}|{calendar}|it|<who>|that|them)>>")
_LEAD = pattern("^(?:(?:hello|please|,|!|can|could|you|and|ok)>> ?)*")
_MESSAGE = pattern(
    "^(?:tell|let|message|text|email|e-mail|inform|ping|dm|write)>> (?!me>>|us>>).*<<(?:late|running|thanks|hello"
    "|sorry|"
    "on my way|congrat\\w*|happy|good luck|know that|out of coffee)>>|"
    "^(?:send|write|draft|compose|forward)>> (?:<who> |me |us |him |her |them )?(?:an? |the |this |my )?(?:[^ ]+ )?"
    "(?:email|e-mail|message|text|sms|tweet|dm|letter|note|memo|poem|story|essay|song|report|summary|reply|code|script|"
    "haiku|limerick|joke|post|function|query)>>"
)
_WORK = pattern(
    "^(?:translate|calculate|compute|deploy|install|download|upload|compile|debug|solve|draw|generate|refer|"
    "explain|proofread|rewrite|paraphrase|google|order|buy|pay|merge|commit|restart|reboot|"
    "print|scan|donate|vote|cook|brew|build|write|draft|spell)>>"
)
_TICKET = pattern(
    "^(?:create|open|file|add|make|set|raise|log)>> (?:me |us )?(?:an? |the |new )*(?:[^ ]+ )?(?:ticket|issue|bug"
    "|pull request|"
    "branch|repo|spreadsheet|slide|slides|presentation deck|password|invoice|poll|folder|emoji|gif|picture|image|"
    "song|list|playlist|recipe|timer|alarm|coffee <when>|sandwich)>>"
)
_PAST = (
    "had|went|was|were|did|told|said|got|came|saw|loved|liked|enjoyed|met|talked|spoke|finished|missed|forgot|thought|"
    "wrote|read|called|asked|worked|slept|ate|ran|spent|noticed|heard|learned|fixed"
)
_REPORT = pattern(
    f"^(?:i|we|he|she|they|it|you|<who>|(?:my|the|our|that|this) (?:[^ ]+ ){{0,2}}[^ ]+(?: with <who>)?) "
    f"(?:just |really |already |also |only |both |all )?"
    f"(?:{_PAST}|(?!(?:need|schedul|plann|book|invit|want|suppos|us|add|mov)ed>>)[a-z]{{3,}}ed)>>|"
    "^(?!can|could|will|would|is|are|do|does|please|i|we)[^ ]+ (?:cancelled|declined|accepted|missed|joined|confirmed) "
    "(?:our|my|the|his|her|it|me|us)>>|"
    "^(?!let|please|can|you)[^ ]+ (?:told|tell|said|say|mentioned|texted|emailed|wrote) (?:me|us|him|her|them|that"
    "|he|she|they)>>"
)
_STATE = pattern(
    "^(?:it|<when>) (?:is|'s|was)(?: already| only| still| just| a)* (?:<when>|<long>|[^ ]+ <when>)"
    "(?: already| now| here)?$|"
    "^[^ ]+ (?:got|gets|is getting) [a-z]+ed>>|"
    "^(?:i|we) (?:'ve|have) been>>|^my (?:favou?rite|fav) .*<<(?:is|'s)>>|^{cancel}>> [^ ]+ (?:is|was|are)>>|"
    "^[^ ]+ (?:is|was) (?:out|sick|ill|away|off|late|on vacation|on leave|out sick|at lunch|wfh)>>"
)
_ENTERED = pattern(
    "<<(?:put|add|mark|note|log|save|enter|{cancel}|{move}|{calendar}|please|schedule|book|need|want|instead|remind)>>"
)
_OPINION = pattern(
    "^(?:i|we)>> (?:really |just |so |always |kind of )?(?:like|love|hate|enjoy|feel|know|prefer|miss|dislike|adore"
    "|agree|"
    "disagree|doubt|guess|wonder)>>(?! to>>)(?! (?:a|an|some)>>)"
)
_ASKED_OF_ME = pattern(
    "^(?:do|did|would|have) you (?:like|love|hate|think|believe|feel|prefer|dream|sleep|eat|drink|speak|understand"
    "|mind if)>>"
)
_USUAL = pattern(
    "^(?:i|we|they|he|she|<who>) (?:usually|normally|often|sometimes|typically|rarely)>>|^guess (?:what|who)>>"
)
_BUSY_NOTICE = pattern(
    "^(?:i|we|<who>) (?:am|'m|is|'s|are|'re) (?:bored|tired|hungry|happy|sad|glad|excited|stressed|back|"
    "sorry|running late|(?:already )?(?:here|home|in <when>|on my way))>>"
)
_IDLE = pattern(
    "^(?:(?:maybe|perhaps|probably|not|ok|okay|well|hmm+|so|ah|oh|lol|just|then|,|[.]|!|[?]|and|some|other|time|see|"
    "see you|talk|soon|i|will|'ll|let|me|try|this|that|idea|think|about|it) )*<when>(?: (?:maybe|perhaps|then|ok"
    "|lol|!|[.]))*$"
)
_IDLE_TIMES = listed("later soon now not sometime some time another day tonight other today tomorrow next week then")
_DOUBT = listed("maybe perhaps probably not see soon try lol hmm talk")


def is_report(text: str, line: str) -> bool:
    """Whether something else than a meeting was moved or ended: "we moved to a new office in March"."""
    return bool(_DONE.match(text)) and not _OF_OURS.search(line)


def remark(line: str, whole: str, when: str) -> Intent | None:
    """WATCH, MESSAGE, CHAT or OTHER for words that ask for nothing this assistant does; None for anything else.

    `line` is the core of the message, `whole` all of it, `when` its words about time.
    """
    if _UNFREE.match(line) or _UNSURE.match(line):
        return Intent.REFUSAL
    if _SETTING.search(line):
        return Intent.OTHER
    if _WATCH.match(line) or _WATCH.match(_LEAD.sub("", whole)):
        return Intent.WATCH
    if _MESSAGE.match(line):
        return Intent.MESSAGE
    if _WORK.match(line) or _TICKET.match(line):
        return Intent.OTHER
    if (
        (_REPORT.match(line) and not _ENTERED.search(line))
        or _OPINION.match(line)
        or _STATE.match(line)
        or _USUAL.match(line)
        or _ASKED_OF_ME.match(line)
        or _BUSY_NOTICE.match(line)
    ):
        return Intent.CHAT
    vague = set(re.findall(r"\w+", when.lower())) <= _IDLE_TIMES
    if when and vague and _IDLE.match(line) and (set(line.split()) & _DOUBT or "not" in when.lower()):
        return Intent.CHAT
    return None
