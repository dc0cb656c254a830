"""What a conversation's last message comes with: where and when it was said, and what is open on the screen."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_CONTEXT = re.compile(r"<context>\s*(.*?)\s*</context>", re.DOTALL)
_MESSAGE = re.compile(r"<message>\s*(.*?)\s*</message>", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A question of the card: `type` as in Cal.com's booking fields, `options` for choices, `answer` if it has one."""

    label: str
    type: str = "text"
    required: bool = False
    options: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class Open:
    """The card that waits. `start` and `options` are times as shown to the person ("Tue 24 Nov 2:00 PM").

    `waiting` is a card that still waits behind a list or a look.
    """

    card: str
    kind: str = ""
    title: str = ""
    people: tuple[str, ...] = ()
    start: str = ""
    options: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    waiting: "Open | None" = None


@dataclass(frozen=True)
class Situation:
    """`now` is aware; `zone` is the asker's IANA zone; `where` is dm, channel or command."""

    now: datetime | None = None
    zone: str = "UTC"
    locale: str = "en-US"
    asker: str = ""
    where: str = "dm"
    channel: str = ""
    open: Open | None = None


@dataclass(frozen=True)
class Turn:
    """The message to answer (`text`), its situation, and what was said before it, oldest first."""

    text: str
    situation: Situation = field(default_factory=Situation)
    earlier: tuple[tuple[str, str], ...] = ()
    answered: str | None = None


def _text(content: object) -> str:
    """The text of an OpenAI message's content: a string or a list of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        parts = [part.get("text") for part in content if isinstance(part, Mapping)]
        return "\n".join(part for part in parts if isinstance(part, str))
    return ""


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _question(raw: object) -> Question | None:
    if not isinstance(raw, Mapping) or not raw.get("label"):
        return None
    label, kind = str(raw["label"]), str(raw.get("type") or "text")
    return Question(label, kind, bool(raw.get("required")), _strings(raw.get("options")), str(raw.get("answer") or ""))


def _open(raw: object) -> Open | None:
    if not isinstance(raw, Mapping) or not raw.get("card"):
        return None
    listed = raw.get("questions")
    questions = [_question(item) for item in listed] if isinstance(listed, list) else []
    return Open(
        card=str(raw["card"]),
        kind=str(raw.get("kind") or ""),
        title=str(raw.get("title") or ""),
        people=_strings(raw.get("people")),
        start=str(raw.get("start") or ""),
        options=_strings(raw.get("options")),
        questions=tuple(question for question in questions if question),
        waiting=_open(raw.get("waiting")),
    )


def _situation(raw: Mapping[str, Any]) -> Situation:
    try:
        now = datetime.fromisoformat(str(raw.get("now")))
        now = now if now.tzinfo else now.replace(tzinfo=UTC)
    except ValueError:
        now = None
    return Situation(
        now=now,
        zone=str(raw.get("zone") or "UTC"),
        locale=str(raw.get("locale") or "en-US"),
        asker=str(raw.get("asker") or ""),
        where=str(raw.get("where") or "dm"),
        channel=str(raw.get("channel") or ""),
        open=_open(raw.get("open")),
    )


def _said(content: str) -> str:
    """The person's words of a user message, entities undone."""
    found = _MESSAGE.search(content)
    return html.unescape(found.group(1) if found else content)


def last_turn(messages: Sequence[Mapping[str, Any]]) -> Turn:
    """The turn to answer, out of a conversation in OpenAI's form.

    A context that is missing or no JSON leaves the defaults: nothing is open, the zone is UTC.
    """
    place = max((at for at, m in enumerate(messages) if m.get("role") == "user"), default=-1)
    if place < 0:
        return Turn("")
    content = _text(messages[place].get("content"))
    context = _CONTEXT.search(content)
    try:
        raw = json.loads(context.group(1)) if context else {}
    except ValueError:
        raw = {}
    earlier = tuple(
        (str(m.get("role")), _said(_text(m.get("content"))))
        for m in messages[:place]
        if m.get("role") in ("user", "assistant") and _text(m.get("content"))
    )
    after = [_text(m.get("content")) for m in messages[place + 1 :] if m.get("role") == "tool"]
    return Turn(
        text=_said(content),
        situation=_situation(raw if isinstance(raw, Mapping) else {}),
        earlier=earlier,
        answered=after[-1] if after else None,
    )
