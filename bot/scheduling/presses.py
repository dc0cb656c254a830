"""Presses on cards: which verb leads where, and in which state."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytz

from bot.scheduling.asker import Scene
from bot.scheduling.booker import Booker
from bot.scheduling.cards import Closed, DraftKind, Note, Tone, Verb
from bot.scheduling.changer import Changer
from bot.scheduling.draft import Draft, Span, Stage, State, load_draft
from bot.scheduling.drafts import DRAFT, Drafts, Held
from bot.scheduling.errors import Gone, Refusal
from bot.scheduling.linker import Linker
from bot.scheduling.outcomes import Outcomes
from bot.scheduling.reply import Reply
from bot.scheduling.runner import Runner
from bot.scheduling.timefinder import TimeFinder
from bot.scheduling.timing import Clock, whole_day


class Presses:
    """Carries out presses; with `writes` off nothing is run."""

    def __init__(
        self,
        drafts: Drafts,
        booker: Booker,
        changer: Changer,
        finder: TimeFinder,
        runner: Runner,
        outcomes: Outcomes,
        linker: Linker,
        now: Clock,
        writes: bool,
    ) -> None:
        self._drafts = drafts
        self._booker = booker
        self._changer = changer
        self._finder = finder
        self._runner = runner
        self._outcomes = outcomes
        self._linker = linker
        self._now = now
        self._writes = writes

    async def do(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        """What a press asks for. Raises `Refusal` and Cal.com's errors."""
        if verb in (Verb.CONNECT, Verb.DISCONNECT):
            return await self._linker.press(scene, verb)
        if verb in (Verb.RESCHEDULE, Verb.CANCEL, Verb.ACCEPT, Verb.DECLINE, Verb.AGAIN):
            return await self._on_booking(scene, verb, ref, key)
        if verb is Verb.CONFIRM:
            record = await self._drafts.record(scene, ref)
            held = Held(ref, load_draft(record.payload), record) if record.kind == DRAFT else None
            if held is None or await self._runner.resume(scene, held) is None:
                if held and record.state == State.DONE and (done := await self._outcomes.shown_again(scene, held)):
                    return Reply((done, Note("That is done already; pressing again changes nothing.", Tone.WARNING)))
                held = await self._drafts.take(scene, ref)
            if not self._writes:
                raise Refusal("Changes are paused right now, so nothing was done. Looking things up still works.")
            return await self._runner.run(scene, held)
        held = await self._drafts.take(scene, ref)
        match verb:
            case Verb.SLOT:
                return await self.slot(scene, held, key)
            case Verb.MORE:
                return await self.more(scene, held)
            case Verb.DAY:
                return await self._on_day(scene, held, key)
            case Verb.READING:
                span = held.draft.reading_spans.get(key)
                if span is None:
                    raise Gone("That choice isn't there any more. Please ask again.")
                return await self._look_in(scene, held, span)
            case Verb.CHANGE:
                return await self.choose_anew(scene, held)
            case Verb.PICK:
                return await self.pick(scene, held, key)
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

    async def slot(self, scene: Scene, held: Held, key: str) -> Reply:
        """Goes on with a time of the card."""
        option = next((o for o in held.draft.offered if o.key == key), None)
        if option is None:
            raise Gone("That time isn't on the card any more. Please choose another.")
        if option.start <= self._now():
            raise Refusal("That time is over already. Please choose another.")
        if held.draft.hold:
            await self._booker.release(held.draft)
        draft = replace(
            held.draft, hold="", start=option.start, stage=Stage.QUESTIONS, readings=(), understood=(), looking=False
        )
        return await self._advance(scene, await self._drafts.save(held, draft))

    async def more(self, scene: Scene, held: Held) -> Reply:
        """Further times than those of the card."""
        _, choice = await self._finder.more(scene, held, await self._event_type(scene, held))
        return Reply((choice,))

    async def choose_anew(self, scene: Scene, held: Held) -> Reply:
        """The times of the day chosen before."""
        return await self._look_in(scene, held, whole_day(held.draft.start or self._now(), scene.asker.zone))

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

    async def pick(self, scene: Scene, held: Held, key: str) -> Reply:
        """Goes on with a person, an event type or a booking of the card."""
        kind, value = key[:1], key[1:]
        draft = held.draft
        if kind == "h" and value.isdigit() and int(value) < len(draft.candidates):
            return await self._booker.with_host(scene, held, draft.candidates[int(value)], draft.asked)
        if kind == "e" and value.isdigit():
            if draft.start:
                kept = Span(draft.start, draft.start, exact=True)
                held = await self._drafts.save(held, replace(draft, start=None, spans=(kept,), minutes=None))
            for event_type in await self._booker.types_of(draft):
                if event_type.id == int(value):
                    return await self._booker.with_meeting(scene, held, event_type)
        if kind == "a" and draft.choices:
            return await self._changer.all(scene, held)
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
        if verb is Verb.AGAIN:
            return await self._booker.anew(scene, *await self._changer.behind(scene, uid))
        kinds = {
            Verb.RESCHEDULE: DraftKind.MOVE,
            Verb.CANCEL: DraftKind.CANCEL,
            Verb.ACCEPT: DraftKind.ACCEPT,
            Verb.DECLINE: DraftKind.DECLINE,
        }
        return await self._changer.of_uid(scene, kinds[verb], uid)


def _let_go(draft: Draft) -> str:
    return {
        DraftKind.BOOK: "Dropped. Nothing was booked.",
        DraftKind.MOVE: "Dropped. The meeting stays where it is.",
        DraftKind.CANCEL: "Kept. Nothing was cancelled.",
        DraftKind.RING: "Dropped. Nobody was rung.",
        DraftKind.EDIT: "Dropped. Nothing was changed.",
        DraftKind.SETTING: "Dropped. Nothing was changed.",
    }.get(draft.kind, "Dropped. The request still waits for an answer.")
