"""Socket Mode: the web sockets over which an app without a public address is served."""

import asyncio
import json
import uuid
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.people import APP


class Sockets:
    """The connected sockets. Envelopes go to one of them in turn; an unanswered one is tried on another."""

    def __init__(self) -> None:
        self._tickets: set[str] = set()
        self._open: list[WebSocket] = []
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._carrier: dict[str, WebSocket] = {}
        """Which socket an envelope that is waited for went to."""

    @property
    def connected(self) -> bool:
        """Whether an app is listening."""
        return bool(self._open)

    def ticket(self, secret: str) -> str:
        """Remember a ticket that opens one socket."""
        self._tickets.add(secret)
        return secret

    async def serve(self, socket: WebSocket) -> None:
        """One socket from its handshake to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(4001)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._open) + 1,
                "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": APP},
            }
        )
        self._open.append(socket)
        try:
            while True:
                self._answered(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            return
        finally:
            if socket in self._open:
                self._open.remove(socket)
            self._lost(socket)

    def _lost(self, socket: WebSocket) -> None:
        """Nobody will answer what went to this socket."""
        for envelope_id, carrier in self._carrier.items():
            waiting = self._waiting[envelope_id]
            if carrier is socket and not waiting.done():
                waiting.set_result(None)

    def _answered(self, text: str) -> None:
        try:
            answer: Any = json.loads(text)
        except ValueError:
            return
        if isinstance(answer, dict):
            waiting = self._waiting.get(str(answer.get("envelope_id")))
            if waiting is not None and not waiting.done():
                payload = answer.get("payload")
                waiting.set_result(payload if isinstance(payload, dict) else {})

    async def send(self, envelope: Json, seconds: float) -> Json | None:
        """Send an envelope and wait for its acknowledgement: the response payload, or None when none came."""
        envelope_id = str(uuid.uuid4())
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            if not await self._pass_on(envelope_id, {**envelope, "envelope_id": envelope_id}):
                return None
            return await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return None
        finally:
            self._carrier.pop(envelope_id, None)
            del self._waiting[envelope_id]

    async def _pass_on(self, envelope_id: str, message: Json) -> bool:
        """Hand a message to the next socket in turn that takes it."""
        while self._open:
            self._turn += 1
            socket = self._open[self._turn % len(self._open)]
            self._carrier[envelope_id] = socket
            try:
                await socket.send_json(message)
                return True
            except (WebSocketDisconnect, RuntimeError):
                if socket in self._open:
                    self._open.remove(socket)
        return False

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connected app to open a new socket, then close the old ones, as Slack does now and then."""
        old, self._open = self._open, []
        for socket in old:
            try:
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            except (WebSocketDisconnect, RuntimeError):
                continue

    async def close(self) -> None:
        """Close every socket."""
        old, self._open = self._open, []
        for socket in old:
            try:
                await socket.close(1001)
            except (WebSocketDisconnect, RuntimeError):
                continue
