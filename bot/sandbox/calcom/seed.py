"""The seeded world: people, their event types, a team, and a few bookings around the coming Tuesday."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.calcom.agenda import WEEKDAYS
from bot.sandbox.calcom.availability import MINUTE, at
from bot.sandbox.calcom.booking import ACCEPTED, PENDING, Booking, Bookings
from bot.sandbox.calcom.booking_store import add_reference, title_for
from bot.sandbox.calcom.database import Json, pack
from bot.sandbox.calcom.places import CAL_VIDEO
from bot.sandbox.calcom.world import World

ORGANIZATION, TEAM = 1, 2
ADMIN, BAILEY, SAM, LENA = 1, 2, 3, 4
ZONES = {
    ADMIN: "America/New_York",
    BAILEY: "America/Los_Angeles",
    SAM: "Europe/London",
    LENA: "Europe/Berlin",
}
NAMES = {ADMIN: "Admin", BAILEY: "Bailey", SAM: "Sam", LENA: "Lena"}
ATTENDEES = {
    "sam": ("Sam", "Europe/London"),
    "ann": ("Ann", "America/New_York"),
    "kenji": ("Kenji", "Asia/Tokyo"),
}
MONTHLY_CREDITS, ADDITIONAL_CREDITS = 1000, 0
TUESDAY = 1

QUESTIONS: list[Json] = [
    {
        "type": "textarea",
        "slug": "topic",
        "label": "What is this meeting about?",
        "required": True,
        "placeholder": "",
        "hidden": False,
        "isDefault": False,
    },
    {
        "type": "select",
        "slug": "company_size",
        "label": "Company size",
        "required": True,
        "placeholder": "",
        "options": ["1-10", "10-50", "50+"],
        "hidden": False,
        "isDefault": False,
    },
    {
        "type": "number",
        "slug": "seats",
        "label": "How many seats?",
        "required": False,
        "placeholder": "",
        "hidden": False,
        "isDefault": False,
    },
]

PERSONAL: tuple[tuple[int, int, str, Json], ...] = (
    (1, BAILEY, "15min", {"title": "15 min meeting", "lengthInMinutes": 15}),
    (2, BAILEY, "30min", {"title": "30 min meeting", "lengthInMinutes": 30, "slotInterval": 15}),
    (
        3,
        BAILEY,
        "consultation",
        {"title": "Consultation", "lengthInMinutes": 45, "slotInterval": 15, "bookingFields": QUESTIONS},
    ),
    (
        4,
        BAILEY,
        "office-hours",
        {
            "title": "Office hours",
            "lengthInMinutes": 30,
            "seats": {"seatsPerTimeSlot": 3, "showAttendeeInfo": False, "showAvailabilityCount": True},
        },
    ),
    (
        5,
        BAILEY,
        "weekly-sync",
        {
            "title": "Weekly sync",
            "lengthInMinutes": 30,
            "recurrence": {"interval": 1, "occurrences": 4, "frequency": "weekly"},
        },
    ),
    (6, SAM, "15min", {"title": "15 min meeting", "lengthInMinutes": 15}),
    (
        7,
        SAM,
        "30min",
        {
            "title": "30 min meeting",
            "lengthInMinutes": 30,
            "slotInterval": 15,
            "minimumBookingNotice": 60,
            "afterEventBuffer": 10,
        },
    ),
    (
        8,
        SAM,
        "interview",
        {
            "title": "Interview",
            "lengthInMinutes": 60,
            "confirmationPolicy": {"type": "always", "blockUnconfirmedBookingsInBooker": False},
            "locations": [{"type": "attendeePhone"}],
        },
    ),
    (
        9,
        LENA,
        "30min",
        {
            "title": "30 min meeting",
            "lengthInMinutes": 30,
            "lengthInMinutesOptions": [15, 30, 60],
            "locations": [CAL_VIDEO, {"type": "attendeeAddress"}],
        },
    ),
)
SHARED: tuple[tuple[int, str, Json], ...] = (
    (
        10,
        "urgent-support",
        {
            "title": "Urgent support",
            "lengthInMinutes": 15,
            "schedulingType": "roundRobin",
            "isInstantEvent": True,
        },
    ),
    (11, "onboarding", {"title": "Onboarding", "lengthInMinutes": 30, "schedulingType": "collective"}),
    (12, "triage", {"title": "Triage", "lengthInMinutes": 15, "schedulingType": "roundRobin"}),
)


def tuesday_after(now: datetime, zone: ZoneInfo) -> date:
    """The first Tuesday after the date it is in the zone."""
    today = now.astimezone(zone).date()
    return today + timedelta(days=(TUESDAY - today.weekday() - 1) % 7 + 1)


def lay(world: World) -> None:
    """Write the seed into an empty database, relative to the clock."""
    database = world.database
    for user_id, name in NAMES.items():
        username = name.lower()
        profile: Json = {
            "name": name,
            "avatarUrl": None,
            "bio": None,
            "timeFormat": 24 if user_id in (SAM, LENA) else 12,
            "weekStart": "Monday" if user_id in (SAM, LENA) else "Sunday",
            "timeZone": ZONES[user_id],
            "locale": "en",
            "defaultScheduleId": user_id,
        }
        database.insert(
            "users", {"id": user_id, "username": username, "email": f"{username}@example.com", "data": pack(profile)}
        )
        database.insert("api_keys", {"key": f"cal_sandbox_{username}", "user_id": user_id})
        database.insert("credits", {"user_id": user_id, "monthly": MONTHLY_CREDITS, "additional": ADDITIONAL_CREDITS})
        schedule: Json = {
            "name": "Working hours",
            "timeZone": ZONES[user_id],
            "availability": [{"days": list(WEEKDAYS[:5]), "startTime": "09:00", "endTime": "17:00"}],
            "overrides": [],
        }
        database.insert("schedules", {"id": user_id, "owner_id": user_id, "data": pack(schedule)})
    _lay_teams(world)
    _lay_event_types(world)
    _lay_bookings(world)


def _lay_teams(world: World) -> None:
    database = world.database
    database.insert(
        "teams", {"id": ORGANIZATION, "slug": "example", "data": pack({"name": "Example", "isOrganization": True})}
    )
    team: Json = {"name": "Support", "isOrganization": False, "timeZone": "Europe/London", "weekStart": "Sunday"}
    database.insert("teams", {"id": TEAM, "slug": "support", "parent_id": ORGANIZATION, "data": pack(team)})
    for user_id in NAMES:
        role = "OWNER" if user_id == ADMIN else "MEMBER"
        database.insert("memberships", {"team_id": ORGANIZATION, "user_id": user_id, "role": role})
    for user_id in (BAILEY, SAM, LENA):
        role = "OWNER" if user_id == BAILEY else "MEMBER"
        database.insert("memberships", {"team_id": TEAM, "user_id": user_id, "role": role})


def _lay_event_types(world: World) -> None:
    common: Json = {"locations": [CAL_VIDEO], "minimumBookingNotice": 0}
    for type_id, owner, slug, settings in PERSONAL:
        world.database.insert(
            "event_types",
            {"id": type_id, "owner_id": owner, "slug": slug, "data": pack({**common, "slug": slug, **settings})},
        )
    hosts = [{"userId": user_id} for user_id in (BAILEY, SAM, LENA)]
    for type_id, slug, settings in SHARED:
        data = {**common, "slug": slug, "hosts": hosts, "assignAllTeamMembers": True, **settings}
        world.database.insert("event_types", {"id": type_id, "team_id": TEAM, "slug": slug, "data": pack(data)})


def _lay_bookings(world: World) -> None:
    """Tuesday: the first one after the clock's date in the host's zone; the other days are of its week.

    The past one was held in its video room, so it has a recording and a transcript.
    """
    _book(world, 2, BAILEY, 0, 10 * 60, "sam", ACCEPTED)
    _book(world, 6, SAM, 1, 14 * 60, "ann", ACCEPTED)
    _book(world, 9, LENA, 2, 9 * 60, "kenji", ACCEPTED)
    _book(world, 8, SAM, 3, 11 * 60, "kenji", PENDING)
    past = _book(world, 1, BAILEY, -5, 10 * 60, "ann", ACCEPTED)
    for name, user_id in (("Bailey", BAILEY), ("Ann", None)):
        session = {"booking_uid": past.uid, "user_name": name, "user_id": user_id, "joined": past.start}
        world.database.insert("sessions", session)


def _book(world: World, type_id: int, host_id: int, days: int, minute: int, guest: str, status: str) -> Booking:
    event_type, host = world.event_types.get(type_id), world.people.user(host_id)
    assert event_type is not None
    assert host is not None
    name, attendee_zone = ATTENDEES[guest]
    zone = ZoneInfo(ZONES[host_id])
    day = tuesday_after(world.clock.now(), zone) + timedelta(days=days)
    start = at(day, minute, zone)
    uid, email = world.uid(), f"{guest}@example.com"
    phone = event_type.data["locations"][0]["type"] == "attendeePhone"
    location = "+815012345678" if phone else world.url(f"/video/{uid}")
    made = min(world.now(), start) - 86_400
    responses: Json = {"name": name, "email": email, "guests": []}
    if phone:
        responses["attendeePhoneNumber"] = location
    data: Json = {
        "title": title_for(world, event_type, host, name, event_type.length),
        "description": "",
        "location": location,
        "responses": responses,
        "metadata": {},
        "icsUid": f"{uid}@Cal.com",
    }
    bookings = Bookings(world.database)
    booking_id = bookings.add(
        {
            "uid": uid,
            "event_type_id": type_id,
            "organizer_id": host_id,
            "status": status,
            "start": start,
            "finish": start + event_type.length * MINUTE,
            "created": made * 1000,
            "updated": made * 1000,
        },
        data,
        [host_id],
    )
    bookings.add_attendee(
        booking_id,
        start,
        email,
        {
            "name": name,
            "timeZone": attendee_zone,
            "language": "en",
            "phoneNumber": location if phone else None,
        },
    )
    add_reference(world, booking_id, uid, location)
    return bookings.get(uid)
