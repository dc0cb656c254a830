"""What is to be known of channels and their threads."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.scheduling.asker import Place
from bot.slack import calls
from bot.slack.asked import Origin
from bot.slack.people import Clients

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds: neither a name nor a link is worth waiting longer for."""
_MOST = 2_000
"""Threads are talked in for a while and then no more."""


class Channels:
    """Names of channels and permalinks of threads; both stay what they are, so each is asked for once."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._known: dict[tuple[str, ...], str] = {}

    async def name(self, origin: Origin) -> str:
        """The channel's name; empty where the scope to read it is missing."""
        if origin.channel_name or origin.place is not Place.CHANNEL:
            return origin.channel_name
        client = await self._clients(origin.workspace)
        ask = partial(client.conversations_info, channel=origin.channel)
        return await self._once((origin.workspace, origin.channel), ask, lambda answer: answer["channel"]["name"])

    async def link(self, origin: Origin) -> str:
        """The permalink of a channel's thread; empty where Slack does not say."""
        if origin.place is not Place.CHANNEL or not origin.thread:
            return ""
        client = await self._clients(origin.workspace)
        ask = partial(client.chat_getPermalink, channel=origin.channel, message_ts=origin.thread)
        key = (origin.workspace, origin.channel, origin.thread)
        return await self._once(key, ask, lambda answer: answer["permalink"])

    async def _once(self, key: tuple[str, ...], ask: Callable[[], Awaitable[Any]], read: Callable[[Any], Any]) -> str:
        if key in self._known:
            return self._known[key]
        found = ""
        try:
            async with asyncio.timeout(PATIENCE):
                found = str(read(await calls.insisting(ask)) or "")
        except SlackApiError as refusal:
            log.info("channel %s: %s", key[1], calls.error_of(refusal))
            if calls.is_passing(refusal):
                return ""
        except (*calls.Unanswered, KeyError, TypeError) as error:
            log.info("channel %s: %s", key[1], type(error).__name__)
            return ""
        while len(self._known) >= _MOST:
            self._known.pop(next(iter(self._known)))
        self._known[key] = found
        return found
