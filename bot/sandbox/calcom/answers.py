"""Checks a booker's answers against the event type's booking fields, in Cal.com's words."""

from typing import Any

from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest
from bot.sandbox.calcom.event_type import EventType

EXPECTED = {
    "text": "string",
    "textarea": "string",
    "phone": "string",
    "address": "string",
    "url": "string",
    "number": "number",
    "boolean": "boolean",
    "select": "string or number",
    "radio": "string or number",
    "multiselect": "array",
    "checkbox": "array",
    "multiemail": "array",
}
"""The JavaScript type of each field type's answer."""

CHOICES, SEVERAL = ("select", "radio"), ("multiselect", "checkbox")

NO_PHONE = (
    'Missing attendee phone number - it is required by the event type. Pass it as "attendee.phoneNumber" string in the '
    "request."
)


def js_type(value: Any) -> str:
    """What JavaScript's `typeof` calls this JSON value: lists and null are objects."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "object"


def custom_fields(event_type: EventType) -> list[Json]:
    """The fields the owner added."""
    return [field for field in event_type.data.get("bookingFields") or [] if not field.get("isDefault")]


def check(event_type: EventType, given: Json, phone: str | None) -> None:
    """Refuse missing, mistyped and unoffered answers; `phone` is the attendee's."""
    for field in event_type.data.get("bookingFields") or []:
        slug = field["slug"]
        if slug in ("attendeePhoneNumber", "smsReminderNumber"):
            if field.get("required") and not phone and not given.get(slug):
                raise BadRequest(NO_PHONE)
        elif field.get("isDefault"):
            if slug in ("title", "notes") and field.get("required") and not field.get("hidden") and not given.get(slug):
                raise BadRequest("{" + slug + "}error_required_field")
        elif field.get("required") and given.get(slug) is None:
            raise BadRequest(
                f"Missing required booking field response: {slug} - it is required by the event type booking"
                " fields, but"
                f" missing in the bookingFieldsResponses. You can fetch the event type with ID {event_type.id} to"
                " see the"
                f" required fields."
            )
        elif slug in given:
            _check_answer(field, given[slug])


def _check_answer(field: Json, value: Any) -> None:
    kind, slug = field["type"], field["slug"]
    expected = EXPECTED.get(kind)
    if expected is None:
        return
    fits = isinstance(value, list) if expected == "array" else js_type(value) in expected.split(" or ")
    if not fits:
        raise BadRequest(
            f"Invalid type for booking field '{slug}'. Expected type {expected} (compatible with field type"
            f" '{kind}'), but"
            f" received {js_type(value)}."
        )
    offered = [str(option) for option in field.get("options") or []]
    allowed = ", ".join(offered)
    if kind in CHOICES and str(value) not in offered:
        raise BadRequest(f"Invalid option '{value}' for booking field '{slug}'. Allowed options are: {allowed}.")
    if kind in SEVERAL and any(str(entry) not in offered for entry in value):
        raise BadRequest(f"One or more invalid options for booking field '{slug}'. Allowed options are: {allowed}.")
