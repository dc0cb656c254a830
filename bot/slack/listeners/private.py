"""What a modal carries along: whose card it belongs to, and where that stands. The person does not see it."""

import json

from pydantic import ValidationError

from bot.slack.asked import Asked, asked_from


def private(asked: Asked) -> str:
    """For `private_metadata` (3,000 characters at most)."""
    return json.dumps(asked.to_json(), separators=(",", ":"))


def read_private(metadata: str) -> Asked | None:
    """Back from it; None for what is not ours."""
    try:
        return asked_from(json.loads(metadata))
    except (ValueError, ValidationError, KeyError, TypeError):
        return None
