"""Numbers as written: plain ones, years, clock times, dates, fractions."""

import re

from bot.when.lexicon import Lexicon
from bot.when.tokens import CHAR, Token, chars, word_set

_C_WORD, _C_NUM, _C_YEAR, _C_COMMA, _C_CLK, _C_DATE, _C_DOT, _C_FRAC = chars("WORD NUM YEAR COMMA CLK DATE DOT FRAC")
_HALF_DAY = re.compile(r" ?[ap]\.?m\b", re.IGNORECASE)
_NOT_A_NUMBER_AFTER = frozenset("#$€£¥№")


def iso_literal(start: int, end: int, low: str, lex: Lexicon, out: list[Token]) -> None:
    size = re.match(r"[\d-]+", low)
    assert size is not None
    year, month, day = size.group().split("-")
    middle = start + size.end()
    out.append(Token(_C_DATE, ((int(year), int(month), int(day)), "-"), start, middle, size.group()))
    if middle < end:
        out.append(_literal(middle + 1, end, low[size.end() + 1 :]))


def number_literal(text: str, start: int, end: int, low: str, lex: Lexicon, out: list[Token]) -> None:
    """Classify a numeric literal: number, year, clock, date, fraction, decimal."""
    before = text[start - 1] if start else " "
    last = out[-1] if out else None
    if (
        last is not None
        and last.end == start
        and last.low == "h"
        and len(out) > 1
        and out[-2].cls == _C_NUM
        and out[-2].end == last.start
        and low.isdigit()
    ):
        out.append(_literal(start, end, low))  # 15h30
        return
    if last is not None and last.end == start and last.low in ("q", "h") and low in ("1", "2", "3", "4"):
        out[-1] = Token(CHAR["NQ"], (last.low, int(low)), last.start, end, text[last.start : end].lower())
        return
    if before in _NOT_A_NUMBER_AFTER or (
        before.isalpha() and text[max(0, start - 3) : start].lower() not in _GLUED_MONTHS
    ):
        out.append(Token(_C_WORD, None, start, end, low))  # "#3", "$5", "v2", "Q3", "A4"
        return
    if end < len(text) and text[end] == "%":
        out.append(Token(_C_WORD, None, start, end, low))
        return
    comma = low.find(",")
    if comma >= 0:
        tail = low[comma + 1 :]
        if len(tail) == 3 and comma <= 3:  # 10,000
            out.append(Token(_C_WORD, None, start, end, low))
            return
        if comma <= 2 and len(tail) == 2 and int(tail) < 60 and _HALF_DAY.match(text, end):
            out.append(Token(_C_CLK, (int(low[:comma]), int(tail), 0, comma), start, end, low))  # 5,15 pm
            return
        if lex.day_first and comma <= 2 and len(tail) <= 2 and low[:comma].isdigit():  # 2,5 hours
            out.append(Token(_C_NUM, float(low.replace(",", ".")), start, end, low))
            return
        number_literal(text, start, start + comma, low[:comma], lex, out)
        out.append(Token(_C_COMMA, None, start + comma, start + comma + 1, ","))
        number_literal(text, start + comma + 1, end, tail, lex, out)
        return
    out.append(_literal(start, end, low))


_GLUED_MONTHS = word_set("jan feb mar apr may jun jul aug sep oct nov dec")


def _literal(start: int, end: int, low: str) -> Token:
    if low.isdigit():
        size = len(low)
        if size == 4 and 1950 <= int(low) <= 2099:
            return Token(_C_YEAR, int(low), start, end, low)
        if size == 8 and low[:2] == "20" and 1 <= int(low[4:6]) <= 12 and 1 <= int(low[6:]) <= 31:
            return Token(_C_DATE, ((int(low[:4]), int(low[4:6]), int(low[6:])), ""), start, end, low)
        if size > 4:
            return Token(_C_WORD, None, start, end, low)
        return Token(_C_NUM, int(low), start, end, low)
    if ":" in low and "/" not in low and "." not in low:
        parts = [int(p) for p in low.split(":")]
        if len(parts) <= 3 and parts[0] <= 24 and all(p < 60 for p in parts[1:]) and len(low.split(":")[1]) == 2:
            second = parts[2] if len(parts) > 2 else 0
            return Token(_C_CLK, (parts[0], parts[1], second, len(low.split(":")[0])), start, end, low)
        if len(parts) == 2 and len(low) in (4, 5) and parts[0] < 30 and len(low.split(":")[1]) == 2:
            return Token(CHAR["BADTIME"], low, start, end, low)
    elif "/" in low and "." not in low and ":" not in low:
        parts = [int(p) for p in low.split("/")]
        if low == "24/7":
            return Token(_C_WORD, None, start, end, low)
        if low in ("1/2", "1/4", "3/4"):
            return Token(_C_FRAC, parts[0] / parts[1], start, end, low)
        if len(parts) <= 3:
            return Token(_C_DATE, (tuple(parts), "/"), start, end, low)
    elif "." in low and ":" not in low and "/" not in low:
        pieces = low.split(".")
        if len(pieces) == 2:
            return Token(_C_DOT, (int(pieces[0]), int(pieces[1]), pieces[1]), start, end, low)
        if len(pieces) == 3 and len(pieces[2]) in (2, 4):
            return Token(_C_DATE, (tuple(int(p) for p in pieces), "."), start, end, low)
    return Token(_C_WORD, None, start, end, low)
