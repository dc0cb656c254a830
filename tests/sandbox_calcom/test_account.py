"""Profile, schedules, out of office, limits, calendars, event types, private links, holds, credits."""

from datetime import timedelta
from typing import Any

from tests.sandbox_calcom.api import Api

FREE = "2026-11-24T20:00:00Z"
RESERVED = "This time slot is already reserved by another user. Please choose a different time."


async def test_a_profile_is_read_and_changed_but_not_its_email(api: Api) -> None:
    me = await api.data("GET", "/me", who="bailey")
    assert (me["id"], me["timeZone"], me["defaultScheduleId"], me["organizationId"]) == (2, "America/Los_Angeles", 2, 1)
    body = {"timeZone": "Europe/Rome", "bio": "Hi", "email": "new@example.com"}
    changed = await api.data("PATCH", "/me", body, who="bailey")
    assert (changed["timeZone"], changed["bio"], changed["email"]) == ("Europe/Rome", "Hi", "bailey@example.com")
    assert (await api.refusal("PATCH", "/me", {"timeFormat": 13}, who="bailey"))[0] == 400


async def test_schedules_are_merged_by_the_client_and_replaced_by_the_server(api: Api) -> None:
    lunch = [
        {"days": ["Tuesday"], "startTime": "09:00", "endTime": "12:00"},
        {"days": ["Tuesday"], "startTime": "13:00", "endTime": "17:00"},
    ]
    exception = [{"date": "2026-12-01", "startTime": "10:00", "endTime": "11:00"}]
    changed = await api.data("PATCH", "/schedules/3", {"availability": lunch, "overrides": exception}, who="sam")
    assert changed == {
        "id": 3,
        "ownerId": 3,
        "name": "Working hours",
        "timeZone": "Europe/London",
        "availability": lunch,
        "isDefault": True,
        "overrides": exception,
    }
    days = await api.data("GET", "/slots", eventTypeId=8, start="2026-11-24", end="2026-12-01")
    assert [slot["start"][11:13] for slot in days["2026-11-24"]] == ["09", "10", "11", "13", "14", "15", "16"]
    assert [slot["start"][11:13] for slot in days["2026-12-01"]] == ["10"]
    assert list(days) == ["2026-11-24", "2026-12-01"]


async def test_a_new_default_schedule_takes_over(api: Api) -> None:
    body = {
        "name": "Evenings",
        "timeZone": "Europe/London",
        "isDefault": True,
        "availability": [{"days": ["Tuesday"], "startTime": "18:00", "endTime": "19:00"}],
    }
    made = await api.data("POST", "/schedules", body, who="sam")
    assert (await api.data("GET", "/schedules/default", who="sam"))["id"] == made["id"]
    assert await api.starts(eventTypeId=8, start="2026-11-24", end="2026-11-24") == []
    assert len(await api.starts(eventTypeId=8, start="2026-12-01", end="2026-12-01")) == 1
    await api.call("DELETE", f"/schedules/{made['id']}", who="sam")
    assert (await api.data("GET", "/schedules/default", who="sam"))["id"] == 3
    plain = await api.data("POST", "/schedules", {"name": "P", "timeZone": "UTC", "isDefault": False}, who="sam")
    assert plain["availability"] == [
        {"days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], "startTime": "09:00", "endTime": "17:00"}
    ]
    assert (await api.refusal("GET", f"/schedules/{plain['id']}", who="lena"))[0] == 403


async def test_days_are_names_not_numbers(api: Api) -> None:
    body = {"availability": [{"days": [1], "startTime": "09:00", "endTime": "17:00"}]}
    assert (await api.refusal("PATCH", "/schedules/3", body, who="sam"))[0] == 400


async def test_out_of_office_in_cal_coms_words(api: Api) -> None:
    async def refused(**body: Any) -> tuple[int, str]:
        return await api.refusal("POST", "/me/ooo", body, who="sam")

    day = {"start": "2026-12-01T09:00:00Z", "end": "2026-12-02T09:00:00.000Z"}
    made = await api.data("POST", "/me/ooo", {**day, "notes": "sea", "toUserId": 2, "reason": "vacation"}, who="sam")
    assert (made["start"], made["end"]) == ("2026-12-01T00:00:00.000Z", "2026-12-02T23:59:59.999Z")
    assert (made["notes"], made["toUserId"], made["reason"]) == ("sea", 2, "vacation")
    assert await refused(**day) == (409, "Ooo entry already exists.")
    assert await refused(start=day["end"], end=day["start"]) == (400, "Start date must be before end date.")
    other = {"start": "2026-12-08T09:00:00Z", "end": "2026-12-08T09:00:00Z"}
    assert await refused(**other, toUserId=3) == (400, "Cannot redirect to self.")
    assert (await refused(start="2026-12-01", end="2026-12-02"))[0] == 400
    back = await api.refusal("POST", "/me/ooo", {**day, "toUserId": 3}, who="bailey")
    assert back == (400, "Booking redirect infinite not allowed.")
    path = f"/me/ooo/{made['id']}"
    assert (await api.data("PATCH", path, {"notes": "lake"}, who="sam"))["notes"] == "lake"
    assert (await api.refusal("DELETE", path, who="lena"))[0] == 404
    await api.data("DELETE", path, who="sam")
    assert await api.data("GET", "/me/ooo", who="sam") == []


async def test_own_limits_are_set_one_by_one_and_cleared(api: Api) -> None:
    path = "/me/booking-limits"
    nothing = {"perDay": None, "perWeek": None, "perMonth": None, "perYear": None}
    assert await api.data("GET", path, who="bailey") == nothing
    await api.data("PATCH", path, {"perDay": 4, "perWeek": 20}, who="bailey")
    assert await api.data("PATCH", path, {"perDay": None}, who="bailey") == {**nothing, "perWeek": 20}
    reply = await api.call("DELETE", path, who="bailey")
    assert (reply.status_code, reply.content) == (204, b"")
    assert await api.data("GET", path, who="bailey") == nothing


async def test_a_connected_calendar_holds_the_bookings(api: Api) -> None:
    calendar = (await api.data("GET", "/calendars", who="sam"))["connectedCalendars"][0]["calendars"][0]
    query = {
        "timeZone": "Europe/London",
        "dateFrom": "2026-11-24",
        "dateTo": "2026-11-25",
        "calendarsToLoad[0][credentialId]": calendar["credentialId"],
        "calendarsToLoad[0][externalId]": calendar["externalId"],
    }
    busy = await api.data("GET", "/calendars/busy-times", who="sam", **query)
    assert [(entry["start"], entry["end"]) for entry in busy] == [
        ("2026-11-24T18:00:00.000Z", "2026-11-24T18:30:00.000Z"),
        ("2026-11-25T14:00:00.000Z", "2026-11-25T14:15:00.000Z"),
    ]
    wrong = {**query, "start": query.pop("dateFrom")}
    wrong.pop("dateFrom")
    assert (await api.refusal("GET", "/calendars/busy-times", who="sam", **wrong))[0] == 400


async def test_what_else_is_in_the_calendar_blocks_too(api: Api) -> None:
    event = {"title": "Dentist", "start": "2026-11-26T12:00:00Z", "end": "2026-11-26T13:00:00Z"}
    assert (await api.http.post("/sandbox/calendars/sam/events", json=event)).status_code == 201
    assert (await api.http.post("/sandbox/calendars/nobody/events", json=event)).status_code == 400
    starts = await api.starts(eventTypeId=8, start="2026-11-26T11:00:00Z", end="2026-11-26T14:00:00Z")
    assert starts == ["2026-11-26T11:00:00.000Z", "2026-11-26T13:00:00.000Z"]
    query = {
        "timeZone": "UTC",
        "dateFrom": "2026-11-26",
        "dateTo": "2026-11-26",
        "calendarsToLoad[0][credentialId]": 103,
        "calendarsToLoad[0][externalId]": "sam@example.com",
    }
    busy = await api.data("GET", "/calendars/busy-times", who="sam", **query)
    assert [entry["start"] for entry in busy] == ["2026-11-26T12:00:00.000Z"]


async def test_event_types_are_made_changed_hidden_and_deleted(api: Api) -> None:
    body: dict[str, Any] = {
        "title": "Deep talk",
        "slug": "deep-talk",
        "lengthInMinutes": 45,
        "bookingFields": [
            {
                "type": "select",
                "slug": "mood",
                "label": "Mood",
                "required": True,
                "options": ["good", "bad"],
                "placeholder": "",
                "hidden": False,
            }
        ],
    }
    made = await api.data("POST", "/event-types", body, who="lena")
    assert (made["minimumBookingNotice"], made["ownerId"], made["users"][0]["username"]) == (120, 4, "lena")
    assert made["bookingFields"][-1]["options"] == ["good", "bad"]
    assert (await api.refusal("POST", "/event-types", body, who="lena"))[0] == 400
    path = f"/event-types/{made['id']}"
    assert (await api.refusal("PATCH", path, {"title": "x"}, who="sam"))[0] == 403
    assert (await api.data("PATCH", path, {"hidden": True}, who="lena"))["hidden"] is True
    slugs = [entry["slug"] for entry in await api.data("GET", "/event-types", username="lena")]
    assert slugs == ["30min"]
    assert len(await api.data("GET", "/event-types", who="lena", username="lena")) == 2
    removed = await api.data("DELETE", path, who="lena")
    assert removed == {"id": made["id"], "lengthInMinutes": 45, "title": "Deep talk", "slug": "deep-talk"}
    assert (await api.refusal("GET", path, who="lena"))[0] == 404


async def test_options_must_hold_the_default_length(api: Api) -> None:
    reply = await api.call("PATCH", "/event-types/9", {"lengthInMinutesOptions": [15, 60]}, who="lena")
    assert reply.status_code == 400
    assert reply.json()["error"]["details"]["errors"][0]["property"] == "lengthInMinutesOptions"


async def test_private_links_end_by_use_or_by_time(api: Api) -> None:
    path = "/event-types/1/private-links"
    once = await api.data("POST", path, {}, who="bailey")
    assert (once["maxUsageCount"], once["usageCount"], once["isExpired"]) == (1, 0, False)
    timed = await api.data("POST", path, {"expiresAt": "2026-11-24T00:00:00.000Z"}, who="bailey")
    assert timed["expiresAt"] == "2026-11-24T00:00:00.000Z"
    assert "maxUsageCount" not in timed
    page = await api.http.get(timed["bookingUrl"])
    assert page.status_code == 200
    api.clock.advance(timedelta(days=1))
    assert [link["isExpired"] for link in await api.data("GET", path, who="bailey")] == [False, True]
    assert (await api.http.get(timed["bookingUrl"])).status_code == 410
    assert (await api.data("PATCH", f"{path}/{once['linkId']}", {"maxUsageCount": 3}, who="bailey"))[
        "maxUsageCount"
    ] == 3
    assert (await api.data("DELETE", f"{path}/{once['linkId']}", who="bailey"))["linkId"] == once["linkId"]
    assert (await api.refusal("POST", path, {}, who="sam"))[0] == 403


async def test_a_held_slot_is_not_offered_until_it_is_let_go(api: Api) -> None:
    wish = {"eventTypeId": 1, "slotStart": FREE}
    asked = {"eventTypeId": 1, "start": FREE, "end": "2026-11-24T20:15:00Z"}
    held = await api.data("POST", "/slots/reservations", wish)
    assert held == {
        "eventTypeId": 1,
        "slotStart": "2026-11-24T20:00:00.000Z",
        "slotEnd": "2026-11-24T20:15:00.000Z",
        "slotDuration": 15,
        "reservationUid": held["reservationUid"],
        "reservationDuration": 5,
        "reservationUntil": "2026-11-23T14:05:00.000Z",
    }
    assert await api.starts(**asked) == []
    assert await api.refusal("POST", "/slots/reservations", wish) == (422, RESERVED)
    path = f"/slots/reservations/{held['reservationUid']}"
    assert await api.data("GET", path) == held
    moved = await api.data("PATCH", path, {**wish, "slotStart": "2026-11-24T21:00:00Z"})
    assert moved["reservationUid"] == held["reservationUid"]
    assert len(await api.starts(**asked)) == 1
    assert (await api.call("DELETE", path)).json() == {"status": "success"}
    assert await api.data("GET", path) is None
    assert await api.refusal("PATCH", path, wish) == (404, f"Slot with uid={held['reservationUid']} not found")


async def test_a_hold_ends_by_the_clock_and_does_not_stop_its_own_booker(api: Api) -> None:
    await api.data("POST", "/slots/reservations", {"eventTypeId": 1, "slotStart": FREE})
    assert (await api.book(FREE))["status"] == "accepted"
    later = {"eventTypeId": 1, "slotStart": "2026-11-24T21:00:00Z"}
    await api.data("POST", "/slots/reservations", later)
    api.clock.advance(timedelta(minutes=5))
    assert (await api.data("POST", "/slots/reservations", later))["slotDuration"] == 15


async def test_holds_are_refused_where_they_make_no_sense(api: Api) -> None:
    path = "/slots/reservations"
    missing = await api.refusal("POST", path, {"eventTypeId": 999, "slotStart": FREE})
    assert missing == (404, "Event Type with ID=999 not found")
    booked = await api.refusal("POST", path, {"eventTypeId": 2, "slotStart": "2026-11-24T18:00:00Z"})
    assert booked == (422, "Can't reserve a slot if the event is already booked.")
    long = {"eventTypeId": 1, "slotStart": FREE, "reservationDuration": 60}
    assert (await api.refusal("POST", path, long))[0] == 401
    assert (await api.refusal("POST", path, long, who="sam"))[0] == 403
    assert (await api.data("POST", path, long, who="bailey"))["reservationDuration"] == 60


async def test_credits_are_charged_once_per_reference(api: Api) -> None:
    turn = {"credits": 400, "creditFor": "AI_AGENT", "externalRef": "turn-1"}
    first = await api.data("POST", "/credits/charge", turn, who="bailey")
    assert first == {"charged": True, "remainingBalance": {"monthlyRemaining": 600, "additional": 0}}
    assert await api.data("POST", "/credits/charge", turn, who="bailey") == first
    assert await api.data("GET", "/credits/available", who="bailey") == {
        "hasCredits": True,
        "balance": {"monthlyRemaining": 600, "additional": 0},
    }
    assert (await api.refusal("POST", "/credits/charge", {**turn, "credits": 601, "externalRef": "2"}, who="bailey"))[
        0
    ] == 400
    await api.data("POST", "/credits/charge", {**turn, "credits": 600, "externalRef": "3"}, who="bailey")
    assert (await api.data("GET", "/credits/available", who="bailey"))["hasCredits"] is False
