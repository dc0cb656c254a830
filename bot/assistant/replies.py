"""Replies to the open questions of a card: plain ones read by code, and a model held to them where it strays.

While a draft waits for answers, a message is one unless it is unmistakably something else (`is_other`). It is tried
against the questions by their types; what fits none goes to the first one, which refuses it with the reason.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.assistant import plain
from bot.assistant.asides import is_command, is_other
from bot.scheduling import choices
from bot.scheduling.asker import Asker
from bot.scheduling.focus import Focus
from bot.scheduling.form import Input, Question
from bot.scheduling.places import LOCATION
from bot.scheduling.present import MENU
from bot.scheduling.questions import BadAnswer, check, match, missing
from bot.scheduling.requests import Adjust, Request, ShowHelp
from bot.scheduling.timing import time_words

LONGEST = 2000
"""Characters of a message that is read without a model."""

NAME = 6
"""Words of the longest message taken for the name of a kind of meeting that a menu has no room for."""

_TEXTS = frozenset((Input.TEXT, Input.LONG_TEXT))
_TYPED_OUT = frozenset((Input.EMAIL, Input.PHONE, Input.URL))
_CHOICES = choices.ONE | choices.SEVERAL
_ADDRESS = re.compile(r"[^@\s<>,;:|]+@[^@\s<>,;|]+\.[^@\s<>,;.|?!]{2,}")
_ORDER = re.compile(
    r"\s*(?:[,;.]\s*(?:(?:and|but|also)\s+)?|\s(?:and|but)\s+)(?:(?:please|also|can you|could you|would you)\s+)*(?:"
    r"(?:make|move|push|change|switch|shift)\s+(?:it|that|the (?:time|meeting|call|day))\b(?P<moved>.*)"
    r"|(?:invite|add|cc|include)\s+(?P<invited>\S*@\S+.*))$",
    re.I | re.S,
)
"""What is ordered after an answer."""
_NUMBER = re.compile(r"[+-]?\s?\d+(?:[.,]\d+)?")
_COUNT = re.compile(
    r"(?:(?:about|around|roughly|approximately|maybe|just|only|circa|ca\.?|we are|we're|it's|i think"
    r"|probably|exactly|say)\s+)*"
    r"(?P<number>[+-]?\d+(?:[.,]\d+)?)(?:\s+(?P<unit>[^\W\d_]{3,}))?",
    re.I,
)
_PART = re.compile(r"\s*(?:\n|;|(?<=[\w)])[.,](?=\s+(?:and\s+)?[^\W\d_][^\n;,.:=]{1,60}[:=]\s))\s*(?:and\s+)?", re.I)
_LABELLED = re.compile(r"(?P<label>[^\W\d_][^\n;:=?]{0,80}?)\s*\??\s*[:=]\s*(?P<value>\S.*)", re.S)
_STATED = re.compile(
    r"(?:(?:our|my|the)\s+)?(?P<label>[^\W\d_][\w\s]{0,40}?)\s+(?:is|are|=)\s+(?P<value>\S.*)", re.I | re.S
)
_JOINT = re.compile(
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?=(?:(?:our|my|the)\s+)?(?P<label>[^\W\d_][\w ]{0,40}?)"
    r"(?:\s+(?:is|are|=)|\s*[:=])\s)",
    re.I,
)
"""Where a new statement may begin: "... and the project is ..."."""
_LED_BY = re.compile(
    r"^(?:(?:it'?s|it is|that'?s|it will be|mainly|just)(?: about)?|about|the (?:topic|subject|reason) is)\s+", re.I
)
_SUBJECTS = frozenset(("topic", "subject", "agenda", "purpose", "theme", "about"))
_SUBJECT_ASKED = re.compile(r"\b(?:about|topic|purpose|agenda|discuss|reason|subject|regarding)\b", re.I)
_NOTE = re.compile(r"^\W*(?:(?:and|also|please)\s+)*(?:(?:add a )?notes?\b|fyi\b|ps\b)", re.I)
_CHANGING = re.compile(
    r"\b(?:instead|rather|(?:make|move|push|change|switch) (?:it|that|the (?:time|day|meeting|call))|stattdessen|lieber"
    r"|plutôt|and (?:on|at) \w+ (?:please|instead))\b",
    re.I,
)


def expected(focus: Focus | None) -> tuple[Question, ...]:
    """The questions of the open card that wait for an answer, in their order."""
    if focus is None or not focus.open or focus.card != "questions":
        return ()
    return missing(focus.questions, {q.slug: q.value for q in focus.questions if q.value is not None})


def read(focus: Focus | None, text: str, asker: Asker, now: datetime) -> Adjust | None:
    """What a plain reply answers; None where a model has to read it."""
    if focus and focus.open and focus.card == "pick":
        same = [o for o in focus.options if text.strip(" .!").casefold() in (o.casefold(), _named(o).casefold())]
        return Adjust(pick=_named(same[0])) if len(same) == 1 else None
    asked = expected(focus)
    if focus and asked and len(text) <= LONGEST and (besides := _ordered_besides(text, asker, now)):
        answer = read(focus, besides[0], asker, now) or held(focus, besides[0], asker, now, ())
        first = answer[0] if isinstance(answer, list) and answer else answer
        return first.model_copy(update=besides[1]) if isinstance(first, Adjust) else None
    if focus is None or (yes := _yes_or_no(focus, asked, text)):
        return yes if focus else None
    if not asked or len(text) > LONGEST or plain.answer(text) is not None:
        return None
    if named := _by_label(focus.questions, asked, text):
        return Adjust(answers=named)
    if sole := _fitting(asked, text):
        return Adjust(answers={sole.label: text.strip()})
    if len(asked) == 1 and asked[0].input is Input.NUMBER and (count := _counted(asked[0], text)):
        return Adjust(answers={asked[0].label: count})
    lines = [line for line in re.split(r"\s*[\n;]\s*", text.strip()) if line]
    if len(lines) != len(asked) or len(lines) == 1 or is_other(focus, text, asker, now):
        return None
    pairs = list(zip(asked, lines, strict=True))
    if not all(_fits(question, line) for question, line in pairs):
        return None
    return Adjust(answers={question.label: line for question, line in pairs})


def held(focus: Focus | None, text: str, asker: Asker, now: datetime, requests: Sequence[Request]) -> list[Request]:
    """What a model made of a message, held to the answer that it is; `requests` themselves where it is none.

    No requests: the model only talked.
    """
    asked = expected(focus)
    if focus and _cut_short(focus) and all(isinstance(request, ShowHelp) for request in requests):
        unknown = len(text.split()) <= NAME and not is_other(focus, text, asker, now)
        return [Adjust(pick=text.strip())] if unknown else list(requests)
    if focus is None or not asked or is_other(focus, text, asker, now):
        return list(requests)
    for request in requests:
        if not isinstance(request, Adjust):
            continue
        for label in request.answers:
            question = match(focus.questions, label)
            if question and (question in asked or question.value is not None or question.needed_if):
                return [request if _CHANGING.search(text) else _answer_only(request)]
        if request.place and any(q.slug.startswith(LOCATION) for q in focus.questions):
            return [Adjust(place=request.place)]
        if request.reason or _NOTE.match(text) or any("@" in guest for guest in request.guests):
            return list(requests)
    question = next((q for q in asked if q.input in _TEXTS), asked[0])
    if question.slug == LOCATION:
        return [Adjust(place=text.strip())]
    said = _LED_BY.sub("", text.strip()) if question.input in _TEXTS else text.strip()
    return [Adjust(answers={question.label: said or text.strip()})]


def _answer_only(request: Adjust) -> Adjust:
    """The answers, without what else a model took from their words."""
    return request.model_copy(
        update={"when": "", "people": [], "meeting": "", "minutes": None, "pick": "", "without": []}
    )


def _ordered_besides(text: str, asker: Asker, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """An answer and what is changed together with it: "hiring, and make it 2pm", "hiring; invite kim@example.com"."""
    order = _ORDER.search(text)
    if order is None or not text[: order.start()].strip() or is_command(text):
        return None
    said = order["moved"] or ""
    times = [said[start:end] for m in time_words(said, asker, now).mentions for start, end in (m.spans or (m.span,))]
    guests = _ADDRESS.findall(order["invited"] or "")
    update: dict[str, Any] = {"when": " ".join(times)} if times else {"guests": guests} if guests else {}
    return (text[: order.start()].strip(), update) if update else None


def _cut_short(focus: Focus) -> bool:
    """Whether a menu of kinds of meetings is open that has not room for all of them."""
    return (
        focus.open
        and focus.card == "pick"
        and focus.kind == "book"
        and len(focus.options) >= MENU
        and bool(focus.people)
    )


def _named(option: str) -> str:
    """An option of a menu without its detail."""
    return re.sub(r"\s*\([^()]*\)$", "", option)


def _yes_or_no(focus: Focus, asked: Sequence[Question], text: str) -> Adjust | None:
    """A bare yes or no to the one question that asks for it."""
    if not focus.open or focus.card != "questions":
        return None
    waiting = asked or [q for q in focus.questions if q.value is None]
    booleans = [q for q in waiting if q.input is Input.BOOLEAN]
    said = choices.yes_or_no(text) if len(booleans) == 1 else None
    return None if said is None else Adjust(answers={booleans[0].label: "yes" if said else "no"})


def _by_label(questions: Sequence[Question], asked: Sequence[Question], text: str) -> dict[str, str]:
    """Answers that stand behind the names of their questions; empty unless every part of the text is one.

    A first part without a name answers the first question for a text; a later one the question that it plainly fits,
    or it goes on with the text before it.
    """
    if text.rstrip().endswith("?") and not re.search(r"[:=]\s", text):
        return {}
    found: dict[str, str] = {}
    named, last = 0, None
    for place, part in enumerate(_parts(questions, text)):
        pair = _labelled(questions, part)
        named += pair is not None
        if pair is None and not _LABELLED.fullmatch(part):
            left = [q for q in asked if q.label not in found]
            if fitting := _fitting(left, part) if left and place else None:
                pair = fitting, part
            elif last and last.input in _TEXTS:
                found[last.label] += f"\n{part}"
                continue
            elif not place and (first := next((q for q in left if q.input in _TEXTS), None)):
                pair = first, part
        if pair is None or pair[0].label in found:
            return {}
        last = pair[0]
        found[last.label] = pair[1]
    return found if named else {}


def _parts(questions: Sequence[Question], text: str) -> list[str]:
    """The text cut at lines, semicolons and where the name of a question begins a new statement."""
    parts = []
    for piece in _PART.split(text.strip()):
        begin = 0
        for cut in _JOINT.finditer(piece):
            if _called(questions, cut["label"]):
                parts.append(piece[begin : cut.start()])
                begin = cut.start("label")
        parts.append(piece[begin:])
    return [part.strip() for part in parts if part.strip()]


def _labelled(questions: Sequence[Question], part: str) -> tuple[Question, str] | None:
    """The question that a part names and the value behind the name: "Topic: hiring", "firm is Acme", "size 10-50"."""
    part = part.strip().rstrip(".")
    for form in (_LABELLED, _STATED):
        pair = form.fullmatch(part)
        question = _called(questions, pair["label"]) if pair else None
        if pair and question and not (form is _STATED and question.value is not None):
            return question, pair["value"].strip()
    words = part.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        question = _called(questions, " ".join(words[:count]))
        value = " ".join(words[count:])
        if question and question.input not in _TEXTS and question.value is None and _fits(question, value):
            return question, value
    return None


def _called(questions: Sequence[Question], label: str) -> Question | None:
    """The only question with all these words in its label or name, or the one for the subject."""
    words = set(re.findall(r"\w+", label.casefold())) - {"our", "my", "the", "your"}
    if not words:
        return None
    names = {q.slug: set(re.findall(r"\w+", f"{q.label} {q.slug.replace('_', ' ')}".casefold())) for q in questions}
    whole = [q for q in questions if set(re.findall(r"\w+", q.label.casefold())) == words]
    fitting = whole or [q for q in questions if words <= names[q.slug]]
    if not fitting and words <= _SUBJECTS:
        fitting = [q for q in questions if q.input in _TEXTS and _SUBJECT_ASKED.search(q.label)]
    return fitting[0] if len(fitting) == 1 else None


def _fitting(asked: Sequence[Question], text: str) -> Question | None:
    """The question that the whole text is plainly meant for, by its type."""
    named = [q for q in asked if q.input in _CHOICES and _chooses(q, text, alone=len(asked) == 1)]
    if named:
        return named[0]
    only = asked[0] if len(asked) == 1 else None
    if only and only.input is Input.NUMBER and _NUMBER.fullmatch(text.strip()):
        return only
    addressed = [q for q in asked if q.input in _TYPED_OUT and _fits(q, text)]
    if addressed and (addressed[0].input is not Input.URL or only):
        return addressed[0]
    emails = [q for q in asked if q.input is Input.EMAILS]
    return emails[0] if emails and "@" in text and (only or _fits(emails[0], text)) else None


def _counted(question: Question, text: str) -> str:
    """The number in "about 12" and, where the question is about boats, in "12 boats"; else empty."""
    told = _COUNT.fullmatch(text.strip(" .!"))
    if told is None:
        return ""
    asked_for = {word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", question.label.casefold())}
    return told["number"] if not told["unit"] or told["unit"].casefold().removesuffix("s") in asked_for else ""


def _chooses(question: Question, text: str, *, alone: bool) -> bool:
    """Whether the text names options of the question, be it among others that are none."""
    if _fits(question, text) and (alone or choices.option_named(question, text)):
        return not text.strip().isdigit() or text.strip() in question.options
    parts = [part for part in choices.PARTED.split(re.sub(r"\bor\b", ",", text.strip(" .!?"))) if part]
    return alone and len(parts) > 1 and len(parts) <= 8 and any(choices.option_named(question, part) for part in parts)


def _fits(question: Question, text: str) -> bool:
    try:
        return check(question, text) is not None
    except BadAnswer:
        return False
