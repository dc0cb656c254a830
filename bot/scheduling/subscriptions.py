"""Webhooks at Cal.com: one per linked account, one per instant event type, each with a secret of its own.

A webhook of a person tells of the bookings they host. INSTANT_MEETING comes only to webhooks of teams, organisations
and event types, hence the second kind, registered with the workspace's key.
"""

import logging
import secrets
from collections.abc import Sequence

from bot.calcom import (
    CalCom,
    CalComError,
    Conflict,
    Credential,
    NewWebhook,
    RateLimited,
    Session,
    Trigger,
    Unavailable,
    Webhook,
    WebhookOwner,
    WebhookScope,
)
from bot.scheduling.accounts import Accounts
from bot.scheduling.catalog import Catalog
from bot.scheduling.draft import Host
from bot.store import Hook, Link, Store

log = logging.getLogger(__name__)

PATH = "/webhooks/calcom/"

OF_PEOPLE = (
    Trigger.BOOKING_CREATED,
    Trigger.BOOKING_REQUESTED,
    Trigger.BOOKING_RESCHEDULED,
    Trigger.BOOKING_CANCELLED,
    Trigger.BOOKING_REJECTED,
    Trigger.BOOKING_NO_SHOW_UPDATED,
    Trigger.BOOKING_LOCATION_UPDATED,
    Trigger.BOOKING_REASSIGNED,
    Trigger.MEETING_STARTED,
    Trigger.MEETING_ENDED,
    Trigger.RECORDING_READY,
)
OF_RINGS = (Trigger.INSTANT_MEETING, Trigger.BOOKING_CREATED)
"""Who takes a ring may have no linked account: the booking it becomes is told here too."""


class Subscriptions:
    """Registers webhooks and takes them back. `public_url` is empty where Cal.com cannot reach the bot."""

    def __init__(
        self,
        calcom: CalCom,
        store: Store,
        accounts: Accounts,
        catalog: Catalog,
        key: Credential | None,
        public_url: str,
    ) -> None:
        self._calcom = calcom
        self._store = store
        self._accounts = accounts
        self._catalog = catalog
        self._key = key
        self._public_url = public_url

    async def of_person(self, link: Link) -> bool:
        """Hear of what a linked account hosts. What Cal.com refuses is logged: the bot works without.

        False when Cal.com did not answer, so that it is to be tried again.
        """
        if not self._public_url:
            return True
        try:
            credential = await self._accounts.credential(link)
            if credential is not None:
                await self._ensure(
                    self._calcom.acting(credential), WebhookScope(), OF_PEOPLE, link.workspace, link.slack_id
                )
        except CalComError as error:
            log.warning("no webhook for a linked account: %s", type(error).__name__)
            return not isinstance(error, Unavailable | RateLimited)
        return True

    async def drop_person(self, link: Link) -> None:
        """Hear of it no longer."""
        hook = await self._store.hooks.of(link.workspace, link.slack_id)
        if hook is None:
            return
        await self._store.hooks.remove(hook.id)
        try:
            credential = await self._accounts.credential(link)
            if credential is not None:
                await self._calcom.acting(credential).delete_webhook(hook.remote)
        except CalComError as error:
            log.warning("a webhook of an unlinked account stays: %s", type(error).__name__)

    async def of_rings(self, workspace: str) -> bool:
        """Hear of instant meetings of every team the workspace's key knows. False as above."""
        if not self._public_url or self._key is None:
            return True
        try:
            for team in await self._catalog.teams():
                host = Host(team.name, team_slug=team.slug, team_id=team.id)
                for event_type in await self._catalog.of_team(host):
                    if event_type.instant:
                        scope = WebhookScope(WebhookOwner.EVENT_TYPE, event_type.id)
                        await self._ensure(self._calcom.acting(self._key), scope, OF_RINGS, workspace, "")
        except CalComError as error:
            log.warning("no webhooks for instant meetings: %s", type(error).__name__)
            return not isinstance(error, Unavailable | RateLimited)
        return True

    async def _ensure(
        self, session: Session, scope: WebhookScope, triggers: Sequence[Trigger], workspace: str, owner: str
    ) -> None:
        """The webhook, found again where it is registered as it should be; otherwise made anew."""
        prefix = self._public_url + PATH
        there = {hook.id: hook for hook in await session.webhooks(scope) if hook.url.startswith(prefix)}
        kept = await self._store.hooks.of(workspace, owner, scope.id)
        same = there.pop(kept.remote, None) if kept else None
        if kept and same and _as_wanted(same, prefix + kept.id, triggers):
            return
        if kept:
            await self._store.hooks.remove(kept.id)
        # What the store does not know is left over from a lost database; what it knows may be somebody else's, who
        # linked the same account.
        strays = [hook for hook in there.values() if not await self._store.hooks.get(hook.url.removeprefix(prefix))]
        for hook in (*([same] if same else ()), *strays):
            await session.delete_webhook(hook.id, scope)
        id, secret = secrets.token_urlsafe(18), secrets.token_urlsafe(32)
        try:
            made = await session.create_webhook(NewWebhook(prefix + id, tuple(triggers), secret), scope)
        except Conflict:
            return
        await self._store.hooks.put(Hook(id, workspace, owner, made.id, secret, scope.id))


def _as_wanted(hook: Webhook, url: str, triggers: Sequence[Trigger]) -> bool:
    return hook.active and hook.url == url and set(hook.triggers) == set(triggers)
