"""Numbers and options in a message, for the questions they may answer."""

import re
from collections.abc import Iterator, Sequence

from bot.offline.answer_words import (
    CHOICES,
    LESS,
    MORE,
    NUMBER,
    NUMERALS,
    PEOPLE_WORDS,
    SIZE_WORDS,
    Number,
    folded,
    holds,
    is_scale,
    label_words,
    number_of,
    singular,
)
from bot.offline.situation import Question
from bot.offline.utterance import Utterance
from bot.offline.words import Span, overlaps


class Scanner:
    """A message and the questions asked, with what was found so far."""

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
        return (q for q in self.questions if q.type in types and q.label not in self.found and not q.answer)

    def place(self, option: str) -> Span | None:
        option = re.sub(r"\s*\(.*?\)\s*$", "", option)
        pattern = r"[\s,]*(?:-|–|to|and)?[\s,]*".join(map(re.escape, re.findall(r"[\w+]+", option)))
        if not pattern:
            return None
        found = re.search(rf"(?<![\w+]){pattern}(?![\w+-])", self.text, re.IGNORECASE)
        return found.span() if found else None

    def said_option(self, question: Question) -> tuple[str, Span] | None:
        """The option written out, the longest first; else the range a number falls in."""
        for option in sorted(question.options, key=len, reverse=True):
            place = self.place(option)
            if place is not None and self.free(place):
                return option, place
        if is_scale(question):
            words = label_words(question)
            wanted = words | (PEOPLE_WORDS | {"we", "us"} if words & SIZE_WORDS else set())
            numbers = [n for n in self.numbers() if self.free(n.span)]
            rivals = [q for q in self.questions if q.type == "number"]
            bounded = bool(MORE.search(self.text) or LESS.search(self.text))
            alone = len(numbers) == 1 and (bounded or not any(q for q in rivals if not q.answer))
            near = [n for n in numbers if n.near & wanted] or (numbers if alone else [])
            for number in near:
                if any(label_words(rival) & number.near for rival in rivals):
                    continue
                value = number.value + (1 if MORE.search(self.text) else 0)
                if option := next((o for o in question.options if holds(o, value)), ""):
                    return option, number.span
        return self._alike(question)

    def _alike(self, question: Question) -> tuple[str, Span] | None:
        """An option said loosely: all its longer words, or its first word when no other option has it."""
        said = set(folded(self.text).split())
        scored = []
        for option in question.options:
            words = {w for w in folded(option).split() if len(w) > 2 and not w.isdigit()}
            if words and (common := words & said):
                scored.append((len(common) / len(words), option))
        scored.sort(reverse=True)
        if scored and scored[0][0] >= 0.5 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
            word = next(w for w in folded(scored[0][1]).split() if w in said and len(w) > 2)
            at = self.text.lower().find(word)
            return scored[0][1], (at, at + len(word))
        return None

    def option(self, question: Question, value: str) -> str | None:
        plain = folded(value)
        for option in question.options:
            if folded(option) == plain:
                return option
        number = NUMBER.search(value)
        if number and is_scale(question) and (MORE.search(value) or LESS.search(value)):
            told = number_of(number[1]) + (1 if MORE.search(value) else -1)
            return next((o for o in question.options if holds(o, told)), None)
        if value.replace(",", "").isdigit():
            return next((o for o in question.options if holds(o, float(value.replace(",", "")))), None)
        return next((o for o in question.options if plain and (plain in folded(o) or folded(o) in plain)), None)

    def numbers(self) -> list[Number]:
        """Numbers that are no clock times, each with the words around it."""
        found: list[Number] = []
        for match in NUMBER.finditer(self.text):
            if any(overlaps(match.span(), span) for span in (*self.said.times, *(s for s, _ in self.said.sizes))):
                continue
            value = number_of(match.group(1)) * (1000 if match.group(2) else 1)
            found.append(Number(value, match.span(), self._near(match.span())))
        for word in self.said.words:
            here = (word.start, word.end)
            if word.lemma in NUMERALS and not any(overlaps(here, span) for span in self.said.times):
                near = self._near(here)
                if near & ({"us", "we"} | PEOPLE_WORDS | SIZE_WORDS | set().union(*map(label_words, self.questions))):
                    found.append(Number(NUMERALS[word.lemma], here, near))
        return found

    def _near(self, span: Span) -> frozenset[str]:
        """The words up to three before and two after, not across a comma or "and"."""
        before = re.split(r"[,;.]|\band\b", self.text[: span[0]].casefold())[-1]
        after = re.split(r"[,;.]|\band\b", self.text[span[1] :].casefold())[0]
        words = re.findall(r"[^\W\d_]+", before)[-3:] + re.findall(r"[^\W\d_]+", after)[:2]
        return frozenset(words) | {singular(word) for word in words}

    def is_headcount(self, number: Number) -> bool:
        return bool(number.near & PEOPLE_WORDS) and any(q.type in CHOICES for q in self.questions)
