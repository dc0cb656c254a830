"""Choices told in words: options by name, by place, all of them; and yes and no."""

import re

from bot.scheduling.form import Input, Question
from bot.scheduling.ordinals import position
from bot.scheduling.wording import listed

SEVERAL = frozenset((Input.SOME_OF, Input.CHECKBOXES))
ONE = frozenset((Input.ONE_OF, Input.RADIO))

LONGEST = 1000
"""Characters of the longest words that may name options, beyond an option as it stands."""

NAMED = 12
"""Options that are told in a sentence; the form has all."""

PARTED = re.compile(r"\s*(?:[,;&\n]|\b(?:and|plus|und|et|y|e|en)\b)\s*", re.I)
"""What stands between the parts of a list."""

_EITHER = re.compile(r"\s*(?:[,;/]|\b(?:or|oder|ou|o)\b)\s*", re.I)
_ALL = re.compile(
    r"(?:(?:i|we) (?:want|need|take) )?(?:all|both|everything|each)"
    r"(?: (?:of )?(?:them|these|those|it|options|the above|three|four|five|two))?"
    r"|the lot|alle(?: beide)?|beide|alles|tous|toutes|todo|todos|tutti",
    re.I,
)
_BOTH = re.compile(r"both|beide|both of (?:them|these|those)", re.I)
_NONE = re.compile(r"none(?: of (?:them|these|those|it))?|neither|nothing|keine[rs]?|aucune?|ninguno", re.I)
_LEADING = re.compile(
    r"^(?:(?:it'?s|that'?s|we'?re|we are|i'?m|i am|i'?d say|i ?(?:choose|pick|take|want|need|prefer|would like|'d like)"
    r"|(?:let'?s|we) (?:take|go with|want|need)|the|just|only|please|option|maybe|probably|mainly|mostly)\s+)+",
    re.I,
)
_DENIED = re.compile(r"^(?:not|nicht|pas|no)\s+[^,;]{1,60}[,;]\s*(?:but |sondern |mais )?", re.I)
"""The option that is not meant, in front of the one that is: "not red, green"."""
_TRAILING = re.compile(r"(?:[\s,]+(?:please|thanks|thank you|then|i think|for us|for me|one))+$", re.I)
_YES = frozenset("""
yes|y|true|1|on|ja|oui|si|sí|sim|はい|是|yep|yeah|yup|sure|ok|okay|correct|absolutely|definitely|certainly|indeed|right
affirmative|claro|jawohl|jep|对|好|👍|✅|of course|we do|i do|yes we do|yes i do|we need one|i need one|bien sûr|aber ja
""".replace("\n", "|").split("|"))  # fmt: skip
_NO = frozenset("""
no|n|false|0|off|nein|non|não|nao|nee|いいえ|否|nope|nah|negative|nö|不|不是|👎|❌|not really|no need|not needed
no thank you|we don't|i don't|no we don't|no i don't|not at all|not necessary|of course not
""".replace("\n", "|").split("|"))  # fmt: skip
_POLITE = re.compile(
    r"\b(?:please|thanks|thank you|thx|bitte|danke|merci|s'il (?:te|vous) plaît|por favor|gracias)\b", re.I
)


class NoChoice(ValueError):
    """Words that choose nothing; `sentence` says what would."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def yes_or_no(text: str) -> bool | None:
    """Whether the words are a plain yes or a plain no.

    >>> yes_or_no("No, thanks!"), yes_or_no("of course"), yes_or_no("never mind")
    (False, True, None)
    """
    folded = " ".join(re.sub(r"[.,!;~…]+", " ", text.replace("’", "'").casefold()).split())
    for words in (folded, " ".join(_POLITE.sub(" ", folded).split())):
        if words and words in _YES:
            return True
        if words and words in _NO:
            return False
    return None


def option(question: Question, text: str) -> str:
    """The option meant: as it stands, whatever the case, by its place, or the only one that begins so.

    Raises `NoChoice`.
    """
    if found := option_named(question, text):
        return found
    if len(text) > LONGEST:
        raise NoChoice(_offer(question))
    some = _EITHER.split(text.strip())
    if len(some) > 1 and len({named for part in some if (named := _exact(question, part))}) > 1:
        raise NoChoice(f"That is more than one. {_offer(question)}")
    raise NoChoice(_offer(question))


def option_named(question: Question, text: str) -> str | None:
    """The option the whole text means; None where it means none, or several."""
    if len(text) > LONGEST:
        return text if text in question.options else None
    if exact := _exact(question, text):
        return exact
    folded = text.casefold().strip(" .!")
    begin = [o for o in question.options if folded and o.casefold().startswith(folded)]
    if len(begin) == 1:
        return begin[0]
    if (place := position(folded, len(question.options))) is not None and len(folded.split()) <= 4:
        return question.options[place]
    return None


def _exact(question: Question, text: str) -> str | None:
    if text in question.options:
        return text
    shorter = _TRAILING.sub("", _LEADING.sub("", _DENIED.sub("", text.strip(" .!")))).strip(" .!")
    for said in (text.strip(), text.strip(" .!"), shorter):
        for each in question.options:
            if each.casefold() == said.casefold():
                return each
    return None


def options(question: Question, text: str) -> tuple[str, ...]:
    """All the options meant, each part of a list by itself. Raises `NoChoice`, naming the parts that are none."""
    if len(text) > LONGEST and text not in question.options:
        raise NoChoice(_offer(question))
    if whole := _exact(question, text):
        return (whole,)
    said = text.strip(" .!")
    if _ALL.fullmatch(said) and not (_BOTH.fullmatch(said) and len(question.options) != 2):
        return question.options
    if _NONE.fullmatch(said) and not question.required:
        return ()
    but = re.split(r"\s*,?\s*\b(?:but|except(?: for)?|apart from|außer|sauf)\b\s*", said, maxsplit=1)
    if len(but) == 2 and _ALL.fullmatch(but[0]):
        left_out = set(options(question, but[1]))
        return tuple(o for o in question.options if o not in left_out)
    parts = [part for part in PARTED.split(said) if part]
    named = [option_named(question, part) for part in parts]
    wrong = [part for part, name in zip(parts, named, strict=True) if name is None]
    if wrong and len(wrong) < len(parts):
        strangers = listed([f"“{part[:60]}”" for part in wrong])
        raise NoChoice(f"{strangers} {'is' if len(wrong) == 1 else 'are'} not among them. {_offer(question)}")
    if wrong or not parts:
        raise NoChoice(_offer(question))
    return tuple(dict.fromkeys(name for name in named if name))


def _offer(question: Question) -> str:
    some = question.input in SEVERAL
    shown = question.options[:NAMED]
    if len(question.options) > len(shown):
        return f"Please choose {'from' if some else 'one of'} the {len(question.options)}, like {listed(shown, 'or')}."
    return f"Please choose {'from' if some else 'one of'} {listed(shown, 'and' if some else 'or')}."
