"""Tokens of Japanese and Chinese text, which has no spaces: the longest known word at each place."""

import re

from bot.when.lexicon import Lexicon
from bot.when.tokenizer import tokenize
from bot.when.tokens import CHAR, Token, chars

_WIDE = str.maketrans("０１２３４５６７８９：／－（）　，．", "0123456789:/-() ,.")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "壹": 1}
_NUMERALS = re.compile("[零〇一二三四五六七八九十百廿卅]+")
_LATIN = re.compile(r"[A-Za-z0-9½¼¾.:/,~'’-]+(?:\s?[ap]\.?\s?m\.?)?", re.IGNORECASE)
_NUM, _YEAR, _ORD, _WORD, _OF = chars("NUM YEAR ORD WORD OF")
_TIMES = frozenset(
    CHAR[n]
    for n in [
        "NUM",
        "YEAR",
        "WD",
        "PART",
        "REL",
        "NEXT",
        "THIS",
        "LAST",
        "CLK",
        "AMPMPRE",
        "NOON",
        "MON",
        "DATE",
        "TONIGHT",
        "HOL",
    ]
)


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral: 二十三, 廿一, 二〇一八.

    >>> numeral("二十三"), numeral("十"), numeral("二〇一八")
    (23, 10, 2018)
    """
    if "十" not in text and "百" not in text and "廿" not in text and "卅" not in text:
        return int("".join(str(_DIGITS[c]) for c in text))
    total, part = 0, 0
    for c in text:
        if c == "百":
            total, part = total + (part or 1) * 100, 0
        elif c == "十":
            total, part = total + (part or 1) * 10, 0
        elif c in "廿卅":
            total, part = total + (20 if c == "廿" else 30), 0
        else:
            part = _DIGITS[c]
    return total + part


def tokenize_unspaced(text: str, lex: Lexicon, latin: Lexicon) -> list[Token]:
    """The tokens of a text; `latin` reads the numbers and Latin letters in it."""
    flat = text.translate(_WIDE)
    words = lex.words
    longest = lex.longest
    out: list[Token] = []
    at, end = 0, len(flat)
    while at < end:
        if flat[at].isspace():
            at += 1
            continue
        numerals = _NUMERALS.match(flat, at)
        size = next((k for k in range(min(longest, end - at), 0, -1) if flat[at : at + k] in words), 0)
        if numerals and numerals.end() - at >= size:
            value = numeral(numerals.group())
            if value is not None and value < 10000:
                is_year = len(numerals.group()) == 4 and 1950 <= value <= 2099
                out.append(Token(_YEAR if is_year else _NUM, value, at, numerals.end(), str(value)))
            at = numerals.end()
            continue
        if size:
            cls, val = words[flat[at : at + size]]
            if cls == "WORD" and size > 1 and out and out[-1].cls == _NUM and out[-1].end == at:
                short = words.get(flat[at], ("", None))
                if short[0] == "JI":  # "3時に" is an hour, "その時に" is not
                    size, (cls, val) = 1, short
            out.append(Token(CHAR[cls], val, at, at + size, flat[at : at + size]))
            at += size
            continue
        match = _LATIN.match(flat, at)
        if match:
            for token in tokenize(match.group(), latin):
                token.start += at
                token.end += at
                out.append(token)
            at = match.end()
            continue
        stop = flat[at] in "。！？.!?;；\n"
        out.append(
            Token(CHAR["STOP"] if stop else CHAR["COMMA"] if flat[at] in ",，、" else _WORD, None, at, at + 1, flat[at])
        )
        at += 1
    return _settled(out)


def _settled(tokens: list[Token]) -> list[Token]:
    """Particles dropped, 第 made an ordinal, から a dash where a second end follows."""
    made: list[Token] = []
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.cls == _OF:
            continue
        if token.cls == CHAR["ORDMARK"]:
            if following is not None and following.cls == _NUM:
                following.cls = _ORD
            continue
        if token.cls == CHAR["TODASH"]:
            ahead = next((t for t in tokens[i + 1 : i + 3] if t.cls != _OF), None)
            if ahead is not None and ahead.cls in _TIMES:
                token.cls = CHAR["DASH"]
            else:
                token.cls, token.val = CHAR["AFTERPOST"], "from"
        elif token.cls == CHAR["UNTILPOST"] and any(t.cls in (CHAR["DASH"], CHAR["FROM"]) for t in made[-14:]):
            continue
        made.append(token)
    return made
