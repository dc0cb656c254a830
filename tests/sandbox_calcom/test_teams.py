"""Teams: instant meetings, round robins, reassigning, organisations."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.sandbox_calcom.api import Api, order
from tests.sandbox_calcom.receiver import listening

TRIAGE = "2026-11-24T10:00:00Z"
NO_OTHER = "Can't reassign the booking because no other host is available at that time."


def team_order(start: str, slug: str, **more: Any) -> dict[str, Any]:
    return order(start, slug, None, teamSlug="support", **more)


async def ring(api: Api) -> Any:
    return await api.data("POST", "/bookings", team_order("2026-11-23T14:00:00Z", "urgent-support", instant=True))


async def connect_link(api: Api, who: str, path: str) -> tuple[str, dict[str, Any]]:
    """Subscribes, rings, and gives the link the hosts got."""
    async with listening() as receiver:
        body = {"active": True, "subscriberUrl": receiver.url, "triggers": ["INSTANT_MEETING"]}
        await api.data("POST", path, body, who=who)
        booking = await ring(api)
        assert await api.activity.idle(5)
        payload = receiver.events[0]["payload"]
    assert (payload["uid"], payload["eventTypeId"]) == (booking["uid"], 10)
    parts = urlsplit(payload["connectAndJoinUrl"])
    return f"{parts.path.removeprefix('/calcom')}?{parts.query}", booking


async def test_an_instant_booking_waits_for_a_host(api: Api) -> None:
    booking = await ring(api)
    assert booking["status"] == "awaiting_host"
    assert set(booking["hosts"][0].values()) == {"unknown"}
    assert booking["location"] == f"http://sandbox/calcom/video/{booking['uid']}"


async def test_the_first_host_who_connects_has_the_meeting(api: Api) -> None:
    link, booking = await connect_link(api, "admin", "/event-types/10/webhooks")
    joined = await api.http.get(f"{link}&as=sam")
    assert joined.headers["location"] == booking["location"]
    seen = await api.data("GET", f"/bookings/{booking['uid']}")
    assert (seen["status"], seen["hosts"][0]["username"]) == ("accepted", "sam")
    late = await api.http.get(f"{link}&as=lena")
    assert (late.status_code, "Already taken" in late.text) == (410, True)


async def test_opening_the_link_is_enough_and_can_be_corrected(api: Api) -> None:
    link, booking = await connect_link(api, "admin", "/event-types/10/webhooks")
    opened = await api.http.get(link)
    assert "as Bailey" in opened.text
    assert (await api.data("GET", f"/bookings/{booking['uid']}"))["hosts"][0]["username"] == "bailey"
    token = link.split("token=")[1]
    await api.http.post("/connect-and-join", data={"token": token, "as": "lena"})
    assert (await api.data("GET", f"/bookings/{booking['uid']}"))["hosts"][0]["username"] == "lena"
    assert [entry["uid"] for entry in await api.data("GET", "/bookings", who="bailey", eventTypeId="10")] == [
        booking["uid"]
    ]


async def test_a_ring_ends_after_ninety_seconds(api: Api) -> None:
    link, booking = await connect_link(api, "admin", "/organizations/1/webhooks")
    api.clock.advance(timedelta(seconds=90))
    late = await api.http.get(f"{link}&as=sam")
    assert (late.status_code, "expired" in late.text) == (410, True)
    assert (await api.data("GET", f"/bookings/{booking['uid']}"))["status"] == "awaiting_host"


async def test_a_team_webhook_rings_too_and_a_users_does_not(api: Api) -> None:
    link, _ = await connect_link(api, "bailey", "/teams/2/webhooks")
    assert link.startswith("/connect-and-join?token=")
    async with listening() as receiver:
        body = {"active": True, "subscriberUrl": receiver.url, "triggers": ["INSTANT_MEETING"]}
        await api.data("POST", "/webhooks", body, who="sam")
        await ring(api)
        await api.activity.idle(5)
        assert receiver.events == []


async def test_a_round_robin_takes_turns_among_the_free(api: Api) -> None:
    starts = ("2026-11-24T10:00:00Z", "2026-11-24T10:15:00Z", "2026-11-24T10:30:00Z", "2026-11-24T10:45:00Z")
    hosts = []
    for start in starts:
        booking = await api.data("POST", "/bookings", team_order(start, "triage"))
        hosts.append(booking["hosts"][0]["username"])
        api.clock.advance(timedelta(seconds=1))
    assert set(hosts) == {"sam", "lena"}
    assert hosts[0] != hosts[1]
    assert hosts[:2] == hosts[2:]


async def test_a_round_robin_without_anybody_free_is_refused(api: Api) -> None:
    message = "One of the hosts either already has booking at this time or is not available"
    for expected in (201, 201, 400):
        reply = await api.call("POST", "/bookings", team_order(TRIAGE, "triage"))
        assert reply.status_code == expected
    assert reply.json()["error"]["message"] == message


async def test_a_booking_is_handed_to_another_host(api: Api) -> None:
    booking = await api.data("POST", "/bookings", team_order(TRIAGE, "triage"))
    first = booking["hosts"][0]["username"]
    path = f"/bookings/{booking['uid']}/reassign"
    answer = await api.data("POST", path, who=first)
    assert answer["bookingUid"] == booking["uid"]
    assert {answer["reassignedTo"]["name"].lower(), first} == {"sam", "lena"}
    chosen = await api.data("POST", f"{path}/2", {"reason": "knows the customer"}, who="bailey")
    assert chosen["reassignedTo"]["email"] == "bailey@example.com"
    status, message = await api.refusal("POST", f"{path}/1", {}, who="bailey")
    assert status == 400
    assert message.startswith("User with id=1 is not a valid Round Robin host ")
    missing = await api.refusal("POST", f"{path}/999", {}, who="bailey")
    assert missing == (404, "User with id=999 was not found in the database")


async def test_only_people_of_the_event_type_reassign(api: Api) -> None:
    uid = (await api.book("2026-11-24T20:00:00Z"))["uid"]
    outsider = await api.refusal("POST", f"/bookings/{uid}/reassign", who="sam")
    assert outsider == (403, "You do not have permission to reassign this booking")


async def test_nobody_else_free_means_no_reassigning(api: Api) -> None:
    first = await api.data("POST", "/bookings", team_order(TRIAGE, "triage"))
    await api.data("POST", "/bookings", team_order(TRIAGE, "triage"))
    assert await api.refusal("POST", f"/bookings/{first['uid']}/reassign", who="bailey") == (400, NO_OTHER)


async def test_a_collective_booking_fills_everybodys_calendar(api: Api) -> None:
    hours = [{"days": ["Wednesday"], "startTime": "00:00", "endTime": "23:59"}]
    for who, schedule in (("bailey", 2), ("sam", 3), ("lena", 4)):
        await api.data("PATCH", f"/schedules/{schedule}", {"availability": hours, "timeZone": "UTC"}, who=who)
    booking = await api.data("POST", "/bookings", team_order("2026-11-25T10:00:00Z", "onboarding"))
    assert booking["title"] == "Onboarding between Support and Ann"
    assert booking["hosts"][0]["username"] == "bailey"
    assert [a["email"] for a in booking["attendees"]] == ["ann@example.com", "sam@example.com", "lena@example.com"]
    for who in ("bailey", "sam", "lena"):
        listed = await api.data("GET", "/bookings", who=who, eventTypeId="11")
        assert [entry["uid"] for entry in listed] == [booking["uid"]]
    assert (await api.refused("2026-11-25T10:00:00Z", "15min", "sam"))[0] == 400


async def test_a_team_without_hosts_cannot_be_booked(api: Api) -> None:
    body = {"title": "Empty", "slug": "empty", "lengthInMinutes": 15, "schedulingType": "collective"}
    made = await api.data("POST", "/teams/2/event-types", body, who="bailey")
    wish = team_order(TRIAGE, "empty")
    status, message = await api.refusal("POST", "/bookings", wish)
    assert status == 422
    assert message.startswith("Can't book this team event type because it has no hosts. ")
    assert await api.data("GET", "/slots", eventTypeId=made["id"], start="2026-11-24", end="2026-11-25") == {}


async def test_a_managed_type_is_booked_through_its_children(api: Api) -> None:
    body = {
        "title": "Managed",
        "slug": "managed",
        "lengthInMinutes": 15,
        "minimumBookingNotice": 0,
        "schedulingType": "managed",
        "hosts": [{"userId": 3}],
    }
    parent, child = await api.data("POST", "/organizations/1/teams/2/event-types", body, who="admin")
    assert (child["parentEventTypeId"], child["ownerId"]) == (parent["id"], 3)
    assert await api.data("GET", "/slots", eventTypeId=parent["id"], start="2026-11-24", end="2026-11-24") == {}
    status, message = await api.refusal("POST", "/bookings", order(TRIAGE, None, None, eventTypeId=parent["id"]))
    assert status == 400
    assert message.startswith(
        f"Event type with id={parent['id']} is the parent managed event type that can't be booked. "
    )
    booked = await api.data("POST", "/bookings", order(TRIAGE, None, None, eventTypeId=child["id"]))
    assert booked["hosts"][0]["username"] == "sam"


async def test_teams_are_made_changed_and_deleted_by_their_owners(api: Api) -> None:
    team = await api.data("POST", "/teams", {"name": "Friends of tea"}, who="sam")
    assert team["slug"] == "friends-of-tea"
    assert [entry["slug"] for entry in await api.data("GET", "/teams", who="sam")] == ["support", "friends-of-tea"]
    assert (await api.refusal("GET", f"/teams/{team['id']}", who="lena"))[0] == 403
    assert (await api.data("PATCH", f"/teams/{team['id']}", {"name": "Tea"}, who="sam"))["name"] == "Tea"
    assert (await api.data("DELETE", f"/teams/{team['id']}", who="sam"))["id"] == team["id"]
    assert (await api.refusal("GET", f"/teams/{team['id']}", who="sam"))[0] == 404


async def test_the_organisations_admin_reaches_its_teams_and_members(api: Api) -> None:
    assert [entry["slug"] for entry in await api.data("GET", "/organizations/1/teams", who="admin")] == ["support"]
    assert len(await api.data("GET", "/organizations/1/bookings", who="admin")) == 5
    assert (await api.refusal("GET", "/organizations/1/bookings", who="bailey"))[0] == 403
    await api.data("POST", "/bookings", team_order(TRIAGE, "triage"))
    assert len(await api.data("GET", "/teams/2/bookings", who="bailey")) == 1
    away = {"start": "2026-11-24T00:00:00Z", "end": "2026-11-24T00:00:00Z"}
    entry = await api.data("POST", "/organizations/1/users/3/ooo", away, who="admin")
    assert (entry["userId"], entry["end"]) == (3, "2026-11-24T23:59:59.999Z")
    assert (await api.refusal("POST", "/organizations/1/users/3/ooo", away, who="admin"))[0] == 409
    members = await api.data("GET", "/teams/2/memberships", who="sam")
    assert [entry["user"]["username"] for entry in members] == ["bailey", "sam", "lena"]
