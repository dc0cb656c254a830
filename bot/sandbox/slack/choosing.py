"""What a person's choice in a select, picker, checkbox or text input makes of its state value."""

import re
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.slack.elements import MULTI, TEXTS, NotPossible, Place, options, pick_loosely, pick_option, shown
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.people import Directory, Unknown, User

_KEYS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}


def chosen(
    place: Place,
    before: Json,
    wanted: Any,
    *,
    viewer: User,
    directory: Directory,
    offered: list[Json],
    exact: bool = False,
    loose: bool = False,
    whole: bool = False,
) -> Json:
    """The state value after this person chose `wanted`.

    `wanted`: an option's text (its value with `exact`; with `loose` a part of the text will do), a date
    `YYYY-MM-DD`, a time `HH:MM`, a person's or channel's name, typed text, a list of those, True (tick all), None or
    False (empty). A single option given to a multi kind or to checkboxes is added or taken out again, unless `whole`.
    `offered` are the options at hand. Raises `NotPossible`.
    """
    kind = place.kind
    simple = kind.removeprefix("multi_")
    value: Json = {"type": kind}
    if "timezone" in before:
        value["timezone"] = before["timezone"]
    if kind in MULTI or kind in ("checkboxes", "file_input"):
        key = _KEYS[simple] if kind in ("checkboxes", "file_input") else _KEYS[simple] + "s"
        value[key] = _many(place, before, wanted, viewer, directory, offered, exact, loose, whole)
        return value
    key = _KEYS.get(simple, "value")
    if wanted in (None, "", False):
        return value if kind == "rich_text_input" else value | {key: None}
    if isinstance(wanted, list):
        if len(wanted) != 1:
            raise NotPossible("Only one can be chosen here.")
        wanted = wanted[0]
    return value | {key: _one(place, wanted, viewer, directory, offered, exact, loose)}


def _many(
    place: Place,
    before: Json,
    wanted: Any,
    viewer: User,
    directory: Directory,
    offered: list[Json],
    exact: bool,
    loose: bool,
    whole: bool,
) -> list[Any]:
    if wanted in (None, "", False):
        return []
    if wanted is True:
        return list(offered)
    wishes = wanted if isinstance(wanted, list) else [wanted]
    picked: list[Any] = []
    for wish in wishes:
        one = _one(place, wish, viewer, directory, offered, exact, loose)
        if one not in picked:
            picked.append(one)
    if isinstance(wanted, list) or whole:
        result = picked
    else:
        held = shown(before)
        result = [part for part in held if _key(part) != _key(picked[0])]
        if len(result) == len(held):
            result.append(picked[0])
    limit = place.element.get("max_selected_items")
    if limit and len(result) > int(limit):
        raise NotPossible(f"No more than {limit} can be chosen here.")
    return result


def _key(part: Any) -> Any:
    """What makes two chosen things the same: an option's value, else the thing itself."""
    return part.get("value") if isinstance(part, dict) else part


def _one(
    place: Place, wanted: Any, viewer: User, directory: Directory, offered: list[Json], exact: bool, loose: bool
) -> Any:
    kind = place.kind.removeprefix("multi_")
    text = str(wanted)
    if kind in ("static_select", "external_select", "radio_buttons", "checkboxes", "overflow"):
        if wanted is True and len(offered) == 1:
            return _bare(offered[0])
        if exact:
            match = next((option for option in offered if str(option.get("value")) == text), None)
            if match is None:
                raise NotPossible(f"There is no option with the value {text!r}.")
            return _bare(match)
        return _bare(pick_loosely(offered, text) if loose else pick_option(offered, text))
    try:
        if kind == "users_select":
            return directory.user(text).id
        if kind in ("channels_select", "conversations_select"):
            return directory.conversation(text, viewer)
    except Unknown as unknown:
        raise NotPossible(str(unknown)) from unknown
    if kind == "datepicker":
        return _date(text)
    if kind == "timepicker":
        return _time(text)
    if kind == "datetimepicker":
        return _moment(wanted, viewer)
    if kind == "rich_text_input":
        if isinstance(wanted, dict):
            return wanted
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        return {"type": "rich_text", "elements": [section]}
    if kind in TEXTS:
        return text
    raise NotPossible(f"Nothing can be chosen in a {place.kind}.")


def _bare(option: Json) -> Json:
    """An option as payloads carry it."""
    text = option.get("text")
    emoji = {"emoji": True} if isinstance(text, dict) and text.get("type") == "plain_text" else {}
    bare: Json = {"text": {**emoji, **text} if isinstance(text, dict) else text, "value": option.get("value", "")}
    if option.get("description"):
        bare["description"] = option["description"]
    return bare


def _date(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
    raise NotPossible(f"{text!r} is no date; give it as YYYY-MM-DD.")


def _time(text: str) -> str:
    if re.fullmatch(r"\d{2}:\d{2}", text):
        try:
            return time.fromisoformat(text).strftime("%H:%M")
        except ValueError:
            pass
    raise NotPossible(f"{text!r} is no time; give it as HH:MM.")


def _moment(wanted: Any, viewer: User) -> int:
    if isinstance(wanted, int) or re.fullmatch(r"\d{10}", str(wanted)):
        return int(wanted)
    try:
        at = datetime.fromisoformat(str(wanted))
    except ValueError:
        raise NotPossible(f"{wanted!r} is no time; give it as YYYY-MM-DD HH:MM.") from None
    return int((at if at.tzinfo else at.replace(tzinfo=viewer.zone())).timestamp())


def complaint(place: Place, value: Json) -> str | None:
    """What Slack's own client says about an input before it submits, or None.

    Required, number, e-mail, URL, lengths and limits; source: Slack's documentation of the input elements.
    """
    element = place.element
    held = shown(value)
    if not held:
        return None if place.block.get("optional") else "Please complete this required field."
    text = str(held[0]).strip()
    if place.kind == "number_input":
        return _number_complaint(element, text)
    if place.kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text):
        return "Please enter a valid email address."
    if place.kind == "url_text_input" and not re.fullmatch(r"https?://[^\s/]+\S*", text):
        return "Please enter a valid URL."
    if place.kind == "plain_text_input":
        length = len(str(held[0]))
        if not text and not place.block.get("optional"):
            return "Please complete this required field."
        if length < int(element.get("min_length") or 0):
            return f"Please enter at least {element['min_length']} characters."
        if length > int(element.get("max_length") or 3000):
            return f"Please enter no more than {element.get('max_length') or 3000} characters."
    return None


def _number_complaint(element: Json, text: str) -> str | None:
    decimal = bool(element.get("is_decimal_allowed"))
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?" if decimal else r"[+-]?\d+", text):
        return "Please enter a valid number." if decimal else "Please enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(text) < float(low):
        return f"Please enter a number that is at least {low}."
    if high is not None and float(text) > float(high):
        return f"Please enter a number that is at most {high}."
    return None


def choices(place: Place, directory: Directory) -> list[Json]:
    """The options an element lists, or that Slack fills in for people and channels."""
    if place.kind.endswith("users_select"):
        return [_option(user.real_name, user.id) for user in directory.users]
    return options(place.element)


def _option(text: str, value: str) -> Json:
    return {"text": {"type": "plain_text", "text": text, "emoji": True}, "value": value}
