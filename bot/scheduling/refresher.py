"""Cards shown earlier, brought up to date with what has become of their booking."""

from dataclasses import replace

from bot.calcom import BookingStatus, CalCom, Credential
from bot.scheduling.bookings import others_of
from bot.scheduling.calendars import booking_links
from bot.scheduling.cards import CARD, Card, DraftKind, Event, Notice, Outcome, Press, Result
from bot.scheduling.draft import Draft, Listed, Listing, State, dump, load_draft
from bot.scheduling.drafts import DRAFT, NOTICE
from bot.scheduling.headlines import ON_BOOKING, facts_of
from bot.scheduling.people import Directory, Profile
from bot.scheduling.policies import as_seen_by, part_in
from bot.scheduling.present import facts, join_link, met, parties, place_text, team_facts, title_of
from bot.scheduling.story import OVER, Changed, Story
from bot.scheduling.timing import Clock
from bot.store import Record, Store

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


class Refresher:
    """Changes the cards of a booking."""

    def __init__(self, calcom: CalCom, store: Store, directory: Directory, key: Credential | None, now: Clock) -> None:
        self._calcom = calcom
        self._store = store
        self._directory = directory
        self._key = key
        self._now = now

    async def changed(self, workspace: str, story: Story) -> list[Changed]:
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
        if event in (Event.STARTING, Event.RECORDED, Event.ABSENT) or card.event in OVER:
            return None
        lead = _SINCE.get(event, "")
        moved = event is Event.MOVED and booking.start != card.start
        presses: tuple[Press, ...] = () if event in (*OVER, Event.ENDED) else ON_BOOKING
        if booking.status is BookingStatus.PENDING:
            presses = card.presses
        fresh = replace(
            card,
            lead=f"{card.lead} {lead}" if lead and lead not in card.lead else card.lead,
            start=booking.start,
            end=booking.end,
            old_start=card.start if moved else card.old_start,
            gone=event in OVER,
            place=place_text(booking),
            links=() if event in (*OVER, Event.ENDED) else join_link(booking),
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
        over = event in OVER
        result = _result(story, draft)
        old = story.delivery.rescheduled_from_start or draft.start
        emails = frozenset({(profile.email or "").casefold()})
        booking = as_seen_by(booking, part_in(booking, emails), emails)
        who = others_of(booking, emails) or parties(draft)
        before = draft.booking
        # An attendee keeps the title they were shown: Cal.com's may name whoever took another seat.
        told = before.title if before and not before.as_host else booking.title
        title = title_of(draft) if draft.kind is DraftKind.BOOK else told
        by = "You" if story.actor == profile.slack_id else story.by or "The other side"
        accepted = story.booking.status is BookingStatus.ACCEPTED
        outcome = Outcome(
            ref=record.id,
            result=result,
            title=title,
            parties=met(draft, booking) if draft.kind is DraftKind.BOOK else who,
            zone=profile.zone,
            start=booking.start,
            end=booking.end,
            old_start=old if event is Event.MOVED and old != booking.start else None,
            place=place_text(booking),
            facts=facts(draft, place=False) + team_facts(draft) + facts_of(story),
            links=() if over else await booking_links(self._calcom, self._key, story.booking, calendar=accepted),
            active=not over and event is not Event.ENDED and booking.end > self._now(),
            lead=_OUTCOME_LEADS.get(event, "").format(by=by),
        )
        payload = dump(replace(draft, result_uid=booking.uid))
        await self._store.records.change(record.id, payload=payload, subject=booking.uid)
        return outcome


def _result(story: Story, draft: Draft) -> Result:
    if story.event in OVER:
        return Result.CANCELLED if story.event is Event.CANCELLED else Result.DECLINED
    pending = story.booking.status is BookingStatus.PENDING
    if story.event is Event.MOVED or draft.kind is DraftKind.MOVE:
        return Result.MOVE_REQUESTED if pending else Result.MOVED
    return Result.REQUESTED if pending else Result.ACCEPTED if draft.kind is DraftKind.ACCEPT else Result.BOOKED
