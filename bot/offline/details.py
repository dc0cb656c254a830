"""What else is said with a request: what it is about, where it takes place, what it is called, why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.offline.words import Span, Word, listed, overlaps, tidy

_ABOUT = ("about", "re", "regarding", "concerning", "re:")
_TO_DO = listed(
    """
    discuss talk go review plan prepare work walk cover align brainstorm figure decide understand explore finalize
    catch debrief ask show demo present solve fix debug clarify kick sync prep
    """
)
_ASKED = listed(
    """
    what how tell remind know ask forget worry thinking information info
    """
)
_NAMING = frozenset(("called", "titled", "named", "entitled", "name", "title", "call"))
_PLACES = listed(
    """
    zoom teams meet skype webex phone video hangouts facetime telephone person slack cal whatsapp signal jitsi
    """
)
_SITES = listed(
    """
    office hq headquarters cafe café home studio house restaurant library headquarter lobby desk
    """
)
_WHY = ("because", "since", "cause", "bc", "reason:", "'cause")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-]{6,}\d")
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]?\s+(?:[A-Z][\w.'’-]*\s+){0,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Drive|Dr|Way|"
    r"Square|"
    r"Sq|Place|Pl|Court|Ct|Plaza|Row|Alley|Terrace)\b\.?(?:,\s*[A-Z][\w ]+)?"
)
_QUOTED = re.compile(r'"([^"]{2,120})"|(?<!\w)\'([^\']{3,120})\'(?!\w)')


@dataclass(frozen=True)
class Detail:
    """Words with a purpose: `value` is what they say, `span` what to cut from the rest of the message."""

    value: str
    span: Span


@dataclass(frozen=True)
class Details:
    """The details of one message; None where nothing was said."""

    notes: Detail | None = None
    title: Detail | None = None
    place: Detail | None = None
    reason: Detail | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """What these details take up."""
        return tuple(one.span for one in (self.notes, self.title, self.place, self.reason) if one)


def find(text: str, words: Sequence[Word], masked: Sequence[Span]) -> Details:
    """The details of a message; `masked` are the spans about time and length, which end a detail."""
    reason = _reason(text, words)
    place = _place(text, words, masked)
    title = _title(text, words, masked)
    taken = [one.span for one in (reason, place, title) if one]
    return Details(_notes(text, words, masked, taken), title, place, reason)


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    return any(overlaps((word.start, word.end), span) for span in spans)


def _until(words: Sequence[Word], at: int, masked: Sequence[Span], taken: Sequence[Span]) -> int:
    """Where free text that begins at word `at` ends: a sentence's end, other details, or a time that stands apart."""
    end = at
    while end < len(words):
        word = words[end]
        ends_sentence = word.text in (".", "!", "?", ";") and (end + 1 == len(words) or words[end + 1].capital)
        if ends_sentence or _inside(word, taken) or (end > at and word.lemma in ("cc", "bcc", "please", "over", "via")):
            break
        if word.lemma in ("with", "and", ",") and end + 1 < len(words):
            after = words[end + 1]
            if after.kind in ("email", "mention", "handle") or after.lemma in ("invite", "cc", "with"):
                break
        span = next((span for span in masked if span[0] <= word.start < span[1]), None)
        if span is not None:
            last = next((i for i in range(end, len(words)) if words[i].start >= span[1]), len(words))
            described = last < len(words) and words[last].kind == "word" and words[last].lemma not in ("with", "please")
            if end > at + 1 or not described:
                break
            end = last
            continue
        end += 1
    while end > at and (words[end - 1].is_mark or words[end - 1].lemma in ("and", "on", "at", "for", "in", "to")):
        end -= 1
    return end


def _notes(text: str, words: Sequence[Word], masked: Sequence[Span], taken: Sequence[Span]) -> Detail | None:
    for at, word in enumerate(words[:-1]):
        if _inside(word, masked) or _inside(word, taken):
            continue
        after = words[at + 1]
        about = word.lemma in _ABOUT and at > 0 and not any(w.lemma in _ASKED for w in words[max(0, at - 2) : at])
        purpose = word.lemma == "to" and after.lemma in _TO_DO and at > 1
        if not (about or purpose) or (about and _inside(after, masked) and after.kind == "number"):
            continue
        first = at + 1
        if about and after.text == ":":
            first = at + 2
        if purpose and after.lemma in ("discuss", "talk", "go"):
            first = at + 2
            while first < len(words) and words[first].lemma in ("about", "over", "through"):
                first += 1
        end = _until(words, first, masked, taken)
        if end > first:
            begin = word.start
            return Detail(tidy(text[words[first].start : words[end - 1].end]), (begin, words[end - 1].end))
    return None


def _title(text: str, words: Sequence[Word], masked: Sequence[Span]) -> Detail | None:
    if quoted := _QUOTED.search(text):
        start = quoted.start()
        before = [w for w in words if w.end <= start]
        if before and before[-1].lemma in _NAMING:
            start = before[-1].start
        return Detail(tidy(quoted.group(1) or quoted.group(2)), (start, quoted.end()))
    for at, word in enumerate(words[:-1]):
        follows = at > 0 and word.lemma in _NAMING and not _inside(word, masked)
        if not follows or (word.lemma in ("name", "call", "title") and words[at + 1].lemma not in ("it", "as", ":")):
            continue
        first = at + 1
        while first < len(words) and words[first].lemma in ("it", "as", ":", "the"):
            first += 1
        end = _until(words, first, masked, ())
        if end > first:
            return Detail(tidy(text[words[first].start : words[end - 1].end]), (word.start, words[end - 1].end))
    return None


def _place(text: str, words: Sequence[Word], masked: Sequence[Span]) -> Detail | None:
    phone = _phone(text, words, masked)
    if phone:
        return phone
    address = _ADDRESS.search(text)
    for at, word in enumerate(words[:-1]):
        if word.lemma not in ("at", "over", "via", "on", "by", "in", "through", "using") or _inside(word, masked):
            continue
        first = at + 1
        if words[first].lemma in ("my", "our", "your", "the", "a", "his", "her", "their"):
            first += 1
        if first >= len(words) or _inside(words[first], masked):
            continue
        lemma = words[first].lemma
        way = lemma in _PLACES or (lemma in ("google", "ms", "microsoft", "cal") and first + 1 < len(words))
        site = lemma in _SITES or (first + 1 < len(words) and words[first + 1].lemma in _SITES and lemma != "for")
        if word.lemma in ("on", "by", "over", "via", "through", "using", "in") and way:
            if lemma == "person" and word.lemma != "in":
                continue
            last = first + (2 if lemma in ("google", "ms", "microsoft", "cal", "phone", "video") else 1)
            last = min(last, len(words))
            if lemma in ("phone", "video") and words[last - 1].lemma not in ("call",):
                last = first + 1
            return Detail(tidy(text[words[at + 1].start : words[last - 1].end]), (word.start, words[last - 1].end))
        if word.lemma in ("at", "in") and site:
            end = words[first if lemma in _SITES else first + 1].end
            if address and 0 <= address.start() - end <= 3:
                end = address.end()
            return Detail(tidy(text[words[at + 1].start : end]), (word.start, end))
    if address and (before := [w for w in words if w.end <= address.start()]) and before[-1].lemma in ("at", "in", ","):
        return Detail(tidy(address.group()), (before[-1].start, address.end()))
    return None


def _phone(text: str, words: Sequence[Word], masked: Sequence[Span]) -> Detail | None:
    """ "by phone +1 212 555 0100", "call me on 020 7946 0000"."""
    for match in _PHONE.finditer(text):
        if any(overlaps(match.span(), span) for span in masked) and not match.group().startswith("+"):
            continue
        if sum(c.isdigit() for c in match.group()) < 7:
            continue
        begin = match.start()
        lead = [word for word in words if word.end <= begin][-3:]
        for word in reversed(lead):
            if word.lemma not in (
                "by",
                "phone",
                "on",
                "at",
                "over",
                "via",
                "telephone",
                "number",
                "my",
                "is",
                ":",
                "me",
            ):
                break
            begin = word.start
        return Detail(tidy(match.group()), (begin, match.end()))
    return None


def _reason(text: str, words: Sequence[Word]) -> Detail | None:
    for at, word in enumerate(words[:-1]):
        due = word.lemma == "due" and words[at + 1].lemma == "to"
        if (word.lemma in _WHY and word.lemma != "since") or due:
            first = at + (2 if due else 1)
            first = first + 1 if first < len(words) and words[first].lemma == "of" else first
            if first < len(words):
                return Detail(tidy(text[words[first].start :]), (word.start, len(text)))
    return None
