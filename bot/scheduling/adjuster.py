"""Words about what is open: another time, person or length, a choice, answers; and showing it once more."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.calcom import CalComError
from bot.scheduling.asker import Scene
from bot.scheduling.booker import Booker
from bot.scheduling.cards import Closed, DraftKind, Help, Pick, Verb
from bot.scheduling.changer import Changer
from bot.scheduling.draft import Stage, State, load_draft
from bot.scheduling.drafts import DRAFT, Drafts, Held
from bot.scheduling.editor import Editor
from bot.scheduling.errors import Refusal
from bot.scheduling.focus import picked
from bot.scheduling.keeper import Keeper
from bot.scheduling.presses import Presses
from bot.scheduling.questions import match
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Adjust, Book
from bot.scheduling.ringer import Ringer
from bot.scheduling.timing import Clock, time_words
from bot.store import Record

_MINUTE = 60
_MORE = re.compile(
    r"(?:show |any |see |give )?(?:me )?(?:some )?(?:more|further)(?: times| options| slots)?(?: please)?"
    r"|mehr(?: zeiten)?|plus d'(?:options|horaires)|más(?: opciones| horas)?",
    re.I,
)


class Adjuster:
    """Changes open drafts by words."""

    def __init__(
        self,
        drafts: Drafts,
        booker: Booker,
        changer: Changer,
        presses: Presses,
        ringer: Ringer,
        editor: Editor,
        keeper: Keeper,
        now: Clock,
    ) -> None:
        self._drafts = drafts
        self._booker = booker
        self._changer = changer
        self._presses = presses
        self._ringer = ringer
        self._editor = editor
        self._keeper = keeper
        self._now = now

    async def adjust(self, scene: Scene, request: Adjust) -> Reply:
        """Words about what is open. The old card is closed and its draft goes on in a new one."""
        record = await self._meant(scene, request)
        if record is None:
            return await self._without(scene, request)
        if not request.model_dump(exclude_defaults=True):
            return await self.again(scene, record.id, "This is what is open:")
        return await self._anew(scene, record.id, lambda held: self._adjusted(scene, held, request))

    async def again(self, scene: Scene, ref: str, lead: str = "") -> Reply:
        """The open card once more, at the end of the conversation. Raises `Refusal` where it cannot be any more."""
        return await self._anew(scene, ref, lambda held: self._shown(scene, held, lead))

    async def doubt(self, ref: str) -> None:
        """Note that something was asked or refused since the card, so that a plain yes may not mean it."""
        record = await self._drafts.of(ref)
        if record and record.kind == DRAFT and record.state == State.OPEN:
            draft = load_draft(record.payload)
            await self._drafts.save(Held(ref, draft, record), replace(draft, doubted=True))

    async def _meant(self, scene: Scene, request: Adjust) -> Record | None:
        """The open draft that the words are about: the newest, or one behind a list or a look whose questions
        they answer."""
        newest = await self._drafts.newest(scene)
        behind = next(iter(await self._drafts.waiting(scene)), None)
        if newest is None or newest.kind != DRAFT or newest.state != State.OPEN:
            done = newest and newest.kind == DRAFT and newest.state == State.DONE
            return None if done and request.when and not request.answers else behind
        if behind and behind.id != newest.id and load_draft(newest.payload).looking:
            asked = load_draft(behind.payload).questions
            if any(match(asked, label) for label in request.answers):
                return behind
        return newest

    async def _without(self, scene: Scene, request: Adjust) -> Reply:
        """Nothing is open: another time means the booking just shown, anything else may begin a new one."""
        newest = await self._drafts.newest(scene)
        if newest and newest.kind == DRAFT and request.when and not request.people:
            done = load_draft(newest.payload)
            if done.result_uid and done.kind in (DraftKind.BOOK, DraftKind.MOVE):
                return await self._changer.of_uid(scene, DraftKind.MOVE, done.result_uid, request.when)
        if request.people or request.when:
            kept = {name: getattr(request, name) for name in Book.model_fields if name in Adjust.model_fields}
            return await self._booker.book(scene, Book(**kept))
        return Reply((Help("There is nothing open that this could change."),))

    async def _anew(self, scene: Scene, ref: str, do: Callable[[Held], Awaitable[Reply]]) -> Reply:
        """Does something with the draft under a new ref, so that the card shown before can't act on what follows."""
        old = await self._drafts.take(scene, ref)
        fresh = await self._drafts.open(scene, old.draft, "adjusted")
        await self._drafts.swap(close=ref, reopen=fresh.ref)
        held = await self._drafts.save(fresh, replace(old.draft, doubted=False))
        try:
            reply = await do(held)
        except (Refusal, CalComError):
            await self._drafts.swap(close=held.ref, reopen=ref)
            await self.doubt(ref)
            raise
        return replace(reply, closed=(*reply.closed, Closed(ref, "Continued below.")))

    async def _shown(self, scene: Scene, held: Held, lead: str) -> Reply:
        draft = held.draft
        if draft.menu:
            return Reply((Pick(held.ref, f"{lead} Which one?".strip(), draft.menu),))
        match draft.kind:
            case DraftKind.BOOK:
                return await self._booker.advance(scene, held, lead)
            case DraftKind.RING:
                return self._ringer.again(scene, held)
            case DraftKind.EDIT:
                return self._editor.again(scene, held)
            case DraftKind.SETTING:
                return self._keeper.again(scene, held)
            case _:
                return await self._changer.advance(scene, held, lead)

    async def _adjusted(self, scene: Scene, held: Held, request: Adjust) -> Reply:
        draft = held.draft
        if (
            draft.stage is Stage.TIME
            and draft.offered
            and _MORE.fullmatch((request.when or request.pick).strip(" .!?"))
        ):
            return await self._presses.more(scene, held)
        if request.pick and (key := picked(draft, request.pick, scene.asker, self._now())):
            return await self._chosen(scene, held, *key, request)
        if request.pick and draft.stage is Stage.WHAT:
            length = time_words(request.pick, scene.asker, self._now()).duration
            minutes = round(length.total_seconds() / _MINUTE) if length else None
            update = {
                "meeting": request.meeting or ("" if minutes else request.pick),
                "minutes": request.minutes or minutes,
            }
            request = request.model_copy(update=update)
        elif request.pick and not request.when and draft.kind in (DraftKind.BOOK, DraftKind.MOVE):
            if draft.start and not time_words(request.pick, scene.asker, self._now()).mentions:
                return await self._presses.choose_anew(scene, held)
            request = request.model_copy(update={"when": request.pick})
        if draft.kind is DraftKind.BOOK:
            return await self._booker.adjust(scene, held, request)
        if draft.kind is DraftKind.RING:
            raise Refusal("That call is ready to ring; press “Ring the team”, or tell me to let it go.")
        if draft.plan is not None:
            raise Refusal("That change waits for your yes; say no to let it go, then tell me what you want instead.")
        return await self._changer.adjust(scene, held, request)

    async def _chosen(self, scene: Scene, held: Held, verb: Verb, key: str, request: Adjust) -> Reply:
        if request.answers or request.notes:
            draft = replace(
                held.draft, told={**held.draft.told, **request.answers}, notes=request.notes or held.draft.notes
            )
            held = await self._drafts.save(held, draft)
        return await (self._presses.slot if verb is Verb.SLOT else self._presses.pick)(scene, held, key)
