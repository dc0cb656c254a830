"""What the sandbox sends is what Slack's own published types describe."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.responses import JSONResponse

from tests.sandbox_slack.conftest import Stage
from tests.sandbox_slack.samples import EVERYTHING, OPTIONS, actions, button, field, modal, plain, section

SCHEMA = Path(__file__).parents[3] / "shared" / "slack" / "inbound.schema.json"
pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's types as JSON Schema lie beside the repository only"),
]


@cache
def document() -> Any:
    return json.loads(SCHEMA.read_text())


def check(definition: str, payload: dict[str, Any]) -> None:
    """Fail with the deepest complaint if the payload is not of that type."""
    schema = {"$ref": f"#/definitions/{definition}", "definitions": document()["definitions"]}
    errors = list(jsonschema.Draft7Validator(schema).iter_errors(payload))
    assert not errors, jsonschema.exceptions.best_match(errors)


async def test_events(stage: Stage) -> None:
    stage.swallow()
    root = await stage.people.say("hello @bailey, see https://cal.com")
    await stage.people.say("more", thread_ts=root)
    await stage.people.say("@slotwise help", channel="#support")
    await stage.people.post("home", user="ann")
    await stage.people.settle()
    await stage.api("views.publish", user_id="U0ANN00001", view={"type": "home", "blocks": [section("x")]})
    await stage.people.post("home", user="ann")
    await stage.people.post("open", user="ann", channel="@slotwise")
    await stage.people.settle()
    direct, reply, mention, home, full_home, tab = stage.payloads()
    check("EnvelopedEvent<GenericMessageEvent>", direct)
    check("GenericMessageEvent", reply["event"])
    check("AppMentionEvent", mention["event"])
    for opened in (home, full_home, tab):
        opened["event"].pop("view", None)
        check("AppHomeOpenedEvent", opened["event"])
    assert mention.keys() == direct.keys()


SELECT = {"type": "static_select", "action_id": "e", "options": OPTIONS, "placeholder": plain("p")}
ELEMENTS: list[tuple[str, Any, str]] = [
    ("button", button("Go", "e", value="v", style="primary", url="https://example.com"), ""),
    (
        "static_select",
        {"type": "static_select", "action_id": "e", "options": OPTIONS, "placeholder": plain("p")},
        "Two",
    ),
    ("multi_static_select", {"type": "multi_static_select", "action_id": "e", "options": OPTIONS}, "Two"),
    ("users_select", {"type": "users_select", "action_id": "e"}, "sam"),
    ("multi_users_select", {"type": "multi_users_select", "action_id": "e"}, "sam"),
    ("conversations_select", {"type": "conversations_select", "action_id": "e"}, "#support"),
    ("channels_select", {"type": "channels_select", "action_id": "e"}, "#support"),
    ("overflow", {"type": "overflow", "action_id": "e", "options": OPTIONS}, "Two"),
    ("datepicker", {"type": "datepicker", "action_id": "e", "initial_date": "2026-11-24"}, "2026-11-26"),
    ("timepicker", {"type": "timepicker", "action_id": "e"}, "14:30"),
    ("checkboxes", {"type": "checkboxes", "action_id": "e", "options": OPTIONS}, "Two"),
    ("radio_buttons", {"type": "radio_buttons", "action_id": "e", "options": OPTIONS}, "Two"),
]


@pytest.mark.parametrize(("kind", "element", "option"), ELEMENTS, ids=[kind for kind, _, _ in ELEMENTS])
async def test_clicks(stage: Stage, kind: str, element: dict[str, Any], option: str) -> None:
    stage.swallow()
    ts = await stage.post(text="x", blocks=[section("Hi"), actions(element)])
    await stage.people.post(
        "press", user="ann", channel="@slotwise", ts=ts, action_id="e", **({"option": option} if option else {})
    )
    await stage.people.settle()
    payload = stage.payloads()[-1]
    check("BlockAction", payload)
    # The union of all actions is lenient; each kind is held to its own type as well.
    name = "".join(part.title() for part in kind.split("_")) + "Action"
    check(name, payload["actions"][0])


async def test_clicks_in_views_and_on_private_messages(stage: Stage) -> None:
    stage.swallow()
    posted = await stage.api(
        "chat.postEphemeral", channel="C0GENERAL1", user="U0ANN00001", text="x", blocks=[actions(button("Go"))]
    )
    await stage.people.press("Go", channel="#general", ts=posted["message_ts"])
    check("BlockAction", stage.payloads()[-1])
    trigger_id = stage.payloads()[-1]["trigger_id"]
    everything = [b for b in EVERYTHING if b["type"] in ("section", "header", "input", "actions", "divider")]
    view = modal(*everything, actions(button("Press"), block_id="last"), notify_on_close=True)
    assert (await stage.api("views.open", trigger_id=trigger_id, view=view))["ok"]
    seen = await stage.people.modal()
    await stage.people.press("Press", view_id=seen["view_id"])
    check("BlockAction", stage.payloads()[-1])


async def test_submitted_and_closed_views(stage: Stage) -> None:
    stage.swallow()
    ts = await stage.post(text="x", blocks=[actions(button("Go"))])
    await stage.people.press("Go", channel="@slotwise", ts=ts)
    inputs = [b | {"optional": True} for b in EVERYTHING if b["type"] == "input"]
    choices = [
        field("One", {"type": "static_select", "options": OPTIONS}, "c1"),
        field("Many", {"type": "checkboxes", "options": OPTIONS}, "c2"),
        field("Day", {"type": "datepicker"}, "c3"),
    ]
    view = modal(*inputs, *choices, notify_on_close=True)
    await stage.api("views.open", trigger_id=stage.payloads()[-1]["trigger_id"], view=view)
    seen = await stage.people.modal()
    push = JSONResponse({"response_action": "push", "view": modal(section("on top"), notify_on_close=True)})
    stage.swallow(push)
    values = {"Topic": "AI", "Seats": "2", "Notes": "rich", "One": "Two", "Many": ["One"], "Day": "2026-11-26"}
    assert await stage.people.post("views/submit", user="ann", view_id=seen["view_id"], values=values) == {}
    check("ViewSubmitAction", stage.payloads()[-1])
    top = await stage.people.modal()
    await stage.people.post("views/close", user="ann", view_id=top["view_id"])
    await stage.people.settle()
    check("ViewClosedAction", stage.payloads()[-1])


async def test_commands(stage: Stage) -> None:
    stage.swallow()
    await stage.people.command("book 15min with @bailey")
    check("SlashCommand", stage.payloads()[-1])
