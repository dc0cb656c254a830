"""Drafts that edit a booking: guests, place, absences, another host, and what can be looked up about it."""

import re
from collections.abc import Sequence
from typing import Protocol

from bot.calcom import (
    Booking,
    BookingStatus,
    Bucket,
    CalComError,
    ChosenLocation,
    LocationKind,
    NewGuest,
    NotFound,
    Session,
)
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings, Seen, booked
from bot.scheduling.cards import DraftKind, Fact, Link, Note, Outcome, Proposal, Result
from bot.scheduling.catalog import Catalog
from bot.scheduling.chooser import AHEAD, Chooser
from bot.scheduling.draft import Draft, Listed, Listing, Stage
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.errors import LinkFirst, Refusal
from bot.scheduling.people import People, fold, score
from bot.scheduling.places import Places
from bot.scheduling.plan_text import told
from bot.scheduling.plans import AddGuests, AskReschedule, ChangePlace, MarkAbsent, OnBooking, Plan, Reassign
from bot.scheduling.policies import Act, why_not
from bot.scheduling.present import calendar_links, join_link, parties, place_text
from bot.scheduling.questions import BadAnswer, emails_in, phone
from bot.scheduling.reply import Reply
from bot.scheduling.requests import EditBooking
from bot.scheduling.spoken import require_address, require_number
from bot.scheduling.timing import Clock
from bot.scheduling.wording import cut, listed, minutes_text, when

_PAST_TOO = (*AHEAD, Bucket.PAST)


class Summariser(Protocol):
    """Puts a transcript in short."""

    async def summarise(self, text: str) -> str:
        """At most five sentences; empty when there is nothing usable."""
        ...


class Editor:
    """Makes drafts that edit a booking, and carries them out; a `summariser` puts transcripts in short."""

    summariser: Summariser | None = None

    def __init__(
        self,
        people: People,
        catalog: Catalog,
        bookings: Bookings,
        chooser: Chooser,
        drafts: Drafts,
        now: Clock,
    ) -> None:
        self._now = now
        self._people = people
        self._catalog = catalog
        self._bookings = bookings
        self._chooser = chooser
        self._drafts = drafts

    async def edit(self, scene: Scene, request: EditBooking) -> Reply:
        """A draft for the change asked for, or what was asked about. The booking has to be one only."""
        looking = request.what in ("details", "recording", "transcript")
        behind = looking or request.what == "mark_absent"
        found = await self._chooser.find(scene, request.booking, _PAST_TOO if behind else AHEAD, past=behind)
        seen = found[0]
        if looking:
            alike = [s.booking for s in found if s.booking.end > self._now()] if request.booking.strip() else []
            shown = await self._details(scene, seen, request.what)
            if len(alike) < 2 or request.what != "details":
                return Reply((shown,))
            others = [when(b.start, scene.asker.zone, scene.asker.locale) for b in alike if b.uid != seen.booking.uid]
            return Reply((Note(f"This is the nearest of {len(alike)}; also {listed(others)}."), shown))
        act = Act.MARK_ABSENT if request.what == "mark_absent" else Act.EDIT
        if reason := why_not(act, seen.part, seen.booking, self._now()):
            raise Refusal(reason)
        if await self._bookings.link(scene.asker) is None:
            raise LinkFirst("That needs your own Cal.com account, and none is connected.")
        plan = await self._plan(scene, seen.booking, request)
        booking = booked(seen, await self._bookings.emails(scene.asker))
        draft = Draft(DraftKind.EDIT, Stage.YES, booking=booking, plan=plan, reason=request.reason)
        held = await self._drafts.open(scene, draft)
        return Reply((self._proposal(scene, held, plan),))

    async def _plan(self, scene: Scene, booking: Booking, request: EditBooking) -> OnBooking:
        match request.what:
            case "add_guests":
                emails = [await self._address(scene, name) for name in request.people]
                if not emails:
                    raise Refusal("Whom shall I add? A name of this workspace or an e-mail address will do.")
                return AddGuests(tuple(dict.fromkeys(emails)))
            case "mark_absent":
                return self._absent(booking, request.people)
            case "reassign":
                return await self._reassign(booking, request.people)
            case "change_place":
                return await self._place(scene, booking, request.place)
            case _:
                return AskReschedule()

    async def _address(self, scene: Scene, name: str) -> str:
        try:
            (email,) = emails_in(name)
        except (BadAnswer, ValueError):
            return await self._people.email_of(scene, name)
        require_address(scene, email)
        return email

    @staticmethod
    def _absent(booking: Booking, names: Sequence[str]) -> MarkAbsent:
        attendees = [(a.name, a.email) for a in booking.attendees if a.email]
        chosen = [
            (name, email)
            for name, email in attendees
            if not names or any(score(fold(said), [name, (email or "").split("@")[0]]) >= 1 for said in names)
        ]
        if not chosen:
            raise Refusal(f"Who did not come? {listed([n for n, _ in attendees], 'or')} could be meant.")
        return MarkAbsent(tuple(email or "" for _, email in chosen), tuple(name for name, _ in chosen))

    async def _reassign(self, booking: Booking, names: Sequence[str]) -> Reassign:
        old = tuple(h.username or "" for h in booking.hosts)
        event_type = await self._catalog.of_id(None, booking.event_type_id or 0)
        hosts = [h for h in (event_type.hosts if event_type else ()) if h.username not in old]
        if not names and (hosts or event_type is None):
            return Reassign(old)
        fitting = [h for h in hosts if names and score(fold(names[0]), [h.name, h.username or ""]) >= 1]
        if len(fitting) != 1:
            others = listed([h.name or h.username or "?" for h in hosts], "or")
            raise Refusal(f"I can give it to {others}." if hosts else "Nobody else hosts that kind of meeting.")
        return Reassign(old, fitting[0].id, fitting[0].name)

    async def _place(self, scene: Scene, booking: Booking, words: str) -> ChangePlace:
        text = words.strip()
        if len(re.sub(r"\D", "", text)) >= 7:
            require_number(scene, text)
        if not re.search(r"\w", text):
            raise Refusal("Where shall it be? A video call, a phone number, an address or a link.")
        event_type = await self._catalog.of_id(None, booking.event_type_id or 0)
        for label, location in Places.of(event_type).by_label.items() if event_type else ():
            if fold(text) in fold(label) and not location.asks:
                return ChangePlace(location.kind, label, location.integration)
        if text.startswith(("https://", "http://")):
            return ChangePlace(LocationKind.LINK, text, value=text)
        try:
            number = phone(text)
        except BadAnswer:
            number = ""
        if number:
            return ChangePlace(LocationKind.PHONE, f"By phone: {number}", value=number)
        if "video" in fold(text) or "cal" in fold(text).split():
            return ChangePlace(LocationKind.INTEGRATION, "Cal video", "cal-video")
        return ChangePlace(LocationKind.ADDRESS, text, value=text)

    def again(self, scene: Scene, held: Held) -> Reply:
        """The card of an open draft once more."""
        if held.draft.plan is None:
            raise Refusal("I lost track of what that was about. Please ask again.")
        return Reply((self._proposal(scene, held, held.draft.plan),))

    def _proposal(self, scene: Scene, held: Held, plan: Plan) -> Proposal:
        draft = held.draft
        assert draft.booking is not None
        words = told(plan, scene.asker.locale)
        facts = [*words.facts, Fact("Reason", draft.reason)] if draft.reason else words.facts
        return Proposal(
            ref=held.ref,
            kind=DraftKind.EDIT,
            title=draft.booking.title,
            parties=parties(draft),
            zone=scene.asker.zone,
            confirm="Confirm",
            start=draft.booking.start,
            end=draft.booking.end,
            facts=tuple(facts),
            lead=words.question,
            warnings=(words.warning,) if words.warning else (),
        )

    async def carry_out(self, scene: Scene, held: Held, look: bool) -> Outcome | None:
        """Does what the draft plans, unless it is done already; with `look` only finds out (None: not done)."""
        draft = held.draft
        booking, plan = draft.booking, draft.plan
        if booking is None or plan is None:
            raise Refusal("I lost track of what that was about. Please ask again.")
        session = await self._bookings.session(scene.asker, as_host=True)
        now = await session.booking(booking.uid)
        if not (draft.unsure and _is_so(plan, now)):
            if look:
                return None
            await self._do(session, booking.uid, plan, draft.reason)
            now = await session.booking(booking.uid)
        words = told(plan, scene.asker.locale)
        ahead = now.live and now.end > self._now()
        return Outcome(
            ref=held.ref,
            result=Result.CHANGED,
            title=now.title or booking.title,
            parties=parties(draft),
            zone=scene.asker.zone,
            start=now.start,
            end=now.end,
            place=place_text(now),
            facts=() if isinstance(plan, ChangePlace) else tuple(words.facts),
            links=join_link(now) if ahead else (),
            active=ahead,
            lead=words.done,
        )

    @staticmethod
    async def _do(session: Session, uid: str, plan: Plan, reason: str) -> None:
        match plan:
            case AddGuests():
                await session.add_guests(uid, tuple(NewGuest(email) for email in plan.emails))
            case ChangePlace():
                await session.change_location(uid, ChosenLocation(plan.kind, plan.integration, plan.value))
            case MarkAbsent():
                await session.mark_absent(uid, host=plan.host or None, attendees=plan.emails)
            case Reassign(user_id=None):
                await session.reassign(uid)
            case Reassign(user_id=int(user_id)):
                await session.reassign_to(uid, user_id, reason or None)
            case AskReschedule():
                await session.request_reschedule(uid, reason or None)

    async def _details(self, scene: Scene, seen: Seen, what: str) -> Outcome:
        """One booking, with its calendar links; of a past one what was recorded."""
        b = seen.booking
        emails = await self._bookings.emails(scene.asker)
        link = await self._bookings.link(scene.asker)
        session = await self._bookings.session(scene.asker, as_host=link is not None)
        facts = [Fact("Length", minutes_text(b.minutes))]
        links: list[Link] = list(join_link(b)) if b.live else []
        if b.guests:
            facts.append(Fact("Guests", ", ".join(b.guests)))
        for slug, value in b.responses.items():
            if slug not in ("name", "email", "guests", "location") and value:
                facts.append(Fact(slug.replace("_", " ").capitalize(), cut(str(value), 300)))
        problems = []
        if what in ("recording", "transcript") and link is None:
            problems.append(f"A {what} can only be seen with a connected Cal.com account; say “link my account”.")
        elif what in ("recording", "transcript"):
            try:
                found = await self._recorded(session, b.uid, what)
                links += found[0]
                facts += found[1]
                if not found[0] and not found[1]:
                    problems.append(f"There is no {what} of that meeting.")
            except (NotFound, CalComError) as error:
                problems.append(error.sentence)
        others = booked(seen, emails).others
        now = self._now()
        ahead = b.live and b.end > now
        if ahead and b.status is not BookingStatus.PENDING:
            links += calendar_links(b, await self._bookings.calendar_links(b.uid))
        kept = Listed("", b.uid, b.title, b.start, seen.others(emails))
        return Outcome(
            ref=await self._drafts.list(scene, Listing((kept,), b.title), f"details:{b.uid}"),
            result=Result.DETAILS,
            title=b.title,
            parties=others,
            zone=scene.asker.zone,
            start=b.start,
            end=b.end,
            place=place_text(b),
            facts=tuple(facts),
            links=tuple(links),
            active=ahead and not why_not(Act.MOVE, seen.part, b, now) and not why_not(Act.CANCEL, seen.part, b, now),
            lead=" ".join(problems),
        )

    async def _recorded(self, session: Session, uid: str, what: str) -> tuple[list[Link], list[Fact]]:
        if what == "recording":
            recordings = await session.recordings(uid)
            return [
                Link(f"Recording {i + 1}", r.download_link) for i, r in enumerate(recordings) if r.download_link
            ], []
        links = [Link(f"Transcript {i + 1}", url) for i, url in enumerate(await session.transcripts(uid))]
        lines = await session.transcript(uid)
        said = "\n".join(str(line) for line in lines)
        if said and self.summariser and (short := await self.summariser.summarise(said)):
            return links, [Fact("In short", short)]
        return links, [Fact("It begins", cut("\n".join(said.split("\n")[:8]), 800))] if said else []


def _is_so(plan: Plan, now: Booking) -> bool:
    """Whether the booking already is as planned."""
    match plan:
        case AddGuests():
            there = {g.casefold() for g in now.guests} | {(a.email or "").casefold() for a in now.attendees}
            return all(email.casefold() in there for email in plan.emails)
        case MarkAbsent():
            return all(a.absent for a in now.attendees if a.email in plan.emails)
        case Reassign():
            return tuple(h.username or "" for h in now.hosts) != plan.old_hosts
        case AskReschedule():
            return not now.live
        case ChangePlace():
            return plan.value is not None and plan.value in (now.location or "")
        case _:
            return False
