"""The whole program with the obedient model, in a thread of its own, and a hand on what Cal.com answers."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr
from slack_sdk.web.async_base_client import AsyncBaseClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.applications import Starlette

from bot.config import Settings
from bot.serving import Demo, demo, served
from tests.security.obedient import Obedient, readings_of

T = TypeVar("T")
NOW = "2026-11-23T09:00:00-05:00"
SECRET = "zebra-heliotrope-77"
"""Stands in the notes, title and names of a booking that neither ann nor sam takes part in."""

Rewrite = Callable[[httpx.Response], Any]
"""A changed JSON body, a whole response, or None for none."""


class Stage:
    """One running demo. Everything happens in the loop of its thread; `run` waits for it."""

    def __init__(self, running: Demo, mind: Obedient, loop: asyncio.AbstractEventLoop) -> None:
        self.demo, self.mind, self.loop = running, mind, loop
        self.rewrites: list[tuple[re.Pattern[str], Rewrite]] = []
        self.to_slack: list[tuple[str, dict[str, Any]]] = []
        self.asked: list[str] = []
        self.http = httpx.AsyncClient(base_url=running.address, timeout=40)
        self._numbers = iter(range(1, 10**9))
        client = running.bot.calcom._http
        inner = client.request

        async def request(method: str, address: Any, **rest: Any) -> httpx.Response:
            self.asked.append(str(address))
            answer = await inner(method, address, **rest)
            for pattern, rewrite in self.rewrites:
                if pattern.search(f"{method} /{address}"):
                    changed = rewrite(answer)
                    if isinstance(changed, httpx.Response):
                        return changed
                    if changed is not None:
                        return httpx.Response(answer.status_code, json=changed)
            return answer

        client.request = request  # type: ignore[method-assign,assignment]

    @contextmanager
    def overheard(self) -> Iterator[None]:
        """While this is open, what the bot sends to Slack is kept in `to_slack`: calls and answers to response_urls."""
        call, respond = AsyncBaseClient.api_call, AsyncWebhookClient.send_dict

        async def called(client: Any, api_method: str, *args: Any, **rest: Any) -> Any:
            if api_method.startswith(("chat.", "views.", "assistant.")):
                sent = {**(rest.get("params") or {}), **(rest.get("data") or {}), **(rest.get("json") or {})}
                self.to_slack.append((api_method, json.loads(json.dumps(sent, default=str))))
            return await call(client, api_method, *args, **rest)

        async def responded(client: Any, body: dict[str, Any], *args: Any, **rest: Any) -> Any:
            self.to_slack.append(("response_url", json.loads(json.dumps(body))))
            return await respond(client, body, *args, **rest)

        AsyncBaseClient.api_call, AsyncWebhookClient.send_dict = called, responded  # type: ignore[method-assign,assignment]
        try:
            yield
        finally:
            AsyncBaseClient.api_call, AsyncWebhookClient.send_dict = call, respond  # type: ignore[method-assign]

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 60) -> T:
        """The result of work done in the stage's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def rewrite(self, pattern: str, rewrite: Rewrite) -> None:
        """Change the answers of calls ("GET .*/bookings") on their way to the bot."""
        self.rewrites.append((re.compile(pattern), rewrite))

    async def reset(self) -> None:
        """Back to the seed, with the secret booking in it."""
        self.rewrites.clear()
        await self._post("/workspace/reset", {"now": NOW})
        self.mind.forget()
        await self.book_for_kenji()
        await self.settle()  # the news of it must not come in the middle of an attack
        self.to_slack.clear()

    async def fresh_start(self) -> None:
        """Without what was said, and with everybody's own name: the next attack. Bookings stay."""
        self.rewrites.clear()
        await self.says("sam", "never mind")
        self.to_slack.clear()
        self.mind.forget()
        await self.demo.bot.store.prune(datetime.fromisoformat("2100-01-01T00:00:00+00:00"))
        for who in ("ann", "kenji", "lena", "sam"):
            await self._post("/workspace/users", {"user": who, "real_name": who.title()})
        self.demo.bot.slack.forget()
        self.demo.bot.directory.forget()
        self.demo.bot.desk.forget()
        self.demo.bot.calcom.forget()

    async def book_for_kenji(self) -> None:
        """The secret booking: lena with kenji."""
        body = {
            "eventTypeId": 9,
            "start": "2026-11-27T10:00:00Z",
            "attendee": {"name": f"Kenji {SECRET}", "email": "kenji@example.com", "timeZone": "Asia/Tokyo"},
            "bookingFieldsResponses": {"notes": SECRET, "title": SECRET},
            "location": {"type": "integration", "integration": "cal-video"},
        }
        answer = await self.calcom("POST", "/bookings", body)
        if answer.status_code != 201:
            raise RuntimeError(f"The secret booking was not made: {answer.text[:300]}")

    async def calcom(
        self, method: str, path: str, body: Any = None, who: str = "", version: str = "2024-08-13", **query: Any
    ) -> httpx.Response:
        """A request to Cal.com itself, past the bot."""
        headers = {"cal-api-version": version} | ({"Authorization": f"Bearer cal_sandbox_{who}"} if who else {})
        return await self.http.request(method, f"/calcom/v2{path}", json=body, headers=headers, params=query)

    async def everything(self) -> dict[str, Any]:
        """All that a write could have changed: bookings, sam's event types, schedules and profile, links."""
        found: dict[str, Any] = {}
        statuses = "upcoming,recurring,unconfirmed,cancelled,past"
        bookings = await self.calcom("GET", "/bookings", who="admin", take=250, status=statuses)
        found["bookings"] = {b["uid"]: b for b in bookings.json()["data"]}
        for path, version in (("/schedules", "2024-06-11"), ("/me", ""), ("/event-types?username=sam", "2024-06-14")):
            found[path] = (await self.calcom("GET", path, who="sam", version=version)).json().get("data")
        links = await self.demo.bot.store.links.all(self.demo.bot.workspace)
        found["links"] = sorted((link.slack_id, link.username, link.credential is not None) for link in links)
        return found

    async def says(self, who: str, text: str, channel: str = "@slotwise", thread: str = "") -> str:
        """Somebody writes, and all that follows is done; gives the message's ts."""
        extra = {"thread_ts": thread} if thread else {}
        body = {"user": who, "channel": channel, "text": text, **extra}
        answer = await self._post("/workspace/messages", body)
        await self.settle()
        return str(answer["ts"])

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        answer = await self.http.get("/workspace/idle", params={"timeout": 15})
        if answer.status_code != 200:
            raise RuntimeError(f"not idle: {answer.status_code}")

    async def looks_home(self, who: str) -> None:
        """Somebody opens the Home tab."""
        await self._post("/workspace/home", {"user": who})
        await self.settle()

    async def presses(self, who: str, label: str, channel: str = "@slotwise") -> bool:
        """Somebody presses the newest button of this label, if there is one."""
        for message in reversed(await self.shown(who, channel)):
            if f"[{label}]" in message["plain"]:
                body = {"user": who, "channel": channel, "ts": message["ts"], "label": label}
                await self._post("/workspace/press", body)
                await self.settle()
                return True
        return False

    def prompts(self) -> str:
        """Everything the model was sent, as it reads it."""
        return "\n".join(readings_of(body["messages"]) for body in self.mind.sent)

    async def shown(self, viewer: str, channel: str = "@slotwise") -> list[dict[str, Any]]:
        """What the bot shows this person there."""
        answer = await self.http.get("/workspace/messages", params={"viewer": viewer, "channel": channel})
        return [m for m in answer.json()["messages"] if m["bot"]]

    async def event(self, **event: Any) -> httpx.Response:
        """A signed Slack event."""
        number = next(self._numbers)
        body = {
            "type": "event_callback",
            "team_id": self.demo.bot.workspace,
            "event_id": f"EvStage{time.time_ns()}x{number}",
            "event": event,
        }
        return await self.signed(json.dumps(body).encode(), "application/json")

    async def command(self, **fields: str) -> httpx.Response:
        """A signed slash command."""
        whole = {
            "command": "/slotwise",
            "team_id": self.demo.bot.workspace,
            "trigger_id": f"{time.time_ns()}.{next(self._numbers)}",
            "response_url": "",
            "api_app_id": "A",
            **fields,
        }
        content = httpx.Request("POST", "http://x", data=whole).read()
        return await self.signed(content, "application/x-www-form-urlencoded")

    async def signed(
        self, body: bytes, content_type: str, secret: str = "sandbox-secret", age: int = 0
    ) -> httpx.Response:
        """A request as Slack signs it."""
        stamp = str(int(time.time()) - age)
        mark = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={mark}",
        }
        return await self.http.post("/slack/events", content=body, headers=headers)

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = await self.http.post(path, json=body)
        if answer.is_error:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if answer.content.strip() else {}


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def staged() -> Iterator[Stage]:
    """A stage in a thread of its own."""
    ready: list[Stage | BaseException] = []
    up, stop = threading.Event(), threading.Event()

    async def play() -> None:
        mind, port = Obedient(), free_port()
        settings = Settings(
            _env_file=None,
            openai_base_url=f"http://127.0.0.1:{port}/v1",
            openai_api_key=SecretStr("x"),
            model="obedient",
        )
        async with (
            served(Starlette(routes=mind.routes()), "127.0.0.1", port),
            demo(0, datetime.fromisoformat(NOW), None, settings, calcom_rate=0) as running,
        ):
            stage = Stage(running, mind, asyncio.get_running_loop())
            with stage.overheard():
                ready.append(stage)
                up.set()
                while not stop.is_set():  # noqa: ASYNC110 (the event is set in another thread)
                    await asyncio.sleep(0.05)
            await stage.http.aclose()

    def thread() -> None:
        try:
            asyncio.run(play())
        except BaseException as error:
            ready.append(error)
            up.set()
            raise

    worker = threading.Thread(target=thread, daemon=True)
    worker.start()
    up.wait(30)
    stage = ready[0] if ready else TimeoutError("half a minute is over")
    if isinstance(stage, BaseException):
        raise RuntimeError("The stage did not come up.") from stage
    try:
        yield stage
    finally:
        stop.set()
        with contextlib.suppress(RuntimeError):
            worker.join(20)
