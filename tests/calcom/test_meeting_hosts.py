"""Which addresses are meetings to join, and which are words of whoever booked."""

from datetime import UTC, datetime

import httpx
import pytest

from bot.calcom import Booking, BookingStatus, CalCom
from bot.calcom.meeting_hosts import MeetingHosts

HOSTS = MeetingHosts.of(["https://api.cal.corp.example/v2", "jitsi.example"])


@pytest.mark.parametrize(
    "address",
    [
        "https://app.cal.com/video/2Nt",
        "https://cal.com/video/2Nt",
        "https://us02web.zoom.us/j/8712?pwd=a.b",
        "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting",
        "https://JITSI.example/room",
        "http://jitsi.example:8443/room",
        "https://api.cal.corp.example/video/x",
    ],
)
def test_rooms_of_calcom_and_of_its_apps_are_joined(address: str) -> None:
    assert HOSTS.knows(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/pay",
        "https://zoom.us.evil.example/j/1",
        "https://evilzoom.us/j/1",
        "https://zoom.us@evil.example/j/1",
        "https://zoom.us:pw@evil.example/",
        "https://zoom.us\\@evil.example/",
        "https://evil.example/#https://zoom.us/",
        "https://evil.example?zoom.us",
        "https://zo\u043em.us/j/1",
        "http://zoom.us/j/1",
        "https://[::1]/x",
        "https://zoom.us /j/1",
        "https://zoom.us/j/1\nhttps://evil.example",
        "javascript:alert(1)//zoom.us",
        "ftp://zoom.us/x",
        "https://",
        "",
    ],
)
def test_an_address_of_anybody_else_is_no_meeting(address: str) -> None:
    assert not HOSTS.knows(address)


def test_what_is_no_meeting_stays_a_place_in_words() -> None:
    moment = datetime(2026, 11, 24, 18, tzinfo=UTC)
    booking = Booking("u", moment, moment, BookingStatus.ACCEPTED, meeting_url="https://evil.example/pay")
    vetted = HOSTS.vetted(booking)
    assert (vetted.meeting_url, vetted.location) == (None, "https://evil.example/pay")


@pytest.mark.parametrize("path", ["/v2/bookings/u", "/v2/bookings"])
async def test_bookings_are_vetted_however_they_are_read(path: str) -> None:
    told = {"uid": "u", "start": "2026-11-24T18:00:00Z", "end": "2026-11-24T18:30:00Z", "status": "accepted"}

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == path
        evil, good = ({**told, "uid": uid, "location": at} for uid, at in (("a", EVIL), ("b", GOOD)))
        data = [evil, good] if path.endswith("bookings") else evil
        return httpx.Response(200, json={"status": "success", "data": data, "pagination": {"hasNextPage": False}})

    calcom = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(answer), meetings=("rooms.example",))
    public = calcom.acting(None)
    found = (await public.bookings()).bookings if path.endswith("bookings") else (await public.booking("u"),)
    assert [b.meeting_url for b in found] == [None, GOOD][: len(found)]
    assert found[0].location == EVIL
    await calcom.aclose()


EVIL, GOOD = "https://evil.example/pay", "https://rooms.example/x"
