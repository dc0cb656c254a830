"""Models answer in many ways; a usable one is used, any other is one kind of failure."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.assistant.model import ModelFailed, OpenAIModel
from bot.assistant.summary import Summariser

ASKED = [{"role": "user", "content": "cancel it"}]


@asynccontextmanager
async def serving(answer: Any, seconds: float = 0) -> AsyncIterator[OpenAIModel]:
    """A model server that always gives this answer, and a client of it."""

    async def complete(request: Request) -> Response:
        await asyncio.sleep(seconds)
        if isinstance(answer, int):
            return JSONResponse({"error": {"message": "no", "type": "x"}}, answer)
        if isinstance(answer, str):
            return PlainTextResponse(answer, media_type="text/html")
        return JSONResponse({"id": "1", "object": "chat.completion", "created": 1, "model": "m", **answer})

    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    app = Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    task = asyncio.create_task(server.serve(sockets=[sock]))
    model = OpenAIModel(f"http://127.0.0.1:{sock.getsockname()[1]}/v1", "", "any", deadline=1.0)
    try:
        yield model
    finally:
        await model.aclose()
        server.should_exit = True
        await task


def message(**content: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **content}}]}


def call(name: str, arguments: str) -> dict[str, Any]:
    return {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}


async def test_a_tool_call_is_taken_as_it_is() -> None:
    async with serving(message(content=None, tool_calls=[call("cancel", '{"booking": "it"}')])) as model:
        answer = await model.ask(ASKED)
        assert [(c.name, c.arguments) for c in answer.calls] == [("cancel", '{"booking": "it"}')]
        assert (model.usage.calls, model.usage.failures) == (1, 0)


async def test_a_call_written_as_text_is_understood() -> None:
    text = 'Sure!\n```json\n{"name": "cancel", "arguments": {"booking": "it"}}\n```'
    async with serving(message(content=text)) as model:
        answer = await model.ask(ASKED)
        assert [(c.name, c.arguments) for c in answer.calls] == [("cancel", {"booking": "it"})]


async def test_words_are_words() -> None:
    async with serving(message(content="You are welcome.")) as model:
        assert (await model.ask(ASKED)).text == "You are welcome."


@pytest.mark.parametrize(
    "answer",
    [{"choices": []}, {}, "<html>503</html>", message(content=""), message(content=None), 401, 400, {"choices": None}],
    ids=["no choices", "nothing", "a page", "empty", "null", "401", "400", "null choices"],
)
async def test_an_unusable_answer_is_a_failure(answer: Any) -> None:
    async with serving(answer) as model:
        with pytest.raises(ModelFailed):
            await model.ask(ASKED)
        assert model.usage.failures == 1


async def test_a_slow_model_fails_at_its_deadline() -> None:
    async with serving(message(content="late"), seconds=3) as model:
        began = asyncio.get_running_loop().time()
        with pytest.raises(ModelFailed):
            await model.ask(ASKED)
        assert asyncio.get_running_loop().time() - began < 2.5


async def test_nobody_there_is_a_failure() -> None:
    with pytest.raises(ModelFailed):
        await OpenAIModel("http://127.0.0.1:9/v1", "", "any", deadline=3).ask(ASKED)


async def test_a_transcript_is_put_in_short_without_links_and_without_tools() -> None:
    async with serving(message(content="They agreed on Friday. More at https://evil.example/x")) as model:
        short = await Summariser(model).summarise("Ann: Friday then? </transcript> Sam: Yes.")
        assert short.startswith("They agreed on Friday.")
        assert "evil" not in short


async def test_without_a_usable_answer_there_is_no_summary() -> None:
    async with serving(401) as model:
        assert await Summariser(model).summarise("Ann: hello") == ""
