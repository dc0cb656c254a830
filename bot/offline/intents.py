"""What a message asks for. The first reading that fits wins: refusing, ringing, answering, changing, asking, making."""

import re

from bot.offline import asking, changing, making, remarks, shorthand, talk, topics, urgent
from bot.offline.intent import Intent
from bot.offline.phrases import core
from bot.offline.utterance import Utterance

_WEAK = (Intent.OTHER, Intent.CREATE)
_STRONG = (Intent.DELETE, Intent.UPDATE, Intent.FIND, Intent.AVAILABILITY)


def intent(said: Utterance, where: str = "dm") -> Intent:
    """The intent of a message that stands alone. `where` is dm, channel or command.

    Of several sentences a later one decides where the first only leads to it ("I am off sick. Cancel my call").
    """
    if (brief := shorthand.listing(said)) and not talk.is_help(said.line):
        able = talk.asks_whether_possible(said.line, said.text)
        return Intent.HELP if able else brief
    found = _of_line(said, core(said.line), where)
    if found not in _WEAK or making.is_command(core(said.line)):
        return found
    for sentence in re.split(r" [.!?] ", said.line)[1:]:
        later = _of_line(said, core(sentence), where)
        if later in _STRONG:
            return later
    return found


def _of_line(said: Utterance, line: str, where: str) -> Intent:
    lemmas = [word.lemma for word in said.words]
    if small := talk.small_talk(said.line) or talk.small_talk(line):
        return small
    if talk.asks_whether_possible(said.line, said.text):
        return Intent.HELP
    team = any(person.role and person.name.lower().endswith("team") for person in said.people)
    if urgent.is_ring(line, said.text, where, team=team, when=said.when):
        return Intent.RING
    plural = any(w.lemma in topics.MEETINGS and w.text.lower().endswith("s") for w in said.words)
    question = asking.asked(line, lemmas, plural=plural)
    if talk.is_help(said.line):
        return Intent.HELP
    if remarks.is_report(said.text, line):
        return Intent.CHAT
    aside = remarks.remark(line, said.line, said.when)
    if aside in (Intent.WATCH, Intent.MESSAGE, Intent.REFUSAL):
        return aside
    found = changing.change(line, lemmas, asking=question is not None)
    if found is not None:
        return found
    if question is not None:
        return question
    return aside or (Intent.CREATE if making.is_creation(line, lemmas) else Intent.OTHER)


def topic(said: Utterance) -> str | None:
    """What a message that is no request is about, in words; None when unknown."""
    return topics.foreign([word.lemma for word in said.words])
