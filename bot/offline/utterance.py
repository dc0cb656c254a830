"""One message, analysed: its words, the spans about time and length, the people, and one line for the grammar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.offline import details, languages, lengths, people, timespans
from bot.offline.details import Details
from bot.offline.lemmas import known
from bot.offline.names import Person
from bot.offline.situation import Situation
from bot.offline.words import Span, Word, overlaps, split, straight, tidy

_LONGEST = 160  # words of a message the rules look at


@dataclass(frozen=True)
class Utterance:
    """`times` are the spans about when, `sizes` the spans about how long with their minutes."""

    text: str
    words: tuple[Word, ...]
    times: tuple[Span, ...]
    sizes: tuple[tuple[Span, int], ...]
    people: tuple[Person, ...]
    details: Details = field(default_factory=Details)
    lang: str = "en"

    @property
    def when(self) -> str:
        """All words about time, verbatim, joined in order."""
        return " ".join(self.text[start:end].strip(" ,.;") for start, end in self.times)

    @property
    def minutes(self) -> int | None:
        """The length asked for, if one was."""
        return self.sizes[0][1] if self.sizes else None

    @cached_property
    def line(self) -> str:
        """The lemmas in one line, each stretch of time as <when>, of length as <long>, each person as <who>.

        Of a very long message the beginning and the end: what is asked stands there, and rules stay quick.
        """
        marks = self.marks if self.lang == "en" else languages.english_order(self.marks)
        begin = next((mark for mark in marks if mark != "¿"), "")
        if self.lang != "en" and begin == "i have" and self.text.rstrip()[-1:] in ("?", "？"):
            marks = ["do", *(mark for mark in marks if mark != "¿")]
        if len(marks) > _LONGEST:
            marks = [*marks[: _LONGEST // 2], *marks[-_LONGEST // 2 :]]
        return " ".join(marks)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The parts of the line."""
        parts: list[str] = []
        last: Span | None = None
        tagged: list[tuple[Span, str]] = [(span, "<when>") for span in self.times]
        if self.details.notes:
            tagged.append((self.details.notes.span, "<about>"))
        if self.details.title:
            tagged.append((self.details.title.span, "<title>"))
        tagged += [(span, "<long>") for span, _ in self.sizes] + [(p.span, "<who>") for p in self.people]
        for word in self.words:
            here = (word.start, word.end)
            tag = next(((span, mark) for span, mark in tagged if overlaps(span, here)), None)
            if tag is None:
                parts.append(word.lemma)
                last = None
            elif tag[0] != last:
                parts.append(tag[1])
                last = tag[0]
        return tuple(parts)

    def without(self, *spans: Span) -> str:
        """The text with these spans cut out."""
        kept, at = [], 0
        for start, end in sorted(spans):
            kept.append(self.text[at:start])
            at = max(at, end)
        return tidy(" ".join([*kept, self.text[at:]]))

    def is_about_time(self, word: Word) -> bool:
        """Whether the word lies in a span about when or how long."""
        here = (word.start, word.end)
        return any(overlaps(span, here) for span in (*self.times, *(s for s, _ in self.sizes)))


def analyse(text: str, situation: Situation | None = None) -> Utterance:
    """Take a message apart. Of the situation only the language and the clock are used."""
    here = situation or Situation()
    text = straight(text)[:4000]
    written = split(text)
    lang = languages.told(text, written, here.locale)
    read_as = timespans.reading(text, here.now, here.zone, here.locale, lang)
    words = known(written, languages.language(lang))
    sizes = [size for size in lengths.find(words) if not timespans.is_clock(size[0], read_as, text)]
    sizes = sizes or lengths.bare(words)
    times = timespans.find(words, read_as, [span for span, _ in sizes])
    masked = [*times, *(span for span, _ in sizes)]
    said = details.find(text, words, masked)
    free_text = [one.span for one in (said.notes, said.title) if one]
    found = people.find(words, [*_apart(masked, free_text), *free_text, *([said.place.span] if said.place else [])])
    sizes = [size for size in sizes if not any(overlaps(size[0], span) for span in free_text)]
    return Utterance(
        text,
        tuple(words),
        tuple(_before(times, said.spans)),
        tuple(sizes),
        tuple(found),
        details=said,
        lang=lang,
    )


def _before(times: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The times without what belongs to a detail: of "at 10 at 5 Main Street" only "at 10"."""
    kept: list[Span] = []
    for start, end in times:
        cut = min((other[0] for other in others if overlaps(other, (start, end))), default=end)
        if cut > start:
            kept.append((start, cut))
    return kept


def _apart(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The spans that share nothing with the others."""
    return [span for span in spans if not any(overlaps(span, other) for other in others)]
