"""Modals and the Home tab: opening within three seconds, filling in, refusing, stacking, closing."""

from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from bot.sandbox.slack import delivery, views
from tests.sandbox_slack.conftest import Stage
from tests.sandbox_slack.samples import OPTIONS, actions, button, field, modal, option, plain, section

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOPIC = field("What is this meeting about?", {"type": "plain_text_input", "multiline": True}, "topic")
SIZE = field("Company size", {"type": "static_select", "options": [option("1-10"), option("10-50")]}, "size")
SEATS = field("How many seats?", {"type": "number_input", "is_decimal_allowed": False}, "seats", optional=True)


async def trigger(stage: Stage) -> str:
    """A fresh trigger id, out of a click by ann."""
    ts = await stage.post(text="x", blocks=[actions(button("Go"))])
    await stage.people.press("Go", channel="@slotwise", ts=ts)
    return str(stage.payloads()[-1]["trigger_id"])


async def opened(stage: Stage, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Open a modal for ann; returns it as she sees it."""
    stage.swallow()
    answer = await stage.api("views.open", trigger_id=await trigger(stage), view=modal(*blocks, **more))
    assert answer["ok"], answer
    seen: dict[str, Any] = await stage.people.modal()
    return seen


async def submit(stage: Stage, values: dict[str, Any], *answers: Response, user: str = "ann") -> Any:
    stage.swallow(*answers)
    view = await stage.people.modal(user)
    reply = await stage.people.post("views/submit", user=user, view_id=view["view_id"], values=values)
    await stage.people.settle()
    return reply


async def test_a_modal_shows_its_inputs(stage: Stage) -> None:
    seen = await opened(stage, section("Before we book"), TOPIC, SIZE, SEATS)
    assert seen["title"] == "Form"
    assert seen["submit"] == "Send"
    assert [(i["label"], i["type"], i["required"]) for i in seen["inputs"]] == [
        ("What is this meeting about?", "plain_text_input", True),
        ("Company size", "static_select", True),
        ("How many seats?", "number_input", False),
    ]
    assert seen["inputs"][1]["options"] == ["1-10", "10-50"]
    assert seen["plain"] == (
        "Form\nBefore we book\nWhat is this meeting about?\nCompany size\n[Company size]\n"
        "How many seats? (optional)\n[Back] [Send]"
    )
    assert await stage.people.modal("sam") is None


async def test_a_submitted_modal_tells_the_app_every_value_and_closes(stage: Stage) -> None:
    await opened(stage, TOPIC, SIZE, SEATS, private_metadata="kept", external_id="e1")
    values = {"What is this meeting about?": "AI", "Company size": "10-50", "How many seats?": "12"}
    assert await submit(stage, values) == {}
    payload = stage.payloads()[-1]
    assert payload["type"] == "view_submission"
    state = payload["view"]["state"]["values"]
    assert state["topic"]["v"]["value"] == "AI"
    assert state["size"]["v"]["selected_option"]["value"] == "10-50"
    assert state["seats"]["v"]["value"] == "12"
    assert (payload["view"]["private_metadata"], payload["view"]["callback_id"]) == ("kept", "form")
    assert payload["trigger_id"]
    assert await stage.people.modal() is None


async def test_an_unset_input_is_told_as_null_and_not_left_out(stage: Stage) -> None:
    boxes = field("Agree", {"type": "checkboxes", "options": OPTIONS}, "boxes", optional=True)
    date = field("Day", {"type": "datepicker"}, "day", optional=True)
    await opened(stage, SEATS, boxes, date, SIZE | {"optional": True})
    await submit(stage, {})
    state = stage.payloads()[-1]["view"]["state"]["values"]
    assert state["seats"]["v"] == {"type": "number_input", "value": None}
    assert state["boxes"]["v"]["selected_options"] == []
    assert state["day"]["v"]["selected_date"] is None
    assert state["size"]["v"]["selected_option"] is None


@pytest.mark.parametrize(
    ("element", "value", "words"),
    [
        ({"type": "plain_text_input"}, "", "required"),
        ({"type": "plain_text_input"}, "   ", "required"),
        ({"type": "number_input", "is_decimal_allowed": False}, "many", "number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "number"),
        ({"type": "number_input", "is_decimal_allowed": True}, "one", "number"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "2"}, "1", "number"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}, "10", "number"),
        ({"type": "email_text_input"}, "ann at home", "email"),
        ({"type": "url_text_input"}, "cal.com", "URL"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "no more than 3"),
        ({"type": "static_select", "options": OPTIONS}, "Nine", "not offered"),
        ({"type": "datepicker"}, "Tuesday", "YYYY-MM-DD"),
        ({"type": "timepicker"}, "noon", "HH:MM"),
        ({"type": "users_select"}, "nobody", "nobody"),
    ],
)
async def test_slacks_client_refuses_before_the_app_hears_of_it(
    stage: Stage, element: dict[str, Any], value: str, words: str
) -> None:
    await opened(stage, field("Label", element, "b"))
    before = len(stage.requests)
    reply = await submit(stage, {"Label": value})
    assert list(reply["errors"]) == ["Label"]
    assert words.lower() in reply["errors"]["Label"].lower()
    assert len(stage.requests) == before
    assert reply["errors"]["Label"] in (await stage.people.modal())["plain"]


@pytest.mark.parametrize(
    ("element", "value", "kept"),
    [
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
        ({"type": "email_text_input"}, "ann@example.com", {"value": "ann@example.com"}),
        ({"type": "url_text_input"}, "https://cal.com", {"value": "https://cal.com"}),
        ({"type": "datepicker"}, "2026-11-26", {"selected_date": "2026-11-26"}),
        ({"type": "timepicker"}, "14:30", {"selected_time": "14:30"}),
        ({"type": "users_select"}, "sam", {"selected_user": "U0SAM00001"}),
        ({"type": "multi_users_select"}, ["sam", "ann"], {"selected_users": ["U0SAM00001", "U0ANN00001"]}),
    ],
)
async def test_what_is_right_reaches_the_app(stage: Stage, element: Any, value: Any, kept: dict[str, Any]) -> None:
    await opened(stage, field("Label", element, "b"))
    assert await submit(stage, {"Label": value}) == {}
    state = stage.payloads()[-1]["view"]["state"]["values"]["b"]["v"]
    assert state == {"type": element["type"], **kept}


async def test_checkboxes_take_true_or_a_list(stage: Stage) -> None:
    one = field("Agree", {"type": "checkboxes", "options": [option("I agree", "yes")]}, "one", optional=True)
    many = field("Days", {"type": "checkboxes", "options": OPTIONS}, "many")
    await opened(stage, one, many)
    assert await submit(stage, {"Agree": True, "Days": ["One", "Three"]}) == {}
    state = stage.payloads()[-1]["view"]["state"]["values"]
    assert [o["value"] for o in state["one"]["v"]["selected_options"]] == ["yes"]
    assert [o["value"] for o in state["many"]["v"]["selected_options"]] == ["one", "three"]


async def test_inputs_not_named_keep_their_values(stage: Stage) -> None:
    initial = field("Name", {"type": "plain_text_input", "initial_value": "Ann"}, "name")
    await opened(stage, initial, TOPIC, SEATS)
    assert "errors" in await submit(stage, {"What is this meeting about?": "AI", "How many seats?": "many"})
    assert await submit(stage, {"How many seats?": "3"}) == {}
    state = stage.payloads()[-1]["view"]["state"]["values"]
    assert (state["name"]["v"]["value"], state["topic"]["v"]["value"], state["seats"]["v"]["value"]) == (
        "Ann",
        "AI",
        "3",
    )


async def test_labels_are_matched_exactly(stage: Stage) -> None:
    await opened(stage, TOPIC)
    reply = await submit(stage, {"what is this meeting about?": "AI"})
    assert "what is this meeting about?" in reply["errors"]


async def test_the_apps_errors_are_told_by_label(stage: Stage) -> None:
    await opened(stage, TOPIC, SEATS)
    errors = JSONResponse({"response_action": "errors", "errors": {"seats": "Not so many"}})
    reply = await submit(stage, {"What is this meeting about?": "AI", "How many seats?": "99"}, errors)
    assert reply == {"errors": {"How many seats?": "Not so many"}}
    assert "Not so many" in (await stage.people.modal())["plain"]
    assert await submit(stage, {"How many seats?": "9"}) == {}


async def test_an_answer_may_update_push_or_clear(stage: Stage) -> None:
    first = await opened(stage, TOPIC)
    update = JSONResponse({"response_action": "update", "view": modal(section("Working"), submit=plain("Next"))})
    assert await submit(stage, {"What is this meeting about?": "AI"}, update) == {}
    seen = await stage.people.modal()
    assert (seen["view_id"], seen["plain"]) == (first["view_id"], "Form\nWorking\n[Back] [Next]")
    push = JSONResponse({"response_action": "push", "view": modal(section("On top"))})
    assert await submit(stage, {}, push) == {}
    seen = await stage.people.modal()
    assert (seen["depth"], "On top" in seen["plain"]) == (2, True)
    assert await submit(stage, {}, JSONResponse({"response_action": "clear"})) == {}
    assert await stage.people.modal() is None


async def test_a_submission_closes_the_top_view_only(stage: Stage) -> None:
    await opened(stage, section("Below"))
    await submit(stage, {}, JSONResponse({"response_action": "push", "view": modal(section("Above"))}))
    await submit(stage, {})
    assert "Below" in (await stage.people.modal())["plain"]


async def test_a_submission_without_an_answer_stays_open_and_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage, TOPIC)
    monkeypatch.setattr(delivery, "ACK_SECONDS", 0.5)
    stage.delays = [1.0]
    reply = await submit(stage, {"What is this meeting about?": "AI"})
    assert "trouble connecting" in str(reply["errors"])
    seen = await stage.people.modal()
    assert "trouble connecting" in seen["plain"]
    assert "AI" in seen["plain"]


async def test_a_broken_answer_is_trouble_too(stage: Stage) -> None:
    await opened(stage, TOPIC)
    unknown = JSONResponse({"response_action": "errors", "errors": {"nope": "x"}})
    assert "trouble" in str(await submit(stage, {"What is this meeting about?": "AI"}, unknown))
    invalid = JSONResponse({"response_action": "update", "view": {"type": "modal"}})
    assert "trouble" in str(await submit(stage, {}, invalid))
    assert "trouble" in str(await submit(stage, {}, Response(status_code=404)))


async def test_a_modal_opens_within_three_seconds_and_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.swallow()
    trigger_id = await trigger(stage)
    assert (await stage.api("views.open", trigger_id=trigger_id, view=modal(TOPIC)))["ok"]
    again = await stage.api("views.open", trigger_id=trigger_id, view=modal(TOPIC))
    assert again["error"] == "exchanged_trigger_id"
    late = await trigger(stage)
    monkeypatch.setattr(views, "TRIGGER_SECONDS", -1)
    assert (await stage.api("views.open", trigger_id=late, view=modal(TOPIC)))["error"] == "expired_trigger_id"
    assert (await stage.api("views.open", trigger_id="1.2.3", view=modal(TOPIC)))["error"] == "invalid_trigger_id"


async def test_the_sandbox_clock_does_not_age_a_trigger(stage: Stage) -> None:
    stage.swallow()
    trigger_id = await trigger(stage)
    await stage.people.post("clock", advance_seconds=3600)
    assert (await stage.api("views.open", trigger_id=trigger_id, view=modal(TOPIC)))["ok"]


async def test_views_stack_three_deep(stage: Stage) -> None:
    seen = await opened(stage, section("1"), actions(button("More")))
    for number in ("2", "3", "4"):
        await stage.people.press("More", view_id=seen["view_id"])
        trigger_id = stage.payloads()[-1]["trigger_id"]
        view = modal(section(number), actions(button("More")))
        answer = await stage.api("views.push", trigger_id=trigger_id, view=view)
        seen = await stage.people.modal()
    assert answer == {"ok": False, "error": "push_limit_reached"}
    assert (seen["depth"], "3" in seen["plain"]) == (3, True)
    await stage.people.post("views/close", user="ann", view_id=seen["view_id"])
    assert (await stage.people.modal())["depth"] == 2


async def test_an_update_keeps_what_was_typed_where_the_ids_stay(stage: Stage) -> None:
    seen = await opened(stage, TOPIC, SEATS)
    await stage.people.post(
        "views/input", user="ann", view_id=seen["view_id"], block_id="topic", action_id="v", value="AI"
    )
    view = modal(section("new"), TOPIC, SIZE)
    answer = await stage.api("views.update", view_id=seen["view_id"], view=view)
    assert answer["view"]["state"]["values"]["topic"]["v"]["value"] == "AI"
    assert "AI" in (await stage.people.modal())["plain"]


async def test_an_update_with_an_old_hash_is_refused(stage: Stage) -> None:
    stage.swallow()
    answer = await stage.api("views.open", trigger_id=await trigger(stage), view=modal(TOPIC, external_id="mine"))
    old = answer["view"]["hash"]
    updated = await stage.api("views.update", external_id="mine", view=modal(TOPIC, external_id="mine"), hash=old)
    assert updated["ok"]
    conflict = await stage.api("views.update", external_id="mine", view=modal(TOPIC), hash=old)
    assert conflict["error"] == "hash_conflict"
    assert (await stage.api("views.update", view_id="V0NONE", view=modal(TOPIC)))["error"] == "not_found"


async def test_an_external_id_is_used_once(stage: Stage) -> None:
    await opened(stage, TOPIC, external_id="mine")
    view = modal(TOPIC, external_id="mine")
    answer = await stage.api("views.open", trigger_id=await trigger(stage), view=view)
    assert answer["error"] == "duplicate_external_id"


async def test_a_view_beyond_the_limits_is_refused(stage: Stage) -> None:
    stage.swallow()
    answer = await stage.api("views.open", trigger_id=await trigger(stage), view=modal(TOPIC, title=plain("x" * 25)))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    huge = modal(*[section("x" * 3000) for _ in range(90)])
    assert (await stage.api("views.open", trigger_id=await trigger(stage), view=huge))["error"] == "view_too_large"


async def test_closing_is_told_when_asked_for(stage: Stage) -> None:
    seen = await opened(stage, TOPIC, notify_on_close=True)
    await stage.people.post("views/close", user="ann", view_id=seen["view_id"])
    await stage.people.settle()
    payload = stage.payloads()[-1]
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert payload["view"]["id"] == seen["view_id"]
    assert await stage.people.modal() is None
    seen = await opened(stage, TOPIC)
    before = len(stage.requests)
    await stage.people.post("views/close", user="ann", view_id=seen["view_id"])
    await stage.people.settle()
    assert len(stage.requests) == before


async def test_closing_all_is_told_as_cleared(stage: Stage) -> None:
    await opened(stage, section("Below"), notify_on_close=True)
    push = JSONResponse({"response_action": "push", "view": modal(section("Above"), notify_on_close=True)})
    await submit(stage, {}, push)
    seen = await stage.people.modal()
    stage.swallow()
    await stage.people.post("views/close", user="ann", view_id=seen["view_id"], all=True)
    await stage.people.settle()
    closed = [payload for payload in stage.payloads() if payload["type"] == "view_closed"]
    assert [payload["is_cleared"] for payload in closed] == [True, True]
    assert await stage.people.modal() is None


async def test_the_modals_own_buttons_may_be_pressed_by_label(stage: Stage) -> None:
    seen = await opened(stage, TOPIC)
    errors = await stage.people.post("press", user="ann", view_id=seen["view_id"], label="Send")
    assert "What is this meeting about?" in errors["errors"]
    assert await stage.people.post("press", user="ann", view_id=seen["view_id"], label="Back") == {}
    assert await stage.people.modal() is None


async def test_pressing_in_a_modal_tells_the_view(stage: Stage) -> None:
    where = field("Where", {"type": "static_select", "options": OPTIONS}, "where", dispatch_action=True)
    seen = await opened(stage, where, actions(button("More")))
    await stage.people.press("Where", view_id=seen["view_id"], option="Two")
    payload = stage.payloads()[-1]
    assert payload["container"] == {"type": "view", "view_id": seen["view_id"]}
    assert payload["view"]["state"]["values"]["where"]["v"]["selected_option"]["value"] == "two"
    assert payload["actions"][0]["block_id"] == "where"
    assert "channel" not in payload
    before = len(stage.requests)
    await stage.people.post(
        "views/input", user="ann", view_id=seen["view_id"], block_id="where", action_id="v", value="three"
    )
    await stage.people.settle()
    assert len(stage.requests) == before + 1


async def test_a_view_belongs_to_its_person(stage: Stage) -> None:
    seen = await opened(stage, TOPIC)
    assert "sam" in await stage.people.refused("views/submit", user="sam", view_id=seen["view_id"], values={})


# -- Home --


async def test_opening_the_home_tab_is_told_and_shows_what_is_published(stage: Stage) -> None:
    @stage.app.event("app_home_opened")
    async def opened_home(event: dict[str, Any], client: Any) -> None:
        view = {"type": "home", "blocks": [section(f"Hello on {event['tab']}"), actions(button("Refresh"))]}
        await client.views_publish(user_id=event["user"], view=view)

    assert await stage.people.home() is None
    await stage.people.post("home", user="ann")
    await stage.people.settle()
    home = await stage.people.home()
    assert home["plain"] == "Hello on home\n[Refresh]"
    assert await stage.people.home("sam") is None
    await stage.people.post("open", user="ann", channel="@slotwise")
    await stage.people.settle()
    assert (await stage.people.home())["plain"] == "Hello on messages\n[Refresh]"


async def test_home_buttons_are_pressed_by_view_id(stage: Stage) -> None:
    stage.swallow()
    view = {"type": "home", "blocks": [actions(button("Refresh"))], "private_metadata": "m"}
    await stage.api("views.publish", user_id="U0ANN00001", view=view)
    home = await stage.people.home()
    await stage.people.press("Refresh", view_id=home["view_id"])
    payload = stage.payloads()[-1]
    assert (payload["view"]["type"], payload["view"]["private_metadata"]) == ("home", "m")
    again = await stage.api("views.publish", user_id="U0ANN00001", view=view | {"blocks": []})
    assert again["view"]["id"] == home["view_id"]
    wrong = await stage.api("views.publish", user_id="U0ANN00001", view=modal(TOPIC))
    assert wrong["error"] == "invalid_arguments"
