"""News on its way to people: cards by DM or where something was asked, and cards shown earlier changed in place."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.scheduling.asker import Place, Scene
from bot.scheduling.cards import Card, Notice
from bot.scheduling.describe import describe
from bot.scheduling.reply import REPLY, Reply
from bot.scheduling.story import TELLING, Telling
from bot.slack import calls
from bot.slack.asked import Origin
from bot.slack.delivery import Delivery
from bot.slack.home import Home
from bot.slack.people import People
from bot.slack.ports import Turn
from bot.slack.posting import Mark
from bot.slack.render import Reader
from bot.store import Conversations, Entry, Records

log = logging.getLogger(__name__)

_ANSWERS_FROM = 100
"""Cards of an answer are numbered from here, apart from those of the news in the same turn."""


def origin_of(workspace: str, user: str, conversation: str) -> Origin:
    """Where a conversation takes place, read back from its key.

    >>> origin_of("T1", "U1", "C1:17.2").thread, origin_of("T1", "U1", "dm:D1").place.value
    ('17.2', 'dm')
    """
    kind, _, rest = conversation.partition(":")
    if kind == "dm":
        return Origin(workspace, user, Place.DM, rest)
    if kind == "command":
        return Origin(workspace, user, Place.COMMAND, rest.rpartition(":")[0])
    return Origin(workspace, user, Place.CHANNEL, kind, thread=rest, threaded=True)


class Teller:
    """Brings news to people. Every post is a step of its turn, so that it happens once."""

    def __init__(
        self,
        people: People,
        delivery: Delivery,
        home: Home,
        conversations: Conversations,
        records: Records,
        clock: Callable[[], datetime],
    ) -> None:
        self._people = people
        self._delivery = delivery
        self._home = home
        self._conversations = conversations
        self._records = records
        self._clock = clock

    async def tell(self, turn: Turn, workspace: str, compute: Callable[[], Awaitable[Telling]]) -> Telling:
        """Work out the news once, then show it. One person who cannot be reached does not keep it from the others."""

        async def computed() -> Any:
            return TELLING.dump_python(await compute(), mode="json")

        telling = TELLING.validate_python(await turn.step("news", computed))
        for number, changed in enumerate(telling.changed):
            change = partial(self._change, workspace, changed.ref, changed.user, changed.card)
            await self._step(turn, f"change:{number}", change)
        for number, told in enumerate(telling.told):
            show = partial(self._tell, turn, workspace, told.user, told.conversation, told.card, number)
            await self._step(turn, f"tell:{number}", show)
        for user in {t.user for t in telling.told} | {c.user for c in telling.changed}:
            await self._home.changed(workspace, user)
        return telling

    async def answer(
        self, turn: Turn, workspace: str, user: str, conversation: str, work: Callable[[Scene], Awaitable[Reply]]
    ) -> None:
        """Cards of the scheduling room for somebody, in a conversation they had."""

        async def replied() -> Any:
            origin = origin_of(workspace, user, conversation)
            asker = await self._people.asker(workspace, user)
            scene = Scene(asker, conversation, origin.place, turn.id)
            return REPLY.dump_python(await work(scene), mode="json")

        reply = REPLY.validate_python(await turn.step("reply", replied))
        for number, card in enumerate(reply.cards):
            show = partial(self._tell, turn, workspace, user, conversation, card, _ANSWERS_FROM + number)
            await self._step(turn, f"answer:{number}", show)

    async def _step(self, turn: Turn, name: str, do: Callable[[], Awaitable[None]]) -> None:
        async def done() -> Any:
            try:
                await do()
            except SlackApiError as refusal:
                if calls.is_passing(refusal):
                    raise
                log.warning("turn %s: %s not shown: %s", turn.id, name, calls.error_of(refusal))
            return None

        await turn.step(name, done)

    async def _tell(self, turn: Turn, workspace: str, user: str, conversation: str, card: Card, number: int) -> None:
        reader = await self._reader(workspace, user)
        if conversation:
            origin = origin_of(workspace, user, conversation)
        else:
            origin = Origin(workspace, user, Place.DM, await self._delivery.dm(workspace, user))
        await self._delivery.post(origin, card, reader, Mark(turn.id, number, turn.attempt > 1))
        if isinstance(card, Notice) and card.ref:
            # From now on "it" may mean this booking, in the conversation where it was told.
            await self._records.change(card.ref, conversation=origin.conversation)
        said = Entry(role="bot", name="Slotwise", text=describe(card, reader.locale), at=self._clock())
        await self._conversations.append(workspace, origin.conversation, said, turn=f"{turn.id}:{number}")

    async def _change(self, workspace: str, ref: str, user: str, card: Card) -> None:
        await self._delivery.change(workspace, ref, card, await self._reader(workspace, user))

    async def _reader(self, workspace: str, user: str) -> Reader:
        try:
            asker = await self._people.asker(workspace, user)
        except (SlackApiError, *calls.Unanswered):
            return Reader()
        return Reader(asker.zone, asker.locale)
