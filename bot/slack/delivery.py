"""Cards on their way to people: posted once, changed in place, and never lost to silence.

In a channel, what is private goes to the asker alone (ephemeral). Where Slack will not take a message, or an ephemeral
one cannot be changed any more, the asker gets it as a DM.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError

from bot.scheduling.asker import Place as Where
from bot.scheduling.cards import Card, Closed
from bot.scheduling.reply import is_private
from bot.slack import calls
from bot.slack.asked import Origin, Surface
from bot.slack.people import Clients
from bot.slack.ports import Places
from bot.slack.posting import Mark, Posting, as_response
from bot.slack.render import Message, Reader, render
from bot.store import Place

log = logging.getLogger(__name__)

RESPONSE_URL_LASTS = timedelta(minutes=29)
"""Slack: 30 minutes, 5 uses. One minute is kept for the clocks to differ."""
_MOST_DMS = 10_000


class Delivery:
    """Brings cards to where they belong, and remembers where they stand."""

    def __init__(
        self,
        clients: Clients,
        places: Places,
        clock: Callable[[], datetime],
        session: ClientSession | None = None,
        api_url: str = "",
    ) -> None:
        self._clients = clients
        self._places = places
        self._clock = clock
        self._posting = Posting(session, api_url)
        self._dms: dict[tuple[str, str], str] = {}

    async def dm(self, workspace: str, user: str) -> str:
        """The channel of the bot's DM with a person."""
        key = (workspace, user)
        if key not in self._dms:
            client = await self._clients(workspace)
            opened = await calls.insisting(lambda: client.conversations_open(users=user))
            channel: Any = opened.get("channel") or {}
            while len(self._dms) >= _MOST_DMS:
                self._dms.pop(next(iter(self._dms)))
            self._dms[key] = str(channel["id"])
        return self._dms[key]

    async def post(self, origin: Origin, card: Card, reader: Reader, mark: Mark, response_url: str = "") -> Surface:
        """Post a card where its conversation is; `response_url` is a command's own.

        Raises SlackApiError when not even a DM works.
        """
        message = render(card, reader)
        hidden = origin.place is Where.COMMAND or (origin.place is Where.CHANNEL and is_private(card))
        try:
            if hidden:
                surface = await self._whisper(origin, _anchored(message, origin), response_url)
            else:
                thread = "" if origin.place is Where.HOME else origin.thread
                surface = await self._publish(origin, origin.channel, thread, _anchored(message, origin), mark)
        except SlackApiError as refusal:
            if not calls.is_unreachable(refusal):
                raise
            log.info("turn %s: %s, so by DM", mark.turn, calls.error_of(refusal))
            surface = await self._by_dm(origin, message, mark)
        await self._remember(card, origin, surface)
        return surface

    async def replace(
        self, origin: Origin, old: Surface, old_ref: str, card: Card, reader: Reader, mark: Mark
    ) -> Surface:
        """Put a card in the place of a pressed one; where that is not possible, post it."""
        message = _anchored(render(card, reader), origin)
        private = is_private(card) and origin.place in (Where.CHANNEL, Where.COMMAND)
        if old.ephemeral:
            stays = private or origin.place is Where.COMMAND or isinstance(card, Closed)
            if stays and await self._change_ephemeral(old, message, origin, old_ref):
                await self._moved_on(old, old_ref, card, origin)
                return old
            if stays:
                surface = await self._by_dm(origin, render(card, reader), mark)
                await self._remember(card, origin, surface)
            else:
                place = Place(old_ref, old.channel, old.ts, origin.user, True)
                await self._posting.respond(await self._places.spend(place) or "", {"delete_original": True})
                surface = await self.post(origin, card, reader, mark)
            await self._places.remove(Place(old_ref, old.channel, old.ts, origin.user, True))
            return surface
        if private:
            return await self.post(origin, card, reader, mark)
        client = await self._clients(origin.workspace)
        if await self._posting.update(client, old.channel, old.ts, message, mark):
            await self._moved_on(old, old_ref, card, origin)
            return old
        surface = await self.post(origin, card, reader, mark)
        await self._places.remove(Place(old_ref, old.channel, old.ts))
        return surface

    async def close(self, workspace: str, card: Closed, reader: Reader, but: Collection[tuple[str, str]] = ()) -> None:
        """Change every message that still shows a card into what is left of it; `but`: (channel, ts) just shown."""
        message = render(card, reader)
        for place in await self._places.all(card.ref):
            if not place.ts or (place.channel, place.ts) in but:
                continue
            if place.ephemeral:
                body = {"replace_original": True, **as_response(message)}
                await self._posting.respond(await self._places.spend(place) or "", body)
            else:
                await self._posting.update(await self._clients(workspace), place.channel, place.ts, message, None)
            await self._places.remove(place)

    async def change(self, workspace: str, ref: str, card: Card, reader: Reader) -> None:
        """Show a card as it is now wherever it stands, with its buttons. What cannot be changed any more stays."""
        message = render(card, reader)
        for place in await self._places.all(ref):
            if place.ephemeral:
                body = {"replace_original": True, **as_response(message)}
                await self._posting.respond(await self._places.spend(place) or "", body)
            elif place.ts:
                await self._posting.update(await self._clients(workspace), place.channel, place.ts, message, None)

    async def withdraw(self, origin: Origin, note: Surface) -> None:
        """Take a note away that has done its duty; a failure does not matter."""
        try:
            if note.ephemeral:
                await self._posting.respond(note.response_url, {"delete_original": True})
            else:
                client = await self._clients(origin.workspace)
                await client.chat_delete(channel=note.channel, ts=note.ts)
        except (SlackApiError, *calls.Unanswered):
            log.info("a note stays where it is")

    async def pressed(self, ref: str, origin: Origin, surface: Surface) -> None:
        """A press brings a fresh response_url for its card: the way to change an ephemeral one."""
        if surface.ephemeral and surface.response_url:
            until = self._clock() + RESPONSE_URL_LASTS
            place = Place(ref, surface.channel, surface.ts, origin.user, True, surface.response_url, until)
            await self._places.put(place)

    async def _publish(self, origin: Origin, channel: str, thread: str, message: Message, mark: Mark) -> Surface:
        client = await self._clients(origin.workspace)
        return Surface(channel, await self._posting.publish(client, channel, thread, message, mark))

    async def _by_dm(self, origin: Origin, message: Message, mark: Mark) -> Surface:
        return await self._publish(origin, await self.dm(origin.workspace, origin.user), "", message, mark)

    async def _whisper(self, origin: Origin, message: Message, response_url: str) -> Surface:
        """A message that the asker alone sees: through the command's response_url, else ephemeral.

        In a thread only where that has begun: Slack shows an ephemeral message in no other.
        """
        if response_url:
            body = {"replace_original": False, **as_response(message)}
            if await self._posting.respond(response_url, body):
                return Surface(origin.channel, "", True)
        client = await self._clients(origin.workspace)
        thread = origin.thread if origin.threaded and origin.place is Where.CHANNEL else ""
        ts = await self._posting.whisper(client, origin.channel, origin.user, thread, message)
        return Surface(origin.channel, ts, True)

    async def _change_ephemeral(self, old: Surface, message: Message, origin: Origin, ref: str) -> bool:
        """Through the newest response_url of that card; False when it has none left."""
        url = await self._places.spend(Place(ref, old.channel, old.ts, origin.user, True))
        body = {"replace_original": True, **as_response(message)}
        if origin.threaded and origin.thread:
            body["thread_ts"] = origin.thread
        return await self._posting.respond(url or "", body)

    async def _remember(self, card: Card, origin: Origin, surface: Surface) -> None:
        if ref := ref_of(card):
            user = origin.user if surface.ephemeral else ""
            await self._places.put(Place(ref, surface.channel, surface.ts, user, surface.ephemeral))

    async def _moved_on(self, old: Surface, old_ref: str, card: Card, origin: Origin) -> None:
        """The message shows another record now: a later change of the old one must not touch it."""
        ref, user = ref_of(card), origin.user if old.ephemeral else ""
        if ref == old_ref:
            return
        here = (old.channel, old.ts, user)
        known = [place for place in await self._places.all(old_ref) if (place.channel, place.ts, place.user) == here]
        for place in known:
            await self._places.remove(place)
        if ref:
            place = known[0] if known else Place(old_ref, old.channel, old.ts, user, old.ephemeral)
            await self._places.put(replace(place, ref=ref))


def ref_of(card: Card) -> str:
    """The ref of a card that has one."""
    return getattr(card, "ref", "")


def _anchored(message: Message, origin: Origin) -> Message:
    """Ties the buttons of a message to its thread: outside of it, they would not know their conversation."""
    if origin.place is not Where.CHANNEL or not origin.thread:
        return message
    blocks = tuple(
        block | {"block_id": f"{number}@{origin.thread}"} if block["type"] in ("actions", "section") else block
        for number, block in enumerate(message.blocks)
    )
    return replace(message, blocks=blocks)
