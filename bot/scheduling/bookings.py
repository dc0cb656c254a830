"""The asker's own bookings: reading them, and finding the one that is meant.

A workspace key may see everybody's bookings; what leaves this module is filtered to those the asker hosts or
attends, by their verified e-mail or their linked account.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.calcom import (
    Booking,
    BookingFilter,
    BookingStatus,
    Bucket,
    CalCom,
    CalComError,
    CalendarLink,
    Credential,
    NotFound,
    Session,
)
from bot.scheduling.accounts import Accounts
from bot.scheduling.asker import Asker
from bot.scheduling.cards import DraftKind, Party
from bot.scheduling.draft import Booked, Draft, State, load_draft
from bot.scheduling.drafts import DRAFT
from bot.scheduling.people import fold, score
from bot.scheduling.policies import Act, Part, as_seen_by, part_in, why_not
from bot.store import Link, Store


@dataclass(frozen=True)
class Seen:
    """A booking as the asker takes part in it."""

    booking: Booking
    as_host: bool

    @property
    def part(self) -> Part:
        """The asker's part in it."""
        return Part.HOST if self.as_host else Part.ATTENDEE

    def others(self, asker_emails: Collection[str]) -> tuple[str, ...]:
        """The names of the other people in it."""
        return tuple(dict.fromkeys(party.name for party in others_of(self.booking, asker_emails)))


class Bookings:
    """Reads bookings with whatever right there is: the asker's link, the workspace's key, or the bot's own records."""

    def __init__(self, calcom: CalCom, store: Store, key: Credential | None, accounts: Accounts | None = None) -> None:
        self._calcom = calcom
        self._store = store
        self._key = key
        self.accounts = accounts or Accounts(calcom, store, lambda: datetime.now(UTC))

    async def link(self, asker: Asker) -> Link | None:
        """The asker's linked Cal.com account."""
        return await self._store.links.get(asker.workspace, asker.slack_id)

    async def emails(self, asker: Asker) -> frozenset[str]:
        """The addresses proven to be the asker's: the Slack profile's and the linked account's."""
        link = await self.link(asker)
        return frozenset(e.casefold() for e in (asker.email, link.email if link else None) if e)

    async def session(self, asker: Asker, as_host: bool) -> Session:
        """Acting on a booking: with the linked account as a host, without any credential as an attendee."""
        link = await self.link(asker) if as_host else None
        return self._calcom.acting(await self.accounts.credential(link))

    async def mine(
        self,
        asker: Asker,
        *,
        after: datetime | None = None,
        before: datetime | None = None,
        buckets: tuple[Bucket, ...] = (Bucket.UPCOMING, Bucket.RECURRING, Bucket.UNCONFIRMED),
    ) -> tuple[Seen, ...]:
        """The asker's bookings that overlap [after, before), by start."""
        emails = await self.emails(asker)
        link = await self.link(asker)
        found: dict[str, Booking] = {}
        narrow = BookingFilter(
            buckets=buckets,
            after_start=after and after - timedelta(days=1),
            before_end=before and before + timedelta(days=1),
        )
        if credential := await self.accounts.credential(link):
            listed = await self._calcom.acting(credential).bookings(narrow)
            found |= {b.uid: b for b in listed.bookings}
        if self._key and asker.email:
            listed = await self._calcom.acting(self._key).bookings(replace(narrow, attendee_email=asker.email))
            found |= {b.uid: b for b in listed.bookings}
        if not credential and not self._key:
            found |= {b.uid: b for b in await self._from_records(asker, buckets)}
        seen = [self._seen(b, emails, link) for b in found.values()]
        return tuple(
            sorted(
                (
                    s
                    for s in seen
                    if s and (after is None or s.booking.end > after) and (before is None or s.booking.start < before)
                ),
                key=lambda s: s.booking.start,
            )
        )

    async def one(self, asker: Asker, uid: str) -> Seen | None:
        """The booking of a uid, if the asker takes part in it."""
        link = await self.link(asker)
        linked = await self.accounts.credential(link)
        # Without any credential last: Cal.com then leaves out who sits where, and with it that seats are shared.
        for credential in [c for c in dict.fromkeys((linked, self._key)) if c] + [None]:
            try:
                answer = await self._calcom.acting(credential).booking(uid)
            except NotFound:
                continue
            except CalComError:
                if credential is None:
                    raise
                continue
            booking = answer if isinstance(answer, Booking) else answer[0]
            own = uid in await self._own_uids(asker)
            if seen := self._seen(booking, await self.emails(asker), link, booked_here=own):
                return seen
        return None

    async def busy(self, asker: Asker, start: datetime, end: datetime, but: str = "") -> tuple[Seen, ...]:
        """The asker's own accepted bookings that overlap [start, end)."""
        return tuple(
            s
            for s in await self.mine(asker, after=start, before=end)
            if s.booking.status is BookingStatus.ACCEPTED and s.booking.uid != but
        )

    async def host_is_busy(self, emails: Collection[str], start: datetime, end: datetime, but: str = "") -> bool:
        """Whether bookings that the workspace's key may see, one of them aside, keep somebody busy then.

        Which, is nobody's business.
        """
        if self._key is None or not emails:
            return False
        near = BookingFilter(
            buckets=(Bucket.UPCOMING, Bucket.RECURRING),
            after_start=start - timedelta(days=1),
            before_end=end + timedelta(days=1),
        )
        try:
            listed = await self._calcom.acting(self._key).bookings(near)
        except CalComError:
            return False
        return any(
            b.start < end and start < b.end and any((h.email or "").casefold() in emails for h in b.hosts)
            for b in listed.bookings
            if b.status is BookingStatus.ACCEPTED and b.uid != but
        )

    async def by_draft(self, asker: Asker, ref: str, since: datetime) -> tuple[Booking, ...]:
        """The live bookings made for a draft, by the mark in their metadata: how a lost answer is found again."""
        link = await self.link(asker)
        for credential in (self._key, await self.accounts.credential(link)):
            if credential is None:
                continue
            wanted = BookingFilter(created_after=since - timedelta(minutes=5))
            listed = await self._calcom.acting(credential).bookings(wanted)
            made = [b for b in listed.bookings if b.metadata.get(MARK) == ref and b.live]
            if made:
                return tuple(sorted(made, key=lambda b: b.start))
        return ()

    async def calendar_links(self, uid: str) -> tuple[CalendarLink, ...]:
        """What adds a booking to a calendar. Takes the workspace's key; none without it.

        The title in them may name whoever shares a session: they are for `present.calendar_links` only.
        """
        if self._key is None:
            return ()
        try:
            return await self._calcom.acting(self._key).calendar_links(uid)
        except CalComError:
            return ()

    def can_look_up(self) -> bool:
        """Whether lost answers can be found again: only a key sees lists of bookings."""
        return self._key is not None

    async def _own_uids(self, asker: Asker) -> set[str]:
        records = await self._store.records.open(
            asker.workspace, None, asker.slack_id, states=(State.DONE.value,), limit=200
        )
        return {r.subject for r in records if r.subject and r.kind == DRAFT and _attended(load_draft(r.payload))}

    async def _from_records(self, asker: Asker, buckets: tuple[Bucket, ...]) -> list[Booking]:
        """Without any right to list: the bookings made here, looked up one by one."""
        found = []
        for uid in sorted(await self._own_uids(asker))[:30]:
            try:
                answer = await self._calcom.acting(None).booking(uid)
            except NotFound:
                continue
            found.extend([answer] if isinstance(answer, Booking) else answer)
        cancelled = Bucket.CANCELLED in buckets
        return [b for b in found if b.live != cancelled]

    def _seen(
        self, booking: Booking, emails: Collection[str], link: Link | None, booked_here: bool = False
    ) -> Seen | None:
        part = part_in(booking, emails, *((link.username, link.calcom_id) if link else ()))
        if part is Part.STRANGER and booked_here:
            part = Part.ATTENDEE
        if why_not(Act.SEE, part, booking, booking.start):
            return None
        return Seen(as_seen_by(booking, part, emails), as_host=part is Part.HOST)


def _attended(draft: Draft) -> bool:
    """Whether the asker made the booking as an attendee, so that it stays theirs to see whatever the address."""
    if draft.kind is DraftKind.MOVE:
        return draft.booking is not None and not draft.booking.as_host
    return draft.kind in (DraftKind.BOOK, DraftKind.RING) and draft.attendee is None


MARK = "slotwise"
"""The key under which a booking's metadata carries the id of its draft."""


def others_of(booking: Booking, own_emails: Collection[str]) -> tuple[Party, ...]:
    """The other people in a booking, hosts first."""
    people = [(h.name, h.email, h.zone) for h in booking.hosts]
    people += [(a.name, a.email, a.zone) for a in booking.attendees]
    return tuple(Party(name, zone) for name, email, zone in people if (email or "").casefold() not in own_emails)


def booked(seen: Seen, own_emails: Collection[str]) -> Booked:
    """What a draft keeps of a booking it changes."""
    b = seen.booking
    return Booked(
        uid=b.uid,
        title=b.title,
        start=b.start,
        end=b.end,
        event_type_id=b.event_type_id,
        seat_uid=b.seat_uid,
        recurring_uid=b.recurring_uid,
        place=b.meeting_url or b.location or "",
        as_host=seen.as_host,
        others=others_of(b, own_emails),
        pending=b.status is BookingStatus.PENDING,
    )


_EMPTY = {"it", "that", "this", "that one", "this one", "the meeting", "the call", "the booking", "my meeting", "one"}
_EMPTY |= {"my call", "the appointment", "my appointment", "my booking", "meeting", "call", "booking", "them", ""}
_FILLER = {"it", "all", "any", "some", "every", "everything", "these", "those", "them", "meetings", "calls", "bookings"}
_FILLER |= {"appointments", "chats", "sessions", "events", "request", "requests", "whole", "entire", "show", "list"}
_FILLER |= {"pending", "unconfirmed", "cancelled", "canceled", "past", "previous", "last", "latest", "time", "day"}
_FILLER |= {
    "my",
    "the",
    "a",
    "an",
    "with",
    "at",
    "on",
    "in",
    "for",
    "our",
    "of",
    "and",
    "to",
    "from",
    "meeting",
    "call",
}
_FILLER |= {"appointment", "booking", "chat", "session", "slot", "one", "that", "this", "next", "upcoming", "event"}
_FILLER |= {"sync", "catchup", "please", "i", "have", "scheduled", "booked", "am", "pm", "minute", "minutes", "min"}
_FILLER |= {"mon", "ma", "mes", "le", "la", "les", "un", "une", "avec", "rendez-vous", "rdv", "réunion", "appel"}
_FILLER |= {"mein", "meine", "meinen", "meinem", "der", "die", "das", "den", "dem", "mit", "termin", "treffen"}
_FILLER |= {"gespräch", "besprechung", "anruf", "am", "um", "mi", "el", "con", "cita", "reunión", "llamada"}
_FILLER |= {"appuntamento", "riunione", "chiamata", "il", "mia", "mio", "meu", "minha", "com", "reunião", "chamada"}


def is_pronoun(words: str) -> bool:
    """Whether the words only point ("it", "the meeting") and name nothing."""
    return re.sub(r"[^\w ]+", "", words.casefold()).strip() in _EMPTY


def matching(seen: Iterable[Seen], words: str, own_emails: Collection[str]) -> tuple[Seen, ...]:
    """The bookings whose people or title the words name; all of them if the words name nothing.

    `words` are those left once the times are cut out.
    """
    named = telling(words)
    candidates = list(seen)
    if not named:
        return tuple(candidates)
    scored: list[tuple[float, Seen]] = []
    for item in candidates:
        title = re.split(r"\W+", item.booking.title.casefold())
        names = _names(item, own_emails)
        hits = sum(max(score(w, names), 2.0 if w in title else 0.0) for w in named)
        scored.append((hits, item))
    best = max((value for value, _ in scored), default=0.0)
    return tuple(item for value, item in scored if value == best) if best >= 0.8 else ()


def telling(words: str) -> list[str]:
    """The words that tell one booking from another: names, and what the meeting is called.

    >>> telling("my call with Sam"), telling("bailey's weekly sync"), telling("all of my meetings")
    (['sam'], ['bailey', 'weekly'], [])
    """
    parts = (re.sub(r"['’]s?$", "", w) for w in re.split(r"[^\w@.\-'’]+", fold(words)))
    return [w for w in parts if len(w) > 1 and w not in _FILLER and not w.isdigit()]


def takes_part(seen: Seen, name: str, own_emails: Collection[str]) -> bool:
    """Whether one of the others in a booking has this name, folded."""
    return score(name, _names(seen, own_emails)) >= 0.8


def _names(seen: Seen, own_emails: Collection[str]) -> list[str]:
    b = seen.booking
    names = [*seen.others(own_emails), *((h.username or "") for h in b.hosts), b.event_type_slug or ""]
    emails = [h.email for h in b.hosts] + [a.email for a in b.attendees]
    return [name for name in (*names, *((email or "").split("@")[0] for email in emails)) if name]
