"""The desk: every tool call, press and form comes in here and leaves as cards.

It decides who may press what and in which state, hands the rest to those who know (booker, changer, lister, ringer,
runner), and turns every failure into a sentence.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytz

from bot.calcom import CalCom, CalComError, Credential, RateLimited, Unavailable, WrongCredential, on_behalf_of
from bot.scheduling.accounts import Accounts
from bot.scheduling.asker import Asker, Scene
from bot.scheduling.booker import TYPED_EMAIL, Booker
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import Closed, DraftKind, Help, Note, Outcome, Tone, Verb
from bot.scheduling.catalog import Catalog
from bot.scheduling.changer import Changer
from bot.scheduling.chooser import Chooser
from bot.scheduling.describe import summary
from bot.scheduling.draft import Draft, Span, Stage, State, load_draft
from bot.scheduling.drafts import DRAFT, Drafts, Held
from bot.scheduling.editor import Editor, Summariser
from bot.scheduling.errors import Gone, LinkFirst, NotYours, Refusal
from bot.scheduling.focus import Focus, focus_of, picked
from bot.scheduling.form import Form, Raw
from bot.scheduling.keeper import Keeper
from bot.scheduling.linker import Linker
from bot.scheduling.lister import Lister
from bot.scheduling.people import Directory, People
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
from bot.scheduling.timing import Clock, time_words, whole_day
from bot.store import Entry, Store, Timer

log = logging.getLogger(__name__)

EXAMPLES = (
    "book 15min with bailey Tuesday at 2pm",
    "is sam free tomorrow afternoon?",
    "what do I have on Wednesday?",
    "move my call with sam to Thursday 10am",
    "cancel my call with sam",
)


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
        self._writes = writes
        self._store = store
        self._now = now
        self._calcom = calcom
        self._drafts = Drafts(store, now)
        self.accounts = accounts or Accounts(calcom, store, now)
        self._linker = Linker(self.accounts)
        self._bookings = Bookings(calcom, store, key, self.accounts)
        catalog = self.catalog = self._catalog = Catalog(calcom, key, now, organization)
        self._people = People(store, directory, catalog)
        times = Times(calcom, store, self._bookings, now)
        self._finder = TimeFinder(calcom, times, self._drafts, now)
        self._booker = Booker(calcom, store, self._people, catalog, self._finder, self._bookings, self._drafts, now)
        chooser = Chooser(self._bookings, self._people, self._drafts, now)
        self._changer = Changer(self._people, catalog, self._finder, self._bookings, chooser, self._drafts, now)
        self._lister = Lister(self._bookings, self._drafts, now)
        self._ringer = Ringer(catalog, self._drafts)
        self._editor = Editor(self._people, catalog, self._bookings, chooser, self._drafts, now)
        self._keeper = Keeper(self._people, catalog, self._bookings, self._drafts, now)
        self._runner = Runner(
            calcom,
            store,
            key,
            self._booker,
            self._changer,
            self._bookings,
            self._finder,
            self._drafts,
            self._editor,
            self._keeper,
            now,
        )

    def on_rung(self, first_look: Callable[[str, str, str], Timer]) -> None:
        """Who looks after a ring: gives the timer for it, from the draft's id, the workspace and the booking's uid."""
        self._runner.first_look = first_look

    def summarise_with(self, summariser: Summariser) -> None:
        """Let transcripts be put in short."""
        self._editor.summariser = summariser

    def forget(self) -> None:
        """Read anew what was remembered of Cal.com, as after a reset."""
        self._catalog.forget()

    async def run(self, scene: Scene, request: Request) -> Reply:
        """Carries out one tool call. Raises `Refusal` only when `for_model`, so that the model may try again."""
        scene = await self._complete(scene)
        return await self._guarded(scene, lambda: self._run(scene, request), from_model=True)

    async def press(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        """A press on a card. The first card of the reply stands for the pressed one if it has the same `ref`."""
        scene = await self._complete(scene)
        reply = await self._guarded(scene, lambda: self._press(scene, verb, ref, key))
        await self._remember(scene, reply)
        return reply

    async def agree(self, scene: Scene, ref: str) -> Reply:
        """A plain yes in words to the proposal shown last. What came of it stands below; the card is closed."""
        return await self._in_words(scene, Verb.CONFIRM, ref, "Done, see below.")

    async def let_go(self, scene: Scene, ref: str) -> Reply:
        """A plain no in words to what was shown last."""
        return await self._in_words(scene, Verb.DISMISS, ref, "Let go.")

    async def begun(self, scene: Scene) -> str:
        """The ref of the draft that a yes of this very turn ran before a crash; empty in all other turns."""
        record = await self._drafts.begun(scene)
        return record.id if record else ""

    async def _in_words(self, scene: Scene, verb: Verb, ref: str, left: str) -> Reply:
        scene = await self._complete(scene)
        reply = await self._guarded(scene, lambda: self._press(scene, verb, ref, ""))
        on_card = next((card for card in reply.cards if getattr(card, "ref", "") == ref), None)
        if on_card is None:
            return reply
        left = left if isinstance(on_card, Outcome | Closed) else "Continued below."
        return replace(reply, closed=(*reply.closed, Closed(ref, left)))

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

        reply = await self._guarded(scene, answered)
        await self._remember(scene, reply)
        return reply

    async def home(self, scene: Scene) -> Reply:
        """What the Home tab shows."""
        scene = await self._complete(scene)
        reply = await self._guarded(scene, lambda: self._lister.home(scene))
        return replace(reply, cards=(*reply.cards, *await self._linker.home(scene)))

    async def after_ring(self, scene: Scene, ref: str) -> Reply:
        """Times of a team that could not be rung, for who rang them."""
        record = await self._drafts.record(scene, ref)
        rung = load_draft(record.payload)
        reply = await self._guarded(scene, lambda: self._booker.instead(scene, rung))
        await self._remember(scene, reply)
        return reply

    async def focus(self, scene: Scene) -> Focus | None:
        """What is open between the asker and the assistant, for the model and for a plain yes."""
        record = await self._drafts.newest(scene)
        return focus_of(record, scene.asker) if record else None

    async def waiting(self, scene: Scene) -> Focus | None:
        """The proposal that waits for a yes although lists were shown since: a look at them answers nothing."""
        record = await self._drafts.last(scene)
        found = focus_of(record, scene.asker) if record else None
        return found if found and found.confirmable else None

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
                return await self._adjust(scene, request)
            case EditBooking():
                return await self._editor.edit(scene, request)
            case Account():
                return await self._keeper.keep(scene, request)
            case LinkAccount():
                return await self._linker.run(scene, request)
            case ShowHelp():
                return Reply((Help(request.lead, EXAMPLES),))
            case _:
                raise Refusal("I can't do that yet.", for_model=True)

    def _only_self(self, asker: Asker, request: FindTimes) -> bool:
        return bool(request.people) and all(self._people.is_self(asker, p) for p in request.people)

    async def _adjust(self, scene: Scene, request: Adjust) -> Reply:
        """Words about what is open. The old card is closed and its draft goes on in a new one."""
        record = await self._drafts.newest(scene)
        if record is None or record.kind != DRAFT or record.state != State.OPEN:
            if request.people or request.when:
                return await self._booker.book(
                    scene,
                    Book(
                        people=request.people,
                        when=request.when,
                        meeting=request.meeting,
                        minutes=request.minutes,
                        notes=request.notes,
                        guests=request.guests,
                    ),
                )
            return Reply((Help("There is nothing open that this could change.", EXAMPLES),))
        if not request.model_dump(exclude_defaults=True):
            return Reply((Help("I didn't get what to change.", EXAMPLES),))
        held = await self._renewed(scene, record.id)
        closed = (Closed(record.id, "Continued below."),)
        try:
            reply = await self._adjusted(scene, held, request)
        except (Refusal, CalComError):
            await self._drafts.swap(close=held.ref, reopen=record.id)
            raise
        return replace(reply, closed=(*reply.closed, *closed))

    async def _renewed(self, scene: Scene, ref: str) -> Held:
        """The draft under a new ref, so that the card shown before can't act on what follows."""
        old = await self._drafts.take(scene, ref)
        fresh = await self._drafts.open(scene, old.draft, "adjusted")
        await self._drafts.swap(close=ref, reopen=fresh.ref)
        return await self._drafts.save(fresh, old.draft)

    async def _adjusted(self, scene: Scene, held: Held, request: Adjust) -> Reply:
        if request.pick and (key := picked(held.draft, request.pick, scene.asker, self._now())):
            verb, chosen = key
            return await self._chosen(scene, held, verb, chosen, request)
        if request.pick and held.draft.stage is Stage.WHAT:
            length = time_words(request.pick, scene.asker, self._now()).duration
            minutes = round(length.total_seconds() / 60) if length else None
            update = {
                "meeting": request.meeting or ("" if minutes else request.pick),
                "minutes": request.minutes or minutes,
            }
            request = request.model_copy(update=update)
        elif request.pick and not request.when:
            request = request.model_copy(update={"when": request.pick})
        if held.draft.kind is DraftKind.BOOK:
            return await self._booker.adjust(scene, held, request)
        if held.draft.kind is DraftKind.RING:
            raise Refusal("That call is ready to ring; press “Ring the team”, or tell me to let it go.")
        if held.draft.plan is not None:
            raise Refusal("That change waits for your yes; say no to let it go, then tell me what you want instead.")
        return await self._changer.adjust(scene, held, request)

    async def _chosen(self, scene: Scene, held: Held, verb: Verb, key: str, request: Adjust) -> Reply:
        if request.answers or request.notes:
            draft = replace(
                held.draft, told={**held.draft.told, **request.answers}, notes=request.notes or held.draft.notes
            )
            held = await self._drafts.save(held, draft)
        return await self._slot(scene, held, key) if verb is Verb.SLOT else await self._pick(scene, held, key)

    async def _press(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        if verb in (Verb.CONNECT, Verb.DISCONNECT):
            return await self._linker.press(scene, verb)
        if verb in (Verb.RESCHEDULE, Verb.CANCEL, Verb.ACCEPT, Verb.DECLINE):
            return await self._on_booking(scene, verb, ref, key)
        if verb is Verb.CONFIRM:
            record = await self._drafts.record(scene, ref)
            held = Held(ref, load_draft(record.payload), record) if record.kind == DRAFT else None
            if held is None or await self._runner.resume(scene, held) is None:
                if held and record.state == State.DONE and (done := await self._runner.shown_again(scene, held)):
                    return Reply((done, Note("That is done already; pressing again changes nothing.", Tone.WARNING)))
                held = await self._drafts.take(scene, ref)
            if not self._writes:
                raise Refusal("Changes are paused right now, so nothing was done. Looking things up still works.")
            return await self._runner.run(scene, held)
        held = await self._drafts.take(scene, ref)
        match verb:
            case Verb.SLOT:
                return await self._slot(scene, held, key)
            case Verb.MORE:
                event_type = await self._event_type(scene, held)
                _, choice = await self._finder.more(scene, held, event_type)
                return Reply((choice,))
            case Verb.DAY:
                return await self._on_day(scene, held, key)
            case Verb.READING:
                span = held.draft.reading_spans.get(key)
                if span is None:
                    raise Gone("That choice isn't there any more. Please ask again.")
                return await self._look_in(scene, held, span)
            case Verb.CHANGE:
                start = held.draft.start or self._now()
                return await self._look_in(scene, held, whole_day(start, scene.asker.zone))
            case Verb.PICK:
                return await self._pick(scene, held, key)
            case Verb.DISMISS:
                await self._drafts.close(ref, State.DISMISSED)
                await self._booker.release(held.draft)
                return Reply((Closed(ref, _let_go(held.draft)),))
            case _:
                raise Gone("That card is not in use any more. Please ask again.")

    async def _event_type(self, scene: Scene, held: Held) -> Any:
        if held.draft.kind is DraftKind.MOVE:
            return await self._changer.event_type(scene, held)
        return await self._booker.event_type(held.draft)

    async def _slot(self, scene: Scene, held: Held, key: str) -> Reply:
        option = next((o for o in held.draft.offered if o.key == key), None)
        if option is None:
            raise Gone("That time isn't on the card any more. Please choose another.")
        if option.start <= self._now():
            raise Refusal("That time is over already. Please choose another.")
        draft = replace(
            held.draft, start=option.start, stage=Stage.QUESTIONS, readings=(), understood=(), looking=False
        )
        return await self._advance(scene, await self._drafts.save(held, draft))

    async def _on_day(self, scene: Scene, held: Held, key: str) -> Reply:
        try:
            chosen = date.fromisoformat(key)
        except ValueError:
            raise Refusal("That isn't a day. Please choose another.") from None
        today = self._now().astimezone(pytz.timezone(scene.asker.zone)).date()
        if chosen < today:
            raise Refusal("That day is over already. Please choose another.")
        noon = pytz.timezone(scene.asker.zone).localize(datetime(chosen.year, chosen.month, chosen.day, 12))  # noqa: DTZ001
        return await self._look_in(scene, held, whole_day(noon, scene.asker.zone))

    async def _look_in(self, scene: Scene, held: Held, span: Span) -> Reply:
        start = max(span.start, self._now()) if not span.exact else span.start
        narrowed = replace(span, start=start)
        await self._booker.release(held.draft)
        draft = replace(
            held.draft,
            hold="",
            spans=(narrowed,),
            preferred=(),
            start=None,
            readings=(),
            understood=(),
            shown=(),
            timed=True,
        )
        return await self._advance(scene, await self._drafts.save(held, draft))

    async def _advance(self, scene: Scene, held: Held) -> Reply:
        if held.draft.kind is DraftKind.BOOK:
            return await self._booker.advance(scene, held)
        return await self._changer.advance(scene, held)

    async def _pick(self, scene: Scene, held: Held, key: str) -> Reply:
        kind, value = key[:1], key[1:]
        draft = held.draft
        if kind == "h" and value.isdigit() and int(value) < len(draft.candidates):
            return await self._booker.with_host(scene, held, draft.candidates[int(value)], draft.asked)
        if kind == "e" and value.isdigit():
            for event_type in await self._booker.types_of(draft):
                if event_type.id == int(value):
                    return await self._booker.with_meeting(scene, held, event_type)
        if kind == "b":
            return await self._changer.chosen(scene, held, value)
        raise Gone("That choice isn't there any more. Please ask again.")

    async def _on_booking(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        """A press on a booking's own buttons, on an outcome or a line of a list."""
        record = await self._drafts.record(scene, ref)
        if record.kind == DRAFT:
            uid = load_draft(record.payload).result_uid
        else:
            uid = (await self._drafts.listing(scene, ref)).uid(key)
        if not uid:
            raise Gone("That booking isn't there any more. Please ask again.")
        kinds = {
            Verb.RESCHEDULE: DraftKind.MOVE,
            Verb.CANCEL: DraftKind.CANCEL,
            Verb.ACCEPT: DraftKind.ACCEPT,
            Verb.DECLINE: DraftKind.DECLINE,
        }
        return await self._changer.of_uid(scene, kinds[verb], uid)

    async def _remember(self, scene: Scene, reply: Reply) -> None:
        """What a press showed, for the conversation's history."""
        text = summary(reply.cards, scene.asker.locale)
        entry = Entry(role="bot", name="Slotwise", text=text, at=self._now())
        await self._store.conversations.append(scene.asker.workspace, scene.conversation, entry, turn=scene.turn)

    async def _guarded(self, scene: Scene, do: Callable[[], Awaitable[Reply]], from_model: bool = False) -> Reply:
        try:
            # Each person waits in a line of their own when Cal.com's budget is short.
            with on_behalf_of(f"{scene.asker.workspace}/{scene.asker.slack_id}"):
                return await do()
        except (NotYours, Gone) as gone:
            return Reply((Note(gone.sentence, Tone.WARNING),))
        except LinkFirst as first:
            return Reply((await self._linker.card(scene, first.sentence),))
        except Refusal as refusal:
            if from_model and refusal.for_model:
                raise
            return Reply((Note(refusal.sentence, Tone.WARNING, retry=refusal.retry),))
        except WrongCredential as error:
            log.warning("Cal.com does not take a credential (request %s)", error.request_id)
            link = await self.accounts.link(scene.asker.workspace, scene.asker.slack_id)
            if link and link.credential:
                return Reply((await self._linker.card(scene, error.sentence),))
            return Reply((Note(error.sentence, Tone.PROBLEM),))
        except CalComError as error:
            log.warning("Cal.com: %s %s (request %s)", type(error).__name__, error.status, error.request_id)
            again = isinstance(error, Unavailable | RateLimited)
            return Reply((Note(error.sentence, Tone.PROBLEM, retry=again),))


def _let_go(draft: Draft) -> str:
    return {
        DraftKind.BOOK: "Let go. Nothing was booked.",
        DraftKind.MOVE: "Let go. The meeting stays where it is.",
        DraftKind.CANCEL: "Kept. Nothing was cancelled.",
        DraftKind.RING: "Let go. Nobody was rung.",
        DraftKind.EDIT: "Let go. Nothing was changed.",
        DraftKind.SETTING: "Let go. Nothing was changed.",
    }.get(draft.kind, "Let go. The request still waits for an answer.")
