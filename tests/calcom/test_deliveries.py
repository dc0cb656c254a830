"""Webhook deliveries: only signed ones count, every kind is understood, nothing breaks the reader."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calcom import BadDelivery, BookingStatus, Trigger, read_delivery, sign, signed_by

PAYLOAD: dict[str, Any] = {
    "uid": "new-uid",
    "bookingId": 12,
    "type": "30min",
    "title": "30min between Sam and Ann",
    "startTime": "2026-11-24T15:00:00Z",
    "endTime": "2026-11-24T15:30:00Z",
    "status": "ACCEPTED",
    "eventTypeId": 7,
    "organizer": {"id": 3, "name": "Sam", "email": "sam@example.com", "timeZone": "Europe/London"},
    "attendees": [
        {"name": "Ann", "email": "ann@example.com", "timeZone": "America/New_York", "language": {"locale": "en"}}
    ],
    "responses": {"notes": {"label": "notes", "value": "hi", "isHidden": False}},
    "videoCallData": {"type": "daily_video", "url": "https://app.cal.com/video/x"},
    "metadata": {"draft": "d1"},
}


def delivery(trigger: str, payload: dict[str, Any] | None = None, **flat: Any) -> bytes:
    body: dict[str, Any] = {"triggerEvent": trigger, "createdAt": "2026-11-21T10:00:00.000Z", **flat}
    return json.dumps(body if payload is None else {**body, "payload": payload}).encode()


def test_only_the_right_secret_signs() -> None:
    body = delivery("BOOKING_CREATED", PAYLOAD)
    assert signed_by("s3cret", body, sign("s3cret", body))
    assert not signed_by("s3cret", body + b" ", sign("s3cret", body))
    assert not signed_by("other", body, sign("s3cret", body))


@pytest.mark.parametrize("signature", [None, "", "no-secret-provided", "ünsigned", "sha256=00"])
def test_a_missing_or_made_up_signature_does_not_count(signature: str | None) -> None:
    assert not signed_by("s3cret", b"{}", signature)


def test_no_secret_accepts_nothing() -> None:
    assert not signed_by("", b"{}", sign("", b"{}"))


def test_a_booking_s_news_are_read() -> None:
    read = read_delivery(delivery("BOOKING_CREATED", PAYLOAD))
    assert (read.trigger, read.uid, read.event_type_slug) == (Trigger.BOOKING_CREATED, "new-uid", "30min")
    assert read.start == datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert read.status is BookingStatus.ACCEPTED
    assert read.organizer is not None
    assert read.organizer.email == "sam@example.com"
    assert read.attendees[0].zone == "America/New_York"
    assert (read.responses, read.metadata) == ({"notes": "hi"}, {"draft": "d1"})
    assert read.meeting_url == "https://app.cal.com/video/x"


def test_a_reschedule_names_the_old_booking() -> None:
    moved = {"rescheduleUid": "old-uid", "rescheduleStartTime": "2026-11-23T15:00:00Z"}
    read = read_delivery(delivery("BOOKING_RESCHEDULED", PAYLOAD | moved))
    assert (read.uid, read.rescheduled_from) == ("new-uid", "old-uid")
    assert read.rescheduled_from_start == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_a_cancellation_tells_whether_another_time_is_wanted() -> None:
    asked = {"status": "CANCELLED", "cancellationReason": "ill", "requestReschedule": True}
    read = read_delivery(delivery("BOOKING_CANCELLED", PAYLOAD | asked))
    assert (read.status, read.cancellation_reason) == (BookingStatus.CANCELLED, "ill")
    assert read.reschedule_requested


def test_absences_are_told_by_address() -> None:
    payload = {"message": "x", "bookingUid": "u", "bookingId": 1, "attendees": [{"email": "a@x", "noShow": True}]}
    read = read_delivery(delivery("BOOKING_NO_SHOW_UPDATED", payload))
    assert (read.uid, read.no_shows) == ("u", {"a@x": True})


def test_a_meeting_that_starts_is_told_without_a_payload() -> None:
    read = read_delivery(delivery("MEETING_STARTED", None, uid="u", id=5, title="Chat", status="accepted"))
    assert (read.trigger, read.uid, read.booking_id) == (Trigger.MEETING_STARTED, "u", 5)


def test_an_instant_meeting_brings_the_link_that_takes_it() -> None:
    payload = {"uid": "u", "eventTypeId": 9, "connectAndJoinUrl": "https://app.cal.com/connect-and-join?token=t"}
    read = read_delivery(delivery("INSTANT_MEETING", payload))
    assert read.join_url == "https://app.cal.com/connect-and-join?token=t"


def test_a_repeated_delivery_has_the_same_key_and_another_one_has_not() -> None:
    first = read_delivery(delivery("BOOKING_CREATED", PAYLOAD))
    assert read_delivery(delivery("BOOKING_CREATED", PAYLOAD)).key == first.key
    assert read_delivery(delivery("BOOKING_CANCELLED", PAYLOAD)).key != first.key


def test_a_trigger_from_the_future_is_unknown() -> None:
    assert read_delivery(delivery("BOOKING_LEVITATED", PAYLOAD)).trigger is Trigger.UNKNOWN


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"triggerEvent": 5}', b"[" * 100_000, b"\xff"])
def test_what_is_no_delivery_is_refused(body: bytes) -> None:
    with pytest.raises(BadDelivery):
        read_delivery(body)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(name=st.sampled_from(sorted(PAYLOAD)), value=values)
@settings(max_examples=150, deadline=None)
def test_an_odd_value_spoils_only_itself(name: str, value: Any) -> None:
    read = read_delivery(delivery("BOOKING_CREATED", PAYLOAD | {name: value}))
    assert read.trigger is Trigger.BOOKING_CREATED
    if name != "uid":
        assert read.uid == "new-uid"


@given(body=st.binary(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with pytest.raises(BadDelivery):
        read_delivery(body)
