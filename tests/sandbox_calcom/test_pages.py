"""The pages people open in a browser."""

import pytest

from tests.sandbox_calcom.api import Api

ZOE = {"name": "Zoe", "email": "zoe@example.com", "timeZone": "Europe/Rome"}
FREE = "2026-11-24T20:00:00.000Z"


async def test_an_event_type_is_booked_by_hand(api: Api) -> None:
    shown = await api.http.get("/bailey/consultation")
    assert "What is this meeting about?" in shown.text
    assert f'value="{FREE}"' in shown.text
    form = {**ZOE, "start": FREE, "answer topic": "Tea", "answer company_size": "50+", "answer seats": "4"}
    sent = await api.http.post("/bailey/consultation", data=form)
    assert sent.status_code == 303
    uid = sent.headers["location"].rsplit("/", 1)[1]
    booking = await api.data("GET", f"/bookings/{uid}")
    assert booking["bookingFieldsResponses"]["seats"] == 4
    assert booking["attendees"][0]["name"] == "Zoe"
    assert "accepted" in (await api.http.get(f"/booking/{uid}")).text


async def test_a_refused_form_says_why(api: Api) -> None:
    sent = await api.http.post("/bailey/15min", data={**ZOE, "start": "2026-11-24T18:00:00.000Z"})
    assert sent.status_code == 400
    assert "User either already has booking at this time or is not available" in sent.text


async def test_a_place_is_chosen_by_hand(api: Api) -> None:
    form = {**ZOE, "start": "2026-11-24T10:00:00.000Z", "place": "1", "where": "Main St 1"}
    sent = await api.http.post("/lena/30min", data=form)
    uid = sent.headers["location"].rsplit("/", 1)[1]
    assert (await api.data("GET", f"/bookings/{uid}"))["location"] == "Main St 1"


async def test_a_private_link_is_used_up_by_booking(api: Api) -> None:
    link = await api.data("POST", "/event-types/1/private-links", {}, who="bailey")
    assert (await api.http.get(link["bookingUrl"])).status_code == 200
    assert (await api.http.post(link["bookingUrl"], data={**ZOE, "start": FREE})).status_code == 303
    assert (await api.http.get(link["bookingUrl"])).status_code == 410
    listed = await api.data("GET", "/event-types/1/private-links", who="bailey")
    assert [(entry["usageCount"], entry["isExpired"]) for entry in listed] == [(1, True)]


@pytest.mark.parametrize("path", ["/video/x", "/booking/x", "/connect-and-join?token=x", "/d/x/y", "/nobody/15min"])
async def test_what_does_not_exist_is_said_to(api: Api, path: str) -> None:
    assert (await api.http.get(path)).status_code == 404


async def test_names_are_shown_as_text(api: Api) -> None:
    attendee = {"name": "<script>alert(1)</script>", "email": "x@example.com", "timeZone": "UTC"}
    uid = (await api.book(FREE, attendee=attendee))["uid"]
    shown = (await api.http.get(f"/video/{uid}")).text
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
