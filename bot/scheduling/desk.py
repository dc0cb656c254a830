"""The desk: every tool call, press and form comes in here and leaves as cards.

It decides who may press what and in which state, hands the rest to those who know (booker, changer, lister, ringer,
runner), and turns every failure into a sentence.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.calcom import CalCom, CalComError, Credential, on_behalf_of
from bot.scheduling.accounts import Accounts
from bot.scheduling.adjuster import Adjuster
from bot.scheduling.asker import Asker, Scene
from bot.scheduling.booker import TYPED_EMAIL, Booker
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import Closed, DraftKind, Help, Outcome, Verb
from bot.scheduling.catalog import Catalog
from bot.scheduling.changer import Changer
from bot.scheduling.chooser import Chooser
from bot.scheduling.describe import summary
from bot.scheduling.draft import Later, Stage, load_draft
from bot.scheduling.drafts import Drafts
from bot.scheduling.editor import Editor, Summariser
from bot.scheduling.errors import Refusal
from bot.scheduling.focus import Focus, focus_of
from bot.scheduling.form import Form, Raw
from bot.scheduling.guard import Guard
from bot.scheduling.handover import Handover, later, request_of
from bot.scheduling.keeper import Keeper
from bot.scheduling.linker import Linker
from bot.scheduling.lister import Lister
from bot.scheduling.outcomes import Outcomes
from bot.scheduling.people import Directory, People
from bot.scheduling.presses import Presses
from bot.scheduling.questions import check_all, filled
from bot.scheduling.reply import Reply
from bot.scheduling.requests import (
    Account,
    Adjust,
    Book,
    Cancel,
    EditBooking,
    FindTimes,
    LinkAccount,
    Move,
    Request,
    Respond,
    Ring,
    ShowBookings,
    ShowHelp,
)
from bot.scheduling.ringer import Ringer
from bot.scheduling.runner import Runner
from bot.scheduling.timefinder import TimeFinder
from bot.scheduling.times import Times
from bot.scheduling.timing import Clock
from bot.store import Entry, Store, Timer

log = logging.getLogger(__name__)


class Desk:
    """All that people can ask of the assistant."""

    def __init__(
        self,
        calcom: CalCom,
        store: Store,
        directory: Directory,
        now: Clock,
        key: Credential | None = None,
        organization: str | None = None,
        accounts: Accounts | None = None,
        writes: bool = True,
    ) -> None:
        self._store = store
        self._now = now
        self._calcom = calcom
        self._drafts = Drafts(store, now)
        self.accounts = accounts or Accounts(calcom, store, now)
        self._linker = Linker(self.accounts)
        self._guard = Guard(self.accounts, self._linker)
        self._bookings = Bookings(calcom, store, key, self.accounts)
        catalog = self.catalog = self._catalog = Catalog(calcom, key, now, organization)
        self._people = People(store, directory, catalog)
        times = Times(calcom, store, self._bookings, now)
        self._finder = TimeFinder(calcom, times, self._drafts, now)
        self._booker = Booker(calcom, store, self._people, catalog, self._finder, self._bookings, self._drafts, now)
        chooser = Chooser(self._bookings, self._people, self._drafts, now)
        self._changer = Changer(self._people, catalog, self._finder, self._bookings, chooser, self._drafts, now)
        self._lister = Lister(self._bookings, self._drafts, now, catalog)
        self._ringer = Ringer(catalog, self._drafts)
        self._editor = Editor(self._people, catalog, self._bookings, chooser, self._drafts, now)
        self._keeper = Keeper(self._people, catalog, self._bookings, self._drafts, now)
        outcomes = Outcomes(calcom, self._bookings, key)
        self._runner = Runner(
            calcom,
            store,
            self._booker,
            self._changer,
            self._bookings,
            self._finder,
            self._drafts,
            self._editor,
            self._keeper,
            outcomes,
            now,
        )
        self._presses = Presses(
            self._drafts,
            self._booker,
            self._changer,
            self._finder,
            self._runner,
            outcomes,
            self._linker,
            now,
            writes,
        )
        self._adjuster = Adjuster(
            self._drafts,
            self._booker,
            self._changer,
            self._presses,
            self._ringer,
            self._editor,
            self._keeper,
            now,
        )
        self._handover = Handover(self._drafts, self._booker, now)

    def on_rung(self, first_look: Callable[[str, str, str], Timer]) -> None:
        """Who looks after a ring: gives the timer for it, from the draft's id, the workspace and the booking's uid."""
        self._runner.first_look = first_look

    def summarise_with(self, summariser: Summariser) -> None:
        """Let transcripts be put in short."""
        self._editor.summariser = summariser

    def forget(self) -> None:
        """Read anew what was remembered of Cal.com, as after a reset."""
        self._catalog.forget()

    async def run(self, scene: Scene, request: Request, then: Sequence[Request] = ()) -> Reply:
        """Carries out one tool call; those of `then` come when it is settled.

        Raises `Refusal` only when `for_model`, so that the model may try again.
        """
        scene = await self._complete(scene)
        words = scene.said[-1] if scene.said else ""
        kept = [later(each, words) for each in then]
        return await self._guard.run(scene, lambda: self._in_turn(scene, request, kept), from_model=True)

    async def _in_turn(self, scene: Scene, request: Request, then: Sequence[Later]) -> Reply:
        before = await self._handover.before(scene, request)
        reply = await self._run(scene, request)
        if before:
            reply = await self._handover.replaced(scene, before, reply)
        if not then:
            return reply
        lined_up = await self._handover.line_up(scene, reply, then)
        if lined_up:
            return lined_up
        further = await self._take_up(scene, then)
        return Reply((*reply.cards, *further.cards), (*reply.closed, *further.closed))

    async def _take_up(self, scene: Scene, then: Sequence[Later]) -> Reply:
        """What was kept for now. A refusal ends with its sentence: no model is there to mend it."""
        first = then[0]
        scene = replace(scene, turn=f"{scene.turn}.then", said=(*scene.said, first.words))
        return await self._guard.run(scene, lambda: self._in_turn(scene, request_of(first), then[1:]))

    async def _onwards(self, scene: Scene, ref: str, reply: Reply) -> Reply:
        """The reply to a press or a yes, and what comes next: a request that waited, or the card from before it."""
        draft = await self._handover.settled(scene, ref)
        if draft is None:
            return reply
        further = Reply(())
        if draft.then:
            further = await self._take_up(scene, draft.then)
            await self._handover.taken_up(ref)
        elif waiting := await self._handover.waiting(scene):
            try:
                with on_behalf_of(f"{scene.asker.workspace}/{scene.asker.slack_id}"):
                    again = replace(scene, turn=f"{scene.turn}.back")
                    further = await self._adjuster.again(again, waiting, "Back to this:")
            except (Refusal, CalComError):
                await self._handover.drop(waiting)
        return Reply((*reply.cards, *further.cards), (*reply.closed, *further.closed))

    async def press(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        """A press on a card. The first card of the reply stands for the pressed one if it has the same `ref`."""
        scene = await self._complete(scene)
        reply = await self._guard.run(scene, lambda: self._presses.do(scene, verb, ref, key))
        reply = await self._onwards(scene, ref, reply)
        await self._remember(scene, reply)
        return reply

    async def again(self, scene: Scene, ref: str) -> Reply:
        """The open card once more: a yes came after something else was asked, so it may not have been meant."""
        scene = await self._complete(scene)
        record = await self._drafts.of(ref)
        asked = record is not None and load_draft(record.payload).stage is Stage.YES
        lead = "You mean this one? Say yes once more, or press the button." if asked else ""
        return await self._guard.run(scene, lambda: self._adjuster.again(scene, ref, lead))

    async def doubt(self, ref: str) -> None:
        """Something was asked or refused since the card: the next plain yes shows it again."""
        await self._adjuster.doubt(ref)

    async def agree(self, scene: Scene, ref: str) -> Reply:
        """A plain yes in words to the proposal shown last. What came of it stands below; the card is closed."""
        return await self._in_words(scene, Verb.CONFIRM, ref, "Done, see below.")

    async def let_go(self, scene: Scene, ref: str) -> Reply:
        """A plain no in words to what was shown last."""
        return await self._in_words(scene, Verb.DISMISS, ref, "Dropped.")

    async def begun(self, scene: Scene) -> str:
        """The ref of the draft that a yes of this very turn ran before a crash; empty in all other turns."""
        record = await self._drafts.begun(scene)
        return record.id if record else ""

    async def _in_words(self, scene: Scene, verb: Verb, ref: str, left: str) -> Reply:
        scene = await self._complete(scene)
        reply = await self._guard.run(scene, lambda: self._presses.do(scene, verb, ref, ""))
        on_card = next((card for card in reply.cards if getattr(card, "ref", "") == ref), None)
        if on_card is not None:
            left = left if isinstance(on_card, Outcome | Closed) else "Continued below."
            reply = replace(reply, closed=(*reply.closed, Closed(ref, left)))
        return await self._onwards(scene, ref, reply)

    async def form(self, scene: Scene, ref: str) -> Form:
        """The questions of a draft, for a modal. Raises `Refusal`."""
        held = await self._drafts.take(scene, ref)
        title = held.draft.meeting.title if held.draft.meeting else "Your answers"
        return Form(ref, title, filled(held.draft.questions, held.draft.answers))

    async def check(self, scene: Scene, ref: str, raw: dict[str, Raw]) -> dict[str, str]:
        """A sentence for each answer that won't do; empty when all will. Raises `Refusal`."""
        held = await self._drafts.take(scene, ref)
        return check_all(held.draft.questions, raw)[1]

    async def submit(self, scene: Scene, ref: str, raw: dict[str, Raw]) -> Reply:
        """A form filled in."""
        scene = await self._complete(scene)

        async def answered() -> Reply:
            held = await self._drafts.take(scene, ref)
            if held.draft.kind is DraftKind.BOOK:
                return await self._booker.answered(scene, held, raw)
            return await self._changer.answered(scene, held, raw)

        reply = await self._guard.run(scene, answered)
        await self._remember(scene, reply)
        return reply

    async def home(self, scene: Scene) -> Reply:
        """What the Home tab shows."""
        scene = await self._complete(scene)
        reply = await self._guard.run(scene, lambda: self._lister.home(scene))
        return replace(reply, cards=(*reply.cards, *await self._linker.home(scene)))

    async def after_ring(self, scene: Scene, ref: str) -> Reply:
        """Times of a team that could not be rung, for who rang them."""
        record = await self._drafts.record(scene, ref)
        rung = load_draft(record.payload)
        reply = await self._guard.run(scene, lambda: self._booker.instead(scene, rung))
        await self._remember(scene, reply)
        return reply

    async def focus(self, scene: Scene) -> Focus | None:
        """What is open between the asker and the assistant, for the model and for a plain yes."""
        record = await self._drafts.newest(scene)
        if record is None:
            return None
        found = focus_of(record, scene.asker)
        if found.card in ("agenda", "slots", "outcome"):
            behind = next(iter(await self._drafts.waiting(scene, but=record.id)), None)
            return replace(found, behind=focus_of(behind, scene.asker) if behind else None)
        return found

    async def waiting(self, scene: Scene) -> Focus | None:
        """The proposal that waits for a yes although lists were shown since: a look at them answers nothing."""
        record = await self._drafts.last(scene)
        found = focus_of(record, scene.asker) if record else None
        return found if found and found.proposed else None

    async def _complete(self, scene: Scene) -> Scene:
        """The scene with the address the asker once typed, where Slack shows none."""
        asker = scene.asker
        if asker.email or asker.typed_email:
            return scene
        typed = await self._store.memory.get(asker.workspace, asker.slack_id, TYPED_EMAIL, "")
        return replace(scene, asker=replace(asker, typed_email=typed)) if typed else scene

    async def _run(self, scene: Scene, request: Request) -> Reply:
        match request:
            case Book():
                return await self._booker.book(scene, request)
            case FindTimes() if self._only_self(scene.asker, request):
                return await self._lister.free(scene, request)
            case FindTimes():
                return await self._booker.find(scene, request)
            case ShowBookings():
                return await self._lister.show(scene, request)
            case Move():
                return await self._changer.move(scene, request)
            case Cancel():
                return await self._changer.cancel(scene, request)
            case Respond():
                return await self._changer.respond(scene, request)
            case Ring():
                return await self._ringer.ring(scene, request)
            case Adjust():
                return await self._adjuster.adjust(scene, request)
            case EditBooking():
                return await self._editor.edit(scene, request)
            case Account():
                return await self._keeper.keep(scene, request)
            case LinkAccount():
                return await self._linker.run(scene, request)
            case ShowHelp():
                return Reply((Help(request.lead),))
            case _:
                raise Refusal("I can't do that yet.", for_model=True)

    def _only_self(self, asker: Asker, request: FindTimes) -> bool:
        return bool(request.people) and all(self._people.is_self(asker, p) for p in request.people)

    async def _remember(self, scene: Scene, reply: Reply) -> None:
        """What a press showed, for the conversation's history."""
        text = summary(reply.cards, scene.asker.locale)
        entry = Entry(role="bot", name="Slotwise", text=text, at=self._now())
        await self._store.conversations.append(scene.asker.workspace, scene.conversation, entry, turn=scene.turn)
