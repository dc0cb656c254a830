"""Whether Slack would take blocks: its published types, its SDK's limits, and the rules that neither of them knows."""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk.models.blocks import Block, InputBlock

SCHEMA = Path(os.environ.get("SLACK_BLOCKS_SCHEMA", "/work/shared/slack/blocks.schema.json"))


@cache
def _validator(definition: str) -> Any:
    whole = json.loads(SCHEMA.read_text())
    schema = {
        "$schema": whole["$schema"],
        "definitions": whole["definitions"],
        "$ref": f"#/definitions/{definition}",
    }
    return jsonschema.validators.validator_for(schema)(schema)


def check_types(definition: str, value: Any) -> None:
    """Against Slack's own types; skipped where their file is absent."""
    if not SCHEMA.exists():
        pytest.skip("Slack's types are not at hand here")
    problems = [f"{list(e.path)}: {e.message[:300]}" for e in _validator(definition).iter_errors(value)]
    assert not problems, problems


def check_block_types(blocks: list[dict[str, Any]]) -> None:
    """Each block against Slack's own type of that name: much quicker than against all of them."""
    for block in json.loads(json.dumps(blocks)):
        check_types(f"{block['type'].title()}Block", block)


def check_blocks(blocks: list[dict[str, Any]], most: int = 50) -> None:
    """Everything that does not need Slack's types."""
    assert 0 < len(blocks) <= most
    seen: Counter[str] = Counter()
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, block
        shown = parsed.to_dict()
        assert shown["type"] == block["type"]
        _lengths(block)
        for element in _elements(block):
            if "action_id" in element:
                seen[f"{block.get('block_id')}/{element['action_id']}"] += 1
                assert len(element["action_id"]) <= 255
            assert len(element.get("value", "")) <= 2000
            _options(element)
        if not isinstance(parsed, InputBlock) and block["type"] == "section":
            assert block.get("text") or block.get("fields")
    assert all(count == 1 for count in seen.values()), seen
    if most == 50:
        assert _text(blocks) <= 13_200, "msg_blocks_too_long"


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(block.get("elements", []))
    found += [block[name] for name in ("accessory", "element") if name in block]
    return found


def _options(element: dict[str, Any]) -> None:
    options = list(element.get("options", []))
    for group in element.get("option_groups", []):
        assert 0 < len(group["options"]) <= 100
        assert len(group["label"]["text"]) <= 75
        options += group["options"]
    if "options" in element:
        most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(element["type"], 100)
        assert 0 < len(options) <= most
    for option in options:
        assert 0 < len(option["text"]["text"]) <= 75
        assert len(option["value"]) <= 150
    values = [option["value"] for option in options]
    assert len(values) == len(set(values))


def _lengths(block: dict[str, Any]) -> None:
    for field in block.get("fields", []):
        assert 0 < len(field["text"]) <= 2000
    match block["type"]:
        case "section":
            assert len(block.get("text", {}).get("text", "x")) <= 3000
            assert len(block.get("fields", [])) <= 10
        case "header":
            assert 0 < len(block["text"]["text"]) <= 150
        case "context":
            assert 0 < len(block["elements"]) <= 10
            assert all(0 < len(e["text"]) <= 3000 for e in block["elements"])
        case "actions":
            assert 0 < len(block["elements"]) <= 25
            for element in block["elements"]:
                if element["type"] == "button":
                    assert 0 < len(element["text"]["text"]) <= 75
        case "input":
            assert 0 < len(block["label"]["text"]) <= 2000
            assert len(block["element"].get("placeholder", {}).get("text", "")) <= 150
            assert len(str(block["element"].get("initial_value", ""))) <= 3000


def _text(part: Any) -> int:
    if isinstance(part, list):
        return sum(_text(each) for each in part)
    if isinstance(part, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _text(v) for k, v in part.items())
    return 0
