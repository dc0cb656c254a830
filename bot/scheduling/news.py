"""What a webhook told, as news for people: who is to hear of it, and which cards shown earlier are out of date.

Everything is decided by the booking as Cal.com has it now, so that deliveries out of order do no harm: what does not
hold any more is not told. Whoever did it in Slack sees their card change and is told nothing.
"""

import logging
from dataclasses import replace
from datetime import timedelta

from bot.calcom import (
    Booking,
    CalCom,
    CalComError,
    Credential,
    Delivery,
    RateLimited,
    Unavailable,
)
from bot.scheduling.accounts import Accounts
from bot.scheduling.bookings import MARK, others_of
from bot.scheduling.cards import (
    CARD,
    DraftKind,
    Event,
    Notice,
)
from bot.scheduling.draft import Listed, Listing, State, dump, load_draft
from bot.scheduling.drafts import DRAFT, NOTICE
from bot.scheduling.headlines import doer, facts_of, key_of, lead_for, links_of, old_start, presses_for
from bot.scheduling.people import Directory
from bot.scheduling.plans import AskReschedule
from bot.scheduling.policies import Part, as_seen_by, part_in
from bot.scheduling.present import place_text
from bot.scheduling.refresher import Refresher
from bot.scheduling.story import (
    ALL_CAUSES,
    BY_THE_CLOCK,
    CAUSES,
    EVENTS,
    HOLDS,
    OVER,
    Member,
    Story,
    Telling,
    Told,
    told_of,
)
from bot.scheduling.timing import Clock
from bot.store import Hook, Record, Store

log = logging.getLogger(__name__)

_AT_ONCE = timedelta(minutes=1)
"""A booking that needs no approval is told of within this time."""

_LONGEST_SERIES = 60
"""Bookings of a series among which the one that was acted on is looked for."""

ACTED_LATELY = timedelta(minutes=10)
"""A draft run so shortly before a delivery is what caused it."""


class News:
    """Makes news of deliveries."""

    def __init__(
        self,
        calcom: CalCom,
        store: Store,
        accounts: Accounts,
        directory: Directory,
        key: Credential | None,
        now: Clock,
    ) -> None:
        self._calcom = calcom
        self._store = store
        self._accounts = accounts
        self._directory = directory
        self._key = key
        self._now = now
        self._refresher = Refresher(calcom, store, directory, key, now)

    async def of(self, hook: Hook, delivery: Delivery, turn: str) -> Telling:
        """What to tell and to change. A delivery about nothing known, or out of date, leads to nothing."""
        event = EVENTS.get(delivery.trigger)
        if event is None or not delivery.uid:
            return Telling()
        try:
            booking = await self.booking(hook.workspace, hook.owner, delivery.uid)
        except Unavailable:
            booking = (known := told_of(delivery)) and self._calcom.vetted(known)
        if booking is None:
            return Telling()
        one_seat = event is Event.CANCELLED and booking.live and len(delivery.attendees) > 0
        holds = HOLDS.get(event)
        if holds and booking.status not in holds and not one_seat:
            log.info("a delivery of %s is out of date", delivery.trigger)
            return Telling()
        if event is Event.CREATED and await self._was_requested(hook.workspace, booking, delivery):
            event = Event.ACCEPTED
        if event is Event.CREATED and await self._was_rung(booking):
            return Telling()  # who took the call is in it; the rest is told where it was rung
        members = await self.members(hook.workspace, booking, delivery)
        actor, acted = await self._actor(hook.workspace, event, delivery, booking)
        name = next((m.profile.name for m in members if m.profile.slack_id == actor), "")
        by = name or doer(event, booking)
        story = Story(event, delivery, booking, members, actor, by, acted, one_seat)
        changed = await self._refresher.changed(hook.workspace, story)
        told = [told for m in members if (told := await self._told(hook.workspace, story, m, turn))]
        return Telling(tuple(told), tuple(changed))

    async def booking(self, workspace: str, owner: str, uid: str) -> Booking | None:
        """The booking as it is now; None when Cal.com knows none. Raises Unavailable when it does not answer."""
        link = await self._accounts.link(workspace, owner) if owner else None
        try:
            tried = dict.fromkeys((await self._accounts.credential(link), self._key, None))
        except CalComError:
            tried = dict.fromkeys((self._key, None))
        silent: Unavailable | None = None
        for credential in tried:
            try:
                found = await self._calcom.acting(credential).booking(uid)
            except (Unavailable, RateLimited) as error:
                silent = error if isinstance(error, Unavailable) else Unavailable()
            except CalComError as error:
                log.info("a booking could not be looked up: %s", type(error).__name__)
            else:
                return found if isinstance(found, Booking) else found[0]
        if silent:
            raise silent
        return None

    async def members(self, workspace: str, booking: Booking, delivery: Delivery | None = None) -> tuple[Member, ...]:
        """Who of the workspace hosts or attends, by proven addresses alone: the profile's and the linked one's."""
        # A delivery about a seat names that attendee alone; the others must not hear of it.
        told = replace(booking, attendees=delivery.attendees) if delivery and delivery.attendees else booking
        links = {link.slack_id: link for link in await self._store.links.all(workspace)}
        found = []
        for profile in await self._directory.people(workspace):
            link = links.get(profile.slack_id)
            emails = frozenset(e.casefold() for e in (profile.email, link.email if link else None) if e)
            part = part_in(told, emails, *((link.username, link.calcom_id) if link else ()))
            if part is not Part.STRANGER:
                found.append(Member(profile, emails, part is Part.HOST))
        return tuple(found)

    # Who did it

    async def _actor(
        self, workspace: str, event: Event, delivery: Delivery, booking: Booking
    ) -> tuple[str, frozenset[str]]:
        """The Slack user whose draft caused this, and the drafts that did."""
        if event in BY_THE_CLOCK:
            return "", frozenset()
        # The old uid first: a draft that moves a booking goes from the old to the new one while this looks.
        uids = [u for u in dict.fromkeys((delivery.rescheduled_from, booking.rescheduled_from, booking.uid)) if u]
        records = [r for uid in uids for r in await self._store.records.by_subject(uid)]
        records += await self._of_series(event, booking)
        mark = booking.metadata.get(MARK) or delivery.metadata.get(MARK)
        if isinstance(mark, str) and (marked := await self._store.records.get(mark)):
            records.append(marked)
        kinds = CAUSES.get(event)
        for record in sorted(records, key=lambda r: r.updated, reverse=True):
            if record.workspace != workspace or record.kind != DRAFT:
                continue
            draft = load_draft(record.payload)
            fits = draft.kind in kinds if kinds else draft.kind not in ALL_CAUSES
            if event is Event.CANCELLED and delivery.reschedule_requested:
                fits = isinstance(draft.plan, AskReschedule)
            lately = self._now() - record.updated < ACTED_LATELY
            if fits and (record.state == State.RUNNING or (record.state == State.DONE and lately)):
                return record.requester, frozenset({record.id})
        return "", frozenset()

    async def _of_series(self, event: Event, booking: Booking) -> list[Record]:
        """The drafts that cancelled a whole series, found by its other bookings: Cal.com tells of each one alone."""
        if event is not Event.CANCELLED or not booking.recurring_uid:
            return []
        try:
            found = await self._calcom.acting(self._key).series(booking.recurring_uid)
        except CalComError:
            return []
        records = [r for b in found[:_LONGEST_SERIES] for r in await self._store.records.by_subject(b.uid)]
        return [r for r in records if r.kind == DRAFT and load_draft(r.payload).scope != "one"]

    async def _was_requested(self, workspace: str, booking: Booking, delivery: Delivery) -> bool:
        """Whether this booking was a request before: told as one, accepted here, or made long before it was told."""
        if booking.created_at and delivery.created_at and delivery.created_at - booking.created_at > _AT_ONCE:
            return True
        for record in await self._store.records.by_subject(booking.uid):
            if record.workspace != workspace:
                continue
            if record.kind == NOTICE and record.payload.get("event") == Event.REQUESTED:
                return True
            ran = record.kind == DRAFT and record.state in (State.RUNNING, State.DONE)
            if ran and load_draft(record.payload).kind is DraftKind.ACCEPT:
                return True
        return False

    async def _was_rung(self, booking: Booking) -> bool:
        mark = booking.metadata.get(MARK)
        record = await self._store.records.get(mark) if isinstance(mark, str) else None
        return bool(record and record.kind == DRAFT and load_draft(record.payload).kind is DraftKind.RING)

    # Telling

    async def _told(self, workspace: str, story: Story, member: Member, turn: str) -> Told | None:
        user = member.profile.slack_id
        if user == story.actor:
            return None
        lead = lead_for(story, member)
        if not lead:
            return None
        part = Part.HOST if member.host else Part.ATTENDEE
        booking, event = as_seen_by(story.booking, part, member.emails), story.event
        own = member.emails | frozenset(
            (h.email or "").casefold() for h in booking.hosts if member.host and len(booking.hosts) == 1
        )
        people = others_of(booking, own)
        card = Notice(
            ref=self._store.records.new_id(),
            event=event,
            lead=lead,
            title=booking.title,
            parties=people,
            zone=member.profile.zone,
            start=booking.start,
            end=booking.end,
            old_start=old_start(story),
            gone=event in OVER,
            place=place_text(booking),
            facts=facts_of(story),
            links=links_of(story),
            presses=presses_for(story, member, self._now()),
        )
        return await self.keep(workspace, user, card, booking, key_of(story), turn)

    async def keep(self, workspace: str, user: str, card: Notice, booking: Booking, key: str, turn: str) -> Told | None:
        """Store a notice under its key; None when it was told before, by another delivery of the same news."""
        now = self._now()
        line = Listed("", booking.uid, booking.title, booking.start, tuple(p.name for p in card.parties))
        record = Record(
            id=card.ref,
            workspace=workspace,
            conversation="",
            requester=user,
            kind=NOTICE,
            state=State.OPEN.value,
            payload=dump(Listing((line,), card.lead))
            | {"event": card.event.value, "card": CARD.dump_python(card, mode="json"), "turn": turn},
            created=now,
            updated=now,
            subject=booking.uid,
        )
        first = await self._store.records.add(record, key=f"news:{workspace}:{user}:{key}")
        if first.payload.get("turn") != turn:
            return None
        return Told(user, replace(card, ref=first.id))
