"""Routes and names against Cal.com's own description of its API (skipped where the document is absent)."""

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

import bot.calcom.resources
from bot.calcom import (
    Availability,
    AwayReason,
    BookingField,
    BookingFilter,
    BookingWindow,
    Bucket,
    ByUser,
    ChosenLocation,
    ConfirmationPolicy,
    EventTypeChange,
    FieldType,
    Frequency,
    Location,
    LocationKind,
    NewAttendee,
    NewBooking,
    NewGuest,
    NewWebhook,
    OutOfOfficeChange,
    Override,
    ProfileChange,
    Recurrence,
    ScheduleChange,
    SchedulingType,
    Seats,
    SlotQuery,
    Sort,
    Trigger,
    Weekday,
    WindowKind,
)
from bot.calcom.wire import availability, booking, booking_parts, event_type_body, link, person, slot

DOCUMENT = Path(__file__).parents[3] / "shared" / "calcom-openapi.json"
pytestmark = pytest.mark.skipif(not DOCUMENT.exists(), reason="the API description is not beside the repository")

NEWER_THAN_THE_DOCUMENT = {
    "/v2/me/booking-limits",
    "/v2/bookings/verification/email/send-code",
    "/v2/bookings/verification/email/verify-code",
    "/v2/teams/{}/memberships",
    "/v2/teams/{}/webhooks",
    "/v2/organizations/{}/webhooks",
    "/v2/teams/{}/webhooks/{}",
    "/v2/organizations/{}/webhooks/{}",
}
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DOCUMENT.read_text())
    return read


def described(document: dict[str, Any], *schemas: str) -> set[str]:
    return {name for schema in schemas for name in document["components"]["schemas"][schema]["properties"]}


def asked(document: dict[str, Any], path: str) -> set[str]:
    return {one["name"] for one in document["paths"][path]["get"]["parameters"] if one["in"] == "query"}


def routes() -> set[str]:
    folder = Path(bot.calcom.resources.__path__[0])
    text = "\n".join(source.read_text() for source in folder.glob("*.py"))
    return {"/v2" + re.sub(r"\{\w+\}", "{}", found) for found in re.findall(r'"(/[a-z{][^"\s]*)"', text)}


def test_every_route_we_call_is_one_of_the_api(document: dict[str, Any]) -> None:
    known = {re.sub(r"\{\w+\}", "{}", path) for path in document["paths"]}
    found = routes()
    assert len(found) > 35
    assert found - known <= NEWER_THAN_THE_DOCUMENT


def test_an_event_type_is_written_in_the_api_s_names(document: dict[str, Any]) -> None:
    everything = EventTypeChange(
        title="t",
        slug="s",
        length_minutes=30,
        lengths=(30, 60),
        description="d",
        hidden=True,
        minimum_notice_minutes=1,
        before_buffer_minutes=1,
        after_buffer_minutes=1,
        slot_interval_minutes=15,
        schedule_id=1,
        booking_window=BookingWindow(WindowKind.CALENDAR_DAYS, 30),
        recurrence=Recurrence(Frequency.WEEKLY, 1, 4),
        seats=Seats(3),
        confirmation=ConfirmationPolicy(always=False, notice_minutes=60),
        locations=(Location(LocationKind.INTEGRATION, "cal-video"),),
        booking_fields=(BookingField(FieldType.SELECT, "size", "Size", options=("a",)),),
        cancelling_disabled=True,
        rescheduling_disabled=True,
        scheduling_type=SchedulingType.ROUND_ROBIN,
        host_ids=(1,),
        assign_all_members=False,
    )
    body = event_type_body.event_type_json(everything)
    assert len(body) == len(everything.__slots__)
    own, team = "CreateEventTypeInput_2024_06_14", "CreateTeamEventTypeInput_2024_06_14"
    assert set(body) <= described(document, own, team)
    parts = {
        "recurrence": "Recurrence_2024_06_14",
        "seats": "Seats_2024_06_14",
        "confirmationPolicy": "BaseConfirmationPolicy_2024_06_14",
        "bookingWindow": "CalendarDaysWindow_2024_06_14",
    }
    for name, schema in parts.items():
        assert set(body[name]) <= described(document, schema)
    assert set(body["bookingFields"][0]) <= described(document, "SelectFieldOutput_2024_06_14")


def test_a_booking_is_written_in_the_api_s_names(document: dict[str, Any]) -> None:
    body = booking.booking_json(
        NewBooking(
            ByUser("s", "bailey", "example"),
            NOW,
            NewAttendee("A", "UTC", "a@x.com", "+1", "en"),
            ("g@x.com",),
            {"q": 1},
            ChosenLocation(LocationKind.ATTENDEE_PHONE, value="+1"),
            {"k": "v"},
            30,
            4,
            True,
            "123456",
        )
    )
    forms = [f"Create{form}BookingInput_2024_08_13" for form in ("", "Instant", "Recurring")]
    assert set(body) - {"emailVerificationCode"} <= described(document, *forms)
    assert set(body["attendee"]) <= described(document, "CreateBookingAttendee")
    assert set(body["location"]) <= described(document, "BookingInputAttendeePhoneLocation_2024_08_13")


def test_a_filter_is_written_in_the_api_s_names(document: dict[str, Any]) -> None:
    everything = BookingFilter(
        (Bucket.PAST,), "a@x.com", "A", "u", (1,), (2,), (3,), NOW, NOW, NOW, NOW, NOW, NOW, *([Sort.ASCENDING] * 4)
    )
    names = {name for name, _ in booking.filter_params(everything)}
    assert len(names) == len(everything.__slots__)
    assert names <= asked(document, "/v2/organizations/{orgId}/bookings")
    assert names - {"userIds"} <= asked(document, "/v2/bookings")


def test_slots_are_asked_for_in_the_api_s_names(document: dict[str, Any]) -> None:
    query = SlotQuery(ByUser("s", "bailey", "example"), NOW, NOW, "UTC", 30, "u")
    assert {name for name, _ in slot.slot_params(query)} <= asked(document, "/v2/slots")


@pytest.mark.parametrize(
    ("body", "schema"),
    [
        (
            availability.schedule_json(
                ScheduleChange(
                    "n",
                    "UTC",
                    (Availability((Weekday.MONDAY,), time(9), time(17)),),
                    (Override(date(2026, 11, 24), time(9), time(10)),),
                    True,
                )
            ),
            "CreateScheduleInput_2024_06_11",
        ),
        (
            availability.away_json(OutOfOfficeChange(NOW, NOW, "n", 3, AwayReason.SICK)),
            "CreateOutOfOfficeEntryDto",
        ),
        (link.webhook_json(NewWebhook("https://x", (Trigger.BOOKING_CREATED,), "s")), "CreateWebhookInputDto"),
        (
            person.profile_json(ProfileChange("e", "n", "UTC", 24, "Monday", 1, "en", "b")),
            "UpdateManagedUserInput",
        ),
        (booking_parts.person_json(NewGuest("e", "n", "UTC", "+1", "en")), "Guest"),
    ],
)
def test_bodies_are_written_in_the_api_s_names(document: dict[str, Any], body: dict[str, Any], schema: str) -> None:
    assert set(body) <= described(document, schema)
    assert len(body) >= 4


def test_every_trigger_the_document_knows_is_known_here(document: dict[str, Any]) -> None:
    triggers = document["components"]["schemas"]["CreateWebhookInputDto"]["properties"]["triggers"]["items"]["enum"]
    assert set(triggers) <= set(Trigger)
