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
_CLK, _DATE, _OCLK, _LATE, _STOP, _EARLY, _MAKEIT = chars("CLK DATE OCLK LATE STOP EARLY MAKEIT")


def make_sense(tokens: list[Token], text: str, lang: str) -> list[Token]:
    """The tokens with look-alikes turned into plain words; the rules are those of English."""
    if lang != "en":
        return _other_languages(tokens, lang)
    for i, (before, token) in enumerate(itertools.pairwise(tokens)):
        if before.cls == _NUM:
            _hour_by_neighbour(tokens, i, text)
        elif token.low == "work" and token.cls == _WORD:
            if before.cls == _AFTER and before.val == "after":
                token.cls, token.val = CHAR["EOP"], "day"  # "after work"
            elif before.cls == _BEFORE and before.val == "before":
                token.cls, token.val = _CLK, (9, 0, 0, 2)
        elif before.cls in _ENDS_OF_DAY and token.cls in _DAY_WORDS:
            _early_or_late(tokens, i)
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


def _hour_by_neighbour(tokens: list[Token], i: int, text: str) -> None:
    """Make a number an hour where the word behind it says so: "10 PT", "does 3 work?", "3 or later"."""
    number, token = tokens[i], tokens[i + 1]
    if not isinstance(number.val, int) or not 1 <= number.val <= 24:
        return
    width = 1
    if token.cls == _WORD and number.low.isdigit() and is_abbreviation(text[token.start : token.end]):
        width = len(number.low)
    elif number.val > 12 or not (token.low in _LIMITS or (token.low in _SUITS and _proposed(tokens, i))):
        return
    number.cls, number.val = _CLK, (number.val, 0, 0, width)


def _early_or_late(tokens: list[Token], i: int) -> None:
    """ "late Friday afternoon" is Friday late afternoon; "early Wednesday" and "late tomorrow" are hours of the day."""
    token = tokens[i]
    if i and tokens[i - 1].low in _BEING:
        token.cls = _WORD  # "I'll be late tomorrow"
    elif i + 2 < len(tokens) and tokens[i + 2].cls == _PART:
        tokens[i], tokens[i + 1] = tokens[i + 1], token
    else:
        token.cls, token.val = _PART, "earlyday" if token.cls == _EARLY else "lateday"


_ENDS_OF_DAY = (_EARLY, _LATE)
_DAY_WORDS = (_WD, _REL)
_LIMITS = frozenset(("or later", "or earlier", "at the latest", "at the earliest", "onwards", "or so"))
_BEING = word_set("be am i'm im is are was running run stay work working bit little too very")
_INSTEAD_OF = word_set("do to at have try")
_SUITS = word_set("instead work works sound sounds suit suits")
_WOULD = word_set("does would will could how how's hows might may if so ok okay then yes no hmm")


def _proposed(tokens: list[Token], i: int) -> bool:
    """Whether a number is an hour somebody proposes: "3 works", "would 10 suit you?"."""
    number = tokens[i]
    if number.cls != _NUM or not isinstance(number.val, int) or not 1 <= number.val <= 12:
        return False
    ahead = neighbour(tokens, i + 2)
    if ahead is not None and ahead.low == "better":
        return False  # "1 works better than 2"
    if ahead is None and i + 1 >= len(tokens):
        return False
    if tokens[i + 1].low == "instead" and i and (tokens[i - 1].low in _INSTEAD_OF or tokens[i - 1].cls == _MAKEIT):
        return True
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
