"""Linked Cal.com accounts: "Continue with Cal.com", credentials that stay fresh, and letting go of them.

The link a person opens carries a state that is used once, ends after ten minutes and belongs to them alone. Whoever
needs a linked account's authority asks `credential`, the one place that renews it.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.calcom import CalCom, CalComError, Credential, LinkExpired, Pkce, Tokens, Unavailable, authorize_url
from bot.scheduling.asker import Asker
from bot.scheduling.errors import Refusal
from bot.scheduling.timing import Clock
from bot.store import Credential as Kept
from bot.store import Link, Record, Store

log = logging.getLogger(__name__)

SCOPES = (
    "PROFILE_READ",
    "PROFILE_WRITE",
    "EVENT_TYPE_READ",
    "EVENT_TYPE_WRITE",
    "BOOKING_READ",
    "BOOKING_WRITE",
    "SCHEDULE_READ",
    "SCHEDULE_WRITE",
    "APPS_READ",
    "WEBHOOK_READ",
    "WEBHOOK_WRITE",
)
"""What the tools use, and nothing more. APPS_READ is for connected calendars."""

LINK_LASTS = timedelta(minutes=10)
EARLY = timedelta(minutes=2)
"""A token is renewed this long before its end."""

_LEASE_SECONDS = 20.0
_STATE, _OPEN, _USED = "oauth", "waiting", "used"
_TOPIC, _LEFT = "account", "unlinked"


@dataclass(frozen=True)
class OAuthApp:
    """The app as registered at Cal.com. `page` is where people allow it, `callback` where they come back to."""

    client_id: str
    page: str
    callback: str
    secret: str | None = field(default=None, repr=False)


class NotLinked(Exception):
    """The page a person came back to could not finish; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


Heard = Callable[[Link], Awaitable[object]]


async def _nothing(link: Link) -> None:
    """Nobody wants to hear of it."""


class Accounts:
    """The linked accounts of all workspaces. `app` is None where linking is not set up; `why_not` says what misses."""

    def __init__(
        self, calcom: CalCom, store: Store, now: Clock, app: OAuthApp | None = None, why_not: str = ""
    ) -> None:
        self._calcom = calcom
        self._store = store
        self._now = now
        self.app = app
        self.why_not = why_not
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self.on_linked: Heard = _nothing
        self.on_unlinked: Heard = _nothing
        """Called before the credential is thrown away."""
        self.on_left: Heard = _nothing
        """Called once a person's link is gone."""
        self.on_ended: Heard = _nothing
        """Called when Cal.com does not renew a link any more."""

    async def link(self, workspace: str, slack_id: str) -> Link | None:
        """A person's link."""
        return await self._store.links.get(workspace, slack_id)

    async def credential(self, link: Link | None) -> Credential | None:
        """The authority of a linked account, renewed where it has run out; None without one.

        Raises Unavailable when Cal.com does not answer. A link that Cal.com has ended loses its credential, and stays
        as a proven address.
        """
        if link is None or link.credential is None:
            return None
        if link.credential.kind != "oauth":
            return Credential("key", link.credential.secret)
        held = _Held.read(link.credential)
        if held.until - self._now() > EARLY:
            return held.credential
        return await self._renewed(link)

    # Linking

    async def begin(self, asker: Asker) -> str:
        """The address at Cal.com where this person, and nobody else, can allow the link. Raises `Refusal`."""
        if self.app is None:
            raise Refusal(self.why_not or "Linking accounts is not set up here.")
        pkce, now = Pkce.fresh(), self._now()
        state = Record(
            id=f"{self._store.records.new_id()}{self._store.records.new_id()[:8]}",
            workspace=asker.workspace,
            conversation="",
            requester=asker.slack_id,
            kind=_STATE,
            state=_OPEN,
            payload={"verifier": pkce.verifier, "name": asker.name},
            created=now,
            updated=now,
            expires=now + LINK_LASTS,
        )
        await self._store.records.add(state)
        return authorize_url(
            self.app.page,
            client_id=self.app.client_id,
            redirect_uri=self.app.callback,
            state=state.id,
            scopes=SCOPES,
            pkce=pkce,
        )

    async def finish(self, state: str, code: str, error: str = "") -> tuple[Link, str]:
        """Somebody came back from Cal.com: gives the link and the Slack name it belongs to. Raises `NotLinked`."""
        record = await self._store.records.get(state) if state else None
        if self.app is None or record is None or record.kind != _STATE:
            raise NotLinked("This link is not one of mine. Please ask me in Slack for a new one.")
        if record.expires is None or record.expires <= self._now():
            raise NotLinked("This link was too old. Please ask me in Slack for a new one.")
        used = await self._store.records.change(state, expect_state=_OPEN, state=_USED, payload={})
        if used is None:
            raise NotLinked("This link was used already. If you are not connected, ask me in Slack for a new one.")
        if error or not code:
            raise NotLinked("Cal.com was not allowed to connect, so nothing has changed.")
        try:
            link = await self._exchange(record, code)
        except LinkExpired:
            raise NotLinked("Cal.com did not accept that any more. Please ask me in Slack for a new link.") from None
        except CalComError as problem:
            log.warning("linking failed: %s", type(problem).__name__)
            raise NotLinked(f"{problem.sentence} Nothing has changed; please ask me in Slack for a new link.") from None
        await self._store.memory.forget(link.workspace, link.slack_id, _TOPIC, _LEFT)
        await self._store.audit.add(at=self._now(), workspace=link.workspace, actor=link.slack_id, action="link")
        await self.on_linked(link)
        return link, str(record.payload.get("name") or "you")

    async def _exchange(self, record: Record, code: str) -> Link:
        assert self.app is not None, "the caller has checked"
        tokens = await self._calcom.acting(None).exchange_code(
            client_id=self.app.client_id,
            code=code,
            redirect_uri=self.app.callback,
            client_secret=self.app.secret,
            code_verifier=str(record.payload["verifier"]),
        )
        held = _Held.of(tokens)
        me = await self._calcom.acting(held.credential).me()
        if before := await self._store.links.get(record.workspace, record.requester):
            await self.on_unlinked(before)
        link = Link(
            workspace=record.workspace,
            slack_id=record.requester,
            username=me.username,
            email=me.email,
            name=me.name or str(record.payload.get("name") or me.username),
            zone=me.zone,
            credential=held.kept(),
            calcom_id=me.id,
        )
        await self._store.links.put(link)
        return link

    async def unlink(self, asker: Asker) -> Link | None:
        """Forget a person's link and its credential; gives what was linked. It is not taken up again by itself."""
        link = await self.link(asker.workspace, asker.slack_id)
        if link is None:
            return None
        await self.on_unlinked(link)
        await self._store.links.remove(asker.workspace, asker.slack_id)
        await self._store.memory.put(asker.workspace, asker.slack_id, _TOPIC, _LEFT, "yes")
        await self._store.audit.add(at=self._now(), workspace=asker.workspace, actor=asker.slack_id, action="unlink")
        await self.on_left(link)
        return link

    async def removed(self, workspace: str, slack_id: str) -> None:
        """Somebody is no member of the workspace any more: their account's authority does not stay here."""
        await self.unlink(Asker(workspace, slack_id, "", "UTC"))

    async def has_left(self, workspace: str, slack_id: str) -> bool:
        """Whether the person unlinked on purpose, so that configuration must not link them again."""
        return await self._store.memory.get(workspace, slack_id, _TOPIC, _LEFT) is not None

    # Renewing

    async def _renewed(self, link: Link) -> Credential | None:
        """One renewal at a time: in this process by a lock, in the fleet by a lease. The token is good for one use."""
        key = (link.workspace, link.slack_id)
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            for _ in range(60):
                async with self._store.leases.hold(f"refresh:{key[0]}:{key[1]}", _LEASE_SECONDS) as mine:
                    current = await self.link(*key)
                    if current is None or current.credential is None or current.credential.kind != "oauth":
                        return await self.credential(current)
                    held = _Held.read(current.credential)
                    if held.until - self._now() > EARLY:
                        return held.credential
                    if mine:
                        return await self._refresh(current, held)
                await asyncio.sleep(0.2)
        raise Unavailable

    async def _refresh(self, link: Link, held: "_Held") -> Credential | None:
        if self.app is None or not held.refresh:
            await self._ended(link)
            return None
        try:
            tokens = await self._calcom.acting(None).refresh_tokens(
                client_id=self.app.client_id, refresh_token=held.refresh, client_secret=self.app.secret
            )
        except LinkExpired:
            await self._ended(link)
            return None
        fresh = _Held.of(tokens, held.refresh)
        await self._store.links.put(replace(link, credential=fresh.kept()))
        return fresh.credential

    async def _ended(self, link: Link) -> None:
        log.info("a link has ended at Cal.com")
        await self._store.links.put(replace(link, credential=None))
        await self.on_ended(link)


@dataclass(frozen=True)
class _Held:
    """OAuth tokens as kept in a link's secret."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    until: datetime

    @classmethod
    def of(cls, tokens: Tokens, before: str = "") -> "_Held":
        return cls(tokens.access_token, tokens.refresh_token or before, tokens.expires_at)

    @classmethod
    def read(cls, kept: Kept) -> "_Held":
        stored = json.loads(kept.secret)
        return cls(stored["access"], stored["refresh"], datetime.fromisoformat(stored["until"]))

    def kept(self) -> Kept:
        stored = {"access": self.access, "refresh": self.refresh, "until": self.until.isoformat()}
        return Kept("oauth", json.dumps(stored))

    @property
    def credential(self) -> Credential:
        return Credential("oauth", self.access)
