"""Bookings moved, cancelled, confirmed, declined, reassigned, and what is told of them."""

from datetime import timedelta

import pytest

from tests.sandbox_calcom.api import Api

FREE = "2026-11-24T20:00:00Z"
LATER = "2026-11-25T20:00:00Z"


async def test_a_moved_booking_has_a_new_uid_and_points_both_ways(api: Api) -> None:
    old = await api.book(FREE, metadata={"draft": "7"})
    body = {"start": LATER, "reschedulingReason": "train", "rescheduledBy": "ann@example.com"}
    new = await api.data("POST", f"/bookings/{old['uid']}/reschedule", body)
    assert new["uid"] != old["uid"]
    assert (new["rescheduledFromUid"], new["status"], new["metadata"]) == (old["uid"], "accepted", {"draft": "7"})
    assert (new["start"], new["reschedulingReason"]) == ("2026-11-25T20:00:00.000Z", "train")
    assert new["location"].endswith(new["uid"])
    gone = await api.data("GET", f"/bookings/{old['uid']}")
    assert (gone["status"], gone["rescheduledToUid"], gone["rescheduledByEmail"]) == (
        "cancelled",
        new["uid"],
        "ann@example.com",
    )
    again = await api.refusal("POST", f"/bookings/{old['uid']}/reschedule", body)
    assert again[0] == 400
    assert again[1].startswith(
        f"Can't reschedule booking with uid={old['uid']} because it has been cancelled and rescheduled already to"
        " booking"
        f" with uid={new['uid']}."
    )


async def test_a_move_by_a_few_minutes_does_not_collide_with_itself(api: Api) -> None:
    uid = (await api.book(FREE, "30min"))["uid"]
    moved = await api.data("POST", f"/bookings/{uid}/reschedule", {"start": "2026-11-24T20:15:00Z"})
    assert moved["start"] == "2026-11-24T20:15:00.000Z"


async def test_a_move_loses_a_chosen_length(api: Api) -> None:
    uid = (await api.book("2026-11-24T10:00:00Z", "30min", "lena", lengthInMinutes=60))["uid"]
    assert (await api.data("POST", f"/bookings/{uid}/reschedule", {"start": "2026-11-24T12:00:00Z"}))["duration"] == 30


async def test_the_name_of_the_other_endpoints_reason_is_refused(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    body = {"start": LATER, "rescheduleReason": "x"}
    assert await api.refusal("POST", f"/bookings/{uid}/reschedule", body) == (
        400,
        "rescheduleReason property is wrong,property rescheduleReason should not exist ",
    )


async def test_a_moved_request_waits_again_unless_its_owner_moved_it(api: Api) -> None:
    pending = next(b for b in await api.data("GET", "/bookings", who="sam") if b["status"] == "pending")
    confirmed = await api.data("POST", f"/bookings/{pending['uid']}/confirm", who="sam")
    assert confirmed["status"] == "accepted"
    body = {"start": "2026-11-26T11:00:00Z"}
    moved = await api.data("POST", f"/bookings/{pending['uid']}/reschedule", body)
    assert moved["status"] == "pending"
    body = {"start": "2026-11-26T13:00:00Z", "rescheduledBy": "sam@example.com"}
    assert (await api.data("POST", f"/bookings/{moved['uid']}/reschedule", body))["status"] == "accepted"


async def test_cancelling_as_an_attendee_and_as_a_host(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    reply = await api.call("POST", f"/bookings/{uid}/cancel", {}, who="bailey")
    assert reply.status_code == 400
    assert reply.json() == {"statusCode": 400, "message": "Cancellation reason is required when you are the host"}
    gone = await api.data("POST", f"/bookings/{uid}/cancel", {"cancellationReason": "ill"}, who="bailey")
    assert (gone["status"], gone["cancellationReason"], gone["cancelledByEmail"]) == (
        "cancelled",
        "ill",
        "bailey@example.com",
    )
    assert await api.refusal("POST", f"/bookings/{uid}/cancel", {}) == (
        400,
        f"Can't cancel booking with uid={uid} because it has been cancelled already. Please provide uid of a"
        " booking that is"
        " not cancelled.",
    )
    other = (await api.book(FREE))["uid"]
    assert (await api.data("POST", f"/bookings/{other}/cancel"))["status"] == "cancelled"


async def test_what_is_over_or_fixed_cannot_be_cancelled(api: Api) -> None:
    past = (await api.data("GET", "/bookings", who="bailey", status="past"))[0]
    reply = await api.call("POST", f"/bookings/{past['uid']}/cancel", {})
    assert reply.json() == {"statusCode": 400, "message": "Cannot cancel a booking that has already ended"}
    await api.data("PATCH", "/event-types/1", {"disableCancelling": {"disabled": True}}, who="bailey")
    uid = (await api.book(FREE))["uid"]
    reply = await api.call("POST", f"/bookings/{uid}/cancel", {})
    assert reply.json() == {"statusCode": 400, "message": "This event type does not allow cancellations"}


async def test_an_unknown_booking_is_not_found(api: Api) -> None:
    for method, path in (("GET", ""), ("POST", "/cancel"), ("POST", "/reschedule")):
        body = {"start": LATER} if path == "/reschedule" else None
        answer = await api.refusal(method, f"/bookings/nothing{path}", body)
        assert answer == (404, "Booking with uid=nothing was not found in the database")


async def test_a_request_is_declined_by_its_host_only(api: Api) -> None:
    pending = next(b for b in await api.data("GET", "/bookings", who="sam") if b["status"] == "pending")
    path = f"/bookings/{pending['uid']}/decline"
    refused = await api.call("POST", path, {"reason": "no"}, who="lena")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "TRPCError")
    assert (await api.data("POST", path, {"reason": "no"}, who="sam"))["status"] == "rejected"
    assert (await api.refusal("POST", f"/bookings/{pending['uid']}/confirm", who="sam"))[0] == 400
    assert (await api.refusal("POST", f"/bookings/{pending['uid']}/reschedule", {"start": LATER}))[0] == 400


async def test_asking_for_another_time_cancels(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    reply = await api.call("POST", f"/bookings/{uid}/request-reschedule", {"rescheduleReason": "ill"}, who="bailey")
    assert reply.json() == {"status": "success"}
    assert (await api.data("GET", f"/bookings/{uid}"))["status"] == "cancelled"


async def test_nobody_is_absent_before_the_start(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    body = {"host": True, "attendees": [{"email": "ann@example.com", "absent": True}]}
    status, message = await api.refusal("POST", f"/bookings/{uid}/mark-absent", body, who="bailey")
    assert status == 400
    assert message.startswith("Bookings can only be marked as absent after their scheduled start time. ")
    api.clock.advance(timedelta(days=2))
    marked = await api.data("POST", f"/bookings/{uid}/mark-absent", body, who="bailey")
    assert (marked["absentHost"], marked["attendees"][0]["absent"]) == (True, True)


async def test_people_and_places_are_added(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    guest = {"guests": [{"email": "g@example.com", "name": "Gil"}]}
    with_guest = await api.data("POST", f"/bookings/{uid}/guests", guest, who="bailey")
    assert with_guest["guests"] == ["g@example.com"]
    assert (await api.refusal("POST", f"/bookings/{uid}/guests", guest, who="bailey"))[0] == 400
    many = {"guests": [{"email": f"g{n}@example.com"} for n in range(11)]}
    assert (await api.refusal("POST", f"/bookings/{uid}/guests", many, who="bailey"))[0] == 400
    person = {"name": "Hal", "email": "hal@example.com", "timeZone": "UTC"}
    added = await api.data("POST", f"/bookings/{uid}/attendees", person, who="bailey")
    assert (added["name"], added["bookingId"]) == ("Hal", with_guest["id"])
    listed = await api.data("GET", f"/bookings/{uid}/attendees", who="bailey")
    assert [attendee["name"] for attendee in listed] == ["Ann", "Gil", "Hal"]
    one = await api.data("GET", f"/bookings/{uid}/attendees/{added['id']}", who="bailey")
    assert one["email"] == "hal@example.com"
    removed = await api.data("DELETE", f"/bookings/{uid}/attendees/{added['id']}", who="bailey")
    assert (removed["id"], removed["email"]) == (added["id"], "hal@example.com")
    assert (await api.refusal("DELETE", f"/bookings/{uid}/attendees/{listed[0]['id']}", who="bailey"))[0] == 400
    place = {"location": {"type": "address", "address": "Main St 1"}}
    assert (await api.data("PATCH", f"/bookings/{uid}/location", place, who="bailey"))["location"] == "Main St 1"
    assert (await api.refusal("PATCH", f"/bookings/{uid}/location", place, who="lena"))[0] == 403


async def test_links_and_references_of_a_booking(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    links = await api.data("GET", f"/bookings/{uid}/calendar-links", who="bailey")
    assert [link["label"] for link in links] == ["Google Calendar", "Microsoft Office 365", "Microsoft Outlook", "ICS"]
    assert "20261124T200000Z%2F20261124T201500Z" in links[0]["link"]
    references = await api.data("GET", f"/bookings/{uid}/references", who="bailey")
    assert [(entry["type"], entry["eventUid"]) for entry in references] == [("daily_video", uid)]
    assert await api.data("GET", f"/bookings/{uid}/references", who="bailey", type="zoom_video") == []


async def test_what_was_held_in_the_room_can_be_heard_afterwards(api: Api) -> None:
    uid = (await api.book(FREE))["uid"]
    assert await api.data("GET", f"/bookings/{uid}/recordings", who="bailey") == []
    api.clock.advance(timedelta(days=1, hours=6, minutes=1))
    for name in ("bailey", "Ann"):
        assert (await api.http.post(f"/video/{uid}", data={"name": name})).status_code == 200
    sessions = await api.data("GET", f"/bookings/{uid}/conferencing-sessions", who="bailey")
    assert [p["userName"] for p in sessions[0]["participants"]] == ["Bailey", "Ann"]
    assert sessions[0]["ongoing"] is True
    api.clock.advance(timedelta(hours=1))
    recording = (await api.data("GET", f"/bookings/{uid}/recordings", who="bailey"))[0]
    assert recording["duration"] == 14 * 60
    transcript = (await api.data("GET", f"/bookings/{uid}/transcripts", who="bailey"))[0]
    text = (await api.http.get(transcript)).text
    assert text.startswith("WEBVTT")
    assert "Ann" in text
    api.clock.advance(timedelta(hours=2))
    assert (await api.http.get(transcript)).status_code == 403


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("upcoming", ["2026-11-24T18", "2026-11-25T14", "2026-11-26T08", "2026-11-27T11"]),
        ("past", ["2026-11-19T18"]),
        ("unconfirmed", ["2026-11-27T11"]),
        ("cancelled", []),
        ("recurring", []),
        ("past,unconfirmed", ["2026-11-19T18", "2026-11-27T11"]),
    ],
)
async def test_bookings_are_listed_by_status(api: Api, status: str, expected: list[str]) -> None:
    listed = await api.data("GET", "/bookings", who="admin", status=status)
    assert [entry["start"][:13] for entry in listed] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"attendeeEmail": "ann@example.com"}, 2),
        ({"attendeeName": "kenji"}, 2),
        ({"eventTypeId": "8"}, 1),
        ({"eventTypeIds": "1,2"}, 2),
        ({"afterStart": "2026-11-25T00:00:00Z"}, 3),
        ({"afterStart": "2026-11-24T00:00:00Z", "beforeEnd": "2026-11-25T00:00:00Z"}, 1),
        ({"teamId": "2"}, 0),
        ({"skip": "4"}, 1),
        ({"take": "2"}, 2),
        ({"limit": "2", "cursor": "x"}, 5),
    ],
)
async def test_bookings_are_filtered(api: Api, query: dict[str, str], expected: int) -> None:
    assert len(await api.data("GET", "/bookings", who="admin", **query)) == expected


async def test_pages_by_cursor_hold_each_booking_once(api: Api) -> None:
    seen, cursor = [], None
    while True:
        reply = await api.call("GET", "/bookings", who="admin", version="2026-05-01", limit=2, cursor=cursor)
        content = reply.json()
        seen += [entry["start"] for entry in content["data"]]
        cursor = content["pagination"]["nextCursor"]
        if not content["pagination"]["hasMore"]:
            break
    assert cursor is None
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


async def test_pages_by_number_count_what_is_left(api: Api) -> None:
    reply = await api.call("GET", "/bookings", who="admin", take=2, skip=2)
    assert reply.json()["pagination"] == {
        "returnedItems": 2,
        "totalItems": 5,
        "itemsPerPage": 2,
        "remainingItems": 1,
        "currentPage": 2,
        "totalPages": 3,
        "hasNextPage": True,
        "hasPreviousPage": True,
    }
    for wrong in ({"take": 0}, {"take": 251}, {"status": "soon"}):
        status, message = await api.refusal("GET", "/bookings", who="admin", **wrong)
        assert (status, message) == (400, "Bad Request Exception")
