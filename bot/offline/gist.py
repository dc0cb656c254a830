"""The part of a longer message that asks: without quotes, greetings, signatures, and what is only told beside it."""

import re

from bot.offline import account, editing, intents, making, topics
from bot.offline.intent import Intent
from bot.offline.phrases import core
from bot.offline.situation import Situation
from bot.offline.utterance import Utterance, analyse

_MOST = 12
"""Sentences looked at."""
_QUOTE = re.compile(r"^\s*(?:>|On .{5,80} wrote:\s*$|-{2,}\s*(?:Original|Forwarded)).*$", re.MULTILINE | re.IGNORECASE)
_SIGNED = re.compile(
    r"\n\s*(?:--+\s*$|(?:(?:kind|best|warm|many)\s+)?(?:regards|wishes)|best|cheers|sincerely|yours(?: \w+)?"
    r"|thanks(?: a lot"
    r"| so much| again| in advance)?|thank you(?: \w+){0,3}|thx|bye|lg|vg|mfg|gru(?:ß|ss)|saludos"
    r"|cordialement)\s*[,.!]?\s*"
    r"(?:\n[^\n]{0,60}){0,4}\s*$",
    re.IGNORECASE,
)
_SMILE = re.compile(r"(?<!\S)(?:[:;]-?[)(DPp/|]|<3|\^\^|xD|:[a-z_+-]+:)(?!\S)")
_SENTENCE = re.compile(
    r"(?<![\s.][A-Za-z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\bvs\.)(?<!\bno\.)"
    r"(?<=[.!?…])\s+(?!\d)|\s*\n+\s*"
)
_ASKING = frozenset(
    (
        Intent.DELETE,
        Intent.UPDATE,
        Intent.FIND,
        Intent.AVAILABILITY,
        Intent.ALTER,
        Intent.ACCEPT,
        Intent.DECLINE,
    )
)
_BESIDE = frozenset((Intent.GREETING, Intent.THANKS, Intent.CHAT, Intent.NOD, Intent.HELP))
_POINTING = re.compile(r"\b(?:it|that|them|this|those|one)\b", re.IGNORECASE)


def gist(said: Utterance, situation: Situation) -> Utterance:
    """The message, or the part of it that asks for something; one sentence stays as it is.

    The first sentence that asks decides; what follows it, and names a person or a time it lacks, stays with it. A call
    for help stays whole, and so does a message whose later request points back ("anything on Friday? cancel it").
    """
    text = _written(said.text)
    parts = [part.strip() for part in _SENTENCE.split(text) if part and part.strip(" \t.!?,;:")]
    if len(parts) < 2 or len(parts) > _MOST:
        return said if text == said.text else analyse(text, situation)
    if intents.intent(said, situation.where) is Intent.RING:
        return said
    read = [analyse(part, situation) for part in parts]
    meant = [intents.intent(one, situation.where) for one in read]
    asks = [at for at, one in enumerate(read) if _asks(one, meant[at])]
    if intents.topic(said) and not any(read[at].times or topics.has_meeting(read[at].words) for at in asks):
        return said
    pointing = any(_POINTING.search(parts[at]) for at in asks[1:])
    if not asks or (pointing and intents.intent(said, situation.where) is not Intent.OTHER):
        kept = [at for at in range(len(parts)) if meant[at] not in _BESIDE] or list(range(len(parts)))
    else:
        first, end = asks[0], asks[1] if len(asks) > 1 else len(parts)
        before = [at for at in range(first) if _completes(read[at], read[first], meant[at])][-1:]
        kept = [*before, first, *(at for at in range(first + 1, end) if meant[at] not in _BESIDE)]
    return analyse(_joined([parts[at] for at in kept]), situation)


_PLEASANTRY = re.compile(
    r"^\W*(?:(?:hi|hey|hello|good (?:morning|afternoon|evening))(?: there| all| team)?\b[\s,!.]*)?"
    r"(?:i )?hope (?:you(?:['’]re| are|r)?|everything(?:['’]s| is)?|all(?:['’]s| is)?|this finds you)"
    r"(?: (?:all|both|doing|having|feeling|going))*"
    r"(?: (?:well|good|fine|great|ok|okay|an? (?:\w+ )?(?:day|week|weekend)))"
    r"(?:\s*[:;]-?[)D])?[\s,.!]*(?:so\b[\s,]*)?",
    re.I,
)
"""A greeting that asks for nothing: "hope you're well"."""
_LABEL = re.compile(
    r"\s*\n\s*(?P<label>with|who|whom|people|when|date|day|time|length|duration|how long|about|topic|subject)\s*:\s*",
    re.I,
)
_LED_BY = {
    "with": "with", "who": "with", "whom": "with", "people": "with", "length": "for", "duration": "for",
    "how long": "for", "about": "about", "topic": "about", "subject": "about",
}  # fmt: skip


def _written(text: str) -> str:
    """The person's own words: no quoted lines, no signature, no smileys, the lines of a form as one sentence."""
    if len(_LABEL.findall(text)) > 1:
        text = _LABEL.sub(lambda m: f" {_LED_BY.get(m['label'].lower(), '')} ".replace("  ", " "), text)
    text = _PLEASANTRY.sub("", text, count=1) or text
    own = _SMILE.sub("", _SIGNED.sub("", _QUOTE.sub("", text)))
    return own if own.strip() else text


def _asks(said: Utterance, intent: Intent) -> bool:
    """Whether a sentence asks for something by itself."""
    if intent in _ASKING or (intent is Intent.CREATE and making.is_command(core(said.line))):
        return True
    if intent in (Intent.CREATE, Intent.OTHER) and not said.people:
        return account.request(said, intent, None) is not None or editing.edit(said, None) is not None
    return False


def _completes(before: Utterance, said: Utterance, meant: Intent) -> bool:
    """Whether a sentence in front says whom, where the request itself does not."""
    return bool(before.people) and not said.people and meant not in (Intent.GREETING, Intent.THANKS, Intent.CHAT)


def _joined(parts: list[str]) -> str:
    return " ".join(part if part[-1] in ".!?…,;:" else f"{part}." for part in parts[:-1]) + (
        f" {parts[-1]}" if len(parts) > 1 else parts[-1]
    )
