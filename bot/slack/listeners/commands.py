"""`/slotwise ...`: anything that could be said to the bot, answered for the asker alone."""

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError

from bot.slack import calls
from bot.slack.inbound import commanded
from bot.slack.ports import Json
from bot.slack.reception import Reception

log = logging.getLogger(__name__)

FAILED = "I couldn't take that just now. Please try again in a moment."


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to slash commands, whatever the manifest calls them."""

    @app.command(re.compile("^/.+"))
    async def command(ack: AsyncAck, body: Json, context: AsyncBoltContext, respond: AsyncRespond) -> None:
        with reception.work():
            dm = await _dm(str(body["channel_id"]), body)
            try:
                await reception.take(commanded(body, context.bot_user_id or "", dm))
            except Exception as error:
                log.error("a command was not accepted", exc_info=error)
                await ack(text=FAILED, response_type="ephemeral")
                return
            await ack()

    async def _dm(channel: str, body: Json) -> str:
        """The bot's DM with this person, looked up only when the command was given in some DM."""
        if not channel.startswith("D"):
            return ""
        try:
            return await reception.delivery.dm(str(body["team_id"]), str(body["user_id"]))
        except (SlackApiError, *calls.Unanswered):
            return ""

    _: Any = command
