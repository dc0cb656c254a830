"""Conversations as the assistant sends them: a context and the person's escaped words."""

import html
import json
from typing import Any

from bot.offline import Call, Text, plan
from bot.scheduling.requests import TOOLS


def user(text: str, opened: dict[str, Any] | None = None, where: str = "dm", locale: str = "en-US") -> dict[str, Any]:
    """A user message with its context."""
    context = {
        "now": "2026-11-23T09:00:00-05:00",
        "zone": "America/New_York",
        "asker": "Ann",
        "locale": locale,
        "where": where,
        "channel": "support" if where == "channel" else "",
        "open": opened,
    }
    content = f"<context>\n{json.dumps(context)}\n</context>\n<message>\n{html.escape(text)}\n</message>"
    return {"role": "user", "content": content}


def answer(text: str, opened: dict[str, Any] | None = None, **more: Any) -> Call | Text:
    """What the offline mind does with one message; a call is checked against the tool's own model."""
    history = more.pop("history", [])
    system = {"role": "system", "content": "You schedule meetings."}
    found = plan([system, *history, user(text, opened, **more)], TOOLS)
    if isinstance(found, Call):
        TOOLS[found.tool].model_validate(found.arguments)
    return found


def call(text: str, opened: dict[str, Any] | None = None, **more: Any) -> tuple[str, dict[str, Any]]:
    """The tool and arguments for one message."""
    found = answer(text, opened, **more)
    assert isinstance(found, Call), found
    return found.tool, found.arguments


def card(shown: str, **fields: Any) -> dict[str, Any]:
    """An open card."""
    plain = {"kind": "book", "title": "15 min meeting", "people": ["Bailey"], "start": None, "options": []}
    return {"card": shown, **plain, "questions": [], **fields}


SLOTS = card("slots", options=["Tue 24 Nov 1:30 PM", "Tue 24 Nov 2:00 PM", "Tue 24 Nov 2:30 PM", "Tue 24 Nov 4:00 PM"])
PROPOSAL = card("proposal", start="Tue 24 Nov 2:00 PM")
OUTCOME = card("outcome", start="Tue 24 Nov 2:00 PM")
AGENDA = card("agenda", kind="", title="", people=[], options=["Wed 9:00 AM with Sam", "Thu 10:00 AM with Lena"])
WHO = card("pick", title="", people=[], options=["Bailey Jones", "Bailey Smith"])
TOPIC = {"label": "What is this meeting about?", "type": "long_text", "required": True, "options": []}
SIZE = {"label": "Company size", "type": "one_of", "required": True, "options": ["1-10", "10-50", "50+"]}
SEATS = {"label": "How many seats?", "type": "number", "required": False, "options": []}
QUESTIONS = card("questions", title="Consultation", start="Thu 26 Nov 1:00 PM", questions=[TOPIC, SIZE, SEATS])
