"""Asking on from what is shown: other times than those on the card, and what comes after a meeting listed."""

import re

from bot.offline.action import Call
from bot.offline.situation import Open
from bot.offline.utterance import Utterance

_ANYTHING = re.compile(
    r"^\W*(?:(?:ok|okay|hmm+|and|but|so|well|sorry|no)\b[\s,]*)*"
    r"(?:(?:is|are) there |(?:do|does) (?:you|they|she|he) have |have you got |have you |got )?"
    r"(?:anything|something|nothing|any (?:other )?(?:times?|slots?|openings?))\b"
    r"(?! (?:about|with|to do)\b)(?!.*\b(?:i|my|we|our)\b)",
    re.I,
)
"""Words for other times, where times are on the table."""
_NOT_THEN = re.compile(
    r"\b(?:doesn'?t|does not|don'?t|won'?t|isn'?t|is not|not|bad|no good|impossible|can'?t)\b.*"
    r"\b(?:what else|else|other|another|any(?:thing)? (?:else|other))\b",
    re.I,
)
_AFTER_THAT = re.compile(
    r"^\W*(?:(?:ok|and|so|what|what's|what is|what about|what comes|anything)\b[\s,]*)*"
    r"(?:after (?:that|it|this)|afterwards|then|next|after)\W*$",
    re.I,
)


def asked(said: Utterance, opened: Open) -> Call | None:
    """The call for a question that goes on from the open card; None for all else."""
    text = said.text.strip()
    if opened.card in ("agenda", "outcome") and _AFTER_THAT.match(text):
        return Call("show_bookings")
    if opened.card not in ("slots", "proposal") or opened.kind not in ("book", "move") or said.people or not said.times:
        return None
    if _NOT_THEN.search(text) and not re.search(r"\d", said.when):
        return Call("adjust", {"when": f"any day but {said.when}"})
    return Call("adjust", {"when": said.when}) if _ANYTHING.match(text) else None
