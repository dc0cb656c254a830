"""What is said without asking for anything: greetings, thanks, calls for help with the assistant itself."""

import re

from bot.offline.intent import Intent
from bot.offline.phrases import pattern

_GREETING = pattern(
    "^(?:hello|good (?:morning|day|evening|afternoon)|greetings|yo|how are you|what 's up)(?: (?:there|"
    "slotwise|all|hello|bot|everyone|team|cortana|siri|alexa|google|<who>|how are you|doing|today|,|!|[.]|"
    "[?]))*$"
)
_THANKS = pattern(
    "^(?:thanks|cheers|great|perfect|awesome|nice|cool|wonderful|much appreciated|appreciated|many thanks|"
    "amazing|good job|well done|excellent|brilliant|super|lovely)(?: (?:thanks|you|so much|a lot|again|"
    "very much|job|work|one|!|[.]|,|that 's|that|is|great|bye|a bunch|for your help|for the help|<who>|"
    "slotwise|<when>|yesterday))*$"
)
_THANKS_FIRST = pattern(
    "^thanks>>(?: you)?(?: so much| a lot| very much)? ?[,.!]* ?(?:(?:it|that|this|all|"
    "everything)>> (?:works|worked|is|'s|"
    "helped|helps|was|did)>>.*|for (?:your |the |all )?(?:help|quick|booking|that|this|everything).*)$"
)
_NOD = pattern("^(?:yes|ok|okay|sure|alright|fine|right|got it|i see)(?: (?:yes|ok|then|thanks|,|!|[.]))*$")
_BYE = pattern(
    "^(?:(?:ok|okay|well|alright|thanks|hello|,|!) )*(?:bye|goodbye|farewell|cya|see (?:you|ya)|talk to you|ttyl|"
    "take care|have a (?:nice|good|great|lovely)|enjoy (?:your|the)|good night|happy|until|till|catch you)>>"
    "(?: (?:bye|<when>|day|weekend|evening|one|time|rest|of|the|your|soon|later|then|around|there|all|,|!|[.]|<who>|"
    "holidays|birthday|everyone|thanks))*$"
)
_ABILITY = pattern(
    "^(?:(?:hello|and|so|,|!) )*(?:can|could|do|are|will) you (?:also |even |actually |really |able to |handle |do "
    "|support |offer |allow |know how to )*"
    "(?:(?:{cancel}|{move}|{change}|{strong}|{ask}|accept|decline|invite)>> ?)?(?:other |more |several |multiple "
    "|group |"
    "recurring |any |private )*(?:{event}|things|stuff|{calendar})?(?: (?:for|with) (?:me|people|others"
    "|multiple people|"
    "several people))?(?: too| as well)?[ ?!.]*$"
)
_MANY = re.compile(r"\b(?:meetings|things|stuff|calls|events|bookings|appointments|invites|calendars|slots)\b", re.I)
_HAPPENS = pattern(
    "^(?:are|do|can) you (?:able to |allowed to )?(?:see|read|access|have access to) (?:my|our|the"
    "|people 's) {calendar}|"
    "^what happens (?:if|when|after)>>|^if i (?:{cancel}|{move}|accept|decline|book|don't)>>.*[,?]|"
    "^(?:should|shall|must|do) i (?:have to |need to |really |still )*(?:{cancel}|{move}|accept|decline|respond)>>|"
    "^(?:how|where|why) (?:does|do|is|are|can|should) (?:slotwise|you)>>"
)
_SHAKE = pattern("^(?:no|nothing|never mind|nevermind|forget it|nvm)(?: (?:no|thanks|thank you|it|,|!|[.]))*$")
_HELP = pattern(
    "^(?:help|help me|what can you do(?: for me| here)?|who are you|what are you|how (?:do|does) (?:you|this|"
    "it|that) work|"
    "what do you do|commands?|usage|manual|instructions|how do i .*|can you help|how can you help.*|"
    "what can i (?:ask|say|do).*|what else can you.*|i need (?:some |your )?help.*|what is this|menu|"
    "start)>>[ ?!.]*(?:please)?[ ?!.]*$"
)
_HELP_ABOUT = pattern(
    "^(?:(?:hello|please|,|!|[.]|yes|can you|i) )*(?:would like|want|need|could use)?(?: some| your|"
    " a little)? ?"
    "help(?: me)?(?: (?:please|with|using|on|to use|my|this|the|personal|{calendar}))*[ .!?,]*"
    "(?:can you help me|please|[?.! ])*$|^manage>>|<<(?:make|need) (?:a few |some )?changes? to my {calendar}"
)

GREETING = (
    'Hello! Tell me whom you want to meet and when, for example "book 30min with sam tomorrow morning". '
    "I can also show, move and cancel your meetings."
)
THANKS = "You're welcome."
NOD = "There is nothing open to say yes to. Tell me whom you want to meet and when."
CHAT = "All right. Tell me whenever you want to meet somebody, or to see, move or cancel what is booked."
WATCH = "I can't watch for that. Ask me when somebody is free, and I look; what happens to your bookings I tell you."
MESSAGE = "I can't pass that on. I can book a meeting, or tell the others by moving or cancelling one."
REFUSAL = "All right, I leave it as it is."


def small_talk(line: str) -> Intent | None:
    """GREETING, THANKS, NOD, REFUSAL or HELP for a message that is nothing else."""
    if _THANKS_FIRST.match(line):
        return Intent.THANKS
    if _BYE.match(line):
        return Intent.CHAT
    if _NOD.match(line):
        return Intent.NOD
    if _SHAKE.match(line):
        return Intent.REFUSAL
    if _GREETING.match(line):
        return Intent.GREETING
    if _THANKS.match(line):
        return Intent.THANKS
    return Intent.HELP if _HELP.match(line) else None


def asks_whether_possible(line: str, written: str) -> bool:
    """Whether it is asked what this assistant can do: "can you cancel meetings?", "what happens when I cancel?"."""
    found = _ABILITY.match(line)
    return bool(_HAPPENS.match(line)) or (bool(found) and _MANY.search(written) is not None)


def is_help(line: str) -> bool:
    """Whether help is asked for in more words."""
    return bool(_HELP_ABOUT.match(line))
