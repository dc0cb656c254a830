"""Delivers webhooks: each signed, each tried a few times, all of it counted as activity from the start."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Iterable
from contextlib import ExitStack

import httpx

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import instants
from bot.sandbox.calcom.database import Database, Row, unpack
from bot.sandbox.calcom.people import People
from bot.sandbox.calcom.webhooks import EVENT_TYPE, TEAM, USER, VERSION
from bot.sandbox.calcom.world import Notice

log = logging.getLogger(__name__)

ATTEMPTS = 3
PAUSE = 0.5
"""Seconds before the first retry; doubled before the next."""
PATIENCE = 10.0


def signature(secret: str | None, body: bytes) -> str:
    """The value of `X-Cal-Signature-256`: lower-case hex HMAC-SHA256 of the raw body, or the words of no secret."""
    if not secret:
        return "no-secret-provided"
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Deliveries:
    """Sends notices to whoever subscribed."""

    def __init__(self, database: Database, people: People, activity: Activity) -> None:
        self._database = database
        self._people = people
        self._activity = activity
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def subscribers(self, notice: Notice) -> list[Row]:
        """The active webhooks that want this notice, each address once per subscription."""
        scopes: list[tuple[str, int]] = [(USER, user_id) for user_id in notice.user_ids]
        if notice.event_type_id is not None:
            scopes.append((EVENT_TYPE, notice.event_type_id))
        team = self._people.team(notice.team_id)
        if team is not None:
            scopes.append((TEAM, team.id))
            if team.parent_id is not None:
                scopes.append((TEAM, team.parent_id))
        for user_id in notice.user_ids:
            organization = self._people.organization_of(user_id)
            if organization is not None and (TEAM, organization.id) not in scopes:
                scopes.append((TEAM, organization.id))
        rows: list[Row] = []
        for scope, scope_id in scopes:
            for row in self._database.all("SELECT * FROM webhooks WHERE scope = ? AND scope_id = ?", scope, scope_id):
                data = unpack(row["data"])
                if data["active"] and notice.trigger in data["triggers"]:
                    rows.append(row)
        return rows

    def send(self, notices: Iterable[Notice], now_ms: int) -> None:
        """Start delivering; counted as activity from this moment on."""
        for notice in notices:
            for row in self.subscribers(notice):
                data = unpack(row["data"])
                created = instants.write_ms(now_ms)
                if notice.flat:
                    content = {"triggerEvent": notice.trigger, "createdAt": created, **notice.payload}
                else:
                    content = {"triggerEvent": notice.trigger, "createdAt": created, "payload": notice.payload}
                body = json.dumps(content, ensure_ascii=False).encode()
                stack = ExitStack()
                stack.enter_context(self._activity.work())
                task = asyncio.get_running_loop().create_task(
                    self._deliver(stack, row["url"], data.get("secret"), body)
                )
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                # A task cancelled before its first step never runs its body.
                task.add_done_callback(lambda _, stack=stack: stack.close())  # type: ignore[misc]

    async def _deliver(self, stack: ExitStack, url: str, secret: str | None, body: bytes) -> None:
        with stack.pop_all():
            headers = {
                "Content-Type": "application/json",
                "X-Cal-Signature-256": signature(secret, body),
                "x-cal-webhook-version": VERSION,
            }
            for attempt in range(ATTEMPTS):
                if attempt:
                    await asyncio.sleep(PAUSE * 2 ** (attempt - 1))
                try:
                    reply = await self._http().post(url, content=body, headers=headers)
                except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                    log.info("webhook not delivered, attempt %d: %s", attempt + 1, type(error).__name__)
                    continue
                if reply.is_success:
                    return
                log.info("webhook refused, attempt %d: %d", attempt + 1, reply.status_code)

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=PATIENCE, trust_env=False)
        return self._client

    def forget(self) -> None:
        """Give up what is still under way."""
        for task in self._tasks:
            task.cancel()

    async def stop(self) -> None:
        """Give up what is under way and close connections."""
        self.forget()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None
