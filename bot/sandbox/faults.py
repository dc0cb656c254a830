"""Faults that a script plants: the next requests of the bot that match go wrong in a chosen way."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOLD_SECONDS = 60.0
SLOW_SECONDS = 5.0
TARGETS = ("calcom", "slack", "model")
KINDS = ("500", "429", "timeout", "slow", "drop_after", "garbage")
BOT_AGENT = "slotwise"
"""How the bot's own requests to Cal.com name themselves: the beginning of their User-Agent."""


@dataclass
class Fault:
    """The next `left` requests to `target` whose path contains `path` meet `kind`."""

    target: str
    kind: str
    left: int
    path: str = ""


class Faults:
    """The planted faults, first planted first met. An ASGI layer outside everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._planted: list[Fault] = []
        self._let_go = asyncio.Event()

    def plant(self, target: object, kind: object, times: object = 1, path: object = "") -> Fault:
        """Plant one. Raises ValueError with a sentence for what it does not know."""
        if target not in TARGETS:
            raise ValueError(f"A fault's target is one of {', '.join(TARGETS)}, not {target!r}.")
        if str(kind) not in KINDS:
            raise ValueError(f"A fault's kind is one of {', '.join(KINDS)}, not {kind!r}.")
        if not isinstance(times, int) or isinstance(times, bool) or times < 0:
            raise ValueError(f"A fault happens a whole number of times, not {times!r}.")
        fault = Fault(str(target), str(kind), times, str(path or ""))
        self._planted.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all, and let go of the requests that are being held."""
        self._planted.clear()
        self._let_go.set()
        self._let_go = asyncio.Event()

    def planted(self) -> list[Fault]:
        """Those still to be met."""
        return [fault for fault in self._planted if fault.left > 0]

    def _match(self, scope: Scope) -> Fault | None:
        target = target_of(scope)
        for fault in self._planted:
            if fault.left > 0 and fault.target == target and fault.path in scope["path"]:
                fault.left -= 1
                return fault
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._match(scope) if self._planted and scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind == "slow":
            await self._hold(SLOW_SECONDS)
            await self._app(scope, receive, send)
        elif fault.kind == "drop_after":
            await self._app(scope, receive, _swallow)
            await _hang_up(send)
        elif fault.kind == "timeout":
            await self._hold(HOLD_SECONDS)
            await _hang_up(send)
        else:
            await _read(receive)
            status, headers, body = _broken(fault, scope["path"])
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    async def _hold(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._let_go.wait(), seconds)
        except TimeoutError:
            return


def target_of(scope: Scope) -> str | None:
    """Which target a request of the bot is for; None for everybody else's requests."""
    path: str = scope["path"]
    if path.startswith(("/slack/api/", "/slack/response/")):
        return "slack"
    if path.startswith("/model/"):
        return "model"
    if path.startswith("/calcom/"):
        agents = [value.decode("latin-1") for name, value in scope["headers"] if name == b"user-agent"]
        return "calcom" if any(agent.lower().startswith(BOT_AGENT) for agent in agents) else None
    return None


async def _swallow(message: Message) -> None:
    """The work is done; the answer goes nowhere."""


async def _read(receive: Receive) -> None:
    """Take in the request's body, so that the client is through with sending."""
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return


async def _hang_up(send: Send) -> None:
    """Close the connection without an answer.

    ASGI has no word for that, so the server's own transport is asked for behind `send`; on a server that hides it an
    error is raised instead (which it answers with 500).
    """
    transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("a planted fault closed this connection")
    transport.abort()
    # The server notices the loss in the loop's next round; returning earlier would make it answer 500.
    for _ in range(3):
        await asyncio.sleep(0)


def _broken(fault: Fault, path: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of a 500, a 429 or garbage, in the target's own form."""
    if fault.kind == "garbage":
        page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Please wait</body></html>"
        return 200, [(b"content-type", b"text/html; charset=utf-8")], page
    limited = fault.kind == "429"
    headers: list[tuple[bytes, bytes]] = [(b"content-type", b"application/json; charset=utf-8")]
    body: Any
    if fault.target == "slack":
        body = {"ok": False, "error": "ratelimited" if limited else "internal_error"}
        headers += [(b"retry-after", b"1")] if limited else []
    elif fault.target == "calcom":
        if limited:
            error = {"code": "ThrottlerException", "message": "Too many requests. Please try again later."}
            body = {"status": "error", "path": path.removeprefix("/calcom"), "error": error}
            headers += [
                (b"x-ratelimit-limit-default", b"120"),
                (b"x-ratelimit-remaining-default", b"0"),
                (b"x-ratelimit-reset-default", b"1"),
            ]
        else:
            body = {"statusCode": 500, "message": "Internal server error"}
    else:
        kind = "rate_limit_exceeded" if limited else "server_error"
        words = "Rate limit reached, please try again later." if limited else "The server had an error."
        body = {"error": {"message": words, "type": kind, "param": None, "code": kind}}
        headers += [(b"retry-after", b"1")] if limited else []
    return 429 if limited else 500, headers, json.dumps(body).encode()
