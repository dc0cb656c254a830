"""The seeded world, relative to the clock, and coming back to it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from tests.sandbox_calcom.api import Api, FrozenClock

SEEDED = [
    ("2026-11-19T18:00:00.000Z", "bailey", "15min", "ann@example.com", "accepted", 15),
    ("2026-11-24T18:00:00.000Z", "bailey", "30min", "sam@example.com", "accepted", 30),
    ("2026-11-25T14:00:00.000Z", "sam", "15min", "ann@example.com", "accepted", 15),
    ("2026-11-26T08:00:00.000Z", "lena", "30min", "kenji@example.com", "accepted", 30),
    ("2026-11-27T11:00:00.000Z", "sam", "interview", "kenji@example.com", "pending", 60),
]


async def seen(api: Api) -> list[tuple[str, str, str, str, str, int]]:
    """The admin's list of bookings, in short."""
    return [
        (
            entry["start"],
            entry["hosts"][0]["username"],
            entry["eventType"]["slug"],
            entry["attendees"][0]["email"],
            entry["status"],
            entry["duration"],
        )
        for entry in await api.data("GET", "/bookings", who="admin")
    ]


async def test_the_five_bookings_lie_around_the_coming_tuesday(api: Api) -> None:
    assert await seen(api) == SEEDED


async def test_a_reset_brings_the_seed_back_with_new_uids(api: Api) -> None:
    before = {entry["uid"] for entry in await api.data("GET", "/bookings", who="admin")}
    await api.book("2026-11-24T19:00:00Z")
    await api.data(
        "POST", "/webhooks", {"active": True, "subscriberUrl": "http://127.0.0.1:9/x", "triggers": []}, who="bailey"
    )
    api.server.reset()
    after = await api.data("GET", "/bookings", who="admin")
    assert await seen(api) == SEEDED
    assert not before & {entry["uid"] for entry in after}
    assert min(entry["id"] for entry in after) > 6
    assert await api.data("GET", "/webhooks", who="bailey") == []


@pytest.mark.parametrize(
    ("now", "tuesday"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=UTC), "2026-12-01T18:00:00.000Z"),
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), "2026-11-24T18:00:00.000Z"),
        (datetime(2026, 7, 5, 12, tzinfo=UTC), "2026-07-07T17:00:00.000Z"),
    ],
)
async def test_tuesday_is_the_first_one_after_the_hosts_date(api: Api, now: datetime, tuesday: str) -> None:
    api.clock.set(now)
    api.server.reset()
    bookings = await api.data("GET", "/bookings", who="admin", status="upcoming")
    assert tuesday in {b["start"] for b in bookings if b["hosts"][0]["username"] == "bailey"}


async def test_a_file_keeps_what_was_booked(clock: FrozenClock, tmp_path: Path) -> None:
    for expected in (6, 6):
        server = CalComServer(
            clock=clock, activity=Activity(), origin="http://s", data=tmp_path / "cal.db", rate_limit=0
        )
        api = Api(server, clock, Activity())
        if len(await seen(api)) == 5:
            await api.book("2026-11-24T19:00:00Z")
        assert len(await seen(api)) == expected
        await server.stop()


async def test_the_event_types_are_set_as_described(api: Api) -> None:
    bailey = {entry["slug"]: entry for entry in await api.data("GET", "/event-types", username="bailey")}
    sam = {entry["slug"]: entry for entry in await api.data("GET", "/event-types", username="sam")}
    lena = {entry["slug"]: entry for entry in await api.data("GET", "/event-types", username="lena")}
    assert bailey["30min"]["slotInterval"] == 15
    assert bailey["office-hours"]["seatsPerTimeSlot"] == 3
    assert bailey["weekly-sync"]["recurrence"] == {"interval": 1, "occurrences": 4, "frequency": "weekly"}
    asked = {f["slug"]: f for f in bailey["consultation"]["bookingFields"] if not f["isDefault"]}
    assert {slug: (f["type"], f["required"]) for slug, f in asked.items()} == {
        "topic": ("textarea", True),
        "company_size": ("select", True),
        "seats": ("number", False),
    }
    assert asked["company_size"]["options"] == ["1-10", "10-50", "50+"]
    assert (sam["30min"]["minimumBookingNotice"], sam["30min"]["afterEventBuffer"]) == (60, 10)
    assert sam["interview"]["confirmationPolicy"] == {"type": "always", "blockUnconfirmedBookingsInBooker": False}
    assert sam["interview"]["locations"] == [{"type": "attendeePhone"}]
    assert lena["30min"]["lengthInMinutesOptions"] == [15, 30, 60]
    assert [place["type"] for place in lena["30min"]["locations"]] == ["integration", "attendeeAddress"]
    assert "location" in {f["slug"] for f in lena["30min"]["bookingFields"]}
    assert "location" not in {f["slug"] for f in sam["interview"]["bookingFields"]}


async def test_the_past_booking_can_be_heard_and_read(api: Api) -> None:
    past = (await api.data("GET", "/bookings", who="bailey", status="past"))[0]
    assert len(await api.data("GET", f"/bookings/{past['uid']}/recordings", who="bailey")) == 1
    transcript = (await api.data("GET", f"/bookings/{past['uid']}/transcripts", who="bailey"))[0]
    text = (await api.http.get(transcript)).text
    assert text.startswith("WEBVTT")
    assert "<v Ann>" in text
