"""The language model behind one small interface: messages and tools in, a tool call or text out."""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.assistant.metering import of_turn
from bot.assistant.salvage import calls_in
from bot.assistant.tools import schemas
from bot.offline import Text, plans
from bot.scheduling.requests import TOOLS

log = logging.getLogger(__name__)

Message = dict[str, Any]
"""A message in the form of the Chat Completions API."""


class ModelFailed(Exception):
    """The model gave no usable answer in time."""


@dataclass(frozen=True)
class ToolCall:
    """A tool the model wants called; `arguments` as JSON text or as an object."""

    id: str
    name: str
    arguments: str | dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the model said: tool calls, or text."""

    text: str = ""
    calls: tuple[ToolCall, ...] = ()


@dataclass
class Usage:
    """What the models have cost so far."""

    calls: int = 0
    failures: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = field(default=0.0)


class Model(Protocol):
    """Anything that can choose a tool."""

    @property
    def usage(self) -> Usage:
        """What it has cost so far."""
        ...

    async def ask(self, messages: Sequence[Message]) -> Answer:
        """The model's choice. Raises `ModelFailed`."""
        ...


class OfflineModel:
    """The offline mind, in process: no call, no cost, no failure."""

    def __init__(self) -> None:
        self.usage = Usage()

    async def ask(self, messages: Sequence[Message]) -> Answer:
        """The tool call the grammar comes to."""
        planned = plans(messages, TOOLS.keys())
        if isinstance(planned, Text):
            return Answer(text=planned.text)
        return Answer(
            calls=tuple(ToolCall(f"offline{at}", call.tool, call.arguments) for at, call in enumerate(planned))
        )


class OpenAIModel:
    """A model behind the OpenAI protocol: OpenAI's own or any compatible server's.

    Neither tool choice nor strict schemas are assumed; a call written as text is understood. `deadline` bounds
    one `ask` with all its retries, in seconds.
    """

    def __init__(self, base_url: str, api_key: str, model: str, deadline: float = 14.0) -> None:
        self.usage = Usage()
        self._base_url = base_url
        self._api_key = api_key
        self._model = model
        self._deadline = deadline
        self._client: Any = None

    async def ask(self, messages: Sequence[Message], tools: bool = True) -> Answer:
        """One chat completion, with the tools or in words only. Raises `ModelFailed` after the deadline, an error,
        an unusable answer, or where the turn has no budget."""
        spent, tokens = of_turn(), 0
        if spent and not spent.allowed:
            raise ModelFailed("no budget")
        began = time.monotonic()
        self.usage.calls += 1
        try:
            async with asyncio.timeout(self._deadline):
                completion = await self._connected().chat.completions.create(
                    model=self._model, messages=list(messages), **({"tools": list(schemas())} if tools else {})
                )
            tokens = self._count(completion)
            return self._read(completion)
        except ModelFailed:
            self.usage.failures += 1
            raise
        except (TimeoutError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
            self.usage.failures += 1
            log.warning("model: %s", type(error).__name__)
            raise ModelFailed(type(error).__name__) from error
        finally:
            self.usage.seconds += time.monotonic() - began
            if spent:
                spent.add(messages, tokens)

    def warm(self) -> None:
        """Load the client library, which takes a second; safe to call from another thread."""
        self._connected()

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    def _connected(self) -> Any:
        if self._client is None:
            import openai

            self._client = _Guarded(
                openai.AsyncOpenAI(
                    base_url=self._base_url, api_key=self._api_key or "none", timeout=10.0, max_retries=1
                ),
                openai.OpenAIError,
            )
        return self._client

    def _count(self, completion: Any) -> int:
        """Adds an answer's tokens to what was used; gives how many."""
        usage = getattr(completion, "usage", None)
        prompt, written = (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else (0, 0)
        self.usage.prompt_tokens += prompt
        self.usage.completion_tokens += written
        return int(prompt + written)

    def _read(self, completion: Any) -> Answer:
        message = completion.choices[0].message
        calls = tuple(
            ToolCall(call.id or f"call_{index}", call.function.name, call.function.arguments or "{}")
            for index, call in enumerate(message.tool_calls or ())
            if getattr(call, "function", None) is not None
        )
        text = message.content if isinstance(message.content, str) else ""
        if not calls and text:
            found = calls_in(text, set(TOOLS))
            calls = tuple(ToolCall(f"text_{index}", name, body) for index, (name, body) in enumerate(found))
        if not calls and not text.strip():
            raise ModelFailed("empty answer")
        return Answer("" if calls else text, calls)


class _Guarded:
    """The client library's errors as `ModelFailed`; its classes are known only once it is loaded."""

    def __init__(self, client: Any, errors: type[Exception]) -> None:
        self.chat = self
        self.completions = self
        self._client = client
        self._errors = errors

    async def create(self, **arguments: Any) -> Any:
        try:
            return await self._client.chat.completions.create(**arguments)
        except self._errors as error:
            log.warning("model: %s %s", type(error).__name__, getattr(error, "status_code", ""))
            raise ModelFailed(type(error).__name__) from error

    async def close(self) -> None:
        await self._client.close()


def tool_result(call: ToolCall, reason: str) -> tuple[Message, Message]:
    """A refused call and the reason, as the messages that let the model try once more."""
    arguments = call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments)
    asked = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}],
    }
    return asked, {"role": "tool", "tool_call_id": call.id, "content": f"Refused: {reason}"}
