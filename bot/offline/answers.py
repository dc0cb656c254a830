"""Answers to the questions of an event type, found in what somebody writes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.offline.details import Detail
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
_CHECKED = frozenset(("number", "phone", "email", "url", "select", "radio", "one_of"))
"""Types of questions whose answers can be wrong."""
_CALLED_SO = {
    "phone": {"phone", "number", "mobile", "cell", "telephone", "telefon", "nummer", "teléfono", "téléphone"},
    "email": {"email", "mail", "e-mail"},
    "url": {"link", "url", "website", "site"},
}
_LINKING = listed("my our the a an is are it's its it be as at for of we i have would need want about per")
_LED = re.compile(
    r"^\W*(?:(?:actually|how about|what about|make it|make that|let'?s say|i'?d say|well|ok|sorry|no|it'?s|it is|"
    r"that'?s|just|say|maybe)\b[\s,]*)+",
    re.IGNORECASE,
)
_CLAUSE = 7
"""Words of the longest clause that is taken for an attempt at an answer."""
_SMALL_TALK = listed(
    "yes ok okay please thanks thank you so well hi hello sure great maybe i think roughly about or no and we are "
    "that's it it's fine good perfect then just with for also to be the a our is my"
)
_YES = re.compile(
    r"^(?:yes|yep|yeah|sure|correct|true|of course|definitely|we do|we are|i do|i am|"
    r"absolutely)\b",
    re.I,
)
_NO = re.compile(r"^(?:no|nope|not|false|never|we don'?t|we aren'?t|i don'?t|i'?m not)\b", re.I)


def _clauses(text: str) -> Iterator[tuple[str, int]]:
    """The clauses of a text, each with its place: parted by marks, and by "and" where a new statement begins."""
    at = 0
    for mark in [*_PARTING.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if text[at:end].strip():
            yield text[at:end], at
        at = mark.end() if mark else end


_PARTING = re.compile(
    r"\s*[,;\n]\s+|\s*[.!]\s+|\s+(?:and|but)\s+(?=(?:we|our|i|my|it|they|there|company|\d+)\b)", re.IGNORECASE
)


_PAIR = re.compile(r"(?:^|[\n;,.])\s*(?:and\s+)?(?P<label>[^\W\d_][^\n;,.:=?]{1,80}?)\s*\??\s*[:=]\s", re.IGNORECASE)
"""A label and its colon."""


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
        """ "Topic: the roadmap; seats: 12, may we record: yes": each value ends where the next label begins."""
        pairs = list(_PAIR.finditer(self.text))
        for at, pair in enumerate(pairs):
            end = pairs[at + 1].start() if at + 1 < len(pairs) else len(self.text)
            end = min([end, *(i for i in (self.text.find(mark, pair.end()) for mark in "\n;") if i >= 0)])
            value, question = tidy(self.text[pair.end() : end]), self._labelled_so(pair["label"])
            if question is None or not value or question.label in self.found:
                continue
            if question.options:
                value = self._option(question, value) or value
            self.take(question, value, (pair.start(), end))

    def _labelled_so(self, label: str) -> Question | None:
        """The question with this label, or the only one whose label has all its words."""
        words = _plain(label).split()
        if exact := [q for q in self.questions if _plain(q.label).split() == words]:
            return exact[0]
        near = [q for q in self.questions if words and set(words) <= set(_plain(q.label).split())]
        return near[0] if len(near) == 1 else None

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

    def mistaken(self) -> None:
        """What is said to a question by its name but is no answer to it: given as it is, so that it is refused."""
        if self.text.rstrip().endswith("?") and not _LED.match(self.text):
            return
        for part, begin in _clauses(self.text):
            if len(part.split()) > _CLAUSE or not self.free((begin, begin + len(part))):
                continue
            said = {_singular(w) for w in re.findall(r"[^\W\d_]+", part.casefold())}
            for question in self.open(_CHECKED):
                names = {_singular(w) for w in (_label_words(question) | _CALLED_SO.get(question.type, set()))} - {"we"}
                value = self._besides(part, names)
                if said & names and value:
                    self.take(question, value, (begin, begin + len(part)))
                    break

    @staticmethod
    def _besides(part: str, names: set[str]) -> str:
        """The clause without the question's own words and what leads to the answer."""
        words = re.split(r"\s+", _LED.sub("", part).strip(" ?!."))
        kept = [word for word in words if _singular(word.casefold().strip(":")) not in names | _LINKING]
        return tidy(" ".join(kept))

    def whole(self) -> None:
        """A reply to the one required question that is left and takes no free text: given to it, fit or not."""
        left = [q for q in self.questions if q.required and q.label not in self.found]
        said = tidy(_LED.sub("", self.text))
        asks, elsewhere = self.text.rstrip().endswith("?"), self.said.details.place is not None
        if asks or elsewhere or self.found or len(left) != 1 or left[0].type not in _CHECKED:
            return
        if 0 < len(said.split()) <= _CLAUSE:
            self.take(left[0], said, (0, len(self.text)))

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

    def rest(self, notes: Detail) -> str:
        """The notes without the clauses that answered another question: of "pricing and we are 50" only "pricing"."""
        begin = max(self.text.find(notes.value, notes.span[0]), 0)
        return ", ".join(
            tidy(part)
            for part, at in _clauses(notes.value)
            if self.free((begin + at, begin + at + len(part))) and tidy(part)
        )

    def clauses(self) -> list[Span]:
        """The clauses that hold an answer."""
        places = [(at, at + len(part)) for part, at in _clauses(self.text)]
        return [place for place in places if not self.free(place)]

    def _remaining(self) -> str:
        """The clauses in front of the first one that answered something: the subject in "pricing, 50 people"."""
        kept = []
        for part, at in _clauses(self.text):
            if not self.free((at, at + len(part))):
                break
            if set(re.findall(r"[\w']+", part.casefold())) - _SMALL_TALK:
                kept.append(tidy(re.sub(r"^\s*(?:it'?s|that'?s|the topic is)\s+", "", part, flags=re.I)))
        return ", ".join(kept)

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
        subject = next((q for q in questions if _label_words(q) & _ABOUT_WORDS), questions[0])
        if notes and (value := self.rest(notes)):
            self.take(subject, value, notes.span)
        elif self.found and subject.required and (value := self._remaining()):
            self.take(subject, value)
        elif not self.found and len([q for q in questions if q.required] or questions) == 1:
            whole = tidy(
                re.sub(r"^(?:it'?s|it is|the (?:topic|subject) is|that'?s|mainly|just)\s+", "", self.text, flags=re.I)
            )
            self.take(next((q for q in questions if q.required), questions[0]), whole, (0, len(self.text)))


@dataclass(frozen=True)
class Answered:
    """`given`: label -> answer; `spans`: the words they were taken from; `notes`: what is left of the notes.

    `clauses`: the clauses they stand in.
    """

    given: dict[str, str]
    spans: tuple[Span, ...] = ()
    notes: str = ""
    clauses: tuple[Span, ...] = ()


def find(said: Utterance, questions: Sequence[Question], *, whole: bool = True) -> Answered:
    """The answer to each question the text answers. Choices are given as the option is written.

    `whole`: a reply that answers nothing else is the answer to the only open textual question.
    """
    reader = _Reader(said, questions)
    reader.labelled()
    reader.addresses()
    reader.options()
    reader.counts()
    reader.mistaken()
    reader.agreed()
    if whole:
        reader.whole()
    notes = said.details.notes
    if whole or notes:
        reader.texts()
    return Answered(reader.found, tuple(reader.taken), reader.rest(notes) if notes else "", tuple(reader.clauses()))
