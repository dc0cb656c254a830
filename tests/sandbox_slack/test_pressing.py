"""Pressing buttons and choosing in selects: what the app is told, and what the person sees."""

from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from bot.sandbox.slack import delivery
from tests.sandbox_slack.conftest import Stage
from tests.sandbox_slack.samples import OPTIONS, actions, button, field, option, plain, section

pytestmark = pytest.mark.asyncio(loop_scope="session")

SELECT = {"type": "static_select", "action_id": "size", "placeholder": plain("Size"), "options": OPTIONS}


async def clicked(stage: Stage, *blocks: dict[str, Any], **press: Any) -> dict[str, Any]:
    """Post blocks, press, and give back the block_actions payload."""
    stage.swallow()
    ts = await stage.post(text="x", blocks=list(blocks))
    await stage.people.post("press", user="ann", channel="@slotwise", ts=ts, **press)
    await stage.people.settle()
    return stage.payloads()[-1]


async def test_a_button_tells_the_app_who_pressed_what_where(stage: Stage) -> None:
    payload = await clicked(stage, section("Hi"), actions(button("Go", "go:1", value="v")), label="Go")
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "U0ANN00001"
    (action,) = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("go:1", "acts", "v")
    assert action["text"]["text"] == "Go"
    assert payload["container"]["type"] == "message"
    assert payload["container"]["message_ts"] == payload["message"]["ts"]
    assert payload["container"]["is_ephemeral"] is False
    assert payload["channel"]["name"] == "directmessage"
    assert payload["trigger_id"]
    assert payload["response_url"].startswith(stage.url)


async def test_of_equal_labels_the_first_is_pressed(stage: Stage) -> None:
    blocks = (actions(button("Go", "a"), block_id="1"), actions(button("Go", "b"), block_id="2"))
    assert (await clicked(stage, *blocks, label="Go"))["actions"][0]["action_id"] == "a"


async def test_an_action_id_names_a_button_as_well(stage: Stage) -> None:
    blocks = (actions(button("Go", "a"), block_id="1"), actions(button("Go", "b"), block_id="2"))
    assert (await clicked(stage, *blocks, action_id="b"))["actions"][0]["block_id"] == "2"
    assert (await clicked(stage, *blocks, block_id="2", action_id="b"))["actions"][0]["action_id"] == "b"


async def test_a_label_is_pressed_as_it_is_read(stage: Stage) -> None:
    payload = await clicked(stage, actions(button("Book [15 min]", "a")), label="Book (15 min)")
    assert payload["actions"][0]["action_id"] == "a"


async def test_a_confirm_dialog_counts_as_accepted(stage: Stage) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    payload = await clicked(stage, actions(button("Delete", "d", confirm=confirm)), label="Delete")
    assert payload["actions"][0]["confirm"]["title"]["text"] == "Sure?"


async def test_a_select_takes_an_options_text(stage: Stage) -> None:
    payload = await clicked(stage, actions(SELECT), label="Size", option="Two")
    assert payload["actions"][0]["selected_option"]["value"] == "two"
    assert payload["state"]["values"]["acts"]["size"]["selected_option"]["value"] == "two"
    assert (await stage.people.last())["plain"] == "[Size] Two"


async def test_an_option_may_be_named_in_part(stage: Stage) -> None:
    payload = await clicked(stage, actions(SELECT), label="Size", option="^thr")
    assert payload["actions"][0]["selected_option"]["value"] == "three"


async def test_dates_and_times_are_picked(stage: Stage) -> None:
    date = {"type": "datepicker", "action_id": "d", "placeholder": plain("Day")}
    payload = await clicked(stage, actions(date), label="Day", option="2026-11-26")
    assert payload["actions"][0]["selected_date"] == "2026-11-26"
    time = {"type": "timepicker", "action_id": "t"}
    payload = await clicked(stage, actions(time), label="Select a time", option="14:30")
    assert payload["actions"][0]["selected_time"] == "14:30"
    moment = {"type": "datetimepicker", "action_id": "m"}
    payload = await clicked(stage, actions(moment), action_id="m", option="2026-11-24 14:00")
    assert payload["actions"][0]["selected_date_time"] == 1_795_546_800


async def test_people_and_channels_are_picked_by_name(stage: Stage) -> None:
    who = {"type": "users_select", "action_id": "u", "placeholder": plain("Who")}
    assert (await clicked(stage, actions(who), label="Who", option="bailey"))["actions"][0]["selected_user"] == (
        "W0BAILEY01"
    )
    where = {"type": "conversations_select", "action_id": "c", "placeholder": plain("Where")}
    payload = await clicked(stage, actions(where), label="Where", option="#support")
    assert payload["actions"][0]["selected_conversation"] == "C0SUPPORT1"


async def test_an_overflow_menu_tells_the_chosen_option(stage: Stage) -> None:
    menu = {"type": "overflow", "action_id": "o", "options": OPTIONS}
    payload = await clicked(stage, section("x", accessory=menu), label="More options", option="Three")
    assert payload["actions"][0]["selected_option"]["value"] == "three"


async def test_checkboxes_and_radio_buttons_are_pressed_by_their_option(stage: Stage) -> None:
    boxes = {"type": "checkboxes", "action_id": "c", "options": OPTIONS, "initial_options": [OPTIONS[0]]}
    payload = await clicked(stage, actions(boxes), label="Two")
    assert [o["value"] for o in payload["actions"][0]["selected_options"]] == ["one", "two"]
    ts = (await stage.people.last())["ts"]
    await stage.people.press("One", channel="@slotwise", ts=ts)
    assert (await stage.people.last())["plain"] == "☐ One\n☑ Two\n☐ Three"
    radio = {"type": "radio_buttons", "action_id": "r", "options": OPTIONS}
    payload = await clicked(stage, actions(radio), label="Three")
    assert payload["actions"][0]["selected_option"]["value"] == "three"


async def test_multi_selects_gather_and_lists_replace(stage: Stage) -> None:
    many = {"type": "multi_static_select", "action_id": "m", "placeholder": plain("Many"), "options": OPTIONS}
    await clicked(stage, actions(many), label="Many", option="One")
    ts = (await stage.people.last())["ts"]
    await stage.people.post("press", user="ann", channel="@slotwise", ts=ts, label="Many", option="Three")
    assert (await stage.people.last())["plain"] == "[Many] One, Three"
    await stage.people.post("press", user="ann", channel="@slotwise", ts=ts, label="Many", option=["Two"])
    await stage.people.settle()
    assert (await stage.people.last())["plain"] == "[Many] Two"
    values = [o["value"] for o in stage.payloads()[-1]["actions"][0]["selected_options"]]
    assert values == ["two"]


async def test_an_external_select_asks_the_app_for_its_options(stage: Stage) -> None:
    @stage.app.options("who")
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option(f"{payload['value']} Jones", "jones"), option("Other", "other")])

    @stage.app.action("who")
    async def picked(ack: Any, action: dict[str, Any], say: Any) -> None:
        await ack()
        await say(f"picked {action['selected_option']['value']}")

    select = {"type": "external_select", "action_id": "who", "placeholder": plain("Who"), "min_query_length": 1}
    ts = await stage.post(text="x", blocks=[actions(select)])
    found = await stage.people.get(
        "options", viewer="ann", channel="@slotwise", ts=ts, block_id="acts", action_id="who", query="Sam"
    )
    assert [o["text"]["text"] for o in found["options"]] == ["Sam Jones", "Other"]
    await stage.people.post("press", user="ann", channel="@slotwise", ts=ts, label="Who", option="Sam")
    await stage.people.settle()
    assert (await stage.people.last())["plain"] == "picked jones"


async def test_feedback_buttons_tell_which_one(stage: Stage) -> None:
    both = {
        "type": "feedback_buttons",
        "action_id": "fb",
        "positive_button": {"text": plain("Good"), "value": "up"},
        "negative_button": {"text": plain("Bad"), "value": "down"},
    }
    payload = await clicked(stage, {"type": "context_actions", "elements": [both]}, label="Bad")
    assert (payload["actions"][0]["type"], payload["actions"][0]["value"]) == ("feedback_buttons", "down")


async def test_what_somebody_chose_is_nobody_elses_state(stage: Stage) -> None:
    stage.swallow()
    ts = await stage.post(channel="C0GENERAL1", text="x", blocks=[actions(SELECT)])
    await stage.people.press("Size", channel="#general", ts=ts, option="Two")
    assert (await stage.people.last("ann", "#general"))["plain"] == "[Size] Two"
    assert (await stage.people.last("sam", "#general"))["plain"] == "[Size]"


async def test_an_input_in_a_message_is_told_with_the_next_press(stage: Stage) -> None:
    stage.swallow()
    topic = field("Topic", {"type": "plain_text_input"}, "topic")
    ts = await stage.post(text="x", blocks=[topic, actions(button("Go"))])
    await stage.people.press("Topic", channel="@slotwise", ts=ts, option="The plan")
    assert stage.requests == []
    await stage.people.press("Go", channel="@slotwise", ts=ts)
    assert stage.payloads()[0]["state"]["values"]["topic"]["v"]["value"] == "The plan"


async def test_an_ephemeral_click_carries_no_message(stage: Stage) -> None:
    stage.swallow()
    posted = await stage.api(
        "chat.postEphemeral", channel="C0GENERAL1", user="U0ANN00001", text="x", blocks=[actions(button("Go"))]
    )
    await stage.people.press("Go", channel="#general", ts=posted["message_ts"])
    payload = stage.payloads()[0]
    assert "message" not in payload
    assert payload["container"]["is_ephemeral"] is True
    assert payload["channel"] == {"id": "C0GENERAL1", "name": "general"}


@pytest.mark.parametrize(
    ("press", "words"),
    [
        ({"label": "Stop"}, "nothing called 'Stop'"),
        ({"action_id": "stop"}, "action id"),
        ({"label": "Size"}, "needs an option"),
        ({"label": "Size", "option": "Nine"}, "not offered"),
        ({"label": "Day", "option": "tomorrow"}, "YYYY-MM-DD"),
    ],
)
async def test_what_cannot_be_pressed_is_refused(stage: Stage, press: dict[str, str], words: str) -> None:
    date = {"type": "datepicker", "action_id": "d", "placeholder": plain("Day")}
    ts = await stage.post(text="x", blocks=[actions(button("Go"), SELECT, date)])
    assert words in await stage.people.refused("press", user="ann", channel="@slotwise", ts=ts, **press)


async def test_a_button_of_a_deleted_message_cannot_be_pressed(stage: Stage) -> None:
    ts = await stage.post(text="x", blocks=[actions(button("Go"))])
    await stage.api("chat.delete", channel="D0ANN00001", ts=ts)
    assert "no message" in await stage.people.refused("press", user="ann", channel="@slotwise", ts=ts, label="Go")


async def test_nobody_presses_a_button_meant_for_another(stage: Stage) -> None:
    blocks = [actions(button("Mine", visible_to_user_ids=["U0SAM00001"]))]
    ts = await stage.post(channel="C0GENERAL1", text="x", blocks=blocks)
    assert "Mine" in await stage.people.refused("press", user="ann", channel="#general", ts=ts, label="Mine")


async def test_a_click_without_an_answer_is_told_to_the_person(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "ACK_SECONDS", 0.5)
    stage.delays = [1.0]
    stage.swallow()
    ts = await stage.post(channel="C0GENERAL1", text="x", blocks=[actions(button("Go"))])
    await stage.people.press("Go", channel="#general", ts=ts)
    told = await stage.people.last("ann", "#general")
    assert told["ephemeral"]
    assert "did not respond" in told["plain"]
    assert "operation_timeout" in told["plain"]
    assert len(await stage.people.messages("sam", "#general")) == 1
    assert len(stage.requests) == 1, "interactions are not repeated"


async def test_a_click_answered_with_an_error_is_told_to_the_person(stage: Stage) -> None:
    stage.swallow(Response(status_code=500))
    ts = await stage.post(text="x", blocks=[actions(button("Go"))])
    await stage.people.press("Go", channel="@slotwise", ts=ts)
    assert "did not respond" in (await stage.people.last())["plain"]


# -- commands --


async def test_a_command_carries_the_fields_of_slack(stage: Stage) -> None:
    stage.swallow()
    await stage.people.command("book with @bailey in #support & more", channel="#general")
    form = stage.payloads()[0]
    assert form["command"] == "/slotwise"
    assert form["text"] == "book with <@W0BAILEY01|bailey> in <#C0SUPPORT1|support> &amp; more"
    assert (form["channel_id"], form["channel_name"]) == ("C0GENERAL1", "general")
    assert (form["user_id"], form["user_name"]) == ("U0ANN00001", "ann")
    assert form["trigger_id"]
    assert form["response_url"].startswith(stage.url)
    assert await stage.people.messages("sam", "#general") == []


async def test_a_commands_ack_may_hold_the_answer(stage: Stage) -> None:
    stage.swallow(JSONResponse({"text": "private"}), Response("plain words", media_type="text/plain"))
    await stage.people.command("a")
    await stage.people.command("b")
    public = JSONResponse({"response_type": "in_channel", "blocks": [section("for all")]})
    stage.answers.insert(0, public)
    await stage.people.command("c")
    assert [m["plain"] for m in await stage.people.messages("ann", "#general")] == ["private", "plain words", "for all"]
    assert [m["plain"] for m in await stage.people.messages("sam", "#general")] == ["for all"]


async def test_a_command_without_an_answer_is_told_to_the_person(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "ACK_SECONDS", 0.5)
    stage.delays = [1.0]
    stage.swallow()
    await stage.people.command("a")
    told = await stage.people.last("ann", "#general")
    assert "/slotwise" in told["plain"]
    assert "operation_timeout" in told["plain"]
    assert len(stage.requests) == 1


async def test_an_unknown_command_is_refused(stage: Stage) -> None:
    refusal = await stage.people.refused("commands", user="ann", channel="#general", command="/nope", text="")
    assert "/nope" in refusal


async def test_shortcuts_are_told_to_the_app(stage: Stage) -> None:
    stage.swallow()
    ts = await stage.post(channel="C0GENERAL1", text="about this")
    await stage.people.post("shortcuts", user="ann", callback_id="book")
    await stage.people.post("shortcuts", user="ann", callback_id="book", channel="#general", ts=ts)
    await stage.people.settle()
    alone, on_message = stage.payloads()
    assert (alone["type"], alone["callback_id"]) == ("shortcut", "book")
    assert (on_message["type"], on_message["message"]["text"]) == ("message_action", "about this")
    assert on_message["channel"]["id"] == "C0GENERAL1"
