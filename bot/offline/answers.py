"""Answers to the questions of an event type, found in what somebody writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.offline.answer_words import (
    ABOUT_WORDS,
    BECOMING,
    CALLED_SO,
    CHECKED,
    CHOICES,
    CLAUSE,
    EMAIL,
    LED,
    LINKING,
    NO,
    PAIR,
    PEOPLE_WORDS,
    PHONE,
    RESTATED,
    SEVERAL,
    SIZE_WORDS,
    SMALL_TALK,
    TEXTS,
    TOPICS,
    URL,
    WHERE_WORDS,
    YES,
    clauses_of,
    folded,
    label_words,
    singular,
)
from bot.offline.details import Detail
from bot.offline.scanning import Scanner
from bot.offline.situation import Question
from bot.offline.utterance import Utterance
from bot.offline.words import Span, overlaps, tidy


class _Reader(Scanner):
    """Goes through the questions once, taking from the text what each needs."""

    def restated(self) -> None:
        """ "Make the topic hiring", "change the company size to 50+", "my phone is actually +1 ..."."""
        for part, begin in clauses_of(self.text):
            led = RESTATED.match(part)
            if led is None:
                continue
            words = list(re.finditer(r"\S+", part[led.end() :]))
            for count in range(min(4, len(words) - 1), 0, -1):
                label = part[led.end() :][: words[count - 1].end()]
                question = self._called(label)
                behind = part[led.end() :][words[count].start() :]
                value = tidy(BECOMING.sub("", behind))
                if led["verb"] is None and value == tidy(behind):
                    continue  # "my topic hiring" says nothing; "my topic is hiring" does
                if question and value and question.label not in self.found and not self._is_time(value, begin):
                    known = self.option(question, value) or value if question.options else value
                    self.take(question, known, (begin, begin + len(part)))
                    break

    def _called(self, label: str) -> Question | None:
        """The question that a word or two mean: part of its label, or what such a thing is usually called."""
        words = {singular(word) for word in folded(label).split()}
        fitting = [q for q in self.questions if words and words <= label_words(q)]
        if not fitting and words <= TOPICS:
            fitting = [q for q in self.questions if q.type in TEXTS and label_words(q) & ABOUT_WORDS and q.required]
        if not fitting:
            fitting = [q for q in self.questions if words <= CALLED_SO.get(q.type, set())]
        return fitting[0] if len(fitting) == 1 else None

    def _is_time(self, value: str, begin: int) -> bool:
        at = self.text.find(value, begin)
        return any(overlaps((at, at + len(value)), span) for span in self.said.times)

    def corrected(self) -> None:
        """What was answered before and is said anew, where the words leave no doubt which question is meant."""
        said = {singular(w) for w in re.findall(r"[^\W\d_]+", self.text.casefold())}
        led = bool(LED.match(self.text)) or bool(said & {"instead", "rather", "meant"})
        for question in self.questions:
            if not question.answer or question.label in self.found:
                continue
            words = label_words(question)
            named = bool(said & (words | (PEOPLE_WORDS if words & SIZE_WORDS else set())))
            pattern = {"email": EMAIL, "emails": EMAIL, "phone": PHONE, "url": URL}.get(question.type)
            if pattern:
                hits = [m for m in pattern.finditer(self.text) if self.free(m.span())]
                if hits and (led or named or said & CALLED_SO.get(question.type, set()) or len(said) < 3):
                    self.take(question, tidy(hits[0].group()), hits[0].span())
            elif question.type in CHOICES - SEVERAL and (named or led):
                hit = self.said_option(question)
                if hit and hit[0] != question.answer:
                    self.take(question, *hit)
            elif question.type == "number" and (near := [n for n in self.numbers() if n.near & words]):
                self.take(question, f"{near[0].value:g}", near[0].span)
            elif question.type in TEXTS and words & ABOUT_WORDS and question.required and self.said.details.notes:
                notes = self.said.details.notes
                if value := self.rest(notes):
                    self.take(question, value, notes.span)

    def labelled(self) -> None:
        """ "Topic: the roadmap; seats: 12, may we record: yes": each value ends where the next label begins."""
        pairs = list(PAIR.finditer(self.text))
        for at, pair in enumerate(pairs):
            end = pairs[at + 1].start() if at + 1 < len(pairs) else len(self.text)
            end = min([end, *(i for i in (self.text.find(mark, pair.end()) for mark in "\n;") if i >= 0)])
            value, question = tidy(self.text[pair.end() : end]), self._labelled_so(pair["label"])
            if question is None or not value or question.label in self.found:
                continue
            if question.options:
                value = self.option(question, value) or value
            self.take(question, value, (pair.start(), end))

    def _labelled_so(self, label: str) -> Question | None:
        """The question with this label, or the only one whose label has all its words."""
        words = folded(label).split()
        if exact := [q for q in self.questions if folded(q.label).split() == words]:
            return exact[0]
        near = [q for q in self.questions if words and set(words) <= set(folded(q.label).split())]
        return near[0] if len(near) == 1 else None

    def options(self) -> None:
        for question in self.open(CHOICES):
            if question.type in SEVERAL:
                self._several(question)
            elif (hit := self.said_option(question)) is not None:
                self.take(question, hit[0], hit[1])

    def _several(self, question: Question) -> None:
        hits = [(o, at) for o in question.options if (at := self.place(o)) is not None and self.free(at)]
        if hits:
            self.take(question, ", ".join(o for o, _ in hits), *(at for _, at in hits))

    def counts(self) -> None:
        for question in self.open(frozenset(("number",))):
            numbers = [n for n in self.numbers() if self.free(n.span)]
            words = label_words(question)
            near = [n for n in numbers if n.near & words]
            lone = len(list(self.open(frozenset(("number",))))) == 1 and len(numbers) == 1
            chosen = near[0] if near else numbers[0] if lone and not self.is_headcount(numbers[0]) else None
            if chosen:
                self.take(question, f"{chosen.value:g}", chosen.span)

    def mistaken(self) -> None:
        """What is said to a question by its name but is no answer to it: given as it is, so that it is refused."""
        if self.text.rstrip().endswith("?") and not LED.match(self.text):
            return
        for part, begin in clauses_of(self.text):
            if len(part.split()) > CLAUSE or not self.free((begin, begin + len(part))):
                continue
            said = {singular(w) for w in re.findall(r"[^\W\d_]+", part.casefold())}
            for question in self.open(CHECKED):
                names = {singular(w) for w in (label_words(question) | CALLED_SO.get(question.type, set()))} - {"we"}
                value = self._besides(part, names)
                if said & names and value:
                    self.take(question, value, (begin, begin + len(part)))
                    break

    @staticmethod
    def _besides(part: str, names: set[str]) -> str:
        """The clause without the question's own words and what leads to the answer."""
        words = re.split(r"\s+", LED.sub("", part).strip(" ?!."))
        kept = [word for word in words if singular(word.casefold().strip(":")) not in names | LINKING]
        return tidy(" ".join(kept))

    def whole(self) -> None:
        """A reply to the one required question that is left and takes no free text: given to it, fit or not."""
        left = [q for q in self.questions if q.required and q.label not in self.found and not q.answer]
        said = tidy(LED.sub("", self.text))
        asks, elsewhere = self.text.rstrip().endswith("?"), self.said.details.place is not None
        if asks or elsewhere or self.found or len(left) != 1 or left[0].type not in CHECKED:
            return
        if 0 < len(said.split()) <= CLAUSE:
            self.take(left[0], said, (0, len(self.text)))

    def addresses(self) -> None:
        for types, pattern in (("email", EMAIL), ("emails", EMAIL), ("phone", PHONE), ("url", URL)):
            for question in self.open(frozenset((types,))):
                hits = [m for m in pattern.finditer(self.text) if self.free(m.span())]
                if hits:
                    hits = hits if types in SEVERAL else hits[:1]
                    self.take(question, ", ".join(tidy(m.group()) for m in hits), *(m.span() for m in hits))

    def agreed(self) -> None:
        questions = list(self.open(frozenset(("boolean",))))
        for part in re.split(r"[,;.\n]|\band\b", self.text):
            said = part.strip()
            words = {singular(w) for w in re.findall(r"[^\W\d_]+", said.casefold())}
            for question in questions:
                if question.label in self.found:
                    continue
                near = bool(words & {w for w in label_words(question) if len(w) > 2})
                if not near and (len(questions) > 1 or not (YES.match(said) or NO.match(said))):
                    continue
                if NO.match(said) or re.search(r"\b(?:not|no|don'?t|won'?t|isn'?t|without)\b", said, re.I):
                    self.take(question, "no")
                elif YES.match(said) or near:
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
            for part, at in clauses_of(notes.value)
            if self.free((begin + at, begin + at + len(part))) and tidy(part)
        )

    def clauses(self) -> list[Span]:
        """The clauses that hold an answer."""
        places = [(at, at + len(part)) for part, at in clauses_of(self.text)]
        return [place for place in places if not self.free(place)]

    def _remaining(self) -> str:
        """The clauses in front of the first one that answered something: the subject in "pricing, 50 people"."""
        kept = []
        for part, at in clauses_of(self.text):
            if not self.free((at, at + len(part))):
                break
            if set(re.findall(r"[\w']+", part.casefold())) - SMALL_TALK:
                kept.append(
                    tidy(
                        re.sub(
                            r"^\s*(?:it'?s|that'?s|the topic is|(?:we|i)(?:'d like to| would like to| want to"
                            r"| need to|'ll) (?:discuss|talk about|go over|cover))\s+",
                            "",
                            part,
                            flags=re.I,
                        )
                    )
                )
        return ", ".join(kept)

    def texts(self) -> None:
        """ "it's about the roadmap" answers the question for the subject; a reply that is nothing else the only one."""
        questions = list(self.open(TEXTS))
        notes = self.said.details.notes
        if not questions:
            return
        where = next((q for q in questions if label_words(q) & WHERE_WORDS), None)
        if where and (place := self._where()):
            self.take(where, place[0], place[1])
            return
        subject = next((q for q in questions if label_words(q) & ABOUT_WORDS), questions[0])
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
    reader.restated()
    reader.addresses()
    reader.options()
    reader.counts()
    reader.mistaken()
    reader.agreed()
    reader.corrected()
    if whole:
        reader.whole()
    notes = said.details.notes
    if whole or notes:
        reader.texts()
    return Answered(reader.found, tuple(reader.taken), reader.rest(notes) if notes else "", tuple(reader.clauses()))
