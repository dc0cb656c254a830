"""What Cal.com tells, as durable turns: deliveries of webhooks, and the looks after a ring."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calcom import BadDelivery, CalCom, Credential, Trigger, read_delivery
from bot.config import Settings
from bot.retention import RETENTION
from bot.scheduling.accounts import Accounts, OAuthApp
from bot.scheduling.cards import Closed, Event, Notice, Press, Verb
from bot.scheduling.desk import Desk
from bot.scheduling.linker import ACCOUNT, connecting
from bot.scheduling.news import News
from bot.scheduling.people import Directory
from bot.scheduling.rings import RING, Rings
from bot.scheduling.story import Changed, Telling, Told, merged
from bot.scheduling.subscriptions import Subscriptions
from bot.slack import SlackSide
from bot.slack.telling import Teller
from bot.store import Hook, Link, Store, Timer, Turn, Turns
from bot.web import CALLBACK

log = logging.getLogger(__name__)

FailureHandler = Callable[[Turn, Exception], Awaitable[None]]

WEBHOOK = "webhook"
ACCOUNTS = "account"
SUBSCRIBE = "subscribe"
KINDS = (WEBHOOK, RING, ACCOUNTS, SUBSCRIBE, RETENTION)
"""The kinds of turns that nobody asked for in Slack."""
AGAIN = timedelta(minutes=5)
"""When to register webhooks again that Cal.com did not answer for."""


def oauth_app(settings: Settings) -> tuple[OAuthApp | None, str]:
    """The OAuth client as configured, or what keeps people from linking, in a sentence for them."""
    if not settings.calcom_oauth_client_id:
        return None, "Connecting accounts is not set up here; whoever runs me has to register me at Cal.com first."
    if not settings.public_url:
        return None, "I can't connect accounts here: I have no public address that Cal.com could send you back to."
    secret = settings.calcom_oauth_client_secret.get_secret_value() or None
    callback = settings.public_url + CALLBACK
    return OAuthApp(settings.calcom_oauth_client_id, settings.calcom_oauth_url, callback, secret), ""


def hear(
    public_url: str,
    calcom: CalCom,
    store: Store,
    turns: Turns,
    desk: Desk,
    directory: Directory,
    key: Credential | None,
    slack: SlackSide,
    now: Callable[[], datetime],
) -> "Hearing":
    """Everything that listens to Cal.com, wired."""
    accounts = desk.accounts
    subscriptions = Subscriptions(calcom, store, accounts, desk.catalog, key, public_url)
    news = News(calcom, store, accounts, directory, key, now)
    rings = Rings(calcom, store, news, desk.catalog, directory, key, now, bool(public_url))
    teller = Teller(slack.people, slack.delivery, slack.home, store.conversations, store.records, now)
    hearing = Hearing(store, turns, desk, accounts, subscriptions, news, rings, teller, directory, now)
    accounts.on_left = lambda link: slack.home.changed(link.workspace, link.slack_id)
    slack.reception.left = accounts.removed
    turns.on_failed(hearing.or_else(slack.turning.failed))
    desk.on_rung(rings.first_look)
    return hearing


class Hearing:
    """Takes deliveries as turns and works them off."""

    def __init__(
        self,
        store: Store,
        turns: Turns,
        desk: Desk,
        accounts: Accounts,
        subscriptions: Subscriptions,
        news: News,
        rings: Rings,
        teller: Teller,
        directory: Directory,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._turns = turns
        self._desk = desk
        self._accounts = accounts
        self._subscriptions = subscriptions
        self._news = news
        self._rings = rings
        self._teller = teller
        self._directory = directory
        self._now = now
        turns.on(WEBHOOK, self._told)
        turns.on(RING, self._ring)
        turns.on(ACCOUNTS, self._account)
        turns.on(SUBSCRIBE, self._again)
        accounts.on_linked = self._linked
        accounts.on_unlinked = subscriptions.drop_person
        accounts.on_ended = self._ended

    async def accept(self, hook: Hook, key: str, body: bytes) -> bool:
        """A checked delivery, stored before it is answered. The same body through two webhooks is one delivery."""
        payload = {"hook": hook.id, "body": body.decode("utf-8", "replace")}
        delivery = read_delivery(body)
        subject = delivery.uid or hook.id
        return await self._turns.accept(
            f"webhook-{hook.workspace}-{key}", WEBHOOK, hook.workspace, f"booking:{subject}", payload
        )

    async def subscribe(self, workspace: str) -> None:
        """Make sure of every webhook: at start, and after a reset."""
        links = await self._store.links.all(workspace)
        done = await asyncio.gather(
            self._subscriptions.of_rings(workspace), *(self._subscriptions.of_person(link) for link in links)
        )
        if not all(done):
            due = self._now() + AGAIN
            id = f"subscribe-{workspace}-{int(due.timestamp())}"
            await self._turns.later(Timer(id, SUBSCRIBE, workspace, f"subscribe:{workspace}", due))

    async def _again(self, turn: Turn) -> None:
        await self.subscribe(turn.workspace)

    def or_else(self, failed: FailureHandler) -> FailureHandler:
        """What to do about a turn that was given up: nobody waits for ours, so those are logged."""

        async def given_up(turn: Turn, error: Exception) -> None:
            if turn.kind not in KINDS:
                return await failed(turn, error)
            log.error("turn %s given up: %s", turn.id, type(error).__name__, exc_info=error)
            return None

        return given_up

    async def _told(self, turn: Turn) -> None:
        hook = await self._store.hooks.get(turn.payload["hook"])
        if hook is None:
            return  # unlinked meanwhile
        try:
            delivery = read_delivery(turn.payload["body"].encode())
        except BadDelivery:
            return

        async def news() -> Telling:
            if delivery.trigger is Trigger.INSTANT_MEETING:
                return await self._rings.rung(hook, delivery, turn.id)
            heard = await self._news.of(hook, delivery, turn.id)
            if delivery.trigger is Trigger.BOOKING_CREATED and delivery.uid:
                return merged([heard, await self._rings.taken(hook.workspace, delivery.uid, turn.id)])
            return heard

        await self._teller.tell(turn, hook.workspace, news)

    async def _ring(self, turn: Turn) -> None:
        """A look at a ring whose time has come."""
        missed = False

        async def look() -> Telling:
            nonlocal missed
            telling, missed = await self._rings.look(turn.workspace, turn.payload, turn.id)
            return telling

        telling = await self._teller.tell(turn, turn.workspace, look)
        missed = missed or any(isinstance(t.card, Notice) and t.card.event is Event.MISSED for t in telling.told)
        record = await self._rings.record_of(turn.payload) if missed else None
        if record:
            await self._teller.answer(
                turn,
                turn.workspace,
                record.requester,
                record.conversation,
                lambda scene: self._desk.after_ring(scene, record.id),
            )

    async def _account(self, turn: Turn) -> None:
        """A word to somebody whose account was linked, or whose link has ended."""
        user, event = turn.payload["user"], Event(turn.payload["event"])
        connect, leave = Press("Connect Cal.com", Verb.CONNECT), Press("Disconnect", Verb.DISCONNECT)
        card = Notice(
            ref=ACCOUNT,
            event=event,
            lead=turn.payload["lead"],
            presses={Event.CONNECTED: (leave,), Event.DISCONNECTED: (connect,)}.get(event, ()),
        )

        async def news() -> Telling:
            way = connecting(turn.workspace, user)
            spent = Changed(way, user, Closed(way, "Your Cal.com account is connected."))
            return Telling((Told(user, card),), (spent,) if event is Event.CONNECTED else ())

        await self._teller.tell(turn, turn.workspace, news)

    async def _linked(self, link: Link) -> None:
        await self._subscriptions.of_person(link)
        lead = (
            f"Your Cal.com account {link.username} ({link.email}) is connected. I'll tell you here what happens to "
            "your bookings. If that was not you, disconnect it."
        )
        await self._say(link, Event.CONNECTED, lead)
        await self._warn_owner(link)

    async def _warn_owner(self, link: Link) -> None:
        """Whose address the account has hears of it when somebody else connected it: a link may have been passed on."""
        people = await self._directory.people(link.workspace)
        names = {p.slack_id: p.name for p in people}
        for profile in people:
            same = (profile.email or "").casefold() == link.email.casefold()
            if same and profile.slack_id != link.slack_id:
                name = names.get(link.slack_id)
                lead = (
                    f"Your Cal.com account {link.username} was just connected to {name or 'somebody else'} in Slack. "
                    "If you did not allow that, remove the app in Cal.com's settings."
                )
                await self._say(replace(link, slack_id=profile.slack_id), Event.CONNECT, lead)

    async def _ended(self, link: Link) -> None:
        lead = f"Cal.com has ended the link to your account {link.username}. Connect it again to use it here."
        await self._say(link, Event.DISCONNECTED, lead)

    async def _say(self, link: Link, event: Event, lead: str) -> None:
        id = f"account-{self._store.records.new_id()}"
        payload = {"user": link.slack_id, "event": event.value, "lead": lead}
        await self._turns.accept(id, ACCOUNTS, link.workspace, f"account:{link.slack_id}", payload)
