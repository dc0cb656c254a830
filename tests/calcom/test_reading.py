"""What comes in: whole answers read fully, odd ones read as far as they go, unusable ones refused as such."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calcom import (
    BookingStatus,
    ByType,
    EventType,
    FieldType,
    Frequency,
    LocationKind,
    ScheduleChange,
    SchedulingType,
    SlotQuery,
    Weekday,
    WindowKind,
)
from bot.calcom.wire import availability, booking, booking_parts, event_type, link, person, slot

from .builders import BOOKING, EVENT_TYPE

QUERY = SlotQuery(ByType(1), datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC), "America/New_York")


def test_a_booking_is_read_with_all_its_parts() -> None:
    read = booking.read_booking(BOOKING)
    assert (read.uid, read.id, read.status) == ("2NtaeaVcKfpmSZ4CthFdfk", 123, BookingStatus.ACCEPTED)
    assert read.start == datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert read.start.tzinfo is UTC
    assert read.minutes == 15
    assert (read.hosts[0].name, read.hosts[0].zone) == ("Bailey", "America/Los_Angeles")
    assert (read.attendees[0].email, read.attendees[0].phone) == ("ann@example.com", "+14155550100")
    assert (read.guests, read.event_type_slug) == (("kenji@example.com",), "15min")
    assert read.meeting_url == "https://app.cal.com/video/2Nt"
    assert read.metadata == {"draft": "d1"}
    assert read.responses == {"notes": "hello"}
    assert read.live


def test_a_booking_with_only_uid_and_start_is_a_booking() -> None:
    read = booking.read_booking({"uid": "u", "start": "2026-11-24T13:00:00-05:00", "duration": 30})
    assert (read.start.hour, read.minutes, read.status) == (18, 30, BookingStatus.UNKNOWN)


def test_a_status_from_the_future_is_unknown_and_not_an_error() -> None:
    assert booking.read_booking(BOOKING | {"status": "levitating"}).status is BookingStatus.UNKNOWN


def test_a_place_that_is_no_link_is_no_meeting_url() -> None:
    read = booking.read_booking(BOOKING | {"location": "integrations:google:meet", "meetingUrl": None})
    assert (read.location, read.meeting_url) == ("integrations:google:meet", None)


def test_an_instant_booking_without_a_host_has_no_hosts() -> None:
    nobody = dict.fromkeys(("id", "name", "email", "displayEmail", "username", "timeZone"), "unknown")
    assert booking.read_booking(BOOKING | {"hosts": [nobody], "status": "awaiting_host"}).hosts == ()


def test_a_series_is_read_as_several_bookings() -> None:
    series = [BOOKING | {"uid": f"u{n}", "recurringBookingUid": "r"} for n in range(3)]
    assert [one.recurring_uid for one in booking.read_bookings(series)] == ["r", "r", "r"]


def test_an_event_type_is_read_with_all_its_rules() -> None:
    read = event_type.read_event_type(EVENT_TYPE)
    assert (read.slug, read.length_minutes, read.durations) == ("consultation", 45, (30, 45))
    assert (read.minimum_notice_minutes, read.before_buffer_minutes, read.after_buffer_minutes) == (60, 5, 10)
    assert read.booking_window is not None
    assert (read.booking_window.kind, read.booking_window.days) == (WindowKind.CALENDAR_DAYS, 30)
    assert read.recurrence is not None
    assert (read.recurrence.frequency, read.recurrence.occurrences) == (Frequency.WEEKLY, 4)
    assert read.seats is not None
    assert (read.seats.per_slot, read.seats.show_available) == (3, True)
    assert read.confirmation is not None
    assert (read.confirmation.always, read.confirmation.notice_minutes) == (False, 120)
    assert (read.cancelling_disabled, read.rescheduling_disabled_minutes_before) == (True, 60)
    assert read.limits_count == {"day": 2}
    assert [host.name for host in read.hosts] == ["Bailey"]


def test_questions_of_every_type_come_through_and_unknown_ones_with_their_raw_form() -> None:
    fields = {field.slug: field for field in event_type.read_event_type(EVENT_TYPE).booking_fields}
    assert fields["size"].options == ("1-10", "10-50")
    assert fields["topic"].required
    assert (fields["thought"].type, fields["thought"].raw["type"]) == (FieldType.UNKNOWN, "telepathy")
    assert (fields["mood"].type, fields["mood"].required) == (FieldType.UNKNOWN, True)


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind is not FieldType.UNKNOWN])
def test_every_documented_type_of_question_is_known(kind: FieldType) -> None:
    read = event_type.read_event_type(EVENT_TYPE | {"bookingFields": [{"type": str(kind), "slug": "q"}]})
    assert read.booking_fields[0].type is kind


def test_places_are_typed_and_unknown_ones_kept() -> None:
    places = event_type.read_event_type(EVENT_TYPE).locations
    kinds = [place.kind for place in places]
    assert kinds == [
        LocationKind.INTEGRATION,
        LocationKind.ATTENDEE_ADDRESS,
        LocationKind.ADDRESS,
        LocationKind.UNKNOWN,
    ]
    assert [place.asks for place in places] == [False, True, False, False]
    assert (places[2].value, places[3].value) == ("Main Street 1", "somewhere")


@pytest.mark.parametrize(
    ("shape", "first", "days"),
    [
        ({"type": "range", "value": ["2030-09-05", "2030-09-09"]}, date(2030, 9, 5), None),
        ([{"type": "businessDays", "value": 5}], None, 5),
    ],
)
def test_the_booking_window_is_read_in_both_shapes(shape: Any, first: date | None, days: int | None) -> None:
    window = event_type.read_event_type(EVENT_TYPE | {"bookingWindow": shape}).booking_window
    assert window is not None
    assert (window.first, window.days) == (first, days)


@pytest.mark.parametrize("rule", ["bookingWindow", "recurrence", "seats", "confirmationPolicy"])
@pytest.mark.parametrize("value", [None, {"disabled": True}, [], {}, "off", 7])
def test_a_rule_that_is_off_or_odd_is_no_rule(rule: str, value: Any) -> None:
    read = event_type.read_event_type(EVENT_TYPE | {rule: value})
    name = {"bookingWindow": "booking_window", "confirmationPolicy": "confirmation"}.get(rule, rule)
    assert getattr(read, name) is None


def test_a_team_event_type_knows_its_team_and_hosts() -> None:
    team = {
        "teamId": 9,
        "team": {"id": 9, "slug": "support", "name": "Support"},
        "schedulingType": "roundRobin",
        "hosts": [{"userId": 3, "name": "Sam", "username": "sam", "mandatory": False, "priority": "medium"}],
        "users": None,
    }
    read = event_type.read_event_type(EVENT_TYPE | team)
    assert (read.team_id, read.team_slug) == (9, "support")
    assert read.scheduling_type is SchedulingType.ROUND_ROBIN
    assert [(host.id, host.name) for host in read.hosts] == [(3, "Sam")]
    assert read.bookable


def test_one_broken_event_type_does_not_hide_the_others() -> None:
    read = event_type.read_event_types([{"id": "?"}, EVENT_TYPE, None, 7])
    assert [one.slug for one in read] == ["consultation"]


def test_slots_come_sorted_once_each_and_only_inside_the_range() -> None:
    data = {
        "2026-11-24": [
            {"start": "2026-11-24T10:00:00.000-05:00", "end": "2026-11-24T10:15:00.000-05:00"},
            {"start": "2026-11-24T09:00:00.000-05:00"},
            {"start": "2026-11-24T15:00:00Z"},
        ],
        "2026-11-25": [{"start": "2026-11-25T00:00:00Z"}, {"start": "2026-11-25T20:00:00Z"}],
        "2026-11-23": [{"start": "2026-11-23T23:45:00Z"}],
    }
    read = slot.read_slots(data, QUERY)
    assert [one.start.hour for one in read] == [14, 15]


def test_slots_are_grouped_by_the_asker_s_day_not_the_service_s() -> None:
    data = {"2026-11-24": [{"start": "2026-11-24T02:00:00Z"}, {"start": "2026-11-24T15:00:00Z"}]}
    days = slot.read_slots(data, QUERY).days(ZoneInfo("America/New_York"))
    assert list(days) == [date(2026, 11, 23), date(2026, 11, 24)]


def test_seats_left_are_told_where_there_are_seats() -> None:
    seated = {"start": "2026-11-24T15:00:00Z", "seatsRemaining": 2, "seatsTotal": 3, "bookingUid": "b"}
    one = slot.read_slots({"2026-11-24": [seated]}, QUERY).slots[0]
    assert (one.seats_left, one.seats_total, one.booking_uid) == (2, 3, "b")


def test_a_schedule_is_read_and_written_back_without_loss() -> None:
    data = {
        "id": 1,
        "ownerId": 2,
        "name": "Work",
        "timeZone": "Europe/Berlin",
        "isDefault": True,
        "availability": [{"days": ["Monday", "Friday"], "startTime": "09:00", "endTime": "17:00"}],
        "overrides": [{"date": "2026-12-24", "startTime": "10:00", "endTime": "12:00"}],
    }
    read = availability.read_schedule(data)
    assert read.availability[0].days == (Weekday.MONDAY, Weekday.FRIDAY)
    assert read.overrides[0].start == time(10)
    written = availability.schedule_json(
        ScheduleChange(read.name, read.zone, read.availability, read.overrides, read.is_default)
    )
    assert written == {key: data[key] for key in written}
    assert set(written) == {"name", "timeZone", "availability", "overrides", "isDefault"}


def test_calendars_are_flattened_and_take_the_account_s_credential() -> None:
    data = {
        "connectedCalendars": [
            {
                "credentialId": 4,
                "calendars": [
                    {"externalId": "a@x.com", "name": "Work", "isSelected": True},
                    {"externalId": "b@x.com", "isSelected": False, "credentialId": 5},
                ],
            }
        ],
        "destinationCalendar": {"externalId": "a@x.com"},
    }
    read = availability.read_calendars(data)
    assert [(one.external_id, one.credential_id) for one in read.connected] == [("a@x.com", 4), ("b@x.com", 5)]
    assert [one.external_id for one in read.checked] == ["a@x.com"]
    assert read.destination == "a@x.com"


def test_tokens_hide_themselves_and_know_when_they_end() -> None:
    now = datetime(2026, 11, 21, 10, tzinfo=UTC)
    tokens = link.read_tokens(
        {"access_token": "at-secret", "refresh_token": "rt-secret", "expires_in": 1800, "scope": "A B"}, now
    )
    assert tokens.expires_at == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    assert "secret" not in repr(tokens)


READERS: list[Callable[[Any], Any]] = [
    booking.read_booking,
    booking.read_bookings,
    booking.read_booking_page,
    booking_parts.read_attendee,
    booking_parts.read_attendees,
    booking_parts.read_calendar_links,
    booking_parts.read_reassigned,
    booking_parts.read_recordings,
    booking_parts.read_references,
    booking_parts.read_sessions,
    booking_parts.read_transcripts,
    event_type.read_event_type,
    event_type.read_event_types,
    lambda data: slot.read_slots(data, QUERY),
    slot.read_reservation,
    person.read_me,
    person.read_team,
    person.read_teams,
    person.read_members,
    person.read_credits,
    person.read_charge,
    availability.read_schedule,
    availability.read_schedules,
    availability.read_aways,
    availability.read_calendars,
    availability.read_busy_times,
    availability.read_booking_limits,
    link.read_private_link,
    link.read_webhooks,
    lambda data: link.read_tokens(data, QUERY.start),
]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "unknown", "2026-11-24", ""])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(["id"]), inner),
    max_leaves=12,
)


@given(data=anything)
@settings(max_examples=150, deadline=None)
def test_whatever_comes_is_read_or_refused_with_a_value_error(data: Any) -> None:
    for reader in READERS:
        try:
            reader(data)
        except (ValueError, TypeError, ArithmeticError):
            continue  # what the transport turns into Unavailable


@given(name=st.sampled_from(sorted(BOOKING)), value=anything)
@settings(max_examples=200, deadline=None)
def test_an_odd_value_in_a_booking_spoils_only_that_value(name: str, value: Any) -> None:
    if name in ("uid", "start"):
        return
    read = booking.read_booking(deepcopy(BOOKING) | {name: value})
    assert read.uid == BOOKING["uid"]
    assert read.start == datetime(2026, 11, 24, 18, tzinfo=UTC)


@given(name=st.sampled_from(sorted(EVENT_TYPE)), value=anything)
@settings(max_examples=200, deadline=None)
def test_an_odd_value_in_an_event_type_spoils_only_that_value(name: str, value: Any) -> None:
    if name in ("id", "lengthInMinutes"):
        return
    read = event_type.read_event_type(deepcopy(EVENT_TYPE) | {name: value})
    assert isinstance(read, EventType)
    assert read.length_minutes == 45


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ann Lee", "Ann Lee"),
        ("Ann\nYour link has expired:\n\n*reconnect*", "Ann Your link has expired: *reconnect*"),
        ("\u202eeel nnA\u2066", "eel nnA"),
        ("A\u200bn\u2060n\U000e0041", "Ann"),
        ("x" * 5000, "x" * 99 + "…"),
        (" \t\u200b ", ""),
        ("Élodie 👩‍🔬 山田", "Élodie 👩‍🔬 山田"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed: str, read: str) -> None:
    """Anybody may book under any name; in our sentences it must not look like ours."""
    told = {"uid": "u", "start": "2026-11-24T18:00:00Z", "end": "2026-11-24T18:30:00Z", "status": "accepted"}
    people = [{"name": typed, "email": "a@example.com"}]
    read_back = booking.read_booking({**told, "title": typed, "attendees": people, "hosts": [{"id": 1, **people[0]}]})
    assert [read_back.attendees[0].name, read_back.hosts[0].name] == [read, read]
    assert "\n" not in read_back.title
    assert len(read_back.title) <= 300
