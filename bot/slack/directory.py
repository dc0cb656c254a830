"""Everybody in a workspace, for finding people by name."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.scheduling.people import Profile
from bot.slack import calls
from bot.slack.people import profile_of

FRESH_SECONDS = 300.0
PAGE = 200
MOST_PAGES = 50


class SlackDirectory:
    """The people of one workspace (`users.list`), read at most every five minutes."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._read = 0.0
        self._people: tuple[Profile, ...] = ()
        self._lock = asyncio.Lock()

    async def people(self, workspace: str) -> Sequence[Profile]:
        """All of them but bots and removed ones; what was known before where Slack does not answer."""
        async with self._lock:
            if not self._people or time.monotonic() - self._read > FRESH_SECONDS:
                try:
                    self._people = await self._list(workspace)
                    self._read = time.monotonic()
                except (SlackApiError, *calls.Unanswered):
                    if not self._people:
                        return ()
        return self._people

    def forget(self) -> None:
        """Read anew next time."""
        self._people = ()

    async def _list(self, workspace: str) -> tuple[Profile, ...]:
        found = []
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await calls.insisting(partial(self._client.users_list, limit=PAGE, cursor=cursor or None))
            for member in answer.get("members") or []:
                profile = profile_of(member, workspace)
                if not profile.bot and not member.get("deleted") and profile.id != "USLACKBOT":
                    shown = str((member.get("profile") or {}).get("display_name") or member.get("name") or "")
                    found.append(Profile(profile.id, profile.name, profile.zone, profile.email, shown))
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return tuple(found)
