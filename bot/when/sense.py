"""Words that look like time and are not: settled before the grammar sees them.

"may I", "sat with", "Sun Microsystems", "April" the person after "with", "second opinion", "so now I need", "lunch
meeting", "it will last": each is decided by its neighbours and its capitals, never by the sentence it stands in.
"""

import itertools

from bot.when.look_alikes import LOOK_ALIKES, neighbour
from bot.when.tokens import CHAR, Token, chars, word_set
from bot.when.zones import is_abbreviation

_WORD, _WD, _MON, _NUM, _ORD, _PART, _LAST, _COMMA, _AFTERNEXT, _AFTER, _NEXT, _UNIT = chars(
    "WORD WD MON NUM ORD PART LAST COMMA AFTERNEXT AFTER NEXT UNIT"
)
_FOR, _TO, _OF, _ON, _THE, _ART, _DASH, _UNTIL, _AT, _REL, _BEFORE, _THIS = chars(
    "FOR TO OF ON THE ART DASH UNTIL AT REL BEFORE THIS"
)
_CLK, _DATE, _OCLK, _LATE, _STOP, _EARLY = chars("CLK DATE OCLK LATE STOP EARLY")


def make_sense(tokens: list[Token], text: str, lang: str) -> list[Token]:
    """The tokens with look-alikes turned into plain words; the rules are those of English."""
    if lang != "en":
        return _other_languages(tokens, lang)
    for before, token in itertools.pairwise(tokens):
        hour = token.cls == _WORD and before.cls == _NUM and before.low.isdigit() and 1 <= before.val <= 24
        if hour and is_abbreviation(text[token.start : token.end]):
            before.cls, before.val = _CLK, (before.val, 0, 0, len(before.low))  # "10 PT"
    for i, token in enumerate(tokens[1:], 1):
        if token.cls == _WORD and token.low in _SUITS and _proposed(tokens, i - 1):
            hour = tokens[i - 1]
            hour.cls, hour.val = _CLK, (hour.val, 0, 0, 1)  # "does 3 work?"
    for before, token in itertools.pairwise(tokens):
        if token.low == "work" and token.cls == _WORD and before.cls == _AFTER and before.val == "after":
            token.cls, token.val = CHAR["EOP"], "day"  # "after work"
        elif token.low == "work" and token.cls == _WORD and before.cls == _BEFORE and before.val == "before":
            token.cls, token.val = _CLK, (9, 0, 0, 2)
        elif before.cls == _NUM and isinstance(before.val, int) and 1 <= before.val <= 12 and token.low in _LIMITS:
            before.cls, before.val = _CLK, (before.val, 0, 0, 1)  # "3 or later", "4 at the latest"
    _early_and_late(tokens)
    out: list[Token] | None = None
    for i, token in enumerate(tokens):
        rule = LOOK_ALIKES.get(token.cls)
        if rule is not None and not rule(tokens, i, text):
            token.cls = _WORD
        elif token.cls == _AFTERNEXT and i + 1 < len(tokens) and tokens[i + 1].cls in (_WD, _MON, _UNIT, CHAR["HOL"]):
            out = list(tokens)
    if out is not None:
        return _split_after_next(out)
    return tokens


def _early_and_late(tokens: list[Token]) -> None:
    """ "late Friday afternoon" is Friday late afternoon; "early Wednesday" and "late tomorrow" are hours of the day."""
    for i, token in enumerate(tokens[:-1]):
        if token.cls not in (_EARLY, _LATE) or tokens[i + 1].cls not in (_WD, _REL):
            continue
        if i and tokens[i - 1].low in _BEING:
            token.cls = _WORD  # "I'll be late tomorrow"
        elif i + 2 < len(tokens) and tokens[i + 2].cls == _PART:
            tokens[i], tokens[i + 1] = tokens[i + 1], token
        else:
            token.cls, token.val = _PART, "earlyday" if token.cls == _EARLY else "lateday"


_LIMITS = frozenset(("or later", "or earlier", "at the latest", "at the earliest", "onwards", "or so"))
_BEING = word_set("be am i'm im is are was running run stay work working bit little too very")
_SUITS = word_set("work works sound sounds suit suits")
_WOULD = word_set("does would will could how how's hows might may if so ok okay then yes no hmm")


def _proposed(tokens: list[Token], i: int) -> bool:
    """Whether a number is an hour somebody proposes: "3 works", "would 10 suit you?"."""
    number = tokens[i]
    if number.cls != _NUM or not isinstance(number.val, int) or not 1 <= number.val <= 12:
        return False
    return i == 0 or tokens[i - 1].low in _WOULD or tokens[i - 1].cls in (_COMMA, _STOP)


def _other_languages(tokens: list[Token], lang: str) -> list[Token]:
    """Words of other languages that have two meanings."""
    for i, token in enumerate(tokens):
        before, after = neighbour(tokens, i - 1), neighbour(tokens, i + 1)
        if token.cls == _NUM and before is not None and _day_of_month(before, token, after, lang):
            token.cls = _ORD
        elif lang == "de" and token.low == "morgen" and before is not None and before.cls in (_WD, _REL):
            token.cls, token.val = _PART, "morning"  # "Dienstag Morgen"
        elif lang == "nl" and token.low == "voor" and token.cls == _BEFORE and after is not None:
            beyond = neighbour(tokens, i + 2)
            period = after.cls in (_NEXT, _LAST, _THIS) or (
                after.cls == _THE and beyond is not None and beyond.cls in (_NEXT, _LAST, _THIS, _UNIT)
            )
            length = after.cls in (_NUM, _ART) and beyond is not None and beyond.cls in (_UNIT, _OCLK)
            if length and beyond is not None and beyond.cls == _OCLK and after.cls == _NUM and after.val >= 9:
                length = False  # "voor 12 uur": nobody meets for so long
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


_DAY_BOUNDS = frozenset(chars("BEFORE AFTER FROM UNTIL BY TO AND"))
_HOURLY = frozenset(chars("OCLK UNIT AMPM COUNTED QTR HALF NUM LENW DOT CLK DASH NEXT LAST WORD"))
_DAY_ARTICLES = {
    "es": ("el", "del", "al"), "fr": ("le", "du", "au"), "it": ("il", "del", "dal", "al"), "pt": ("o", "do", "ao"),
}  # fmt: skip


def _day_of_month(before: Token, number: Token, after: Token | None, lang: str) -> bool:
    """Whether a number behind a bound with a man's article is a day ("antes del 15", "jusqu'au 15"): hours have
    another ("antes de las 15") or none."""
    if before.cls not in _DAY_BOUNDS or not isinstance(number.val, int) or not 1 <= number.val <= 31:
        return False
    if after is not None and after.cls in _HOURLY:
        return False
    return before.low.replace("'", " ").split()[-1] in _DAY_ARTICLES.get(lang, ())


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
