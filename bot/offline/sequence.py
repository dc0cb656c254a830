"""Messages that ask for two things: the first is taken."""

from bot.offline.lexicon import CANCEL, MOVE
from bot.offline.utterance import Utterance

_JOINING = frozenset(("and", "then", ",", ";", ".", "also", "plus", "&"))
_POLITE = frozenset(("please", "then", "also", "can", "could", "you", "and", "i", "want", "to"))
_ACTS = CANCEL | MOVE | {"book", "schedule", "setup", "arrange", "show", "tell"}
_POINTING = frozenset(("it", "that", "them", "this", "those", "for", "to", "on", "me"))


def first_request(said: Utterance) -> str:
    """The text up to a second request: "book X and cancel my call with sam" -> "book X".

    "cancel it and move it" stays whole: the second verb has no object of its own. So does a message whose part
    before the verb asks for nothing.
    """
    started = False
    for at, word in enumerate(said.words):
        if word.lemma not in _ACTS or said.is_about_time(word):
            continue
        begin = at
        while begin > 0 and said.words[begin - 1].lemma in _POLITE:
            begin -= 1
        joined = (begin < at and said.words[begin].lemma in _JOINING) or (
            begin > 0 and said.words[begin - 1].lemma in _JOINING
        )
        after = said.words[at + 1].lemma if at + 1 < len(said.words) else ""
        if started and joined and after and after not in _POINTING:
            return said.text[: said.words[begin].start].rstrip(" ,.;")
        started = True
    return said.text
