"""The model server: POST {prefix}/chat/completions, streaming and not, and GET {prefix}/models."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.sandbox.model.protocol import Problem, parse
from bot.sandbox.model.reply import Reply

MODEL = "slotwise-offline"
"""The only model there is; any other name asked for is answered by it as well, under that name."""


def routes(prefix: str = "/v1", seconds: float = 0.0) -> list[BaseRoute]:
    """The routes of the model server under `prefix`. Any bearer token is accepted.

    A completion takes `seconds` longer than it has to, as a real model's does."""
    numbers = count(1)

    async def complete(request: Request) -> Response:
        await asyncio.sleep(seconds)
        return await _complete(request, next(numbers))

    return [
        Route(f"{prefix}/chat/completions", _guarded(complete), methods=["POST"]),
        Route(f"{prefix}/models", _guarded(_models), methods=["GET"]),
        Route(f"{prefix}/models/{{name}}", _guarded(_model), methods=["GET"]),
    ]


def _guarded(handle: Callable[[Request], Any]) -> Callable[[Request], Any]:
    """Turn problems into OpenAI's error bodies."""

    async def guarded(request: Request) -> Response:
        try:
            found: Response = await handle(request)
        except Problem as problem:
            return JSONResponse(problem.body(), status_code=problem.status)
        return found

    return guarded


def _card(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "slotwise"}


async def _models(request: Request) -> Response:
    return JSONResponse({"object": "list", "data": [_card(MODEL)]})


async def _model(request: Request) -> Response:
    name = request.path_params["name"]
    if name != MODEL:
        raise Problem(f"The model '{name}' does not exist.", status=404, param="model", code="model_not_found")
    return JSONResponse(_card(name))


async def _complete(request: Request, number: int) -> Response:
    try:
        raw = await request.json()
    except ValueError:
        raise Problem(
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
            "library correctly. The API expects a JSON payload.)"
        ) from None
    asked = parse(raw)
    reply = Reply(asked, f"chatcmpl-offline-{number}", int(time.time()))
    if not asked.stream:
        return JSONResponse(reply.whole())
    return StreamingResponse(_events(reply), media_type="text/event-stream")


async def _events(reply: Reply) -> AsyncIterator[str]:
    for chunk in reply.chunks():
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
    yield "data: [DONE]\n\n"
