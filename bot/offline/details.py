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
_OTHERS = listed(
    "two three four five six seven eight nine ten twenty thirty fifty i we it they he she you my our this "
    "that there and with also invite please but so then ok"
)
_WISHES = listed("need want like have has going trying got i how able love wish wanted needed")
_HALF_VERBS = frozenset(("go", "work", "walk", "catch", "figure", "talk", "ask"))
_PARTICLES = frozenset(("over", "through", "about", "on", "up", "out", "for"))
_LABELS = frozenset(("notes", "note", "description", "agenda"))
_TOPIC = frozenset(("notes", "note", "description", "agenda", "topic", "subject", "purpose", "reason", "goal"))
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
_WAYS = frozenset(("zoom", "teams", "skype", "webex", "phone", "video", "facetime", "whatsapp"))
_LEADS = frozenset(("do", "use", "at", "over", "via", "on", "by", "in", "through", "using"))
_OWNERS = frozenset(("my", "our", "your", "the", "a", "his", "her", "their"))
_SITES = listed(
    """
    office hq headquarters cafe café home studio house restaurant library headquarter lobby desk
    """
)
_ENDING = listed("cancel decline reject refuse delete drop remove move reschedule postpone")
_SUBJECTS = frozenset(("the", "my", "our", "it", "he", "she"))
_WHY = ("because", "since", "cause", "bc", "reason:", "'cause")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-]{6,}\d")
_TOWN = r"(?:,\s*[A-ZÀ-Þ][\wÀ-ÿ'-]*(?:\s[A-ZÀ-Þ][\wÀ-ÿ'-]*)*)?"
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]?\s+(?:[A-Z][\w.'’-]*\s+){0,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Drive|Dr|Way|"
    rf"Square|Sq|Place|Pl|Court|Ct|Plaza|Row|Alley|Terrace)\b\.?{_TOWN}"
    r"|\b\d{1,4}[a-z]?,?\s+(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Vv]ia|[Cc]alle|[Rr]ua|[Pp]lace|[Pp]iazza|[Pp]laza)"
    rf"(?:\s+(?:de|du|des|la|le|di|del|da|do|[A-ZÀ-Þ][\wÀ-ÿ'-]*))+{_TOWN}"
    rf"|\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|weg|platz|allee|gasse|straat|laan|plein)\s+\d{{1,4}}[a-z]?\b{_TOWN}"
    r"|\b(?:[A-Z][\w'’-]*\s+){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Lane|Square|Plaza|Platz|Straße)"
    rf"\.?\s+\d{{1,4}}[a-z]?\b{_TOWN}"
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
        if (
            word.text == ","
            and end + 1 < len(words)
            and (words[end + 1].kind == "number" or words[end + 1].lemma in _OTHERS)
            and not _counts(words, end + 1, masked)
        ):
            break
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


def _counts(words: Sequence[Word], at: int, masked: Sequence[Span]) -> bool:
    """Whether a count of something begins here: "5 seats"; it belongs to what a meeting is about."""
    after = words[at + 1] if at + 1 < len(words) else None
    number = words[at].kind == "number" and not _inside(words[at], masked)
    return number and after is not None and after.kind == "word" and not _inside(after, masked)


def _notes(text: str, words: Sequence[Word], masked: Sequence[Span], taken: Sequence[Span]) -> Detail | None:
    for at, word in enumerate(words[:-1]):
        if _inside(word, masked) or _inside(word, taken):
            continue
        after = words[at + 1]
        about = word.lemma in _ABOUT and not any(w.lemma in _ASKED for w in words[max(0, at - 2) : at])
        topic = (
            word.lemma in _TOPIC
            and (after.text == ":" or word.lemma not in _LABELS)
            and after.lemma in ("is", "'s", ":", "would")
        )
        then = words[at + 2].lemma if at + 2 < len(words) else ""
        doing = after.lemma in _TO_DO and (after.lemma not in _HALF_VERBS or then in _PARTICLES)
        purpose = word.lemma == "to" and doing and at > 1 and not _wished(words, at)
        about = about and after.lemma != "to"
        if not (about or purpose or topic) or (about and _inside(after, masked) and after.kind == "number"):
            continue
        first = at + 1
        if topic or (about and after.text == ":"):
            first = at + 3 if after.lemma == "would" else at + 2
        if purpose and after.lemma in ("discuss", "talk", "go"):
            first = at + 2
            while first < len(words) and words[first].lemma in ("about", "over", "through"):
                first += 1
        end = _until(words, first, masked, taken)
        if end > first:
            begin = word.start
            return Detail(tidy(text[words[first].start : words[end - 1].end]), (begin, words[end - 1].end))
    return None


def _wished(words: Sequence[Word], at: int) -> bool:
    """Whether the "to" belongs to a wish: "I want to plan", "I need you to plan"."""
    before, earlier = words[at - 1].lemma, words[at - 2].lemma if at > 1 else ""
    return before in _WISHES or (
        before in ("me", "you", "us") and earlier in _WISHES | {"remind", "tell", "let", "ask"}
    )


def _title(text: str, words: Sequence[Word], masked: Sequence[Span]) -> Detail | None:
    if quoted := _QUOTED.search(text):
        start = quoted.start()
        before = [w for w in words if w.end <= start]
        if before and before[-1].lemma in _NAMING:
            start = before[-1].start
        return Detail(tidy(quoted.group(1) or quoted.group(2)), (start, quoted.end()))
    for at, word in enumerate(words[:-1]):
        follows = word.lemma in _NAMING and not _inside(word, masked)
        if not follows or (word.lemma in ("name", "call", "title") and words[at + 1].lemma not in ("it", "as", ":")):
            continue
        first = at + 1
        while first < len(words) and words[first].lemma in ("it", "as", ":", "the"):
            first += 1
        if word.lemma == "call" and first < len(words) and words[first].lemma in ("off", "a", "back"):
            continue
        end = _until(words, first, masked, ())
        if end > first:
            return Detail(tidy(text[words[first].start : words[end - 1].end]), (word.start, words[end - 1].end))
    return None


def _place(text: str, words: Sequence[Word], masked: Sequence[Span]) -> Detail | None:
    """Where: a phone number, a way ("over zoom", "in person"), a site or an address; several that adjoin are one."""
    phone = _phone(text, words, masked)
    if phone:
        return phone
    found: list[tuple[int, int, int]] = []
    for at, word in enumerate(words[:-1]):
        if _inside(word, masked) or (found and word.start < found[-1][2]):
            continue
        if word.lemma not in _LEADS:
            if word.text == "," and (bare := _bare_way(words, at)):
                found.append(bare)
            continue
        first = at + 2 if words[at + 1].lemma in _OWNERS else at + 1
        if first < len(words) and not _inside(words[first], masked) and (end := _place_end(words, at, first)):
            found.append((word.start, words[at + 1].start, end))
    if not found and (bare := _bare_way(words, -1)):
        found.append(bare)
    if address := _ADDRESS.search(text):
        begin, end = address.span()
        lead = next((w for w in reversed(words) if w.end <= begin), None)
        if found and 0 <= begin - found[-1][2] <= 3:
            found[-1] = (*found[-1][:2], end)
        elif lead is None or lead.lemma in ("at", "in", ",", "the", "to", ":", "address", "is"):
            found.append((lead.start if lead else begin, begin, end))
    if not found:
        return None
    last = found[0]
    for one in found[1:]:
        if one[0] - last[2] > 2:
            break
        last = (last[0], last[1], one[2])
    start = last[0] if text[last[0] : last[0] + 2] == "in" and text[last[1] :].startswith("person") else last[1]
    return Detail(tidy(text[start : last[2]]), (last[0], last[2]))


def _bare_way(words: Sequence[Word], comma: int) -> tuple[int, int, int] | None:
    """A way to meet that stands alone behind a comma, or is the whole message: "..., video", "zoom please"."""
    rest = [word for word in words[comma + 1 :] if word.lemma not in ("please", "a", "call", "on", "by", "the")]
    cut = next((i for i, word in enumerate(rest) if word.is_mark), len(rest))
    if comma < 0 and cut < len(rest) - 1:
        return None
    said = [word.text.lower() for word in rest[:cut]]
    if (len(said) == 1 and said[0] in _WAYS) or said in (["in", "person"], ["google", "meet"], ["cal", "video"]):
        return rest[0].start, rest[0].start, rest[cut - 1].end
    return None


def _place_end(words: Sequence[Word], at: int, first: int) -> int:
    """Where the place led to by word `at` ends, 0 when it is none."""
    lemma, after = words[first].text.lower(), words[first + 1].lemma if first + 1 < len(words) else ""
    if lemma == "person":
        return words[first].end if words[at].lemma == "in" else 0
    if words[at].lemma != "at":
        if lemma in ("google", "ms", "microsoft", "cal") and after in ("meet", "teams", "video", "hangouts"):
            return words[first + 1].end
        if lemma in ("phone", "video") and after == "call":
            return words[first + 1].end
        if lemma in _PLACES and after not in ("team",) and (words[at].lemma not in ("do", "use") or lemma in _WAYS):
            return words[first].end
    if words[at].lemma in ("at", "in"):
        if lemma in _SITES:
            return words[first].end
        if after in _SITES and lemma != "for":
            return words[first + 1].end
    return 0


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
        excuse = word.text in (",", ".", "-", "–", ":", ";") and words[at + 1].lemma in (
            "i",
            "we",
            "sorry",
            "something",
            "no",
            "too",
            "busy",
            "already",
            "sick",
            "travelling",
            "traveling",
        )
        then = [w.lemma for w in words[at + 1 : at + 6]]
        told = word.text in (",", ".", "-", "–", ":", ";") and bool(set(then[:1]) & _SUBJECTS)
        excuse = excuse or (told and bool(set(then) & {"is", "are", "was", "has", "'s", "got", "were", "have", "had"}))
        if excuse and at > 1 and any(w.lemma in _ENDING for w in words[:at]):
            return Detail(tidy(text[words[at + 1].start :]), (word.start, len(text)))
    return None
