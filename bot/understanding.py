"""`slotwise understand --model openai`: what the configured model makes of first messages; nothing is executed."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.assistant.context import messages
from bot.assistant.model import ModelFailed
from bot.assistant.tools import BadCall, parse
from bot.config import Settings
from bot.scheduling.asker import Asker, Place, Scene
from bot.scheduling.requests import Request

INTENTS = {
    "book": "create",
    "find_times": "availability",
    "show_bookings": "find",
    "move": "update",
    "respond": "update",
    "cancel": "delete",
}
"""What a tool call means; the others are "other"."""


async def by_model(lines: Iterable[str], out: TextIO) -> None:
    """Answer each line `{"id","text"}` by the first tool call of the configured model."""
    from bot.app import model_of

    model = model_of(Settings())
    asker = Asker("T", "U", "Ann", "America/New_York")
    for line in lines:
        if not line.strip():
            continue
        item = json.loads(line)
        scene = Scene(asker, "understand", Place.DM, "understand")
        try:
            answer = await model.ask(messages(scene, item["text"], (), None, datetime.now(UTC)))
            call = answer.calls[0] if answer.calls else None
            request = parse(call.name, call.arguments) if call else None
        except (ModelFailed, BadCall):
            call, request = None, None
        out.write(json.dumps({"id": item.get("id"), **_said(call.name if call else None, request)}) + "\n")
        out.flush()


def _said(tool: str | None, request: Request | None) -> dict[str, Any]:
    arguments = request.model_dump(exclude_defaults=True) if request else {}
    words = " ".join(str(arguments.get(key, "")) for key in ("when", "to") if arguments.get(key))
    return {
        "intent": INTENTS.get(tool or "", "other"),
        "attendees": arguments.get("people", []),
        "when": words,
        "tool": tool,
        "arguments": arguments,
    }
