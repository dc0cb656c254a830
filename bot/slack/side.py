"""The Slack side put together: one Bolt app, to be mounted over HTTP or connected by Socket Mode."""

import asyncio
import itertools
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import calls
from bot.slack.asked import COMMAND, FORM, MESSAGE, PRESS
from bot.slack.client import Client, Heard
from bot.slack.delivery import Delivery
from bot.slack.home import Home
from bot.slack.identity import Identity
from bot.slack.listeners import actions, commands, events, views
from bot.slack.people import Clients, People
from bot.slack.ports import Desk, Limits, Mind, Places, Records, Turns
from bot.slack.reception import Reception
from bot.slack.turning import CEILING_SECONDS, Turning

log = logging.getLogger(__name__)

API_URL = "https://slack.com/api/"
CALL_SECONDS = 12
"""The longest a single call to Slack may take."""


@dataclass(frozen=True)
class SlackSide:
    """The app, and what the composition root needs besides it."""

    app: AsyncApp
    people: People
    delivery: Delivery
    home: Home
    reception: Reception
    turning: Turning
    session: ClientSession
    identity: Identity

    def in_flight(self) -> int:
        """Work under way that is no turn."""
        return self.reception.busy + self.turning.in_flight()

    async def workspace(self) -> str:
        """Ask Slack whose token this is, as long as it takes. Raises SlackApiError when the token is refused."""
        for wait in itertools.chain((0.5, 1, 2, 5), itertools.repeat(10)):
            try:
                return str((await self.identity.ask()).get("team_id") or "")
            except calls.Unanswered as error:
                log.warning("Slack does not answer (%s); trying again in %s s", type(error).__name__, wait)
            except SlackApiError as error:
                if not calls.is_passing(error) and calls.wait_of(error) is None:
                    raise
                log.warning("Slack is not ready; trying again in %s s", wait)
            await asyncio.sleep(wait)
        raise AssertionError("the pauses never end")

    def forget(self) -> None:
        """Drop what is remembered of Slack's profiles: after a reset, they may have changed."""
        self.people.forget()

    async def close(self) -> None:
        """Close the connections to Slack."""
        await self.session.close()


async def build(
    *,
    mind: Mind,
    desk: Desk,
    turns: Turns,
    places: Places,
    records: Records,
    clock: Callable[[], datetime],
    limits: Limits | None = None,
    token: str | None = None,
    signing_secret: str = "",
    api_url: str = API_URL,
    installations: AsyncInstallationStore | None = None,
    ceiling: float = CEILING_SECONDS,
    heard: Heard | None = None,
) -> SlackSide:
    """Wire the app, within a running event loop.

    One workspace: `token`; many: `installations`. `signing_secret` is needed over HTTP (Socket Mode checks nothing).
    `api_url` ends in `/api/`. `clock` is the one the places were given. `heard` is told of every call to Slack.
    """
    session = ClientSession(timeout=ClientTimeout(total=CALL_SECONDS), connector=TCPConnector(limit=100))
    # No handlers of the SDK's own: one that repeats a post after a lost connection would post twice.
    client = Client(
        token=token, base_url=api_url, timeout=CALL_SECONDS, session=session, retry_handlers=[], heard=heard
    )
    identity = Identity(client, installations)
    app = AsyncApp(
        name="slotwise",
        client=client,
        authorize=cast(Any, identity),  # Bolt takes its own kind of authorize too, and does not say so
        # Without a secret nobody can sign: requests over HTTP are refused, Socket Mode is not concerned.
        signing_secret=signing_secret or secrets.token_hex(32),
        installation_store=installations,
    )
    clients = _clients(client, installations)
    people = People(clients)
    delivery = Delivery(clients, places, clock, session, api_url)
    home = Home(clients, people, desk, delivery)
    turning = Turning(clients, people, delivery, home, mind, desk, records, clock, limits, ceiling)
    for kind in (MESSAGE, COMMAND, PRESS, FORM):
        turns.on(kind, turning.work)
    turns.on_failed(turning.failed)
    reception = Reception(clients, people, delivery, home, desk, turns, records)
    events.register(app, reception, _removal(installations))
    for listeners in (actions, commands, views):
        listeners.register(app, reception)
    return SlackSide(app, people, delivery, home, reception, turning, session, identity)


def _clients(client: Client, installations: AsyncInstallationStore | None) -> Clients:
    async def of(workspace: str) -> AsyncWebClient:
        if installations is None:
            return client
        bot = await installations.async_find_bot(enterprise_id=None, team_id=workspace)
        return Client(
            token=bot.bot_token if bot else None,
            base_url=client.base_url,
            timeout=CALL_SECONDS,
            session=client.session,
            retry_handlers=[],
            heard=client.heard,
        )

    return of


def _removal(installations: AsyncInstallationStore | None) -> Callable[[str], Awaitable[None]] | None:
    if installations is None:
        return None

    async def remove(workspace: str) -> None:
        await installations.async_delete_all(enterprise_id=None, team_id=workspace)

    return remove
