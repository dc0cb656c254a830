"""What a modal carries along: whose card it belongs to, and where that stands. The person does not see it."""

import json

from pydantic import ValidationError

from bot.slack.asked import Asked, asked_from
from bot.slack.ports import Json


def private(asked: Asked) -> str:
    """For `private_metadata` (3,000 characters at most)."""
    return json.dumps(asked.to_json(), separators=(",", ":"))


def read_private(body: Json) -> Asked | None:
    """Back from a view's payload; None for what is not ours, or not of the person who sends it."""
    try:
        asked = asked_from(json.loads(str(body["view"].get("private_metadata") or "")))
        return asked if asked.origin.user == body["user"]["id"] else None
    except (ValueError, ValidationError, KeyError, TypeError, AttributeError):
        return None
