"""What a message asks for. The first reading that fits wins: refusing, ringing, answering, changing, asking, making."""

from bot.offline import asking, changing, making, talk, topics, urgent
from bot.offline.intent import Intent
from bot.offline.phrases import core
from bot.offline.utterance import Utterance


def intent(said: Utterance, where: str = "dm") -> Intent:
    """The intent of a message that stands alone. `where` is dm, channel or command."""
    line = core(said.line)
    lemmas = [word.lemma for word in said.words]
    if small := talk.small_talk(line):
        return small
    if urgent.is_ring(line, said.text, where):
        return Intent.RING
    question = asking.asked(line, lemmas)
    found = changing.change(line, lemmas, asking=question is not None)
    if found is not None:
        return found
    if question is not None:
        return question
    if talk.is_help(line):
        return Intent.HELP
    return Intent.CREATE if making.is_creation(line, lemmas) else Intent.OTHER


def topic(said: Utterance) -> str | None:
    """What a message that is no request is about, in words; None when unknown."""
    return topics.foreign([word.lemma for word in said.words])
