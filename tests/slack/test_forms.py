"""Forms: every question as the input Slack has for it, answers back under their slugs, complaints beside them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.scheduling.cards import Verb
from bot.scheduling.errors import Refusal
from bot.scheduling.form import Form, Input, Question
from bot.scheduling.reply import Reply
from bot.slack import forms
from tests.slack import cards
from tests.slack.block_kit import check_block_types, check_blocks, check_types
from tests.slack.conftest import Stage
from tests.slack.test_render import NASTY

SIZES = ("1-10", "10-50", "50+")
CONSULTATION = Form(
    "draft1",
    "Consultation with Bailey",
    (
        Question("topic", "What is it about?", Input.LONG_TEXT, True),
        Question("company_size", "Company size", Input.ONE_OF, True, SIZES),
        Question("seats", "How many seats?", Input.NUMBER, False),
    ),
)
PLACE = Form(
    "draft1",
    "Where",
    (
        Question("place", "Where shall we meet?", Input.ONE_OF, True, ("Video", "My address")),
        Question("address", "Your address", Input.TEXT, True, only_if=("place", "My address")),
        Question("notes", "Notes", Input.LONG_TEXT, False),
    ),
)


def every_question(text: str) -> Form:
    """Every kind of input, around any text."""
    options = tuple(f"{n} {text}" for n in range(12))
    asked = []
    for kind in Input:
        for required in (True, False):
            slug = f"{kind}-{required}"
            asked.append(Question(slug, text, kind, required, options, text))
            asked.append(Question(f"{slug}-few", text, kind, required, options[:3], "", None))
    asked.append(Question("many", text, Input.ONE_OF, True, tuple(f"{n} {text}" for n in range(250))))
    asked.append(Question("prefilled", text, Input.TEXT, True, value=text))
    asked.append(Question("some", text, Input.SOME_OF, True, options, value=(options[2], "gone")))
    asked.append(Question("free", text, Input.ONE_OF, True))
    return Form("r", text, tuple(asked), text)


async def opened(stage: Stage, form: Form) -> Any:
    """The modal of a form, opened by its button."""
    stage.mind.always(cards.questions())
    stage.desk.shown = form
    await stage.say("book")
    await stage.press("Answer questions")
    return await stage.modal()


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_every_question_is_an_input_slack_takes(text: str) -> None:
    view = forms.modal(every_question(text), "{}")
    check_blocks(view["blocks"], most=100)
    check_block_types(view["blocks"])
    check_types("ModalView", json.loads(json.dumps(view | {"blocks": view["blocks"][:3]})))
    assert len(view["title"]["text"]) <= 24


async def test_the_button_opens_the_form_and_the_answers_arrive(stage: Stage) -> None:
    modal = await opened(stage, CONSULTATION)
    assert [(i["label"], i["required"]) for i in modal["inputs"]] == [
        ("What is it about?", True),
        ("Company size", True),
        ("How many seats?", False),
    ]
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({"What is it about?": "AI", "Company size": "10-50", "How many seats?": "12"}) == {}
    assert await stage.modal() is None
    scene, ref, raw = stage.desk.filled[0]
    assert (ref, raw) == ("draft1", {"topic": "AI", "company_size": "10-50", "seats": "12"})
    assert scene.conversation == stage.mind.heard[0][0].conversation
    (card,) = await stage.answers()
    assert "[Confirm]" in card["plain"]


async def test_what_is_wrong_is_said_at_its_question(stage: Stage) -> None:
    await opened(stage, CONSULTATION)
    stage.desk.problems = {"topic": "Please say a little more.", "hidden": "That is missing."}
    errors = await stage.submit({"What is it about?": "AI", "Company size": "10-50"})
    assert errors == {"What is it about?": "Please say a little more."}
    stage.desk.problems = {}
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({"What is it about?": "AI integration"}) == {}
    assert len(stage.desk.filled) == 1


async def test_what_is_left_empty_arrives_as_nothing(stage: Stage) -> None:
    await opened(stage, CONSULTATION)
    stage.desk.submitted = Reply((cards.proposal(),))
    await stage.submit({"What is it about?": "AI", "Company size": "50+"})
    assert stage.desk.filled[0][2]["seats"] is None


async def test_a_choice_brings_the_question_it_calls_for_and_keeps_the_rest(stage: Stage) -> None:
    modal = await opened(stage, PLACE)
    assert [i["label"] for i in modal["inputs"]] == ["Where shall we meet?", "Notes"]
    note, select = modal["inputs"][1], modal["inputs"][0]
    where = {"user": "ann", "view_id": modal["view_id"]}
    await stage.post(
        "views/input", **where, block_id=note["block_id"], action_id=note["action_id"], value="Third floor"
    )
    await stage.post("views/input", **where, block_id=select["block_id"], action_id=select["action_id"], value="1")
    await stage.settle()
    redrawn = await stage.modal()
    assert [i["label"] for i in redrawn["inputs"]] == ["Where shall we meet?", "Your address", "Notes"]
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({"Your address": "1 Main St"}) == {}
    assert stage.desk.filled[0][2] == {"place": "My address", "address": "1 Main St", "notes": "Third floor"}


async def test_the_full_option_is_answered_although_a_cut_one_is_shown(stage: Stage) -> None:
    long = "An option with a very long text that Slack will not show in full " * 3
    form = Form("draft1", "Long", (Question("q", "Which?", Input.RADIO, True, ("short", long)),))
    modal = await opened(stage, form)
    option = modal["inputs"][0]["options"][1]
    assert len(option) <= 75
    stage.desk.submitted = Reply((cards.proposal(),))
    await stage.submit({"Which?": option})
    assert stage.desk.filled[0][2] == {"q": long}


@pytest.mark.parametrize(
    ("kind", "options", "typed", "raw"),
    [
        (Input.TEXT, (), "x", "x"),
        (Input.PHONE, (), "+1 212 555 0100", "+1 212 555 0100"),
        (Input.EMAIL, (), "a@example.com", "a@example.com"),
        (Input.EMAILS, (), "a@example.com\nb@example.com", "a@example.com\nb@example.com"),
        (Input.URL, (), "https://example.com", "https://example.com"),
        (Input.NUMBER, (), "1.5", "1.5"),
        (Input.BOOLEAN, (), "Yes", True),
        (Input.SOME_OF, ("a", "b", "c"), ["a", "c"], ("a", "c")),
        (Input.CHECKBOXES, ("a", "b"), ["b"], ("b",)),
        (Input.CHECKBOXES, tuple("abcdefghijkl"), ["b", "l"], ("b", "l")),
        (Input.RADIO, tuple("abcdefghijkl"), "k", "k"),
    ],
)
async def test_every_kind_of_answer_arrives(stage: Stage, kind: Input, options: Any, typed: Any, raw: Any) -> None:
    await opened(stage, Form("draft1", "One", (Question("q", "Question", kind, True, options),)))
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({"Question": typed}) == {}
    assert stage.desk.filled[0][2] == {"q": raw}


async def test_an_optional_tick_may_stay_open(stage: Stage) -> None:
    await opened(stage, Form("draft1", "One", (Question("q", "News?", Input.BOOLEAN, False),)))
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({}) == {}
    assert stage.desk.filled[0][2] == {"q": False}


async def test_known_answers_are_filled_in(stage: Stage) -> None:
    topic, size, seats = CONSULTATION.questions
    known = (replace(topic, value="AI"), replace(size, value="10-50"), replace(seats, value=12))
    await opened(stage, replace(CONSULTATION, questions=known))
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({}) == {}
    assert stage.desk.filled[0][2] == {"topic": "AI", "company_size": "10-50", "seats": "12"}


async def test_a_slow_form_shows_first_that_it_is_coming(stage: Stage) -> None:
    stage.desk.slow = 1.3
    modal = await opened(stage, CONSULTATION)
    assert modal["inputs"][0]["label"] == "What is it about?"


async def test_a_form_that_is_not_to_be_had_says_why(stage: Stage) -> None:
    stage.mind.always(cards.questions())
    await stage.say("book")
    stage.desk.error = Refusal("This request has expired.")
    await stage.press("Answer questions")
    modal = await stage.modal()
    assert "This request has expired." in modal["plain"]
    assert modal["submit"] is None


async def test_a_check_that_fails_keeps_the_form_open(stage: Stage) -> None:
    await opened(stage, CONSULTATION)
    stage.desk.error = RuntimeError("secret")
    errors = await stage.submit({"What is it about?": "AI", "Company size": "10-50"})
    assert list(errors) == ["What is it about?"]
    assert "secret" not in str(errors)
    stage.desk.error = None
    stage.desk.submitted = Reply((cards.proposal(),))
    assert await stage.submit({}) == {}


async def test_a_form_of_a_private_card_in_a_channel_stays_private(stage: Stage) -> None:
    stage.mind.always(cards.questions())
    stage.desk.shown = CONSULTATION
    await stage.say("@slotwise book", channel="#support")
    await stage.press("Answer questions", channel="#support")
    stage.desk.submitted = Reply((cards.proposal(),))
    await stage.submit({"What is it about?": "AI", "Company size": "10-50"})
    (card,) = await stage.answers(channel="#support")
    assert (card["ephemeral"], "[Confirm]" in card["plain"]) == (True, True)
    assert await stage.answers("kenji", "#support") == []


async def test_answers_can_be_edited_from_the_proposal(stage: Stage) -> None:
    stage.mind.always(cards.proposal(form=True))
    stage.desk.shown = CONSULTATION
    await stage.say("book")
    await stage.press("Edit answers")
    assert (await stage.modal())["title"] == "Consultation with Bailey"
    assert all(verb is not Verb.ANSWER for _, verb, _, _ in stage.desk.presses)
