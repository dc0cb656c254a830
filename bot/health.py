"""`/healthz`: whether this process should be started anew. `/readyz`: whether work may be sent to it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.store import Store, StoreError, Turns

STUCK_SECONDS = 300.0
"""A turn's ceiling is far below; one that runs longer is stuck."""
SILENT_SECONDS = 60.0
"""The look after the turns comes every second; without one for so long, it is stuck."""
ANSWER_SECONDS = 2.0
"""How long the database may take to answer."""


class Vital(Protocol):
    """What is looked at: the running bot."""

    store: Store
    turns: Turns
    closing: bool

    def oldest(self) -> float:
        """For how many seconds the turn that began first is under way; 0 without one."""
        ...

    def heard(self) -> float | None:
        """How many seconds ago Slack last sent something for us; None before the first."""
        ...

    async def connected(self) -> bool | None:
        """Whether Socket Mode is connected; None where Slack calls us."""
        ...


async def alive(bot: Vital) -> dict[str, Any]:
    """What says that this process works, or needs a new start: `because` then names why. A database or a Slack that
    does not answer is no reason; that is what /readyz is for."""
    pulse = time.monotonic() - bot.turns.pulsed if bot.turns.pulsed else 0.0
    state = {
        "turns": bot.turns.running(),
        "oldest_turn_seconds": round(bot.oldest(), 1),
        "pulse_seconds": round(pulse, 1),
    }
    if bot.oldest() > STUCK_SECONDS:
        return {**state, "because": "a turn is stuck"}
    if pulse > SILENT_SECONDS:
        return {**state, "because": "the look after the turns is stuck"}
    return state


async def ready(bot: Vital) -> dict[str, Any]:
    """What says that work can be done here; `because` names what is missing. In `last_event_seconds` a number that
    grows where it never did tells of a Slack that has stopped sending."""
    heard, connected = bot.heard(), await bot.connected()
    state: dict[str, Any] = {"in_flight": bot.turns.in_flight()}
    if heard is not None:
        state["last_event_seconds"] = round(heard, 1)
    if connected is not None:
        state["socket_mode"] = "connected" if connected else "not connected"
    if bot.closing:
        return {**state, "because": "shutting down"}
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await bot.store.database.once(lambda connection: connection.execute(select(1)).all(), urgent=True)
    except (StoreError, OSError, TimeoutError) as error:
        return {**state, "because": f"database: {type(error).__name__}"}
    if connected is False:
        return {**state, "because": "Socket Mode is not connected"}
    return state


def routes(bot: Vital) -> list[BaseRoute]:
    """`/healthz` and `/readyz`: 200, or 503 with the reason."""

    def asking(
        look: Callable[[Vital], Awaitable[dict[str, Any]]], word: str
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            state = await look(bot)
            good = "because" not in state
            return JSONResponse({word: good, **state}, 200 if good else 503)

        return answer

    return [
        Route("/healthz", asking(alive, "alive"), methods=["GET"]),
        Route("/readyz", asking(ready, "ready"), methods=["GET"]),
    ]
