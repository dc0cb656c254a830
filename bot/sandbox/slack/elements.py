"""Interactive elements: finding them in blocks, their current values, and what choosing something does to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.stamps import Stamps

State = dict[str, dict[str, Json]]
"""`state.values` as Slack sends it: block_id -> action_id -> value."""

BUTTONS = ("button", "icon_button", "workflow_button")
SINGLE = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
MULTI = tuple(f"multi_{kind}" for kind in SINGLE)
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOICES = ("checkboxes", "radio_buttons")
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")
INTERACTIVE = (*BUTTONS, *SINGLE, *MULTI, *PICKERS, *CHOICES, *TEXTS, "overflow", "feedback_buttons")
STATEFUL = (*SINGLE, *MULTI, *PICKERS, *CHOICES, *TEXTS)

PLACEHOLDERS = {
    "datepicker": "Select a date",
    "timepicker": "Select a time",
    "datetimepicker": "Select a date and time",
    "overflow": "More options",
}


class NotPossible(Exception):
    """The person's client does not offer this; `str()` says why."""


@dataclass(frozen=True)
class Place:
    """An interactive element where it stands."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """The id of its block."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """Its action id."""
        return str(self.element.get("action_id", ""))

    @property
    def kind(self) -> str:
        """Its type: `button`, `static_select`, ..."""
        return str(self.element["type"])

    @property
    def in_input(self) -> bool:
        """Whether it stands in an input block."""
        return self.block.get("type") == "input"

    @property
    def label(self) -> str:
        """What stands in its brackets: a button's text, else the placeholder or the label."""
        if self.kind in BUTTONS:
            return words(self.element.get("text"))
        placeholder = words(self.element.get("placeholder"))
        label = words(self.block.get("label")) if self.in_input else ""
        return placeholder or label or PLACEHOLDERS.get(self.kind, "Select an option")


def words(text: Any) -> str:
    """The text of a text object (or of a plain string)."""
    if isinstance(text, dict):
        return str(text.get("text", ""))
    return str(text) if isinstance(text, str) else ""


def walk(blocks: list[Json]) -> Iterator[Place]:
    """Every interactive element of these blocks in the order shown."""
    for block in blocks:
        kind = block.get("type")
        found: list[Any] = []
        if kind == "section":
            found = [block.get("accessory")]
        elif kind in ("actions", "context_actions"):
            found = list(block.get("elements", []))
        elif kind == "input":
            found = [block.get("element")]
        elif kind == "card":
            found = list(block.get("actions", []))
        elif kind == "carousel":
            yield from walk(block.get("elements", []))
        elif kind == "container":
            yield from walk(block.get("child_blocks", []))
        for element in found:
            if isinstance(element, dict) and element.get("type") in INTERACTIVE:
                yield Place(block, element)


def without_nulls(part: Any) -> Any:
    """A deep copy without the properties that were given as null: to Slack they are as good as left out."""
    if isinstance(part, dict):
        return {name: without_nulls(value) for name, value in part.items() if value is not None}
    return [without_nulls(value) for value in part] if isinstance(part, list) else part


def identified(blocks: list[Json], stamps: Stamps) -> list[Json]:
    """A copy with the block and action ids that Slack fills in where the app gave none."""
    blocks = list(without_nulls(blocks))

    def fill(many: list[Json]) -> None:
        for block in many:
            block.setdefault("block_id", stamps.id("b"))
            for inner in ("child_blocks", "elements"):
                if block["type"] in ("container", "carousel"):
                    fill(block.get(inner, []))

    fill(blocks)
    for place in walk(blocks):
        place.element.setdefault("action_id", stamps.id("a"))
    return blocks


def options(element: Json) -> list[Json]:
    """The options an element lists itself, groups flattened."""
    grouped = [option for group in element.get("option_groups") or [] for option in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]


def empty(element: Json) -> Json:
    """The state value of an element that shows what the app gave it at first."""
    kind = str(element["type"])
    simple = kind.removeprefix("multi_")
    if kind in MULTI:
        key, initial = {
            "static_select": ("selected_options", "initial_options"),
            "external_select": ("selected_options", "initial_options"),
            "users_select": ("selected_users", "initial_users"),
            "channels_select": ("selected_channels", "initial_channels"),
            "conversations_select": ("selected_conversations", "initial_conversations"),
        }[simple]
        return {"type": kind, key: list(element.get(initial) or [])}
    key, initial = {
        "static_select": ("selected_option", "initial_option"),
        "external_select": ("selected_option", "initial_option"),
        "radio_buttons": ("selected_option", "initial_option"),
        "users_select": ("selected_user", "initial_user"),
        "channels_select": ("selected_channel", "initial_channel"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "datepicker": ("selected_date", "initial_date"),
        "timepicker": ("selected_time", "initial_time"),
        "datetimepicker": ("selected_date_time", "initial_date_time"),
        "checkboxes": ("selected_options", "initial_options"),
        "rich_text_input": ("rich_text_value", "initial_value"),
        "file_input": ("files", "files"),
    }.get(kind, ("value", "initial_value"))
    value = element.get(initial)
    if kind in ("checkboxes", "file_input"):
        value = list(value or [])
    if kind == "rich_text_input" and value is None:
        return {"type": kind}
    if kind == "timepicker" and element.get("timezone"):
        return {"type": kind, key: value, "timezone": element["timezone"]}
    return {"type": kind, key: value}


def current(blocks: list[Json], kept: State, *, inputs_only: bool = False) -> State:
    """The whole state of these blocks: what was `kept`, else the initial values."""
    state: State = {}
    for place in walk(blocks):
        if place.kind in STATEFUL and (place.in_input or not inputs_only):
            value = kept.get(place.block_id, {}).get(place.action_id)
            if value is None or value.get("type") != place.kind:
                value = empty(place.element)
            state.setdefault(place.block_id, {})[place.action_id] = value
    return state


def is_empty(value: Json) -> bool:
    """Whether a state value holds nothing."""
    return all(part in (None, [], "") for name, part in value.items() if name not in ("type", "timezone"))


def shown(value: Json) -> list[Any]:
    """What a state value holds, as a list (options, ids, or texts)."""
    found: list[Any] = []
    for name, part in value.items():
        if name in ("type", "timezone") or part is None or part == "":
            continue
        found.extend(part if isinstance(part, list) else [part])
    return found


def pick_option(offered: list[Json], wanted: str) -> Json:
    """The option a person means: by exact text, then ignoring case, then the first that contains or matches it."""
    texts = [words(option.get("text")) for option in offered]
    for option, text in zip(offered, texts, strict=True):
        if text == wanted:
            return option
    for option, text in zip(offered, texts, strict=True):
        if text.strip().casefold() == wanted.strip().casefold():
            return option
    raise NotPossible(f"{wanted!r} is not offered; there are: {', '.join(texts) or 'no options'}.")


def pick_loosely(offered: list[Json], wanted: str) -> Json:
    """Like `pick_option`, then the first option that contains `wanted` or that it matches as a pattern."""
    try:
        return pick_option(offered, wanted)
    except NotPossible as refusal:
        for option in offered:
            if wanted.strip() and wanted.strip().casefold() in words(option.get("text")).casefold():
                return option
        try:
            pattern = re.compile(wanted, re.IGNORECASE)
        except re.error:
            raise refusal from None
        for option in offered:
            if wanted and pattern.search(words(option.get("text"))):
                return option
        raise
