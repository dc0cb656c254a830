"""A completion: what the offline mind decided, in OpenAI's shapes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.offline import Call, Text, plans
from bot.sandbox.model.protocol import Completion

_PIECE = 24  # characters of text or arguments in one chunk of a stream
_PER_TOKEN = 4  # characters, roughly


@dataclass(frozen=True)
class Reply:
    """The answer to one request; `created` is seconds since 1970."""

    asked: Completion
    id: str
    created: int

    @property
    def decided(self) -> tuple[Call, ...] | Text:
        """The calls of the request's tools, or the text."""
        messages = [message.model_dump() for message in self.asked.messages]
        return plans(messages, self.asked.callable_tools())

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.asked.model}

    def _tool_call(self, call: Call, number: int = 0) -> dict[str, Any]:
        arguments = json.dumps(call.arguments, ensure_ascii=False)
        name = self.id.replace("chatcmpl", "call") + (f"-{number}" if number else "")
        return {"id": name, "type": "function", "function": {"name": call.tool, "arguments": arguments}}

    def _tool_calls(self, calls: Sequence[Call]) -> list[dict[str, Any]]:
        return [self._tool_call(call, number) for number, call in enumerate(calls)]

    def _usage(self, decided: tuple[Call, ...] | Text) -> dict[str, Any]:
        """Tokens, estimated from characters."""
        prompt = [message.model_dump() for message in self.asked.messages], [t.model_dump() for t in self.asked.tools]
        size = len(json.dumps(prompt, ensure_ascii=False))
        answer = decided.text if isinstance(decided, Text) else "".join(map(json.dumps, self._functions(decided)))
        before, after = -(-size // _PER_TOKEN), -(-len(answer) // _PER_TOKEN)
        return {"prompt_tokens": before, "completion_tokens": after, "total_tokens": before + after}

    def whole(self) -> dict[str, Any]:
        """The body of an answer that is not streamed."""
        decided = self.decided
        message: dict[str, Any] = {"role": "assistant", "content": None, "refusal": None}
        if isinstance(decided, Text):
            message["content"], reason = decided.text, "stop"
        else:
            message["tool_calls"], reason = self._tool_calls(decided), "tool_calls"
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reason}
        return {**self._head("chat.completion"), "choices": [choice], "usage": self._usage(decided)}

    def chunks(self) -> Iterator[dict[str, Any]]:
        """The chunks of a stream: role, pieces, the reason it ends, and the usage when it was asked for."""
        decided = self.decided
        wanted = self.asked.stream_options is not None and self.asked.stream_options.include_usage
        for delta, reason in self._deltas(decided):
            choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
            chunk = {**self._head("chat.completion.chunk"), "choices": [choice]}
            yield {**chunk, "usage": None} if wanted else chunk
        if wanted:
            yield {**self._head("chat.completion.chunk"), "choices": [], "usage": self._usage(decided)}

    def _functions(self, calls: Sequence[Call]) -> list[Any]:
        return [call["function"] for call in self._tool_calls(calls)]

    def _deltas(self, decided: tuple[Call, ...] | Text) -> Iterator[tuple[dict[str, Any], str | None]]:
        if isinstance(decided, Text):
            yield {"role": "assistant", "content": ""}, None
            for piece in _pieces(decided.text):
                yield {"content": piece}, None
            yield {}, "stop"
            return
        for number, call in enumerate(self._tool_calls(decided)):
            named = {"name": call["function"]["name"], "arguments": ""}
            head = {} if number else {"role": "assistant", "content": None}
            yield {**head, "tool_calls": [{"index": number, **call, "function": named}]}, None
            for piece in _pieces(call["function"]["arguments"]):
                yield {"tool_calls": [{"index": number, "function": {"arguments": piece}}]}, None
        yield {}, "tool_calls"


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
