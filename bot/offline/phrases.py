"""The language rules are written in: patterns over a line of lemmas, and politeness taken off its front."""

import re
from collections.abc import Sequence

from bot.offline import lexicon


def _any(words: Sequence[str] | frozenset[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


_EVENT = lexicon.EVENTS | lexicon.GENERIC
_CLASSES = {
    "cancel": _any(lexicon.CANCEL),
    "move": _any(lexicon.MOVE),
    "change": _any(lexicon.CHANGE),
    "ask": _any(lexicon.ASK),
    "remind": _any(lexicon.REMIND),
    "event": _any(_EVENT),
    "occasion": _any(lexicon.EVENTS),
    "calendar": _any(lexicon.CALENDAR),
    "strong": "(?:book|schedule|setup|arrange|organize|plan|pencil|create|find-time|rebook)",
    "weak": "(?:make|add|put|set|block|fix|grab|squeeze|get|mark|indicate|reserve|enter|insert|save|log|note)",
    "det": "(?:my|the|our|this|that|these|those|all|every|any|it|them|<who> 's)",
    "be": "(?:is|are|was|were|be|been|being|'s|'re|'m|am)",
    "aux": "(?:do|does|did|is|are|was|were|am|will|have|has|had|can|could|would|should)",
    "wh": "(?:what|when|where|which|who|how|at what|what time|whose|whom|why|until when)",
    "who": "<who>",
    "when": "<when>",
    "long": "<long>",
    "not": "(?:not|n't|don't|do not|never|no need to|please don't|didn't|did not)",
    "us": "(?:i|we|me|us|my|our)",
}


def pattern(text: str) -> re.Pattern[str]:
    """A rule's pattern: words stand for themselves, {classes} for the lists above; matched between spaces."""
    for name, words in _CLASSES.items():
        text = text.replace("{" + name + "}", words)
    return re.compile(text.replace("<<", r"(?<!\S)").replace(">>", r"(?!\S)"))


_SHELLS = tuple(
    pattern(rf"^{text}>> ?")
    for text in (
        "(?:[,.!;:()¿¡-]|\"|')",
        "(?:before|since|as|because|now that|given that|in case|while|after|seeing that|btw|fyi)>> (?:[^ ,]+ ){1,10},"
        "(?= (?:{wh}|do|am|can|could|please|{cancel}|{move}|{strong}|show|list|is|are|does|let|i need|i want)>>)",
        "(?:would|'d) (?:love|like) to",
        "(?:hello|good morning|good afternoon|good evening|ok(?! to>>)|okay(?! to>>)|alright|so|and|also|well"
        "|actually|now|yes(?! to>>)|"
        "no(?! (?:to|need|idea|problem|{event}|more|one|later|earlier|<who>)>>)|please|"
        "wait|sorry|lovely|thanks|great|there|oh|ohhh|um|hmm|right|then|but|just|hey|sure|perfect|cool|kindly)",
        "(?:siri|alexa|google|cortana|olly|pda|slotwise|bot|<who> (?=,))",
        "(?:i am|i 'm|this is|it is|it 's|here is) (?:<who>|[^ ]+) (?:here )?[,.!]",
        "<when> on ,",
        "(?:can|could|will|would|won't) you",
        "(?:can|could|may|shall|should) (?:i|we)",
        "(?:i|we) (?:would|'d|'ll|do)? ?(?:like|want|wanted|need|needed|have|must|wish|love|got|prefer|"
        "would)? ?(?:for )?"
        "(?:you|us)? to(?! <when>)",
        "i (?:want|need) you",
        "(?:i|we) would like",
        "(?:i|we) (?:must|should|'ll|will|'d|want)(?= (?:{cancel}|{move}|{change}|{strong}|{weak})>>)",
        "(?:to )?help (?:me|us)(?: out)?(?: to| with| by)?",
        "i need (?:your|some|a little)? ?help (?:with|on|to)(?: please)?",
        "let(?: me| us)?",
        "go ahead(?: and)?",
        "(?:on |for |at |in |by )?<when>(?: ,)?(?= (?:{cancel}|{move}|{change}|{strong}|{weak}|clear|can|could|please|"
        "i want you|you can|i need you|{wh}|do|am)>>(?! <when>$))",
        "(?:also|then|next|finally|instead)",
        "make sure(?: that| to| you)?",
        "be sure to",
        "try to",
        "(?:is it|would it be|it be) (?:possible|ok|okay|fine|alright|feasible|doable)(?: to| for you to| if (?:you"
        "|we|i))?",
        "what (?:would it take|does it take|do i have to do|do i need to do) to",
        "(?:i|we)(?= (?:accept|approve|decline|reject|refuse|confirm|cancel)>>)",
        "is there (?:a|any) way (?:to|for you to|i can|that i can)",
        "are you able to",
        "see if you (?:can|could)",
        "make it happen",
        "(?:how|what) about(?= (?:an?|some|another|<long>) )",
        "do you (?:mind|think you (?:can|could))",
        "(?:how|what) about(?= (?:you )?(?:{cancel}|{move}|{strong}))",
        "you (?:can|could|should|may|must)(?! do)",
        "(?:i was|i 'm) (?:wondering|hoping)(?: if| that| whether)?",
        "(?:what|how) (?:is the best way to|do i|can i|to|would i)(?= (?:{cancel}))",
        "i (?:would |'d )?(?:appreciate it if|like it if|prefer (?:it )?if) you",
        "(?:is there )?(?:any|a) (?:chance|way|possibility)(?: that)? (?:you can|you could|to|i can|we can|i could|"
        "we could|you might|we might|for us to|for me to|of)",
        "(?:would you |do you )?mind(?= (?:{cancel}|{move}|{change}|{strong}|{weak})>>)",
        "(?:so )?(?:it would|it 'd|that would|'d) be (?:great|nice|good|lovely|awesome|amazing|fantastic|super"
        "|helpful|ideal)"
        "(?: if)?(?: you (?:can|could|would)| we (?:can|could)| to)?",
        "(?:would|could) you be (?:so kind|kind enough|so good|able)(?: as)? to",
        "(?:i|we) (?:was|were|am|are|'m|'re) (?:just )?(?:wondering|hoping|thinking|trying|looking|planning)"
        "(?: if| that| whether| to| of)?(?! (?:about|for)>>)",
        "time to",
        "i (?:need|want) to (?:know|see)(?= when| what| if| where)",
    )
)
_TAIL = pattern("(?: ?(?:[?!.,]|>>please|thanks|thank you|thx))+$".replace(">>", ""))
_KEEP = pattern("^(?:no|yes|so|well|thanks|hello|help)>>$")


def core(line: str) -> str:
    """The line without greetings, wake words, politeness and the closing mark: "can you please book?" -> "book".

    >>> core("hello , can you please book <long> with <who>")
    'book <long> with <who>'
    """
    line = _TAIL.sub("", line) or line
    at = True
    while at and line and not _KEEP.match(line):
        at = False
        for shell in _SHELLS:
            if (found := shell.match(line)) and found.end() < len(line) and found.end():
                line, at = line[found.end() :].strip(), True
    return line
