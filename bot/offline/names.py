"""Names in a row of words: which words can be one, and how far it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.offline.lexicon import CALENDAR, EVENTS, GENERIC, LEMMAS, OCCASIONS
from bot.offline.vocabulary import FUNCTION, MIDDLE_OF_NAMES, NAMES_TOO, ORDINARY, ROLES, TITLES, plain
from bot.offline.words import Span, Word, listed, overlaps, spanned

_PARTICLES = frozenset(
    (
        "kill",
        "ditch",
        "skip",
        "nuke",
        "abort",
        "drop",
        "clear",
        "undo",
        "object",
        "topic",
        "subject",
        "together",
        "san",
        "anything",
    )
)
_COMPANIONS = listed("friend buddy colleague client customer cousin uncle aunt neighbor pal guest new old")
LISTING = frozenset((",", "and", "&", "+", "n", "und", "et", "y", "e", "en", "or"))
_KNOWN = frozenset(LEMMAS.values()) | EVENTS | GENERIC | OCCASIONS | CALENDAR


@dataclass(frozen=True)
class Person:
    """Somebody named. `guest`: to be invited besides; `role`: by what they are ("my manager"), not by name."""

    name: str
    span: Span
    guest: bool = False
    role: bool = False


class Names:
    """Looks for people in words, never inside the spans of time."""

    def __init__(self, words: Sequence[Word], masked: Sequence[Span]) -> None:
        self.words = words
        self.blocked = [any(overlaps((word.start, word.end), span) for span in masked) for word in words]
        self.found: list[Person] = []
        self.cased = sum(word.capital for word in words[1:]) > 0 and not all(
            word.text.isupper() for word in words if word.kind == "word"
        )

    def lemma(self, at: int) -> str:
        return self.words[at].lemma if 0 <= at < len(self.words) else ""

    def lemmas(self, end: int) -> set[str]:
        """The lemmas of the words before word `end`."""
        return {word.lemma for word in self.words[:end]}

    def is_name(self, at: int, *, strict: bool = False) -> bool:
        """Whether the word can be (part of) a name; `strict` wants a word that is not ordinary English."""
        if not 0 <= at < len(self.words) or self.blocked[at] or self.words[at].kind != "word":
            return False
        word = self.words[at]
        if " " in word.lemma:  # two English words for one of another language: "i have"
            return False
        if word.lemma in NAMES_TOO and self._named_before(at):
            return True
        if (
            word.lemma in _PARTICLES
            or word.lemma in FUNCTION
            or word.lemma in _KNOWN
            or (word.lemma.endswith("ing") and not word.capital)
            or ("-" in word.lemma and plain(word.lemma.split("-")[0]))
        ):
            return False
        if word.capital and word.text not in ("I",) and (at > 0 or not plain(word.lemma)) and not strict:
            return not plain(word.lemma) or self._capital_name(at)
        return not plain(word.lemma)

    def _named_before(self, at: int) -> bool:
        """Whether a name is expected: behind "with" or an "and" that joins two people."""
        before = self.lemma(at - 1) if at else ""
        return before in ("with", "w/") or (before in LISTING and at > 1 and self.words[at].capital)

    def _inside(self, at: int) -> bool:
        """Whether another word stands in front, so that a capital letter tells something."""
        return any(not word.is_mark for word in self.words[:at])

    def _capital_name(self, at: int) -> bool:
        """An ordinary word used as a name: "Will", "Grant", "Art"; not a weekday, a month or a role."""
        word = self.words[at]
        return len(word.text) > 2 and word.lemma not in ROLES and not word.text.isupper() and self._inside(at)

    def group(self, at: int) -> tuple[int, Person] | None:
        """One person from word `at`: a mention, an address, or up to three words of a name."""
        if not 0 <= at < len(self.words) or self.blocked[at]:
            return None
        word = self.words[at]
        if word.kind in ("mention", "email", "handle", "url"):
            if word.text.startswith(("<!", "<#")):
                return None
            return at + 1, Person(word.text, (word.start, word.end))
        end = at
        if word.lemma in TITLES and self.lemma(at + 1) == ".":
            end = at + 2
        elif word.lemma in TITLES and self.is_name(at + 1):
            end = at + 1
        first = end
        while end < len(self.words) and end - first < 3 and self.is_name(end, strict=end > first and not self.cased):
            if end > first and self.words[end].capital != self.words[first].capital and self.words[first].capital:
                break
            end += 1
            if end < len(self.words) and self.lemma(end) in MIDDLE_OF_NAMES and self.is_name(end + 1):
                end += 1
            initial = end < len(self.words) and self.lemma(end) == "." and len(self.words[end - 1].text) == 1
            if initial and end + 1 < len(self.words):
                end += 1
        if end == first:
            return None
        span = spanned(self.words, at, end)
        text = " ".join(w.text for w in self.words[at:end]).replace(" .", ".")
        return end, Person(text, span)

    def role(self, at: int) -> tuple[int, Person] | None:
        """ "my manager", "the support team"."""
        end = at + 1 if self.lemma(at) in ("my", "the", "our", "your") else at
        first = end
        while end < len(self.words) and end - first < 3 and not self.blocked[end] and self.words[end].kind == "word":
            if self.lemma(end) not in ROLES and not (self.lemma(end + 1) == "team" and self.is_name(end)):
                break
            end += 1
        if end == first or (at == first and self.lemma(end - 1) != "team"):
            return None
        span = spanned(self.words, at, end)
        text = " ".join(w.text for w in self.words[at:end])
        return end, Person(text, span, role=True)

    def described(self, at: int) -> tuple[int, Person] | None:
        """ "my new client Alex": the name behind the description."""
        if self.lemma(at) not in ("my", "our", "the", "your", "his", "her"):
            return None
        end = at + 1
        while end < len(self.words) and end - at < 4 and self.lemma(end) in ORDINARY | ROLES and not self.blocked[end]:
            if self.words[end].capital and self.lemma(end) not in ROLES:
                break
            end += 1
        role = any(self.lemma(i) in ROLES or self.lemma(i) in _COMPANIONS for i in range(at + 1, end))
        return self.group(end) if role and end < len(self.words) and self.words[end].capital else None

    def series(self, at: int, *, guest: bool = False, roles: bool = True) -> int:
        """People from word `at`, joined by commas and "and"; the index behind them."""
        while self.lemma(at) in ("both", "either", "just", "only"):
            at += 1
        last = at
        while True:
            named = self.group(at) or self.described(at) or (self.role(at) if roles else None)
            if named is None:
                if self.lemma(at) in ("me", "myself", "us", "my", "his", "her", "their", "the") and last > 0:
                    skip = self._unnamed(at)
                    if skip and self.lemma(skip) in LISTING:
                        at = skip
                        named = None
                    else:
                        return last
                else:
                    return last
            else:
                at, person = named
                self.add(Person(person.name, person.span, guest, person.role))
                last = at
                if self.lemma(at) == "'s":
                    return at
            before = at
            while self.lemma(at) in LISTING:
                at += 1
            if at == before:
                return last

    def _unnamed(self, at: int) -> int:
        """Behind "me" or "his boss"."""
        return at + 1 if self.lemma(at) in ("me", "myself", "us") else at + 2 if self.lemma(at + 1) in ROLES else 0

    def add(self, person: Person) -> None:
        if not any(overlaps(person.span, other.span) for other in self.found):
            self.found.append(person)
