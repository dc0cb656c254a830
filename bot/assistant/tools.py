"""The tools as a model sees them, derived from the requests they carry (`bot.scheduling.requests`)."""

import json
from functools import cache
from typing import Any

from pydantic import ValidationError

from bot.scheduling.requests import TOOLS, Request

Schema = dict[str, Any]

_DROPPED = ("title", "default", "maxLength", "maxItems", "exclusiveMinimum", "minimum", "maximum")


class BadCall(ValueError):
    """A tool call that can't be carried out; `reason` is for the model."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _slim(schema: Any) -> Any:
    """A JSON schema without what a model does not need: titles, defaults, limits, nulls."""
    if isinstance(schema, list):
        return [_slim(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "anyOf" in schema:
        kept = [part for part in schema["anyOf"] if part.get("type") != "null"]
        if len(kept) == 1:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            return _slim({**rest, **kept[0]})
    return {
        key: _slim(value)
        for key, value in schema.items()
        if key not in _DROPPED or (key == "title" and isinstance(value, dict))
    }


@cache
def schemas() -> tuple[Schema, ...]:
    """All tools in the form of the Chat Completions API."""
    tools = []
    for name, request in TOOLS.items():
        full = request.model_json_schema()
        parameters = {
            "type": "object",
            "properties": {key: _slim(value) for key, value in full.get("properties", {}).items()},
            "additionalProperties": False,
        }
        if required := full.get("required"):
            parameters["required"] = required
        description = " ".join((request.__doc__ or "").split())
        tools.append(
            {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}
        )
    return tuple(tools)


def parse(name: str, arguments: str | dict[str, Any]) -> Request:
    """A call as a request. Raises `BadCall` saying what is wrong, for the model to mend.

    >>> parse("cancel", '{"booking": "my call with sam"}')
    Cancel(booking='my call with sam', reason='', scope='one')
    """
    kind = TOOLS.get(name)
    if kind is None:
        raise BadCall(f"There is no tool {name[:40]!r}. The tools are: {', '.join(TOOLS)}.")
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments or "{}")
        except ValueError:
            raise BadCall("The arguments are not valid JSON.") from None
    if not isinstance(arguments, dict):
        raise BadCall("The arguments have to be a JSON object.")
    arguments = {key: value for key, value in arguments.items() if value is not None}
    try:
        return kind.model_validate(arguments)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise BadCall(f"Wrong arguments for {name}: {faults}") from None


def size() -> int:
    """Characters of all schemas as sent."""
    return len(json.dumps(list(schemas()), separators=(",", ":")))
