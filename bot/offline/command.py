"""`slotwise understand --model offline`: JSON lines in, JSON lines out."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from bot.offline.planner import understand


def answer(text: str) -> dict[str, Any]:
    """The fields of one answer, without its id."""
    understood = understand(text)
    return {
        "intent": understood.intent,
        "attendees": list(understood.attendees),
        "when": understood.when,
        "tool": understood.call.tool,
        "arguments": understood.call.arguments,
    }


def main(lines: Iterable[str], out: TextIO) -> None:
    """Read `{"id","text"}` lines, write `{"id","intent","attendees","when","tool","arguments"}` lines in order.

    A line that is no JSON object with a text is answered with `{"id","error"}`; empty lines are skipped.
    """
    for line in lines:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
            key = asked.get("id") if isinstance(asked, dict) else None
            found: dict[str, Any] = {"id": key, "error": 'a line has to be {"id": ..., "text": "..."}'}
        else:
            found = {"id": asked.get("id"), **answer(asked["text"])}
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
        out.flush()
