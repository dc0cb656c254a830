"""Slack's limits on blocks and views: what is right passes, what is wrong is refused where it is wrong."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk.models.blocks import Block

from bot.sandbox.slack.validation import check_blocks, check_view, too_much_text
from tests.sandbox_slack.samples import (
    EVERYTHING,
    OPTIONS,
    actions,
    button,
    field,
    modal,
    mrkdwn,
    option,
    plain,
    section,
)

SCHEMA = Path(__file__).parents[3] / "shared" / "slack" / "blocks.schema.json"

LONG = "x" * 3001
INPUT = {"type": "plain_text_input"}
SELECT = {"type": "static_select", "action_id": "s", "options": OPTIONS}

WRONG: list[tuple[str, Any, str]] = [
    ("an unknown block", {"type": "banner"}, "unsupported type: banner [json-pointer:/blocks/0/type]"),
    ("no type", {"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
    ("no object", "text", "must be an object [json-pointer:/blocks/0]"),
    ("a long section", section(LONG), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ("an empty section", {"type": "section"}, "must have at least one of: text, fields [json-pointer:/blocks/0]"),
    ("empty text", section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ("eleven fields", {"type": "section", "fields": [plain("x")] * 11}, "no more than 10 items allowed"),
    ("a long field", {"type": "section", "fields": [plain("x" * 2001)]}, "/blocks/0/fields/0/text"),
    ("a misspelt property", section("x", acessory=button("y")), "invalid additional property: acessory"),
    ("mrkdwn in a header", {"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn"),
    ("a long header", {"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
    ("eleven context elements", {"type": "context", "elements": [plain("x")] * 11}, "no more than 10 items allowed"),
    ("no elements", actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    ("26 elements", actions(*[button("x", str(n)) for n in range(26)]), "no more than 25 items allowed"),
    ("a long button", actions(button("x" * 76)), "must be less than 76 characters"),
    ("a long value", actions(button("x", value="v" * 2001)), "must be less than 2001 characters"),
    ("a bad url", actions(button("x", url="nowhere")), "must be a valid URL [json-pointer:/blocks/0/elements/0/url]"),
    ("a wrong style", actions(button("x", style="loud")), "must be one of: primary, danger"),
    ("a long confirm", actions(button("x", confirm={"text": plain("x" * 301)})), "must be less than 301 characters"),
    ("equal action ids", actions(button("x"), button("y")), 'action_id "go" already exists'),
    ("a long option", actions(SELECT | {"options": [option("x" * 76, "v")]}), "must be less than 76 characters"),
    ("a long option value", actions(SELECT | {"options": [option("x", "v" * 151)]}), "must be less than 151"),
    ("no options", actions(SELECT | {"options": []}), "no fewer than 1 items allowed"),
    ("101 options", actions(SELECT | {"options": [option(str(n)) for n in range(101)]}), "no more than 100 items"),
    (
        "options twice",
        actions(SELECT | {"option_groups": [{"label": plain("g"), "options": OPTIONS}]}),
        "either options",
    ),
    ("a strange initial", actions(SELECT | {"initial_option": option("Four")}), "initial option must match"),
    ("a long placeholder", actions(SELECT | {"placeholder": plain("x" * 151)}), "must be less than 151 characters"),
    (
        "11 checkboxes",
        actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10",
    ),
    (
        "6 overflow options",
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5",
    ),
    ("a wrong date", actions({"type": "datepicker", "initial_date": "24.11.2026"}), "YYYY-MM-DD"),
    ("a wrong time", actions({"type": "timepicker", "initial_time": "2pm"}), "HH:mm"),
    ("an input among actions", actions(INPUT), "unsupported type: plain_text_input"),
    ("a button as input", field("x", button("y"), "b"), "unsupported type: button"),
    ("no decimal flag", field("x", {"type": "number_input"}, "b"), "missing required field: is_decimal_allowed"),
    ("no label", {"type": "input", "element": INPUT}, "missing required field: label"),
    ("long markdown", {"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters"),
    ("a long block id", section("x", block_id="b" * 256), "must be less than 256 characters"),
    ("an empty card", {"type": "card"}, "must have at least one of"),
    ("a long card body", {"type": "card", "body": mrkdwn("x" * 201)}, "must be less than 201 characters"),
    ("a wrong task", {"type": "task_card", "task_id": "1", "title": "x", "status": "late"}, "must be one of"),
    ("a list in a list", {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}, "unsupported type: text"),
    ("a long video title", EVERYTHING[-1] | {"title": plain("x" * 200)}, "must be less than 200 characters"),
]


def test_one_of_everything_passes() -> None:
    assert check_blocks(EVERYTHING) == []


@pytest.mark.parametrize(("case", "block", "sentence"), WRONG, ids=[case for case, _, _ in WRONG])
def test_what_is_wrong_is_refused_where_it_is_wrong(case: str, block: Any, sentence: str) -> None:
    complaints = check_blocks([block])
    assert any(sentence in complaint for complaint in complaints), complaints
    assert all(complaint.startswith("[ERROR] ") and "[json-pointer:/blocks" in complaint for complaint in complaints)


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred() -> None:
    assert check_blocks([section("x")] * 50) == []
    assert "no more than 50 items allowed" in check_blocks([section("x")] * 51)[0]
    assert check_view(modal(*[section("x")] * 100)) == []
    assert "no more than 100 items allowed" in check_view(modal(*[section("x")] * 101))[0]


def test_block_ids_are_unique_within_a_message() -> None:
    assert 'block_id "a" already exists' in check_blocks([section("x", block_id="a"), section("y", block_id="a")])[0]


def test_markdown_is_limited_over_the_whole_message() -> None:
    block = {"type": "markdown", "text": "x" * 7000}
    assert check_blocks([block]) == []
    assert "less than 12001 characters together" in check_blocks([block, block])[0]


def test_the_texts_of_a_message_together_are_limited() -> None:
    assert not too_much_text([section("x" * 3000)] * 4)
    assert too_much_text([section("x" * 3000)] * 5)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
        ({"title": None}, "missing required field: title [json-pointer:/view]"),
        ({"submit": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/submit/text]"),
        ({"submit": None}, "missing required field: submit [json-pointer:/view]"),
        ({"private_metadata": "x" * 3001}, "must be less than 3001 characters"),
        ({"callback_id": "x" * 256}, "must be less than 256 characters"),
        ({"blocks": []}, "no fewer than 1 items allowed [json-pointer:/view/blocks]"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "unsupported type: markdown"),
        ({"colour": "red"}, "invalid additional property: colour"),
        ({"type": "sheet"}, "must be one of: modal, home"),
    ],
)
def test_a_modal_is_held_to_its_limits(change: dict[str, Any], sentence: str) -> None:
    right = modal(field("Topic", INPUT, "t"))
    assert check_view(right) == []
    assert any(sentence in complaint for complaint in check_view(right | change)), check_view(right | change)


def test_a_home_tab_has_neither_title_nor_submit() -> None:
    home = {"type": "home", "blocks": [section("Hello")]}
    assert check_view(home) == []
    assert check_view(home | {"submit": plain("Send")})
    assert check_view(home | {"title": plain("Home")})


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's types as JSON Schema lie beside the repository only")
def test_the_samples_are_right_by_slacks_own_types() -> None:
    document = json.loads(SCHEMA.read_text())
    known = {"$ref": "#/definitions/KnownBlock", "definitions": document["definitions"]}
    validator = jsonschema.Draft7Validator(known)
    for block in EVERYTHING:
        assert list(validator.iter_errors(block)) == [], block


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's types as JSON Schema lie beside the repository only")
def test_what_slacks_own_types_refuse_is_refused_here() -> None:
    """Each property of each sample is taken away or misspelt: where the types say no, so does the check."""
    definitions = json.loads(SCHEMA.read_text())["definitions"]
    own = {
        shape["properties"]["type"]["const"]: name
        for name, shape in definitions.items()
        if name.endswith("Block") and "const" in shape.get("properties", {}).get("type", {})
    }
    refused = 0
    for block in EVERYTHING:
        name = own.get(block["type"], "KnownBlock")
        validator = jsonschema.Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
        for broken in _broken(block):
            if broken.get("type") == block["type"] and not validator.is_valid(broken):
                assert check_blocks([broken]), broken
                refused += 1
    assert refused > 100


def test_what_slacks_python_models_refuse_is_refused_here() -> None:
    """Slack's SDK checks lengths and counts; its models were written by others."""
    refused = 0
    for case, block, _ in WRONG:
        if not isinstance(block, dict):
            continue
        try:
            model = Block.parse(copy.deepcopy(block))
            if model is not None:
                model.to_dict()
        except Exception:
            refused += 1
            assert check_blocks([block]), case
    assert refused > 15


def _broken(part: Any) -> list[Any]:
    """The object with one property left out or misspelt, at any depth."""
    found: list[Any] = []
    if isinstance(part, dict):
        for name in part:
            if name != "type":
                found.append({key: value for key, value in part.items() if key != name})
                found.append({("x" + key if key == name else key): value for key, value in part.items()})
            found += [part | {name: inner} for inner in _broken(part[name])]
    elif isinstance(part, list):
        for place, item in enumerate(part[:3]):
            found += [[*part[:place], inner, *part[place + 1 :]] for inner in _broken(item)]
    return found
