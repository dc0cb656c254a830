"""An event type's booking fields as questions, and people's answers as the JSON Cal.com expects.

Source of the rules: Cal.com API v2, booking fields of 2024-06-14 and `bookingFieldsResponses` of 2024-08-13.
Name, e-mail and zone come from the person's profile and are never asked here.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.calcom import BookingField, EventType, FieldType
from bot.scheduling import choices
from bot.scheduling.form import Answer, Input, Question, Raw
from bot.scheduling.places import LOCATION, LOCATION_DETAIL, Places

PHONE = "attendeePhoneNumber"
NOTES = "notes"
GUESTS = "guests"
EMAIL = "email"
TITLE = "title"

_NOT_ASKED = {"name", "email", "rescheduleReason", "smsReminderNumber"}
_DEFAULT_LABELS = {
    PHONE: "Your phone number",
    TITLE: "What is this meeting about?",
    NOTES: "Additional notes",
    GUESTS: "Guests' e-mail addresses",
}
_INPUTS = {
    FieldType.TEXT: Input.TEXT,
    FieldType.ADDRESS: Input.TEXT,
    FieldType.TEXTAREA: Input.LONG_TEXT,
    FieldType.NUMBER: Input.NUMBER,
    FieldType.EMAIL: Input.EMAIL,
    FieldType.MULTIEMAIL: Input.EMAILS,
    FieldType.PHONE: Input.PHONE,
    FieldType.URL: Input.URL,
    FieldType.BOOLEAN: Input.BOOLEAN,
    FieldType.SELECT: Input.ONE_OF,
    FieldType.MULTISELECT: Input.SOME_OF,
    FieldType.RADIO: Input.RADIO,
    FieldType.CHECKBOX: Input.CHECKBOXES,
}
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_URL = re.compile(r"(https?://)?[^\s/.@]+(\.[^\s/.@]+)+(/\S*)?", re.I)
_NAMED_ADDRESS = re.compile(r"[^@,;<>\n]{0,80}<([^\s<>]+@[^\s<>]+)>")
"""An address behind a name: "Kim Doe <kim@example.com>"."""
_BETWEEN = {"and", "und", "et", "y", "e", "plus", "also"}
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


class BadAnswer(ValueError):
    """An answer that does not fit its question; `sentence` says what would."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def questions_of(event_type: EventType) -> tuple[Question, ...]:
    """What the event type asks, in its order, the notes last; hidden fields and what the profile knows are left out."""
    asked: list[Question] = []
    places = Places.of(event_type).questions()
    for field in event_type.booking_fields:
        if field.slug == LOCATION:
            asked.extend(places)
            places = ()
        elif question := _question(field):
            asked.append(question)
    return (*places, *sorted(asked, key=lambda q: q.slug == NOTES))


def _question(field: BookingField) -> Question | None:
    if field.hidden or field.slug in _NOT_ASKED or field.type in (FieldType.NAME, FieldType.SPLIT_NAME):
        return None
    if field.slug == GUESTS or (field.slug in (TITLE, PHONE) and field.is_default and not field.required):
        return None
    kind = _INPUTS.get(field.type, Input.TEXT)
    if not field.options and kind in (Input.ONE_OF, Input.SOME_OF, Input.RADIO, Input.CHECKBOXES):
        kind = Input.TEXT
    label = (field.label if field.label and not field.label.islower() else None) or _DEFAULT_LABELS.get(field.slug)
    return Question(
        slug=field.slug,
        label=label or field.label or field.slug.replace("_", " ").replace("-", " ").capitalize(),
        input=kind,
        required=field.required,
        options=tuple(field.options),
        placeholder=field.placeholder or "",
    )


def applies(question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the question means anything, given the answers so far."""
    condition = question.only_if or question.needed_if
    return condition is None or answers.get(condition[0]) == condition[1]


def needed(question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the question has to be answered, given the answers so far."""
    return applies(question, answers) and (question.required or question.needed_if is not None)


def missing(questions: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The questions that have to be answered and are not yet."""
    return tuple(q for q in questions if q.slug not in answers and needed(q, answers))


def filled(questions: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The questions with what is known as their values, for a form."""
    return tuple(replace(q, value=answers.get(q.slug)) for q in questions)


def check_all(
    questions: tuple[Question, ...], raw: Mapping[str, Raw], partial: bool = False
) -> tuple[dict[str, Answer], dict[str, str]]:
    """Answers of the right types by slug, and a sentence for each one that was refused.

    `partial`: what is absent from `raw` is not missed.
    """
    answers: dict[str, Answer] = {}
    refused: dict[str, str] = {}
    for question in sorted(questions, key=lambda q: (q.only_if or q.needed_if) is not None):
        if question.slug not in raw and (partial or not applies(question, answers)):
            continue
        if not applies(question, answers) and not partial:
            continue
        try:
            answer = check(question, raw.get(question.slug))
        except BadAnswer as bad:
            refused[question.slug] = bad.sentence
            continue
        if answer is not None:
            answers[question.slug] = answer
        elif needed(question, answers):
            refused[question.slug] = "Please answer this one."
    return answers, refused


def check(question: Question, raw: Raw) -> Answer | None:
    """The answer as Cal.com wants it; None when there is none.

    >>> check(Question("seats", "How many seats?", Input.NUMBER, False), "12")
    12

    Raises `BadAnswer` with a sentence for the person.
    """
    match question.input:
        case Input.SOME_OF | Input.CHECKBOXES:
            return _several(question, raw)
        case Input.BOOLEAN:
            return _boolean(question, raw)
    text = " ".join(raw) if isinstance(raw, tuple) else "" if raw is None or raw is False else str(raw).strip()
    if not text:
        return None
    match question.input:
        case Input.NUMBER:
            return _number(text)
        case Input.EMAIL:
            return _one_email(text)
        case Input.EMAILS:
            return emails_in(text)
        case Input.PHONE:
            return phone(text)
        case Input.URL:
            if not _URL.fullmatch(text):
                raise BadAnswer("That is not a web address, like https://example.com.")
            return text if "://" in text else f"https://{text}"
        case Input.ONE_OF | Input.RADIO:
            try:
                return choices.option(question, text)
            except choices.NoChoice as none:
                raise BadAnswer(none.sentence) from none
        case _:
            return text


def _number(text: str) -> int | float:
    compact = text.replace(" ", "")
    if _THOUSANDS.fullmatch(compact):
        compact = compact.replace(",", "")
    if not _NUMBER.fullmatch(compact):
        raise BadAnswer("That has to be a number, in digits.")
    value = float(compact.replace(",", "."))
    return int(value) if value.is_integer() else value


def _one_email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise BadAnswer("That is not an e-mail address, like name@example.com.")
    return text


def emails_in(text: str) -> tuple[str, ...]:
    """E-mail addresses apart by commas, semicolons, blanks or lines. Raises `BadAnswer` naming a wrong one."""
    parts = [part for part in re.split(r"[\s,;&]+", _NAMED_ADDRESS.sub(r" \1", text)) if part]
    if any(_EMAIL.fullmatch(part) for part in parts):
        parts = [part for part in parts if part.casefold() not in _BETWEEN]
    for part in parts:
        if not _EMAIL.fullmatch(part):
            raise BadAnswer(f"“{part[:60]}” is not an e-mail address, like name@example.com.")
    return tuple(dict.fromkeys(parts))


def phone(text: str) -> str:
    """A phone number as E.164. A number without its country's code is refused, not guessed.

    >>> phone("+1 (415) 555-0100"), phone("0044 20 7946 0018")
    ('+14155550100', '+442079460018')
    """
    compact = re.sub(r"[\s().\-/]", "", text)
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    if re.fullmatch(r"0?[1-9]\d{5,13}", compact):
        raise BadAnswer("The country code is missing: please give the number like +1 415 555 0100.")
    if not re.fullmatch(r"\+[1-9]\d{6,14}", compact):
        raise BadAnswer("That is not a phone number with its country code, like +1 415 555 0100.")
    return compact


def _several(question: Question, raw: Raw) -> tuple[str, ...] | None:
    if raw is None or raw is False or raw == "":
        return None
    told = raw if isinstance(raw, tuple) else (str(raw),)
    try:
        return tuple(dict.fromkeys(name for part in told for name in choices.options(question, part))) or None
    except choices.NoChoice as none:
        raise BadAnswer(none.sentence) from none


def _boolean(question: Question, raw: Raw) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = (raw[0] if isinstance(raw, tuple) and raw else "" if raw is None or isinstance(raw, tuple) else raw).strip()
    if not text:
        return None
    said = True if text == question.label else choices.yes_or_no(text)
    if said is None:
        raise BadAnswer("Please answer yes or no.")
    return said


def shown(answer: Answer) -> str:
    """An answer in words, for a card."""
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    return ", ".join(answer) if isinstance(answer, tuple) else str(answer)


def responses(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """`bookingFieldsResponses`: all answers but those that travel elsewhere in a booking."""
    elsewhere = {LOCATION, LOCATION_DETAIL, PHONE, EMAIL}
    return {
        slug: list(answer) if isinstance(answer, tuple) else answer
        for slug, answer in answers.items()
        if slug not in elsewhere and not slug.startswith(LOCATION_DETAIL)
    }


def match(questions: tuple[Question, ...], label: str) -> Question | None:
    """The question a model or a person means by a label, a slug or a telling part of the label."""
    wanted = re.sub(r"\W+", " ", label.casefold()).strip()
    if not wanted:
        return None
    names = {q: {re.sub(r"\W+", " ", n.casefold()).strip() for n in (q.label, q.slug)} for q in questions}
    for question, known in names.items():
        if wanted in known:
            return question
    words = set(wanted.split())
    scored = [(max(len(words & set(n.split())) / max(1, len(words)) for n in known), q) for q, known in names.items()]
    best = max((score for score, _ in scored), default=0.0)
    likely = [question for score, question in scored if score == best]
    return likely[0] if best >= 0.5 and len(likely) == 1 else None
