"""Presses on cards, choices in modals, and links."""

import logging
import re
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.scheduling.cards import Verb
from bot.slack import calls, forms
from bot.slack.asked import PRESS, Asked
from bot.slack.buttons import PREFIX, Pressed, pressed
from bot.slack.inbound import Taken, pressed_at
from bot.slack.listeners.opening import open_form
from bot.slack.listeners.private import read_private
from bot.slack.ports import Json
from bot.slack.reception import Reception

log = logging.getLogger(__name__)

FAILED = "I couldn't take that just now. Please press it again in a moment."
FORGOTTEN = "That request is over. Please say again what you need."


def register(app: AsyncApp, reception: Reception) -> None:
    """Listen to actions."""

    @app.action(forms.ACTION)
    async def chosen(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """A choice in a modal that other questions depend on: the modal is drawn anew, keeping what was typed."""
        await ack()
        view = body.get("view") or {}
        asked = read_private(body)
        if asked is None:
            return
        with reception.work():
            try:
                scene = await reception.scene(asked.origin, f"redraw-{view['id']}")
                form = await reception.desk.form(scene, asked.ref)
                given = forms.answers(form, (view.get("state") or {}).get("values") or {})
                drawn = forms.modal(form, str(view["private_metadata"]), given)
                await context.client.views_update(view_id=view["id"], hash=view.get("hash"), view=drawn)
            except Exception as error:
                log.warning("a modal was not redrawn: %s", type(error).__name__, exc_info=error)

    @app.action(re.compile(f"^{PREFIX}"))
    async def press(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        action = body["actions"][0]
        what = pressed(action)
        if what is None:
            await ack()
            return
        if what.verb is Verb.ANSWER:
            await ack()
            with reception.work():
                await open_form(reception, context.client, body, what)
            return
        with reception.work():
            await _take(ack, body, action, what)

    async def _take(ack: AsyncAck, body: Json, action: Json, what: Pressed) -> None:
        origin, surface = pressed_at(body)
        if not origin.channel:
            await ack()  # the Home tab: whose DM it is may have to be asked of Slack first
            origin = replace(origin, channel=await reception.delivery.dm(origin.workspace, origin.user))
        asked = Asked(origin, verb=what.verb, ref=what.ref, key=what.key, surface=surface)
        where = surface.ts if surface else (body.get("view") or {}).get("id", "home")
        id = f"press-{origin.workspace}-{origin.channel}-{where}-{action.get('action_ts')}-{origin.user}"
        taken: Taken | None = Taken(id, PRESS, asked)
        try:
            if what.verb is Verb.RETRY:
                taken = await reception.again(what, asked)
            if taken:
                await reception.take(taken)
        except Exception as error:
            log.error("a press was not accepted", exc_info=error)
            await ack()
            await _tell(asked, FAILED)
            return
        await ack()
        if taken is None:
            await _tell(asked, FORGOTTEN)

    async def _tell(asked: Asked, sentence: str) -> None:
        try:
            await reception.whisper(asked.origin, sentence, "press")
        except (TimeoutError, SlackApiError, *calls.Unanswered) as error:
            log.warning("could not tell about a press: %s", type(error).__name__)

    @app.action(re.compile(".*"))
    async def other(ack: AsyncAck) -> None:
        """Buttons that only open an address report their press too."""
        await ack()
