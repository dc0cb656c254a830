"""Who may call what, and how often."""

from datetime import timedelta

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from tests.sandbox_calcom.api import Api, FrozenClock

NO_CREDENTIALS = (
    "No authentication method provided. Either pass an API key as 'Bearer' header or OAuth client credentials as "
    "'x-cal-secret-key' and 'x-cal-client-id' headers"
)


async def test_without_credentials_there_is_a_sentence_about_them(api: Api) -> None:
    assert await api.refusal("GET", "/me") == (401, NO_CREDENTIALS)


async def test_a_wrong_key_is_refused_even_where_none_is_needed(api: Api) -> None:
    headers = {"Authorization": "Bearer cal_wrong"}
    assert await api.refusal("GET", "/me", headers=headers) == (401, "Invalid API Key")
    assert await api.refusal("GET", "/event-types", headers=headers, username="bailey") == (401, "Invalid API Key")


async def test_public_look_ups_need_no_key(api: Api) -> None:
    event_types = await api.data("GET", "/event-types", username="bailey")
    assert [entry["slug"] for entry in event_types] == ["15min", "30min", "consultation", "office-hours", "weekly-sync"]
    team = await api.data("GET", "/teams/2/event-types")
    assert [(entry["slug"], entry["schedulingType"]) for entry in team] == [
        ("urgent-support", "roundRobin"),
        ("onboarding", "collective"),
        ("triage", "roundRobin"),
    ]


async def test_people_are_found_inside_their_organisation_only(api: Api) -> None:
    assert len(await api.data("GET", "/event-types", username="sam", orgSlug="example")) == 3
    assert await api.data("GET", "/event-types", username="sam", orgSlug="elsewhere") == []
    assert await api.data("GET", "/event-types", username="nobody") == []


async def test_an_event_type_by_id_is_for_its_people(api: Api) -> None:
    assert (await api.data("GET", "/event-types/3", who="bailey"))["slug"] == "consultation"
    assert (await api.data("GET", "/event-types/3", who="admin"))["slug"] == "consultation"
    status, _ = await api.refusal("GET", "/event-types/3", who="sam")
    assert status == 403
    assert (await api.refusal("GET", "/event-types/3"))[0] == 401


async def test_the_admin_sees_every_members_bookings_and_others_their_own(api: Api) -> None:
    assert len(await api.data("GET", "/bookings", who="admin")) == 5
    hosts = {
        (b["hosts"][0]["username"], b["attendees"][0]["name"]) for b in await api.data("GET", "/bookings", who="sam")
    }
    assert hosts == {("bailey", "Sam"), ("sam", "Ann"), ("sam", "Kenji")}
    assert len(await api.data("GET", "/bookings", who="lena")) == 1


async def test_a_refreshed_key_replaces_the_old_one(api: Api) -> None:
    fresh = (await api.data("POST", "/api-keys/refresh", {}, who="lena"))["apiKey"]
    assert (await api.refusal("GET", "/me", who="lena"))[0] == 401
    me = await api.data("GET", "/me", headers={"Authorization": f"Bearer {fresh}"})
    assert me["username"] == "lena"


async def test_after_the_limit_a_caller_is_blocked_for_a_minute(clock: FrozenClock) -> None:
    server = CalComServer(clock=clock, activity=Activity(), origin="http://sandbox", rate_limit=3)
    api = Api(server, clock, Activity())
    for left in (2, 1, 0):
        reply = await api.call("GET", "/me", who="bailey")
        assert reply.headers["X-RateLimit-Limit-Default"] == "3"
        assert reply.headers["X-RateLimit-Remaining-Default"] == str(left)
        assert reply.headers["X-RateLimit-Reset-Default"] == "60"
    reply = await api.call("GET", "/me", who="bailey")
    assert reply.status_code == 429
    assert reply.json()["error"]["code"] == "ThrottlerException"
    assert reply.json()["error"]["message"] == "Too many requests. Please try again later."
    assert "retry-after" not in reply.headers
    assert (await api.call("GET", "/me", who="sam")).status_code == 200
    clock.advance(seconds(59))
    blocked = await api.call("GET", "/me", who="bailey")
    assert (blocked.status_code, blocked.headers["X-RateLimit-Reset-Default"]) == (429, "1")
    clock.advance(seconds(2))
    assert (await api.call("GET", "/me", who="bailey")).status_code == 200
    await server.stop()


async def test_adding_guests_has_a_limit_of_its_own(clock: FrozenClock) -> None:
    server = CalComServer(clock=clock, activity=Activity(), origin="http://sandbox", rate_limit=120)
    api = Api(server, clock, Activity())
    uid = (await api.book("2026-11-24T20:00:00Z"))["uid"]
    for number in range(6):
        body = {"guests": [{"email": f"g{number}@example.com"}]}
        reply = await api.call("POST", f"/bookings/{uid}/guests", body, who="bailey")
        assert reply.status_code == (200 if number < 5 else 429)
    assert reply.headers["X-RateLimit-Limit-Guests"] == "5"
    assert (await api.call("GET", "/me", who="bailey")).status_code == 200
    await server.stop()


async def test_a_reset_clears_the_rate_windows(clock: FrozenClock) -> None:
    server = CalComServer(clock=clock, activity=Activity(), origin="http://sandbox", rate_limit=1)
    api = Api(server, clock, Activity())
    await api.call("GET", "/me", who="bailey")
    assert (await api.call("GET", "/me", who="bailey")).status_code == 429
    server.reset()
    assert (await api.call("GET", "/me", who="bailey")).status_code == 200
    await server.stop()


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)
