"""Submitted forms: checked at once, field by field, then a turn of their own."""

import asyncio
import logging
import re
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack import forms
from bot.slack.asked import FORM
from bot.slack.inbound import Taken
from bot.slack.listeners.private import read_private
from bot.slack.mrkdwn import plain
from bot.slack.ports import Json
from bot.slack.reception import Reception

log = logging.getLogger(__name__)

CHECK_SECONDS = 2.3
"""Slack waits for 3 seconds."""
FAILED = "I couldn't take the answers just now. Please send them again in a moment."
_VIEWS = re.compile(".*")


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to modals."""

    @app.view(forms.CALLBACK)
    async def submitted(ack: AsyncAck, body: Json) -> None:
        view = body["view"]
        values = (view.get("state") or {}).get("values") or {}
        asked = read_private(body)
        if asked is None or not any(block.startswith("f:") for block in values):
            await ack(response_action="clear")
            return
        with reception.work():
            try:
                async with asyncio.timeout(CHECK_SECONDS):
                    scene = await reception.scene(asked.origin, f"form-{view['id']}")
                    form = await reception.desk.form(scene, asked.ref)
                    raw = forms.answers(form, values)
                    problems = await reception.desk.check(scene, asked.ref, raw)
                    if not problems:
                        await reception.take(Taken(f"form-{view['id']}", FORM, replace(asked, raw=raw)))
            except Exception as error:
                sentence = getattr(error, "sentence", None)
                if not isinstance(sentence, str):
                    log.error("a form was not accepted", exc_info=error)
                    sentence = FAILED
                await ack(response_action="errors", errors={next(iter(values)): plain(sentence, 1000)})
                return
            if problems:
                await ack(response_action="errors", errors=forms.errors_of(form, problems, values))
            else:
                await ack(response_action="clear")

    @app.view(_VIEWS)
    async def other(ack: AsyncAck) -> None:
        await ack()

    @app.view_closed(_VIEWS)
    async def closed(ack: AsyncAck) -> None:
        await ack()

    @app.shortcut(_VIEWS)
    async def shortcut(ack: AsyncAck) -> None:
        await ack()

    @app.options(_VIEWS)
    async def options(ack: AsyncAck) -> None:
        await ack(options=[])
