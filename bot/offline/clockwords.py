"""Where a message speaks of time, by its words alone: the pieces to hand on verbatim, never what they mean.

`bot.when` reads what the words mean. This module marks the looser ones as well that only make sense in a
conversation ("later", "some other time", "not on the weekend"), and works without a clock.
"""

from collections.abc import Sequence

from bot.offline.words import Span, Word, listed

_DAYS = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues weds thu thur thurs fri wednday thrusday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend weekends weekday weekdays
    """
)
_MONTHS = listed(
    """
    january february april june july august september october november december jan feb apr jun jul aug sep sept oct
    nov dec
    """
)
_MAYBE_MONTHS = frozenset(("may", "march", "mar"))
_RELATIVE = listed(
    """
    today tonight tomorrow tomorrot yesterday asap now immediately noon midday midnight eod cob eow eom anytime
    sometime everyday daily weekly monthly whenever christmas xmas easter thanksgiving halloween todays tomorrows
    fortnight overmorrow soon later earlier sooner
    """
)
_PARTS = listed(
    """
    morning afternoon evening night lunchtime mornings afternoons evenings nights noontime
    """
)
_UNITS = listed(
    """
    minute minutes min mins hour hours hr hrs h day days week weeks month months year years quarter second seconds
    """
)
_SEASONS = frozenset(["spring", "summer", "autumn", "winter", "fall"])
_WHICH = listed(
    """
    this next last coming following upcoming past previous early mid late every each other
    """
)
_BEFORE = listed(
    """
    at on in by before after until till from between since around about past starting beginning during for to
    through thru of the any some end start not within toward towards no either sometime anytime all another whole as
    half a an rest first approximately exactly
    """
)
_JOIN = listed(
    """
    to and or until till at on in of from the for between through thru - – , / by before after
    """
)
_AMPM = frozenset(("am", "pm", "a", "p", "o'clock", "oclock", "noon", "uhr"))
_NUMBERS = listed(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty couple
    few several half quarter
    """
)
_ORDINALS = listed(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    """
)
_COUNTED = listed("people employees seats guests persons users members of us seat developers attendees %")
_LATER = frozenset(["later", "earlier", "ago", "sooner", "before", "after", "hence"])


def _is_clock(word: Word) -> bool:
    """2:30, 10.00, 14h30."""
    return (
        word.kind == "number"
        and word.lemma != "1:1"
        and any(mark in word.lemma for mark in ":.h")
        and not word.lemma.endswith("th")
    )


def _is_ordinal(word: Word) -> bool:
    return word.kind == "number" and word.lemma[-2:] in ("st", "nd", "rd", "th")


def _is_number(word: Word) -> bool:
    return word.kind == "number" or word.lemma in _NUMBERS


class _Marks:
    """Which words are certain to be about time."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.sure = [False] * len(words)
        for at in range(len(words)):
            self._judge(at)

    def lemma(self, at: int) -> str:
        return self.words[at].lemma if 0 <= at < len(self.words) else ""

    def _mark(self, *places: int) -> None:
        for at in places:
            if 0 <= at < len(self.words):
                self.sure[at] = True

    def _judge(self, at: int) -> None:
        words, here, before, after = self.words, self.words[at], self.lemma(at - 1), self.lemma(at + 1)
        lemma = here.lemma
        if (
            lemma in _DAYS
            or lemma in _MONTHS
            or lemma in _RELATIVE
            or _is_clock(here)
            or (lemma in ("wed", "sat", "sun") and (here.capital or before in _BEFORE or before in _WHICH))
            or (lemma in _PARTS and before not in ("good",))
        ):
            self._mark(at)
        elif lemma in _MAYBE_MONTHS:
            near = (before in ("in", "of", "this", "next", "last", "until", "by")) or after[:1].isdigit()
            if near or (here.capital and at and after not in ("i", "we")) or _digit(before) or after in _ORDINALS:
                self._mark(at)
        elif (lemma in _AMPM and lemma not in ("a", "p") and at and _is_number(words[at - 1])) or (
            lemma in _UNITS and (before in _WHICH or (before == "the" and self.lemma(at - 2) in ("of", "in")))
        ):
            self._mark(at, at - 1)
        elif (
            (lemma in _SEASONS and before in ("the", "this", "next", "last", "for", "in"))
            or (_is_ordinal(here) and (before in ("the", "on", "of") or before in _MONTHS or before in _MAYBE_MONTHS))
            or (lemma in _ORDINALS and (before in _MONTHS or after == "of" or before in _MAYBE_MONTHS))
        ):
            self._mark(at)
        elif _is_number(here) and here.kind == "number":
            self._judge_number(at, before, after)
        elif lemma in _LATER and self.lemma(at - 1) in _UNITS:
            self._mark(at, at - 1, at - 2)

    def _judge_number(self, at: int, before: str, after: str) -> None:
        last = self.lemma(at + 2) if after in ("-", "to", "and") else ""
        if not _hourly(self.words[at].lemma) or (last.isdigit() and not _hourly(last)) or after in _COUNTED:
            return
        if last.isdigit() and self.lemma(at + 3) in _COUNTED:
            return
        if after in _UNITS:
            if self.lemma(at + 2) in _LATER or before in ("in", "within", "by") or self.lemma(at + 2) == "from":
                self._mark(at, at + 1, at + 2 if self.lemma(at + 2) in _LATER else at)
            return
        if (
            before in ("at", "after", "before", "by", "until", "till", "around", "past", "@", "since")
            or (before in ("from", "between", "to", "-", "and", "about") and not after[:1].isalpha())
            or before in ("from", "between")
            or (before in ("to", "-", "and") and at > 1 and self.sure[at - 2])
            or before in _MONTHS
            or before in _MAYBE_MONTHS
            or after in _MONTHS
            or after == "/"
            or (after == "-" and self.lemma(at + 2)[:1].isdigit())
        ):
            self._mark(at)


def _hourly(lemma: str) -> bool:
    """A number that can be an hour, a day of the month or a year; "50" and "120" cannot."""
    return "," not in lemma and (not lemma.isdigit() or int(lemma) <= 31 or len(lemma) == 4)


def _digit(lemma: str) -> bool:
    return lemma[:1].isdigit()


def pieces(words: Sequence[Word]) -> list[Span]:
    """The stretches of words about time, in order, without the small words that only lead to them."""
    sure = _Marks(words).sure
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        if not sure[at]:
            at += 1
            continue
        first, last = at, at + 1
        while True:
            while last < len(words) and sure[last]:
                last += 1
            reach = last
            while reach < len(words) and reach - last < 3 and (words[reach].lemma in _JOIN or _is_number(words[reach])):
                reach += 1
            if reach < len(words) and reach > last and sure[reach]:
                last = reach
                continue
            break
        while first and words[first - 1].lemma in (_BEFORE | _WHICH) and words[first - 1].lemma not in _JOIN - _BEFORE:
            first -= 1
        while first < at and words[first].lemma in ("to", "for", "a", "an", "of", "on", "in", "about", "and"):
            if words[first].lemma in ("in", "on") and first + 1 >= at:
                break
            first += 1
        found.append((words[first].start, words[last - 1].end))
        at = last
    return found
