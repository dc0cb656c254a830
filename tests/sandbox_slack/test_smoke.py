"""The shortest way through: a message, a button, a modal, a command, with an unchanged Bolt app over HTTP."""

from typing import Any

import pytest

from tests.sandbox_slack.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_is_answered_and_a_button_opens_a_modal(stage: Stage) -> None:
    @stage.app.event("message")
    async def heard(event: dict[str, Any], say: Any) -> None:
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "1"}
        section = {"type": "section", "text": {"type": "mrkdwn", "text": f"You said *{event['text']}*"}}
        await say(text="fallback", blocks=[section, {"type": "actions", "elements": [button]}])

    @stage.app.action("go")
    async def pressed(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        field = {"type": "input", "block_id": "q", "label": {"type": "plain_text", "text": "Topic"}}
        view = {
            "type": "modal",
            "callback_id": "form",
            "title": {"type": "plain_text", "text": "Form"},
            "submit": {"type": "plain_text", "text": "Send"},
            "blocks": [field | {"element": {"type": "plain_text_input", "action_id": "v"}}],
        }
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @stage.app.view("form")
    async def submitted(ack: Any, view: dict[str, Any], client: Any, body: dict[str, Any]) -> None:
        await ack()
        topic = view["state"]["values"]["q"]["v"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Topic: {topic}")

    @stage.app.command("/slotwise")
    async def commanded(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        await ack()
        await respond(f"private {command['text']}")

    await stage.people.say("hello")
    card = await stage.people.last()
    assert card["plain"] == "You said hello\n[Go]"
    assert card["bot"] is True
    await stage.people.press("Go", channel="@slotwise", ts=card["ts"])
    modal = await stage.people.modal()
    assert modal["title"] == "Form"
    assert await stage.people.post("views/submit", user="ann", view_id=modal["view_id"], values={"Topic": "AI"}) == {}
    await stage.people.settle()
    assert (await stage.people.last())["plain"] == "Topic: AI"
    assert await stage.people.modal() is None
    await stage.people.command("now", channel="#general")
    assert (await stage.people.last(channel="#general"))["plain"] == "private now"
    assert await stage.people.messages("kenji", "#general") == []
