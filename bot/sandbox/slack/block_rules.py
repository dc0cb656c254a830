"""The rules of Block Kit's blocks.

Sources: Slack's reference of the blocks, its published types, and the limits in its Python SDK's models.
"""

from typing import Any

from bot.sandbox.slack.element_rules import (
    CHOICES,
    ELEMENTS,
    IDENTIFIER,
    IMAGE,
    PICKERS,
    SELECTS,
    SLACK_FILE,
    TEXT_INPUTS,
    URL,
    mrkdwn,
    plain,
    text,
)
from bot.sandbox.slack.rules import (
    Complaints,
    Rule,
    any_of,
    array,
    boolean,
    complain,
    number,
    one_of,
    only,
    shape,
    string,
    typed,
)

_ID: dict[str, Rule] = {"block_id": IDENTIFIER}


def _unique_actions(name: str) -> Rule:
    """No action id twice within one block."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        elements = value.get(name)
        ids = [e.get("action_id") for e in elements if isinstance(e, dict)] if isinstance(elements, list) else []
        for action_id in {i for i in ids if i is not None and ids.count(i) > 1}:
            complain(found, f'action_id "{action_id}" already exists', f"{path}/{name}")

    return rule


# -- rich text --

_STYLE = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_STYLED: dict[str, Rule] = {"style": _STYLE}
_INLINE = typed(
    {
        "text": shape({"text": string(40_000, 0)}, _STYLED),
        "link": shape({"url": URL}, {**_STYLED, "text": string(40_000, 0), "unsafe": boolean}),
        "user": shape({"user_id": string(255)}, _STYLED),
        "channel": shape({"channel_id": string(255)}, _STYLED),
        "usergroup": shape({"usergroup_id": string(255)}, _STYLED),
        "team": shape({"team_id": string(255)}, _STYLED),
        "emoji": shape(
            {"name": string(255)}, {**_STYLED, "unicode": string(255), "url": URL, "skin_tone": number(1, 6)}
        ),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": shape({"value": string(255)}, _STYLED),
        "date": shape(
            {"timestamp": number(0, 9_999_999_999), "format": string(255)},
            {**_STYLED, "url": URL, "fallback": string(3000), "timezone": string(255)},
        ),
    }
)
_LINES = array(_INLINE, 1000, 0)
_SECTION = shape({"elements": _LINES})
_RICH_PARTS = typed(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": shape(
            {"style": one_of("bullet", "ordered"), "elements": array(typed({"rich_text_section": _SECTION}), 1000)},
            {"indent": number(0, 8), "offset": number(0, 10_000), "border": number(0, 1)},
        ),
        "rich_text_quote": shape({"elements": _LINES}, {"border": number(0, 1)}),
        "rich_text_preformatted": shape({"elements": _LINES}, {"border": number(0, 1), "language": string(255)}),
    }
)
RICH_TEXT = shape({"elements": array(_RICH_PARTS, 1000)}, _ID)
_RICH = typed({"rich_text": RICH_TEXT})

# -- tables, cards, tasks --

_CELL = typed(
    {
        "raw_text": shape({"text": string(3000, 0)}),
        "raw_number": shape({"text": string(255), "value": number(-1e300, 1e300)}),
        "rich_text": RICH_TEXT,
    }
)


def _column(value: Any, path: str, found: Complaints) -> None:
    if value is not None:
        shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})(value, path, found)


_ROWS = array(array(_CELL, 20), 100)
_IMAGE = typed({"image": IMAGE})
_SOURCE = typed({"url": shape({"url": URL, "text": string(3000)})})
_CARD = shape(
    {},
    {
        **_ID,
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": array(only(ELEMENTS, "button"), 25),
    },
    any_of("hero_image", "title", "actions", "body"),
    _unique_actions("actions"),
)
_TASK = shape(
    {
        "task_id": string(255),
        "title": string(3000),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {**_ID, "details": _RICH, "output": _RICH, "sources": array(_SOURCE, 100, 0)},
)

SIMPLE: dict[str, Rule] = {
    "section": shape(
        {},
        {
            **_ID,
            "text": text(3000),
            "fields": array(text(2000), 10),
            "expand": boolean,
            "accessory": only(ELEMENTS, "button", "workflow_button", "image", "overflow", *CHOICES, *PICKERS, *SELECTS),
        },
        any_of("text", "fields"),
    ),
    "divider": shape({}, _ID),
    "header": shape({"text": plain(150)}, {**_ID, "level": number(1, 6)}),
    "image": shape(
        {"alt_text": string(2000)},
        {**_ID, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        any_of("image_url", "slack_file"),
    ),
    "context": shape(
        {"elements": array(typed({"image": IMAGE, "plain_text": plain(3000), "mrkdwn": mrkdwn(3000)}), 10)}, _ID
    ),
    "actions": shape(
        {
            "elements": array(
                only(
                    ELEMENTS, "button", "workflow_button", "overflow", "rich_text_input", *CHOICES, *PICKERS, *SELECTS
                ),
                25,
            )
        },
        _ID,
        _unique_actions("elements"),
    ),
    "input": shape(
        {
            "label": plain(2000),
            "element": only(ELEMENTS, "file_input", *CHOICES, *PICKERS, *SELECTS, *TEXT_INPUTS),
        },
        {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
    "video": shape(
        {"alt_text": string(2000), "title": plain(199), "thumbnail_url": URL, "video_url": URL},
        {
            **_ID,
            "author_name": string(49),
            "description": plain(199),
            "provider_icon_url": URL,
            "provider_name": string(255),
            "title_url": URL,
        },
    ),
    "file": shape({"external_id": string(255), "source": one_of("remote")}, _ID),
    "table": shape({"rows": _ROWS}, {**_ID, "column_settings": array(_column, 20, 0)}),
}

BLOCKS: dict[str, Rule] = {
    **SIMPLE,
    "markdown": shape({"text": string(12_000)}, _ID),
    "context_actions": shape(
        {"elements": array(only(ELEMENTS, "feedback_buttons", "icon_button"), 5)}, _ID, _unique_actions("elements")
    ),
    "data_table": shape(
        {"caption": string(3000), "rows": array(array(_CELL, 20), 1000)},
        {**_ID, "page_size": number(1, 100), "row_header_column_index": number(0, 19)},
    ),
    "card": _CARD,
    "carousel": shape({"elements": array(typed({"card": _CARD}), 10)}, _ID),
    "container": shape(
        {"child_blocks": array(typed(SIMPLE), 10)},
        {
            **_ID,
            "title": plain(150),
            "rich_text_title": _RICH,
            "subtitle": text(150),
            "icon": _IMAGE,
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        any_of("title", "rich_text_title"),
    ),
    "alert": shape({"text": text(3000)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")}),
    "task_card": _TASK,
    "plan": shape({"title": string(3000)}, {**_ID, "tasks": array(typed({"task_card": _TASK}), 100, 0)}),
    "call": shape({"call_id": string(255)}, {**_ID, "api_decoration_available": boolean, "call": lambda v, p, f: None}),
}

MESSAGE_ONLY = ("markdown", "context_actions", "task_card", "plan", "carousel", "data_table", "table", "call")
"""Blocks that views do not take."""
