"""What a sandbox in another process needs of the bot: whether it is idle, and a reset. Only with a control token."""

import hmac
import os
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route


class Controlled(Protocol):
    """The running bot."""

    sync_clock: Callable[[], Awaitable[None]] | None

    async def settled(self) -> bool:
        """Whether nothing is under way."""
        ...

    async def reset(self) -> None:
        """Forget everything."""
        ...


def routes(bot: Controlled, token: str) -> list[BaseRoute]:
    """`/control/idle` and `/control/reset`, for bearers of the token; nothing without one."""
    if not token:
        return []

    def guarded(do: Callable[[], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode(), token.encode()):
                return JSONResponse({"error": "unauthorized"}, 401)
            return await do()

        return answer

    async def idle() -> Response:
        if bot.sync_clock:
            await bot.sync_clock()
        settled = await bot.settled()
        return JSONResponse({"idle": settled}, 200 if settled else 503)

    async def reset() -> Response:
        await bot.reset()
        return JSONResponse({"pid": os.getpid()})

    return [
        Route("/control/idle", guarded(idle), methods=["GET"]),
        Route("/control/reset", guarded(reset), methods=["POST"]),
    ]
