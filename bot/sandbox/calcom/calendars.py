"""`/v2/calendars`: each account has one connected calendar, which holds its accepted bookings and what else
the sandbox is told to put there."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.calcom import instants, versions
from bot.sandbox.calcom.agenda import elsewhere
from bot.sandbox.calcom.availability import Span
from bot.sandbox.calcom.call import Call, Operation, refuse
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import BadRequest, NotFound
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.shape import is_day, violation

INTEGRATION = "google_calendar"
CREDENTIALS_FROM = 100
LOAD = re.compile(r"^calendarsToLoad\[(\d{1,4})\]\[(credentialId|externalId)\]$")


def credential(user: User) -> int:
    """The id of the account's calendar connection."""
    return CREDENTIALS_FROM + user.id


def _calendar(user: User) -> Json:
    return {
        "externalId": user.email,
        "integration": INTEGRATION,
        "name": user.email,
        "primary": True,
        "readOnly": False,
        "email": user.email,
        "isSelected": True,
        "credentialId": credential(user),
        "delegationCredentialId": None,
    }


def list_calendars(call: Call) -> Any:
    """The connected calendars and where new bookings go."""
    user = call.user
    integration: Json = {
        "name": "Google Calendar",
        "title": "Google Calendar",
        "description": "Keeps bookings in a Google calendar.",
        "installed": True,
        "type": INTEGRATION,
        "variant": "calendar",
        "category": "calendar",
        "categories": ["calendar"],
        "logo": call.world.url("/logo.svg"),
        "publisher": "Cal.com",
        "slug": "google-calendar",
        "url": "https://cal.com/",
        "email": "help@cal.com",
        "dirName": "googlecalendar",
        "locationOption": None,
    }
    calendar = _calendar(user)
    return {
        "connectedCalendars": [
            {
                "integration": integration,
                "credentialId": credential(user),
                "delegationCredentialId": None,
                "primary": calendar,
                "calendars": [calendar],
            }
        ],
        "destinationCalendar": {
            "id": user.id,
            "integration": INTEGRATION,
            "externalId": user.email,
            "primaryEmail": user.email,
            "userId": user.id,
            "eventTypeId": None,
            "credentialId": credential(user),
            "delegationCredentialId": None,
            "name": user.email,
            "primary": True,
            "readOnly": False,
            "email": user.email,
            "integrationTitle": "Google Calendar",
        },
    }


def _wanted(call: Call) -> list[Json]:
    """`calendarsToLoad[i][credentialId]` and `[externalId]` of the query, in order of i."""
    found: dict[int, Json] = {}
    for name, value in call.query:
        match = LOAD.match(name)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = value
    entries = [found[index] for index in sorted(found)]
    complete = entries and all(
        {"credentialId", "externalId"} <= entry.keys()
        and entry["credentialId"].isascii()
        and entry["credentialId"].isdigit()
        for entry in entries
    )
    if not complete:
        text = "calendarsToLoad must be an array of objects with credentialId and externalId"
        refuse([violation("calendarsToLoad", None, {"isArray": text})], strict=False)
    return entries


def busy_times(call: Call) -> Any:
    """What is in the named calendars from the start of one date to the end of another, in the given zone."""
    query, user = dict(call.query), call.user
    zone = instants.zone(query.get("timeZone") or query.get("loggedInUsersTz") or "")
    wrong = [
        violation(name, query.get(name), {"isDateString": f"{name} must be a valid ISO 8601 date string"})
        for name in ("dateFrom", "dateTo")
        if instants.read(query.get(name)) is None
    ]
    if zone is None:
        wrong.append(
            violation("timeZone", query.get("timeZone"), {"isTimeZone": "timeZone must be a valid IANA time-zone"})
        )
    if wrong:
        refuse(wrong, strict=False)
    assert zone is not None
    for entry in _wanted(call):
        if entry["credentialId"] != str(credential(user)):
            raise BadRequest(f"Credential with id={entry['credentialId']} does not belong to the user")
        if entry["externalId"].lower() != user.email:
            raise NotFound(f"Calendar with externalId={entry['externalId']} not found")
    start, end = (_edge(query[name], zone) for name in ("dateFrom", "dateTo"))
    until = end + 86_400 if is_day(query["dateTo"]) else end
    rows = call.world.database.all(
        "SELECT DISTINCT b.start, b.finish FROM bookings b WHERE b.status = 'accepted' AND b.start < ? AND b.finish > ?"
        " AND (b.id IN (SELECT booking_id FROM booking_hosts WHERE user_id = ?)"
        " OR b.id IN (SELECT booking_id FROM attendees WHERE email = ?)) ORDER BY b.start",
        until,
        start,
        user.id,
        user.email,
    )
    spans = [Span(row["start"], row["finish"]) for row in rows] + elsewhere(call.world, user, Span(start, until))
    return [
        {"start": instants.write(span.start), "end": instants.write(span.end), "source": INTEGRATION}
        for span in sorted(spans)
    ]


def _edge(text: str, zone: ZoneInfo) -> int:
    """The instant of a date's start in the zone, or of a full time as it stands."""
    seconds = instants.read(text) or 0
    return instants.local(seconds, zone) if is_day(text) else seconds


OPERATIONS = (
    Operation("GET", "/v2/calendars", list_calendars, versions.ANY, scope="APPS_READ"),
    Operation("GET", "/v2/calendars/busy-times", busy_times, versions.ANY, scope="APPS_READ"),
)
