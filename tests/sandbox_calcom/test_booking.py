"""`POST /v2/bookings`: what is booked, and every refusal in Cal.com's words."""

import asyncio
from typing import Any

import pytest

from tests.sandbox_calcom.api import Api, order

TAKEN = "User either already has booking at this time or is not available"
MISSING = (
    "Missing required booking field response: {slug} - it is required by the event type booking fields, but missing"
    " in the"
    " bookingFieldsResponses. You can fetch the event type with ID {id} to see the required fields."
)
NO_PHONE = (
    'Missing attendee phone number - it is required by the event type. Pass it as "attendee.phoneNumber" string in the'
    " request."
)
FREE = "2026-11-24T20:00:00Z"


async def test_a_booking_is_answered_whole(api: Api) -> None:
    booking = await api.book(FREE, metadata={"draft": "d-1"}, guests=["guest@example.com"])
    link = f"http://sandbox/calcom/video/{booking['uid']}"
    assert booking | {"id": 0, "uid": "", "location": "", "meetingUrl": "", "icsUid": ""} == {
        "id": 0,
        "uid": "",
        "title": "15 min meeting between Bailey and Ann",
        "description": "",
        "hosts": [
            {
                "id": 2,
                "name": "Bailey",
                "email": "bailey@example.com",
                "displayEmail": "bailey@example.com",
                "username": "bailey",
                "timeZone": "America/Los_Angeles",
            }
        ],
        "status": "accepted",
        "start": "2026-11-24T20:00:00.000Z",
        "end": "2026-11-24T20:15:00.000Z",
        "duration": 15,
        "eventTypeId": 1,
        "eventType": {"id": 1, "slug": "15min"},
        "location": "",
        "meetingUrl": "",
        "absentHost": False,
        "createdAt": "2026-11-23T14:00:00.000Z",
        "updatedAt": "2026-11-23T14:00:00.000Z",
        "metadata": {"draft": "d-1"},
        "icsUid": "",
        "attendees": [
            {
                "name": name,
                "email": email,
                "displayEmail": email,
                "timeZone": "America/New_York",
                "language": "en",
                "absent": False,
            }
            for name, email in (("Ann", "ann@example.com"), ("guest@example.com", "guest@example.com"))
        ],
        "guests": ["guest@example.com"],
        "bookingFieldsResponses": {"name": "Ann", "email": "ann@example.com", "guests": ["guest@example.com"]},
    }
    assert booking["location"] == booking["meetingUrl"] == link
    assert len(booking["uid"]) == 22
    assert await api.data("GET", f"/bookings/{booking['uid']}") == booking


async def test_two_wishes_for_one_slot_give_one_booking(api: Api) -> None:
    replies = await asyncio.gather(*[api.call("POST", "/bookings", order(FREE)) for _ in range(8)])
    assert sorted(reply.status_code for reply in replies) == [201] + [400] * 7
    assert {r.json()["error"]["message"] for r in replies if r.is_error} == {TAKEN}


@pytest.mark.parametrize(
    ("start", "slug", "username", "more", "status", "message"),
    [
        ("2026-11-24T18:00:00Z", "15min", "bailey", {}, 400, TAKEN),
        ("2026-11-24T15:00:00Z", "15min", "bailey", {}, 400, TAKEN),
        ("2026-11-23T10:00:00Z", "15min", "bailey", {}, 400, "Attempting to book a meeting in the past."),
        (
            FREE,
            "nothing",
            "bailey",
            {},
            404,
            "Event type with slug nothing belonging to user bailey not found.",
        ),
        (FREE, "15min", "nobody", {}, 404, "User with username nobody not found"),
        (FREE, None, None, {"eventTypeId": 999}, 404, "Event type with id 999 not found."),
        (
            FREE,
            "nothing",
            None,
            {"teamSlug": "support"},
            404,
            "Event type with slug nothing belonging to team support not found.",
        ),
        (FREE, "15min", None, {"teamSlug": "nobody"}, 404, "Team with slug nobody not found"),
        (FREE, "15min", "bailey", {"organizationSlug": "other"}, 404, "User with username bailey not found"),
        (
            FREE,
            "nothing",
            "bailey",
            {"organizationSlug": "example"},
            404,
            "Event type with slug nothing belonging to user bailey within organization example not found.",
        ),
        (
            FREE,
            "15min",
            "bailey",
            {"instant": True},
            400,
            "Instant bookings are only supported for team event types, not individual user event types.",
        ),
        (
            FREE,
            "15min",
            "bailey",
            {"surprise": 1},
            400,
            "surprise property is wrong,property surprise should not exist ",
        ),
        (
            FREE,
            "15min",
            "bailey",
            {"eventTypeId": 1},
            400,
            "eventTypeSlug property is wrong,property eventTypeSlug should not exist ",
        ),
        (FREE, "consultation", "bailey", {}, 400, MISSING.format(slug="topic", id=3)),
        (
            FREE,
            "consultation",
            "bailey",
            {"bookingFieldsResponses": {"topic": "AI"}},
            400,
            MISSING.format(slug="company_size", id=3),
        ),
        (
            FREE,
            "consultation",
            "bailey",
            {"bookingFieldsResponses": {"topic": "AI", "company_size": "2-3"}},
            400,
            "Invalid option '2-3' for booking field 'company_size'. Allowed options are: 1-10, 10-50, 50+.",
        ),
        (
            FREE,
            "consultation",
            "bailey",
            {"bookingFieldsResponses": {"topic": "AI", "company_size": "50+", "seats": "5"}},
            400,
            "Invalid type for booking field 'seats'. Expected type number (compatible with field type 'number'), but"
            " received string.",
        ),
        (
            FREE,
            "consultation",
            "bailey",
            {"bookingFieldsResponses": {"topic": None, "company_size": "50+"}},
            400,
            MISSING.format(slug="topic", id=3),
        ),
        (
            FREE,
            "consultation",
            "bailey",
            {"bookingFieldsResponses": {"topic": "AI", "company_size": ["50+"]}},
            400,
            "Invalid type for booking field 'company_size'. Expected type string or number (compatible with field type"
            " 'select'), but received object.",
        ),
        (
            FREE,
            "consultation",
            "bailey",
            {"bookingFieldsResponses": {"topic": "AI", "company_size": "50+", "seats": None}},
            400,
            "Invalid type for booking field 'seats'. Expected type number (compatible with field type 'number'), but"
            " received object.",
        ),
        ("2026-11-27T14:00:00Z", "interview", "sam", {}, 400, NO_PHONE),
        (
            FREE,
            "15min",
            "bailey",
            {"lengthInMinutes": 30},
            400,
            "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please,"
            " remove the"
            " 'lengthInMinutes' field from the request.",
        ),
        (
            "2026-11-24T10:00:00Z",
            "30min",
            "lena",
            {"lengthInMinutes": 45},
            400,
            "Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible lengths"
            " are:"
            " 15, 30, 60",
        ),
        (
            FREE,
            "15min",
            "bailey",
            {"location": {"type": "attendeeAddress", "address": "Main St 1"}},
            400,
            "Booking location with type attendeeAddress not valid for event type with id=1. The event type has"
            " following"
            " location types: integration, and only these types are allowed for booking location.",
        ),
        (
            "2026-11-24T20:00:00Z",
            "weekly-sync",
            "bailey",
            {"recurrenceCount": 5},
            400,
            "Provided recurrence count is higher than the event type's recurring event count.",
        ),
    ],
)
async def test_a_refusal_is_worded_as_cal_com_words_it(
    api: Api, start: str, slug: str, username: str, more: dict[str, Any], status: int, message: str
) -> None:
    assert await api.refused(start, slug, username, **more) == (status, message)


async def test_too_soon_is_out_of_bounds(api: Api) -> None:
    status, message = await api.refused("2026-11-23T14:30:00Z", "30min", "sam")
    assert status == 400
    assert message.startswith(
        "The event type can't be booked at the \"start\" time provided. This could be because it's too soon"
        " (violating the"
        " minimum booking notice) or too far in the future "
    )


@pytest.mark.parametrize(
    ("attendee", "complaint"),
    [
        ({"name": "Ann", "email": "nope", "timeZone": "UTC"}, "email must be an email"),
        ({"name": "Ann", "email": "a@example.com", "timeZone": "Mars/Base"}, "timeZone must be a valid IANA time-zone"),
        ({"name": "", "email": "a@example.com", "timeZone": "UTC"}, "name should not be empty"),
        (
            {"name": "Ann", "email": "a@example.com", "timeZone": "UTC", "phoneNumber": "12"},
            "must be a valid phone number",
        ),
        ({"name": "Ann", "timeZone": "UTC"}, "At least one contact method (email or phone number) must be provided."),
    ],
)
async def test_a_wrong_attendee_is_refused(api: Api, attendee: dict[str, str], complaint: str) -> None:
    status, message = await api.refused(FREE, attendee=attendee)
    assert status == 400
    assert complaint in message


async def test_too_much_metadata_is_refused(api: Api) -> None:
    for metadata in ({f"k{n}": "v" for n in range(51)}, {"k" * 41: "v"}, {"k": "v" * 501}):
        status, message = await api.refused(FREE, metadata=metadata)
        assert status == 400
        assert "Metadata must have at most 50 keys, each key up to 40 characters" in message


async def test_answers_and_notes_come_back(api: Api) -> None:
    given = {"topic": "AI", "company_size": "50+", "seats": 5, "notes": "Bring tea", "title": "About AI"}
    booking = await api.book(FREE, "consultation", bookingFieldsResponses=given)
    assert booking["bookingFieldsResponses"] == given | {"name": "Ann", "email": "ann@example.com", "guests": []}
    assert (booking["title"], booking["description"]) == ("About AI", "Bring tea")


async def test_the_attendee_chooses_place_and_length(api: Api) -> None:
    place = {"type": "attendeeAddress", "address": "Main St 1"}
    booking = await api.book("2026-11-24T10:00:00Z", "30min", "lena", location=place, lengthInMinutes=60)
    assert (booking["location"], booking["duration"]) == ("Main St 1", 60)
    plain = await api.book("2026-11-24T12:00:00Z", "30min", "lena")
    assert plain["location"] == f"http://sandbox/calcom/video/{plain['uid']}"


async def test_the_attendees_phone_is_the_place_of_an_interview(api: Api) -> None:
    attendee = {"name": "Ann", "email": "ann@example.com", "timeZone": "UTC", "phoneNumber": "+14155550123"}
    booking = await api.book("2026-11-27T14:00:00Z", "interview", "sam", attendee=attendee)
    assert (booking["status"], booking["location"]) == ("pending", "+14155550123")
    chosen = {"type": "attendeePhone", "phone": "+14155550199"}
    other = await api.book("2026-11-27T14:00:00Z", "interview", "sam", location=chosen)
    assert other["location"] == "+14155550199"


async def test_a_host_may_overrule_conflicts_and_others_may_not(api: Api) -> None:
    wish = order("2026-11-24T18:00:00Z", allowConflicts=True)
    assert (await api.refusal("POST", "/bookings", wish))[1] == TAKEN
    assert (await api.refusal("POST", "/bookings", wish, who="sam"))[1] == TAKEN
    assert (await api.data("POST", "/bookings", wish, who="bailey"))["status"] == "accepted"


async def test_a_booking_limit_closes_the_day(api: Api) -> None:
    await api.data("PATCH", "/event-types/1", {"bookingLimitsCount": {"day": 1}}, who="bailey")
    await api.book(FREE)
    assert (await api.refused("2026-11-24T22:00:00Z"))[1] == TAKEN
    assert (await api.book("2026-11-25T22:00:00Z"))["status"] == "accepted"


async def test_the_hosts_own_limit_counts_all_event_types(api: Api) -> None:
    await api.data("PATCH", "/me/booking-limits", {"perDay": 2}, who="bailey")
    await api.book(FREE)
    assert (await api.refused("2026-11-24T22:00:00Z", "30min"))[1] == TAKEN


async def test_a_booker_has_so_many_active_bookings(api: Api) -> None:
    limit = {"bookerActiveBookingsLimit": {"maximumActiveBookings": 1, "offerReschedule": True}}
    await api.data("PATCH", "/event-types/1", limit, who="bailey")
    uid = (await api.book(FREE))["uid"]
    assert await api.refused("2026-11-25T20:00:00Z") == (
        400,
        "Attendee with this email can't book because the maximum number of active bookings has been reached. You can"
        f" reschedule your existing booking ({uid}) to a new timeslot instead.",
    )


async def test_some_event_types_ask_who_books(api: Api) -> None:
    await api.data("PATCH", "/event-types/1", {"bookingRequiresAuthentication": True}, who="bailey")
    status, message = await api.refused(FREE)
    assert (status, message.split(" - ")[0]) == (401, "checkBookingRequiresAuthentication")
    assert (await api.refusal("POST", "/bookings", order(FREE), who="sam"))[0] == 403
    assert (await api.data("POST", "/bookings", order(FREE), who="bailey"))["status"] == "accepted"


async def test_a_window_ends_with_its_last_day(api: Api) -> None:
    await api.data("PATCH", "/event-types/1", {"bookingWindow": {"type": "calendarDays", "value": 2}}, who="bailey")
    starts = await api.starts(eventTypeId=1, start="2026-11-23", end="2026-12-10")
    assert starts[-1] == "2026-11-26T00:45:00.000Z"
    assert (await api.refused("2026-11-26T17:00:00Z"))[1].startswith("The event type can't be booked")
    fixed = {"bookingWindow": {"type": "range", "value": ["2026-12-01", "2026-12-01"]}}
    await api.data("PATCH", "/event-types/1", fixed, who="bailey")
    starts = await api.starts(eventTypeId=1, start="2026-11-23", end="2026-12-10")
    assert (starts[0], starts[-1]) == ("2026-12-01T17:00:00.000Z", "2026-12-02T00:45:00.000Z")


async def test_days_out_of_office_have_no_slots(api: Api) -> None:
    away = {"start": "2026-11-24T10:00:00.000Z", "end": "2026-11-25T10:00:00.000Z", "reason": "travel"}
    await api.data("POST", "/me/ooo", away, who="sam")
    days = await api.data("GET", "/slots", eventTypeId=6, start="2026-11-23", end="2026-11-26")
    assert list(days) == ["2026-11-23", "2026-11-26"]
    assert (await api.refused("2026-11-24T12:00:00Z", "15min", "sam"))[1] == TAKEN
