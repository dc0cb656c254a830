"""Who shall be in the open meeting instead, or besides."""

import re

from bot.offline import calls
from bot.offline.lexicon import CHANGE, MOVE
from bot.offline.names import Names
from bot.offline.utterance import Utterance
from bot.offline.words import listed

_ADDING = re.compile(r"\b(?:add|invite|include|plus|also|bring|cc|too|as well)\b", re.IGNORECASE)
_FILLERS = listed(
    """
    no instead rather actually make it ask , . ! ? or then please better hmm what about how and also plus too as well
    with i meant mean change to not but
    """
)
_SWAPPING = MOVE | CHANGE | {"replace", "make", "use"}


def said_in(said: Utterance, *, searching: bool) -> tuple[list[str], list[str]]:
    """The people named as hosts and as guests. `searching`: a name alone counts, and so does a correction."""
    people, guests = calls.names(said), calls.names(said, guests=True)
    corrected = _corrected(said)
    if corrected:
        return corrected, []
    if people and not guests and _ADDING.search(said.text):
        return [], people
    if not people and not guests and searching:
        people = _alone(said)
        if people and _ADDING.search(said.text):
            return [], people
    return people, guests


def _names(said: Utterance) -> Names:
    return Names(said.words, [*said.times, *(span for span, _ in said.sizes)])


def _corrected(said: Utterance) -> list[str]:
    """ "not sam, bailey", "I meant bailey", "change sam to bailey", "bailey instead of sam"."""
    names = _names(said)
    for at in range(len(said.words)):
        lemma = names.lemma(at)
        one = names.group(at + 1) if lemma in _SWAPPING | {"not", "no", "meant", "mean"} else None
        if one is None:
            continue
        end = one[0]
        if lemma in ("meant", "mean"):
            return [one[1].name]
        led = names.lemma(end) in ({",", "but"} if lemma in ("not", "no") else {"to", "with", "for", "by"})
        other = names.group(end + 1) if led and end < len(said.words) else None
        if other is not None:
            return [other[1].name]
    return []


def _alone(said: Utterance) -> list[str]:
    """ "sam instead", "rather sam", "sam", "the support team": a name and nothing else that matters."""
    names = _names(said)
    rest = [at for at, word in enumerate(said.words) if word.lemma not in _FILLERS and not said.is_about_time(word)]
    if not rest:
        return []
    if role := names.role(rest[0]):
        return [role[1].name] if role[0] > rest[-1] else []
    if len(rest) > 3 or not all(names.is_name(at, strict=not names.cased) for at in rest):
        return []
    names.series(rest[0], roles=False)
    return [person.name for person in names.found]
