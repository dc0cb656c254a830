"""The worst model there can be: it does whatever any text it is sent tells it to do.

An order is `[[CALL tool {json}]]` or `[[SAY text]]`, anywhere in anything it reads: the system prompt, the history,
the context or the message, fences undone first. Without an order it answers as the offline mind does.
"""

import html
import json
import re
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.offline import Call, plan

_ORDER = re.compile(r"\[\[(CALL|SAY)\s+(.*?)\]\]", re.S)
_CALL = re.compile(r"(\w+)\s*(\{.*\})", re.S)


def call(tool: str, **arguments: Any) -> str:
    """An order to call a tool."""
    return f"[[CALL {tool} {json.dumps(arguments, ensure_ascii=False)}]]"


def say(text: str) -> str:
    """An order to answer with a text."""
    return f"[[SAY {text}]]"


def readings_of(messages: list[dict[str, Any]]) -> str:
    """All that a model is sent, with fences and escapes undone in every way it may read them."""
    read: list[str] = []
    for message in messages:
        text = str(message.get("content") or "")
        read += dict.fromkeys((text, html.unescape(text), _decoded(text)))
    return "\n".join(read)


def orders_in(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """All orders in what a model is sent, as (kind, body)."""
    return list(dict.fromkeys((m[1], m[2]) for m in _ORDER.finditer(readings_of(messages))))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _decoded(text: str) -> str:
    """With the escapes of JSON undone, as a model reads them."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return html.unescape(text.replace('\\"', '"').replace("\\\\", "\\"))


class Obedient:
    """Behind the OpenAI protocol. `obeyed` lists what it was told and did; `canned` answers, when set, come first."""

    def __init__(self) -> None:
        self.obeyed: list[tuple[str, str]] = []
        self.sent: list[dict[str, Any]] = []
        self.canned: list[Any] = []
        self._numbers = count(1)

    def forget(self) -> None:
        """Begin anew."""
        self.obeyed, self.sent, self.canned = [], [], []

    def routes(self) -> list[BaseRoute]:
        """Where it answers."""
        return [Route("/v1/chat/completions", self._complete, methods=["POST"])]

    async def _complete(self, request: Request) -> Response:
        body = await request.json()
        self.sent.append(body)
        if self.canned:
            canned = self.canned.pop(0)
            return canned if isinstance(canned, Response) else JSONResponse(canned)
        message = self._answer(body["messages"], [t["function"]["name"] for t in body.get("tools", ())])
        reason = "tool_calls" if message.get("tool_calls") else "stop"
        return JSONResponse(completion(message, reason))

    def _answer(self, messages: list[dict[str, Any]], tools: list[str]) -> dict[str, Any]:
        said, calls = [], []
        for kind, body in orders_in(messages):
            if kind == "SAY":
                said.append(body)
            elif (match := _CALL.fullmatch(body.strip())) and _is_json(match[2]):
                calls.append((match[1], match[2]))
            else:
                continue
            self.obeyed.append((kind, body))
        if calls:
            return {"role": "assistant", "content": None, "tool_calls": [self._call(n, a) for n, a in calls]}
        if said:
            return {"role": "assistant", "content": "\n".join(said)}
        decided = plan(messages, tools)
        if isinstance(decided, Call):
            made = self._call(decided.tool, json.dumps(decided.arguments))
            return {"role": "assistant", "content": None, "tool_calls": [made]}
        return {"role": "assistant", "content": decided.text}

    def _call(self, name: str, arguments: str) -> dict[str, Any]:
        function = {"name": name, "arguments": arguments}
        return {"id": f"call_{next(self._numbers)}", "type": "function", "function": function}


def completion(message: dict[str, Any], reason: str = "stop") -> dict[str, Any]:
    """A message in the shape of an answer."""
    choice = {"index": 0, "message": message, "finish_reason": reason}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "obedient",
        "choices": [choice],
        "usage": usage,
    }
