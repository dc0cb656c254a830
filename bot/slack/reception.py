"""Where everything from Slack arrives: it is stored as a turn before Slack is told that we have it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.scheduling.asker import Scene
from bot.scheduling.cards import Card, Note, Tone
from bot.slack.asked import Asked, Origin, asked_from
from bot.slack.buttons import Pressed
from bot.slack.delivery import Delivery
from bot.slack.home import Home
from bot.slack.inbound import Taken
from bot.slack.people import Clients, People
from bot.slack.ports import Desk, Records, Turns
from bot.slack.posting import Mark
from bot.slack.render import Reader

log = logging.getLogger(__name__)

ACCEPT_SECONDS = 2.0
"""Storing a turn takes milliseconds; Slack waits for 3 seconds."""


async def _nothing(workspace: str, user: str) -> None:
    """Nobody wants to hear of it."""


@dataclass
class Reception:
    """What the listeners work with."""

    clients: Clients
    people: People
    delivery: Delivery
    home: Home
    desk: Desk
    turns: Turns
    records: Records
    left: Callable[[str, str], Awaitable[None]] = field(default=_nothing, init=False)
    """Called with workspace and user when somebody was removed from it."""
    busy: int = field(default=0, init=False)
    """Work under way that is no turn: modals and the Home tab."""
    heard: float = field(default=0.0, init=False)
    """When something last arrived, on the monotonic clock."""

    async def take(self, taken: Taken) -> bool:
        """Accept a turn; False for one that was accepted before. Raises TimeoutError and what the store raises."""
        origin = taken.asked.origin
        self.heard = time.monotonic()
        async with asyncio.timeout(ACCEPT_SECONDS):
            return await self.turns.accept(
                taken.id, taken.kind, origin.workspace, origin.conversation, taken.asked.to_json()
            )

    async def scene(self, origin: Origin, turn: str) -> Scene:
        """A scene for what needs no turn."""
        asker = await self.people.asker(origin.workspace, origin.user)
        return Scene(asker, origin.conversation, origin.place, turn, channel_name=origin.channel_name)

    async def again(self, pressed: Pressed, asked: Asked) -> Taken | None:
        """The turn that "Try again" stands for; None when it is forgotten, or somebody else's."""
        record = await self.records.get(pressed.ref)
        whose = (asked.origin.workspace, asked.origin.user)
        if record is None or record.kind != "retry" or (record.workspace, record.requester) != whose:
            return None
        failed = asked_from(record.payload["asked"])
        return Taken(f"{pressed.ref}.again", str(record.payload["kind"]), failed.again(asked.surface))

    async def whisper(self, origin: Origin, sentence: str, turn: str) -> None:
        """Tell somebody something at once, for them alone."""
        card: Card = Note(sentence, Tone.WARNING)
        await self.delivery.post(origin, card, Reader(), Mark(turn, 0))

    @contextmanager
    def work(self) -> Iterator[None]:
        """Something is under way while this is open."""
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1
