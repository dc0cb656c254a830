"""The same app connected by Socket Mode."""

import asyncio
from pathlib import Path

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.scheduling.cards import Verb
from bot.scheduling.reply import Reply
from tests.slack import cards
from tests.slack.conftest import staged


async def test_messages_presses_and_forms_come_through_the_socket(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        client = AsyncWebClient(token="xapp-sandbox", base_url=f"{stage.url}/slack/api/")
        handler = AsyncSocketModeHandler(stage.side.app, "xapp-sandbox", web_client=client)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        try:
            for _ in range(100):
                if stage.sandbox.slack.world.sockets.connected:
                    break
                await asyncio.sleep(0.01)
            stage.mind.always(cards.slot_choice())
            stage.desk.replies[Verb.SLOT] = Reply((cards.proposal(),))
            await stage.say("book")
            await stage.press("1:30 PM · 10:30 AM PST")
            await stage.command("book")
            (card,) = await stage.answers()
            assert "[Confirm]" in card["plain"]
            assert "[1:30 PM" in await stage.plain(channel="#general")
            assert stage.requests == []
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
