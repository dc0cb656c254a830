"""Cal.com's API document, mended where it describes what the service does not answer."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FILE = Path(__file__).resolve().parents[2].parent / "shared" / "calcom-openapi.json"
"""Beside the repository in CI; not part of it."""

ABSENT = f"the API document is not beside the repository ({FILE.name})"

Json = dict[str, Any]
WEEKDAY_LIST = {"type": "array", "items": {"type": "string"}}
OBJECTS = {"type": "array", "items": {"type": "object"}}
NUMBER_OR_NULL = {"type": "number", "nullable": True}

MENDED: dict[tuple[str, str], Json] = {
    # Generated from class names that the generator did not know: an enum on the list, `object` for plain values.
    ("ScheduleAvailabilityInput_2024_06_11", "days"): WEEKDAY_LIST,
    ("EventTypeOutput_2024_06_14", "users"): OBJECTS,
    ("TeamEventTypeOutput_2024_06_14", "hosts"): OBJECTS,
    ("TeamEventTypeOutput_2024_06_14", "ownerId"): NUMBER_OR_NULL,
    ("TeamEventTypeOutput_2024_06_14", "parentEventTypeId"): NUMBER_OR_NULL,
    ("CalendarLinksOutput_2024_08_13", "status"): {"type": "string"},
    ("BookingReferencesOutput_2024_08_13", "status"): {"type": "string"},
    ("DestinationCalendar", "id"): {"type": "number"},
    ("BookingHost", "id"): {"anyOf": [{"type": "number"}, {"type": "string", "enum": ["unknown"]}]},
    # These two refer to themselves.
    ("ReassignBookingOutput_2024_08_13", "data"): {
        "type": "object",
        "required": ["bookingUid", "reassignedTo"],
        "properties": {
            "bookingUid": {"type": "string"},
            "reassignedTo": {"type": "object", "required": ["id", "name", "email"]},
        },
    },
    ("GetReservedSlotOutput_2024_09_04", "data"): {
        "nullable": True,
        "allOf": [{"$ref": "#/components/schemas/ReserveSlotOutput_2024_09_04"}],
    },
}
for _output in ("EventTypeOutput_2024_06_14", "TeamEventTypeOutput_2024_06_14"):
    MENDED[_output, "slotInterval"] = NUMBER_OR_NULL
    MENDED[_output, "seatsPerTimeSlot"] = NUMBER_OR_NULL
    MENDED[_output, "successRedirectUrl"] = {"type": "string", "nullable": True}
    MENDED[_output, "bookingWindow"] = {"type": "object"}


def mended() -> Json:
    """The document; a `oneOf` of overlapping forms becomes `anyOf`."""
    document: Json = json.loads(FILE.read_text())
    _loosen(document)
    schemas = document["components"]["schemas"]
    for (name, property_name), schema in MENDED.items():
        assert property_name in schemas[name]["properties"], (name, property_name)
        schemas[name]["properties"][property_name] = schema
    return document


def _loosen(node: Any) -> None:
    if isinstance(node, dict):
        if "oneOf" in node:
            node["anyOf"] = node.pop("oneOf")
        for value in node.values():
            _loosen(value)
    elif isinstance(node, list):
        for value in node:
            _loosen(value)


def _without_nullable(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(node, list):
        return [_without_nullable(value) for value in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _without_nullable(value) for name, value in node.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


@lru_cache(maxsize=1)
def _answers() -> list[tuple[str, list[str], str, Draft202012Validator]]:
    """Each described success: method, parts of the path, status, validator."""
    document = _without_nullable(mended())
    found = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                schema = answer.get("content", {}).get("application/json", {}).get("schema")
                if schema is not None and status.startswith("2"):
                    whole = {**schema, "components": document["components"]}
                    found.append((method.upper(), path.strip("/").split("/"), status, Draft202012Validator(whole)))
    # Fixed words win over parameters.
    return sorted(found, key=lambda entry: sum(part.startswith("{") for part in entry[1]))


def complaints(method: str, path: str, status: int, body: Any) -> list[str]:
    """How a success differs from its description; nothing if the document is absent or silent about it."""
    if not FILE.exists():
        return []
    given = path.strip("/").split("/")
    for described, parts, code, validator in _answers():
        if described != method or len(parts) != len(given):
            continue
        if all(part.startswith("{") or part == word for part, word in zip(parts, given, strict=True)):
            if code != str(status):
                return [f"status {status}, described is {code}"]
            return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(body)]
    return []
