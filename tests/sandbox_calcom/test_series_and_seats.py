"""Recurring and seated bookings."""

from typing import Any

from tests.sandbox_calcom.api import Api

WEDNESDAY = "2026-11-25T20:00:00Z"


def person(name: str) -> dict[str, Any]:
    return {"attendee": {"name": name, "email": f"{name.lower()}@example.com", "timeZone": "UTC"}}


async def test_a_recurring_type_answers_with_all_occurrences(api: Api) -> None:
    series = await api.book(WEDNESDAY, "weekly-sync")
    assert [entry["start"][:10] for entry in series] == ["2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16"]
    uids = {entry["recurringBookingUid"] for entry in series}
    assert len(uids) == 1
    assert await api.data("GET", f"/bookings/{uids.pop()}") == series


async def test_occurrences_keep_the_attendees_wall_clock(api: Api) -> None:
    api.clock.set(api.clock.now().replace(month=10, day=19))
    series = await api.book("2026-10-28T19:00:00Z", "weekly-sync", recurrenceCount=2)
    assert [entry["start"] for entry in series] == ["2026-10-28T19:00:00.000Z", "2026-11-04T20:00:00.000Z"]


async def test_a_series_with_one_taken_date_is_not_booked_at_all(api: Api) -> None:
    await api.book("2026-12-02T20:00:00Z", "30min")
    status, _ = await api.refused(WEDNESDAY, "weekly-sync")
    assert status == 400
    assert await api.data("GET", "/bookings", who="bailey", status="recurring") == []


async def test_this_and_following_are_cancelled_together(api: Api) -> None:
    series = await api.book(WEDNESDAY, "weekly-sync")
    body = {"cancelSubsequentBookings": True}
    gone = await api.data("POST", f"/bookings/{series[2]['uid']}/cancel", body)
    assert [entry["status"] for entry in gone] == ["accepted", "accepted", "cancelled", "cancelled"]
    left = await api.data("GET", "/bookings", who="bailey", status="recurring")
    assert [entry["uid"] for entry in left] == [series[0]["uid"], series[1]["uid"]]


async def test_one_answer_confirms_all_that_wait(api: Api) -> None:
    policy = {"confirmationPolicy": {"type": "always", "blockUnconfirmedBookingsInBooker": True}}
    await api.data("PATCH", "/event-types/5", policy, who="bailey")
    series = await api.book(WEDNESDAY, "weekly-sync")
    assert {entry["status"] for entry in series} == {"pending"}
    assert await api.starts(eventTypeId=1, start=WEDNESDAY, end="2026-11-25T20:30:00Z") == []
    await api.data("POST", f"/bookings/{series[1]['uid']}/confirm", who="bailey")
    seen = await api.data("GET", f"/bookings/{series[0]['recurringBookingUid']}")
    assert {entry["status"] for entry in seen} == {"accepted"}
    again = await api.refusal("POST", f"/bookings/{series[0]['uid']}/decline", {}, who="bailey")
    assert again == (400, "Booking already confirmed")


async def test_only_series_have_following_bookings(api: Api) -> None:
    uid = (await api.book(WEDNESDAY))["uid"]
    answer = await api.refusal("POST", f"/bookings/{uid}/cancel", {"cancelSubsequentBookings": True})
    assert answer == (400, f"Booking with bookingUid={uid} is not part of a recurring booking.")


async def test_the_series_uid_cancels_all(api: Api) -> None:
    series = await api.book(WEDNESDAY, "weekly-sync")
    gone = await api.data("POST", f"/bookings/{series[0]['recurringBookingUid']}/cancel", {})
    assert {entry["status"] for entry in gone} == {"cancelled"}
    assert len(gone) == 4


async def test_seats_share_a_booking_until_they_are_full(api: Api) -> None:
    first = await api.book(WEDNESDAY, "office-hours", **person("Ann"), metadata={"draft": "1"})
    second = await api.book(WEDNESDAY, "office-hours", **person("Bo"), metadata={"draft": "2"})
    assert first["uid"] == second["uid"]
    assert first["seatUid"] != second["seatUid"]
    assert second["attendees"] == []
    await api.book(WEDNESDAY, "office-hours", **person("Cy"))
    full = await api.refused(WEDNESDAY, "office-hours", **person("Di"))
    assert full == (409, "No more seats left at this seated booking.")
    seen = await api.data("GET", f"/bookings/{first['uid']}", who="bailey")
    assert [(a["name"], a["seatUid"], a["metadata"]) for a in seen["attendees"]][:2] == [
        ("Ann", first["seatUid"], {"draft": "1"}),
        ("Bo", second["seatUid"], {"draft": "2"}),
    ]
    assert "email" not in seen["attendees"][0]["bookingFieldsResponses"]
    mine = await api.data("GET", f"/bookings/by-seat/{second['seatUid']}")
    assert (mine["uid"], [attendee["name"] for attendee in mine["attendees"]]) == (first["uid"], ["Bo"])
    listed = await api.data("GET", "/bookings", who="bailey", bookingUid=first["uid"])
    assert len(listed[0]["attendees"]) == 3


async def test_one_takes_one_seat(api: Api) -> None:
    await api.book(WEDNESDAY, "office-hours")
    assert (await api.refused(WEDNESDAY, "office-hours"))[0] == 409


async def test_a_seat_is_given_up_alone(api: Api) -> None:
    first = await api.book(WEDNESDAY, "office-hours", **person("Ann"))
    second = await api.book(WEDNESDAY, "office-hours", **person("Bo"))
    path = f"/bookings/{first['uid']}/cancel"
    assert (await api.refusal("POST", path, {}))[0] == 400
    assert await api.refusal("POST", path, {"seatUid": "nope"}) == (
        400,
        "Invalid seatUid: this seat does not exist or has already been cancelled.",
    )
    assert (await api.data("POST", path, {"seatUid": first["seatUid"]}))["status"] == "accepted"
    assert (await api.refusal("POST", path, {"seatUid": first["seatUid"]}))[0] == 400
    assert (await api.data("POST", path, {"seatUid": second["seatUid"]}))["status"] == "cancelled"


async def test_a_seat_of_another_booking_is_not_cancelled(api: Api) -> None:
    first = await api.book(WEDNESDAY, "office-hours")
    other = await api.book("2026-11-25T21:00:00Z", "office-hours")
    answer = await api.refusal("POST", f"/bookings/{first['uid']}/cancel", {"seatUid": other["seatUid"]})
    assert answer == (400, "Invalid seatUid: this seat does not belong to this booking.")


async def test_the_host_cancels_all_seats(api: Api) -> None:
    booking = await api.book(WEDNESDAY, "office-hours")
    path = f"/bookings/{booking['uid']}/cancel"
    gone = await api.data("POST", path, {"cancellationReason": "ill"}, who="bailey")
    assert (gone["status"], gone["attendees"]) == ("cancelled", [])
    newer = await api.data("GET", f"/bookings/{booking['uid']}", who="bailey", version="2026-02-25")
    assert [attendee["name"] for attendee in newer["attendees"]] == ["Ann"]


async def test_a_seat_moves_and_the_others_stay(api: Api) -> None:
    first = await api.book(WEDNESDAY, "office-hours", **person("Ann"))
    await api.book(WEDNESDAY, "office-hours", **person("Bo"))
    path = f"/bookings/{first['uid']}/reschedule"
    status, message = await api.refusal("POST", path, {"start": "2026-11-25T21:00:00Z"})
    assert status == 400
    assert message.startswith(
        f"Booking with uid={first['uid']} is a seated booking which means you have to provide seatUid "
    )
    moved = await api.data("POST", path, {"start": "2026-11-25T21:00:00Z", "seatUid": first["seatUid"]})
    assert moved["uid"] != first["uid"]
    assert (moved["start"], moved["seatUid"]) == ("2026-11-25T21:00:00.000Z", first["seatUid"])
    left = await api.data("GET", f"/bookings/{first['uid']}", who="bailey")
    assert [attendee["name"] for attendee in left["attendees"]] == ["Bo"]
