"""The durable turn: from what was accepted to the cards that answer it, each shown once."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.moments import Moment, passing
from bot.scheduling.asker import Asker, Place, Scene
from bot.scheduling.busy import told_when_busy
from bot.scheduling.cards import Card, Help, Note, Outcome, Tone, Verb
from bot.scheduling.reply import REPLY, Reply
from bot.slack import calls
from bot.slack.asked import COMMAND, FORM, MESSAGE, PRESS, Asked, Origin, Surface, asked_from
from bot.slack.channels import Channels
from bot.slack.delivery import Delivery
from bot.slack.home import Home
from bot.slack.people import Clients, People
from bot.slack.ports import Desk, Limits, Mind, Records, Turn
from bot.slack.posting import Mark
from bot.slack.render import Reader
from bot.slack.words import LONGEST, mentioned, shortened, spoken
from bot.store import Record, TurnLost

log = logging.getLogger(__name__)

CEILING_SECONDS = 25.0
"""A whole turn; posting the answer included."""
_POSTING_SECONDS = 3.0
_RETRY_LASTS = timedelta(days=1)
_URL_USES = 4
"""Cards that go through a command's response_url, which works five times."""

TOO_SLOW = "That took longer than it should, so I stopped. Please try again."
BROKEN = "Something went wrong on my side. Please try again."
NO_SLACK = "Slack isn't answering me properly right now. Please try again in a moment."
LONG = f"Your message was very long: I read its first {LONGEST:,} characters."

_SPENT = (Verb.SLOT, Verb.MORE, Verb.DAY, Verb.CONFIRM, Verb.DISMISS, Verb.ANSWER, Verb.CHANGE, Verb.PICK, Verb.READING)
"""Presses after which the pressed card has had its use. The others belong to lists and outcomes, which stay."""


class Turning:
    """Works off turns."""

    def __init__(
        self,
        clients: Clients,
        people: People,
        delivery: Delivery,
        home: Home,
        mind: Mind,
        desk: Desk,
        records: Records,
        clock: Callable[[], datetime],
        limits: Limits | None = None,
        ceiling: float = CEILING_SECONDS,
    ) -> None:
        self._clients = clients
        self._people = people
        self._delivery = delivery
        self._home = home
        self._mind = mind
        self._desk = desk
        self._records = records
        self._clock = clock
        self._limits = limits
        self._ceiling = ceiling
        self._channels = Channels(clients)
        self._background: set[asyncio.Task[None]] = set()

    async def work(self, turn: Turn) -> None:
        """Answer a turn. Called again from the beginning after a crash or a failure; the steps remember."""
        asked = asked_from(turn.payload)
        began = asyncio.get_running_loop().time()
        status = asyncio.create_task(self._status(asked, "is working on it…"))
        notes: list[Surface] = []
        try:
            if asked.note:
                await self._delivery.withdraw(asked.origin, asked.note)
            with told_when_busy(lambda sentence: self._later(self._busy(turn, asked, sentence, notes))):
                reply = REPLY.validate_python(await turn.step("reply", lambda: self._reply(turn, asked, began)))
            reader = await self._reader(asked.origin)
            await self._deliver(turn, asked, reply, reader)
        finally:
            self._later(self._unstatus(asked, status))
            for note in notes:
                self._later(self._delivery.withdraw(asked.origin, note))
        log.info("turn %s answered in %.0f ms", turn.id, (asyncio.get_running_loop().time() - began) * 1000)
        if any(isinstance(card, Outcome) for card in reply.cards):
            self._later(self._home.changed(asked.origin.workspace, asked.origin.user))

    async def failed(self, turn: Turn, error: Exception) -> None:
        """A turn was given up: say so, by DM if need be."""
        log.error("turn %s given up: %s", turn.id, type(error).__name__, exc_info=error)
        asked = asked_from(turn.payload)
        reply = Reply((Note(BROKEN, Tone.PROBLEM, turn.id, retry=True),))
        await self._keep(turn, asked, reply)
        try:
            await self._deliver(turn, replace(asked, surface=None), reply, Reader(), "sorry")
        except TurnLost:
            raise
        except Exception as again:
            log.warning("turn %s: told by DM, for %s", turn.id, type(again).__name__)
            origin = asked.origin
            channel = await self._delivery.dm(origin.workspace, origin.user)
            direct = Origin(origin.workspace, origin.user, Place.DM, channel)
            await self._deliver(turn, replace(asked, origin=direct, surface=None), reply, Reader(), "sorry-dm")

    # Understanding

    async def _reply(self, turn: Turn, asked: Asked, began: float) -> Any:
        """The reply as JSON; every failure becomes a sentence with "Try again"."""
        left = max(1.0, self._ceiling - _POSTING_SECONDS - (asyncio.get_running_loop().time() - began))
        try:
            async with asyncio.timeout(left):
                reply = await self._answer(turn, asked)
        except TimeoutError:
            log.warning("turn %s took over %.0f s", turn.id, left)
            reply = Reply((Note(TOO_SLOW, Tone.PROBLEM, turn.id, retry=True),))
        except Exception as error:
            reply = Reply((self._apology(turn, error),))
        passing(Moment.UNDERSTOOD)
        reply = replace(reply, cards=tuple(_with_retry(card, turn.id) for card in reply.cards))
        await self._keep(turn, asked, reply)
        return REPLY.dump_python(reply, mode="json")

    def _apology(self, turn: Turn, error: Exception) -> Note:
        """What a person hears of an error: its own sentence where it has one, never its text."""
        sentence = getattr(error, "sentence", None)
        if isinstance(sentence, str) and sentence:
            log.info("turn %s: %s", turn.id, type(error).__name__)
            return Note(sentence, Tone.WARNING, turn.id, retry=bool(getattr(error, "retry", True)))
        log.error("turn %s failed", turn.id, exc_info=error)
        slack = isinstance(error, (SlackApiError, *calls.Unanswered))
        return Note(NO_SLACK if slack else BROKEN, Tone.PROBLEM, turn.id, retry=True)

    async def _answer(self, turn: Turn, asked: Asked) -> Reply:
        origin = asked.origin
        asker, link, name = await asyncio.gather(
            self._people.asker(origin.workspace, origin.user), self._channels.link(origin), self._channels.name(origin)
        )
        scene = Scene(asker, origin.conversation, origin.place, turn.id, thread_link=link, channel_name=name)
        if asked.raw or (asked.verb is None and asked.ref):
            return await self._desk.submit(scene, asked.ref, asked.raw)
        if asked.verb is not None:
            return await self._desk.press(scene, asked.verb, asked.ref, asked.key)
        return await self._said(scene, asked)

    async def _said(self, scene: Scene, asked: Asked) -> Reply:
        """Words for the mind: mentions as names, markup as text. Who floods us is told so once, then not answered."""
        if self._limits and not (ruling := await self._limits.message(scene.asker)).allowed:
            return Reply((Note(ruling.sentence, Tone.WARNING),) if ruling.sentence else ())
        users = [user for user in mentioned(asked.text) if user != asked.bot]
        mentions = await self._people.parties(asked.origin.workspace, users)
        names = {party.slack_id or "": party.name for party in mentions}
        text, cut = shortened(spoken(asked.text, names, asked.bot))
        if not text:
            return Reply((Help(),))
        reply = await self._mind.respond(replace(scene, mentions=mentions), text)
        return replace(reply, cards=(*reply.cards, Note(LONG))) if cut else reply

    async def _reader(self, origin: Origin) -> Reader:
        try:
            asker: Asker = await self._people.asker(origin.workspace, origin.user)
        except (SlackApiError, *calls.Unanswered):
            return Reader()
        return Reader(asker.zone, asker.locale)

    async def _keep(self, turn: Turn, asked: Asked, reply: Reply) -> None:
        """What "Try again" needs, where it is offered."""
        if any(isinstance(card, Note) and card.retry for card in reply.cards):
            origin, now = asked.origin, self._clock()
            payload = {"kind": kind_of(asked), "asked": asked.to_json()}
            record = Record(
                id=turn.id,
                workspace=origin.workspace,
                conversation=origin.conversation,
                requester=origin.user,
                kind="retry",
                state="open",
                payload=payload,
                created=now,
                updated=now,
                expires=now + _RETRY_LASTS,
            )
            await self._records.add(record, key=f"retry/{turn.id}")

    # Showing

    async def _deliver(self, turn: Turn, asked: Asked, reply: Reply, reader: Reader, prefix: str = "post") -> None:
        origin, surface = asked.origin, asked.surface
        if surface:
            await self._delivery.pressed(asked.ref, origin, surface)
        fresh: set[tuple[str, str]] = set()
        successor = next((n for n, card in enumerate(reply.cards) if takes_place(asked, card)), None)
        for number, card in enumerate(reply.cards):

            async def show(number: int = number, card: Card = card) -> Any:
                mark = Mark(turn.id if prefix == "post" else f"{turn.id}/{prefix}", number, turn.attempt > 1, origin.ts)
                if surface and number == successor:
                    shown = await self._delivery.replace(origin, surface, asked.ref, card, reader, mark)
                else:
                    url = asked.response_url if number < _URL_USES else ""
                    shown = await self._delivery.post(origin, card, reader, mark, url)
                return [shown.channel, shown.ts]

            channel, ts = await turn.step(f"{prefix}:{number}", show)
            fresh.add((channel, ts))
        for card in reply.closed:
            await self._delivery.close(origin.workspace, card, reader, but=fresh)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """What the next turn of the conversation need not wait for."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("work after a turn failed", exc_info=error)

    def in_flight(self) -> int:
        """Work that goes on after its turn: the Home tab, the working indicator."""
        return len(self._background)

    async def _busy(self, turn: Turn, asked: Asked, sentence: str, notes: list[Surface]) -> None:
        """Tell who waits for Cal.com that they do; the note goes when the answer comes."""
        mark = Mark(f"{turn.id}/busy", 0, turn.attempt > 1, asked.origin.ts)
        try:
            notes.append(await self._delivery.post(asked.origin, Note(sentence, Tone.WARNING), Reader(), mark))
        except (SlackApiError, *calls.Unanswered) as error:
            log.info("turn %s: not told of waiting: %s", turn.id, type(error).__name__)

    async def _unstatus(self, asked: Asked, status: asyncio.Task[bool]) -> None:
        """Slack takes the indicator away when the answer stands in its thread; it may stand elsewhere."""
        if await status:
            await self._status(asked, "")

    async def _status(self, asked: Asked, status: str) -> bool:
        """The working indicator of a conversation; whether Slack took it."""
        origin = asked.origin
        thread = origin.thread or origin.ts
        spoken_to = not asked.ref and origin.place in (Place.DM, Place.CHANNEL)
        writing = asked.verb is Verb.CONFIRM and origin.place is Place.DM
        if not thread or not (spoken_to or writing):
            return False
        try:
            client = await self._clients(origin.workspace)
            await client.assistant_threads_setStatus(channel_id=origin.channel, thread_ts=thread, status=status)
            return True
        except (SlackApiError, *calls.Unanswered):
            return False


def takes_place(asked: Asked, card: Card) -> bool:
    """Whether a card may take the place of the one that was pressed; the first such card of a reply does."""
    if isinstance(card, Note | Help):
        return False
    return card.ref == asked.ref or asked.verb is None or asked.verb in _SPENT


def kind_of(asked: Asked) -> str:
    """The kind of turn that a payload belongs to."""
    if asked.verb is not None:
        return PRESS
    if asked.ref:
        return FORM
    return COMMAND if asked.origin.place is Place.COMMAND else MESSAGE


def _with_retry(card: Card, turn: str) -> Card:
    return replace(card, ref=turn) if isinstance(card, Note) and card.retry else card
