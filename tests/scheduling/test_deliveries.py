"""Webhooks as they may come: forged, repeated, late, about nothing; through the demo's own door."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

NOW = "2026-11-23T09:00:00-05:00"


@dataclass
class Door:
    """A demo, and the webhook it has registered for Bailey."""

    http: httpx.Client
    address: str
    secret: str

    def api(self, method: str, path: str, body: Any = None, who: str = "bailey") -> Any:
        headers = {"Authorization": f"Bearer cal_sandbox_{who}", "cal-api-version": "2024-08-13"}
        answer = self.http.request(method, f"/calcom/v2{path}", headers=headers, json=body)
        answer.raise_for_status()
        return answer.json()["data"]

    def send(self, trigger: str, payload: Any, secret: str | None = None, created: str = "") -> httpx.Response:
        created = created or datetime.now(UTC).isoformat()
        body = json.dumps({"triggerEvent": trigger, "createdAt": created, "payload": payload}).encode()
        return self.post(body, hmac.new((secret or self.secret).encode(), body, hashlib.sha256).hexdigest())

    def post(self, body: bytes, signature: str) -> httpx.Response:
        answer = self.http.post(self.address, content=body, headers={"X-Cal-Signature-256": signature})
        self.http.get("/workspace/idle")
        return answer

    def seen(self, viewer: str) -> list[str]:
        query = {"viewer": viewer, "channel": "@slotwise"}
        return [m["plain"] for m in self.http.get("/workspace/messages", params=query).json()["messages"]]

    def booking(self, who: str) -> Any:
        return self.api("GET", "/bookings?status=upcoming", who=who)[0]


@pytest.fixture
def door(demo_url: str) -> Door:
    http = httpx.Client(base_url=demo_url, timeout=60)
    http.post("/workspace/reset", json={"now": NOW})
    (hook,) = Door(http, "", "").api("GET", "/webhooks")
    return Door(http, hook["subscriberUrl"], hook["secret"])


def told(booking: Any, **more: Any) -> Any:
    """A booking as a delivery tells it."""
    return {
        "uid": booking["uid"],
        "title": booking["title"],
        "startTime": booking["start"],
        "endTime": booking["end"],
        "status": "ACCEPTED",
        "organizer": {"name": "Bailey", "email": "bailey@example.com", "username": "bailey"},
        "attendees": [{"name": "Sam", "email": "sam@example.com", "timeZone": "Europe/London"}],
        **more,
    }


def test_what_is_signed_is_told_once_however_often_it_comes(door: Door) -> None:
    payload, created = told(door.booking("bailey")), "2026-11-23T14:00:00.000Z"
    first = door.send("BOOKING_LOCATION_UPDATED", payload, created=created)
    again = door.send("BOOKING_LOCATION_UPDATED", payload, created=created)
    assert (first.status_code, again.status_code) == (200, 200)
    assert sum("new place" in text for text in door.seen("sam")) == 1
    assert sum("new place" in text for text in door.seen("bailey")) == 1
    assert not any("new place" in text for text in door.seen("ann"))


@pytest.mark.parametrize("secret", ["wrong", "no-secret-provided"])
def test_what_is_not_signed_with_this_webhooks_secret_is_refused(door: Door, secret: str) -> None:
    assert door.send("BOOKING_CANCELLED", told(door.booking("bailey")), secret).status_code == 401
    assert door.seen("sam") == []


@pytest.mark.parametrize("signature", ["", "no-secret-provided", "é", "0" * 64])
def test_odd_signatures_are_refused(door: Door, signature: str) -> None:
    body = json.dumps({"triggerEvent": "BOOKING_CREATED", "payload": {}}).encode()
    headers = [(b"X-Cal-Signature-256", signature.encode())] if signature else []
    assert door.http.post(door.address, content=body, headers=headers).status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"triggerEvent": 5}', b"\xff\xfe", b'{"payload": {}}'])
def test_what_is_signed_but_no_delivery_is_refused(door: Door, body: bytes) -> None:
    assert door.post(body, hmac.new(door.secret.encode(), body, hashlib.sha256).hexdigest()).status_code == 400


def test_an_unknown_address_and_a_flood_are_turned_away(door: Door) -> None:
    assert door.http.post("/webhooks/calcom/unknown", content=b"{}").status_code == 404
    assert door.http.post(door.address, content=b"x" * 1_000_001).status_code == 413


@pytest.mark.parametrize("trigger", ["PING", "FORM_SUBMITTED", "SOMETHING_NEW", "INSTANT_MEETING"])
def test_other_triggers_are_taken_and_nobody_is_told(door: Door, trigger: str) -> None:
    assert door.send(trigger, told(door.booking("bailey"))).status_code == 200
    assert door.seen("sam") == door.seen("bailey") == []


def test_a_booking_that_cal_com_does_not_know_is_told_to_nobody(door: Door) -> None:
    payload = told(door.booking("bailey"), uid="neverbooked123456789ab")
    assert door.send("BOOKING_CREATED", payload).status_code == 200
    assert door.seen("sam") == []


def test_late_news_of_what_no_longer_holds_is_not_told(door: Door) -> None:
    booking = door.booking("bailey")
    assert door.send("BOOKING_CANCELLED", told(booking, attendees=[])).status_code == 200
    assert door.send("BOOKING_REQUESTED", told(booking)).status_code == 200
    assert door.send("BOOKING_REJECTED", told(booking)).status_code == 200
    assert door.seen("sam") == door.seen("bailey") == []


def test_names_and_titles_of_others_are_shown_as_text(door: Door) -> None:
    attendee = {"name": "<!channel> *Eve*", "email": "eve@evil.example", "timeZone": "Europe/London"}
    body = {"start": "2026-11-24T22:00:00Z", "eventTypeId": 1, "attendee": attendee}
    door.api("POST", "/bookings", body)
    door.http.get("/workspace/idle")
    (message,) = [
        m
        for m in door.http.get("/workspace/messages", params={"viewer": "bailey", "channel": "@slotwise"}).json()[
            "messages"
        ]
        if "Eve" in m["plain"]
    ]
    assert "booked a meeting with you" in message["plain"]
    assert "<!channel>" not in json.dumps(message["blocks"])


def test_a_series_booked_elsewhere_is_told_once(door: Door) -> None:
    attendee = {"name": "Eve", "email": "eve@evil.example", "timeZone": "Europe/London"}
    made = door.api("POST", "/bookings", {"start": "2026-11-24T22:00:00Z", "eventTypeId": 5, "attendee": attendee})
    assert len(made) == 4
    door.http.get("/workspace/idle")
    assert sum("Eve booked a meeting" in text for text in door.seen("bailey")) == 1


def test_absence_is_told_to_who_was_marked(door: Door) -> None:
    door.http.post("/workspace/clock", json={"now": "2026-11-24T18:40:00+00:00"})
    door.http.get("/workspace/idle")
    booking = door.api("GET", "/bookings?status=past&sortStart=desc")[0]
    body = {"attendees": [{"email": "sam@example.com", "absent": True}]}
    door.api("POST", f"/bookings/{booking['uid']}/mark-absent", body)
    door.http.get("/workspace/idle")
    assert any("You were marked as absent" in text for text in door.seen("sam"))
    assert any("Sam was marked as absent" in text for text in door.seen("bailey"))


def test_when_cal_com_does_not_answer_the_delivery_itself_is_told(door: Door) -> None:
    booking = door.booking("bailey")
    door.http.post("/workspace/faults", json={"target": "calcom", "kind": "500", "times": 20, "path": "bookings"})
    assert door.send("BOOKING_LOCATION_UPDATED", told(booking)).status_code == 200
    assert any("new place" in text for text in door.seen("sam"))


def test_a_recording_is_told_with_its_link(door: Door) -> None:
    booking = door.booking("bailey")
    door.http.post(f"/calcom/video/{booking['uid']}", data={"name": "sam"})
    door.http.post("/workspace/clock", json={"now": "2026-11-24T18:31:00+00:00"})
    door.http.get("/workspace/idle")
    for viewer in ("bailey", "sam"):
        (told_of,) = [text for text in door.seen(viewer) if "recording of your meeting is ready" in text]
        assert "[Watch the recording]" in told_of
