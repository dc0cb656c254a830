"""The version rule: the right header per resource, and what the wrong one answers."""

import pytest

from tests.sandbox_calcom.api import Api, order


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/slots", ""),
        ("/slots", "2024-08-13"),
        ("/slots", "2026-02-25"),
        ("/event-types", "2024-08-13"),
        ("/event-types", "2024-09-04"),
        ("/schedules", "2024-08-13"),
        ("/bookings", "2024-09-04"),
        ("/bookings/abc/attendees", ""),
        ("/event-types/1/private-links", "2024-09-04"),
        ("/nothing", "2024-08-13"),
    ],
)
async def test_a_resource_in_a_version_it_does_not_live_in_is_not_found(api: Api, path: str, version: str) -> None:
    reply = await api.call("GET", path, who="bailey", version=version)
    error = reply.json()["error"]
    assert reply.status_code == 404
    assert error["code"] == "NotFoundException"
    assert error["message"] == f"Cannot GET /v2{path}"
    assert error["details"] == {"message": error["message"], "error": "Not Found", "statusCode": 404}


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/event-types", "2024-06-14"),
        ("/schedules", "2024-06-11"),
        ("/schedules", "2024-06-14"),
        ("/bookings", "2024-08-13"),
        ("/bookings", "2026-02-25"),
        ("/bookings", "2026-05-01"),
        ("/me", ""),
        ("/me", "2024-09-04"),
        ("/webhooks", "not-a-version"),
        ("/event-types/1/private-links", ""),
    ],
)
async def test_a_resource_in_its_version_is_found(api: Api, path: str, version: str) -> None:
    assert (await api.call("GET", path, who="bailey", version=version)).status_code == 200


async def test_a_quoted_version_is_an_unknown_one(api: Api) -> None:
    reply = await api.call("GET", "/slots", version='"2024-09-04"', eventTypeId=1, start="2026-11-24", end="2026-11-24")
    assert reply.status_code == 404


async def test_only_the_newest_version_pages_by_cursor(api: Api) -> None:
    old = (await api.call("GET", "/bookings", who="admin", limit=1)).json()
    new = (await api.call("GET", "/bookings", who="admin", limit=1, version="2026-05-01")).json()
    assert len(old["data"]) == 5
    assert old["pagination"]["totalItems"] == 5
    assert len(new["data"]) == 1
    assert new["pagination"]["hasMore"] is True


async def test_the_path_of_an_error_carries_the_query(api: Api) -> None:
    reply = await api.call("GET", "/event-types", version="2024-08-13", x=1)
    assert reply.json()["path"] == "/v2/event-types?x=1"
    assert reply.json()["timestamp"] == "2026-11-23T14:00:00.000Z"
    assert reply.headers["x-request-id"]


async def test_without_the_header_bookings_are_those_of_the_first_version(api: Api) -> None:
    reply = await api.http.post("/v2/bookings", json=order("2026-11-24T20:00:00Z"))
    error = reply.json()["error"]
    assert (reply.status_code, error["message"]) == (400, "Bad Request Exception")
    missing = [entry["property"] for entry in error["details"]["errors"]]
    assert missing == ["eventTypeId", "timeZone", "language", "metadata", "responses"]
    body = {
        "start": "2026-11-24T20:00:00Z",
        "eventTypeId": 1,
        "timeZone": "UTC",
        "language": "en",
        "metadata": {},
        "responses": {"name": "Ann", "email": "ann@example.com"},
    }
    made = (await api.http.post("/v2/bookings", json=body)).json()["data"]
    assert (made["status"], made["startTime"]) == ("ACCEPTED", "2026-11-24T20:00:00.000Z")
    seen = (await api.http.get(f"/v2/bookings/{made['uid']}")).json()["data"]
    assert seen["endTime"] == "2026-11-24T20:15:00.000Z"
    assert (await api.refusal("GET", "/bookings", who="bailey", version=""))[1] == "Cannot GET /v2/bookings"


async def test_the_first_version_has_its_own_slots(api: Api) -> None:
    query = {"eventTypeId": "6", "startTime": "2026-11-24", "endTime": "2026-11-24"}
    days = (await api.http.get("/v2/slots/available", params=query)).json()["data"]["slots"]
    assert days["2026-11-24"][0] == {"time": "2026-11-24T09:00:00.000Z"}
