"""Answers to the questions of an event type, found in what somebody writes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.offline.situation import Question
from bot.offline.utterance import Utterance
from bot.offline.words import Span, listed, overlaps, tidy

_CHOICES = frozenset(("one_of", "radio", "select", "some_of", "checkboxes", "multiselect", "checkbox"))
_SEVERAL = frozenset(("some_of", "checkboxes", "multiselect", "checkbox", "emails"))
_TEXTS = frozenset(("text", "long_text", "textarea", "name"))
_SIZE_WORDS = listed(
    """
    size company people employees team staff headcount large big users members seats
    """
)
_PEOPLE_WORDS = listed(
    """
    people employees staff folks persons person heads developers members users engineers
    """
)
_WHERE_WORDS = frozenset(("address", "location", "where", "place", "venue"))
_ABOUT_WORDS = listed(
    """
    about topic subject discuss reason purpose agenda notes details what why goal help
    """
)
_NUMBER = re.compile(r"(?<![\w.@+])(\d[\d,]*(?:\.\d+)?)\s*(k\b)?(?!\w*@)")
_RANGE = re.compile(r"^\D*?(\d[\d,]*)\s*(?:-|–|to|until|and)\s*(\d[\d,]*)", re.IGNORECASE)
_MORE = re.compile(r"(\d[\d,]*)\s*\+|(?:more than|over|above|>|at least|≥)\s*(\d[\d,]*)", re.IGNORECASE)
_LESS = re.compile(r"(?:less than|under|below|fewer than|up to|<|≤|at most)\s*(\d[\d,]*)", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-]{6,}\d")
_URL = re.compile(
    r"https?://[^\s<>|]+|\bwww\.[^\s<>|]+|\b[\w-]+\.(?:com|io|org|net|dev|co|ai)(?:/[^\s<>|"
    r"]*)?\b"
)
_NUMERALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_YES = re.compile(
    r"^(?:yes|yep|yeah|sure|correct|true|of course|definitely|we do|we are|i do|i am|"
    r"absolutely)\b",
    re.I,
)
_NO = re.compile(r"^(?:no|nope|not|false|never|we don'?t|we aren'?t|i don'?t|i'?m not)\b", re.I)


@dataclass(frozen=True)
class _Number:
    value: float
    span: Span
    near: frozenset[str]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w+]+", text.casefold()))


def _singular(word: str) -> str:
    return word if word.endswith("ss") else word.removesuffix("s")


def _label_words(question: Question) -> set[str]:
    small = {"your", "the", "a", "an", "is", "are", "do", "you", "of", "this", "meeting", "how", "many", "what", "to"}
    found = {_singular(word) for word in re.findall(r"[^\W\d_]+", question.label.casefold())} - small
    return found or {question.label.casefold()}


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def _holds(option: str, number: float) -> bool:
    """Whether a range written as an option holds the number: "10-50", "50+", "under 10"."""
    if found := _RANGE.match(option):
        return _value(found.group(1)) <= number <= _value(found.group(2))
    if found := _MORE.search(option):
        return number >= _value(found.group(1) or found.group(2))
    if found := _LESS.search(option):
        return number <= _value(found.group(1))
    return False


def _is_scale(question: Question) -> bool:
    return any(_RANGE.match(o) or _MORE.search(o) or _LESS.search(o) for o in question.options)


class _Reader:
    """Goes through the questions once, taking from the text what each needs."""

    def __init__(self, said: Utterance, questions: Sequence[Question]) -> None:
        self.said = said
        self.questions = questions
        self.text = said.text
        self.taken: list[Span] = []
        self.found: dict[str, str] = {}

    def free(self, span: Span) -> bool:
        return not any(overlaps(span, other) for other in self.taken)

    def take(self, question: Question, value: str, *spans: Span) -> None:
        self.found[question.label] = value
        self.taken += spans

    def open(self, types: frozenset[str]) -> Iterator[Question]:
        return (q for q in self.questions if q.type in types and q.label not in self.found)

    def labelled(self) -> None:
        """ "Topic: the roadmap; seats: 12"."""
        for question in self.questions:
            label = re.escape(question.label.rstrip("?: "))
            if found := re.search(rf"(?:^|[\n;,.])\s*{label}\s*\??\s*[:=]\s*([^\n;]+)", self.text, re.IGNORECASE):
                value = tidy(found.group(1))
                if question.options:
                    value = self._option(question, value) or value
                self.take(question, value, found.span())

    def options(self) -> None:
        for question in self.open(_CHOICES):
            if question.type in _SEVERAL:
                self._several(question)
            elif (hit := self._said_option(question)) is not None:
                self.take(question, hit[0], hit[1])

    def _several(self, question: Question) -> None:
        hits = [(o, at) for o in question.options if (at := self._place(o)) is not None and self.free(at)]
        if hits:
            self.take(question, ", ".join(o for o, _ in hits), *(at for _, at in hits))

    def _place(self, option: str) -> Span | None:
        option = re.sub(r"\s*\(.*?\)\s*$", "", option)
        pattern = r"[\s,]*(?:-|–|to|and)?[\s,]*".join(map(re.escape, re.findall(r"[\w+]+", option)))
        if not pattern:
            return None
        found = re.search(rf"(?<![\w+]){pattern}(?![\w+-])", self.text, re.IGNORECASE)
        return found.span() if found else None

    def _said_option(self, question: Question) -> tuple[str, Span] | None:
        """The option written out, the longest first; else the range a number falls in."""
        for option in sorted(question.options, key=len, reverse=True):
            place = self._place(option)
            if place is not None and self.free(place):
                return option, place
        if _is_scale(question):
            words = _label_words(question)
            wanted = words | (_PEOPLE_WORDS | {"we", "us"} if words & _SIZE_WORDS else set())
            numbers = [n for n in self.numbers() if self.free(n.span)]
            rivals = list(self.open(frozenset(("number",))))
            bounded = bool(_MORE.search(self.text) or _LESS.search(self.text))
            alone = len(numbers) == 1 and (bounded or not rivals)
            near = [n for n in numbers if n.near & wanted] or (numbers if alone else [])
            for number in near:
                if any(_label_words(rival) & number.near for rival in rivals):
                    continue
                value = number.value + (1 if _MORE.search(self.text) else 0)
                if option := next((o for o in question.options if _holds(o, value)), ""):
                    return option, number.span
        return self._alike(question)

    def _alike(self, question: Question) -> tuple[str, Span] | None:
        """An option said loosely: all its longer words, or its first word when no other option has it."""
        said = set(_plain(self.text).split())
        scored = []
        for option in question.options:
            words = {w for w in _plain(option).split() if len(w) > 2 and not w.isdigit()}
            if words and (common := words & said):
                scored.append((len(common) / len(words), option))
        scored.sort(reverse=True)
        if scored and scored[0][0] >= 0.5 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
            word = next(w for w in _plain(scored[0][1]).split() if w in said and len(w) > 2)
            at = self.text.lower().find(word)
            return scored[0][1], (at, at + len(word))
        return None

    def _option(self, question: Question, value: str) -> str | None:
        plain = _plain(value)
        for option in question.options:
            if _plain(option) == plain:
                return option
        if value.replace(",", "").isdigit():
            return next((o for o in question.options if _holds(o, float(value.replace(",", "")))), None)
        return next((o for o in question.options if plain and (plain in _plain(o) or _plain(o) in plain)), None)

    def numbers(self) -> list[_Number]:
        """Numbers that are no clock times, each with the words around it."""
        found: list[_Number] = []
        for match in _NUMBER.finditer(self.text):
            if any(overlaps(match.span(), span) for span in self.said.times):
                continue
            value = _value(match.group(1)) * (1000 if match.group(2) else 1)
            found.append(_Number(value, match.span(), self._near(match.span())))
        for word in self.said.words:
            here = (word.start, word.end)
            if word.lemma in _NUMERALS and not any(overlaps(here, span) for span in self.said.times):
                near = self._near(here)
                if near & (
                    {"us", "we"} | _PEOPLE_WORDS | _SIZE_WORDS | set().union(*map(_label_words, self.questions))
                ):
                    found.append(_Number(_NUMERALS[word.lemma], here, near))
        return found

    def _near(self, span: Span) -> frozenset[str]:
        """The words up to three before and two after, not across a comma or "and"."""
        before = re.split(r"[,;.]|\band\b", self.text[: span[0]].casefold())[-1]
        after = re.split(r"[,;.]|\band\b", self.text[span[1] :].casefold())[0]
        words = re.findall(r"[^\W\d_]+", before)[-3:] + re.findall(r"[^\W\d_]+", after)[:2]
        return frozenset(words) | {_singular(word) for word in words}

    def counts(self) -> None:
        for question in self.open(frozenset(("number",))):
            numbers = [n for n in self.numbers() if self.free(n.span)]
            words = _label_words(question)
            near = [n for n in numbers if n.near & words]
            lone = len(list(self.open(frozenset(("number",))))) == 1 and len(numbers) == 1
            chosen = near[0] if near else numbers[0] if lone and not self._is_headcount(numbers[0]) else None
            if chosen:
                self.take(question, f"{chosen.value:g}", chosen.span)

    def _is_headcount(self, number: _Number) -> bool:
        return bool(number.near & _PEOPLE_WORDS) and any(q.type in _CHOICES for q in self.questions)

    def addresses(self) -> None:
        for types, pattern in (("email", _EMAIL), ("emails", _EMAIL), ("phone", _PHONE), ("url", _URL)):
            for question in self.open(frozenset((types,))):
                hits = [m for m in pattern.finditer(self.text) if self.free(m.span())]
                if hits:
                    hits = hits if types in _SEVERAL else hits[:1]
                    self.take(question, ", ".join(tidy(m.group()) for m in hits), *(m.span() for m in hits))

    def agreed(self) -> None:
        questions = list(self.open(frozenset(("boolean",))))
        for part in re.split(r"[,;.\n]|\band\b", self.text):
            said = part.strip()
            words = {_singular(w) for w in re.findall(r"[^\W\d_]+", said.casefold())}
            for question in questions:
                if question.label in self.found:
                    continue
                near = bool(words & {w for w in _label_words(question) if len(w) > 2})
                if not near and (len(questions) > 1 or not (_YES.match(said) or _NO.match(said))):
                    continue
                if _NO.match(said) or re.search(r"\b(?:not|no|don'?t|won'?t|isn'?t|without)\b", said, re.I):
                    self.take(question, "no")
                elif _YES.match(said) or near:
                    self.take(question, "yes")

    def _where(self) -> tuple[str, Span] | None:
        """An address, or what stands behind "at"."""
        found = re.search(r"\b(?:at|to|in)\s+((?:the |my |our )?[A-Z0-9][^;\n]{3,})", self.text) or re.match(
            r"(\d+\w?\s+[A-Z][^;\n]{3,})", self.text.strip()
        )
        return (tidy(found.group(1)), found.span(1)) if found else None

    def texts(self) -> None:
        """ "it's about the roadmap" answers the question for the subject; a reply that is nothing else the only one."""
        questions = list(self.open(_TEXTS))
        notes = self.said.details.notes
        if not questions:
            return
        where = next((q for q in questions if _label_words(q) & _WHERE_WORDS), None)
        if where and (place := self._where()):
            self.take(where, place[0], place[1])
            return
        if notes and self.free(notes.span):
            subject = next((q for q in questions if _label_words(q) & _ABOUT_WORDS), questions[0])
            self.take(subject, notes.value, notes.span)
        elif not self.found and len([q for q in questions if q.required] or questions) == 1:
            whole = tidy(
                re.sub(r"^(?:it'?s|it is|the (?:topic|subject) is|that'?s|mainly|just)\s+", "", self.text, flags=re.I)
            )
            self.take(next((q for q in questions if q.required), questions[0]), whole)


@dataclass(frozen=True)
class Answered:
    """`given`: label -> answer; `spans`: the words they were taken from."""

    given: dict[str, str]
    spans: tuple[Span, ...] = ()


def find(said: Utterance, questions: Sequence[Question], *, whole: bool = True) -> Answered:
    """The answer to each question the text answers. Choices are given as the option is written.

    `whole`: a reply that answers nothing else is the answer to the only open textual question.
    """
    reader = _Reader(said, questions)
    reader.labelled()
    reader.addresses()
    reader.options()
    reader.counts()
    reader.agreed()
    if whole or said.details.notes:
        reader.texts()
    return Answered(reader.found, tuple(reader.taken))
