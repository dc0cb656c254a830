"""Cards on their way to people: posted once, changed in place, and never lost to silence.

In a channel, what is private goes to the asker alone (ephemeral); where Slack will not take a message there, the asker
gets it as a DM; where Slack will not take its blocks, it goes as text.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.scheduling.asker import Place as Where
from bot.scheduling.cards import Card, Closed
from bot.scheduling.reply import is_private
from bot.slack import calls
from bot.slack.asked import Origin, Surface
from bot.slack.people import Clients
from bot.slack.ports import Json, Places
from bot.slack.render import Message, Reader, render
from bot.slack.render.plain import text_only
from bot.store import Place

log = logging.getLogger(__name__)

EVENT_TYPE = "slotwise_card"
RESPONSE_URL_LASTS = timedelta(minutes=29)
"""Slack: 30 minutes, 5 uses. One minute is kept for the clocks to differ."""


class Delivery:
    """Brings cards to where they belong, and remembers where they stand."""

    def __init__(
        self, clients: Clients, places: Places, clock: Callable[[], datetime], session: ClientSession | None = None
    ) -> None:
        self._session = session
        self._clients = clients
        self._places = places
        self._clock = clock
        self._dms: dict[tuple[str, str], str] = {}

    async def dm(self, workspace: str, user: str) -> str:
        """The channel of the bot's DM with a person."""
        key = (workspace, user)
        if key not in self._dms:
            client = await self._clients(workspace)
            opened = await calls.insisting(lambda: client.conversations_open(users=user))
            channel: Any = opened.get("channel") or {}
            self._dms[key] = str(channel["id"])
            if len(self._dms) > 10_000:
                self._dms.pop(next(iter(self._dms)))
        return self._dms[key]

    async def post(
        self, origin: Origin, card: Card, reader: Reader, mark: tuple[str, int], *, seen: bool, response_url: str = ""
    ) -> Surface:
        """Post a card where its conversation is.

        `mark` is the turn and the card's number in it; with `seen` that card may have been posted before the process
        died, so it is looked for first. `response_url` is a command's. Raises SlackApiError when not even a DM works.
        """
        message = render(card, reader)
        hidden = origin.place is Where.COMMAND or (origin.place is Where.CHANNEL and is_private(card))
        try:
            if hidden:
                surface = await self._whisper(origin, message, response_url, ref=_ref(card))
            else:
                thread = origin.thread if origin.place is not Where.HOME else ""
                surface = await self._publish(origin, origin.channel, thread, message, mark, seen)
        except SlackApiError as refusal:
            if not calls.is_unreachable(refusal):
                raise
            log.info("turn %s: %s, so by DM", mark[0], calls.error_of(refusal))
            surface = await self._publish(origin, await self.dm(origin.workspace, origin.user), "", message, mark, seen)
        await self._remember(card, origin, surface)
        return surface

    async def replace(
        self,
        origin: Origin,
        old: Surface,
        old_ref: str,
        card: Card,
        reader: Reader,
        mark: tuple[str, int],
        *,
        seen: bool,
    ) -> Surface:
        """Put a card in the place of a pressed one; where that is not possible, post it."""
        private = is_private(card) and origin.place in (Where.CHANNEL, Where.COMMAND)
        message = self._anchored(render(card, reader), origin)
        if old.ephemeral and (private or origin.place is Where.COMMAND or isinstance(card, Closed)):
            if await self._change_ephemeral(old, message, origin, old_ref):
                await self._moved_on(old, old_ref, card, origin)
                return old
            surface = await self._by_dm(origin, card, message, mark, seen)
        elif old.ephemeral:
            await self._delete_ephemeral(old, origin, old_ref)
            surface = await self.post(origin, card, reader, mark, seen=seen)
        elif private:
            return await self.post(origin, card, reader, mark, seen=seen)
        else:
            if await self._update(origin.workspace, old, message, mark):
                await self._moved_on(old, old_ref, card, origin)
                return old
            surface = await self.post(origin, card, reader, mark, seen=seen)
        await self._places.remove(Place(old_ref, old.channel, old.ts, origin.user if old.ephemeral else ""))
        return surface

    async def close(self, origin: Origin, card: Closed, reader: Reader, but: Surface | None = None) -> None:
        """Change every message that still shows a card into what is left of it, except one that was just replaced."""
        message = render(card, reader)
        for place in await self._places.all(card.ref):
            if but and (place.channel, place.ts) == (but.channel, but.ts):
                continue
            if not place.ts:
                continue
            surface = Surface(place.channel, place.ts, place.ephemeral, place.response_url or "")
            if place.ephemeral:
                await self._change_ephemeral(surface, message, origin, card.ref)
            else:
                await self._update(origin.workspace, surface, message, None)
            await self._places.remove(place)

    async def withdraw(self, origin: Origin, note: Surface) -> None:
        """Take a note away that has done its duty; a failure does not matter."""
        try:
            if note.ephemeral:
                await self._respond(note.response_url, {"delete_original": True})
            else:
                client = await self._clients(origin.workspace)
                await client.chat_delete(channel=note.channel, ts=note.ts)
        except (SlackApiError, *calls.Unanswered):
            log.info("a note stays where it is")

    async def pressed(self, ref: str, origin: Origin, surface: Surface) -> None:
        """A press brings a fresh response_url for its card: the way to change an ephemeral one."""
        if surface.ephemeral and surface.response_url:
            until = self._clock() + RESPONSE_URL_LASTS
            await self._places.put(
                Place(ref, surface.channel, surface.ts, origin.user, True, surface.response_url, until)
            )

    # Posting

    async def _publish(
        self, origin: Origin, channel: str, thread: str, message: Message, mark: tuple[str, int], seen: bool
    ) -> Surface:
        """`chat.postMessage`, once: after an answer that was lost, the message is looked for before it is repeated."""
        client = await self._clients(origin.workspace)
        arguments: Json = {
            "channel": channel,
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"turn": mark[0], "i": mark[1]}},
        }
        if thread:
            arguments["thread_ts"] = thread
        message = self._anchored(message, origin) if channel == origin.channel else message
        for pause in (*calls.PAUSES, None):
            if seen and (ts := await self._find(client, channel, thread, origin.ts, mark)):
                return Surface(channel, ts)
            try:
                blocks = list(message.blocks) or None
                answer = await client.chat_postMessage(**arguments, text=message.text, blocks=blocks)
                return Surface(channel, str(answer["ts"]))
            except SlackApiError as refusal:
                message, wait = _easier(refusal, message, pause, mark)
                seen = seen or calls.is_passing(refusal)
                await asyncio.sleep(wait)
            except calls.Unanswered:
                if pause is None:
                    raise
                seen = True
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def _find(
        self, client: AsyncWebClient, channel: str, thread: str, after: str, mark: tuple[str, int]
    ) -> str | None:
        """The message that carries this mark already."""
        query: Json = {"channel": channel, "limit": 100, "include_all_metadata": True}
        if after:
            query["oldest"] = after
        try:
            if thread:
                answer = await client.conversations_replies(ts=thread, **query)
            else:
                answer = await client.conversations_history(**query)
        except (SlackApiError, *calls.Unanswered) as error:
            log.warning("turn %s: could not look for a posted card: %s", mark[0], type(error).__name__)
            return None
        found: Any = answer.get("messages") or []
        for message in found:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload") == {
                "turn": mark[0],
                "i": mark[1],
            }:
                return str(message["ts"])
        return None

    async def _whisper(self, origin: Origin, message: Message, response_url: str, ref: str) -> Surface:
        """A message that the asker alone sees: through the command's response_url, or `chat.postEphemeral`."""
        message = self._anchored(message, origin)
        if response_url:
            place = Place(ref or "command", origin.channel, "", origin.user, True, response_url)
            body = {"response_type": "ephemeral", "replace_original": False, **_body(message)}
            if await self._respond(response_url, body):
                return Surface(origin.channel, "", True, place.response_url or "")
        client = await self._clients(origin.workspace)
        thread = origin.thread if origin.threaded and origin.place is Where.CHANNEL else None
        for pause in (*calls.PAUSES, None):
            try:
                answer = await client.chat_postEphemeral(
                    channel=origin.channel,
                    user=origin.user,
                    thread_ts=thread,
                    text=message.text,
                    blocks=list(message.blocks) or None,
                )
                return Surface(origin.channel, str(answer.get("message_ts") or ""), True)
            except SlackApiError as refusal:
                message, wait = _easier(refusal, message, pause, ("", 0))
                await asyncio.sleep(wait)
            except calls.Unanswered:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def _by_dm(self, origin: Origin, card: Card, message: Message, mark: tuple[str, int], seen: bool) -> Surface:
        """What cannot be shown where it was asked any more."""
        channel = await self.dm(origin.workspace, origin.user)
        surface = await self._publish(origin, channel, "", message, mark, seen)
        await self._remember(card, origin, surface)
        return surface

    # Changing

    async def _update(self, workspace: str, old: Surface, message: Message, mark: tuple[str, int] | None) -> bool:
        """`chat.update`, which may be repeated; False when that message cannot be changed."""
        client = await self._clients(workspace)
        arguments: Json = {"channel": old.channel, "ts": old.ts}
        if mark:
            arguments["metadata"] = {"event_type": EVENT_TYPE, "event_payload": {"turn": mark[0], "i": mark[1]}}
        shown = message
        for _ in range(2):
            blocks, text = list(shown.blocks), shown.text
            try:
                await calls.insisting(lambda: client.chat_update(**arguments, text=text, blocks=blocks))  # noqa: B023
                return True
            except SlackApiError as refusal:
                if calls.is_form(refusal) and shown is message:
                    log.error("blocks refused: %s", calls.error_of(refusal))
                    shown = text_only(message)
                elif calls.is_gone(refusal) or calls.is_unreachable(refusal) or calls.is_form(refusal):
                    return False
                else:
                    raise
        return False

    async def _change_ephemeral(self, old: Surface, message: Message, origin: Origin, ref: str) -> bool:
        """Through the newest response_url of that card; False when it has none left."""
        body = {"replace_original": True, "response_type": "ephemeral", **_body(message)}
        if origin.threaded and origin.thread:
            body["thread_ts"] = origin.thread
        return await self._respond(await self._url(old, origin, ref), body)

    async def _delete_ephemeral(self, old: Surface, origin: Origin, ref: str) -> None:
        await self._respond(await self._url(old, origin, ref), {"delete_original": True})

    async def _url(self, old: Surface, origin: Origin, ref: str) -> str:
        place = Place(ref, old.channel, old.ts, origin.user, True)
        return await self._places.spend(place) or ""

    async def _respond(self, url: str, body: Json) -> bool:
        """Post to a response_url; False when it does not take it."""
        if not url:
            return False
        client = AsyncWebhookClient(url, timeout=10, session=self._session)
        for pause in (*calls.PAUSES, None):
            try:
                answer = await client.send_dict(body)
            except calls.Unanswered:
                if pause is None:
                    return False
                await asyncio.sleep(pause)
                continue
            if answer.status_code == 200:
                return True
            if answer.status_code != 429 and answer.status_code < 500:
                log.info("response_url answered %s", answer.status_code)
                return False
            if pause is not None:
                await asyncio.sleep(pause)
        return False

    # Remembering

    def _anchored(self, message: Message, origin: Origin) -> Message:
        """Ties the buttons of a message to its thread: outside of it, they would not know their conversation."""
        if origin.place is not Where.CHANNEL or not origin.thread:
            return message
        blocks = tuple(
            block | {"block_id": f"{number}@{origin.thread}"} if block["type"] in ("actions", "section") else block
            for number, block in enumerate(message.blocks)
        )
        return replace(message, blocks=blocks)

    async def _remember(self, card: Card, origin: Origin, surface: Surface) -> None:
        if ref := _ref(card):
            user = origin.user if surface.ephemeral else ""
            await self._places.put(Place(ref, surface.channel, surface.ts, user, surface.ephemeral))

    async def _moved_on(self, old: Surface, old_ref: str, card: Card, origin: Origin) -> None:
        """The message shows another record now: a later change of the old one must not touch it."""
        user = origin.user if old.ephemeral else ""
        ref = _ref(card)
        if ref != old_ref:
            known = [
                p for p in await self._places.all(old_ref) if (p.channel, p.ts, p.user) == (old.channel, old.ts, user)
            ]
            for place in known:
                await self._places.remove(place)
            if ref:
                fresh = known[0] if known else Place(old_ref, old.channel, old.ts, user, old.ephemeral)
                await self._places.put(replace(fresh, ref=ref))


def _ref(card: Card) -> str:
    return getattr(card, "ref", "")


def _body(message: Message) -> Json:
    return {"text": message.text, "blocks": list(message.blocks), "unfurl_links": False, "unfurl_media": False}


def _easier(
    refusal: SlackApiError, message: Message, pause: float | None, mark: tuple[str, int]
) -> tuple[Message, float]:
    """What to try after a refusal: the message to send and the seconds to wait. Raises it when nothing is left."""
    if calls.is_form(refusal) and message.blocks:
        log.error("turn %s: blocks refused: %s", mark[0], calls.error_of(refusal))
        return text_only(message), 0.0
    wait = calls.wait_of(refusal)
    if pause is None or (wait is None and not calls.is_passing(refusal)):
        raise refusal
    return message, wait if wait is not None else pause
