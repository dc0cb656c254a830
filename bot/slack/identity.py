"""Who the bot is in a workspace, by which Bolt lets a request in.

Bolt's own answer to this calls `auth.test` when the first request comes, and tells Slack 200 where that fails: the
message would be lost. Here it is asked once, insisting, and a request that comes meanwhile is refused with a 500, so
that Slack delivers it again.
"""

import asyncio
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import calls
from bot.slack.ports import Json

_BRIEF = (0.3,)
"""Slack waits three seconds for our answer."""


class NotKnownYet(Exception):
    """Slack has not said who we are."""


class Identity(AsyncAuthorize):
    """The bot of one workspace, whose token `client` has, or of those that `installations` knows."""

    def __init__(self, client: AsyncWebClient, installations: AsyncInstallationStore | None = None) -> None:
        self._client = client
        self._installations = installations
        self._asking = asyncio.Lock()
        self._known: Json = {}

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: Any,
    ) -> AuthorizeResult | None:
        """The bot that a request is for; None where it is not installed. Raises NotKnownYet."""
        if self._installations is not None:
            bot = await self._installations.async_find_bot(enterprise_id=enterprise_id, team_id=team_id)
            if bot is None:
                return None
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_user_id=bot.bot_user_id,
                bot_id=bot.bot_id,
                bot_token=bot.bot_token,
            )
        try:
            known = await self.ask()
        except (SlackApiError, *calls.Unanswered) as error:
            raise NotKnownYet(type(error).__name__) from error
        return AuthorizeResult(
            enterprise_id=known.get("enterprise_id"),
            team_id=known.get("team_id"),
            bot_user_id=known.get("user_id"),
            bot_id=known.get("bot_id"),
            bot_token=self._client.token,
        )

    async def ask(self) -> Json:
        """What `auth.test` says of the one workspace's token, kept once it is known. Raises SlackApiError, or what kept
        Slack from answering."""
        async with self._asking:
            if not self._known:
                answer = await calls.insisting(self._client.auth_test, _BRIEF)
                self._known = dict(answer.data) if isinstance(answer.data, dict) else {}
        return self._known
