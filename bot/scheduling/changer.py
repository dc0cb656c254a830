"""Drafts that change a booking: move it, cancel it, answer a request."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.calcom import Bucket, CalComError, EventType
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings, Seen, booked
from bot.scheduling.cards import DraftKind, Note, Pick, PickOption
from bot.scheduling.catalog import Catalog
from bot.scheduling.change_card import change_card
from bot.scheduling.chooser import Chooser
from bot.scheduling.draft import Booked, Draft, Host, Later, Meeting, Stage, State
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.errors import LinkFirst, Refusal
from bot.scheduling.form import Input, Question, Raw
from bot.scheduling.narrowing import singled_out
from bot.scheduling.people import People
from bot.scheduling.policies import GONE, Act, why_not
from bot.scheduling.present import questions_card
from bot.scheduling.questions import check_all
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Adjust, Cancel, Move, Respond
from bot.scheduling.retiming import parted, retimed, shifted
from bot.scheduling.timefinder import TimeFinder
from bot.scheduling.timing import Clock, NoSuchTime, Timing, put, understand
from bot.scheduling.wording import listed, minutes_text, when
from bot.when import Window

_EACH = re.compile(
    r"\b(?:all|every|everything|each|both|whole|entire|alle|jeden|tous|toutes|todos|todas|tutti|tutte)\b(?!-| hands)",
    re.I,
)
"""Words for more than one booking: "all my meetings on Friday"."""
_FOLLOWING = re.compile(
    r"\b(?:following|later|remaining|future) ones\b|\b(?:from (?:then|now|here) on|onwards)\b", re.I
)

REASON = "cancellationReason"
_ACTS = {
    DraftKind.MOVE: Act.MOVE,
    DraftKind.CANCEL: Act.CANCEL,
    DraftKind.ACCEPT: Act.ANSWER,
    DraftKind.DECLINE: Act.ANSWER,
}


def _minutes(length: int | None) -> str:
    return f"{length} minutes" if length else ""


class Changer:
    """Makes and advances drafts about an existing booking."""

    def __init__(
        self,
        people: People,
        catalog: Catalog,
        finder: TimeFinder,
        bookings: Bookings,
        chooser: Chooser,
        drafts: Drafts,
        now: Clock,
    ) -> None:
        self._people = people
        self._catalog = catalog
        self._finder = finder
        self._bookings = bookings
        self._chooser = chooser
        self._drafts = drafts
        self._now = now

    async def move(self, scene: Scene, request: Move) -> Reply:
        """A draft that reschedules."""
        which, to = parted(request.booking, request.to)
        draft = Draft(DraftKind.MOVE, words=to, reason=request.reason, thread_link=scene.thread_link)
        found = await self._chooser.find(scene, which)
        return await self._about(scene, draft, found, each=bool(_EACH.search(which)))

    async def cancel(self, scene: Scene, request: Cancel) -> Reply:
        """A draft that cancels."""
        draft = Draft(DraftKind.CANCEL, reason=request.reason, scope=request.scope)
        found = await self._chooser.find(scene, request.booking)
        each = request.scope == "all" or bool(_EACH.search(request.booking))
        return await self._about(scene, draft, found, each=each)

    async def respond(self, scene: Scene, request: Respond) -> Reply:
        """A draft that accepts or declines a request the asker got as host."""
        kind = DraftKind.ACCEPT if request.answer == "accept" else DraftKind.DECLINE
        linked = await self._bookings.link(scene.asker) is not None
        try:
            if not linked:
                raise LinkFirst("Only the host can answer a request, with their own Cal.com account.")
            found = await self._chooser.find(scene, request.booking, (Bucket.UNCONFIRMED,), hosted=True)
        except Refusal as refusal:
            raise await self._asked_by_them(scene, request.booking) or refusal from None
        return await self._about(scene, Draft(kind, reason=request.reason), found)

    async def _asked_by_them(self, scene: Scene, words: str) -> Refusal | None:
        """Why a request that the asker made themselves is not theirs to answer; None where there is no such one."""
        try:
            seen = (await self._chooser.find(scene, words, (Bucket.UNCONFIRMED,)))[0]
        except (Refusal, CalComError):
            return None
        hosts = listed([h.name for h in seen.booking.hosts]) or "its host"
        asked = f"You asked for “{seen.booking.title}” yourself, so it is for {hosts} to accept or decline."
        return None if seen.as_host else Refusal(f"{asked} You can still move or cancel it.")

    async def of_uid(self, scene: Scene, kind: DraftKind, uid: str, words: str = "") -> Reply:
        """A draft about a booking pressed in a card, `words` being those about its new time.

        Raises `Refusal` if it is not the asker's any more.
        """
        seen = await self._bookings.one(scene.asker, uid)
        if seen is None:
            raise Refusal(GONE)
        if reason := why_not(_ACTS[kind], seen.part, seen.booking, self._now()):
            raise Refusal(reason)
        return await self._about(scene, Draft(kind, words=words), (seen,))

    async def chosen(self, scene: Scene, held: Held, uid: str) -> Reply:
        """Goes on with the booking picked from several."""
        picked = next((b for b in held.draft.choices if b.uid == uid), None)
        if picked is None:
            raise Refusal("That booking isn't among those I asked about. Please ask again.")
        return await self.advance(
            scene,
            await self._drafts.save(
                held,
                replace(
                    held.draft,
                    booking=picked,
                    menu=(),
                    chosen_from=held.draft.menu or held.draft.chosen_from,
                    timed=False,
                    start=None,
                    offered=(),
                    shown=(),
                ),
            ),
        )

    async def adjust(self, scene: Scene, held: Held, request: Adjust) -> Reply:
        """The open draft with another time or reason."""
        if held.draft.booking is None and len(held.draft.choices) > 1:
            words = " ".join(filter(None, (request.pick, request.when, request.meeting, _minutes(request.minutes))))
            if (one := singled_out(held.draft.choices, words, scene.asker, self._now())) is not None:
                return await self.chosen(scene, held, one.uid)
        self._keeps(held.draft, request)
        draft = replace(held.draft, reason=request.reason or request.notes or held.draft.reason)
        told = next(iter(request.answers.values()), "")
        draft = replace(draft, reason=draft.reason or told)
        if draft.kind is DraftKind.CANCEL and draft.booking and draft.booking.recurring_uid:
            said = f"{request.pick} {request.notes} {request.reason} {told}"
            if _EACH.search(said) or _FOLLOWING.search(said):
                scope = "following" if _FOLLOWING.search(said) else "all"
                return await self.advance(scene, await self._drafts.save(held, replace(held.draft, scope=scope)))
        if request.when and draft.kind is DraftKind.CANCEL and draft.booking:
            # "Actually, make it Thursday": who names another time wants the meeting after all.
            await self._drafts.close(held.ref, State.REPLACED)
            return await self.of_uid(scene, DraftKind.MOVE, draft.booking.uid, request.when)
        if request.when and draft.kind is DraftKind.MOVE:
            draft = replace(retimed(draft, request.when, scene.asker, self._now()), minutes=None)
        return await self.advance(scene, await self._drafts.save(held, draft))

    @staticmethod
    def _keeps(draft: Draft, request: Adjust) -> None:
        """Raises `Refusal` for what no move and no answer can change: whom a booking is with, and how long it is."""
        booking = draft.booking
        if booking is None:
            return
        minutes = round((booking.end - booking.start).total_seconds() / 60)
        others = listed([party.name for party in booking.others]) or "the others"
        if request.minutes and request.minutes != minutes and not request.when:
            raise Refusal(
                f"A booked meeting keeps its length, here {minutes_text(minutes)}. Let this go with “no”, cancel the "
                f"meeting and book {minutes_text(request.minutes)} with {others} instead. Or shall it only move?"
            )
        if request.people or request.guests:
            named = listed([*request.people, *request.guests])
            raise Refusal(
                f"That would be another meeting: this one stays with {others}. Let it go with “no”, then cancel it, "
                f"or add {named} to it, or book one with {named}. Or shall it only move?"
            )

    async def answered(self, scene: Scene, held: Held, raw: dict[str, Raw]) -> Reply:
        """Takes the reason from the form."""
        answers, refused = check_all(held.draft.questions, raw)
        held = await self._drafts.save(held, replace(held.draft, reason=str(answers.get(REASON, ""))))
        if refused:
            return Reply((questions_card(held.ref, held.draft, scene, list(refused.values())),))
        return await self.advance(scene, held)

    async def all(self, scene: Scene, held: Held) -> Reply:
        """Goes on with all the bookings a card offered."""
        await self._drafts.close(held.ref, State.REPLACED)
        return await self._each(scene, replace(held.draft, menu=(), choices=()), held.draft.choices)

    async def _each(self, scene: Scene, draft: Draft, bookings: Sequence[Booked]) -> Reply:
        """All of several: a series as one, the others one after the other, each with a yes of its own."""
        series = dict.fromkeys(b.recurring_uid for b in bookings if b.recurring_uid)
        whole = draft.kind is DraftKind.CANCEL
        units = [b for b in bookings if not (whole and b.recurring_uid)]
        units += [next(b for b in bookings if b.recurring_uid == uid) for uid in series if whole]
        units.sort(key=lambda b: b.start)
        first, *others = units
        scope = "all" if whole and first.recurring_uid else draft.scope
        then = tuple(self._later(scene, draft, b) for b in others)
        reply = await self._of(scene, replace(draft, scope=scope, then=(*then, *draft.then)), first)
        if not others:
            return reply
        names = listed([f"{b.title} on {when(b.start, scene.asker.zone, scene.asker.locale)}" for b in units])
        note = Note(f"That is {len(units)}: {names}. One after the other, each with your yes.")
        return replace(reply, cards=(note, *reply.cards))

    @staticmethod
    def _later(scene: Scene, draft: Draft, booking: Booked) -> Later:
        words = f"{booking.title} {when(booking.start, scene.asker.zone, scene.asker.locale)}"
        if draft.kind is DraftKind.MOVE:
            return Later("move", {"booking": words, "to": draft.words, "reason": draft.reason})
        scope = "all" if booking.recurring_uid else "one"
        return Later("cancel", {"booking": words, "reason": draft.reason, "scope": scope})

    async def _of(self, scene: Scene, draft: Draft, booking: Booked) -> Reply:
        held = await self._drafts.open(scene, replace(draft, booking=booking), f"draft:{booking.uid}")
        return await self.advance(scene, held)

    async def _about(self, scene: Scene, draft: Draft, found: tuple[Seen, ...], each: bool = False) -> Reply:
        emails = await self._bookings.emails(scene.asker)
        every = tuple(booked(seen, emails) for seen in found)
        choices = every[:10]
        series = {b.recurring_uid for b in choices}
        if draft.scope != "one" and len(series) == 1 and None not in series:
            choices = choices[:1]
        elif each and len(every) > 1 and len(series) == 1 and None not in series and draft.kind is DraftKind.CANCEL:
            return await self._each(scene, draft, every)
        if len(choices) > 1:
            held = await self._drafts.open(scene, replace(draft, choices=choices))
            pick = self._which(scene, held)
            await self._drafts.save(held, replace(held.draft, menu=pick.options))
            return Reply((pick,))
        held = await self._drafts.open(scene, replace(draft, booking=choices[0]))
        return await self.advance(scene, held)

    def _which(self, scene: Scene, held: Held) -> Pick:
        asker = scene.asker
        verb = {DraftKind.MOVE: "moved", DraftKind.CANCEL: "cancelled"}.get(held.draft.kind, "answered")
        options = tuple(
            PickOption(f"b{b.uid}", when(b.start, asker.zone, asker.locale), b.title) for b in held.draft.choices
        )
        if held.draft.kind in (DraftKind.CANCEL, DraftKind.MOVE):
            series = {b.recurring_uid for b in held.draft.choices}
            one = len(series) == 1 and None not in series and held.draft.kind is DraftKind.CANCEL
            whole = "the whole series" if one else "one after the other"
            options = (*options, PickOption("a", f"All {len(options)}", whole))
        return Pick(held.ref, f"Which one should be {verb}?", options)

    async def advance(self, scene: Scene, held: Held, lead: str = "") -> Reply:
        """The next card of a draft about a booking."""
        booking = held.draft.booking
        if booking is None:
            return Reply((self._which(scene, held),))
        event_type, host = await self.behind(scene, booking.uid)
        self._allow(held.draft, booking, event_type)
        if held.draft.kind is DraftKind.MOVE:
            return await self._move(scene, held, booking, event_type, host, lead)
        if held.draft.kind is DraftKind.CANCEL and booking.as_host and not held.draft.reason.strip():
            question = Question(REASON, "Why is it cancelled?", Input.LONG_TEXT, required=True)
            asked = replace(held.draft, questions=(question,), stage=Stage.QUESTIONS, start=booking.start)
            held = await self._drafts.save(held, asked)
            lead = "Cal.com tells the others why their host cancels, so it wants a reason."
            return Reply((questions_card(held.ref, held.draft, scene, lead=lead),))
        held = await self._drafts.save(held, replace(held.draft, stage=Stage.YES))
        days = await self._series(scene, booking) if held.draft.kind is DraftKind.CANCEL else ()
        return Reply((change_card(scene, held, booking, days=days),))

    async def _series(self, scene: Scene, booking: Booked) -> tuple[datetime, ...]:
        """When the bookings of the same series are that are ahead; nothing for a single one."""
        if not booking.recurring_uid:
            return ()
        mine = await self._bookings.mine(scene.asker, after=self._now())
        return tuple(s.booking.start for s in mine if s.booking.recurring_uid == booking.recurring_uid)

    async def event_type(self, scene: Scene, held: Held) -> EventType:
        """The event type behind the booking. Raises `Refusal` if it can't be seen."""
        booking = held.draft.booking
        event_type = (await self.behind(scene, booking.uid))[0] if booking else None
        if event_type is None:
            raise Refusal("I can't see the rules of that meeting any more, so I can't find times for it.")
        return event_type

    async def behind(self, scene: Scene, uid: str) -> tuple[EventType | None, Host]:
        """The event type and the host of a booking of the asker's. Raises `Refusal` if it is not theirs any more."""
        seen = await self._bookings.one(scene.asker, uid)
        if seen is None or not seen.booking.hosts:
            raise Refusal("That booking isn't there any more, or it isn't yours to change.")
        username = seen.booking.hosts[0].username
        host = Host(seen.booking.hosts[0].name, email=seen.booking.hosts[0].email, zone=seen.booking.hosts[0].zone)
        if username:
            known = await self._people.with_username(scene.asker.workspace, username)
            host = replace(known, name=host.name or known.name, zone=host.zone or known.zone, email=host.email)
        if seen.booking.event_type_id is None:
            return None, host
        return await self._catalog.of_id(host, seen.booking.event_type_id), host

    def _allow(self, draft: Draft, booking: Booked, event_type: EventType | None) -> None:
        """Raises `Refusal` where the event type's rules, or the clock, forbid the change."""
        if booking.end <= self._now():
            raise Refusal("That meeting is over already, so it can't be changed.")
        if event_type is None:
            return
        if draft.kind is DraftKind.CANCEL and event_type.cancelling_disabled:
            raise Refusal(f"“{event_type.title}” meetings can't be cancelled. Please talk to the host.")
        if draft.kind is DraftKind.MOVE and event_type.rescheduling_disabled:
            raise Refusal(f"“{event_type.title}” meetings can't be moved. Please talk to the host.")

    async def _move(
        self, scene: Scene, held: Held, booking: Booked, event_type: EventType | None, host: Host, lead: str
    ) -> Reply:
        if event_type is None:
            raise Refusal("I can't see the rules of that meeting, so I can't find times for it.")
        if not held.draft.timed:
            anchor = Window(booking.start, booking.end)
            impossible: NoSuchTime | None = None
            try:
                words = shifted(held.draft.words)
                timing = understand(words, scene.asker, self._now(), host_zone=host.zone, anchor=anchor)
            except NoSuchTime as none:
                impossible, timing = none, Timing()
            draft = replace(put(held.draft, timing, held.draft.words), minutes=None)
            lead = lead or ("" if timing.spans else "When should it be instead?")
            meeting = Meeting(event_type.id, event_type.slug, event_type.title, event_type.length_minutes)
            held = await self._drafts.save(held, replace(draft, hosts=(host,), meeting=meeting))
            if impossible:
                lead = impossible.reason
                return Reply(((await self._finder.alternatives(scene, held, event_type, impossible.near, lead))[1],))
        if held.draft.start is None:
            held, choice = await self._finder.find(scene, held, event_type, lead)
            if choice:
                return Reply((choice,))
        if held.draft.start == booking.start:
            raise Refusal("It is at that time already. What other time would suit?")
        held = await self._drafts.save(held, replace(held.draft, stage=Stage.YES))
        return Reply((change_card(scene, held, booking, await self._warnings(scene, held.draft, event_type), lead),))

    async def _warnings(self, scene: Scene, draft: Draft, event_type: EventType) -> tuple[str, ...]:
        warnings = []
        if draft.start and draft.end and draft.booking:
            busy = await self._bookings.busy(scene.asker, draft.start, draft.end, but=draft.booking.uid)
            if busy:
                warnings.append(f"You have “{busy[0].booking.title}” at that time.")
            if draft.booking.end - draft.booking.start != draft.end - draft.start:
                warnings.append(f"Moving it makes it {draft.length} minutes long, as its kind of meeting usually is.")
        if event_type.confirmation and event_type.confirmation.always and draft.booking and not draft.booking.as_host:
            warnings.append("The host has to approve the new time.")
        if draft.booking and draft.booking.pending and draft.booking.as_host:
            others = listed([p.name for p in draft.booking.others]) or "The other side"
            warnings.append(f"This accepts the request at the new time. {others} will be told, and can still move it.")
        return tuple(warnings)
