"""Bringing events, clicks and commands to the app, as Slack does: signed over HTTP, or through a connected socket."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.activity import Activity
from bot.sandbox.slack.journal import Journal, Json
from bot.sandbox.slack.sockets import Sockets

T = TypeVar("T")

ACK_SECONDS = 3.0
"""How long Slack waits for an answer."""
ORDER_SECONDS = 0.05
"""How long an event waits for the one before it in the same conversation, so that they arrive in order."""
STARTUP_SECONDS = 15.0
"""How long events left over from the last run are offered to an app that is still starting."""
RETRY_SECONDS = (0.0, 60.0, 300.0)
"""When a failed event is tried again, counted from the failure before, in real time."""


@dataclass(frozen=True)
class Ack:
    """How the app answered: `failure` is None, or Slack's reason (`http_timeout`, `http_error`, ...)."""

    failure: str | None
    body: Json | None = None
    text: str = ""
    """What the body said where it was no JSON object."""
    refused: bool = False
    """The app asked not to be tried again."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 request signature."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


class Deliveries:
    """Sends what happens in the workspace to the app, and counts it as activity until it is through.

    Events are repeated at once, after a minute and after five (real time) until one is acknowledged; those still
    due survive a restart. Interactions and commands are sent once. `app_url` may be several addresses, with commas
    between them: replicas, taken in turn, as behind a load balancer.
    """

    def __init__(self, *, activity: Activity, journal: Journal, sockets: Sockets, app_url: str, secret: str) -> None:
        self._activity = activity
        self._journal = journal
        self._sockets = sockets
        self._app_urls = app_url.split(",")
        self._turn = 0
        self._secret = secret
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._tried: dict[str, asyncio.Event] = {}
        """Set once the last event of a conversation was tried for the first time."""
        self.retry_seconds: tuple[float, ...] = RETRY_SECONDS

    async def start(self) -> None:
        """Open the client and take up the events that were still due."""
        # Shorter than servers keep an idle connection: a click sent into one that is just closing would be lost.
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
        self._session = aiohttp.ClientSession(connector=connector)
        for event_id, due in self._journal.read("due").items():
            self.spawn(self._take_up(event_id, due))

    async def stop(self) -> None:
        """Give up what is under way (it is taken up at the next start) and close the client."""
        await self._cancel()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def abandon(self) -> None:
        """Give up everything under way for good."""
        await self._cancel()
        for event_id in self._journal.read("due"):
            self._journal.drop("due", event_id)

    async def _cancel(self) -> None:
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def spawn(self, job: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run `job` in the background; it counts as activity from this moment on."""
        stack = ExitStack()
        stack.enter_context(self._activity.work())
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)

        def done(finished: "asyncio.Task[T]") -> None:
            self._tasks.discard(finished)
            stack.close()

        task.add_done_callback(done)
        return task

    def event(self, envelope: Json) -> None:
        """Deliver an `event_callback`, with retries, in the background."""
        event_id = str(envelope["event_id"])
        self._journal.put("due", event_id, {"envelope": envelope, "attempt": 0, "reason": ""})
        place = str(envelope["event"].get("channel"))
        before, tried = self._tried.get(place), asyncio.Event()
        self._tried[place] = tried
        self.spawn(self._after(before, tried, event_id, envelope))

    async def _after(self, before: asyncio.Event | None, tried: asyncio.Event, event_id: str, envelope: Json) -> None:
        """Deliver, giving the event before it in the same conversation a moment to be acknowledged first."""
        if before is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(before.wait(), ORDER_SECONDS)
        await self._events(event_id, envelope, 0, "", tried)

    async def _take_up(self, event_id: str, due: Json) -> None:
        """Go on with an event of the last run. The app may start after the sandbox: its first refusals do not count."""
        envelope, attempt, reason = due["envelope"], due["attempt"], due["reason"]
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline:
            ack = await self._send("events_api", envelope, attempt, reason)
            if ack.failure is None:
                self._journal.drop("due", event_id)
                return
            await asyncio.sleep(0.2)
        await self._events(event_id, envelope, attempt, reason)

    async def _events(
        self, event_id: str, envelope: Json, attempt: int, reason: str, tried: asyncio.Event | None = None
    ) -> None:
        while True:
            try:
                ack = await self._send("events_api", envelope, attempt, reason)
            finally:
                if tried is not None:
                    tried.set()
            if ack.failure is None or ack.refused or attempt >= len(self.retry_seconds):
                self._journal.drop("due", event_id)
                return
            pause, attempt, reason = self.retry_seconds[attempt], attempt + 1, ack.failure
            self._journal.put("due", event_id, {"envelope": envelope, "attempt": attempt, "reason": reason})
            await asyncio.sleep(pause)

    async def interaction(self, payload: Json) -> Ack:
        """Deliver a click, a submitted or closed view, or a shortcut, once."""
        return await self._send("interactive", payload, 0, "")

    async def command(self, form: dict[str, str]) -> Ack:
        """Deliver a slash command, once."""
        return await self._send("slash_commands", form, 0, "")

    async def _send(self, kind: str, payload: Json, attempt: int, reason: str) -> Ack:
        if self._sockets.connected:
            return await self._through_socket(kind, payload, attempt, reason)
        return await self._over_http(kind, payload, attempt, reason)

    async def _through_socket(self, kind: str, payload: Json, attempt: int, reason: str) -> Ack:
        accepts = kind == "slash_commands" or (kind == "interactive" and payload.get("type") != "view_closed")
        envelope: Json = {"type": kind, "payload": payload, "accepts_response_payload": accepts}
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        answer = await self._sockets.send(envelope, ACK_SECONDS)
        if answer is None:
            return Ack("timeout")
        return Ack(None, body=answer if accepts else None)

    async def _over_http(self, kind: str, payload: Json, attempt: int, reason: str) -> Ack:
        if kind == "events_api":
            body, form = json.dumps(payload).encode(), "application/json"
        elif kind == "interactive":
            body, form = urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"
        else:
            body, form = urlencode(payload).encode(), "application/x-www-form-urlencoded"
        # Signatures follow real time: the app compares them with its own machine's clock.
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": form,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        self._turn += 1
        ack = Ack("connection_failed")
        for place in range(len(self._app_urls)):
            ack = await self._post(self._app_urls[(self._turn + place) % len(self._app_urls)], body, headers)
            if ack.failure != "connection_failed":
                break
        return ack

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Ack:
        if self._session is None:
            return Ack("connection_failed")
        try:
            timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
            async with self._session.post(url, data=body, headers=headers, timeout=timeout) as reply:
                text = await reply.text()
        except TimeoutError:
            return Ack("http_timeout")
        except (aiohttp.ClientError, UnicodeDecodeError):
            return Ack("connection_failed")
        refused = reply.headers.get("X-Slack-No-Retry") == "1"
        if reply.status != 200:
            return Ack("http_error", refused=refused)
        try:
            parsed = json.loads(text) if text.strip() else None
        except ValueError:
            parsed = None
        return Ack(None, body=parsed if isinstance(parsed, dict) else None, text=text, refused=refused)
