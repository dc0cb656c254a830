"""Answers given in words: checked like those of the form, and put to the questions they answer."""

import re
from dataclasses import replace

from bot.calcom import EventType
from bot.scheduling.asker import Scene
from bot.scheduling.draft import Draft
from bot.scheduling.form import Input
from bot.scheduling.places import Places
from bot.scheduling.questions import NOTES, BadAnswer, check, match, missing
from bot.scheduling.spoken import require_address, require_number
from bot.scheduling.told import told_among, told_place
from bot.scheduling.wording import listed

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
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
        draft = replace(draft, place="")
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
