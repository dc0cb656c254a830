"""The tokens of a text in a language written with spaces."""

import re
from typing import Any

from bot.when.lexicon import Lexicon
from bot.when.numerals import iso_literal, number_literal
from bot.when.spelling import misspelt
from bot.when.tokens import CHAR, DAY_DOT, Token, chars, word_set

_C_WORD, _C_NUM, _C_ORD, _C_AND, _C_COMMA, _C_STOP, _C_DASH, _C_CLK, _C_DATE, _C_DOT, _C_FRAC, _C_AMPM = chars(
    "WORD NUM ORD AND COMMA STOP DASH CLK DATE DOT FRAC AMPM"
)
_C_OCLK, _C_UNIT = chars("OCLK UNIT")

_LINK = r"(?P<link>https?://\S+|www\.\S+|<[@!#][^<>\s]{0,80}>|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64})|"
_PIECE = r"""
      (?P<iso>(?<![\d/.])\d{4}-\d{1,2}-\d{1,2}(?:[tT ]\d{1,2}:\d{2}(?::\d{2})?)?(?!\d))
    | (?P<num>\d+(?:[.:/]\d+)*(?:,\d+)?)
    | (?P<oclock>o\s?['’"`´]?\s?clock\b)
    | (?P<mer>(?<![^\W\d_])[ap]\s?\.\s?m\b\.?|(?<=[\d\s])[ap]\sm\b(?!['’]))
    | (?P<frac>[½¼¾])
    | (?P<word>\b[wb]/[cbw]\b|[^\W\d_]+(?:[-'’`][^\W\d_]+)*)
    | (?P<dash>[-‐‑‒–—―−~〜～]+)
    | (?P<stop>[.!?;\n\r]+|。|！|？)
    | (?P<other>\S)
    """
_PIECES = re.compile(_LINK + _PIECE, re.VERBOSE | re.IGNORECASE)
_PLAIN_PIECES = re.compile(_PIECE, re.VERBOSE)  # of a text in small ASCII letters without links: three times as fast
_LINKING = re.compile(r"[@<]|://|www\.", re.IGNORECASE)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def tokenize(text: str, lex: Lexicon) -> list[Token]:
    """The tokens of a text in a spaced language; every word is there, unknown ones as WORD."""
    if text.isascii() and _LINKING.search(text) is None:
        raw = [(*m.span(), m.group(), m.lastgroup) for m in _PLAIN_PIECES.finditer(text.lower())]
    else:
        raw = [(m.start(), m.end(), m.group().lower(), m.lastgroup) for m in _PIECES.finditer(text)]
    words, phrases = lex.words, lex.phrases
    if lex.folds:
        raw = _folded(raw, lex)
    elif "’" in text or "`" in text:
        raw = [(a, b, low.replace("’", "'").replace("`", "'"), group) for a, b, low, group in raw]
    out: list[Token] = []
    i, n = 0, len(raw)
    while i < n:
        start, end, low, group = raw[i]
        i += 1
        if group == "word":
            options = phrases.get(low)
            if options is not None and i < n and (seconds := options.get(raw[i][2])) is not None:
                found = _phrase(raw, i + 1, seconds)
                if found:
                    size, cls, val = found
                    size += 1
                    end = raw[i + size - 1][1]
                    out.append(Token(CHAR[cls], val, start, end, text[start:end].lower()))
                    i += size
                    continue
            if out and out[-1].end == start and out[-1].cls == _C_NUM and low in lex.ordinal_suffixes:
                number = out[-1]
                number.cls, number.end, number.low = _C_ORD, end, text[number.start : end].lower()
                continue
            if low in ("a", "p") and out and out[-1].end == start and out[-1].cls in _GLUEABLE:
                out.append(Token(_C_AMPM, low + "m", start, end, low))  # "9a-11a"
                continue
            if low == "ish" and len(out) > 1 and out[-1].cls == _C_DASH and out[-2].cls in _ISH:
                hour = out[-2]
                out.pop()
                hour.end = end
                if hour.cls == _C_NUM and 1 <= hour.val <= 24:  # "10-ish"
                    hour.cls, hour.val = _C_CLK, (hour.val, 0, 0, len(hour.low))
                continue
            entry = words.get(low)
            if entry is None:
                _unknown_word(text, start, end, low, lex, out)
            else:
                _known_word(entry, start, end, low, lex, out)
                if entry[0] in _ABBREVIABLE and i < n and raw[i][3] == "stop" and raw[i][0] == end:
                    following = raw[i + 1] if i + 1 < n else None
                    if following is not None and (following[3] in ("num", "dash") or following[2][:1].islower()):
                        i += 1  # "Mar. 6", "Tues. at": the full stop belongs to the abbreviation
        elif group == "num":
            number_literal(text, start, end, low, lex, out)
        elif group == "iso":
            iso_literal(start, end, low, lex, out)
        elif group == "link":
            out.append(Token(_C_WORD, None, start, end, low))
        elif low == "." and (
            _dotted_date(start, raw, i, out) or (lex.dot_ordinals and _dot_ordinal(start, raw, i, out, words))
        ):
            pass
        elif group == "stop":
            out.append(Token(_C_STOP, None, start, end, low))
        elif group == "dash":
            out.append(Token(_C_DASH, None, start, end, low))
        elif group == "mer":
            out.append(Token(_C_AMPM, low[0] + "m", start, end, low))
        elif group == "oclock":
            out.append(Token(_C_OCLK, None, start, end, low))
        elif group == "frac":
            value = _FRACTIONS[low]
            if out and out[-1].cls == _C_NUM and out[-1].end == start:
                out[-1].val += value
                out[-1].end = end
                out[-1].low += low
            else:
                out.append(Token(_C_FRAC, value, start, end, low))
        else:
            sign = _SIGNS.get(low)
            entry = words.get(low) if sign is None else None
            kind = sign or (CHAR[entry[0]] if entry else _C_COMMA)
            out.append(Token(kind, entry[1] if entry else 1, start, end, low))
    return out


_ISH = frozenset((_C_NUM, _C_CLK, _C_AMPM))
_GLUEABLE = frozenset((_C_NUM, _C_CLK, _C_DOT))
_SIGNS = {"/": CHAR["SLASH"], "+": CHAR["PLUS"], "&": CHAR["AND"], "@": CHAR["AT"], "~": CHAR["DASH"]}
_ABBREVIABLE = frozenset(("WD", "MON", "UNIT"))


def _phrase(raw: list[Any], i: int, options: list[tuple[tuple[str, ...], str, Any]]) -> tuple[int, str, Any] | None:
    """The longest expression whose first two words stand before `i`: how many words follow them, class, value."""
    for rest, cls, val in options:
        size = len(rest)
        if not size or (size <= len(raw) - i and all(raw[i + k][2] == rest[k] for k in range(size))):
            return size, cls, val
    return None


def _known_word(entry: tuple[str, Any], start: int, end: int, low: str, lex: Lexicon, out: list[Token]) -> None:
    cls, val = entry
    if cls in ("NUM", "ORD") and out and 1 <= val <= 9:
        last = out[-1]
        joined = lex.tens_and and last.cls == _C_AND and len(out) > 1
        if joined:
            last = out[-2]
        if last.cls == _C_NUM and last.low in lex.tens and (joined or start - last.end <= 1):
            last.val += val
            last.cls, last.end, last.low = CHAR[cls], end, low
            if joined:
                out.pop()
            return
    out.append(Token(CHAR[cls], val, start, end, low))


FOLD = str.maketrans("àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy", "\u0301\u0308")


def _folded(raw: list[Any], lex: Lexicon) -> list[Any]:
    """Words without accents, split at elisions ("l'après-midi") and at hyphens, unless the lexicon knows them whole."""
    made: list[Any] = []
    words, phrases = lex.words, lex.phrases
    for piece in raw:
        start, end, low, group = piece
        if group != "word":
            made.append(piece)
            continue
        low = low.translate(FOLD).replace("ß", "ss").replace("œ", "oe").replace("’", "'").replace("`", "'")
        if low in words or low in phrases or ("'" not in low and "-" not in low):
            made.append((start, end, low, group))
            continue
        at = start
        pieces = re.split(r"(['-])", low)
        if lex.elides and "'" in low and (whole := low.split("'", 1)[1]) in words:
            pieces = [low.split("'", 1)[0], "'", whole]
        days = [p for p in pieces if p in words and words[p][0] in ("WD", "MON")]
        for part in pieces:
            size = len(part)
            if part == "-" and len(days) > 1:
                made.append((at, at + 1, "-", "dash"))
            elif part and part not in "'-":
                made.append((at, at + size, part, "word"))
            at += size
    return made


def _dotted_date(start: int, raw: list[Any], i: int, out: list[Token]) -> bool:
    """ "24.11. at 2": a full stop in the middle of a sentence that ends day and month."""
    last = out[-1] if out else None
    if last is None or last.cls != _C_DOT or last.end != start or i >= len(raw) or raw[i][0] == start + 1:
        return False
    a, b, _ = last.val
    if not (1 <= a <= 31 and 1 <= b <= 12) or raw[i][3] not in ("word", "num", "dash") or raw[i][0] > start + 2:
        return False
    if raw[i][3] == "word" and raw[i][2] not in _AFTER_DATE:
        return False
    last.cls, last.val = _C_DATE, ((a, b), DAY_DOT)
    return True


_AFTER_DATE = frozenset(
    ("at", "um", "à", "a", "alle", "om", "às", "from", "von", "de", "to", "bis", "and", "und", "or")
)


def _dot_ordinal(start: int, raw: list[Any], i: int, out: list[Token], words: dict[str, tuple[str, Any]]) -> bool:
    """ "15. März", "vom 13. bis 15.", "am 22.04.": a full stop that makes an ordinal or ends a date."""
    last = out[-1] if out else None
    if last is None or last.end != start:
        return False
    if last.cls == _C_DOT:
        a, b, _ = last.val
        if not (1 <= a <= 31 and 1 <= b <= 12):
            return False
        last.cls, last.val = _C_DATE, ((a, b), ".")
        return True
    if last.cls != _C_NUM or not last.low.isdigit() or not 1 <= last.val <= 31:
        return False
    following = raw[i] if i < len(raw) else None
    before = out[-2].cls if len(out) > 1 else ""
    if len(out) > 1 and before in _BOUNDS and out[-2].low.endswith((" dem", " den")):
        before = _THE  # "vor dem 15."
    follows = following is not None and (
        following[3] == "dash" or (following[3] == "word" and words.get(following[2], ("",))[0] in _AFTER_ORDINAL)
    )
    if follows or before in (CHAR["ON"], _THE, CHAR["FROM"], CHAR["UNTIL"], _C_DASH, CHAR["WD"], _C_AND):
        last.cls = _C_ORD
        return True
    return False


_THE = CHAR["THE"]
_BOUNDS = (CHAR["BEFORE"], CHAR["AFTER"])
_AFTER_ORDINAL = word_set("MON UNTIL UNIT AND OR OF THIS NEXT TO")


def _unknown_word(text: str, start: int, end: int, low: str, lex: Lexicon, out: list[Token]) -> None:
    words = lex.words
    last = out[-1] if out else None
    glued = last is not None and last.end == start
    if glued and last is not None and last.cls in (_C_NUM, _C_CLK, _C_DOT):
        if low == "ish" and last.cls == _C_NUM and 1 <= last.val <= 24:
            last.cls, last.val, last.end = _C_CLK, (last.val, 0, 0, len(last.low)), end
            return
        if low in _GLUED_MERIDIEM:
            out.append(Token(_C_AMPM, _GLUED_MERIDIEM[low], start, end, low))
            return
        if low in _GLUED_UNITS:
            out.append(Token(_C_UNIT, _GLUED_UNITS[low], start, end, low))
            return
    if low in ("am", "pm") and last is not None and last.cls in (_C_NUM, _C_CLK, _C_DOT, _C_OCLK, CHAR["THE"]):
        out.append(Token(_C_AMPM, low, start, end, low))
        return
    if low.endswith("'s") and (entry := words.get(low[:-2])):
        _known_word(entry, start, end, low[:-2], lex, out)
        return
    for head in lex.heads:  # "mittwochabend"
        if low.startswith(head) and (entry := words.get(low[len(head) :])) is not None:
            middle = start + len(head)
            _known_word(words[head], start, middle, head, lex, out)
            tail = ("PART", "morning") if entry[0] == "REL" else entry
            _known_word(tail, middle, end, low[len(head) :], lex, out)
            return
    if "-" in low:
        if (entry := words.get(low.replace("-", ""))) is not None:
            _known_word(entry, start, end, low, lex, out)
            return
        parts = low.split("-")
        if any(part in words for part in parts):
            at = start
            for k, part in enumerate(parts):
                if k and not (out and out[-1].cls == _C_NUM):
                    out.append(Token(_C_DASH, None, at - 1, at, "-"))
                entry = words.get(part)
                if entry is None:
                    out.append(Token(_C_WORD, None, at, at + len(part), part))
                else:
                    _known_word(entry, at, at + len(part), part, lex, out)
                at += len(part) + 1
            return
    if glued and last is not None and last.cls == _C_NUM and (entry := words.get(last.low + low)) is not None:
        out.pop()  # "2morrow"
        _known_word(entry, last.start, end, last.low + low, lex, out)
        return
    if (entry := misspelt(low, lex.lang)) is not None and text[start:end].lower() not in lex.counted:
        _known_word(entry, start, end, low, lex, out)
        return
    out.append(Token(CHAR["COUNTED"] if low in lex.counted else _C_WORD, None, start, end, low))


_GLUED_MERIDIEM = {
    "a": "am",
    "p": "pm",
    "am": "am",
    "pm": "pm",
    "ampm": "am",
    "pmish": "pm",
    "amish": "am",
    "pm-ish": "pm",
    "am-ish": "am",
}
_GLUED_UNITS = {"m": "minute", "s": "second", "d": "day", "w": "week", "y": "year"}
