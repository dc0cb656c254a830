"""An event type as the API shows it."""

from bot.sandbox.calcom import places
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.people import public_user
from bot.sandbox.calcom.world import World

DEFAULTS: Json = {
    "description": "",
    "disableGuests": False,
    "slotInterval": None,
    "minimumBookingNotice": 0,
    "beforeEventBuffer": 0,
    "afterEventBuffer": 0,
    "offsetStart": 0,
    "recurrence": None,
    "metadata": {},
    "price": 0,
    "currency": "usd",
    "lockTimeZoneToggleOnBookingPage": False,
    "forwardParamsSuccessRedirect": None,
    "successRedirectUrl": None,
    "isInstantEvent": False,
    "scheduleId": None,
    "onlyShowFirstAvailableSlot": False,
    "requiresBookerEmailVerification": False,
    "hideCalendarNotes": False,
    "hideCalendarEventDetails": False,
    "hideOrganizerEmail": False,
    "useDestinationCalendarEmail": False,
    "hidden": False,
    "bookingRequiresAuthentication": False,
    "allowReschedulingPastBookings": False,
    "allowReschedulingCancelledBookings": False,
    "showOptimizedSlots": False,
}

SWITCHED = (
    "seats",
    "bookingWindow",
    "bookingLimitsCount",
    "bookingLimitsDuration",
    "bookerActiveBookingsLimit",
    "confirmationPolicy",
)
"""Settings that appear only while they are on."""

PLAIN = (
    "lengthInMinutesOptions",
    "customName",
    "color",
    "bookerLayouts",
    "destinationCalendar",
    "calVideoSettings",
    "disableCancelling",
    "disableRescheduling",
    "interfaceLanguage",
    "emailSettings",
    "rescheduleWithSameRoundRobinHost",
)

DEFAULT_FIELDS: tuple[Json, ...] = (
    {
        "type": "name",
        "slug": "name",
        "required": True,
        "label": "Your name",
        "placeholder": "",
        "disableOnPrefill": False,
    },
    {
        "type": "email",
        "slug": "email",
        "required": True,
        "label": "Email address",
        "placeholder": "",
        "hidden": False,
        "disableOnPrefill": False,
    },
    {
        "type": "phone",
        "slug": "attendeePhoneNumber",
        "required": False,
        "label": "Phone number",
        "placeholder": "",
        "hidden": True,
    },
    {"type": "radioInput", "slug": "location", "required": False, "label": "Location", "hidden": False},
    {"type": "text", "slug": "title", "required": True, "label": "What is this meeting about?", "hidden": True},
    {"type": "textarea", "slug": "notes", "required": False, "label": "Additional notes", "hidden": False},
    {"type": "multiemail", "slug": "guests", "required": False, "label": "Add guests", "hidden": False},
    {
        "type": "textarea",
        "slug": "rescheduleReason",
        "required": False,
        "label": "Reason for reschedule",
        "hidden": False,
    },
)


def fields_output(event_type: EventType) -> list[Json]:
    """The booking fields in the order the booker shows them: the standard ones, then the owner's."""
    stored = event_type.data.get("bookingFields") or []
    changed = {field["slug"]: field for field in stored if field.get("isDefault")}
    shown: list[Json] = []
    for field in DEFAULT_FIELDS:
        if field["slug"] == "location" and len(places.offered(event_type)) < 2:
            continue
        shown.append({**field, **changed.pop(field["slug"], {}), "isDefault": True})
    shown += changed.values()
    shown += [{"placeholder": "", "hidden": False, **f, "isDefault": False} for f in stored if not f.get("isDefault")]
    return shown


def event_type_output(world: World, event_type: EventType) -> Json:
    """The whole event type, a team's with its hosts and team."""
    data = event_type.data
    shown: Json = {
        "id": event_type.id,
        "lengthInMinutes": event_type.length,
        "title": event_type.title,
        "slug": event_type.slug,
        "locations": places.offered(event_type),
        "bookingFields": fields_output(event_type),
        "seatsPerTimeSlot": event_type.seats,
        "seatsShowAvailabilityCount": None,
        **{name: data.get(name, default) for name, default in DEFAULTS.items()},
    }
    shown["recurrence"] = event_type.enabled("recurrence")
    for name in SWITCHED:
        setting = event_type.enabled(name)
        if setting:
            shown[name] = setting
    if event_type.seats is not None:
        shown["seatsShowAvailabilityCount"] = bool((data.get("seats") or {}).get("showAvailabilityCount"))
    for name in PLAIN:
        if data.get(name) is not None:
            shown[name] = data[name]
    if event_type.team_id is not None:
        return shown | _team_part(world, event_type)
    owner = world.people.user(event_type.owner_id)
    shown["ownerId"] = event_type.owner_id
    shown["users"] = [public_user(owner)] if owner else []
    name = owner.username if owner else ""
    shown["bookingUrl"] = world.url(f"/{name}/{event_type.slug}")
    return shown


def _team_part(world: World, event_type: EventType) -> Json:
    team = world.people.team(event_type.team_id)
    hosts = []
    for host in event_type.hosts:
        user = world.people.user(host["userId"])
        if user is not None:
            hosts.append(
                {
                    "userId": user.id,
                    "name": user.name,
                    "username": user.username,
                    "avatarUrl": user.data.get("avatarUrl"),
                    "mandatory": bool(host.get("mandatory")),
                    "priority": host.get("priority") or "medium",
                }
            )
    shown: Json = {
        "teamId": event_type.team_id,
        "ownerId": event_type.owner_id,
        "parentEventTypeId": event_type.parent_id,
        "schedulingType": event_type.scheduling_type,
        "assignAllTeamMembers": bool(event_type.data.get("assignAllTeamMembers")),
        "hosts": hosts,
        "bookingUrl": world.url(f"/team/{team.slug if team else ''}/{event_type.slug}"),
        "team": {
            "id": event_type.team_id,
            "slug": team.slug if team else "",
            "name": team.name if team else "",
            "bannerUrl": "",
            "logoUrl": "",
            "weekStart": "Sunday",
            "brandColor": "",
            "darkBrandColor": "",
            "theme": "",
        },
    }
    return shown
