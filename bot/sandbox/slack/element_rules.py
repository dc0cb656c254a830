"""The rules of Block Kit's text objects, options and elements.

Sources: Slack's reference of the elements and the limits in its Python SDK's models.
"""

from typing import Any

from bot.sandbox.slack.rules import (
    Complaints,
    Rule,
    any_of,
    array,
    boolean,
    complain,
    matching,
    number,
    one_of,
    shape,
    string,
    typed,
)

IDENTIFIER = string(255)
URL = matching(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", "must be a valid URL")
DATE = matching(r"\d{4}-\d{2}-\d{2}", "must be in the format YYYY-MM-DD")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be in the format HH:mm")
SLACK_FILE = shape({}, {"id": string(255), "url": URL}, any_of("id", "url"))


def plain(longest: int) -> Rule:
    """A plain_text object."""
    return typed({"plain_text": shape({"text": string(longest)}, {"emoji": boolean})})


def mrkdwn(longest: int) -> Rule:
    """A mrkdwn object."""
    return typed({"mrkdwn": shape({"text": string(longest)}, {"verbatim": boolean})})


def text(longest: int) -> Rule:
    """A plain_text or mrkdwn object."""
    return typed(
        {
            "plain_text": shape({"text": string(longest)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(longest)}, {"verbatim": boolean}),
        }
    )


CONFIRM = shape(
    {"text": text(300)},
    {"title": plain(100), "confirm": plain(30), "deny": plain(30), "style": one_of("primary", "danger")},
)
PLAIN_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": URL})
GROUP = shape({"label": plain(75), "options": array(PLAIN_OPTION, 100)})
STYLE = one_of("primary", "danger")
DISPATCH = shape({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)})
FILTER = shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

_ACTION: dict[str, Rule] = {"action_id": IDENTIFIER}
_CHOOSER: dict[str, Rule] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": boolean}
_SELECT: dict[str, Rule] = {**_CHOOSER, "placeholder": plain(150)}
_MANY: dict[str, Rule] = {**_SELECT, "max_selected_items": number(1, 1000)}
_TYPED: dict[str, Rule] = {
    **_ACTION,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}


def _offered(value: Any, path: str, found: Complaints) -> None:
    """Options or groups, not both; the initial option is one of them; no value twice."""
    has_options, has_groups = value.get("options") is not None, value.get("option_groups") is not None
    if has_options == has_groups:
        complain(found, "must have either options or option_groups", path)
        return
    _initial(value, path, found)


def _initial(value: Any, path: str, found: Complaints) -> None:
    groups = [group for group in value.get("option_groups") or [] if isinstance(group, dict)]
    options = [*(value.get("options") or []), *(o for group in groups for o in group.get("options") or [])]
    values = [option.get("value") for option in options if isinstance(option, dict)]
    if len(set(map(str, values))) < len(values):
        complain(found, "option values must be unique", path)
    initial = value.get("initial_options") or [value.get("initial_option")]
    for option in initial if isinstance(initial, list) else []:
        if isinstance(option, dict) and not any(_same(option, offered) for offered in options):
            complain(found, "initial option must match one of the options", path)


def _same(option: dict[str, Any], offered: Any) -> bool:
    def words(given: dict[str, Any]) -> Any:
        inner = given.get("text")
        return inner.get("text") if isinstance(inner, dict) else inner

    return isinstance(offered, dict) and (option.get("value"), words(option)) == (offered.get("value"), words(offered))


def _lengths(value: Any, path: str, found: Complaints) -> None:
    low, high, initial = value.get("min_length"), value.get("max_length"), value.get("initial_value")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        complain(found, "min_length must not be greater than max_length", path)
    if isinstance(initial, str) and isinstance(high, int) and len(initial) > high:
        complain(found, f"must be less than {high + 1} characters", f"{path}/initial_value")


def _numeric(value: Any, path: str, found: Complaints) -> None:
    for name in ("initial_value", "min_value", "max_value"):
        given = value.get(name)
        if given is not None:
            try:
                float(given)
            except (TypeError, ValueError):
                complain(found, "must be a number given as a string", f"{path}/{name}")


def _whole(value: Any, path: str, found: Complaints) -> None:
    if isinstance(value.get("initial_date_time"), float):
        complain(found, "must be a Unix timestamp of 10 digits", f"{path}/initial_date_time")


IMAGE = shape(
    {"alt_text": string(2000)}, {"image_url": URL, "slack_file": SLACK_FILE}, any_of("image_url", "slack_file")
)
_FEEDBACK_BUTTON = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
_WORKFLOW = shape(
    {
        "trigger": shape(
            {"url": URL},
            {"customizable_input_parameters": array(shape({"name": string(255), "value": string(3000)}), 100)},
        )
    }
)
_BUTTON = {
    **_ACTION,
    "url": URL,
    "value": string(2000, 0),
    "style": STYLE,
    "confirm": CONFIRM,
    "accessibility_label": string(75),
    "visible_to_user_ids": array(string(255), 100),
    "agent_prompt": string(4000),
    "agent_prompt_display": string(255),
}

# `rich_text` blocks import nothing from here; an input's initial value is only looked at for its type.
_RICH = typed(
    {"rich_text": shape({"elements": array(lambda value, path, found: None, 1000)}, {"block_id": IDENTIFIER})}
)

ELEMENTS: dict[str, Rule] = {
    "button": shape({"text": plain(75)}, _BUTTON),
    "workflow_button": shape({"text": plain(75), "workflow": _WORKFLOW}, _BUTTON),
    "icon_button": shape(
        {"text": plain(75), "icon": string(75)},
        {
            name: _BUTTON[name]
            for name in ("action_id", "value", "confirm", "accessibility_label", "visible_to_user_ids")
        },
    ),
    "feedback_buttons": shape({"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON}, _ACTION),
    "overflow": shape({"options": array(PLAIN_OPTION, 5)}, {**_ACTION, "confirm": CONFIRM}),
    "checkboxes": shape({"options": array(OPTION, 10)}, {**_CHOOSER, "initial_options": array(OPTION, 10)}, _initial),
    "radio_buttons": shape({"options": array(OPTION, 10)}, {**_CHOOSER, "initial_option": OPTION}, _initial),
    "datepicker": shape({}, {**_SELECT, "initial_date": DATE}),
    "timepicker": shape({}, {**_SELECT, "initial_time": TIME, "timezone": string(255)}),
    "datetimepicker": shape({}, {**_CHOOSER, "initial_date_time": number(1e9, 9_999_999_999)}, _whole),
    "static_select": shape(
        {},
        {
            **_SELECT,
            "options": array(PLAIN_OPTION, 100),
            "option_groups": array(GROUP, 100),
            "initial_option": PLAIN_OPTION,
        },
        _offered,
    ),
    "multi_static_select": shape(
        {},
        {
            **_MANY,
            "options": array(PLAIN_OPTION, 100),
            "option_groups": array(GROUP, 100),
            "initial_options": array(PLAIN_OPTION, 100),
        },
        _offered,
    ),
    "external_select": shape({}, {**_SELECT, "initial_option": PLAIN_OPTION, "min_query_length": number(0, 100)}),
    "multi_external_select": shape(
        {}, {**_MANY, "initial_options": array(PLAIN_OPTION, 100), "min_query_length": number(0, 100)}
    ),
    "users_select": shape({}, {**_SELECT, "initial_user": string(255)}),
    "multi_users_select": shape({}, {**_MANY, "initial_users": array(string(255), 100, 0)}),
    "channels_select": shape({}, {**_SELECT, "initial_channel": string(255), "response_url_enabled": boolean}),
    "multi_channels_select": shape({}, {**_MANY, "initial_channels": array(string(255), 100, 0)}),
    "conversations_select": shape(
        {},
        {
            **_SELECT,
            "initial_conversation": string(255),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "multi_conversations_select": shape(
        {},
        {
            **_MANY,
            "initial_conversations": array(string(255), 100, 0),
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "plain_text_input": shape(
        {},
        {
            **_TYPED,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
        _lengths,
    ),
    "email_text_input": shape({}, {**_TYPED, "initial_value": string(3000, 0)}),
    "url_text_input": shape({}, {**_TYPED, "initial_value": string(3000, 0)}),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": string(255), "min_value": string(255), "max_value": string(255)},
        _numeric,
    ),
    "rich_text_input": shape(
        {},
        {**_TYPED, "initial_value": _RICH, "min_lines": number(1, 1000), "max_lines": number(1, 1000)},
    ),
    "file_input": shape({}, {**_ACTION, "filetypes": array(string(255), 100), "max_files": number(1, 10)}),
    "image": IMAGE,
}

SELECTS = tuple(
    f"{many}{kind}_select"
    for kind in ("static", "external", "users", "channels", "conversations")
    for many in ("", "multi_")
)
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOICES = ("checkboxes", "radio_buttons")
TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
