"""Zones named in a text: "3pm London time", "10 PT", "9am UTC+2", "their morning", "(Europe/Berlin)"."""

import re

from bot.when.frame import Frame
from bot.when.tokens import CHAR, Token, chars, word_set
from bot.when.zones import ABBREVIATIONS, AMBIGUOUS, NEEDS_CAPITALS, PLACES, ZoneWord, is_zone, offset_name, place_zone

_WORD, _TIMEWORD, _HOST, _PLUS, _DASH, _NUM, _CLK, _CLOCK, _HOURS, _PART, _IN, _COMMA = chars(
    "WORD TIMEWORD HOST PLUS DASH NUM CLK CLOCK HOURS PART IN COMMA"
)
_ZONE, _ON, _THE, _DAY = chars("ZONE ON THE DAY")
_IANA = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_+-]+(?:/[A-Z][A-Za-z_]+)?\b|\(UTC\)")
_BARE_PLACES = frozenset(["pacific", "eastern", "central", "mountain"])
_TIMED = frozenset((_CLOCK, _HOURS, _PART))
_OWN = frozenset(("my", "local", "our"))
_NOUNS = frozenset((_WORD, CHAR["LABEL"], CHAR["COUNTED"], CHAR["STREET"]))
_YOURS = frozenset(("your", "yr", "ur"))
_CONTRACTIONS = word_set("let's what's it's that's here's there's who's how's when's where's he's she's one's")
# what is said around a time, but not around a place to go to
_TALK = word_set(
    "can could we you i do does is that this it's how what works work would let's lets say maybe please call talk chat "
    "zoom meet sync video phone ok okay yes sure so hi hey me us free available book schedule find suit suits be have "
    "need want like slot time with and"
)


def mark_zones(tokens: list[Token], text: str, frame: Frame) -> list[Token]:
    """Replace the words that name a zone by ZONE tokens."""
    if "/" in text or "(UTC" in text:
        tokens = _iana(tokens, text)
    timed = any(t.cls in _TIMED for t in tokens)
    for i, token in enumerate(tokens):
        if token.cls == _TIMEWORD and i:
            made = _before_time(tokens, i, frame)
        elif token.cls == _WORD and timed:
            made = _abbreviation(tokens, i, text, frame) or _place(tokens, i, text, frame) or _persons(tokens, i, frame)
        elif token.cls == _HOST and i + 1 < len(tokens) and tokens[i + 1].cls == _PART and frame.host_zone:
            made = (i, i + 1, ZoneWord(frame.host_zone, (), token.low))
        else:
            continue
        if made is not None:
            first, end, word = made
            zone = Token(_ZONE, word, tokens[first].start, tokens[end - 1].end, "")
            if tokens[end - 1].cls == _HOST:  # the zone's own word stands before the hours: put it after
                return mark_zones([*tokens[:first], tokens[end], zone, *tokens[end + 1 :]], text, frame)
            return mark_zones([*tokens[:first], zone, *tokens[end:]], text, frame)
    return tokens


_Made = tuple[int, int, ZoneWord] | None


def _before_time(tokens: list[Token], i: int, frame: Frame) -> _Made:
    """London time, New York time, their time, my time."""
    before = tokens[i - 1]
    if before.cls == _HOST:
        return (i - 1, i + 1, ZoneWord(frame.host_zone, (), before.low)) if frame.host_zone else None
    if before.low in _OWN:
        return i - 1, i + 1, ZoneWord(frame.zone, (), before.low)
    if before.low in _YOURS:
        return (i - 1, i + 1, ZoneWord(frame.host_zone, (), before.low)) if frame.host_zone else None
    for size in (3, 2, 1):
        words = tokens[max(0, i - size) : i]
        if len(words) < size or any(not w.low for w in words):
            continue
        name = " ".join(w.low.removesuffix("'s") for w in words)
        found = place_zone(name) or (ABBREVIATIONS.get(name) if size == 1 else None)
        if size == 2 and words[1].low in ("standard", "daylight", "summer"):
            found = place_zone(words[0].low)
        if found:
            return i - size, i + 1, ZoneWord(found, (), name)
        if size == 1 and name in AMBIGUOUS:
            return i - 1, i + 1, _ambiguous(name, frame)
    if frame.host_zone and _possessive(before):
        return i - 1, i + 1, ZoneWord(frame.host_zone, (), before.low)
    return None


def _possessive(token: Token) -> bool:
    """Whether a word is somebody's: "bailey's"."""
    return token.cls == _WORD and token.low.endswith(("'s", "s'")) and token.low not in _CONTRACTIONS


def _persons(tokens: list[Token], i: int, frame: Frame) -> _Made:
    """In Bailey's morning: on the clocks of the host."""
    if not frame.host_zone or i + 1 >= len(tokens) or tokens[i + 1].cls != _PART or not _possessive(tokens[i]):
        return None
    if i + 2 < len(tokens) and tokens[i + 2].cls == _WORD:
        return None  # "Bailey's morning call"
    tokens[i].cls = _HOST
    return i, i + 1, ZoneWord(frame.host_zone, (), tokens[i].low)


def _nouns(tokens: list[Token], i: int, size: int = 1) -> list[Token]:
    """The nouns around a place; who somebody meets with tells nothing about where."""
    around = [*tokens[:i], *tokens[i + size :]]
    return [t for k, t in enumerate(around) if t.cls in _NOUNS and not (k and around[k - 1].low == "with")]


def _place(tokens: list[Token], i: int, text: str, frame: Frame) -> _Made:
    """3pm in London, 9am Tokyo: the time there, unless the words around make it a place to go to."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.cls == _PART and text[tokens[i].start].isupper():
        found = place_zone(tokens[i].low)
        if found is not None and (found == frame.host_zone or all(t.low in _TALK for t in _nouns(tokens, i))):
            tokens[i].cls = _HOST  # "UK morning"
            return i, i + 1, ZoneWord(found, (), tokens[i].low)
        return None
    first = i
    while first > 0 and tokens[first - 1].cls in (_IN, _THE):
        first -= 1
    before = tokens[first - 1] if first else None
    if before is not None and before.cls == _DAY and first > 1:
        before = tokens[first - 2] if tokens[first - 2].cls != _ON else tokens[first - 3]
    if before is None or before.cls not in (_CLOCK, _HOURS):
        return None
    for size in (3, 2, 1):
        words = tokens[i : i + size]
        found = place_zone(" ".join(w.low for w in words)) if len(words) == size else None
        if found is None:
            continue
        if i + size < len(tokens) and tokens[i + size].cls == _TIMEWORD:
            return None  # said outright
        if found == frame.host_zone or all(t.low in _TALK for t in _nouns(tokens, i, size)):
            return first, i + size, ZoneWord(found, (), text[words[0].start : words[-1].end], found != frame.zone)
        return None
    return None


def _abbreviation(tokens: list[Token], i: int, text: str, frame: Frame) -> _Made:
    token = tokens[i]
    low = token.low
    before = tokens[i - 1] if i else None
    beside = before is not None and before.cls in _TIMED
    upper = text[token.start : token.end].isupper()
    if low in _BARE_PLACES and beside:
        return i, i + 1, ZoneWord(PLACES[low], (), low)
    if low not in ABBREVIATIONS and low not in AMBIGUOUS:
        return None
    after_clock = beside or (
        i > 1 and before is not None and before.cls in (_IN, _COMMA, _ON) and tokens[i - 2].cls in _TIMED
    )
    if not (after_clock and (upper or (beside and low not in NEEDS_CAPITALS))) and low not in ("utc", "gmt"):
        return None
    if low in ("utc", "gmt"):
        size, name = _offset(tokens, i)
        return i, i + size, ZoneWord(name, (), low)
    if low in AMBIGUOUS:
        return i, i + 1, _ambiguous(low, frame)
    return i, i + 1, ZoneWord(ABBREVIATIONS[low], (), low)


def _ambiguous(low: str, frame: Frame) -> ZoneWord:
    """The choices of an abbreviation; the zone of the people talking decides when it is among them."""
    choices = AMBIGUOUS[low]
    for own in (frame.zone, frame.host_zone):
        if own in choices:
            return ZoneWord(own, (), low)
    return ZoneWord(choices[0], choices, low.upper())


def _offset(tokens: list[Token], i: int) -> tuple[int, str]:
    """How many tokens "UTC+2" takes, and the zone's name."""
    if i + 2 < len(tokens) and tokens[i + 1].cls in (_PLUS, _DASH) and tokens[i + 2].cls in (_NUM, _CLK, _CLOCK):
        number = tokens[i + 2]
        sign = "-" if tokens[i + 1].cls == _DASH else "+"
        if number.cls == _NUM and isinstance(number.val, int):
            name = offset_name(sign, number.val, 0) if number.val < 15 else offset_name(sign, *divmod(number.val, 100))
        elif number.cls == _CLOCK:
            name = offset_name(sign, number.val.hour, number.val.minute)
        else:
            name = None
        if name:
            return 3, name
    return 1, "UTC"


def _iana(tokens: list[Token], text: str) -> list[Token]:
    """Names of the zone database, as `say` writes them."""
    for match in _IANA.finditer(text):
        name = match.group().strip("()")
        if not is_zone(name):
            continue
        inside = [k for k, t in enumerate(tokens) if match.start() <= t.start < match.end()]
        if inside:
            zone = Token(_ZONE, ZoneWord(name, (), name), match.start(), match.end(), "")
            tokens = [*tokens[: inside[0]], zone, *tokens[inside[-1] + 1 :]]
    return tokens
