"""Words that look like time and are not: settled before the grammar sees them.

"may I", "sat with", "Sun Microsystems", "April" the person after "with", "second opinion", "so now I need", "lunch
meeting", "it will last": each is decided by its neighbours and its capitals, never by the sentence it stands in.
"""

import itertools
from collections.abc import Callable

from bot.when.tokens import CHAR, Token
from bot.when.zones import is_abbreviation

_WORD, _WD, _MON, _NUM, _ORD, _YEAR, _NOW, _PART, _LAST, _STOP, _COMMA = (
    CHAR[n] for n in ["WORD", "WD", "MON", "NUM", "ORD", "YEAR", "NOW", "PART", "LAST", "STOP", "COMMA"]
)
_AFTERNEXT, _AFTER, _NEXT, _UNIT, _PAST, _HALF, _AND, _OR, _FOR, _TO, _FROM, _IN, _OF, _ON, _THE, _ART = (
    CHAR[n]
    for n in [
        "AFTERNEXT",
        "AFTER",
        "NEXT",
        "UNIT",
        "PAST",
        "HALF",
        "AND",
        "OR",
        "FOR",
        "TO",
        "FROM",
        "IN",
        "OF",
        "ON",
        "THE",
        "ART",
    ]
)
_DASH, _UNTIL, _BY, _AT, _REL, _BEFORE, _ABOUT, _THIS, _FOLLOWING, _CLK, _DATE, _EVERY, _BETWEEN = (
    CHAR[n]
    for n in [
        "DASH",
        "UNTIL",
        "BY",
        "AT",
        "REL",
        "BEFORE",
        "ABOUT",
        "THIS",
        "FOLLOWING",
        "CLK",
        "DATE",
        "EVERY",
        "BETWEEN",
    ]
)
_OCLK = CHAR["OCLK"]
_EARLY, _MID, _LATE, _BEGIN, _END, _NQ, _WDS, _AMPM, _LABEL, _SLASH, _AGO, _NOT, _COUNTED = (
    CHAR[n]
    for n in ["EARLY", "MID", "LATE", "BEGIN", "END", "NQ", "WDS", "AMPM", "LABEL", "SLASH", "AGO", "NOT", "COUNTED"]
)

_MONTH_BEFORE = frozenset(
    (_IN, _OF, _BY, _UNTIL, _THIS, _NEXT, _LAST, _EARLY, _MID, _LATE, _BEGIN, _END, _NUM, _ORD, _BETWEEN, _FOLLOWING,
     _EVERY, _MON, _WD, _SLASH)
)  # fmt: skip
_DATE_AFTER = frozenset((_NUM, _ORD, _YEAR, _DASH, _SLASH))
_NAME_BEFORE = frozenset(
    [
        "with",
        "invite",
        "ask",
        "tell",
        "see",
        "meet",
        "meets",
        "call",
        "email",
        "mail",
        "ping",
        "cc",
        "and",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "loop",
        "add",
        "message",
        "contact",
        "include",
        "aunt",
        "uncle",
        "put",
        "does",
        "is",
        "did",
        "has",
        "will",
        "can",
        "remove",
        "get",
        "hi",
        "hey",
        "hello",
        "dear",
        "thanks",
        "between",
    ]
)
_NAMES = frozenset(["april", "may", "june", "august", "jan", "mar", "wed", "summer"])
_MODAL_AFTER = frozenset(
    [
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it",
        "be",
        "not",
        "have",
        "also",
        "need",
        "want",
        "there",
        "my",
        "our",
        "your",
        "the",
        "this",
        "that",
        "as",
        "well",
        "just",
        "get",
        "take",
        "know",
        "ask",
        "come",
        "go",
        "someone",
        "anyone",
        "which",
        "require",
        "like",
        "possibly",
        "help",
        "please",
        "book",
        "schedule",
    ]
)
_AUXILIARIES = frozenset(
    [
        "will",
        "should",
        "would",
        "could",
        "must",
        "can",
        "may",
        "might",
        "to",
        "shouldn't",
        "won't",
        "wouldn't",
        "doesn't",
        "does",
        "do",
        "did",
        "didn't",
        "that",
        "which",
        "it",
        "can't",
        "cannot",
        "not",
        "i'll",
        "it'll",
        "meetings",
        "usually",
        "typically",
        "always",
        "only",
    ]
)
_SAT_AFTER = frozenset(["with", "down", "in", "next", "on", "there", "here", "at", "by", "through", "beside"])
_TELLING = frozenset(
    [
        "talk",
        "talked",
        "speak",
        "spoke",
        "talking",
        "speaking",
        "write",
        "wrote",
        "say",
        "said",
        "send",
        "sent",
        "give",
        "gave",
        "show",
        "forward",
    ]
)
_PRONOUNS = frozenset(["i", "we", "he", "she", "they", "you", "who"])


def make_sense(tokens: list[Token], text: str, lang: str) -> list[Token]:
    """The tokens with look-alikes turned into plain words; the rules are those of English."""
    if lang != "en":
        return _other_languages(tokens, lang)
    for before, token in itertools.pairwise(tokens):
        hour = token.cls == _WORD and before.cls == _NUM and before.low.isdigit() and 1 <= before.val <= 24
        if hour and is_abbreviation(text[token.start : token.end]):
            before.cls, before.val = _CLK, (before.val, 0, 0, len(before.low))  # "10 PT"
    for before, token in itertools.pairwise(tokens):
        if token.low == "work" and token.cls == _WORD and before.cls == _AFTER and before.val == "after":
            token.cls, token.val = CHAR["EOP"], "day"  # "after work"
    out: list[Token] | None = None
    for i, token in enumerate(tokens):
        rule = _RULES.get(token.cls)
        if rule is not None and not rule(tokens, i, text):
            token.cls = _WORD
        elif token.cls == _AFTERNEXT and i + 1 < len(tokens) and tokens[i + 1].cls in (_WD, _MON, _UNIT, CHAR["HOL"]):
            out = list(tokens)
    if out is not None:
        return _split_after_next(out)
    return tokens


def _other_languages(tokens: list[Token], lang: str) -> list[Token]:
    """Words of other languages that have two meanings."""
    for i, token in enumerate(tokens):
        before, after = _at(tokens, i - 1), _at(tokens, i + 1)
        if lang == "de" and token.low == "morgen" and before is not None and before.cls in (_WD, _REL):
            token.cls, token.val = _PART, "morning"  # "Dienstag Morgen"
        elif lang == "nl" and token.low == "voor" and token.cls == _BEFORE and after is not None:
            beyond = _at(tokens, i + 2)
            period = after.cls in (_NEXT, _LAST, _THIS) or (
                after.cls == _THE and beyond is not None and beyond.cls in (_NEXT, _LAST, _THIS, _UNIT)
            )
            length = after.cls in (_NUM, _ART) and beyond is not None and beyond.cls in (_UNIT, _OCLK)
            if period or length:
                token.cls = _FOR
        elif lang == "nl" and token.low == "van" and before is not None and before.cls in (_ORD, _UNIT, _LATE, _PART):
            token.cls = _OF
        elif lang == "it" and token.low == "prima" and after is not None and after.cls in (_UNIT, _WD):
            token.cls, token.val = _ORD, 1
        elif token.low == "mar" and token.cls == _WD and any(t.cls == _MON for t in tokens[max(0, i - 3) : i]):
            token.cls, token.val = _MON, 3
        elif lang == "de" and token.low in ("so", "do", "mi", "di", "fr", "sa", "mo") and token.cls == _WD:
            dotted = after is not None and after.low == "."
            if not (
                dotted or (len(tokens) <= 2) or (after is not None and after.cls in (_COMMA, _NUM, _ORD, _DATE, _DASH))
            ):
                token.cls = _WORD
        elif lang in ("es", "pt", "it", "fr", "nl") and len(token.low) <= 3 and token.cls == _WD and len(tokens) > 2:
            told = (after is not None and after.low == ".") or (
                before is not None and before.cls in (_ON, _NEXT, _AT, _TO, _DASH, _UNTIL)
            )
            told = told or (after is not None and after.cls in (_NUM, _ORD, _DATE, _DASH))
            token.cls = _WD if told else _WORD  # "ma", "do", "zo" are mostly other words
    return tokens


def _split_after_next(tokens: list[Token]) -> list[Token]:
    """ "two months after next Friday": after, next Friday."""
    made: list[Token] = []
    for i, token in enumerate(tokens):
        if token.cls == _AFTERNEXT and i + 1 < len(tokens) and tokens[i + 1].cls in (_WD, _MON, _UNIT, CHAR["HOL"]):
            middle = token.start + 5
            made.append(Token(_AFTER, "after", token.start, middle, "after"))
            made.append(Token(_NEXT, 1, middle + 1, token.end, "next"))
        else:
            made.append(token)
    return made


def _at(tokens: list[Token], i: int) -> Token | None:
    return tokens[i] if 0 <= i < len(tokens) else None


def _capital(token: Token, text: str) -> bool:
    return text[token.start : token.start + 1].isupper()


def _month(tokens: list[Token], i: int, text: str) -> bool:
    """Whether a month name is one: "may", "march" and the names of people are not always."""
    token = tokens[i]
    low = token.low
    if low not in _NAMES and low != "march":
        return True
    before, after = _at(tokens, i - 1), _at(tokens, i + 1)
    if after is not None and (after.cls in _DATE_AFTER or after.cls == _AMPM):
        return not (low == "may" and after.cls == _DASH)
    if after is not None and after.cls == _THE and (beyond := _at(tokens, i + 2)) is not None and beyond.cls == _ORD:
        return True
    if before is not None and before.cls in _MONTH_BEFORE:
        return True
    if low == "may":
        modal = after is not None and (after.low in _MODAL_AFTER or after.cls in (_NOT, _WORD))
        if modal and (not _capital(token, text) or before is None or before.cls == _STOP):
            return False
        if not _capital(token, text) and after is not None and after.cls not in (_STOP, _COMMA, _AND, _TO, _UNTIL):
            return False
        if not _capital(token, text) and before is not None and before.cls not in (_FROM, _FOR, _TO, _UNTIL, _OR):
            return False
    if low in ("march", "mar") and not _capital(token, text):
        if before is None:
            return after is None or after.cls in (_STOP, _TO, _UNTIL, _AND, _OR)
        return before.cls in (_FROM, _TO, _FOR, _OR)
    if before is not None and (before.low in _NAME_BEFORE or before.cls == _NUM):
        return before.cls in (_AND, _BETWEEN) and _month_near(tokens, i)
    if before is not None and before.cls == _TO and not _month_near(tokens, i):
        return not any(t.low in _TELLING for t in tokens[max(0, i - 5) : i])
    if low in ("april", "june", "august", "jan") and after is not None and before is None:
        return after.cls not in (_AND,) or _month_near(tokens, i)
    return True


def _month_near(tokens: list[Token], i: int) -> bool:
    return any(t.cls in (_MON, _YEAR) for t in tokens[max(0, i - 3) : i] + tokens[i + 1 : i + 4])


def _weekday(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "sat", "sun", "wed", "mon" are days."""
    token = tokens[i]
    low = token.low.rstrip(".")
    if low not in ("sat", "sun", "wed", "mon", "fri", "thu"):
        return True
    before, after = _at(tokens, i - 1), _at(tokens, i + 1)
    if low in ("mon", "fri", "thu"):
        return True
    if low == "sun":
        if before is not None and before.cls in (_THE, _ART):
            return False
        if (
            after is not None
            and after.cls == _WORD
            and _capital(token, text)
            and _capital(after, text)
            and len(after.low) > 2
        ):
            return False
        if (
            after is not None
            and after.cls == _WORD
            and after.low in ("will", "is", "was", "sets", "rises", "shines", "screen")
        ):
            return False
    if low == "sat":
        if before is not None and (before.low in _PRONOUNS or (before.cls == _WORD and not _capital(token, text))):
            return after is None or (after.cls not in (_WORD, _IN, _ON, _AT, _BY) and after.low not in _SAT_AFTER)
        if after is not None and after.low in ("with", "down") and (before is None or before.cls == _WORD):
            return False
        if before is not None and before.cls == _THE:
            return False
    return not (low == "wed" and before is not None and before.cls == _TO and not _capital(token, text))


def _now(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "now" is the moment and not a filler ("so now I need")."""
    token = tokens[i]
    if token.low != "now":
        return True
    before, after = _at(tokens, i - 1), _at(tokens, i + 1)
    if before is not None and before.cls in (_BETWEEN, _FROM, _AND, _TO, _UNTIL):
        return not (before.cls == _AND and not any(t.cls in (_BETWEEN, _FROM) for t in tokens[:i]))
    if after is None or after.cls in (_STOP, CHAR["PLUS"], CHAR["UNTIL"], _TO, CHAR["LEN"], _NUM):
        return i > 0 or len(tokens) <= 2 or (after is not None and after.cls not in (_STOP, _NUM))
    if after.cls == _COMMA or after.cls in (_AND, _OR, _DASH):
        return before is not None and before.cls not in (_STOP, _COMMA)
    return False


def _part(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "lunch" is a time and not a meal to book; the same for other parts used as names."""
    token = tokens[i]
    if token.low not in ("lunch", "breakfast", "dinner", "night", "eve"):
        return True
    before, after = _at(tokens, i - 1), _at(tokens, i + 1)
    if token.low == "night":
        return not (
            before is not None
            and before.cls == _WORD
            and after is not None
            and after.cls == _WORD
            and _capital(token, text)
        )
    if before is None:
        return False
    if before.cls in (_AFTER, _BEFORE, _AT, _ABOUT, _UNTIL, _BY, _FROM, _PAST):
        return True
    if before.cls in (_REL, _WD):
        return after is None or after.cls not in (_WORD, _COUNTED)
    return before.low in ("over", "during") or (before.cls == _IN and before.low != "in")


def _last(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "last" is "previous" and not "take so long"."""
    token = tokens[i]
    if token.low != "last":
        return True
    before, after = _at(tokens, i - 1), _at(tokens, i + 1)
    if before is None or after is None:
        return True
    if after.cls in (_FOR, _ABOUT, _UNTIL):
        return False
    if after.cls in (_NUM, _ART, _HALF):
        return before.low not in _AUXILIARIES and before.cls not in (_AND, _TO, _NOT, CHAR["NEG"])
    return True


def _season(tokens: list[Token], i: int, text: str) -> bool:
    return True


_RULES: dict[str, Callable[[list[Token], int, str], bool]] = {
    _MON: _month,
    _WD: _weekday,
    _NOW: _now,
    _PART: _part,
    _LAST: _last,
}
