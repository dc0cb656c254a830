"""Messages, mentions, the Home tab, and the app's own coming and going."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.slack import calls
from bot.slack.home import PROMPTS
from bot.slack.inbound import said
from bot.slack.people import is_stranger
from bot.slack.ports import Json
from bot.slack.reception import Reception

log = logging.getLogger(__name__)


def register(app: AsyncApp, reception: Reception, uninstalled: Callable[[str], Awaitable[None]] | None = None) -> None:
    """Listen to events. `uninstalled` hears of a workspace that removed the app."""

    @app.middleware
    async def accept(body: Json, context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
        """Bolt acknowledges an event before its listener runs; so a message is stored here, before that.

        A failure becomes a 500, and Slack delivers again. A retry is known by its event id.
        """
        if body.get("type") == "event_callback" and (taken := said(body, context.bot_user_id or "")):
            await reception.take(taken)
        await next()

    async def accepted(event: Json) -> None:
        """Stored already, if it was for us."""

    app.event("message")(accepted)
    app.event("app_mention")(accepted)

    @app.event("app_home_opened")
    async def opened(event: Json, body: Json, context: AsyncBoltContext) -> None:
        with reception.work():
            if event.get("tab") == "home":
                await reception.home.opened(str(body.get("team_id") or ""), str(event["user"]))
            elif event.get("tab") == "messages" and event.get("channel"):
                await _suggest(context.client, channel_id=str(event["channel"]))

    @app.event("assistant_thread_started")
    async def started(event: Json, context: AsyncBoltContext) -> None:
        thread = event.get("assistant_thread") or {}
        if thread.get("channel_id"):
            with reception.work():
                await _suggest(
                    context.client, channel_id=str(thread["channel_id"]), thread_ts=str(thread.get("thread_ts") or "")
                )

    @app.event("user_change")
    async def changed(event: Json, body: Json) -> None:
        workspace, user = str(body.get("team_id") or ""), event.get("user")
        if not isinstance(user, dict):
            return
        reception.people.forget(workspace, str(user.get("id") or ""))
        if user.get("deleted") and user.get("id") and not is_stranger(user, workspace):
            with reception.work():
                await reception.left(workspace, str(user["id"]))

    @app.event("app_uninstalled")
    async def removed(body: Json) -> None:
        await _gone(str(body.get("team_id") or ""))

    @app.event("tokens_revoked")
    async def revoked(event: Json, body: Json) -> None:
        if (event.get("tokens") or {}).get("bot"):
            await _gone(str(body.get("team_id") or ""))

    async def _gone(workspace: str) -> None:
        log.warning("workspace %s has removed the app", workspace)
        if uninstalled:
            await uninstalled(workspace)

    @app.event(re.compile(".*"))
    async def other(event: Json) -> None:
        """Slack counts what nobody listens to as a failure."""


async def _suggest(client: Any, **where: str) -> None:
    try:
        await client.assistant_threads_setSuggestedPrompts(
            title="What can I do for you?", prompts=list(PROMPTS), **{k: v for k, v in where.items() if v}
        )
    except (SlackApiError, *calls.Unanswered) as error:
        log.info("no prompts suggested: %s", type(error).__name__)
