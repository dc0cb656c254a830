"""Short replies that change what is open: how far, any of them, all of them, without somebody."""

import re
from typing import Any

from bot.offline.situation import Open

_LED = (
    r"^\W*(?:(?:no|yes|ok|oh|well|just|please|can you|could you|let'?s|actually|and|but|then|sorry|i mean|i meant)\b"
    r"[\s,]*)*"
)
_SHIFTED = re.compile(
    rf"{_LED}(?:push|move|postpone|delay|shift|bring|put|pull|slide)\s+(?:it|that|this|the meeting|the call)?\s*"
    r"(?P<way>back|out|forwards?|up|ahead)?\s*(?:by\s+)?"
    r"(?P<size>(?:an?|half an?|another|one|two|three|four|\d+)\s*(?:min|mins|minutes?|hours?|hrs?|days?|weeks?))\W*$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"{_LED}(?:make (?:it|that)|change (?:it|that) to|only|for)\s+(?:a\s+)?(?P<minutes>15|20|25|30|40|45|50|60|90)"
    r"(?:\s+(?:instead|rather|please|then|though))*\W*$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"{_LED}(?:(?:add|put|leave|include|write)\s+(?:in\s+)?(?:a\s+|the\s+|this\s+)?(?:note|comment|remark)s?\b[^:]{{0,30}}?"
    r"(?:\s*:\s*|\s+(?:that|saying|to say)\s+)|(?:change|make|set|update)\s+(?:the\s+|my\s+)?(?:note|comment)s?\s+"
    r"(?:to(?:\s+be)?\s+|into\s+|:\s*)?)(?P<note>\S.+)$",
    re.IGNORECASE | re.DOTALL,
)
_CLOCK = re.compile(
    rf"{_LED}(?:make (?:it|that)\s+|at\s+|the\s+|take\s+)*(?P<clock>\d{{1,2}}(?:[:.]\d\d)?\s*(?:am|pm)?)\W*$",
    re.IGNORECASE,
)
_WHY = re.compile(
    rf"{_LED}(?:(?:rather|instead|better)\s+)?"
    r"(?:say|tell (?:them|him|her)|write|put|use|the reason is|reason|because)\s*:?\s+"
    r"(?:that\s+)?(?P<why>(?!no\b|yes\b)\S.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ANY = re.compile(
    rf"{_LED}(?:(?:i'?m|it'?s|pick|take|choose|book|with)\b[\s,]*)*"
    r"(?:any(?: of (?:them|these|those)| one| time)?|whatever(?: you (?:like|want|prefer))?|either|whichever"
    r"|you (?:choose|pick|decide)|up to you|(?:i )?don'?t (?:care|mind)|doesn'?t matter|(?:does )?not matter"
    r"|surprise me|one of them|anything|flexible|all (?:fine|good|the same)|egal|n'importe)"
    r"(?: is| are)?(?: fine| ok| okay| good| works| will do| please| to me)*\W*$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"{_LED}(?:cancel\s+)?"
    r"(?:(?:all|both|every one|each|everything|the lot)(?: of (?:them|these|those|it))?|them all|the series"
    r"|(?:the )?(?:whole|entire|full) (?:series|thing|lot)"
    r"|(?:all )?(?:the )?(?:following|later|remaining|future) ones(?: too| as well)?|from (?:then|now|here) on)"
    r"(?: please| instead| then| too)*\W*$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    rf"{_LED}(?:remove|drop|uninvite|without|leave out|take off|minus|not with|don'?t invite|do not invite)\s+"
    r"(?P<who>(?!(?:it|that|this|all|everything|the|my)\b)@?[\w.+-]+(?:@[\w.-]+)?)"
    r"(?:\s+(?:please|then|again|after all|from (?:it|this)|off|out))*\W*$",
    re.IGNORECASE,
)


def changed(text: str, opened: Open) -> dict[str, Any]:
    """The arguments of `adjust` for a short reply; nothing for any other.

    >>> changed("push it back a day", Open("proposal", "move")), changed("without kenji", Open("proposal", "book"))
    ({'when': 'a day later'}, {'without': ['kenji']})
    """
    if (shift := _SHIFTED.match(text)) and opened.kind in ("move", "book"):
        sooner = (shift["way"] or "").lower() in ("forward", "forwards", "up", "ahead")
        return {"when": f"{shift['size']} {'earlier' if sooner else 'later'}"}
    if opened.kind in ("cancel", "decline") and (told := _WHY.match(text)):
        return {"reason": told["why"].strip()}
    if opened.kind == "book" and (note := _NOTE.match(text)):
        return {"notes": note["note"].strip()}
    if opened.card == "slots" and (clock := _CLOCK.match(text)) and len(text.split()) > 1:
        return {"pick": f"at {clock['clock'].strip()}"}
    if (length := _LENGTH.match(text)) and opened.kind == "book":
        return {"minutes": int(length["minutes"])}
    if opened.kind == "cancel" and _WHOLE.match(text):
        return {"pick": text.strip(" .!?")}
    if opened.card in ("slots", "pick") and opened.options and _ANY.match(text):
        return {"pick": "any of them"}
    if opened.card != "pick" and opened.kind == "book" and (left_out := _WITHOUT.match(text)):
        return {"without": [left_out["who"].strip()]}
    return {}
