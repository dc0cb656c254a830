"""Where a booking takes place: the event type's locations and what the attendee chose."""

from collections.abc import Callable

from bot.sandbox.calcom import shape
from bot.sandbox.calcom.answers import NO_PHONE
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.shape import Shape, Tagged

CAL_VIDEO: Json = {"type": "integration", "integration": "cal-video"}

INTEGRATIONS = [
    "cal-video",
    "google-meet",
    "zoom",
    "whereby-video",
    "whatsapp-video",
    "webex-video",
    "telegram-video",
    "tandem",
    "sylaps-video",
    "skype-video",
    "sirius-video",
    "signal-video",
    "shimmer-video",
    "salesroom-video",
    "roam-video",
    "riverside-video",
    "ping-video",
    "office365-video",
    "mirotalk-video",
    "jitsi",
    "jelly-video",
    "jelly-conferencing",
    "huddle",
    "facetime-video",
    "element-call-video",
    "eightxeight-video",
    "discord-video",
    "demodesk-video",
    "campfire-video",
]

TYPE = shape.STRING
CHOICE = Tagged(
    "type",
    {
        "address": Shape({"type*": TYPE}),
        "attendeeAddress": Shape({"type*": TYPE, "address*": shape.FULL_NAME}),
        "attendeeDefined": Shape({"type*": TYPE, "location*": shape.FULL_NAME}),
        "attendeePhone": Shape({"type*": TYPE, "phone*": shape.PHONE_NUMBER}),
        "integration": Shape({"type*": TYPE, "integration*": shape.one_of(*INTEGRATIONS)}),
        "link": Shape({"type*": TYPE}),
        "phone": Shape({"type*": TYPE}),
        "organizersDefaultApp": Shape({"type*": TYPE}),
    },
)
"""A booker's choice."""

UPDATE = Tagged(
    "type",
    {
        "address": Shape({"type*": TYPE, "address*": shape.FULL_NAME}),
        "attendeeAddress": Shape({"type*": TYPE, "address*": shape.FULL_NAME}),
        "attendeeDefined": Shape({"type*": TYPE, "location*": shape.FULL_NAME}),
        "attendeePhone": Shape({"type*": TYPE, "phone*": shape.PHONE_NUMBER}),
        "link": Shape({"type*": TYPE, "link*": shape.URL}),
        "phone": Shape({"type*": TYPE, "phone*": shape.PHONE_NUMBER}),
        "integration": Shape({"type*": TYPE, "integration*": shape.one_of(*INTEGRATIONS)}),
    },
)
"""A new place for an existing booking (newer Cal.com also takes an integration)."""

OFFER = Tagged(
    "type",
    {
        "address": Shape({"type*": TYPE, "address*": shape.FULL_NAME, "public*": shape.BOOLEAN}),
        "link": Shape({"type*": TYPE, "link*": shape.URL, "public*": shape.BOOLEAN}),
        "phone": Shape({"type*": TYPE, "phone*": shape.PHONE_NUMBER, "public*": shape.BOOLEAN}),
        "integration": Shape({"type*": TYPE, "integration*": shape.one_of(*INTEGRATIONS)}),
        "attendeeAddress": Shape({"type*": TYPE}),
        "attendeePhone": Shape({"type*": TYPE}),
        "attendeeDefined": Shape({"type*": TYPE}),
        "organizersDefaultApp": Shape({"type*": TYPE}),
    },
)
"""A location of an event type."""

NEEDS = {"attendeeAddress": "address", "attendeeDefined": "location", "attendeePhone": "phone"}

VideoLink = Callable[[], str]
"""Makes the booking's own video link."""


def offered(event_type: EventType) -> list[Json]:
    """The event type's locations; Cal video if it names none."""
    return list(event_type.data.get("locations") or [CAL_VIDEO])


def choose(event_type: EventType, chosen: Json | str | None, phone: str | None, video: VideoLink) -> str:
    """The stored location of a new booking, or a refusal.

    Cal.com: a bare string passes unchecked; left out, the event type's first location holds.
    """
    if isinstance(chosen, str):
        return chosen
    locations = offered(event_type)
    if chosen is None:
        first = locations[0]
        if first["type"] == "attendeePhone":
            if not phone:
                raise BadRequest(NO_PHONE)
            return phone
        if first["type"] in NEEDS:
            raise BadRequest(
                "Missing required booking field response: location - it is required by the event type booking"
                " fields, but"
                f" missing in the bookingFieldsResponses. You can fetch the event type with ID {event_type.id} to"
                " see the"
                " required fields."
            )
        return stored(first, first, video)
    same_type = [entry for entry in locations if entry["type"] == chosen["type"]]
    match = next((entry for entry in same_type if _same(entry, chosen)), None)
    if match is None and same_type:
        # Cal.com compares the types only, so another integration than the offered one passes.
        match = chosen
    if match is None:
        types = ", ".join(str(entry["type"]) for entry in locations)
        raise BadRequest(
            f"Booking location with type {chosen['type']} not valid for event type with id={event_type.id}. The"
            " event type"
            f" has following location types: {types}, and only these types are allowed for booking location."
        )
    return stored(match, chosen, video)


def _same(entry: Json, chosen: Json) -> bool:
    return entry["type"] != "integration" or bool(entry["integration"] == chosen["integration"])


def stored(entry: Json, chosen: Json, video: VideoLink) -> str:
    """The text a location is stored as."""
    kind = str(entry["type"])
    if kind in NEEDS:
        return str(chosen[NEEDS[kind]])
    if kind == "organizersDefaultApp":
        return video()
    if kind == "integration":
        name = str(entry["integration"])
        if name == "cal-video":
            return video()
        return "integrations:google:meet" if name == "google-meet" else f"integrations:{name}"
    return str(entry.get(kind) or "")
