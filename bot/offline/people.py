"""Who is named in a message: mentions, addresses and names where a name belongs."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.offline.lexicon import CALENDAR, EVENTS, GENERIC, LEMMAS, OCCASIONS
from bot.offline.vocabulary import FUNCTION, MIDDLE_OF_NAMES, ORDINARY, ROLES, TITLES, plain
from bot.offline.words import Span, Word, listed, overlaps, spanned

_WITH = frozenset(("with", "w/"))
_INVITING = frozenset(("invite", "cc", "bcc", "loop", "include"))
_MEETING = frozenset(("meet", "meeting", "see", "seeing", "met", "catch", "join", "joining"))
_WISHING = frozenset(("get", "need", "reserve", "catch"))
_TAKING = frozenset(
    ("book", "grab", "get", "catch", "schedule", "reserve", "meet", "ping", "need", "call", "phone", "dial")
)
_BELONGINGS = listed("supervisor office email address phone number reports skip manager boss team")
_STATE = listed(
    """
    free busy around open have has had available going coming attend invited included able do make meet join at
    up there work booked got talk chat be present seeing ok okay good out part
    """
)
_AUXILIARY = listed(
    """
    is are was does did do can could will would has have when's should shall
    """
)
_DIRECTORY = frozenset(("kind", "person"))
_COMPANIONS = listed("friend buddy colleague client customer cousin uncle aunt neighbor pal guest new old")
_LIST = frozenset((",", "and", "&", "+", "n", "und", "et", "y", "e", "en", "or"))
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

    def is_name(self, at: int, *, strict: bool = False) -> bool:
        """Whether the word can be (part of) a name; `strict` wants a word that is not ordinary English."""
        if not 0 <= at < len(self.words) or self.blocked[at] or self.words[at].kind != "word":
            return False
        word = self.words[at]
        if word.lemma in FUNCTION or word.lemma in _KNOWN or ("-" in word.lemma and plain(word.lemma.split("-")[0])):
            return False
        if word.capital and word.text not in ("I",) and (at > 0 or not plain(word.lemma)) and not strict:
            return not plain(word.lemma) or self._capital_name(at)
        return not plain(word.lemma)

    def _capital_name(self, at: int) -> bool:
        """An ordinary word used as a name: "Will", "Grant", "Art"; not a weekday, a month or a role."""
        word = self.words[at]
        return len(word.text) > 2 and word.lemma not in ROLES and not word.text.isupper() and at > 0

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
            if end < len(self.words) and self.lemma(end) == "." and len(self.words[end - 1].text) == 1:
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
                    if skip and self.lemma(skip) in _LIST:
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
            while self.lemma(at) in _LIST:
                at += 1
            if at == before:
                return last

    def _unnamed(self, at: int) -> int:
        """Behind "me" or "his boss"."""
        return at + 1 if self.lemma(at) in ("me", "myself", "us") else at + 2 if self.lemma(at + 1) in ROLES else 0

    def add(self, person: Person) -> None:
        if not any(overlaps(person.span, other.span) for other in self.found):
            self.found.append(person)


def find(words: Sequence[Word], masked: Sequence[Span]) -> list[Person]:
    """The people named, in the order of the text. `masked` are the spans about time and length."""
    names = Names(words, masked)
    for at in range(len(words)):
        _at(names, at)
    _fragment(names)
    return sorted(names.found, key=lambda person: person.span)


def _at(names: Names, at: int) -> None:
    """People that the word `at` announces."""
    words, lemma, after = names.words, names.lemma(at), names.lemma(at + 1)
    if words[at].kind in ("mention", "email", "handle") or (words[at].kind == "url" and "cal.com/" in words[at].text):
        if one := names.group(at):
            guest = any(w.lemma in _INVITING or w.lemma == "guest" for w in words[max(0, at - 6) : at])
            names.add(Person(one[1].name, one[1].span, guest))
    elif lemma in _WITH:
        names.series(at + 1)
    elif lemma in _INVITING:
        names.series(at + 2 if after in ("in", "also") else at + 1, guest=True, roles=False)
    elif lemma == "between" and not names.blocked[at]:
        names.series(at + 1, roles=False)
    elif lemma in ("add", "put") and not names.blocked[at]:
        _added(names, at + 1)
    elif lemma == "for" and at and names.lemma(at - 1) not in ("time",):
        _for(names, at)
    elif (
        lemma in ("is", "are") and after in ("invited", "included", "added", "coming") and (one := names.group(at - 1))
    ):
        names.add(one[1])
    elif (
        lemma in ("'s", "s")
        and at
        and (after in ROLES | _BELONGINGS or after in GENERIC)
        and names.words[at - 1].capital
    ):
        _owner(names, at)
    elif lemma in ("'s", "s") and at and after in (CALENDAR | {"free", "availability", "next", "opening", "slot"}):
        _owner(names, at)
    elif lemma in _MEETING and names.lemma(at - 1) not in ("the", "a", "my", "this", "that"):
        _object(names, at + 1)
    elif lemma in _TAKING:
        _taken(names, at + 1)
    elif lemma in _AUXILIARY:
        _subject(names, at + 1)
    elif lemma == "and" and after in ("i", "me") and (one := names.group(at - 1)):
        names.add(one[1])
    elif lemma in ("me", "myself", "i") and after == "and":
        _object(names, at + 2)


def _capital_only(names: Names, at: int) -> bool:
    one = names.group(at)
    return bool(one) and (names.words[at].capital or names.words[at].kind != "word" or names.words[at].lemma in TITLES)


def _added(names: Names, at: int) -> None:
    """ "add Barack to the meeting", "put Brandon on the list"; not "add lunch to my calendar"."""
    end, people = at, 0
    while (one := names.group(end)) is not None:
        end, people = one[0], people + 1
        while names.lemma(end) in _LIST:
            end += 1
    while names.lemma(end) in ("also", "too", ".", "!", "?", "please"):
        end += 1
    to = end < len(names.words) and names.lemma(end) in ("to", "on", "into") and not names.blocked[end]
    purpose = end < len(names.words) and names.blocked[end] and names.lemma(end) in ("to", "about", "for")
    target = [names.lemma(at) for at in range(end + 1, min(end + 7, len(names.words)))]
    joined = to and not set(target) & CALENDAR and (set(target) & (EVENTS | GENERIC) or names.words[at].capital)
    if people and (end >= len(names.words) or purpose or joined):
        names.series(at, guest=True, roles=False)


def _for(names: Names, at: int) -> None:
    """ "a meeting for Kim and Sara", but not "for Montana" or "for the team"."""
    noun_before = (
        names.lemma(at - 1) == "."
        or names.lemma(at - 1) in EVENTS
        or names.lemma(at - 1) in GENERIC
        or names.blocked[at - 1]
    )
    end = names.group(at + 1)
    if noun_before and end and _capital_only(names, at + 1) and names.lemma(end[0]) != "'s":
        names.series(at + 1, roles=False)


def _owner(names: Names, at: int) -> None:
    """ "bailey's availability"."""
    first = at - 1
    while first > 0 and names.is_name(first - 1) and names.words[first - 1].capital:
        first -= 1
    if one := names.group(first):
        names.add(one[1])


def _object(names: Names, at: int) -> None:
    """ "meet bailey", "see Kristen Clifford"."""
    one = names.group(at)
    if one and not (names.words[at].kind == "word" and names.lemma(one[0]) in EVENTS):
        names.series(at, roles=False)


def _taken(names: Names, at: int) -> None:
    """ "book bailey for Friday", "can I get Bailey at 3": a name right after the verb and nothing it belongs to."""
    one = names.group(at)
    if one is None or names.lemma(at) in _DIRECTORY:
        return
    end = one[0]
    wishing = names.lemma(at - 1) in _WISHING and not names.words[at].capital and one[1].name[0] not in "@<"
    last = end >= len(names.words) or names.words[end].is_mark
    closing = names.blocked[end] if end < len(names.words) and wishing else last or names.blocked[end]
    if wishing and last:
        return
    if closing or names.lemma(end) in ("for", "on", "at", "and", "in", "?", ".", "!", "please", ",", "this", "next"):
        names.series(at, roles=False)


def _subject(names: Names, at: int) -> None:
    """ "is bailey free", "does sam have time", "will Tina be at the gala"."""
    one = names.group(at)
    if one is None:
        return
    end = one[0]
    while names.lemma(end) in _LIST and (one := names.group(end + 1)):
        end = one[0]
    after = names.lemma(end)
    if after in _STATE or (end < len(names.words) and names.blocked[end]):
        names.series(at, roles=False)


def _fragment(names: Names) -> None:
    """ "bailey tuesday 2pm": nothing but a name, a time and a length."""
    if names.found:
        return
    free = [at for at in range(len(names.words)) if not names.blocked[at] and not names.words[at].is_mark]
    fillers = ("on", "at", "for", "please", "and", "hello")
    rest = [at for at in free if names.lemma(at) not in fillers]
    timed = any(names.blocked)
    proper = all(names.words[at].capital and not plain(names.lemma(at)) for at in rest)
    if rest and len(rest) <= 3 and (timed or proper) and all(names.is_name(at) for at in rest):
        names.series(rest[0], roles=False)
