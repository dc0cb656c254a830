"""The model server seen through OpenAI's own client."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import openai
import pytest
from openai import AsyncOpenAI
from starlette.applications import Starlette

from bot.sandbox.model import MODEL, routes
from bot.scheduling.requests import TOOLS

TOOLBOX: list[dict[str, Any]] = [
    {"type": "function", "function": {"name": name, "description": "", "parameters": kind.model_json_schema()}}
    for name, kind in TOOLS.items()
]
CONTEXT = {"now": "2026-11-23T09:00:00-05:00", "zone": "America/New_York", "asker": "Ann", "open": None}


def said(text: str) -> list[dict[str, str]]:
    content = f"<context>\n{json.dumps(CONTEXT)}\n</context>\n<message>\n{text}\n</message>"
    return [{"role": "system", "content": "You schedule."}, {"role": "user", "content": content}]


@pytest.fixture
async def wire() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=Starlette(routes=routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://model/v1") as client:
        yield client


@pytest.fixture
def client(wire: Any) -> AsyncOpenAI:
    return AsyncOpenAI(api_key="any", base_url="http://model/v1", http_client=wire, max_retries=0)


@pytest.fixture
def completions(client: AsyncOpenAI) -> Any:
    """Untyped: tools are given as the plain dictionaries they are on the wire."""
    return client.chat.completions


async def test_a_request_for_a_meeting_becomes_one_tool_call(completions: Any) -> None:
    done = await completions.create(
        model="whatever", messages=said("book 15min with bailey Tuesday at 2pm"), tools=TOOLBOX
    )
    choice = done.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert choice.message.content is None
    (call,) = choice.message.tool_calls
    assert call.function.name == "book"
    assert json.loads(call.function.arguments) == {"people": ["bailey"], "when": "Tuesday at 2pm", "minutes": 15}
    assert done.model == "whatever"
    assert done.usage.total_tokens == done.usage.prompt_tokens + done.usage.completion_tokens > 100


async def test_the_stream_carries_the_same_call_and_the_usage_last(completions: Any) -> None:
    whole = await completions.create(model="m", messages=said("move my call with sam to Thursday 10am"), tools=TOOLBOX)
    stream = await completions.create(
        model="m",
        messages=said("move my call with sam to Thursday 10am"),
        tools=TOOLBOX,
        stream=True,
        stream_options={"include_usage": True},
    )
    name, arguments, reasons, usage = "", "", [], None
    async for chunk in stream:
        usage = chunk.usage
        for choice in chunk.choices:
            reasons.append(choice.finish_reason)
            for call in choice.delta.tool_calls or []:
                name += call.function.name or ""
                arguments += call.function.arguments or ""
    expected = whole.choices[0].message.tool_calls[0].function
    assert (name, arguments) == (expected.name, expected.arguments)
    assert [reason for reason in reasons if reason] == ["tool_calls"]
    assert usage == whole.usage


async def test_only_listed_tools_are_called(completions: Any) -> None:
    only = [tool for tool in TOOLBOX if tool["function"]["name"] == "show_help"]
    done = await completions.create(model="m", messages=said("book 15min with bailey"), tools=only)
    assert done.choices[0].message.tool_calls is None
    assert done.choices[0].message.content


async def test_without_tools_it_answers_in_text(completions: Any) -> None:
    stream = await completions.create(model="m", messages=[{"role": "user", "content": "hello"}], stream=True)
    text = "".join([choice.delta.content or "" async for chunk in stream for choice in chunk.choices])
    assert "book" in text


async def test_tool_choice_none_forbids_calls(completions: Any) -> None:
    done = await completions.create(
        model="m", messages=said("cancel my call with sam"), tools=TOOLBOX, tool_choice="none"
    )
    assert done.choices[0].message.tool_calls is None


async def test_the_models_are_listed(client: AsyncOpenAI) -> None:
    assert [model.id async for model in client.models.list()] == [MODEL]


async def test_an_unknown_model_is_not_found(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        await client.models.retrieve("gpt-x")


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"messages": [{"role": "user", "content": "hi"}]}, "model"),
        ({"model": "m"}, "messages"),
        ({"model": "m", "messages": []}, "messages"),
        ({"model": "m", "messages": [{"content": "hi"}]}, "messages[0].role"),
        ({"model": "m", "messages": "hi"}, "messages"),
        (
            {"model": "m", "messages": [{"role": "user", "content": "hi"}], "tools": [{"function": {}}]},
            "tools[0].function.name",
        ),
    ],
)
async def test_a_malformed_request_is_refused_as_openai_does(wire: httpx.AsyncClient, body: object, param: str) -> None:
    refused = await wire.post("/chat/completions", json=body)
    error = refused.json()["error"]
    assert refused.status_code == 400
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param
    assert set(error) == {"message", "type", "param", "code"}


async def test_a_body_that_is_no_json_is_refused(wire: httpx.AsyncClient) -> None:
    refused = await wire.post("/chat/completions", content=b"{nope", headers={"content-type": "application/json"})
    assert refused.status_code == 400
    assert "parse" in refused.json()["error"]["message"]
