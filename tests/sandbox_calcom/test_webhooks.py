"""Webhooks: registered, signed, delivered once, retried, and what they say."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox_calcom.api import Api
from tests.sandbox_calcom.receiver import Receiver, listening

FREE = "2026-11-24T20:00:00Z"
ALL = [
    "BOOKING_CREATED",
    "BOOKING_REQUESTED",
    "BOOKING_RESCHEDULED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED",
    "INSTANT_MEETING",
    "MEETING_STARTED",
    "MEETING_ENDED",
    "RECORDING_READY",
]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening() as receiver:
        yield receiver


async def subscribe(api: Api, receiver: Receiver, path: str = "/webhooks", who: str = "bailey", **more: Any) -> Any:
    body = {"active": True, "subscriberUrl": receiver.url, "triggers": ALL, **more}
    return await api.data("POST", path, body, who=who)


async def settle(api: Api) -> None:
    assert await api.activity.idle(5)


async def test_a_webhook_is_made_read_changed_and_deleted(api: Api, receiver: Receiver) -> None:
    made = await subscribe(api, receiver, secret="s")
    assert made == {
        "id": made["id"],
        "userId": 2,
        "triggers": ALL,
        "subscriberUrl": receiver.url,
        "active": True,
        "payloadTemplate": "",
        "secret": "s",
    }
    again = await api.refusal(
        "POST", "/webhooks", {"active": True, "subscriberUrl": receiver.url, "triggers": []}, who="bailey"
    )
    assert again[0] == 409
    path = f"/webhooks/{made['id']}"
    assert (await api.refusal("GET", path, who="sam"))[0] == 403
    assert (await api.refusal("GET", "/webhooks/nothing", who="sam"))[0] == 404
    assert (await api.data("PATCH", path, {"active": False}, who="bailey"))["active"] is False
    assert (await api.data("DELETE", path, who="bailey"))["id"] == made["id"]
    assert await api.data("GET", "/webhooks", who="bailey") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"triggers": ["BOOKING_CONFIRMED"]},
        {"subscriberUrl": "nowhere"},
        {"active": "yes"},
    ],
)
async def test_a_wrong_webhook_is_refused(api: Api, receiver: Receiver, wrong: dict[str, Any]) -> None:
    body = {"active": True, "subscriberUrl": receiver.url, "triggers": ALL, **wrong}
    reply = await api.call("POST", "/webhooks", body, who="bailey")
    error = reply.json()["error"]
    assert (reply.status_code, error["message"]) == (400, "Bad Request Exception")
    assert [entry["property"] for entry in error["details"]["errors"]] == list(wrong)


async def test_the_stored_name_of_triggers_is_stripped_and_missed(api: Api, receiver: Receiver) -> None:
    body = {"active": True, "subscriberUrl": receiver.url, "eventTriggers": ALL}
    reply = await api.call("POST", "/webhooks", body, who="bailey")
    assert reply.json()["error"]["details"]["errors"][0]["property"] == "triggers"


async def test_a_delivery_is_signed_over_its_raw_body(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver, secret="geheim")
    booking = await api.book(FREE, metadata={"draft": "1"})
    await settle(api)
    expected = hmac.new(b"geheim", receiver.bodies[0], hashlib.sha256).hexdigest()
    assert receiver.headers[0]["x-cal-signature-256"] == expected
    assert receiver.headers[0]["x-cal-webhook-version"] == "2021-10-20"
    event = receiver.events[0]
    assert (event["triggerEvent"], event["createdAt"]) == ("BOOKING_CREATED", "2026-11-23T14:00:00.000Z")
    payload = event["payload"]
    assert {name: payload[name] for name in ("uid", "type", "status", "length", "startTime", "eventTypeId")} == {
        "uid": booking["uid"],
        "type": "15min",
        "status": "ACCEPTED",
        "length": 15,
        "startTime": "2026-11-24T20:00:00.000Z",
        "eventTypeId": 1,
    }
    assert payload["organizer"]["username"] == "bailey"
    assert payload["organizer"]["utcOffset"] == -480
    assert [a["email"] for a in payload["attendees"]] == ["ann@example.com"]
    assert payload["responses"]["name"]["value"] == "Ann"
    assert payload["metadata"]["draft"] == "1"
    assert payload["videoCallData"]["url"] == booking["location"]


async def test_without_a_secret_the_signature_says_so(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    await api.book(FREE)
    await settle(api)
    assert receiver.headers[0]["x-cal-signature-256"] == "no-secret-provided"


async def test_a_life_of_a_booking_is_told_in_order(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    old = (await api.book(FREE))["uid"]
    await settle(api)
    new = (await api.data("POST", f"/bookings/{old}/reschedule", {"start": "2026-11-25T20:00:00Z"}))["uid"]
    await settle(api)
    await api.data("POST", f"/bookings/{new}/cancel", {"cancellationReason": "ill"})
    await settle(api)
    assert receiver.triggers == ["BOOKING_CREATED", "BOOKING_RESCHEDULED", "BOOKING_CANCELLED"]
    moved, gone = (event["payload"] for event in receiver.events[1:])
    assert (moved["uid"], moved["rescheduleUid"]) == (new, old)
    assert moved["rescheduleStartTime"] == "2026-11-24T20:00:00.000Z"
    assert (gone["cancellationReason"], gone["requestReschedule"], gone["status"]) == ("ill", False, "CANCELLED")


async def test_requests_are_told_and_answered(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver, who="sam")
    attendee = {"name": "Ann", "email": "ann@example.com", "timeZone": "UTC", "phoneNumber": "+14155550123"}
    first = (await api.book("2026-11-26T10:00:00Z", "interview", "sam", attendee=attendee))["uid"]
    second = (await api.book("2026-11-26T12:00:00Z", "interview", "sam", attendee=attendee))["uid"]
    await settle(api)
    await api.data("POST", f"/bookings/{first}/confirm", who="sam")
    await settle(api)
    await api.data("POST", f"/bookings/{second}/decline", {"reason": "full"}, who="sam")
    await settle(api)
    assert receiver.triggers == ["BOOKING_REQUESTED", "BOOKING_REQUESTED", "BOOKING_CREATED", "BOOKING_REJECTED"]
    assert receiver.events[3]["payload"]["rejectionReason"] == "full"


async def test_asking_for_another_time_is_told_as_a_cancellation(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    uid = (await api.book(FREE))["uid"]
    await settle(api)
    await api.call("POST", f"/bookings/{uid}/request-reschedule", {"rescheduleReason": "ill"}, who="bailey")
    await settle(api)
    assert receiver.triggers[-1] == "BOOKING_CANCELLED"
    assert receiver.events[-1]["payload"]["requestReschedule"] is True


async def test_only_subscribed_events_of_ones_own_arrive(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver, triggers=["BOOKING_CANCELLED"])
    await api.book(FREE)
    await api.book("2026-11-24T12:00:00Z", "15min", "sam")
    await settle(api)
    assert receiver.triggers == []


async def test_a_failed_delivery_is_tried_again_and_counts_as_activity(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    receiver.answers = [500]
    await api.book(FREE)
    assert not await api.activity.idle(0.0)
    await settle(api)
    assert receiver.triggers == ["BOOKING_CREATED", "BOOKING_CREATED"]
    assert receiver.bodies[0] == receiver.bodies[1]


async def test_a_receiver_that_is_not_there_does_not_disturb(api: Api) -> None:
    body = {"active": True, "subscriberUrl": "http://127.0.0.1:9/", "triggers": ALL}
    await api.data("POST", "/webhooks", body, who="bailey")
    await api.book(FREE)
    await settle(api)


async def test_a_seats_webhook_speaks_of_that_seat_only(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    await api.book("2026-11-25T20:00:00Z", "office-hours")
    other = {"name": "Bo", "email": "bo@example.com", "timeZone": "UTC"}
    await api.book("2026-11-25T20:00:00Z", "office-hours", attendee=other)
    await settle(api)
    assert [[a["name"] for a in e["payload"]["attendees"]] for e in receiver.events] == [["Ann"], ["Bo"]]


async def test_starts_and_ends_are_told_by_the_clock_without_an_envelope(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    uid = (await api.book(FREE))["uid"]
    await settle(api)
    api.clock.advance(timedelta(days=1, hours=6))
    api.server.tick()
    await settle(api)
    api.clock.advance(timedelta(minutes=15))
    api.server.tick()
    api.server.tick()
    await settle(api)
    ours = [event for event in receiver.events[1:] if event.get("uid") == uid]
    assert [event["triggerEvent"] for event in ours] == ["MEETING_STARTED", "MEETING_ENDED"]
    assert "payload" not in ours[0]


async def test_absences_have_a_payload_of_their_own(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    past = (await api.data("GET", "/bookings", who="bailey", status="past"))[0]
    body = {"attendees": [{"email": "ann@example.com", "absent": True}]}
    await api.data("POST", f"/bookings/{past['uid']}/mark-absent", body, who="bailey")
    await settle(api)
    payload = receiver.events[0]["payload"]
    assert payload["attendees"] == [{"email": "ann@example.com", "noShow": True}]
    assert payload["bookingUid"] == past["uid"]


async def test_a_reset_forgets_deliveries_under_way(api: Api, receiver: Receiver) -> None:
    await subscribe(api, receiver)
    receiver.answers = [500, 500, 500]
    await api.book(FREE)
    api.server.reset()
    assert await api.activity.idle(1)


async def test_what_was_not_booked_is_not_told(api: Api, receiver: Receiver) -> None:
    await api.book("2026-12-09T20:00:00Z", "30min")
    await subscribe(api, receiver)
    assert (await api.refused("2026-11-25T20:00:00Z", "weekly-sync"))[0] == 400
    form = {"start": "2026-11-25T20:00:00Z", "name": "Zoe", "email": "zoe@example.com", "timeZone": "UTC"}
    assert (await api.http.post("/bailey/weekly-sync", data=form)).status_code == 400
    await api.data("PATCH", "/me", {"bio": "x"}, who="bailey")
    await settle(api)
    assert receiver.triggers == []


async def test_a_held_meeting_has_its_recording_told(api: Api, receiver: Receiver) -> None:
    booking = await api.book(FREE)
    await subscribe(api, receiver, triggers=["RECORDING_READY", "RECORDING_TRANSCRIPTION_GENERATED"])
    api.clock.advance(timedelta(days=1, hours=6))
    await api.http.post(f"/video/{booking['uid']}", data={"name": "Ann"})
    api.clock.advance(timedelta(minutes=15))
    api.server.tick()
    await settle(api)
    links = {event["triggerEvent"]: event["payload"] for event in receiver.events}
    assert (await api.http.get(links["RECORDING_READY"]["downloadLink"])).status_code == 200
    words = links["RECORDING_TRANSCRIPTION_GENERATED"]["downloadLinks"]["transcription"][0]
    assert (await api.http.get(words["link"])).text.startswith("WEBVTT")
