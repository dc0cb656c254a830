"""The mind itself: a conversation -> one tool call or one answer."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.offline import (
    account,
    calls,
    editing,
    elsewhen,
    followups,
    gist,
    intents,
    offerings,
    sequence,
    several,
    shorthand,
    talk,
    terms,
    topics,
    whereabouts,
)
from bot.offline.action import Call, Text
from bot.offline.intent import Intent
from bot.offline.phrases import core, pattern
from bot.offline.situation import Open, Situation, Turn, last_turn
from bot.offline.utterance import Utterance, analyse

_ABOUT_ONE = (Intent.ALTER, Intent.OTHER, Intent.FIND, Intent.CREATE, Intent.UPDATE, Intent.HELP)
"""Intents a message about one booking's details may look like."""

_LENGTH = pattern(
    "^(?:extend|lengthen|shorten)>> .*(?:<long>|by <when>|<when>$)|^(?:make|change|set)>> .*{event}.*<long>(?: long)?$"
)
"""A booked meeting made longer or shorter: Cal.com moves meetings, it does not stretch them."""

_LET_GO = re.compile(
    r"^\W*(?:(?:no|ok|oh|actually|sorry)\W+)*(?:forget|scratch|drop|leave|never ?mind)(?: (?:about )?(?:that|it|this))?"
    r"\s*[,;.!:–—-]+\s*(?=(?:(?:please|just|then|can you|could you|let's|rather|instead)\W+)*"
    r"(?:book|schedule|set ?up|arrange|find|show|move|reschedule|cancel)\b)",
    re.IGNORECASE,
)
"""What is let go in front of a new request: "forget that, book ..."."""

ABILITIES = "I can book, move and cancel meetings, find free times and show what is booked."

_MEANING = {
    Intent.CREATE: "create",
    Intent.RING: "create",
    Intent.FIND: "find",
    Intent.AVAILABILITY: "availability",
    Intent.UPDATE: "update",
    Intent.ALTER: "update",
    Intent.ACCEPT: "update",
    Intent.DECLINE: "update",
    Intent.DELETE: "delete",
}


@dataclass(frozen=True)
class Understanding:
    """What a first message asks for. `intent` is create, find, update, delete, availability or other."""

    intent: str
    attendees: tuple[str, ...]
    when: str
    call: Call


def understand(text: str) -> Understanding:
    """Read one message as the first of a conversation; nothing is executed."""
    said = gist.gist(analyse(text), Situation())
    intent = _standing_alone(said, intents.intent(said))
    acted = _special(said, intent, None) or _act(said, intent, Situation())
    call = acted if isinstance(acted, Call) else Call("show_help", {"lead": acted.text})
    attendees = tuple(dict.fromkeys(person.name for person in said.people if not person.role))
    return Understanding(_MEANING.get(intent, "other"), attendees, said.when, call)


def plan(messages: Sequence[Mapping[str, Any]], tools: Collection[str]) -> Call | Text:
    """The next step of a conversation in OpenAI's form: a call of one of `tools`, or a text.

    Deterministic; never raises for any text. With no message of a person it greets.
    """
    turn = last_turn(messages)
    if turn.answered is not None:
        return Text(turn.answered.removeprefix("Refused: ").strip() or "I have nothing to add to that.")
    if not turn.text.strip():
        return Text(talk.GREETING)
    decided = _located(turn)
    if isinstance(decided, Call) and decided.tool not in tools:
        return Text(_refusal(decided))
    return decided


def plans(messages: Sequence[Mapping[str, Any]], tools: Collection[str]) -> tuple[Call, ...] | Text:
    """As `plan`, with all that the message asks for, in order."""
    turn = last_turn(messages)
    if turn.answered is None and turn.text.strip():
        found = several.requests(turn, _located)
        if not isinstance(found, Text) and len(found) > 1 and all(call.tool in tools for call in found):
            return found
    single = plan(messages, tools)
    return single if isinstance(single, Text) else (single,)


def _located(turn: Turn) -> Call | Text:
    """What is decided, with its hours by the clock of where the asker says they are."""
    decided = _decide(turn)
    return whereabouts.placed(decided, turn.text) if isinstance(decided, Call) else decided


def _decide(turn: Turn) -> Call | Text:
    said = analyse(_LET_GO.sub("", turn.text), turn.situation)
    if turn.situation.open is None or turn.situation.open.card not in followups.DRAFTS:
        said = gist.gist(said, turn.situation)
    first = sequence.first_request(said)
    if first != said.text:
        said = analyse(first, turn.situation)
    intent = intents.intent(said, turn.situation.where)
    opened = turn.situation.open
    if opened is None:
        if (resumed := followups.resume(said, intent, turn)) is not None:
            return _act(*resumed, turn.situation)
        intent = _standing_alone(said, intent)
        return _special(said, intent, opened) or _act(said, intent, turn.situation)
    if (onwards := elsewhen.asked(said, opened)) is not None:
        return onwards
    steps = [followups.follow, _special] if opened.card in followups.DRAFTS else [_special, followups.follow]
    for step in steps:
        if (found := step(said, intent, opened)) is not None:
            return found
    return _act(said, intent, turn.situation)


def _standing_alone(said: Utterance, intent: Intent) -> Intent:
    """The intent when nothing was said before: "tomorrow?" asks for the day instead of completing a request."""
    return Intent.FIND if intent is Intent.CREATE and shorthand.is_day(said) else intent


def _special(said: Utterance, intent: Intent, opened: Open | None) -> Call | None:
    """A request about the asker's account or one booking's details; None for any other."""
    if (wanted := terms.request(said, intent)) is not None:
        return wanted
    if not _is_about_meetings(said, intent) and (own := account.request(said, intent, opened)) is not None:
        return own
    return editing.edit(said, opened) if intent in _ABOUT_ONE else None


def _is_about_meetings(said: Utterance, intent: Intent) -> bool:
    """Whether words that sound like the account ("I'm sick", "office hours") only stand beside a request."""
    if intent in (Intent.ACCEPT, Intent.DECLINE, Intent.RING):
        return True
    if account.names_types(said) or offerings.by_name(said) is not None:
        return False
    if intent is Intent.UPDATE:
        return bool(said.people) or topics.has_meeting(said.words)
    if intent is Intent.DELETE:
        return topics.has_meeting(said.words) or said.details.reason is not None
    return intent is Intent.CREATE and bool(said.people)


def _act(said: Utterance, intent: Intent, situation: Situation) -> Call | Text:
    opened = situation.open
    match intent:
        case Intent.CREATE:
            return calls.book(said)
        case Intent.AVAILABILITY:
            return calls.find_times(said)
        case Intent.FIND:
            return calls.show_bookings(said)
        case Intent.UPDATE if _LENGTH.match(core(said.line)):
            return _act(said, Intent.ALTER, situation)
        case Intent.UPDATE:
            return calls.move(said, opened)
        case Intent.DELETE:
            return calls.cancel(said, opened)
        case Intent.ACCEPT | Intent.DECLINE:
            return calls.respond(said, intent, opened)
        case Intent.RING:
            return calls.ring(said)
        case Intent.GREETING:
            return Text(talk.GREETING)
        case Intent.THANKS:
            return Text(talk.THANKS)
        case Intent.NOD:
            return Text(talk.NOD)
        case Intent.REFUSAL:
            return Text(talk.REFUSAL)
        case Intent.CHAT:
            return Text(talk.CHAT)
        case Intent.WATCH:
            return Text(talk.WATCH)
        case Intent.MESSAGE:
            return Text(talk.MESSAGE)
        case Intent.HELP:
            return Call("show_help")
        case Intent.ALTER:
            return Call(
                "show_help", {"lead": f'I can\'t do "{_short(said.text)}" for a booked meeting yet. {ABILITIES}'}
            )
        case _:
            return Call("show_help", {"lead": _lead(said)})


def _lead(said: Utterance) -> str:
    topic = intents.topic(said)
    if topic:
        return f"I only know about meetings, not about {topic}. {ABILITIES}"
    return f'I didn\'t get "{_short(said.text)}". {ABILITIES}'


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:77]}..."


def _refusal(call: Call) -> str:
    """The answer when the tool wanted is not there."""
    if call.tool == "show_help" and call.arguments.get("lead"):
        return str(call.arguments["lead"])
    if call.tool == "show_help":
        return ABILITIES
    return f"I understood that as a request for {call.tool.replace('_', ' ')}, which I can't do here."
