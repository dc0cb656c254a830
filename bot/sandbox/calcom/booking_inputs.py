"""The bodies of the booking endpoints."""

from bot.sandbox.calcom import places, shape
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest
from bot.sandbox.calcom.shape import Each, Either, Rule, Shape

LOCALES = [
    "ar",
    "ca",
    "de",
    "es",
    "eu",
    "he",
    "id",
    "ja",
    "lv",
    "pl",
    "ro",
    "sr",
    "th",
    "vi",
    "az",
    "cs",
    "el",
    "es-419",
    "fi",
    "hr",
    "it",
    "km",
    "nl",
    "pt",
    "ru",
    "sv",
    "tr",
    "zh-CN",
    "bg",
    "da",
    "en",
    "et",
    "fr",
    "hu",
    "iw",
    "ko",
    "no",
    "pt-BR",
    "sk",
    "ta",
    "uk",
    "zh-TW",
    "bn",
]

LANGUAGE = shape.one_of(*LOCALES)

METADATA_TEXT = (
    "Metadata must have at most 50 keys, each key up to 40 characters, and string values up to 500 characters."
)


def _metadata_fits(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= 50
        and all(len(key) <= 40 for key in value)
        and all(not isinstance(entry, str) or len(entry) <= 500 for entry in value.values())
    )


METADATA = Rule("validateMetadata", METADATA_TEXT, _metadata_fits)

ATTENDEE = Shape(
    {
        "name*": shape.FULL_NAME,
        "timeZone*": shape.TIME_ZONE,
        "email": shape.EMAIL_ADDRESS,
        "phoneNumber": shape.PHONE_NUMBER,
        "language": LANGUAGE,
    },
    strict=True,
)

ROUTING = Shape(
    {
        "queuedResponseId": shape.STRING,
        "responseId": shape.NUMBER,
        "teamMemberIds*": Each(shape.NUMBER),
        "teamMemberEmail": shape.STRING,
        "skipContactOwner": shape.BOOLEAN,
        "crmAppSlug": shape.STRING,
        "crmOwnerRecordType": shape.STRING,
    },
    strict=True,
)

CREATE = Shape(
    {
        "start*": shape.ISO_DATE,
        "attendee*": ATTENDEE,
        "eventTypeId": shape.INTEGER,
        "eventTypeSlug": shape.STRING,
        "username": shape.STRING,
        "teamSlug": shape.STRING,
        "organizationSlug": shape.STRING,
        "guests": Each(shape.EMAIL_ADDRESS),
        "bookingFieldsResponses": shape.OBJECT,
        "location": Either((places.CHOICE, shape.STRING)),
        "meetingUrl": shape.URL,
        "metadata": METADATA,
        "lengthInMinutes": shape.POSITIVE,
        "recurrenceCount": shape.POSITIVE,
        "instant": shape.BOOLEAN,
        "emailVerificationCode": shape.STRING,
        "routing": ROUTING,
        "allowConflicts": shape.BOOLEAN,
        "allowBookingOutOfBounds": shape.BOOLEAN,
    },
    strict=True,
)

IDENTIFICATION = "Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be provided"

RESCHEDULE = Shape(
    {
        "start*": shape.ISO_DATE,
        "reschedulingReason": shape.STRING,
        "rescheduledBy": shape.EMAIL_ADDRESS,
        "seatUid": shape.STRING,
        "emailVerificationCode": shape.STRING,
    },
    strict=True,
)

CANCEL = Shape(
    {"cancellationReason": shape.STRING, "cancelSubsequentBookings": shape.BOOLEAN, "seatUid": shape.STRING},
    strict=True,
)

DECLINE = Shape({"reason": shape.STRING})
REASSIGN = Shape({"reason": shape.STRING})
REQUEST_RESCHEDULE = Shape({"rescheduleReason": shape.STRING})
ABSENT = Shape(
    {
        "host": shape.BOOLEAN,
        "attendees": Each(Shape({"email*": shape.EMAIL_ADDRESS, "absent*": shape.BOOLEAN}), least=1),
    }
)
PERSON: dict[str, shape.Anyhow] = {
    "name": shape.FULL_NAME,
    "timeZone": shape.TIME_ZONE,
    "phoneNumber": shape.PHONE_NUMBER,
    "language": LANGUAGE,
}
ADD_ATTENDEE = Shape(
    {
        "name*": shape.FULL_NAME,
        "timeZone*": shape.TIME_ZONE,
        "email*": shape.EMAIL_ADDRESS,
        "phoneNumber": shape.PHONE_NUMBER,
        "language": LANGUAGE,
    }
)
ADD_GUESTS = Shape({"guests*": Each(Shape({"email*": shape.EMAIL_ADDRESS, **PERSON}), least=1, most=10)})
MOVE_PLACE = Shape({"location*": places.UPDATE})


def identified(body: Json) -> None:
    """Refuse a booking that names no event type, or names it in two ways (Cal.com takes one set only)."""
    by_slug = body.get("eventTypeSlug") and (body.get("username") or body.get("teamSlug"))
    if body.get("eventTypeId") is None and not by_slug:
        raise BadRequest(IDENTIFICATION)
    if body.get("eventTypeId") is not None:
        for name in ("eventTypeSlug", "username", "teamSlug"):
            if body.get(name):
                raise BadRequest(f"{name} property is wrong,property {name} should not exist ")
