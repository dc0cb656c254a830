"""Blocks and views for the tests: one of everything that an app may post."""

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None) -> Block:
    return {"text": plain(text), "value": value or text.lower()}


def button(text: str, action_id: str = "go", **more: Any) -> Block:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Block, block_id: str = "acts") -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def field(label: str, element: Block, block_id: str, **more: Any) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "v", **element},
        **more,
    }


def modal(*blocks: Block, **more: Any) -> Block:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "close": plain("Back"),
        "blocks": list(blocks),
        **more,
    }


def rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def text(words: str, **style: bool) -> Block:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


OPTIONS = [option("One"), option("Two"), option("Three")]

EVERYTHING: list[Block] = [
    {"type": "header", "text": plain("Your meeting")},
    section("*Bold* with <https://cal.com|a link>", accessory=button("More", "more", value="x", style="primary")),
    {"type": "section", "fields": [mrkdwn("*Who*\nBailey"), plain("When")]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A map", "title": plain("Where")},
    {
        "type": "context",
        "elements": [
            {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "icon"},
            mrkdwn("in _UTC_"),
        ],
    },
    actions(
        button("Confirm", "yes", style="primary", confirm={"title": plain("Sure?"), "text": mrkdwn("Really?")}),
        button("Open", "open", url="https://example.com"),
        {"type": "static_select", "action_id": "s", "placeholder": plain("Pick one"), "options": OPTIONS},
        {
            "type": "static_select",
            "action_id": "g",
            "option_groups": [{"label": plain("Group"), "options": OPTIONS}],
            "initial_option": OPTIONS[1],
        },
        {"type": "multi_static_select", "action_id": "ms", "placeholder": plain("Pick many"), "options": OPTIONS},
        {"type": "external_select", "action_id": "ex", "placeholder": plain("Search"), "min_query_length": 2},
        {"type": "users_select", "action_id": "u", "placeholder": plain("Who"), "initial_user": "U0SAM00001"},
        {"type": "conversations_select", "action_id": "c", "filter": {"include": ["public"]}},
        {"type": "channels_select", "action_id": "ch"},
        {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-24", "placeholder": plain("Day")},
        {"type": "timepicker", "action_id": "t", "initial_time": "14:30"},
        {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1_764_000_000},
        {"type": "checkboxes", "action_id": "cb", "options": OPTIONS, "initial_options": [OPTIONS[0]]},
        {"type": "radio_buttons", "action_id": "r", "options": OPTIONS, "initial_option": OPTIONS[2]},
        {"type": "overflow", "action_id": "o", "options": OPTIONS},
        block_id="all",
    ),
    field("Topic", {"type": "plain_text_input", "multiline": True, "max_length": 3000, "min_length": 2}, "f1"),
    field("Mail", {"type": "email_text_input", "placeholder": plain("you@example.com")}, "f2", optional=True),
    field("Site", {"type": "url_text_input", "initial_value": "https://cal.com"}, "f3", hint=plain("Any page")),
    field("Seats", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}, "f4"),
    field("Notes", {"type": "rich_text_input"}, "f5", dispatch_action=True),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    text("Hello ", bold=True),
                    {"type": "user", "user_id": "U0ANN00001"},
                    {"type": "channel", "channel_id": "C0SUPPORT1"},
                    {"type": "emoji", "name": "tada"},
                    {"type": "link", "url": "https://cal.com", "text": "Cal"},
                    {"type": "date", "timestamp": 1_764_000_000, "format": "{date_num}", "fallback": "then"},
                    {"type": "broadcast", "range": "here"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 0,
                "elements": [{"type": "rich_text_section", "elements": [text("first")]}],
            },
            {"type": "rich_text_quote", "elements": [text("quoted")]},
            {"type": "rich_text_preformatted", "elements": [text("code")], "border": 0},
        ],
    },
    {"type": "markdown", "text": "# Title\n**bold** and [a link](https://cal.com)\n- item"},
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Day"}, {"type": "raw_text", "text": "Time"}],
            [{"type": "raw_text", "text": "Tue"}, rich(text("2pm"))],
        ],
        "column_settings": [{"align": "left", "is_wrapped": True}],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "fb",
                "positive_button": {"text": plain("Good"), "value": "up"},
                "negative_button": {"text": plain("Bad"), "value": "down"},
            },
            {"type": "icon_button", "action_id": "ib", "icon": "trash", "text": plain("Delete")},
        ],
    },
    {
        "type": "card",
        "title": mrkdwn("*30 minutes*"),
        "subtitle": mrkdwn("with Bailey"),
        "body": mrkdwn("A call"),
        "actions": [button("Book it", "card")],
    },
    {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn("One card")}]},
    {"type": "alert", "level": "warning", "text": mrkdwn("Too soon")},
    {"type": "task_card", "task_id": "1", "title": "Looking", "status": "in_progress", "details": rich(text("slots"))},
    {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"type": "task_card", "task_id": "2", "title": "Ask", "status": "pending"}],
    },
    {"type": "container", "title": plain("Box"), "child_blocks": [section("inside")], "width": "wide"},
    {
        "type": "video",
        "title": plain("Recording"),
        "title_url": "https://example.com/v",
        "video_url": "https://example.com/v.mp4",
        "thumbnail_url": "https://example.com/t.png",
        "alt_text": "A recording",
        "description": plain("Of the call"),
    },
]
