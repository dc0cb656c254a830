"""Choosing among the options of a card: by place ("the second one"), by time ("2:30 works"), by name."""

import re
from collections.abc import Sequence

from bot.offline.situation import Open
from bot.offline.utterance import Utterance
from bot.offline.words import listed

_ORDINALS = listed(
    """
    first second third fourth fifth sixth last 1st 2nd 3rd 4th 5th 6th latest earliest soonest middle former
    latter other later earlier top bottom erste zweite dritte vierte letzte premier première deuxième troisième
    dernier dernière primero primera segundo segunda tercero tercera último última primeiro primeira terceiro
    terceira primo prima secondo seconda terzo terza ultimo ultima eerste tweede derde laatste
    """
)
_PICK = re.compile(
    r"\b(?:(?:the|that|der|die|das|le|la|el|il|o|a|de|het|option|number|no\.?|slot|choice)\s+)*"
    rf"(?:(?:very\s+)?(?:{'|'.join(sorted(_ORDINALS))})(?:\s+(?:one|option|slot|time|choice))?"
    r"|(?:option|number|choice|slot|#)\s*(?:\d|one|two|three|four|five|six))\b|#\s?\d\b",
    re.IGNORECASE,
)
_PLACES = {
    "soonest": 0, "former": 0, "earlier": 0, "top": 0, "latter": -1, "later": -1, "bottom": -1, "erste": 0,
    "zweite": 1,
    "dritte": 2, "vierte": 3, "letzte": -1, "premier": 0, "première": 0, "deuxième": 1, "troisième": 2, "dernier": -1,
    "dernière": -1, "primero": 0, "primera": 0, "segundo": 1, "segunda": 1, "tercero": 2, "tercera": 2, "último": -1,
    "última": -1, "primeiro": 0, "primeira": 0, "terceiro": 2, "terceira": 2, "primo": 0, "secondo": 1,
    "seconda": 1, "terzo": 2, "terza": 2, "ultimo": -1, "ultima": -1, "eerste": 0, "tweede": 1, "derde": 2,
    "laatste": -1,
}  # fmt: skip
_AROUND = listed(
    """
    the that der die das le la el il o a de het bitte termin por favor s'il te plaît ok okay yes let's lets let us
    please i i'll ll take go do with for book use choose pick prefer want like would one option works work is fine good
    great perfect thanks make it number no slot time get me can we has to be very choice sounds best suits hmm well and
    then pls plz thx two three four five six
    """
)
"""Words that may stand around a choice by place without adding to it."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_BEFORE_HOUR = listed("do it about at or no , to is for make try and say rather then 's with") | {""}
_AFTER_HOUR = listed("on ? . ! , is works work instead please then would or if could fine good ok for") | {""}
_SETTLING = re.compile(r"\b(?:one|works?|fine|good|great|perfect|take|suits?)\b", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"\W*\d{1,2}(?::\d\d)?\s*(?:am|pm)?\W*", re.IGNORECASE)
_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)


def picked(said: Utterance, opened: Open) -> str:
    """The words that choose one of the options shown, "" when none does."""
    if opened.card not in ("slots", "pick") or not opened.options:
        return ""
    text = said.text.strip()
    found = _PICK.search(text)
    if found and _only_picks(text):
        words = found.group().strip()
        alone = words.lower() in ("later", "earlier", "other", "the later", "the earlier")
        if alone or said.when.lower().startswith(words.lower() + " "):
            return ""
        return _placed(words, opened.options) or words
    if re.fullmatch(r"#?\s*\d", text) and not _offered(text, opened.options):
        return f"#{text.lstrip('# ')}"
    if opened.card == "pick":
        return _picked_name(text, opened.options)
    return _picked_time(said, opened)


def among(said: Utterance, opened: Open) -> str:
    """A choice by place made beside something else: "the second one, it's about pricing"."""
    if opened.card not in ("slots", "pick") or not opened.options:
        return ""
    found = _PICK.search(said.text)
    if found is None or not re.search(r"\b(?:one|option|slot|choice)\b|#", found.group(), re.IGNORECASE):
        return ""
    words = found.group().strip()
    return _placed(words, opened.options) or words


def _placed(words: str, options: Sequence[str]) -> str:
    """The option that a word other than the plain English ordinals points at: "the later one", "la primera"."""
    for word in words.lower().split():
        if word == "middle" and len(options) % 2:
            return options[len(options) // 2]
        at = _PLACES.get(word)
        if at is not None and -len(options) <= at < len(options):
            return options[at]
    return ""


def _only_picks(text: str) -> bool:
    """Whether nothing is said but a choice by place."""
    words = re.findall(r"[^\W\d_]+(?:['’]\w+)?|\d\w*", text.lower())
    return all(word in _AROUND or word in _ORDINALS or (word.isdigit() and len(word) == 1) for word in words)


def _picked_name(text: str, options: Sequence[str]) -> str:
    """The option whose words the message says,
    when only one is that near. Days count by their first three letters."""
    said = _tokens(text)
    hits = [(len(_tokens(option) & said), option) for option in options]
    best = max((score for score, _ in hits), default=0)
    nearest = [option for score, option in hits if score == best and best > 0]
    if not nearest:
        nearest = [option for option in options if _offered(text, [option])]
    return nearest[0] if len(nearest) == 1 and len(said) <= best + 6 else ""


def _tokens(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    small = {"the", "on", "one", "at", "with", "please", "a", "is", "my", "in", "of", "it", "min", "am", "pm"}
    return {word[:3] if _DAY.match(word) else word for word in words if word not in small}


def _picked_time(said: Utterance, opened: Open) -> str:
    """ "2:30 works": a clock time that is among those offered, with nothing else asked."""
    if len(said.times) != 1 and not bare_hour(said) and not _CLOCK_ALONE.fullmatch(said.text.strip()):
        return ""
    if said.people or said.minutes or said.details.spans or len(said.words) > 14:
        return ""
    hour = bare_hour(said)
    words = f"{said.when} {hour}".strip() or said.text.strip()
    day = _DAY.search(words)
    if day and not re.search(r"\d", words) and _SETTLING.search(said.text):
        that_day = [option for option in opened.options if day.group(1).lower() in option.lower()]
        return that_day[0] if len(that_day) == 1 else ""
    if re.search(r"\b(?:after|before|from|between|until|by|later|earlier|past)\b|-", words, re.I):
        return ""
    if not _offered(words, opened.options):
        return ""
    plain = re.sub(r"^(?:at|on|the)\s+", "", words, flags=re.I)
    return f"at {plain}" if plain.isdigit() else plain


def _offered(words: str, options: Sequence[str]) -> bool:
    """Whether a clock time (with its day, if one is said) is among the options."""
    cleaned = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)\b", "", words)
    wanted = _CLOCK.search(cleaned)
    if not wanted or not re.search(r"\d", cleaned):
        return False
    day = _DAY.search(words)
    other_day = re.search(r"\b(?:today|tomorrow|next|week)\b", words, re.I)
    for option in options:
        shown = list(re.finditer(r"(\d{1,2}):(\d{2})\s*(am|pm)?", option, re.I))
        if not shown or other_day or (day and day.group(1).lower() not in option.lower()):
            continue
        hour, minute, half = shown[0].groups()
        same_half = not wanted.group(3) or not half or wanted.group(3)[0].lower() == half[0].lower()
        if int(wanted.group(1)) == int(hour) and (wanted.group(2) or "00") == minute and same_half:
            return True
    return False


_OF_OTHERS = re.compile(
    r"\s*(?:of (?:my|the|our) )?(?:(?:one|meeting|call|appointment|booking|chat|sync|thing|session|event)s?\b)?\s*"
    r"(?:(?:on|of|for|with|from|in)\b|$)?\s*",
    re.IGNORECASE,
)


def _stands_alone(said: Utterance, end: int) -> bool:
    """Whether a place in a list, ending there, is all that says which one: not "my first call tomorrow"."""
    behind = _OF_OTHERS.match(said.text, end)
    at = behind.end() if behind else end
    return not any(span[0] in (at, end + 1) for span in [*said.times, *(person.span for person in said.people)])


def option(said: Utterance, opened: Open) -> str:
    """The option of a list that the words point at."""
    found = _PICK.search(said.text)
    if not found or not opened.options or not _stands_alone(said, found.end()):
        return ""
    order = ("first", "second", "third", "fourth", "fifth", "sixth")
    lowered = found.group().lower()
    if "last" in lowered or "latest" in lowered:
        return opened.options[-1]
    digits = re.search(r"\d", lowered)
    at = int(digits.group()) - 1 if digits else next((i for i, word in enumerate(order) if word in lowered), -1)
    return opened.options[at] if 0 <= at < len(opened.options) else ""


def bare_hour(said: Utterance) -> str:
    """ "can we do 4?", "make it 3 instead": a number alone that can only be an hour, as "at 4"; else ""."""
    for at, word in enumerate(said.words):
        if word.kind != "number" or not word.lemma.isdigit() or not 1 <= int(word.lemma) <= 24:
            continue
        before = said.words[at - 1].lemma if at else ""
        after = said.words[at + 1].lemma if at + 1 < len(said.words) else ""
        if before in _BEFORE_HOUR and after in _AFTER_HOUR and not said.is_about_time(word):
            return f"at {word.text}"
    return ""
