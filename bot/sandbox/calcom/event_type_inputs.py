"""What can be set of an event type, and the rules between settings."""

from bot.sandbox.calcom import places, shape
from bot.sandbox.calcom.agenda import LONGEST
from bot.sandbox.calcom.call import Call, refuse
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, NotFound
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.event_type_output import DEFAULT_FIELDS
from bot.sandbox.calcom.shape import Anyhow, Each, Either, Rule, Shape, Tagged

DEFAULT_NOTICE = 120
"""Minutes of notice a new event type asks for unless told otherwise (Cal.com's database default)."""

LENGTH = shape.whole(1, LONGEST // 60)
MINUTES = shape.whole(0, 60 * 24 * 366 * 5)
SLUG = Rule(
    "isSlug",
    "$property should not be empty and may hold letters, digits, dashes, dots and underscores only",
    lambda v: isinstance(v, str) and 0 < len(v) <= 200 and all(c.isalnum() or c in "-_." for c in v),
    lambda v: v.lower(),
)
DISABLED = Shape({"disabled*": Rule("equals", "$property must be true", lambda v: v is True)})

CUSTOM: dict[str, Anyhow] = {
    "type*": shape.STRING,
    "slug*": shape.FULL_NAME,
    "label*": shape.STRING,
    "required*": shape.BOOLEAN,
    "hidden": shape.BOOLEAN,
    "placeholder": shape.STRING,
    "disableOnPrefill": shape.BOOLEAN,
}
WITH_OPTIONS = Shape({**CUSTOM, "options*": Each(shape.STRING, least=1)})
STANDARD: dict[str, Anyhow] = {
    "required": shape.BOOLEAN,
    "hidden": shape.BOOLEAN,
    "label": shape.STRING,
    "placeholder": shape.STRING,
    "disableOnPrefill": shape.BOOLEAN,
}
FIELD_BY_TYPE = Tagged(
    "type",
    {
        "name": Shape({"type*": shape.STRING, **STANDARD}),
        "splitName": Shape(
            {
                "type*": shape.STRING,
                "firstNameLabel": shape.STRING,
                "firstNamePlaceholder": shape.STRING,
                "lastNameLabel": shape.STRING,
                "lastNamePlaceholder": shape.STRING,
                "lastNameRequired": shape.BOOLEAN,
            }
        ),
        "email": Shape({"type*": shape.STRING, **STANDARD}),
        **{
            kind: Shape(CUSTOM)
            for kind in ("phone", "address", "text", "number", "textarea", "multiemail", "boolean", "url")
        },
        **dict.fromkeys(("select", "multiselect", "checkbox", "radio"), WITH_OPTIONS),
    },
)
FIELD_BY_SLUG = Tagged(
    "slug",
    {
        slug: Shape({"slug*": shape.STRING, **STANDARD})
        for slug in ("title", "location", "notes", "guests", "rescheduleReason")
    },
)
FIELD = Either((FIELD_BY_SLUG, FIELD_BY_TYPE))

PERIODS: dict[str, Anyhow] = dict.fromkeys(("day", "week", "month", "year"), shape.POSITIVE)
QUARTERS = Rule(
    "isDivisibleBy",
    "$property must be a multiple of 15 minutes",
    lambda v: shape.is_number(v) and float(v).is_integer() and v >= 15 and v % 15 == 0,
    int,
)
DAYS_WINDOW: dict[str, Anyhow] = {
    "type*": shape.STRING,
    "value*": shape.whole(1, 3650),
    "rolling": shape.BOOLEAN,
}
WINDOW = Tagged(
    "type",
    {
        "businessDays": Shape(DAYS_WINDOW),
        "calendarDays": Shape(DAYS_WINDOW),
        "range": Shape({"type*": shape.STRING, "value*": Each(shape.DATE, least=2, most=2)}),
    },
)
SEATS = Shape(
    {
        "seatsPerTimeSlot*": shape.whole(1, 1000),
        "showAttendeeInfo*": shape.BOOLEAN,
        "showAvailabilityCount*": shape.BOOLEAN,
    }
)
POLICY = Shape(
    {
        "type*": shape.one_of("always", "time"),
        "noticeThreshold": Shape({"unit*": shape.one_of("minutes", "hours", "days"), "count*": MINUTES}),
        "blockUnconfirmedBookingsInBooker*": shape.BOOLEAN,
    }
)
RECURRENCE = Shape(
    {
        "interval*": shape.whole(1, 52),
        "occurrences*": shape.whole(1, 52),
        "frequency*": shape.one_of("yearly", "monthly", "weekly"),
    }
)
COLOR = Shape({"lightThemeHex*": shape.STRING, "darkThemeHex*": shape.STRING})
LAYOUT = shape.one_of("month", "week", "column")
INTERFACE = [
    "",
    "en",
    "ar",
    "az",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "es-419",
    "eu",
    "et",
    "fi",
    "fr",
    "he",
    "hu",
    "it",
    "ja",
    "km",
    "ko",
    "nl",
    "no",
    "pl",
    "pt-BR",
    "pt",
    "ro",
    "ru",
    "sk-SK",
    "sr",
    "sv",
    "tr",
    "uk",
    "vi",
    "zh-CN",
    "zh-TW",
]
VIDEO: dict[str, Anyhow] = dict.fromkeys(
    (
        "disableRecordingForOrganizer",
        "disableRecordingForGuests",
        "enableAutomaticRecordingForOrganizer",
        "enableAutomaticTranscription",
        "disableTranscriptionForGuests",
        "disableTranscriptionForOrganizer",
        "sendTranscriptionEmails",
    ),
    shape.BOOLEAN,
)

SETTINGS: dict[str, Anyhow] = {
    "lengthInMinutesOptions": Each(LENGTH),
    "description": shape.STRING,
    "bookingFields": Each(FIELD),
    "disableGuests": shape.BOOLEAN,
    "slotInterval": LENGTH,
    "minimumBookingNotice": MINUTES,
    "beforeEventBuffer": MINUTES,
    "afterEventBuffer": MINUTES,
    "scheduleId": shape.INTEGER,
    "bookingLimitsCount": Either((DISABLED, Shape({**PERIODS, "disabled": shape.BOOLEAN}))),
    "bookerActiveBookingsLimit": Either(
        (DISABLED, Shape({"maximumActiveBookings": shape.POSITIVE, "offerReschedule": shape.BOOLEAN}))
    ),
    "onlyShowFirstAvailableSlot": shape.BOOLEAN,
    "bookingLimitsDuration": Either((DISABLED, Shape(dict.fromkeys(PERIODS, QUARTERS)))),
    "bookingWindow": Either((DISABLED, WINDOW)),
    "offsetStart": MINUTES,
    "bookerLayouts": Shape({"defaultLayout*": LAYOUT, "enabledLayouts*": Each(LAYOUT, least=1)}),
    "confirmationPolicy": Either((DISABLED, POLICY)),
    "recurrence": Either((DISABLED, RECURRENCE)),
    "requiresBookerEmailVerification": shape.BOOLEAN,
    "hideCalendarNotes": shape.BOOLEAN,
    "lockTimeZoneToggleOnBookingPage": shape.BOOLEAN,
    "color": COLOR,
    "seats": Either((DISABLED, SEATS)),
    "customName": shape.STRING,
    "destinationCalendar": Shape({"integration*": shape.STRING, "externalId*": shape.STRING}),
    "useDestinationCalendarEmail": shape.BOOLEAN,
    "hideCalendarEventDetails": shape.BOOLEAN,
    "successRedirectUrl": shape.URL,
    "hideOrganizerEmail": shape.BOOLEAN,
    "calVideoSettings": Shape({**VIDEO, "redirectUrlOnExit": Either((shape.URL, shape.OBJECT))}),
    "hidden": shape.BOOLEAN,
    "bookingRequiresAuthentication": shape.BOOLEAN,
    "disableCancelling": Shape({"disabled": shape.BOOLEAN}),
    "disableRescheduling": Shape({"disabled": shape.BOOLEAN, "minutesBefore": MINUTES}),
    "interfaceLanguage": shape.one_of(*INTERFACE),
    "allowReschedulingPastBookings": shape.BOOLEAN,
    "allowReschedulingCancelledBookings": shape.BOOLEAN,
    "showOptimizedSlots": shape.BOOLEAN,
    "locations": Each(places.OFFER),
}
NAMED: dict[str, Anyhow] = {"lengthInMinutes*": LENGTH, "title*": shape.FULL_NAME, "slug*": SLUG}
RENAMED: dict[str, Anyhow] = {name.rstrip("*"): rule for name, rule in NAMED.items()}
HOST = Shape(
    {
        "userId*": shape.INTEGER,
        "mandatory": shape.BOOLEAN,
        "priority": shape.one_of("lowest", "low", "medium", "high", "highest"),
    }
)
TEAM: dict[str, Anyhow] = {
    "hosts": Each(HOST),
    "assignAllTeamMembers": shape.BOOLEAN,
    "emailSettings": Shape({"disableEmailsToAttendees": shape.BOOLEAN, "disableEmailsToHosts": shape.BOOLEAN}),
    "rescheduleWithSameRoundRobinHost": shape.BOOLEAN,
}
CREATE = Shape({**NAMED, **SETTINGS})
UPDATE = Shape({**RENAMED, **SETTINGS})
CREATE_TEAM = Shape(
    {**NAMED, **SETTINGS, **TEAM, "schedulingType*": shape.one_of("collective", "roundRobin", "managed")}
)
UPDATE_TEAM = Shape({**RENAMED, **SETTINGS, **TEAM, "schedulingType": shape.one_of("collective", "roundRobin")})


def settings(call: Call, expected: Shape, before: EventType | None = None) -> Json:
    """The event type's settings after this request: what it had, with the checked body merged in."""
    body = call.body(expected)
    data: Json = {**(before.data if before else {"minimumBookingNotice": DEFAULT_NOTICE}), **body}
    if "bookingFields" in body:
        data["bookingFields"] = [stored_field(field) for field in body["bookingFields"]]
        _check_fields(data["bookingFields"])
    options = data.get("lengthInMinutesOptions")
    if options and data["lengthInMinutes"] not in options:
        wrong = shape.violation(
            "lengthInMinutesOptions",
            options,
            {"lengthInMinutesOptions": "lengthInMinutesOptions must contain the value of lengthInMinutes"},
        )
        refuse([wrong], strict=False)
    if data.get("scheduleId") is not None and "scheduleId" in body:
        row = call.world.database.one(
            "SELECT id FROM schedules WHERE id = ? AND owner_id = ?", data["scheduleId"], call.user.id
        )
        if row is None:
            raise NotFound(f"User with ID={call.user.id} does not own schedule with ID={data['scheduleId']}")
    _check_together(data)
    return data


def stored_field(field: Json) -> Json:
    """A booking field as stored: standard ones carry their slug and type, all carry `isDefault`."""
    slug = {"name": "name", "splitName": "name", "email": "email"}.get(field.get("type", ""), field.get("slug", ""))
    standard = next((entry for entry in DEFAULT_FIELDS if entry["slug"] == slug), None)
    if standard is None or (field.get("type") == "phone" and slug != "attendeePhoneNumber"):
        return {"hidden": False, "placeholder": "", **field, "isDefault": False}
    return {**standard, **field, "slug": slug, "type": field.get("type") or standard["type"], "isDefault": True}


def _check_fields(fields: list[Json]) -> None:
    slugs = [field["slug"] for field in fields]
    twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
    if twice is not None:
        raise BadRequest(f"Duplicate bookingFields slug '{twice}' found. All bookingFields slugs must be unique.")


def _check_together(data: Json) -> None:
    """Cal.com refuses seats together with a recurrence-free confirmation or several locations."""

    def on(name: str) -> bool:
        value = data.get(name)
        return isinstance(value, dict) and not value.get("disabled")

    if on("seats") and len(data.get("locations") or []) > 1:
        raise BadRequest("Event type with seats can't have multiple locations.")
    if on("seats") and on("confirmationPolicy"):
        raise BadRequest("Event type with seats can't require confirmation.")
    window = data.get("bookingWindow") or {}
    if window.get("type") == "range" and window["value"][0] > window["value"][1]:
        raise BadRequest("bookingWindow range must start before it ends.")
