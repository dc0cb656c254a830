"""Instant meetings under way: the team is rung in Slack, and who asked hears how it went.

A ring lasts 90 seconds by Cal.com's default. Whether somebody joined is told by a webhook, and looked up by timers
where webhooks cannot reach us or were lost.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calcom import Booking, BookingStatus, ByType, CalCom, CalComError, Credential, Delivery, EventType, SlotQuery
from bot.scheduling.bookings import MARK
from bot.scheduling.cards import DraftKind, Event, Fact, Link, Notice
from bot.scheduling.catalog import Catalog, shortest_plain
from bot.scheduling.draft import Draft, Host, State, load_draft
from bot.scheduling.drafts import DRAFT, NOTICE
from bot.scheduling.news import News
from bot.scheduling.people import Directory, Profile
from bot.scheduling.present import join_link
from bot.scheduling.present import parties as draft_parties
from bot.scheduling.story import Changed, Telling, Told
from bot.scheduling.timing import Clock
from bot.scheduling.wording import cut, listed
from bot.store import Hook, Record, Store, Timer

log = logging.getLogger(__name__)

RING = "ring"
"""The kind of turn that looks after a ring."""
LASTS = timedelta(seconds=90)
_SLACK = timedelta(seconds=2)
LOOK_EVERY = timedelta(seconds=15)


def timer_of(record_id: str, workspace: str, uid: str, due: datetime, until: datetime) -> Timer:
    """The next look at a ring. Its id names the moment, for a turn of one id runs once."""
    payload = {"uid": uid, "ref": record_id, "until": until.isoformat()}
    return Timer(f"ring-{uid}-{int(due.timestamp())}", RING, workspace, f"booking:{uid}", due, payload)


class Rings:
    """Follows rings from the first tone to the end."""

    def __init__(
        self,
        calcom: CalCom,
        store: Store,
        news: News,
        catalog: Catalog,
        directory: Directory,
        key: Credential | None,
        now: Clock,
        webhooks: bool,
    ) -> None:
        self._calcom = calcom
        self._store = store
        self._news = news
        self._catalog = catalog
        self._directory = directory
        self._key = key
        self._now = now
        self._webhooks = webhooks

    async def rung(self, hook: Hook, delivery: Delivery, turn: str) -> Telling:
        """The team's hosts who are in Slack get the link that takes the call."""
        if not delivery.uid or delivery.event_type_id is None:
            return Telling()
        booking = await self._news.booking(hook.workspace, "", delivery.uid)
        if booking is None or booking.status is not BookingStatus.AWAITING_HOST:
            return Telling()
        record = await self._record(booking)
        draft = load_draft(record.payload) if record else None
        asker = record.requester if record else ""
        profiles = await self._hosts(hook.workspace, delivery.event_type_id)
        caller = next((a.name for a in booking.attendees), "") or "Somebody"
        problem = draft.notes if draft else str(delivery.responses.get("notes") or "")
        links = [Link("Join the call", delivery.join_url)] if delivery.join_url else list(join_link(booking))
        if draft and draft.thread_link:
            links.append(Link("Open the thread", draft.thread_link))
        told = []
        for profile in profiles:
            if profile.slack_id == asker:
                continue
            card = Notice(
                ref=self._store.records.new_id(),
                event=Event.RINGING,
                lead=f"{caller} needs somebody right now. Whoever joins first has the call.",
                title=booking.title,
                zone=profile.zone,
                facts=(Fact("Problem", cut(problem, 900)),) if problem else (),
                links=tuple(links),
            )
            kept = await self._news.keep(
                hook.workspace, profile.slack_id, card, booking, f"ringing:{booking.uid}", turn
            )
            if kept:
                told.append(kept)
        if not profiles and record:
            lead = "Nobody of the team is here in Slack. Cal.com rings them its own way."
            told.append(self._to_asker(record, Event.MISSED, lead))
        return Telling(tuple(told))

    async def taken(self, workspace: str, uid: str, turn: str) -> Telling:
        """Somebody joined: who asked is told where they asked, the other hosts' rings end."""
        booking = await self._news.booking(workspace, "", uid)
        if booking is None or booking.status is not BookingStatus.ACCEPTED:
            return Telling()
        record = await self._record(booking)
        if record is None or not await self._over(record, booking, turn):
            return Telling()
        names = listed([h.name for h in booking.hosts]) or "Somebody"
        told = self._to_asker(
            record, Event.TAKEN, f"{names} took the call. Join now.", join_link(booking), booking.title
        )
        lead = f"{names} took the call."
        ended = await self._end_rings(booking, lead, Event.TAKEN)
        return Telling((told,), (await self._ended(record, booking, lead, Event.TAKEN), *ended))

    async def look(self, workspace: str, payload: dict[str, str], turn: str) -> tuple[Telling, bool]:
        """A timer's look. Says also whether the ring has ended with nobody, so that times are to be offered."""
        uid, until = payload["uid"], datetime.fromisoformat(payload["until"])
        booking = await self._news.booking(workspace, "", uid)
        if booking is None:
            return Telling(), False
        if booking.status is BookingStatus.ACCEPTED:
            return await self.taken(workspace, uid, turn), False
        if booking.status is BookingStatus.AWAITING_HOST and self._now() < until:
            due = min(until, self._now() + LOOK_EVERY)
            await self._store.timers.put(timer_of(payload["ref"], workspace, uid, due, until))
            return Telling(), False
        record = await self._record(booking)
        if record is None or not await self._over(record, booking, turn):
            return Telling(), False
        draft = load_draft(record.payload)
        team = draft.hosts[0].name if draft.hosts else "the team"
        lead = f"Nobody of {team} could take the call."
        told = self._to_asker(record, Event.MISSED, lead)
        if free := await self._next_free(draft):
            event_type, start = free
            profile = await self._profile(workspace, record.requester)
            zone = profile.zone if profile else "UTC"
            end = start + timedelta(minutes=event_type.length_minutes)
            card = Notice("", Event.MISSED, f"{lead} This is free next:", event_type.title, draft_parties(draft))
            told = replace(told, card=replace(card, zone=zone, start=start, end=end))
        ended = await self._end_rings(booking, "Nobody took the call in time.", Event.MISSED)
        return Telling((told,), (await self._ended(record, booking, lead, Event.MISSED), *ended)), True

    async def record_of(self, payload: dict[str, str]) -> Record | None:
        """The draft behind a ring."""
        return await self._store.records.get(payload["ref"])

    def first_look(self, record_id: str, workspace: str, uid: str) -> Timer:
        """When to look first: at the end, or soon where no webhook will tell."""
        until = self._now() + LASTS + _SLACK
        return timer_of(record_id, workspace, uid, until if self._webhooks else self._now() + LOOK_EVERY, until)

    async def _next_free(self, draft: Draft) -> tuple[EventType, datetime] | None:
        """When the team's plainest meeting is free next, and which that is."""
        types = await self._catalog.of(draft.hosts[0]) if draft.hosts else ()
        if not types:
            return None
        plainest, now = shortest_plain(types), self._now()
        try:
            found = await self._calcom.acting(None).slots(SlotQuery(ByType(plainest.id), now, now + timedelta(days=7)))
        except CalComError:
            return None
        start = min((slot.start for slot in found if slot.start > now), default=None)
        return (plainest, start) if start else None

    def _to_asker(self, record: Record, event: Event, lead: str, links: tuple[Link, ...] = (), title: str = "") -> Told:
        card = Notice(ref="", event=event, lead=lead, title=title, links=links)
        return Told(record.requester, card, record.conversation)

    async def _record(self, booking: Booking) -> Record | None:
        """The draft that rang, by the mark it left in the booking."""
        mark = booking.metadata.get(MARK)
        record = await self._store.records.get(mark) if isinstance(mark, str) else None
        rang = record and record.kind == DRAFT and load_draft(record.payload).kind is DraftKind.RING
        return record if rang else None

    async def _over(self, record: Record, booking: Booking, turn: str) -> bool:
        """Ends a ring once: False when another turn has ended it."""
        now = self._now()
        end = Record(
            id=self._store.records.new_id(),
            workspace=record.workspace,
            conversation="",
            requester=record.requester,
            kind="ring-end",
            state=State.DONE.value,
            payload={"turn": turn},
            created=now,
            updated=now,
        )
        first = await self._store.records.add(end, key=f"ring-end:{booking.uid}")
        return first.payload == end.payload

    async def _ended(self, record: Record, booking: Booking, lead: str, event: Event) -> Changed:
        """The card that said "ringing", where it was asked."""
        draft = load_draft(record.payload)
        profile = await self._profile(record.workspace, record.requester)
        card = Notice(
            ref=record.id,
            event=event,
            lead=lead,
            title=booking.title,
            parties=draft_parties(draft),
            zone=profile.zone if profile else "UTC",
            facts=(Fact("Problem", cut(draft.notes, 500)),) if draft.notes else (),
            links=join_link(booking) if event is Event.TAKEN else (),
        )
        return Changed(record.id, record.requester, card)

    async def _end_rings(self, booking: Booking, lead: str, event: Event) -> tuple[Changed, ...]:
        """The hosts' cards, without the link that takes the call."""
        changed = []
        for record in await self._store.records.by_subject(booking.uid):
            if record.kind == NOTICE and record.payload.get("event") == Event.RINGING:
                profile = await self._profile(record.workspace, record.requester)
                card = Notice(record.id, event, lead, booking.title, zone=profile.zone if profile else "UTC")
                changed.append(Changed(record.id, record.requester, card))
        return tuple(changed)

    async def _profile(self, workspace: str, user: str) -> Profile | None:
        return next((p for p in await self._directory.people(workspace) if p.slack_id == user), None)

    async def _hosts(self, workspace: str, event_type_id: int) -> tuple[Profile, ...]:
        """The event type's hosts who are in the workspace: by linked account, or by the address Cal.com has."""
        if self._key is None:
            return ()
        event_type = await self._type(event_type_id)
        if event_type is None:
            return ()
        emails = {(h.email or "").casefold() for h in event_type.hosts}
        usernames = {(h.username or "").casefold() for h in event_type.hosts}
        ids = {h.id for h in event_type.hosts}
        if event_type.team_id is not None:
            for member in await self._calcom.acting(self._key).team_members(event_type.team_id):
                if member.user_id in ids or (event_type.assign_all_members and member.accepted):
                    emails.add((member.email or "").casefold())
                    usernames.add((member.username or "").casefold())
        links = {link.slack_id: link for link in await self._store.links.all(workspace)}
        found = []
        for profile in await self._directory.people(workspace):
            link = links.get(profile.slack_id)
            known = {(profile.email or "").casefold(), (link.email if link else "").casefold()} - {""}
            if known & emails or (link and link.username.casefold() in usernames - {""}):
                found.append(profile)
        return tuple(found)

    async def _type(self, event_type_id: int) -> EventType | None:
        for team in await self._catalog.teams():
            host = Host(team.name, team_slug=team.slug, team_id=team.id)
            for event_type in await self._catalog.of_team(host):
                if event_type.id == event_type_id:
                    return event_type
        return None
