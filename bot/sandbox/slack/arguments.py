"""A Web API call's arguments, from the query, a form or a JSON body alike, and Slack's way of refusing."""

import json
from typing import Any

from starlette.requests import Request

from bot.sandbox.slack.journal import Json


class SlackError(Exception):
    """A refused call: Slack's error name, and whatever more the answer holds."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
        if messages:
            self.more = {"errors": [m.removeprefix("[ERROR] ") for m in messages], **more}
            self.more["response_metadata"] = {"messages": messages}

    def body(self) -> Json:
        """The answer's JSON."""
        return {"ok": False, "error": self.error, **self.more}


class Arguments:
    """What a method was called with. In forms and queries, structures are JSON text, as clients send them."""

    def __init__(self, given: Json) -> None:
        self._given = given

    @classmethod
    async def read(cls, request: Request) -> "Arguments":
        """From a request. Raises `SlackError` for a body that is neither form nor JSON object."""
        given: Json = dict(request.query_params)
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if request.method == "POST":
            if kind == "application/json":
                try:
                    body = json.loads(await request.body() or b"{}")
                except ValueError:
                    raise SlackError("invalid_json") from None
                if not isinstance(body, dict):
                    raise SlackError("json_not_object")
                given |= body
            elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
                async with request.form() as form:
                    given |= {name: value for name, value in form.items() if isinstance(value, str)}
        return cls(given)

    def has(self, name: str) -> bool:
        """Whether the argument was given, and not as null."""
        return self._given.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A plain argument."""
        value = self._given.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def needed(self, name: str) -> str:
        """A plain argument that must be there."""
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean argument."""
        value = self._given.get(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments", [f"[ERROR] must be a number [json-pointer:/{name}]"]) from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """A list or object, parsed if it came as text; None where it was not given."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error, [f"[ERROR] must be valid JSON [json-pointer:/{name}]"]) from None

    def listed(self, name: str) -> list[str]:
        """A list of texts, given as a list or separated by commas."""
        value = self._given.get(name)
        if isinstance(value, list):
            return [str(part) for part in value]
        if isinstance(value, str) and value.startswith("["):
            parsed = self.structure(name)
            return [str(part) for part in parsed] if isinstance(parsed, list) else []
        return [part.strip() for part in str(value).split(",") if part.strip()] if value else []
