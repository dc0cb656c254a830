"""What the model is told besides the words: the moment, the person, and what is open. All of it data, fenced."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import prompts
from bot.assistant.model import Message
from bot.scheduling.asker import Scene
from bot.scheduling.focus import Focus
from bot.scheduling.questions import shown
from bot.scheduling.wording import cut, local
from bot.store import Entry

LONGEST = 4000
"""Characters of a message the model reads; what is beyond them is cut."""


def fenced(text: str) -> str:
    """Text of people, unable to close a fence."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _open(focus: Focus) -> dict[str, Any]:
    """A card: `answer` stands with questions that have one; `waiting` is an open card behind a list or a look."""
    questions = [
        {
            "label": q.label,
            "type": q.input.value,
            "required": q.required,
            **({"answer": cut(shown(q.value), 200)} if q.value is not None else {}),
            **({"options": list(q.options[:30])} if q.options else {}),
        }
        for q in focus.questions[:15]
    ]
    return {
        "card": focus.card,
        "kind": focus.kind,
        "title": cut(focus.title, 100),
        "people": list(focus.people[:5]),
        "start": focus.start or None,
        "options": list(focus.options[:10]),
        "questions": questions,
        **({"waiting": _open(focus.behind)} if focus.behind else {}),
    }


def context(scene: Scene, focus: Focus | None, now: datetime) -> str:
    """The facts of this turn as one line of JSON."""
    asker = scene.asker
    facts: dict[str, Any] = {
        "now": local(now, asker.zone).isoformat(timespec="seconds"),
        "zone": asker.zone,
        "asker": cut(asker.name, 60),
        "locale": asker.locale,
        "where": scene.place.value,
        "open": _open(focus) if focus else None,
    }
    if scene.channel_name:
        facts["channel"] = scene.channel_name
    return json.dumps(facts, ensure_ascii=False)


def messages(scene: Scene, text: str, history: Sequence[Entry], focus: Focus | None, now: datetime) -> list[Message]:
    """All the model reads: the stable prompt first, so that providers' caches hit, then history, then this turn."""
    listed: list[Message] = [{"role": "system", "content": prompts.text("system")}]
    for entry in history:
        if entry.role == "bot":
            listed.append({"role": "assistant", "content": fenced(cut(entry.text, 600))})
        else:
            listed.append({"role": "user", "content": f"{fenced(entry.name)}: {fenced(cut(entry.text, 600))}"})
    facts = fenced_json(context(scene, focus, now))
    body = f"<context>\n{facts}\n</context>\n<message>\n{fenced(cut(text, LONGEST))}\n</message>"
    listed.append({"role": "user", "content": body})
    return listed


def fenced_json(line: str) -> str:
    """JSON in which no string can close a fence."""
    return line.replace("<", "\\u003c").replace(">", "\\u003e")
