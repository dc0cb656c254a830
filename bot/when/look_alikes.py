"""English words that may be time or not, decided by their neighbours and capitals."""

from collections.abc import Callable

from bot.when.tokens import CHAR, Token, chars, word_set

_WORD, _WD, _MON, _NUM, _ORD, _YEAR, _NOW, _PART, _LAST, _STOP, _COMMA, _AFTER = chars(
    "WORD WD MON NUM ORD YEAR NOW PART LAST STOP COMMA AFTER"
)
_NEXT, _PAST, _HALF, _AND, _OR, _FOR, _TO, _FROM, _IN, _OF, _ON, _THE = chars(
    "NEXT PAST HALF AND OR FOR TO FROM IN OF ON THE"
)
_ART, _DASH, _UNTIL, _BY, _AT, _REL, _BEFORE, _ABOUT, _THIS, _FOLLOWING, _EVERY, _BETWEEN = chars(
    "ART DASH UNTIL BY AT REL BEFORE ABOUT THIS FOLLOWING EVERY BETWEEN"
)
_EARLY, _MID, _LATE, _BEGIN, _END, _AMPM, _SLASH, _NOT, _COUNTED = chars(
    "EARLY MID LATE BEGIN END AMPM SLASH NOT COUNTED"
)

_MONTH_BEFORE = frozenset(
    (_IN, _OF, _BY, _UNTIL, _THIS, _NEXT, _LAST, _EARLY, _MID, _LATE, _BEGIN, _END, _NUM, _ORD, _BETWEEN, _FOLLOWING,
     _EVERY, _MON, _WD, _SLASH)
)  # fmt: skip
_DATE_AFTER = frozenset((_NUM, _ORD, _YEAR, _DASH, _SLASH))
_NAME_BEFORE = word_set(
    "with invite ask tell see meet meets call email mail ping cc and mr mrs ms miss dr loop add message "
    "contact include aunt uncle put does is did has will can remove get hi hey hello dear thanks between"
)
_NAMES = word_set("april may june august jan mar wed summer")
_MODAL_AFTER = word_set(
    "i we you he she they it be not have also need want there my our your the this that as well just get "
    "take know ask come go someone anyone which require like possibly help please book schedule"
)
_AUXILIARIES = word_set(
    "will should would could must can may might to shouldn't won't wouldn't doesn't does do did didn't "
    "that which it can't cannot not i'll it'll meetings usually typically always only"
)
_SAT_AFTER = word_set("with down in next on there here at by through beside")
_TELLING = word_set("talk talked speak spoke talking speaking write wrote say said send sent give gave show forward")
_PRONOUNS = word_set("i we he she they you who")


def neighbour(tokens: list[Token], i: int) -> Token | None:
    """The token at a place, None outside the text."""
    return tokens[i] if 0 <= i < len(tokens) else None


def _capital(token: Token, text: str) -> bool:
    return text[token.start : token.start + 1].isupper()


def _month(tokens: list[Token], i: int, text: str) -> bool:
    """Whether a month name is one: "may", "march" and the names of people are not always."""
    token = tokens[i]
    low = token.low
    if low not in _NAMES and low != "march":
        return True
    before, after = neighbour(tokens, i - 1), neighbour(tokens, i + 1)
    if after is not None and (after.cls in _DATE_AFTER or after.cls == _AMPM):
        return not (low == "may" and after.cls == _DASH)
    beyond = neighbour(tokens, i + 2)
    if after is not None and beyond is not None and beyond.cls == _WORD:
        if low == "march" and after.cls == _ON and _capital(beyond, text):
            return False  # "March on Washington"
        if before is None and (after.cls == _FROM or (after.low in _DOING and beyond.low.endswith("ing"))):
            return False  # "June from accounting", "April is joining"
    beyond = neighbour(tokens, i + 2)
    if after is not None and beyond is not None and beyond.cls == _WORD:
        if low == "march" and after.cls == _ON and _capital(beyond, text):
            return False  # "March on Washington"
        if before is None and (after.cls == _FROM or (after.low in _DOING and beyond.low.endswith("ing"))):
            return False  # "June from accounting", "April is joining"
    if (
        after is not None
        and after.cls == _THE
        and (beyond := neighbour(tokens, i + 2)) is not None
        and beyond.cls == _ORD
    ):
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


def _unwished(tokens: list[Token], i: int, text: str) -> bool:
    """Whether a day or feast is more than a greeting ("happy Friday", "merry Christmas", "have a great weekend")."""
    before, first = neighbour(tokens, i - 1), neighbour(tokens, i - 3)
    if before is None or before.cls != _WORD or before.low not in _WISHES:
        return True
    return before.low not in ("happy", "merry") and (first is None or first.low not in ("have", "had", "enjoy"))


def _period(tokens: list[Token], i: int, text: str) -> bool:
    return tokens[i].val != "weekend" or _unwished(tokens, i, text)


_WISHES = word_set("happy merry nice great good lovely wonderful fantastic fab")
_DOING = word_set("is was will has")


def _weekday(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "sat", "sun", "wed", "mon" are days, and no day is wished."""
    token = tokens[i]
    if not _unwished(tokens, i, text):
        return False
    low = token.low.rstrip(".")
    if low not in ("sat", "sun", "wed", "mon", "fri", "thu"):
        return True
    before, after = neighbour(tokens, i - 1), neighbour(tokens, i + 1)
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
    if low == "wed" and before is not None and not _capital(token, text):
        return before.cls != _TO and not (before.low in _PRONOUNS and after is not None and after.cls in (_IN, _ON))
    return True


def _now(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "now" is the moment and not a filler ("so now I need")."""
    token = tokens[i]
    if token.low != "now":
        return True
    before, after = neighbour(tokens, i - 1), neighbour(tokens, i + 1)
    if before is not None and before.cls in (_BETWEEN, _FROM, _AND, _TO, _UNTIL):
        return not (before.cls == _AND and not any(t.cls in (_BETWEEN, _FROM) for t in tokens[:i]))
    if after is None or after.cls in (_STOP, CHAR["PLUS"], CHAR["UNTIL"], _TO, CHAR["LEN"], _NUM):
        return i > 0 or len(tokens) <= 2 or (after is not None and after.cls not in (_STOP, _NUM))
    if after.cls == _COMMA or after.cls in (_AND, _OR, _DASH):
        return before is not None and before.cls not in (_STOP, _COMMA)
    return False


_GREETED = word_set("all everyone everybody team folks guys there both friends people sir")


def _part(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "lunch" is a time and not a meal to book; the same for other parts used as names."""
    token = tokens[i]
    before, after = neighbour(tokens, i - 1), neighbour(tokens, i + 1)
    if token.low in ("morning", "afternoon", "evening") and before is None and after is not None:
        return after.low not in _GREETED  # "morning everyone"
    if token.low not in ("lunch", "breakfast", "dinner", "night", "eve"):
        return True
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
    if before.cls in (_AFTER, _BEFORE, _AT, _ABOUT, _UNTIL, _BY, _FROM, _PAST, _BETWEEN):
        return True
    if before.cls in (_REL, _WD):
        return after is None or after.cls not in (_WORD, _COUNTED)
    return before.low in ("over", "during") or (before.cls == _IN and before.low != "in")


def _last(tokens: list[Token], i: int, text: str) -> bool:
    """Whether "last" is "previous" and not "take so long"."""
    token = tokens[i]
    if token.low != "last":
        return True
    before, after = neighbour(tokens, i - 1), neighbour(tokens, i + 1)
    if before is None or after is None:
        return True
    if after.cls in (_FOR, _ABOUT, _UNTIL):
        return False
    if after.cls in (_NUM, _ART, _HALF):
        return before.low not in _AUXILIARIES and before.cls not in (_AND, _TO, _NOT, CHAR["NEG"])
    return True


LOOK_ALIKES: dict[str, Callable[[list[Token], int, str], bool]] = {
    _MON: _month,
    CHAR["HOL"]: _unwished,
    CHAR["UNIT"]: _period,
    _WD: _weekday,
    _NOW: _now,
    _PART: _part,
    _LAST: _last,
}
