"""Requests to cancel, move, alter or answer what exists already: ordered rules, the first that fits decides."""

import re

from bot.offline import topics
from bot.offline.intent import Intent
from bot.offline.phrases import pattern

RULES: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, pattern(text))
    for intent, text in (
        # what must not be done
        (Intent.REFUSAL, "(?:^|[,.] |but |please |to )(?:don't|do not|never|do n't|"
            "not) (?:ever )?(?:{cancel}|{move}|{strong}|accept|decline)>>"),
        (Intent.REFUSAL, "<<(?:don't|do not|didn't|did not|not|wouldn't|never)>> (?:really |actually |even )?"
            "(?:want|need|ask|asked|mean|meant|like|wish|going|plan|planning)(?: you| me| us)? to "
            "(?:{cancel}|{move}|{strong}|accept|decline|change|lose)>>"),
        # answers to requests
        (Intent.ACCEPT, "^(?:accept|approve|confirm|ok)>> .*(?:{event}|requests?|{who}|it|them|this|that|one)>>"),
        (Intent.DECLINE, "^(?:decline|reject|refuse)>> .*(?:{event}|requests?|{who}|it|them|this|that|one|"
            "{when})>>"),
        (Intent.ACCEPT, "^(?:accept|approve)>> (?!<)[^ ]+(?: please| for me| now| too| [a-z]+ly)*(?: [.,!].*)?$"),
        (Intent.DECLINE, "^(?:decline|reject|refuse)>> (?!<)[^ ]+(?: please| for me| now| too| [a-z]+ly)*"
            "(?: [.,!].*)?$"),
        (Intent.ACCEPT, "^(?:accept|approve)(?: it| this| that)?(?: please)?(?: [,.;-].*)?$"),
        (Intent.DECLINE, "^(?:decline|reject|refuse)(?: it| this| that)?(?: please)?(?: [,.;-].*)?$"),
        (Intent.DECLINE, "^say no to>> .*(?:requests?|invite|{event}|that|this|it)"),
        (Intent.ACCEPT, "^say yes to>> .*(?:requests?|invite|{event}|that|this|it)"),
        (Intent.DECLINE, "^tell (?:<who>|[^ ]+) no>>"),
        (Intent.ACCEPT, "^tell (?:<who>|[^ ]+) yes>>|<<request.*<<(?:confirm|accept|approve) it$"),
        (Intent.DECLINE, "^(?:say )?no to (?:<who>|[^ ]+)(?: 's)?(?: (?:requests?|{event}))*$"),
        (Intent.ACCEPT, "^(?:ok|okay) to (?:the|this|that|<who>|[^ ]+ 's)>>"),
        (Intent.ACCEPT, "^(?:say|reply|answer|respond) (?:with )?yes to>>"),
        (Intent.DECLINE, "^(?:say|reply|answer|respond) (?:with )?no to>>"),
        (Intent.ACCEPT, "^(?:say )?yes to (?:<who>|[^ ]+)(?: 's)?(?: (?:requests?|{event}))*$"),
        # cancelled and moved in one breath: moved
        (Intent.UPDATE, "<<(?:can't|won't|not able to|unable to|cannot|couldn't)>> .*<<(?:can|could|let|please|,|so"
            "|need to|"
            "want to|[.])>> .*<<(?:{move}|do it|have it)>> .*"
            "(?:<when>|later|earlier|instead)"),
        (Intent.UPDATE, "{cancel}>>.* and (?:then )?{move}>> (?:it|them|that|to|for)>>"),
        # cancel
        (Intent.DELETE, "^(?:{cancel}|clear|drop|kill|nuke|empty|abort|ditch|skip)>>(?! (?:and|up)>>)"),
        (Intent.DELETE, "(?:^| )(?:to|please|so|and|you|,|[.]|then|also|that|instead|of|go ahead and|wanna|i|"
            "me) (?:{cancel})>>"),
        (Intent.DELETE, "<<(?:and|then) {cancel}>> (?:it|them|that|this|those)>>"),
        (Intent.DELETE, "<<(?:take|get|pull|strike|cross|leave|keep|knock)>> .*<<(?:off|out of|"
            "from)>> .*{calendar}"),
        (Intent.DELETE, "<<take (?:it|that|this|them) (?:off|out|down)>>|<<(?:isn't|not|won't be) happening>>"),
        (Intent.DELETE, "^never mind (?:about (?:the|my|our|that)|<about>|the|my)>>"),
        (Intent.DELETE, "^(?:can|could|should) (?:the|my|our|this|that) .*<<be (?:cancelled|cancel|delete|"
            "remove|erase)"),
        (Intent.UPDATE, "^(?:can|could|should) (?:the|my|our|this|that) .*<<be (?:moved|{move}|rescheduled|"
            "changed|{change})"),
        (Intent.UPDATE, "^(?:my|the|our) .*<<instead$"),
        (Intent.UPDATE, "^(?:my|the|our) .*{event}.*<<(?:find|get|look) (?:me |us )?an? (?:new|other|different|better) "
            "(?:time|slot|day|date)>>"),
        (Intent.UPDATE, "^(?:my|the|our) <when>(?: with <who>)? (?:has|needs|must|should|ought)(?: to)? (?:be|start|"
            "begin|happen) <when>"),
        (Intent.UPDATE, "^(?:find|get|choose|pick|want|need|suggest|look|i (?:want|need))>> .*<<(?:another"
            "|different|new|"
            "better|other|alternative) (?:time|day|date|slot)>> .*<<(?:my|the|our|that|this)>> .*{event}"),
        (Intent.UPDATE, "^(?:can|could|would|should|may) (?:my|the|our|that|<who> 's) .*<<(?:be|start|happen|begin)>> "
            "(?:a bit |on |at )*(?:<when>|earlier|later)"),
        (Intent.UPDATE, "<<(?:{move}|{change}|meet|have|do|make)>> .*<when> instead of <when>|"
            "<<<when> instead of <when>.*{move}"),
        (Intent.UPDATE, "^(?:start|begin)>> (?:my|our|the) .*{event}.*<when>"),
        (Intent.UPDATE, "^(?:do|have|hold) (?:my|our|the) (?:[^ ]+ ){0,3}{event}(?: with <who>)?>> "
            "(?:on |at |a bit |a little |an hour )?(?:<when>|earlier|later|sooner)(?: instead)?$"),
        (Intent.UPDATE, "^(?:fix|correct)>> (?:the|my) (?:[^ ]+ )?(?:time|date|day|location|title|name)>>"),
        (Intent.ALTER, "^add>> (?:my|our|his|her) (?:[^ ]+ )?to (?:the|my|our|that|"
            "this)>>(?! (?:[^ ]+ )?{calendar})"),
        (Intent.DELETE, "^forget>> (?:about )?(?:my|the|our|that|this|<when>|<when> 's|<who> 's)>> .*{event}"),
        (Intent.DELETE, "^forget>> (?:about )?(?:my|the|our|that|this)>>"),
        (Intent.DELETE, "<<(?:i|we|let) (?:can |could |should |must |will |'ll |have to "
            "|need to )?(?:just )?(?:{cancel})>> "
            "(?:my|our|the|it|that|this)>>"),
        (Intent.DELETE, "<<(?:don't|doesn't|do not)>> (?:need|want|have).*<<anymore>>"),
        (Intent.UPDATE, "(?:<when>|<long>) instead$"),
        (Intent.DELETE, "^(?:take|strike|cross) .* off>>"),
        (Intent.DELETE, "^(?:(?:i|we|let) )?(?:can|could|should|will|'ll|may)? ?(?:just )?(?:skip|ditch|undo|unbook"
            "|drop)>> "
            "(?:my|our|the|that|this|<when>|<when> 's|<who> 's) .*{event}"),
        (Intent.DELETE, "^no need for (?:the|my|our|that)>>"),
        (Intent.DELETE, "^(?:clear|clean|empty|wipe|free(?= (?:up|my|our|the|out)>>)) .*(?:{calendar}|<when>|day"
            "|everything|afternoon)"),
        (Intent.DELETE, "<<(?:is|a|the) clear(?:ed)? (?:on|{calendar})>>"),
        (Intent.DELETE, "<<(?:needs?|has|have|want) (?:it )?to be (?:delete|cancel|cancelled|remove|erase)>>"),
        (Intent.DELETE, "<<(?:want|need) .* (?:cancelled|delete|remove|gone)>>"),
        (Intent.DELETE, "<<(?:can't|won't|not able to|unable to|not going to|"
            "couldn't) (?:be able to )?(?:make|attend|come|join|do|go)(?: it| to| the| my| our| that| this|"
            " <when>|$)"),
        (Intent.DELETE, "<<(?:no-longer|not|won't|isn't|aren't)>> .*<<(?:join|joining|attend|going|coming|"
            "need|meeting|happening|able to)>>.*(?:anymore|<when>)"),
        (Intent.DELETE, "<<no-longer>> (?:be )?(?:need|want|join|joining|attend|going|able|can|have time)"),
        (Intent.DELETE, "^(?:call|calling) (?:it |that |this |.*)?off>>"),
        (Intent.DELETE, "<<(?:{event}|{when}|it|{who}) (?:[.,] )?(?:cancel|delete|remove)(?: please| it)?$"),
        # change
        (Intent.ALTER, "^(?:add|include|loop|cc|bring|put|have|get)>> (?:in |also )?(?:<who>|,|and|"
            "also|too| )+ (?:also |too )?(?:to|on|in|into|for)>>(?! (?:(?:my |the )?{calendar}|an? |another ))"),
        (Intent.ALTER, "^(?:can|could|may|should)>> <who>(?: (?:and|,) <who>)* (?:also )?(?:join|come to|sit in on|"
            "be added to)>> (?:my|our|the|this|that|us)"),
        (Intent.ALTER, "^(?:invite|include|add|cc)>> (?:also |in )?(?:<who>|,|and|too|also|please| )+[.!]?$"),
        (Intent.ALTER, "^add>> (?:<who>|,|and| )+ <about>"),
        (Intent.ALTER, "<<(?:want|need|would like)>> .* (?:added|add|include|included|invited) (?:to|in|on)"),
        (Intent.UPDATE, "<<but (?:it|that|this) (?:is|'s) (?:actually )?<when>"),
        (Intent.UPDATE, "(?:^|[.,] |you )make it <"),
        (Intent.UPDATE, "^(?:my|the) (?:[^ ]+ ){0,3}{event}(?: with <who>)?(?: <when>)? (?:will|is going to|has to"
            "|needs to|"
            "should) (?:be|start|end|begin) <when>"),
        (Intent.ALTER, "^(?:invite|include)>> .* (?:to|in) (?:the|my|our|this|that|it|<when> 's)>>"),
        (Intent.ALTER, "<<(?:make sure|ensure)>> .* (?:invited|included|added)"),
        (Intent.ALTER, "<<is (?:invited|included|added) to"),
        (Intent.ALTER, "^add>> (?:a |an |the |this |some )?(?:[^ ]+ ){0,2}(?:location|place|room|note|notes|"
            "link|description|agenda|address|guest|attendee|people|person|venue)>>"),
        (Intent.ALTER, "^add>> .* to (?:the |my )?(?:location|guest|attendee|invite|list|description)"),
        (Intent.ALTER, "<<(?:want|need|would like) .*<who>.* (?:added|included|invited) (?:to|in|on)"),
        (Intent.ALTER, "^(?:{change}|set|have) .*<<(?:location|place|venue|title|name|label|subject|"
            "description|duration|length)>>"),
        (Intent.ALTER, "^rename>>"),
        (Intent.UPDATE, "^(?:bring|pull|push|move|put|shift|slide)>>(?! up>>) .*<<(?:forward|back|up|off|out|"
            "ahead|"
            "later|earlier)>>"),
        (Intent.UPDATE, "<<(?:has|have|needs?|ought) to (?:be )?(?:move|moved|{move}|rescheduled|postponed)>>"),
        (Intent.UPDATE, "^{move}>>(?! <long>$| (?:the )?(?:slide|money|file|mouse|cursor))"),
        (Intent.OTHER, "^{change}>> (?:my |the |a |some |something |[^ ]+ )?(?:(?:in|on|to) )?(?:my |"
            "the )?{calendar}>>(?! that)(?! .*<when>)"),
        (Intent.UPDATE, "^{change}>> "),
        (Intent.UPDATE, "(?:^| )(?:to|please|so|and|you|we|,|[.]|can|could|let|if) (?:{move}|change|update|"
            "extend)>> "),
        (Intent.UPDATE, "^(?:make|set|have|put|get)>> (?:my|the|it|this|that|our)>> (?!calendar|reminder|"
            "schedule|agenda|alarm).*(?:<when>|<long>|long|<who>|weekend|instead|earlier|later|end)"),
        (Intent.UPDATE, "^(?:make|set)>> .*<long>(?: long| [.,])?$"),
        (Intent.UPDATE, "<<(?:got|was|is|are|been|being|be|were|has)>> (?:to be )?(?:moved|rescheduled|"
            "postponed|changed|pushed|postpone|move|change|reschedule|delay|delayed)>>"),
        (Intent.UPDATE, "<<(?:is|are|will be|be) (?:now|actually|going to be now|later|earlier)>>.*<when>"),
        (Intent.UPDATE, "<<actually>> (?:going|be|is|it)>>.*<when>"),
        (Intent.UPDATE, "<<(?:be|is|run|running|runs)>> (?:later|earlier|longer|shorter) than"),
        (Intent.UPDATE, "<<(?:list of (?:people|attendee|guest))>>"),
        (Intent.UPDATE, "^(?:make|start|begin|end|finish)>> .*(?:earlier|later|longer|shorter|instead)"),
    )
)  # fmt: skip

_A_MEETING = pattern(
    "<<(?:{occasion}|meeting|appointment|event|booking|call|session|reservation|sync|interview|slot)>>"
)
_TIMELESS_OBJECT = pattern(
    "^{change}>> .*<<(?:light|color|accent|name|language|settings|song|playlist|password|volume)>>"
)
_OWN_TIMED = pattern("^(?:{move}|{change})>> (?:my|our|the) .*(?:{when}|{long}|weekend)")
_INTO_CALENDAR = pattern(
    "^(?:{weak}|put)>> .*<<(?:in|on|to|into|onto|down) (?:my |the |our |(?:[^ ]+ )?)?{calendar}|"
    "^put down that|^put that i"
)
_OTHER_FIRST = pattern("^(?:book|schedule|setup|arrange|plan|create|find-time)>> .*<<(?:and|,|then)>>")
_IS_NOW = pattern("^(?:my|the|our)>> .*<<(?:is|are|'s)>> (?:now )?<when>")
_THEN_CANCEL = pattern("<<(?:and|then|please) {cancel}>>")


def change(line: str, lemmas: list[str], *, asking: bool) -> Intent | None:
    """The change asked for, None for no change. `asking`: the message is a question, so only plain commands count."""
    topic = topics.foreign(lemmas)
    if topic in topics.BESIDE_A_MEETING and ("<who>" in line or _A_MEETING.search(line) or "<about>" in line):
        topic = None
    if topic == "contact details" and topics.has_event(lemmas):
        topic = None
    if topic and _OWN_TIMED.match(line):
        topic = None
    if "now" in lemmas and _IS_NOW.match(line):
        return Intent.UPDATE
    into_calendar = bool(_INTO_CALENDAR.search(line))
    for intent, rule in RULES:
        if not rule.search(line):
            continue
        if topic or _TIMELESS_OBJECT.match(line):
            return None if intent is not Intent.OTHER else intent
        if asking and intent in (Intent.UPDATE, Intent.ALTER) and not rule.match(line):
            continue
        if asking and intent is Intent.DELETE and not (rule.match(line) or _THEN_CANCEL.search(line)):
            continue
        if intent is not Intent.REFUSAL and not rule.match(line) and _OTHER_FIRST.match(line):
            continue
        if into_calendar and intent in (Intent.UPDATE, Intent.ALTER):
            return None
        return intent
    return None
