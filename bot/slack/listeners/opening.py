"""Opening a form while its trigger lasts: 3 seconds from the press."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack import calls, forms
from bot.slack.asked import Asked
from bot.slack.buttons import Pressed
from bot.slack.inbound import pressed_at
from bot.slack.listeners.private import private
from bot.slack.ports import Json
from bot.slack.reception import Reception

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds the form may take before something is shown in its place."""
LATE = "The form didn't open in time. Please press the button again."
NO_FORM = "The form can't be shown right now. Please press the button again in a moment."
TITLE = "A few questions"


async def open_form(reception: Reception, client: Any, body: Json, pressed: Pressed) -> None:
    """Show the form of a draft; first a waiting line if it takes long; a sentence if there is none."""
    origin, surface = pressed_at(body)
    if not origin.channel:
        origin = replace(origin, channel=await reception.delivery.dm(origin.workspace, origin.user))
    asked = Asked(origin, ref=pressed.ref, surface=surface)
    form = asyncio.ensure_future(_view(reception, asked, str(body["trigger_id"])))
    done, _ = await asyncio.wait({form}, timeout=PATIENCE)
    try:
        if done:
            await _open(client, str(body["trigger_id"]), await form)
            return
        shown = await _open(client, str(body["trigger_id"]), forms.waiting(TITLE, private(asked)))
        view = await form
        await calls.insisting(lambda: client.views_update(view_id=shown, view=view))
    except (SlackApiError, *calls.Unanswered) as error:
        log.warning("a form was not opened: %s", type(error).__name__, exc_info=error)
        try:
            await reception.whisper(origin, LATE, f"form-{body['trigger_id']}")
        except (SlackApiError, *calls.Unanswered):
            log.error("and nobody could be told")
    finally:
        form.cancel()


async def _open(client: Any, trigger: str, view: Json) -> str:
    """`views.open`, tried again while the trigger may last; gives the view's id, or "" where that was lost.

    A trigger works once: when Slack says it was used, an answer got lost and the modal is open.
    """
    opened: Any = None
    try:
        opened = await calls.insisting(lambda: client.views_open(trigger_id=trigger, view=view), (0.1, 0.4))
    except SlackApiError as refusal:
        if calls.error_of(refusal) != "exchanged_trigger_id":
            raise
    return str(((opened or {}).get("view") or {}).get("id") or "")


async def _view(reception: Reception, asked: Asked, trigger: str) -> Json:
    """The modal of the form, or of the reason why there is none."""
    try:
        scene = await reception.scene(asked.origin, f"form-{trigger}")
        form = await reception.desk.form(scene, asked.ref)
    except Exception as error:
        sentence = getattr(error, "sentence", None)
        if not isinstance(sentence, str):
            log.error("no form", exc_info=error)
            sentence = NO_FORM
        return forms.told(TITLE, sentence)
    return forms.modal(form, private(asked))
