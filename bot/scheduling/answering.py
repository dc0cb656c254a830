"""Answers given in words: checked like those of the form, and put to the questions they answer."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.calcom import EventType, LocationKind
from bot.scheduling.asker import Scene
from bot.scheduling.draft import Draft
from bot.scheduling.form import Input
from bot.scheduling.places import LOCATION, Places
from bot.scheduling.questions import NOTES, BadAnswer, check, match, missing, phone
from bot.scheduling.spoken import require_address, require_number
from bot.scheduling.told import told_among, told_place
from bot.scheduling.wording import listed

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().\-/]{5,}\d")
_ABOUT = re.compile(r"\b(about|topic|purpose|agenda|discuss|reason|subject|regarding)\b", re.I)


def answered(scene: Scene, draft: Draft, event_type: EventType) -> tuple[Draft, list[str], str]:
    """The draft with what was told as answers, the sentences about those refused, and one about a place that is none.

    Raises `Invented`.
    """
    answers = dict(draft.answers)
    problems = []
    for label, text in draft.told.items():
        question = match(draft.questions, label)
        if question is None:
            continue
        if question.input is Input.PHONE:
            require_number(scene, text)
        for address in _ADDRESS.findall(text) if question.input in (Input.EMAIL, Input.EMAILS) else ():
            require_address(scene, address)
        try:
            answer = check(question, text)
        except BadAnswer as bad:
            if question.slug == LOCATION and (found := told_place(text, Places.of(event_type))):
                answers |= found
                continue
            problems.append(f"{question.label}: {bad.sentence}")
            continue
        if answer is not None:
            if draft.notes and answers.get(question.slug) == draft.notes != answer:
                draft = replace(draft, notes="")  # said as a note before, and now taken back
            answers[question.slug] = answer
    for question in draft.questions:
        if question.slug in answers and question.needed_if and question.needed_if[0] not in answers:
            answers[question.needed_if[0]] = question.needed_if[1]
    elsewhere = ""
    if draft.place:
        places = Places.of(event_type)
        found = told_place(draft.place, places)
        answers |= found or {}
        if found is None and places.by_label:
            offered = listed([f"“{label}”" for label in places.by_label], "or")
            elsewhere = f"“{draft.place[:80]}” is no place this meeting can have; it has {offered}."
            if problem := _number_refused(draft.place, places):
                elsewhere = problem
        draft = replace(draft, place="")
    if not draft.answers and scene.said:
        chosen, rest = told_among(missing(draft.questions, answers), scene.said[-1])
        answers |= chosen
        draft = replace(draft, notes=_without_names(draft, chosen))
    if draft.notes:
        chosen, rest = told_among([q for q in draft.questions if q.slug not in answers], draft.notes)
        if chosen:
            answers |= chosen
            draft = replace(draft, notes=rest)
    if draft.notes:
        about = [q for q in missing(draft.questions, answers) if q.input in (Input.TEXT, Input.LONG_TEXT)]
        about = [q for q in about if _ABOUT.search(q.label) or len(about) == 1]
        if about:
            answers[about[0].slug] = draft.notes
        elif draft.notes not in answers.values() and any(q.slug == NOTES for q in draft.questions):
            answers.setdefault(NOTES, draft.notes)
    return replace(draft, answers=answers, told={}), problems, elsewhere


def _number_refused(said: str, places: Places) -> str:
    """Why the phone number among the words of a place won't do, where the host could call one; else empty."""
    number = _DIGITS.search(said)
    calling = any(location.kind is LocationKind.ATTENDEE_PHONE for location in places.by_label.values())
    if number is None or not calling:
        return ""
    try:
        phone(number[0])
    except BadAnswer as bad:
        return f"“{number[0].strip()}”: {bad.sentence}"
    return ""


def _without_names(draft: Draft, chosen: Mapping[str, object]) -> str:
    """The notes without the clauses that are only the names of questions answered elsewhere: of "sake, size" "sake"."""
    names = {w for q in draft.questions if q.slug in chosen for w in re.findall(r"[^\W\d_]+", q.label.casefold())}
    parts = re.split(r"\s*[,;]\s*", draft.notes) if names else [draft.notes]
    kept = [part for part in parts if set(re.findall(r"[^\W\d_]+", part.casefold())) - names or not part.strip()]
    return ", ".join(kept) if len(kept) < len(parts) else draft.notes
