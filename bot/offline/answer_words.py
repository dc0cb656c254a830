"""The words of answers: which questions they are for, numbers and the options that hold them, clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.offline.situation import Question
from bot.offline.words import Span, listed

CHOICES = frozenset(("one_of", "radio", "select", "some_of", "checkboxes", "multiselect", "checkbox"))
SEVERAL = frozenset(("some_of", "checkboxes", "multiselect", "checkbox", "emails"))
TEXTS = frozenset(("text", "long_text", "textarea", "name"))
SIZE_WORDS = listed(
    """
    size company people employees team staff headcount large big users members seats
    """
)
PEOPLE_WORDS = listed(
    """
    people employees staff folks persons person heads developers members users engineers
    """
)
WHERE_WORDS = frozenset(("address", "location", "where", "place", "venue"))
ABOUT_WORDS = listed(
    """
    about topic subject discuss reason purpose agenda notes details what why goal help
    """
)
NUMBER = re.compile(r"(?<![\w.@+])(\d[\d,]*(?:\.\d+)?)\s*(k\b)?(?!\w*@)")
RANGE = re.compile(r"^\D*?(\d[\d,]*)\s*(?:-|–|to|until|and)\s*(\d[\d,]*)", re.IGNORECASE)
MORE = re.compile(r"(\d[\d,]*)\s*\+|(?:more than|over|above|>|at least|≥)\s*(\d[\d,]*)", re.IGNORECASE)
LESS = re.compile(r"(?:less than|under|below|fewer than|up to|<|≤|at most)\s*(\d[\d,]*)", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?\(?\d[\d\s().\-]{6,}\d")
URL = re.compile(
    r"https?://[^\s<>|]+|\bwww\.[^\s<>|]+|\b[\w-]+\.(?:com|io|org|net|dev|co|ai)(?:/[^\s<>|"
    r"]*)?\b"
)
NUMERALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
CHECKED = frozenset(("number", "phone", "email", "url", "select", "radio", "one_of"))
"""Types of questions whose answers can be wrong."""
CALLED_SO = {
    "phone": {"phone", "number", "mobile", "cell", "telephone", "telefon", "nummer", "teléfono", "téléphone"},
    "email": {"email", "mail", "e-mail"},
    "url": {"link", "url", "website", "site"},
}
LINKING = listed("my our the a an is are it's its it be as at for of we i have would need want about per")
LED = re.compile(
    r"^\W*(?:(?:actually|how about|what about|make it|make that|let'?s say|i'?d say|well|ok|sorry|no|it'?s|it is|"
    r"that'?s|just|say|maybe)\b[\s,]*)+",
    re.IGNORECASE,
)
TOPICS = frozenset(("topic", "subject", "agenda", "purpose", "theme"))
"""What a question for the subject of a meeting is called."""
RESTATED = re.compile(
    r"^\W*(?:(?:no|actually|sorry|wait|oops|and|but|please|can you|could you|let'?s|correction)\b[\s,:]*)*"
    r"(?:(?P<verb>make|change|set|update|switch|correct|put)\s+(?:(?:the|my|our)\s+)?|(?:the|my|our)\s+)",
    re.IGNORECASE,
)
"""What leads to an answer given anew, up to the name of its question."""
BECOMING = re.compile(r"^(?:(?:to|is|are|as|should|be|into|now|actually|rather|=|:)\s+)+", re.IGNORECASE)
CLAUSE = 7
"""Words of the longest clause that is taken for an attempt at an answer."""
SMALL_TALK = listed(
    "yes ok okay please thanks thank you so well hi hello sure great maybe i think roughly about or no and we are "
    "that's it it's fine good perfect then just with for also to be the a our is my"
)
YES = re.compile(
    r"^(?:yes|yep|yeah|sure|correct|true|of course|definitely|we do|we are|i do|i am|"
    r"absolutely)\b",
    re.I,
)
NO = re.compile(r"^(?:no|nope|not|false|never|we don'?t|we aren'?t|i don'?t|i'?m not)\b", re.I)


def clauses_of(text: str) -> Iterator[tuple[str, int]]:
    """The clauses of a text, each with its place: parted by marks, and by "and" where a new statement begins."""
    at = 0
    for mark in [*PARTING.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if text[at:end].strip():
            yield text[at:end], at
        at = mark.end() if mark else end


PARTING = re.compile(
    r"\s*[,;\n]\s+|\s*[.!]\s+|\s+(?:and|but)\s+(?=(?:we|our|i|my|it|they|there|company|\d+)\b)", re.IGNORECASE
)


PAIR = re.compile(r"(?:^|[\n;,.])\s*(?:and\s+)?(?P<label>[^\W\d_][^\n;,.:=?]{1,80}?)\s*\??\s*[:=]\s", re.IGNORECASE)
"""A label and its colon."""


@dataclass(frozen=True)
class Number:
    value: float
    span: Span
    near: frozenset[str]


def folded(text: str) -> str:
    return " ".join(re.findall(r"[\w+]+", text.casefold()))


def singular(word: str) -> str:
    return word if word.endswith("ss") else word.removesuffix("s")


def label_words(question: Question) -> set[str]:
    small = {"your", "the", "a", "an", "is", "are", "do", "you", "of", "this", "meeting", "how", "many", "what", "to"}
    found = {singular(word) for word in re.findall(r"[^\W\d_]+", question.label.casefold())} - small
    return found or {question.label.casefold()}


def number_of(digits: str) -> float:
    return float(digits.replace(",", ""))


def holds(option: str, number: float) -> bool:
    """Whether a range written as an option holds the number: "10-50", "50+", "under 10"."""
    if found := RANGE.match(option):
        return number_of(found.group(1)) <= number <= number_of(found.group(2))
    if found := MORE.search(option):
        return number >= number_of(found.group(1) or found.group(2))
    if found := LESS.search(option):
        return number <= number_of(found.group(1))
    return False


def is_scale(question: Question) -> bool:
    return any(RANGE.match(o) or MORE.search(o) or LESS.search(o) for o in question.options)
