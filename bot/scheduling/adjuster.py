"""Words about what is open: another time, person or length, a choice, answers."""

from dataclasses import replace

from bot.calcom import CalComError
from bot.scheduling.asker import Scene
from bot.scheduling.booker import Booker
from bot.scheduling.cards import Closed, DraftKind, Help, Verb
from bot.scheduling.changer import Changer
from bot.scheduling.draft import Stage, State
from bot.scheduling.drafts import DRAFT, Drafts, Held
from bot.scheduling.errors import Refusal
from bot.scheduling.focus import picked
from bot.scheduling.presses import Presses
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Adjust, Book
from bot.scheduling.timing import Clock, time_words


class Adjuster:
    """Changes open drafts by words."""

    def __init__(self, drafts: Drafts, booker: Booker, changer: Changer, presses: Presses, now: Clock) -> None:
        self._drafts = drafts
        self._booker = booker
        self._changer = changer
        self._presses = presses
        self._now = now

    async def adjust(self, scene: Scene, request: Adjust) -> Reply:
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
            return Reply((Help("There is nothing open that this could change."),))
        if not request.model_dump(exclude_defaults=True):
            return Reply((Help("I didn't get what to change."),))
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
        return (
            await self._presses.slot(scene, held, key)
            if verb is Verb.SLOT
            else await self._presses.pick(scene, held, key)
        )
