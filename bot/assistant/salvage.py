"""Tool calls that a model wrote into its text instead of calling: fenced JSON, tags, bare objects."""

import json
import re
from collections.abc import Iterator
from typing import Any

_FENCE = re.compile(r"```(?:json|tool_call|tool_code|xml)?\s*(.*?)```", re.S)
_TAG = re.compile(
    r"<(?P<tag>tool_call|function_call|tool|function|tool_use|invoke)\b(?P<attributes>[^>]*)>(?P<body>.*?)</(?P=tag)\s*>",
    re.S,
)
_NAMED = re.compile(r"<function=(\w+)>(.*?)</function>", re.S)
_BRACKETED = re.compile(r"\[TOOL_CALLS?\]\s*(.*)", re.S)
_CALLED = re.compile(r"\A\s*(\w+)\s*\((\{.*\})\)\s*\Z", re.S)
_PAIR = re.compile(r"\A\s*(\w+)\s*[:\n]?\s*(\{.*\})\s*\Z", re.S)


def calls_in(text: str, names: set[str]) -> list[tuple[str, Any]]:
    """Name and arguments of each call of a known tool written in the text, in order.

    >>> calls_in('<tool_call>{"name": "cancel", "arguments": {"booking": "it"}}</tool_call>', {"cancel"})
    [('cancel', {'booking': 'it'})]
    """
    for name, body in _NAMED.findall(text):
        if name in names and isinstance(found := _json(body), dict):
            return [(name, found)]
    for found in _TAG.finditer(text):
        named = re.search(r"name\s*=\s*[\"']?(\w+)", found["attributes"])
        body = _json(found["body"])
        if named and named[1] in names and isinstance(body, dict):
            return [(named[1], body)]
    candidates = [found["body"] for found in _TAG.finditer(text)]
    candidates += _FENCE.findall(text) + _BRACKETED.findall(text) + [text]
    for candidate in candidates:
        if calls := list(_calls(candidate, names)):
            return calls
    return []


def _calls(text: str, names: set[str]) -> Iterator[tuple[str, Any]]:
    for pattern in (_CALLED, _PAIR):
        if (found := pattern.match(text)) and found[1] in names and isinstance(body := _json(found[2]), dict):
            yield found[1], body
            return
    value = _json(text)
    if value is None and (start := text.find("{")) >= 0:
        value = _leading(text[start:])
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and (call := _call(item, names)):
            yield call


def _call(item: dict[str, Any], names: set[str]) -> tuple[str, Any] | None:
    inner = item.get("function")
    if isinstance(inner, dict):
        item = inner
    name = item.get("name") or item.get("tool") or item.get("tool_name") or (inner if isinstance(inner, str) else None)
    if isinstance(name, str) and name in names:
        for key in ("arguments", "parameters", "args", "input"):
            if key in item:
                return name, item[key]
        return name, {k: v for k, v in item.items() if k not in ("name", "tool", "tool_name", "type", "id", "function")}
    if len(item) == 1 and (only := next(iter(item))) in names:
        return only, item[only]
    return None


def _json(text: str) -> Any:
    try:
        return json.loads(text.strip())
    except ValueError:
        return None


def _leading(text: str) -> Any:
    """The JSON value a text begins with."""
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except ValueError:
        return None
