"""Questions: what is in the calendar, and who is free when."""

from bot.offline import topics
from bot.offline.intent import Intent
from bot.offline.phrases import pattern

_FREE = tuple(
    pattern(text)
    for text in (
        "<<(?:free|availability|unoccupied|opening|gaps?|holes|vacant)>>",
        "^when (?:is|are|'s) {who}(?: (?:and|,) {who})* (?:usually |normally |next |typically )?(?:around|in|about"
        "|there|"
        "reachable|online|open|bookable)>>",
        "^what (?:is|'s|are) (?:open|free|left|possible) (?:with|for) <who>",
        "^when (?:is|'s|would be) (?:a )?(?:good|best|better|ok|okay|convenient|possible|suitable|fine)>>",
        "^(?:is|are) <who>(?: (?:and|,) <who>)* (?:reachable|online|around|there|in)>>",
        "^is there (?:any|a|some) (?:time|day|date|slot) (?:that |when |where )?.*<<(?:works?|suits?|free|good"
        "|fits?|both)>>",
        "^compare>> .*<who>|<<overlap>>",
        "^is there (?:any |some )?(?:space|room|time|a gap|a slot|an opening|availability|free)>> .*<who>",
        "^(?:would|will|is|could|can) <who>(?: (?:and|,) <who>)* be (?:around|there|in|up|reachable|bookable)>>",
        "^(?:what|which) <when> .*<<(?:works?|suits?|fits?)>>",
        "^(?:would|will|could|can) <who>(?: (?:and|,) <who>)* be <when>$",
        "^how (?:soon|early|quickly|<when>) (?:can|could|may) (?:i|we|<who>)>>",
        "^(?:what|how) (?:is|are|does|do|'s) (?!i>>|my|our|the|it|that|this|we|you)(?:<who>|[^ ]+)(?: (?:and"
        "|,) <who>)*(?: 's)?"
        "(?: <when>| {calendar}| week| day| next)* (?:look|looks|looking)(?: like)?>>",
        "^(?:does|do|has|have) <who>(?: (?:and|,) <who>)* (?:have |got )?(?:anything|something|any) .*<<(?:open"
        "|left|free)>>",
        "^when (?:can|could|does|will) <who>(?: (?:and|,) <who>)*(?: both| all| <when>)*$",
        "^(?:when|what) (?:is|'s) (?:the )?(?!.*<<(?:i|we) (?:see|meet|talk|am|'m|have)>>)(?:<when>|soonest"
        "|earliest|next|first|best)>> (?=.*<<(?:<who>|<long>)).*"
        "<<(?:can|could|free|meet|meeting|both|possible|time|slot)>>",
        "^when (?:can|could|will|would|does|do) <who>(?: (?:and|,) <who>)*(?: both)? (?:have|find|make|spare) .*<long>",
        "^(?:got|have|any) (?:you )?(?:got )?(?:any )?(?:free |open |other )*(?:opening|openings|slot|slots|gaps?"
        "|availability|"
        "time|times|space)>> .*<<with <who>",
        "^(?:when|what time|what day|which day) (?:can|could|may|would|shall|should|do|will) (?:(?:me|i) and <who>|"
        "<who> and (?:me|i))(?: .*)?(?:meet|talk|see|get|catch|chat|speak|sync|work|both|do|have)",
        "^any (?:chance|way|possibility) (?:that )?(?:<who>|(?!i>>|we>>|you>>)[^ ]+) .*<<(?:could|can|is|has|might"
        "|would)>>",
        "<<(?:is|are|what|when)>> .*<<(?:my|our|<who>|i|we|{calendar})>>.*<<open>>|<<open (?:slot|time|hour|"
        "day)",
        "<<(?:how )?busy>>(?! (?:on my|as))",
        "^(?:does|do|has|have|will|is|can|could) {who}(?: (?:and|,) {who})* (?:have|got|has|"
        "be having) (?:any |some |a |an |enough )?(?:time|moment|slot|minute|minutes|gap|room|chance|"
        "<long>)",
        "^(?:can|could|would|is|will|does) {who}(?: (?:and|,) {who})* (?:be able to |able to )?(?:do|make|"
        "meet|talk|chat|work|fit|take|join|have a|around)>>",
        "^when (?!do (?:i|we)>>)(?:can|could|may|would|shall|should|does|do|will) (?:i|we|"
        "<who>)(?: and <who>)? (?:next )?(?:meet|talk|see|get|have time|catch|chat|speak|sync|work|"
        "be around|do|make|fit|spare|grab|book)",
        "^when works",
        "^ask <who> (?:if|whether|when)>>",
        "^when (?:is|has|have|are) (?:<who>|free) .*<<(?:time|free|<who>)>>|^when (?:is|has) <who>$",
        "^(?:has|have|is) (?:<who>|you) .*<<(?:time|free)>>",
        "^(?:what|how) about <who>(?: (?:and|,) <who>)*(?: <when>| <long>)*$",
        "^(?:is|are|can|could|does|will) <who>(?: (?:and|,) <who>)* (?:on |at |for )?<when>$",
        "^(?:would|does|do|is|will|could|can) <when> (?:work|suit|ok|okay|good|fine|possible|be ok|fit|free)",
        "^do you have (?:anything|something|any|a slot|a time|space|room)",
        "^<who> 's (?:{calendar}|availability|slot|free)|^<who> (?:{calendar}|availability)",
        "^<who>(?: (?:and|,) <who>)* (?:is|are) (?:<who> )?(?:free|busy|around)",
        "^when (?:can|could|would|will) <who>(?: (?:and|,) (?:<who>|i|me))* (?:both|all)",
        "^(?:what|which) (?:time|day|date|hour|slot|times|days)s?>> .*(?:work|suit|good|possible|could|can|"
        "has|have|does <who>|best)",
        "^(?:the )?(?:earliest|soonest|next|first) (?:available |free |possible )?(?:slot|time|opening)",
        "<<(?:any|what|which|some|next|first|earliest|soonest|other|more) (?:\\w+ )?(?:slot|opening|times)>>",
        "^(?:see|check|find out|know|find|look|ask)>> (?:if|whether|when|what time) {who}(?: (?:and|"
        ",) {who})* (?:is|are|has|have|can|could|works?)>>",
        "^(?:show|see|check|view|display|find|lookup|give|list|get|pull)>> (?:me )?(?:<who> 's?|"
        "<who>) (?:{calendar}|time|slot|times)",
        "^(?:what|how) (?:is|'s|does|about) (?:<who> 's|<who>) (?:{calendar}|time|slot)",
        "^(?:earliest|soonest|next) (?:possible )?(?:time|slot|opening|appointment)",
        "<<(?:do|does) .*have (?:time|a moment|a minute|a second|a slot)>>",
    )
)  # fmt: skip
_MAKING = pattern(
    "^(?:{strong}|reserve|put|set|make|add|mark|block)>>|<<(?:book|schedule|setup|create|arrange)>> (?:it|me|<who>"
    "|a|the first)"
)

_OURS = tuple(
    pattern(text)
    for text in (
        "^(?:what|which|how many|how much|anything|whatever|whats|any)>>.*<<(?:i|we|my|our|me)>>",
        "^(?:what|anything|is anything|is there anything|something)>> .*(?:going|happening|on|scheduled|"
        "planned|booked|coming|up|left|first|next)>>.*(?:<when>|{calendar}|books?|today|$)",
        "^(?:what|whats)>>.*(?:{calendar}|scheduled|upcoming|booked|going on)",
        "^(?:do|did|does|have|has|had|am|are|was|were|will|would|can|could|should)>> (?:i|we|my|our|me)>>",
        "^(?:is|are|was|were|'s|isn't|aren't)>> (?:my|our)>>",
        "^(?:is|are|was|were|will)>> (?:there|anything|anyone|anybody|something|someone)>>.*(?:{event}|"
        "{calendar}|scheduled|<when>|going|attend|coming)",
        "^(?:has|have|is|are|did|will)>> (?:any|anyone|anybody|everyone|everybody|somebody|<who>|"
        "<who> 's \\w+)>> .*(?:respond|accepted|declined|attend|coming|going|invited|included|be at|"
        "be there|join|confirmed|reply)>>",
        "^(?:is|are|will|was|were)>> (?:<who>|[^ ]+ 's [^ ]+)(?: (?:and|,) <who>)*>> .*(?:{event}|attend|"
        "going|coming|invited|included|<when>)",
        "^(?:is|was|are|were|did|does|will)>> (?:the|this|that|all) .*(?:{event}|<when>|start|end|last|"
        "happen|finish)",
        "^(?:did|does|do)>> (?:the|my|our|<who>)>> ",
        "^(?:is|was|did|does)>> (?:{event}|[^ ]+ {event})>>",
        "^(?:is|was|are)>> (?:[^ ]+ ){1,4}<when>",
        "^who(?:m|z|'s|s)?>> .*<<(?:my|our) (?:[^ ]+ )?<when>|^who(?:m|z|'s|s)?>> .*(?:organiz|organis|attend"
        "|coming|going|invited|accepted|declined|respond|with|"
        "host|org|meeting|event|in the|joining|be at)",
        "^(?:when|what day|what date|which day|what time|at what time|until when|what year|what month|"
        "how long|how soon|how late)>> ",
        "^(?:where)>> (?:is|'s|was|are|am|do|did|will|were)>> (?:my|the|i|we|our|<who> 's|this|that|"
        "<who> and)>>",
        "^(?:where)>>.*(?:{event}|<when>)",
        "^(?:has|have|is|are|was|were) (?:[^ ]+ ){1,4}(?:answered|replied|approved|accepted|declined|confirmed)>>",
        "^what (?:was|is|got|has been|have been|were) (?:just )?(?:cancelled|booked|scheduled|moved|rescheduled)>>",
        "^(?:are|is) there .*<<(?:requests?|pending|unanswered|invites?|invitation)>>",
        "^got (?:anything|any (?:{event}|plans))>>",
        "^(?:remind me|tell me|let me know|know)>> (?:about )?(?:when|what|where|who|if|whether|how)>>",
        "^i (?:forgot|forget|can't (?:remember|recall|find)|don't (?:remember|recall|know)|"
        "do not (?:remember|know)|"
        "wonder|have forgotten|lost track)",
        ".* , (?:did|do|am) i>>",
        "^how>> (?:is|does|'s|do|are) .*<<(?:look|looks|looking|shape|shaping)>>",
        "^how many (?:people|guest|guests|of us)>> .*<<(?:coming|attend|invited|going|accepted)>>",
        "^(?:has|have|did|does|is|will|are) (?:[^ ]+ ){1,3}(?:accept|accepted|decline|declined|reject|"
        "approve|approved|confirm|confirmed|answer|answered|respond|attend|rsvp)>>",
        "^(?:what|whats|anything|something)>> (?:is |are |'s )?(?:on|<when>|on <when>)$",
        "^(?:what|which|any|anything|is anything)>> .*<<(?:requests?|pending|approval|awaiting|waiting|"
        "unanswered)>>",
        "^(?:what|which|anything|how much) .*<<(?:left|next|remaining|else|{occasion}|talk)>>",
        "^(?:see|check|find|tell|know|find out|look|verify|ask)>> .*(?:if|whether)>> .*(?:i|we|my|there|"
        "<who>)>>",
        "^(?:do|can) you (?:know|see|have|find|tell)>> ",
        "^(?:am|was|were|are) (?:i|we)>>",
    )
)  # fmt: skip
_THEIRS = pattern(
    "^(?:what|who|whom|whats)>> (?:do|does|did|has|have|is|are|'s|was|will)>> <who>(?: (?:and|,) <who>)*>> "
    "(?:have|got|meeting|seeing|meet|see|up to|doing|booked|scheduled|on|<when>)|"
    "^any (?:[^ ]+ ){0,2}{event}>>|^(?:did|have|has) (?:you|slotwise|anyone|anybody|somebody|someone|<who>|[^ ]+) "
    "(?:already |ever |just )?(?:{cancel}|{move}|{strong}|cancelled|booked|scheduled|rescheduled|moved|planned)>>|"
    "^(?:do )?(?:i )?have (?:anything|any {event})>>|^who did (?:i|we) (?:meet|see|talk to|speak to|call)>>|"
    "^(?:who|anyone|anybody|did (?:anyone|anybody|someone))>> .*<<(?:want|wants|wanted|asked|asking|request|requested|"
    "like|waiting)>> .*<<(?:me|us|my)>>"
)
"""What somebody else has on, and who waits for an answer."""
_LOOK = pattern(
    "^(?:(?:show|list|compare|find(?! (?:me |us )?(?:an? )?(?:<long>|<who>))|search|check(?! out>>)|view|display"
    "|lookup|read|"
    "review|"
    "tell(?= (?:me|us)>>)|browse|go over|run (?:me|us) (?:through|<when>)|run through|take me through|bring up|"
    "walk me through|locate|recap|summarize|know|open|verify|look)>>|see>>(?= (?:my|our|if|whether|what|when|"
    "where|who|how|all|any|<who> 's|(?:the|a) (?:[^ ]+ )?(?:scheduled|{calendar}|event|meeting|"
    "appointment)))|"
    "(?:give|pull)>> (?:me|my|us|the|up|a list)>>(?! <long>)|get>> (?:me |us )?(?:my|a list|the (?:list|"
    "{calendar}))>>)"
)
_LOOK_AT = pattern("<<(?:{event}|{calendar}|day|week|plans?|upcoming|scheduled|agenda|booked|i have|i 'm|all)>>|<when>")
_FOR_LATER = pattern("^(?:tell|give) (?:me|us)>> .*(?:time to|need to leave|update on)")
_PLANS = pattern(
    "^(?:(?:do i have |are there |is there |have i )?any )?"
    "(?:my|our|today 's|tomorrow 's|this week 's)? ?(?: ?<when> ?(?:'s)? ?)?(?:(?:next|upcoming|overview|"
    "full|past|previous|cancelled|recent|pending|all|recurring|unconfirmed|unanswered|requested) ?)*(?:my |"
    "of my |the )?(?:{calendar}|meeting|"
    "event|appointment|plans|day|call|session|bookings?)(?: (?:for|on|this|next|please|"
    "with|of)?)*(?: ?<when>| ?<who>| (?:and|on|for|,))*[ ?.!]*$"
)
_PAST = pattern(
    "<<(?:last (?:time|meet|met|see|saw|talk)|did|was|were|had|previous|past|earlier|yesterday|ago|history)>>"
)
_WORLD = tuple(
    pattern(text)
    for text in (
        "^when (?:is|'s|does|will be|are)>> (?:<when>|the \\w+ solstice|(?:[^ ]+ )?day)[ ?]*$",
        "^(?:what|who|where|how|why)>> (?!.*<<(?:in|at|on|with) (?:my|our|me|us)>>)(?!(?:is|are|did"
        "|do) <who> and i>>)(?:is|'s|are|does|did|do|was|far"
        "|old|tall|big|much)>> (?!i |my |we |"
        "our |the (?:\\w+ ){0,2}(?:{event}|schedule|organizer|plan)|on(?: |$)|going|happening|up |first|next|"
        "there|left|scheduled|<when>)(?!.*(?:{event}|{calendar}|attend|organiz|scheduled))",
        "<<(?:report|reports) to>>",
        "<<(?:manager|supervisor|skip|boss|team|address|website|email|number|office|located|full bar|"
        "happy hour|"
        "family friendly|waiter|takeout)>>(?<!my manager)(?<!my boss)(?!.*(?:{event}|invited|included|"
        "organiz|attend|"
        "arrange|{when}))(?! .*(?:invited|included))",
        "^(?:what|how|when|is|tell|will) .*(?:date|day) (?:is it|today|and date)",
        "^(?:does|do|is|are|can|has) (?!i |we |my |our |the |there |<who>|that |this )[^ ]+ .*(?:have|"
        "in [^ ]+|offer|ship|rated|sunny|hot|cooler)",
        "^what is (?:a|an) ",
        "^(?:will|is|does|was) it>>(?! .*(?:{calendar}|scheduled|booked))",
    )
)  # fmt: skip


def is_availability(line: str, lemmas: list[str]) -> bool:
    """Whether somebody's free time is asked for."""
    if _MAKING.search(line) or topics.foreign(lemmas):
        return False
    return any(rule.search(line) for rule in _FREE)


def is_past(line: str) -> bool:
    """Whether the question looks back: "when did I last meet Sam?"."""
    return bool(_PAST.search(line))


def asked(line: str, lemmas: list[str], *, plural: bool = False) -> Intent | None:
    """FIND or AVAILABILITY for questions about calendars, OTHER for questions about the world, None for no question.

    `plural`: the message says "meetings", "events": a list is wanted.
    """
    if AS_BUSY.match(line) or TOGETHER.match(line):
        return None
    question, look = bool(_QUESTION.match(line)), bool(_LOOK.match(line))
    direct = question or look or "free" in lemmas or "availability" in lemmas or bool(_SLOTS_OF.match(line))
    if direct and is_availability(line, lemmas):
        return Intent.AVAILABILITY
    if _GAP.match(line):
        return Intent.AVAILABILITY
    if not question and not look:
        return _list_wanted(line, plural)
    if _FOR_LATER.match(line):
        return None
    if _THEIRS.match(line):
        return Intent.FIND
    own = any(rule.search(line) for rule in _OURS)
    if topics.foreign(lemmas) == "the weather" or any(rule.search(line) for rule in _NEVER):
        return Intent.OTHER
    meeting = topics.has_event(lemmas) or bool(_MEETING_TALK.search(line))
    if topics.foreign(lemmas) and not (meeting and (own or look)):
        return Intent.OTHER
    if not _MEETING_TALK.search(line) and any(rule.search(line) for rule in _WORLD):
        return Intent.OTHER
    if own or (look and _LOOK_AT.search(line)) or topics.has_calendar(lemmas):
        return Intent.FIND
    return Intent.OTHER


def _list_wanted(line: str, plural: bool) -> Intent | None:
    """ "my agenda for tomorrow", "meetings with sam"; "meeting with sam" is a new one."""
    if _PLANS.match(line) and not line.startswith("schedule with") and (plural or _OWNED.match(line)):
        return Intent.FIND
    return None


TOGETHER = pattern(
    "^(?:can|could|may|shall|should)>> (?:<who>(?: (?:and|,) <who>)* and (?:i|me)|(?:i|me) and <who>) (?:have|get"
    "|meet|talk|chat|"
    "do|grab|find|sync|catch|speak)>>|"
    "^(?:can|could|would) (?:someone|somebody|anyone|anybody) (?:from|in|of) <who> .*<<(?:meet|talk|call|speak|help"
    "|chat|"
    "join|have)>>.*<when>|"
    "^find>> (?:me |us |out )?an? (?:[^ ]+ )?(?:slot|time|window|date)>> .*<who>"
)
"""A meeting asked for in the words of a question."""
AS_BUSY = pattern(
    "^(?:show|mark|set|list|put) (?:me|us|my {calendar}|my status) (?:as |to |down as )?(?:busy|away"
    "|out|unavailable|occupied)>>"
)
"""A stretch to be kept free of meetings."""
_GAP = pattern(
    "^(?:find|show|give|get)>> (?:me |us )?(?:an? |some )?(?:free )?<long>(?: <when>| free| in| my| {calendar})*$"
)
_NEVER = tuple(
    pattern(text)
    for text in (
        "(?:^| )\\d+ (?:times?|plus|minus|x|[*]|[+]|/|divided by|percent|%)(?: of)? \\d+",
        "^what (?:time|day|date) is it|^what (?:is |'s )?(?:<when> (?:'s )?|the )?(?:date|time|day)$",
        "^what (?:is|'s|are) (?:an? )?{event}$|<<what does {event} mean>>",
        "^(?:do|did|would) you (?:like|love|hate|think|believe|feel|prefer|dream|sleep|eat|drink|speak|understand)>>",
        "^(?:read|review|open|verify)>> (?!.*<<(?:{calendar}|{occasion}|days?|weeks?|month|plans?|upcoming|booking|"
        "bookings|scheduled|booked|everything|what|requests?)>>)",
        "^(?:remind me|tell me|know|let me know|show me|explain) how to>>|"
        "<<should i (?:eat|wear|cook|buy|watch|read|order|drink|pack|bring|play)>>|"
        "<<(?:color|colors|colour|colours|shade|flavor|flavour)>>|^what (?:is|'s) <when> (?:'s )?(?:day|date)>>",
        "<<(?:movies?|shows?|concerts?|games?) .*<<playing>>|<<near me>>|<<in town>>|<<nearby>>|"
        "<<around here>>",
        "^(?:is|are|how late is|when does|when is|what time does)>>(?!.*<<(?:my|our|i|we|{calendar}|"
        "<who>)>>).*<<(?:open|closed|close|closing|opens|closes)>>",
        "<<(?:vacation|sick|leave|holiday) (?:day|days|balance|allowance)>>",
        "^what should i (?:wear|eat|cook|buy|watch|read)>>|<<sun (?:set|rise)|^what (?:is |'s )?the time>>",
        "'s (?:direct |job )?(?:report|reports|title|team)$",
        "^(?:what|when) (?:is|'s) the next (?:bank |public )?holiday",
        "^tell (?:me|us) (?:about|something|a|more)>>(?!.*(?:my|our|<who>|{calendar}|meeting|appointment|"
        "event))",
    )
)  # fmt: skip
_MEETING_TALK = pattern(
    "<<(?:{occasion}|talk|chat|{calendar}|attend|invited|included|organiz\\w*|arrange|scheduled|respond|accepted"
    "|declined|"
    "accept|"
    "decline|planned|pending|unconfirmed|unanswered|awaiting|requests?|cancelled|booked|rescheduled)>>"
)
_SLOTS_OF = pattern("^(?:the )?(?:earliest|soonest|next|first)>>|^(?:<who>) ")
_OWNED = pattern("^(?:my|our|all|past|previous|cancelled|recent|pending|<when> 's|next|upcoming|today|{calendar})>>")
_QUESTION = pattern(
    "^(?:got any|got anything|i have any|{wh}|(?:did|have) you (?:{cancel}|{move}|{strong}|cancelled|booked"
    "|already)|who 's|whoz"
    "|any|anything|anyone|whats|tell me|let me know|isn't|didn't|don't(?= (?:i|we|you|"
    "they|<who>))|"
    "(?:is|are|was|were|am)>>(?! (?:{cancel}|{move}))|do(?= (?:i|we|they|<who>|any|my|our|people|these|those|"
    "all|both|sam)>>)|(?:does|did|can|could|would|should|will|"
    "has)(?! (?:you|use|call|meet|go|attend|visit|need)>>)|"
    "(?:have|had)>> (?:i|we|you|they|any|anyone|anybody|everyone|<who>(?! (?:meet|call|talk|speak|chat)>>)|there"
    "|the|all)|do you (?:have|know|see)|"
    "remind me (?:when|what|where|who|which|how)|i (?:forgot|forget|wonder|can't|don't|do not) .*(?:when|what|where"
    "|who|if|"
    "whether)|"
    "i (?:have )?(?:forgotten|lost track)|.* , (?:did|do|does|am|is|are|when|what|where|who)>> (?:i|we|my|"
    "the|<who>|is))>>"
)
