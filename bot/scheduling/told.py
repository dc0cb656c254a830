"""Answers that stand among other words, without having been asked for."""

import re
from collections.abc import Sequence

from bot.calcom import LocationKind
from bot.scheduling.form import Answer, Input, Question
from bot.scheduling.places import LOCATION, LOCATION_DETAIL, Places
from bot.scheduling.questions import BadAnswer, phone

_VIDEO = re.compile(r"\b(video|zoom|meet|teams|online|virtual|remote|hangout)", re.I)
_MANNER = re.compile(r"^(?:in[\s-]person|face[\s-]to[\s-]face|on[\s-]?site)\b[\s,:]*(?:(?:at|in)\b\s*)?", re.I)
"""How one meets, before where: "in person at Alexanderplatz 1" names an address, "in person" alone does not."""
_HOSTS = re.compile(r"\b(?:your|his|her|their|the host['’]?s?)\s+(?:office|place|home|house|studio|room)\b", re.I)
_PHONED = re.compile(r"\b(phone|call me|by tel|telephone|mobile|cell)\b", re.I)


def told_among(questions: Sequence[Question], text: str) -> tuple[dict[str, Answer], str]:
    """Options and counts that stand word for word in a text that says more, and the text without what names them.

    >>> size = Question("size", "Company size", Input.ONE_OF, True, options=("1-10", "10-50", "50+"))
    >>> told_among((size,), "our AI integration, company size 10-50")
    ({'size': '10-50'}, 'our AI integration')

    A count needs a word of its question beside it ("5 seats"), and so does an option of a word that may mean
    anything ("Yes").
    """
    found: dict[str, Answer] = {}
    parts = re.split(r"\s*[,;\n]\s*|\.\s+|\s+and\s+", text.strip(" .")) if questions else [text]
    kept = list(parts)
    for question in questions:
        telling = set(re.findall(r"[^\W\d_]{4,}", question.label.casefold()))
        for part in parts:
            if question.input is Input.NUMBER:
                counted = re.fullmatch(r"(?:for |about |around )?(\d+) ([^\W\d_]{4,})", part.casefold())
                if counted and counted[2] in telling and part in kept:
                    found[question.slug] = int(counted[1])
                    kept.remove(part)
                    break
                continue
            here = [o for o in question.options if re.search(rf"(?<![\w+-]){re.escape(o)}(?![\w+-])", part, re.I)]
            sure = here and (any(c.isdigit() for c in here[0]) or telling & set(part.casefold().split()))
            sure = sure and (question.required or telling & set(part.casefold().split()))
            if len(here) == 1 and sure and question.input in (Input.ONE_OF, Input.RADIO):
                found[question.slug] = here[0]
                if len(part.split()) <= 6 and part in kept:
                    kept.remove(part)
                break
    return found, text if kept == parts else ", ".join(kept)


def told_place(said: str, places: Places) -> dict[str, str] | None:
    """The answers for the event type's place that the words mean; None when they mean none it offers."""
    words = _MANNER.sub("", said.strip())
    try:
        number: str | None = (
            phone(re.sub(r"[^\d+]", "", words)) if re.search(r"\d{6,}", re.sub(r"\D", "", words)) else None
        )
    except BadAnswer:
        number = None
    video, phoned = bool(_VIDEO.search(words)), bool(number or _PHONED.search(words))
    hosts = bool(_HOSTS.search(words))
    for label, location in places.by_label.items():
        kind = location.kind
        if label.casefold() == words.casefold():
            return {LOCATION: label}
        fits = (
            (kind is LocationKind.ADDRESS and (hosts or words.casefold() in (location.value or "").casefold()))
            if words
            else kind is LocationKind.ADDRESS
        ) or (
            (kind is LocationKind.ATTENDEE_PHONE and phoned)
            or (kind is LocationKind.INTEGRATION and video)
            or (kind is LocationKind.PHONE and phoned and not number)
            or (
                kind in (LocationKind.ATTENDEE_ADDRESS, LocationKind.ATTENDEE_DEFINED)
                and not (video or phoned or (hosts and not re.search(r"\d", words)))
            )
        )
        if not fits:
            continue
        detail = number if kind is LocationKind.ATTENDEE_PHONE else words if words and location.asks else None
        if len(places.by_label) == 1:
            return {LOCATION_DETAIL: detail} if detail else {}
        chosen = {LOCATION: label}
        if detail:
            chosen[f"{LOCATION_DETAIL}:{kind.value}"] = detail
        return chosen
    return None
