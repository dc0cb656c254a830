"""Runs a confirmed draft against Cal.com, exactly once.

Cal.com has no idempotency key. A booking therefore carries its draft's id in its metadata, and whenever an earlier
try may have reached the service (a lost answer, a crash), the runner looks before it repeats anything.
"""

from collections.abc import Callable
from dataclasses import replace

from bot import __version__
from bot.calcom import (
    AlreadyCancelled,
    Booking,
    BookingStatus,
    CalCom,
    CalComError,
    EventType,
    FieldProblem,
    SlotUnavailable,
    Unavailable,
)
from bot.scheduling.asker import Scene
from bot.scheduling.booker import Booker
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import DraftKind, Fact, Note, Outcome, Result, Tone
from bot.scheduling.changer import Changer
from bot.scheduling.draft import Draft, Host, Stage, State
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.editor import Editor
from bot.scheduling.errors import Gone, Refusal
from bot.scheduling.form import Input, Question
from bot.scheduling.keeper import Keeper
from bot.scheduling.order import order
from bot.scheduling.outcomes import Outcomes
from bot.scheduling.places import Places
from bot.scheduling.present import (
    facts,
    met,
    parties,
    place_text,
    questions_card,
    team_facts,
    title_of,
)
from bot.scheduling.reply import Reply
from bot.scheduling.timefinder import TimeFinder
from bot.scheduling.timing import Clock
from bot.scheduling.wording import clock, cut, day, when
from bot.store import Store, Timer


class NotDone(Exception):
    """Cal.com shows no trace of it."""


def _only_look(look: bool) -> None:
    if look:
        raise NotDone


class Runner:
    """Turns drafts into bookings, and into their outcome cards."""

    def __init__(
        self,
        calcom: CalCom,
        store: Store,
        booker: Booker,
        changer: Changer,
        bookings: Bookings,
        finder: TimeFinder,
        drafts: Drafts,
        editor: Editor,
        keeper: Keeper,
        outcomes: Outcomes,
        now: Clock,
    ) -> None:
        self._editor = editor
        self._keeper = keeper
        self._outcomes = outcomes
        self._calcom = calcom
        self._store = store
        self._booker = booker
        self._changer = changer
        self._bookings = bookings
        self._finder = finder
        self._drafts = drafts
        self._now = now
        self.first_look: Callable[[str, str, str], Timer] | None = None

    async def resume(self, scene: Scene, held: Held) -> Held | None:
        """The draft, if this very turn ran it before a crash and has to finish it; None otherwise."""
        if held.draft.claimed != scene.turn or held.record.state not in (State.RUNNING, State.DONE):
            return None
        return Held(held.ref, replace(held.draft, unsure=True), held.record)

    async def run(self, scene: Scene, held: Held) -> Reply:
        """Runs an open draft, or goes on with one this turn had begun. Raises `Gone` if somebody was quicker."""
        mine = await self.resume(scene, held)
        if mine is None:
            if held.draft.stage is not Stage.YES:
                raise Refusal("Something is still missing before that can be done. Please look at the card above.")
            mine = await self._drafts.claim(held, scene.turn)
            if mine is None:
                raise Gone("That is being done already.")
        try:
            return await self._act(scene, mine)
        except SlotUnavailable as taken:
            return await self._taken(scene, mine, taken)
        except FieldProblem as problem:
            return await self._asked(scene, mine, problem)
        except Unavailable as down:
            return await self._lost(scene, mine, down)
        except AlreadyCancelled as closed:
            await self._drafts.settle(mine, State.OPEN)
            raise Refusal(await self._meanwhile(scene, closed.moved_to) or closed.sentence) from None
        except (CalComError, Refusal):
            await self._drafts.settle(mine, State.OPEN)
            raise

    async def _lost(self, scene: Scene, held: Held, down: Unavailable) -> Reply:
        """Cal.com gave no answer: looks once whether it was done all the same, and leaves the draft open if not."""
        unsure = held.draft.unsure or down.maybe_done
        doubt = ""
        if down.maybe_done:
            try:
                return await self._act(scene, Held(held.ref, replace(held.draft, unsure=True), held.record), look=True)
            except NotDone:
                doubt = "It did not go through."
            except (CalComError, Refusal):
                doubt = "I don't know yet whether it went through; I'll look before doing it again."
        await self._drafts.settle(held, State.OPEN, replace(held.draft, unsure=unsure))
        return Reply((Note(f"{down.sentence} {doubt}".strip(), Tone.PROBLEM, retry=True),))

    async def _act(self, scene: Scene, held: Held, look: bool = False) -> Reply:
        """Does what the draft says; with `look` only finds out whether it is done. Raises `NotDone` then."""
        match held.draft.kind:
            case DraftKind.BOOK | DraftKind.RING:
                return await self._book(scene, held, look)
            case DraftKind.MOVE:
                return await self._move(scene, held, look)
            case DraftKind.CANCEL:
                return await self._cancel(scene, held, look)
            case DraftKind.EDIT | DraftKind.SETTING:
                return await self._carry_out(scene, held, look)
            case _:
                return await self._respond(scene, held, look)

    async def _carry_out(self, scene: Scene, held: Held, look: bool) -> Reply:
        editing = held.draft.kind is DraftKind.EDIT
        done = await (self._editor if editing else self._keeper).carry_out(scene, held, look)
        if done is None:
            raise NotDone
        await self._done(scene, held, held.draft.booking.uid if held.draft.booking else "")
        return Reply((done,))

    async def _book(self, scene: Scene, held: Held, look: bool) -> Reply:
        draft, asker = held.draft, scene.asker
        event_type = (
            await self._instant_type(draft) if draft.kind is DraftKind.RING else await self._booker.event_type(draft)
        )
        made: tuple[Booking, ...] = ()
        if draft.unsure:
            made = await self._found(scene, held, event_type)
        if not made:
            _only_look(look)
            session = await self._bookings.session(asker, as_host=draft.attendee is not None)
            made = await session.create_booking(order(held, asker, event_type, self._now()))
            await self._booker.remember_email(scene, draft)
        first = made[0]
        await self._done(scene, held, first.uid)
        ringing = draft.kind is DraftKind.RING
        if ringing and self.first_look:
            await self._store.timers.put(self.first_look(held.ref, asker.workspace, first.uid))
        pending = first.status is BookingStatus.PENDING
        result = Result.RUNG if ringing else Result.REQUESTED if pending else Result.BOOKED
        outcome = Outcome(
            ref=held.ref,
            result=result,
            title=draft.title or title_of(draft) if not ringing else title_of(draft),
            parties=parties(draft) if ringing or pending else met(draft, first),
            zone=asker.zone,
            start=None if ringing else first.start,
            end=None if ringing else first.end,
            place=place_text(first) or Places.of(event_type).text(draft.answers),
            facts=self._facts(draft, pending),
            links=await self._outcomes.links(first, calendar=not (pending or ringing)),
            repeats=tuple(b.start for b in made) if len(made) > 1 else (),
            active=not ringing,
            lead=self._lead(draft, pending),
        )
        return Reply((outcome,))

    @staticmethod
    def _facts(draft: Draft, pending: bool) -> tuple[Fact, ...]:
        if draft.kind is DraftKind.RING:
            return (Fact("Problem", cut(draft.notes, 500)),)
        return (*facts(draft, place=False), *(() if pending else team_facts(draft)))

    @staticmethod
    def _lead(draft: Draft, pending: bool) -> str:
        if draft.kind is DraftKind.RING:
            return f"{draft.hosts[0].name} is being rung. Join the call; whoever is free first comes in."
        return f"{draft.hosts[0].name} has to approve it; I'll say so when that happens." if pending else ""

    async def _instant_type(self, draft: Draft) -> EventType:
        host = draft.hosts[0] if draft.hosts else Host("the team")
        found = [t for t in await self._booker.team_types(host) if draft.meeting and t.id == draft.meeting.id]
        if not found:
            raise Refusal("That team can't be rung any more. Please ask again.")
        return found[0]

    async def _found(self, scene: Scene, held: Held, event_type: EventType) -> tuple[Booking, ...]:
        """What an earlier try of this draft booked. Raises `Refusal` where nobody can tell."""
        if self._bookings.can_look_up():
            return await self._bookings.by_draft(scene.asker, held.ref, held.record.created)
        start = held.draft.start
        if start is None:
            raise Refusal("I can't tell whether the team was rung already, so I won't ring twice. Please ask again.")
        if not await self._finder.is_free(held.draft, event_type, start, scene.asker):
            raise Refusal(
                "I can't tell whether that was booked: the time is taken now, perhaps by you. "
                "Please look into your mail for the invitation before you book again."
            )
        return ()

    async def _move(self, scene: Scene, held: Held, look: bool) -> Reply:
        draft, asker, old = held.draft, scene.asker, held.draft.booking
        if old is None or draft.start is None:
            raise Refusal("Something is still missing before it can be moved. Please ask again.")
        session = await self._bookings.session(asker, old.as_host)
        moved: Booking | None = None
        if draft.unsure:
            moved = await self._moved_already(scene, old.uid)
        if moved is None:
            _only_look(look)
            emails = sorted(await self._bookings.emails(asker))
            moved = await session.reschedule(
                old.uid,
                draft.start,
                reason=draft.reason or None,
                by=asker.email or (emails[0] if emails else None),
                seat_uid=old.seat_uid,
            )
        await self._done(scene, held, moved.uid)
        pending = moved.status is BookingStatus.PENDING
        return Reply((await self._outcomes.of(scene, held, moved, Result.MOVE_REQUESTED if pending else Result.MOVED),))

    async def _moved_already(self, scene: Scene, uid: str) -> Booking | None:
        before = await self._bookings.one(scene.asker, uid)
        if before and before.booking.rescheduled_to:
            after = await self._bookings.one(scene.asker, before.booking.rescheduled_to)
            return after.booking if after else None
        return None

    async def _meanwhile(self, scene: Scene, uid: str | None) -> str:
        """A sentence about a booking that somebody moved to the one of this uid before the draft was run."""
        after = await self._bookings.one(scene.asker, uid) if uid else None
        if after is None:
            return ""
        where = when(after.booking.start, scene.asker.zone, scene.asker.locale)
        return f"It was moved to {where} in the meantime, so I left it alone. Ask me again if it still shall change."

    async def _cancel(self, scene: Scene, held: Held, look: bool) -> Reply:
        draft, old = held.draft, held.draft.booking
        if old is None:
            raise Refusal("I lost track of which meeting that was. Please ask again.")
        now = await self._bookings.one(scene.asker, old.uid)
        if now and (moved := await self._meanwhile(scene, now.booking.rescheduled_to)):
            raise Refusal(moved)
        if now is None or now.booking.live:
            _only_look(look)
            session = await self._bookings.session(scene.asker, old.as_host)
            uid = old.recurring_uid if draft.scope == "all" and old.recurring_uid else old.uid
            following = draft.scope == "following" and bool(old.recurring_uid)
            await session.cancel(uid, reason=draft.reason or None, following=following, seat_uid=old.seat_uid)
        await self._done(scene, held, old.uid)
        outcome = Outcome(
            ref=held.ref,
            result=Result.CANCELLED,
            title=old.title,
            parties=parties(draft),
            zone=scene.asker.zone,
            start=old.start,
            end=old.end,
            facts=(Fact("Reason", draft.reason),) if draft.reason else (),
        )
        return Reply((outcome,))

    async def _respond(self, scene: Scene, held: Held, look: bool) -> Reply:
        draft, old = held.draft, held.draft.booking
        if old is None:
            raise Refusal("I lost track of which request that was. Please ask again.")
        accept = draft.kind is DraftKind.ACCEPT
        now = await self._bookings.one(scene.asker, old.uid)
        wanted = BookingStatus.ACCEPTED if accept else BookingStatus.REJECTED
        if now is None or now.booking.status is not wanted:
            _only_look(look)
            session = await self._bookings.session(scene.asker, as_host=True)
            booking = await (session.confirm(old.uid) if accept else session.decline(old.uid, draft.reason or None))
        else:
            booking = now.booking
        await self._done(scene, held, old.uid)
        return Reply((await self._outcomes.of(scene, held, booking, Result.ACCEPTED if accept else Result.DECLINED),))

    async def _done(self, scene: Scene, held: Held, uid: str) -> None:
        await self._drafts.settle(held, State.DONE, replace(held.draft, unsure=False), uid=uid)
        await self._store.audit.add(
            at=self._now(),
            workspace=scene.asker.workspace,
            actor=scene.asker.slack_id,
            action=held.draft.kind.value,
            record_id=held.ref,
            booking_uid=uid or None,
            version=__version__,
        )

    async def _taken(self, scene: Scene, held: Held, taken: SlotUnavailable) -> Reply:
        """The time went away between the card and the click: others, in the card's place."""
        await self._drafts.settle(held, State.OPEN)
        draft, asker = held.draft, scene.asker
        if draft.start is None:
            raise Refusal(taken.sentence)
        named = f"{day(draft.start, asker.zone)} {clock(draft.start, asker.zone, asker.locale)}"
        lead = f"{named} can't be booked any more. {taken.sentence}"
        moving = draft.kind is DraftKind.MOVE
        event_type = await (self._changer.event_type(scene, held) if moving else self._booker.event_type(draft))
        again = Held(held.ref, replace(draft, claimed=""), held.record)
        _, choice = await self._finder.alternatives(scene, again, event_type, draft.start, lead)
        return Reply((choice,))

    async def _asked(self, scene: Scene, held: Held, problem: FieldProblem) -> Reply:
        """Cal.com wants an answer that the event type had not announced, or refuses one."""
        await self._drafts.settle(held, State.OPEN)
        draft = held.draft
        if problem.slug is None or draft.kind is not DraftKind.BOOK:
            raise Refusal(problem.sentence)
        known = {q.slug: q for q in draft.questions}
        question = known.get(problem.slug) or Question(
            problem.slug, problem.slug.replace("_", " ").replace("-", " ").capitalize(), Input.TEXT, required=True
        )
        questions = (*(q for q in draft.questions if q.slug != question.slug), replace(question, required=True))
        answers = {slug: answer for slug, answer in draft.answers.items() if slug != problem.slug}
        asked = replace(draft, questions=questions, answers=answers, stage=Stage.QUESTIONS, claimed="")
        again = await self._drafts.save(Held(held.ref, asked, held.record), asked)
        return Reply((questions_card(again.ref, asked, scene, (f"{question.label}: {problem.sentence}",)),))
