"""`GET /v2/slots`: what is asked, what is answered, what is refused."""

import pytest

from tests.sandbox_calcom.api import Api

TUESDAY = {"start": "2026-11-24", "end": "2026-11-25T06:00:00Z"}


async def test_slots_come_in_the_asked_zone_under_its_dates(api: Api) -> None:
    days = await api.data(
        "GET",
        "/slots",
        username="bailey",
        eventTypeSlug="15min",
        timeZone="America/New_York",
        start="2026-11-24T12:00:00Z",
        end="2026-11-25T12:00:00Z",
    )
    assert list(days) == ["2026-11-24"]
    assert days["2026-11-24"][0] == {"start": "2026-11-24T12:00:00.000-05:00"}
    assert days["2026-11-24"][-1] == {"start": "2026-11-24T19:45:00.000-05:00"}


async def test_without_a_zone_slots_are_in_utc(api: Api) -> None:
    starts = await api.starts(eventTypeId=6, start="2026-11-24", end="2026-11-24")
    assert starts[0] == "2026-11-24T09:00:00.000Z"
    assert len(starts) == 32


async def test_the_range_format_has_ends(api: Api) -> None:
    days = await api.data(
        "GET", "/slots", eventTypeId=9, start="2026-11-24", end="2026-11-24", format="range", duration=60
    )
    assert days["2026-11-24"][0] == {"start": "2026-11-24T08:00:00.000Z", "end": "2026-11-24T09:00:00.000Z"}
    assert len(days["2026-11-24"]) == 8


async def test_a_midnight_end_means_the_end_of_that_day(api: Api) -> None:
    days = await api.data("GET", "/slots", eventTypeId=6, start="2026-11-24T00:00:00Z", end="2026-11-25T00:00:00Z")
    assert list(days) == ["2026-11-24", "2026-11-25"]


async def test_a_booked_stretch_is_not_offered(api: Api) -> None:
    starts = await api.starts(username="bailey", eventTypeSlug="30min", **TUESDAY)
    assert "2026-11-24T17:30:00.000Z" in starts
    assert not {f"2026-11-24T{t}:00.000Z" for t in ("17:45", "18:00", "18:15")} & set(starts)
    assert "2026-11-24T18:30:00.000Z" in starts


async def test_being_an_attendee_blocks_as_well(api: Api) -> None:
    asked = {
        "username": "bailey",
        "eventTypeSlug": "15min",
        "start": "2026-11-26T17:00:00Z",
        "end": "2026-11-26T18:00:00Z",
    }
    long_day = {
        "timeZone": "America/Los_Angeles",
        "availability": [{"days": ["Thursday"], "startTime": "05:00", "endTime": "12:00"}],
    }
    await api.data("PATCH", "/schedules/4", long_day, who="lena")
    assert len(await api.starts(**asked)) == 4
    bailey = {"name": "Bailey", "email": "bailey@example.com", "timeZone": "America/Los_Angeles"}
    await api.book("2026-11-26T17:00:00Z", "30min", "lena", attendee=bailey)
    assert await api.starts(**asked) == ["2026-11-26T17:30:00.000Z", "2026-11-26T17:45:00.000Z"]


async def test_buffers_of_both_meetings_keep_their_distance(api: Api) -> None:
    await api.book("2026-11-24T11:00:00Z", "30min", "sam")
    short = await api.starts(eventTypeId=6, start="2026-11-24T10:00:00Z", end="2026-11-24T13:00:00Z")
    assert "2026-11-24T11:30:00.000Z" not in short
    assert "2026-11-24T11:45:00.000Z" in short
    long = await api.starts(eventTypeId=7, start="2026-11-24T10:00:00Z", end="2026-11-24T13:00:00Z")
    assert "2026-11-24T10:30:00.000Z" not in long
    assert "2026-11-24T10:15:00.000Z" in long


async def test_notice_is_kept(api: Api) -> None:
    starts = await api.starts(eventTypeId=7, start="2026-11-23", end="2026-11-23")
    assert starts[0] == "2026-11-23T15:00:00.000Z"


async def test_a_pending_interview_does_not_block(api: Api) -> None:
    starts = await api.starts(username="sam", eventTypeSlug="interview", start="2026-11-27", end="2026-11-27")
    assert "2026-11-27T11:00:00.000Z" in starts


async def test_a_round_robin_is_open_while_one_host_is(api: Api) -> None:
    starts = await api.starts(
        teamSlug="support", eventTypeSlug="triage", start="2026-11-24T02:00:00Z", end="2026-11-24"
    )
    assert starts[0] == "2026-11-24T08:00:00.000Z"
    assert starts[-1] == "2026-11-24T23:45:00.000Z"


async def test_a_collective_needs_everybody(api: Api) -> None:
    assert await api.starts(teamSlug="support", eventTypeSlug="onboarding", start="2026-11-24", end="2026-11-27") == []
    schedule = {
        "name": "Long days",
        "timeZone": "Europe/London",
        "isDefault": True,
        "availability": [{"days": ["Tuesday"], "startTime": "14:00", "endTime": "19:00"}],
    }
    for who in ("bailey", "lena"):
        await api.data("POST", "/schedules", schedule, who=who)
    await api.data(
        "POST",
        "/schedules",
        {**schedule, "availability": [{"days": ["Tuesday"], "startTime": "13:00", "endTime": "15:30"}]},
        who="sam",
    )
    starts = await api.starts(teamSlug="support", eventTypeSlug="onboarding", start="2026-11-24", end="2026-11-27")
    assert starts == ["2026-11-24T14:00:00.000Z", "2026-11-24T14:30:00.000Z", "2026-11-24T15:00:00.000Z"]


async def test_several_people_are_asked_at_once(api: Api) -> None:
    starts = await api.starts(usernames="sam,lena", organizationSlug="example", start="2026-11-24", end="2026-11-24")
    assert starts[0] == "2026-11-24T09:00:00.000Z"
    assert starts[-1] == "2026-11-24T15:30:00.000Z"
    hour = await api.starts(usernames="sam,lena", duration=60, start="2026-11-24", end="2026-11-24")
    assert len(hour) == 7


async def test_the_booking_being_moved_is_overlooked(api: Api) -> None:
    uid = (await api.book("2026-11-24T20:00:00Z"))["uid"]
    asked = {"eventTypeId": 1, "start": "2026-11-24T20:00:00Z", "end": "2026-11-24T20:15:00Z"}
    assert await api.starts(**asked) == []
    assert await api.starts(**asked, bookingUidToReschedule=uid) == ["2026-11-24T20:00:00.000Z"]


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        (
            {"eventTypeId": 1, "username": "bailey"},
            400,
            "username property is wrong,property username should not exist ",
        ),
        (
            {"eventTypeId": 1, "eventTypeSlug": "15min", "username": "bailey"},
            400,
            "eventTypeSlug property is wrong,property eventTypeSlug should not exist , "
            "username property is wrong,property username should not exist ",
        ),
        ({"eventTypeId": 1, "x": "y"}, 400, "x property is wrong,property x should not exist "),
        ({"eventTypeId": 999}, 404, "Event Type not found"),
        ({"username": "nobody", "eventTypeSlug": "15min"}, 404, "User with username nobody not found"),
        ({"teamSlug": "nothing", "eventTypeSlug": "15min"}, 404, "Team with slug nothing not found"),
        ({"username": "bailey", "eventTypeSlug": "5min"}, 404, "Event Type not found"),
    ],
)
async def test_a_wrong_question_is_refused(api: Api, query: dict[str, str], status: int, message: str) -> None:
    assert await api.refusal("GET", "/slots", start="2026-11-24", end="2026-11-25", **query) == (status, message)


async def test_the_names_of_other_versions_are_refused(api: Api) -> None:
    status, message = await api.refusal("GET", "/slots", eventTypeId=1, startTime="2026-11-24", endTime="2026-11-25")
    assert status == 400
    assert "startTime property is wrong,property startTime should not exist " in message


async def test_an_end_before_the_start_is_refused(api: Api) -> None:
    answer = await api.refusal("GET", "/slots", eventTypeId=1, start="2026-11-26", end="2026-11-24")
    assert answer == (400, "Invalid time range given - check the 'start' and 'end' query parameters.")


async def test_seated_slots_say_how_full_they_are(api: Api) -> None:
    uid = (await api.book("2026-11-24T20:00:00Z", "office-hours"))["uid"]
    days = await api.data("GET", "/slots", eventTypeId=4, start="2026-11-24T20:00:00Z", end="2026-11-24T21:00:00Z")
    first, second = days["2026-11-24"]
    assert first == {
        "start": "2026-11-24T20:00:00.000Z",
        "seatsBooked": 1,
        "seatsRemaining": 2,
        "seatsTotal": 3,
        "bookingUid": uid,
    }
    assert second == {"start": "2026-11-24T20:30:00.000Z", "seatsBooked": 0, "seatsRemaining": 3, "seatsTotal": 3}
