"""Slack's limits on what an app posts: blocks and views, refused with Slack's own messages."""

import json
from typing import Any

from bot.sandbox.slack.block_rules import BLOCKS, MESSAGE_ONLY
from bot.sandbox.slack.element_rules import IDENTIFIER, plain
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.rules import Complaints, Rule, array, boolean, complain, one_of, shape, string, typed

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT_IN_BLOCKS = 13_200
"""Characters of all texts of a message's blocks together (bolt-js issue 2509)."""
MARKDOWN_IN_MESSAGE = 12_000
VIEW_BYTES = 250_000

_IN_MESSAGES = typed(BLOCKS)
_IN_VIEWS = typed({kind: rule for kind, rule in BLOCKS.items() if kind not in MESSAGE_ONLY})


def check_blocks(blocks: object, surface: str = "message") -> list[str]:
    """What is wrong with these blocks, as Slack's `response_metadata.messages` words it; empty if nothing.

    `surface` is `message`, `modal` or `home`.
    """
    found: Complaints = []
    if surface == "message":
        array(_IN_MESSAGES, MESSAGE_BLOCKS, 0)(blocks, "/blocks", found)
    else:
        array(_IN_VIEWS, VIEW_BLOCKS, 0 if surface == "home" else 1)(blocks, "/view/blocks", found)
    if not found and isinstance(blocks, list):
        _check_whole(blocks, surface, found)
    return found


def _check_whole(blocks: list[Json], surface: str, found: Complaints) -> None:
    path = "/blocks" if surface == "message" else "/view/blocks"
    seen: set[str] = set()
    for number, block in enumerate(_all(blocks)):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            complain(found, f'block_id "{block_id}" already exists', f"{path}/{number}/block_id")
        seen.add(str(block_id))
        if block["type"] == "input" and block["element"]["type"] == "file_input" and surface != "modal":
            complain(found, "unsupported type: file_input", f"{path}/{number}/element/type")
    focused = [e for block in _all(blocks) for e in _elements(block) if e.get("focus_on_load")]
    if len(focused) > 1:
        complain(found, "only one element can have focus_on_load", path)
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_IN_MESSAGE:
        complain(found, f"markdown blocks must be less than {MARKDOWN_IN_MESSAGE + 1} characters together", path)
    if sum(block["type"] == "table" for block in blocks) > 1:
        complain(found, "only_one_table_allowed", path)


def _all(blocks: list[Json]) -> list[Json]:
    return [each for block in blocks for each in (block, *(block.get("child_blocks") or []))]


def _elements(block: Json) -> list[Json]:
    inside = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
    return [element for element in inside if isinstance(element, dict)]


def _checked_elsewhere(value: Any, path: str, found: Complaints) -> None:
    """Blocks have their own check."""


_COMMON: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": IDENTIFIER,
    "external_id": string(255, 0),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
_MODAL = shape(
    {"title": plain(24), "blocks": _checked_elsewhere},
    {**_COMMON, "submit": plain(24), "close": plain(24), "submit_disabled": boolean},
)
_HOME = shape({"blocks": _checked_elsewhere}, _COMMON)


def check_view(view: Json) -> list[str]:
    """What is wrong with this view (a modal or a Home tab); empty if nothing."""
    found: Complaints = []
    one_of("modal", "home")(view.get("type"), "/view/type", found)
    if found:
        return found
    kind = str(view["type"])
    (_MODAL if kind == "modal" else _HOME)(view, "/view", found)
    found += check_blocks(view.get("blocks"), kind)
    blocks = view.get("blocks")
    if not found and kind == "modal" and isinstance(blocks, list) and not view.get("submit"):
        for number, block in enumerate(_all(blocks)):
            if block["type"] == "input":
                complain(found, "missing required field: submit", "/view")
                complain(found, "must define `submit` to use an `input` block", f"/view/blocks/{number}/type")
                break
    return found


def view_too_large(view: Json) -> bool:
    """Whether the view as a whole is over Slack's 250 KB."""
    return len(json.dumps(view).encode()) > VIEW_BYTES


def too_much_text(blocks: list[Json]) -> bool:
    """Whether the blocks' texts together are over Slack's limit for one message (about 13,200 characters)."""
    return _length(blocks) > TEXT_IN_BLOCKS


def _length(part: object) -> int:
    if isinstance(part, list):
        return sum(_length(each) for each in part)
    if isinstance(part, dict):
        return sum(
            len(value) if name == "text" and isinstance(value, str) else _length(value) for name, value in part.items()
        )
    return 0
