"""What a webhook told, as news for people: who is to hear of it, and which cards shown earlier are out of date.

Everything is decided by the booking as Cal.com has it now, so that deliveries out of order do no harm: what does not
hold any more is not told. Whoever did it in Slack sees their card change and is told nothing.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from bot.calcom import (
    Booking,
    BookingStatus,
    CalCom,
    CalComError,
    Credential,
    Delivery,
    RateLimited,
    Trigger,
    Unavailable,
)
from bot.scheduling.accounts import Accounts
from bot.scheduling.bookings import MARK, others_of
from bot.scheduling.cards import (
    CARD,
    Card,
    DraftKind,
    Event,
    Fact,
    Link,
    Notice,
    Outcome,
    Press,
    Result,
    Verb,
)
from bot.scheduling.draft import Draft, Listed, Listing, State, dump, load_draft
from bot.scheduling.drafts import DRAFT, NOTICE
from bot.scheduling.people import Directory, Profile
from bot.scheduling.present import facts, join_link, parties, place_text, title_of
from bot.scheduling.timing import Clock
from bot.scheduling.wording import cut, listed
from bot.store import Hook, Record, Store

log = logging.getLogger(__name__)

ACTED_LATELY = timedelta(minutes=10)
"""A draft run so shortly before a delivery is what caused it."""

_AT_ONCE = timedelta(minutes=1)
"""A booking that needs no approval is told of within this time."""

_EVENTS = {
    Trigger.BOOKING_CREATED: Event.CREATED,
    Trigger.BOOKING_REQUESTED: Event.REQUESTED,
    Trigger.BOOKING_RESCHEDULED: Event.MOVED,
    Trigger.BOOKING_CANCELLED: Event.CANCELLED,
    Trigger.BOOKING_REJECTED: Event.DECLINED,
    Trigger.BOOKING_NO_SHOW_UPDATED: Event.ABSENT,
    Trigger.BOOKING_LOCATION_UPDATED: Event.RELOCATED,
    Trigger.BOOKING_REASSIGNED: Event.REASSIGNED,
    Trigger.MEETING_STARTED: Event.STARTING,
    Trigger.MEETING_ENDED: Event.ENDED,
    Trigger.RECORDING_READY: Event.RECORDED,
}
_HOLDS = {
    Event.CREATED: (BookingStatus.ACCEPTED,),
    Event.ACCEPTED: (BookingStatus.ACCEPTED,),
    Event.REQUESTED: (BookingStatus.PENDING,),
    Event.MOVED: (BookingStatus.ACCEPTED, BookingStatus.PENDING),
    Event.CANCELLED: (BookingStatus.CANCELLED,),
    Event.DECLINED: (BookingStatus.REJECTED, BookingStatus.CANCELLED),
    Event.STARTING: (BookingStatus.ACCEPTED,),
    Event.RELOCATED: (BookingStatus.ACCEPTED, BookingStatus.PENDING),
    Event.REASSIGNED: (BookingStatus.ACCEPTED, BookingStatus.PENDING),
}
_CAUSES = {
    Event.CREATED: (DraftKind.BOOK, DraftKind.RING, DraftKind.ACCEPT),
    Event.ACCEPTED: (DraftKind.ACCEPT,),
    Event.REQUESTED: (DraftKind.BOOK, DraftKind.MOVE),
    Event.MOVED: (DraftKind.MOVE,),
    Event.CANCELLED: (DraftKind.CANCEL,),
    Event.DECLINED: (DraftKind.DECLINE,),
}
_BY_THE_CLOCK = (Event.STARTING, Event.ENDED, Event.RECORDED)
_REPEATABLE = (Event.ABSENT, Event.RELOCATED, Event.REASSIGNED)
_OVER = (Event.CANCELLED, Event.DECLINED)
_SHOWN_ONCE = (Event.CREATED, Event.CANCELLED)
"""Of a series these are told once, not for each of its meetings."""


@dataclass(frozen=True)
class Told:
    """A card for a person: by DM, or (with a conversation) where something was asked."""

    user: str
    card: Card
    conversation: str = ""


@dataclass(frozen=True)
class Changed:
    """What a card shown earlier to a person looks like now."""

    ref: str
    user: str
    card: Card


@dataclass(frozen=True)
class Telling:
    """Everything a delivery leads to."""

    told: tuple[Told, ...] = ()
    changed: tuple[Changed, ...] = ()


TELLING: TypeAdapter[Telling] = TypeAdapter(Telling)
"""To and from JSON, for the durable turn."""


@dataclass(frozen=True)
class Member:
    """Somebody of the workspace who has to do with a booking."""

    profile: Profile
    emails: frozenset[str]
    host: bool


@dataclass(frozen=True)
class Story:
    """A delivery understood: the event, the booking as it is now, and who caused it in Slack."""

    event: Event
    delivery: Delivery
    booking: Booking
    members: tuple[Member, ...]
    actor: str = ""
    by: str = ""
    acted: frozenset[str] = field(default=frozenset())
    one_seat: bool = False


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

    async def of(self, hook: Hook, delivery: Delivery, turn: str) -> Telling:
        """What to tell and to change. A delivery about nothing known, or out of date, leads to nothing."""
        event = _EVENTS.get(delivery.trigger)
        if event is None or not delivery.uid:
            return Telling()
        try:
            booking = await self.booking(hook.workspace, hook.owner, delivery.uid)
        except Unavailable:
            booking = _told_of(delivery)
        if booking is None:
            return Telling()
        one_seat = event is Event.CANCELLED and booking.live and len(delivery.attendees) > 0
        holds = _HOLDS.get(event)
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
        by = name or _by(event, booking)
        story = Story(event, delivery, booking, members, actor, by, acted, one_seat)
        changed = await self._changed(hook.workspace, story)
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
        hosts = {(h.email or "").casefold() for h in booking.hosts} - {""}
        usernames = {(h.username or "").casefold() for h in booking.hosts} - {""}
        # A delivery about a seat names that attendee alone; the others must not hear of it.
        attendees = delivery.attendees if delivery and delivery.attendees else booking.attendees
        guests = {(a.email or "").casefold() for a in attendees} | {g.casefold() for g in booking.guests}
        links = {link.slack_id: link for link in await self._store.links.all(workspace)}
        found = []
        for profile in await self._directory.people(workspace):
            link = links.get(profile.slack_id)
            emails = frozenset(e.casefold() for e in (profile.email, link.email if link else None) if e)
            if emails & hosts or (link and link.username.casefold() in usernames):
                found.append(Member(profile, emails, True))
            elif emails & guests:
                found.append(Member(profile, emails, False))
        return tuple(found)

    # Who did it

    async def _actor(
        self, workspace: str, event: Event, delivery: Delivery, booking: Booking
    ) -> tuple[str, frozenset[str]]:
        """The Slack user whose draft caused this, and the drafts that did."""
        if event in _BY_THE_CLOCK:
            return "", frozenset()
        # The old uid first: a draft that moves a booking goes from the old to the new one while this looks.
        uids = [u for u in dict.fromkeys((delivery.rescheduled_from, booking.rescheduled_from, booking.uid)) if u]
        records = [r for uid in uids for r in await self._store.records.by_subject(uid)]
        mark = booking.metadata.get(MARK) or delivery.metadata.get(MARK)
        if isinstance(mark, str) and (marked := await self._store.records.get(mark)):
            records.append(marked)
        kinds = _CAUSES.get(event)
        for record in sorted(records, key=lambda r: r.updated, reverse=True):
            if record.workspace != workspace or record.kind != DRAFT:
                continue
            draft = load_draft(record.payload)
            fits = draft.kind in kinds if kinds else draft.kind not in _ALL_CAUSES
            lately = self._now() - record.updated < ACTED_LATELY
            if fits and (record.state == State.RUNNING or (record.state == State.DONE and lately)):
                return record.requester, frozenset({record.id})
        return "", frozenset()

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
        lead = _lead(story, member)
        if not lead:
            return None
        booking, event = story.booking, story.event
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
            old_start=_old_start(story),
            gone=event in _OVER,
            place=place_text(booking),
            facts=_facts(story),
            links=_links(story),
            presses=_presses(story, member, self._now()),
        )
        return await self.keep(workspace, user, card, booking, _key(story), turn)

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

    # Cards shown earlier

    async def _changed(self, workspace: str, story: Story) -> list[Changed]:
        booking, delivery = story.booking, story.delivery
        uids = [u for u in dict.fromkeys((delivery.rescheduled_from, booking.rescheduled_from, booking.uid)) if u]
        people = {p.slack_id: p for p in await self._directory.people(workspace)}
        seat = {(a.email or "").casefold() for a in delivery.attendees}
        changed = []
        for record in {r.id: r for uid in uids for r in await self._store.records.by_subject(uid)}.values():
            profile = people.get(record.requester)
            if profile is None or record.workspace != workspace or record.id in story.acted:
                continue
            if story.one_seat and (profile.email or "").casefold() not in seat:
                continue
            card: Card | None = None
            if record.kind == NOTICE:
                card = await self._notice(record, story)
            elif record.kind == DRAFT and record.state == State.DONE:
                card = await self._outcome(record, story, profile)
            if card is not None:
                changed.append(Changed(record.id, record.requester, card))
        return changed

    async def _notice(self, record: Record, story: Story) -> Notice | None:
        """A notice about the booking, as it stands now: without buttons that make no sense any more."""
        card = CARD.validate_python(record.payload["card"])
        booking, event = story.booking, story.event
        if not isinstance(card, Notice) or card.event in (Event.STARTING, Event.ENDED, Event.RECORDED, Event.RINGING):
            return None
        if event in (Event.STARTING, Event.RECORDED, Event.ABSENT) or card.event in _OVER:
            return None
        lead = _SINCE.get(event, "")
        moved = event is Event.MOVED and booking.start != card.start
        presses: tuple[Press, ...] = () if event in (*_OVER, Event.ENDED) else _ON_BOOKING
        if booking.status is BookingStatus.PENDING:
            presses = card.presses
        fresh = replace(
            card,
            lead=f"{card.lead} {lead}" if lead and lead not in card.lead else card.lead,
            start=booking.start,
            end=booking.end,
            old_start=card.start if moved else card.old_start,
            gone=event in _OVER,
            place=place_text(booking),
            links=() if event in (*_OVER, Event.ENDED) else join_link(booking),
            presses=presses,
        )
        if fresh == card:
            return None
        line = Listed("", booking.uid, booking.title, booking.start, tuple(p.name for p in card.parties))
        payload = record.payload | dump(Listing((line,), fresh.lead))
        payload |= {"card": CARD.dump_python(fresh, mode="json")}
        await self._store.records.change(record.id, payload=payload, subject=booking.uid)
        return fresh

    async def _outcome(self, record: Record, story: Story, profile: Profile) -> Outcome | None:
        """The card of a draft that was run, as its booking stands now."""
        draft, booking, event = load_draft(record.payload), story.booking, story.event
        if event in (Event.STARTING, Event.RECORDED, Event.ABSENT):
            return None
        if draft.kind in (DraftKind.CANCEL, DraftKind.DECLINE, DraftKind.RING):
            return None
        over = event in _OVER
        result = _result(story, draft)
        old = story.delivery.rescheduled_from_start or draft.start
        who = others_of(booking, frozenset({(profile.email or "").casefold()})) or parties(draft)
        outcome = Outcome(
            ref=record.id,
            result=result,
            title=title_of(draft) if draft.kind is DraftKind.BOOK else booking.title,
            parties=parties(draft) if draft.kind is DraftKind.BOOK else who,
            zone=profile.zone,
            start=booking.start,
            end=booking.end,
            old_start=old if event is Event.MOVED and old != booking.start else None,
            place=place_text(booking),
            facts=facts(draft, place=False) + _facts(story),
            links=() if over else await self._with_calendar(booking),
            active=not over and event is not Event.ENDED and booking.end > self._now(),
            lead=_OUTCOME_LEADS.get(event, "").format(by=story.by or "The other side"),
        )
        payload = dump(replace(draft, result_uid=booking.uid))
        await self._store.records.change(record.id, payload=payload, subject=booking.uid)
        return outcome

    async def _with_calendar(self, booking: Booking) -> tuple[Link, ...]:
        links = list(join_link(booking))
        if self._key and booking.status is BookingStatus.ACCEPTED:
            try:
                found = await self._calcom.acting(self._key).calendar_links(booking.uid)
            except CalComError:
                found = ()
            links += [Link(each.label if n else "Add to calendar", each.link) for n, each in enumerate(found)]
        return tuple(links)


_ALL_CAUSES = frozenset(kind for kinds in _CAUSES.values() for kind in kinds)
_ON_BOOKING = (Press("Reschedule", Verb.RESCHEDULE), Press("Cancel", Verb.CANCEL))
_ANSWERS = (
    Press("Accept", Verb.ACCEPT),
    Press("Decline", Verb.DECLINE),
    Press("Propose another time", Verb.RESCHEDULE),
)
_SINCE = {
    Event.ACCEPTED: "It was accepted.",
    Event.DECLINED: "It was declined.",
    Event.CANCELLED: "It was cancelled since.",
    Event.MOVED: "It was moved since.",
    Event.ENDED: "It is over.",
}
_OUTCOME_LEADS = {
    Event.ACCEPTED: "{by} accepted it.",
    Event.DECLINED: "{by} declined it.",
    Event.CANCELLED: "{by} cancelled it.",
    Event.MOVED: "{by} moved it.",
    Event.ENDED: "This meeting is over.",
}


def _told_of(delivery: Delivery) -> Booking | None:
    """A booking from its delivery, where Cal.com can't be asked."""
    if delivery.start is None or delivery.end is None or not delivery.uid or delivery.organizer is None:
        return None
    status = delivery.status
    if delivery.trigger is Trigger.BOOKING_CANCELLED:
        status = BookingStatus.CANCELLED
    return Booking(
        uid=delivery.uid,
        start=delivery.start,
        end=delivery.end,
        status=status,
        title=delivery.title,
        hosts=(delivery.organizer,),
        attendees=delivery.attendees,
        event_type_id=delivery.event_type_id,
        location=delivery.location,
        meeting_url=delivery.meeting_url,
        metadata=delivery.metadata,
        rescheduled_from=delivery.rescheduled_from,
        cancellation_reason=delivery.cancellation_reason,
    )


def _names(emails: Collection[str], booking: Booking) -> list[str]:
    people = [(h.name, h.email) for h in booking.hosts] + [(a.name, a.email) for a in booking.attendees]
    return [name for name, email in people if (email or "").casefold() in emails]


def _by(event: Event, booking: Booking) -> str:
    """Who did it, where Cal.com says so or only the host can have."""
    if event in (Event.ACCEPTED, Event.DECLINED):
        return listed([h.name for h in booking.hosts])
    by = booking.cancelled_by if event is Event.CANCELLED else booking.rescheduled_by if event is Event.MOVED else None
    return next(iter(_names({by.casefold()}, booking)), "") if by else ""


def _lead(story: Story, member: Member) -> str:
    """The sentence for one person; empty when it is not theirs to hear."""
    booking, delivery, by = story.booking, story.delivery, story.by
    hosts = listed([h.name for h in booking.hosts]) or "The host"
    booker = next((a.name for a in delivery.attendees or booking.attendees), "") or "Somebody"
    match story.event:
        case Event.CREATED:
            return (
                f"{booker} booked a meeting with you." if member.host else f"{by or hosts} booked a meeting with you."
            )
        case Event.ACCEPTED:
            return f"The request of {booker} was accepted." if member.host else f"{hosts} accepted your request."
        case Event.REQUESTED if member.host:
            return f"{booker} asks for a meeting with you."
        case Event.REQUESTED:
            return f"A meeting with you was requested; {hosts} has to approve it."
        case Event.MOVED:
            return f"{by} moved this meeting." if by else "This meeting was moved."
        case Event.CANCELLED if delivery.reschedule_requested and not member.host:
            return f"{by or hosts} asks you to choose another time; this one is cancelled."
        case Event.CANCELLED if story.one_seat:
            return f"{booker} gave up their seat." if member.host else "Your seat was cancelled."
        case Event.CANCELLED:
            return f"{by} cancelled this meeting." if by else "This meeting was cancelled."
        case Event.DECLINED:
            return f"The request of {booker} was declined." if member.host else f"{hosts} declined your request."
        case Event.ABSENT:
            return _absent(delivery, booking, member)
        case Event.RELOCATED:
            return "This meeting has a new place."
        case Event.REASSIGNED:
            return "This meeting is yours now." if member.host else f"{hosts} will meet you instead."
        case Event.STARTING:
            return "Your meeting is starting."
        case Event.ENDED:
            return "Your meeting is over."
        case Event.RECORDED:
            return "The recording of your meeting is ready."
        case _:
            return ""


def _absent(delivery: Delivery, booking: Booking, member: Member) -> str:
    flags = {email.casefold(): absent for email, absent in delivery.no_shows.items()}
    for email in member.emails:
        if email in flags:
            return "You were marked as absent." if flags[email] else "You are not marked as absent any more."
    if not member.host:
        return ""
    names = _names({email for email, absent in flags.items() if absent}, booking)
    return f"{listed(names)} {'was' if len(names) == 1 else 'were'} marked as absent." if names else ""


def _old_start(story: Story) -> datetime | None:
    old = story.delivery.rescheduled_from_start if story.event is Event.MOVED else None
    return old if old != story.booking.start else None


def _facts(story: Story) -> tuple[Fact, ...]:
    reasons = {
        Event.CANCELLED: story.delivery.cancellation_reason or story.booking.cancellation_reason,
        Event.DECLINED: story.delivery.rejection_reason or story.booking.cancellation_reason,
        Event.MOVED: story.booking.rescheduling_reason,
    }
    if reason := reasons.get(story.event):
        return (Fact("Reason", cut(reason, 500)),)
    if story.event is Event.REQUESTED:
        asked = {k: v for k, v in story.delivery.responses.items() if k not in _STANDARD and isinstance(v, str) and v}
        return tuple(Fact(k.replace("-", " ").replace("_", " ").capitalize(), cut(v, 500)) for k, v in asked.items())
    return ()


_STANDARD = ("name", "email", "guests", "location", "rescheduleReason", "smsReminderNumber", "attendeePhoneNumber")


def _links(story: Story) -> tuple[Link, ...]:
    if story.event is Event.RECORDED:
        url = story.delivery.download_link or ""
        return (Link("Watch the recording", url),) if url.startswith(("https://", "http://")) else ()
    if story.event in (*_OVER, Event.ENDED, Event.REQUESTED, Event.ABSENT):
        return ()
    return join_link(story.booking)


def _presses(story: Story, member: Member, now: datetime) -> tuple[Press, ...]:
    booking = story.booking
    if story.event in (*_OVER, *_BY_THE_CLOCK, Event.ABSENT) or booking.end <= now:
        return ()
    if booking.status is BookingStatus.PENDING and member.host:
        return _ANSWERS
    return _ON_BOOKING


def _key(story: Story) -> str:
    """The same for every delivery of the same news to one person."""
    booking, created = story.booking, story.delivery.created_at
    minute = f"{created:%Y%m%d%H%M}" if created else ""
    subject = booking.uid
    if story.event in _SHOWN_ONCE and booking.recurring_uid:
        subject = f"{booking.recurring_uid}:{minute if story.event is Event.CANCELLED else ''}"
    if story.event in _BY_THE_CLOCK:
        subject += f":{booking.start.isoformat()}"
    if story.event in _REPEATABLE:
        subject += f":{created.isoformat() if created else ''}"
    if story.one_seat or story.event is Event.CREATED:
        subject += "".join(sorted((a.email or "") for a in story.delivery.attendees))
    return f"{story.event.value}:{subject}"


def _result(story: Story, draft: Draft) -> Result:
    if story.event in _OVER:
        return Result.CANCELLED if story.event is Event.CANCELLED else Result.DECLINED
    pending = story.booking.status is BookingStatus.PENDING
    if story.event is Event.MOVED or draft.kind is DraftKind.MOVE:
        return Result.MOVE_REQUESTED if pending else Result.MOVED
    return Result.REQUESTED if pending else Result.ACCEPTED if draft.kind is DraftKind.ACCEPT else Result.BOOKED


def merged(tellings: Iterable[Telling]) -> Telling:
    """Several as one."""
    listed_ = list(tellings)
    return Telling(tuple(t for each in listed_ for t in each.told), tuple(c for each in listed_ for c in each.changed))
