"""What leaves: the right version, the right names, no secrets in the wrong place."""

import json
import logging
from datetime import UTC, date, datetime

import httpx
import pytest

from bot.calcom import (
    BookingFilter,
    BookingList,
    BookingOwner,
    BookingScope,
    Bucket,
    ByTeam,
    ByType,
    ByUser,
    CalCom,
    ConnectedCalendar,
    Credential,
    Dynamic,
    Location,
    LocationKind,
    NewAttendee,
    NewBooking,
    NewWebhook,
    NoSuchRoute,
    NotFound,
    Paging,
    Session,
    SlotQuery,
    Trigger,
    WebhookOwner,
    WebhookScope,
    WrongCredential,
)
from bot.calcom.versions import version_for

from .builders import BOOKING, EVENT_TYPE
from .conftest import KEY, Script, refusal, success

START = datetime(2026, 11, 24, 15, tzinfo=UTC)


def body(script: Script) -> dict[str, object]:
    parsed = json.loads(script.last.content)
    assert isinstance(parsed, dict)
    return parsed


@pytest.mark.parametrize(
    ("route", "version"),
    [
        ("/me", None),
        ("/slots", "2024-09-04"),
        ("/slots/reservations/{uid}", "2024-09-04"),
        ("/bookings", "2024-08-13"),
        ("/bookings/{uid}/location", "2024-08-13"),
        ("/teams/{id}/bookings", "2024-08-13"),
        ("/bookings/{uid}/recordings", "2026-02-25"),
        ("/bookings/{uid}/conferencing-sessions", "2026-02-25"),
        ("/event-types/{id}", "2024-06-14"),
        ("/teams/{team_id}/event-types", "2024-06-14"),
        ("/event-types/{id}/private-links/{link_id}", None),
        ("/event-types/{id}/webhooks", None),
        ("/schedules/default", "2024-06-11"),
        ("/calendars/busy-times", None),
        ("/auth/oauth2/token", None),
    ],
)
def test_every_resource_gets_its_own_version(route: str, version: str | None) -> None:
    assert version_for(route) == version


@pytest.mark.parametrize(
    ("target", "named"),
    [
        (ByType(7), {"eventTypeId": "7"}),
        (ByUser("15min", "bailey"), {"eventTypeSlug": "15min", "username": "bailey"}),
        (
            ByUser("15min", "bailey", "example"),
            {"eventTypeSlug": "15min", "username": "bailey", "organizationSlug": "example"},
        ),
        (ByTeam("triage", "support"), {"eventTypeSlug": "triage", "teamSlug": "support"}),
        (Dynamic(("bailey", "sam")), {"usernames": "bailey,sam"}),
    ],
)
async def test_slots_name_the_event_type_in_exactly_one_way(
    script: Script, session: Session, target: ByType | ByUser | ByTeam | Dynamic, named: dict[str, str]
) -> None:
    script.says(success({}))
    end = datetime(2026, 11, 25, tzinfo=UTC)
    await session.slots(SlotQuery(target, START, end, "Asia/Tokyo", duration_minutes=30, moving_uid="u1"))
    assert dict(script.last.url.params) == named | {
        "start": "2026-11-24T15:00:00.000Z",
        "end": "2026-11-24T23:59:59.000Z",
        "timeZone": "Asia/Tokyo",
        "format": "range",
        "duration": "30",
        "bookingUidToReschedule": "u1",
    }
    assert script.last.headers["cal-api-version"] == "2024-09-04"


async def test_an_empty_range_asks_nobody(script: Script, session: Session) -> None:
    assert len(await session.slots(SlotQuery(ByType(1), START, START))) == 0
    assert script.requests == []


async def test_a_booking_carries_only_what_is_set(script: Script, session: Session) -> None:
    script.says(success(BOOKING, 201))
    await session.create_booking(NewBooking(ByType(50), START, NewAttendee("Ann", "UTC", "ann@example.com")))
    assert body(script) == {
        "eventTypeId": 50,
        "start": "2026-11-24T15:00:00.000Z",
        "attendee": {"name": "Ann", "timeZone": "UTC", "email": "ann@example.com"},
    }


async def test_a_booking_carries_answers_with_their_json_types_and_leaves_out_the_unanswered(
    script: Script, session: Session
) -> None:
    script.says(success(BOOKING, 201))
    place = Location(LocationKind.ATTENDEE_ADDRESS).chosen("Main Street 1")
    await session.create_booking(
        NewBooking(
            ByTeam("onboarding", "support"),
            START,
            NewAttendee("Ann", "UTC", phone="+14155550100", language="de"),
            guests=("kenji@example.com",),
            responses={"seats": 3, "ok": True, "topics": ("a", "b"), "skipped": None},
            location=place,
            metadata={"draft": "d1"},
            duration_minutes=30,
            recurrence_count=4,
            instant=True,
        )
    )
    assert body(script) == {
        "eventTypeSlug": "onboarding",
        "teamSlug": "support",
        "start": "2026-11-24T15:00:00.000Z",
        "attendee": {"name": "Ann", "timeZone": "UTC", "phoneNumber": "+14155550100", "language": "de"},
        "guests": ["kenji@example.com"],
        "bookingFieldsResponses": {"seats": 3, "ok": True, "topics": ["a", "b"]},
        "location": {"type": "attendeeAddress", "address": "Main Street 1"},
        "metadata": {"draft": "d1"},
        "lengthInMinutes": 30,
        "recurrenceCount": 4,
        "instant": True,
    }


@pytest.mark.parametrize(
    ("location", "answer", "sent"),
    [
        (Location(LocationKind.INTEGRATION, "zoom"), None, {"type": "integration", "integration": "zoom"}),
        (Location(LocationKind.ADDRESS, value="Hidden 1"), None, {"type": "address"}),
        (Location(LocationKind.LINK, value="https://x"), None, {"type": "link"}),
        (Location(LocationKind.PHONE, value="+1"), None, {"type": "phone"}),
        (Location(LocationKind.ATTENDEE_PHONE), "+1415", {"type": "attendeePhone", "phone": "+1415"}),
        (Location(LocationKind.ATTENDEE_DEFINED), "pub", {"type": "attendeeDefined", "location": "pub"}),
        (Location(LocationKind.ORGANIZERS_DEFAULT_APP), None, {"type": "organizersDefaultApp"}),
    ],
)
async def test_each_kind_of_place_is_sent_in_its_form(
    script: Script, session: Session, location: Location, answer: str | None, sent: dict[str, str]
) -> None:
    script.says(success(BOOKING, 201))
    who = NewAttendee("Ann", "UTC", "ann@example.com")
    await session.create_booking(NewBooking(ByType(5), START, who, location=location.chosen(answer)))
    assert body(script)["location"] == sent


async def test_rescheduling_uses_its_own_name_for_the_reason(script: Script, session: Session) -> None:
    script.says(success(BOOKING, 201))
    await session.reschedule("u1", START, reason="clash", by="ann@example.com", seat_uid="s1")
    assert body(script) == {
        "start": "2026-11-24T15:00:00.000Z",
        "reschedulingReason": "clash",
        "rescheduledBy": "ann@example.com",
        "seatUid": "s1",
    }
    await session.request_reschedule("u1", "clash")
    assert body(script) == {"rescheduleReason": "clash"}


async def test_cancelling_a_seat_never_cancels_a_series(script: Script, session: Session) -> None:
    script.says(success(BOOKING))
    await session.cancel("u1", reason="ill", following=True, seat_uid="s1")
    assert body(script) == {"cancellationReason": "ill", "seatUid": "s1"}
    await session.cancel("u1", reason="ill", following=True)
    assert body(script) == {"cancellationReason": "ill", "cancelSubsequentBookings": True}


async def test_busy_times_keep_their_brackets(script: Script, session: Session) -> None:
    script.says(success([]))
    calendar = ConnectedCalendar("a@b.com", 135)
    await session.busy_times((calendar,), date(2026, 11, 24), date(2026, 11, 25), "Europe/Madrid")
    query = script.last.url.query.decode()
    assert "calendarsToLoad[0][credentialId]=135&calendarsToLoad[0][externalId]=a%40b.com" in query
    assert "dateFrom=2026-11-24&dateTo=2026-11-25" in query


async def test_lists_walk_through_all_pages(script: Script, session: Session) -> None:
    def page(number: int, more: bool) -> httpx.Response:
        return success([BOOKING | {"uid": f"u{number}"}], pagination={"hasNextPage": more, "totalItems": 2})

    script.says(page(1, True), page(2, False))
    found = await session.bookings(BookingFilter(buckets=(Bucket.UPCOMING, Bucket.UNCONFIRMED)))
    assert [booking.uid for booking in found] == ["u1", "u2"]
    assert (found.more, found.total) == (False, 2)
    first, second = (dict(request.url.params) for request in script.requests)
    assert first == {"status": "upcoming,unconfirmed", "take": "100", "skip": "0"}
    assert second["skip"] == "100"


async def test_a_list_stops_at_what_was_asked_and_says_that_there_is_more(script: Script, session: Session) -> None:
    script.says(
        success([BOOKING | {"uid": f"u{n}"} for n in range(3)], pagination={"hasNextPage": True, "totalItems": 9})
    )
    found = await session.bookings(at_most=3)
    assert (len(found), found.more) == (3, True)
    assert len(script.requests) == 1


async def test_a_service_that_always_promises_more_does_not_hold_us(script: Script, session: Session) -> None:
    script.says(success([], pagination={"hasNextPage": True}))
    assert await session.bookings() == BookingList(more=True)
    assert len(script.requests) == 1


async def test_a_cursor_is_followed_to_its_end_in_its_own_version(script: Script, session: Session) -> None:
    script.says(
        success([BOOKING | {"uid": "u1"}], pagination={"nextCursor": "c2", "hasMore": True}),
        success([BOOKING | {"uid": "u2"}], pagination={"nextCursor": None, "hasMore": False}),
    )
    wanted = BookingFilter(buckets=(Bucket.PAST,))
    found = await session.bookings(wanted, paging=Paging.CURSOR)
    assert [booking.uid for booking in found] == ["u1", "u2"]
    assert {request.headers["cal-api-version"] for request in script.requests} == {"2026-05-01"}
    assert dict(script.last.url.params) == {"status": "past", "limit": "100", "cursor": "c2"}


async def test_a_team_and_an_organisation_have_lists_of_their_own(script: Script, session: Session) -> None:
    script.says(success([], pagination={}))
    await session.bookings(scope=BookingScope(BookingOwner.TEAM, 4))
    assert script.last.url.path == "/v2/teams/4/bookings"
    await session.bookings(scope=BookingScope(BookingOwner.ORGANIZATION, 1))
    assert script.last.url.path == "/v2/organizations/1/bookings"


async def test_webhooks_go_to_the_owner_they_belong_to(script: Script, session: Session) -> None:
    hook = {"id": "w1", "subscriberUrl": "https://bot.test/hook", "triggers": ["BOOKING_CREATED"]}
    script.says(success(hook, 201))
    new = NewWebhook("https://bot.test/hook", (Trigger.INSTANT_MEETING,), "s3cret")
    await session.create_webhook(new, WebhookScope(WebhookOwner.EVENT_TYPE, 50))
    assert script.last.url.path == "/v2/event-types/50/webhooks"
    assert body(script) == {
        "active": True,
        "subscriberUrl": "https://bot.test/hook",
        "triggers": ["INSTANT_MEETING"],
        "secret": "s3cret",
    }


async def test_a_person_who_is_not_known_has_no_event_types(script: Script, session: Session) -> None:
    script.says(lambda _: success(None, 404))
    assert await session.event_types("nobody") == ()
    assert dict(script.last.url.params) == {"username": "nobody"}


async def test_event_types_are_asked_once_a_minute_and_again_after_a_change(
    script: Script, calcom: CalCom, session: Session
) -> None:
    script.says(success([EVENT_TYPE]))
    for _ in range(3):
        assert len(await session.event_types("bailey")) == 1
    assert len(script.requests) == 1
    await calcom.acting(Credential("key", "cal_other")).event_types("bailey")
    assert len(script.requests) == 2
    await session.delete_event_type(50)
    await session.event_types("bailey")
    assert len(script.requests) == 4


@pytest.mark.parametrize("uid", ["", ".", "..", "a/b", "a?b#c", "../me", "\ud83d", "a b"])
async def test_an_identifier_stays_one_path_segment(script: Script, session: Session, uid: str) -> None:
    script.says(success(BOOKING))
    if uid in ("", ".", ".."):
        with pytest.raises(NotFound):
            await session.booking(uid)
        assert script.requests == []
    else:
        await session.booking(uid)
        assert script.last.url.raw_path.decode().count("/") == 3


@pytest.mark.parametrize("secret", ["", "  ", "clé", "a\nb", "a\x00"])
async def test_an_impossible_secret_is_a_wrong_credential(script: Script, calcom: CalCom, secret: str) -> None:
    with pytest.raises(WrongCredential):
        await calcom.acting(Credential("key", secret)).me()
    assert script.requests == []


async def test_secrets_and_uids_stay_out_of_logs_and_reprs(
    script: Script, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="slotwise")
    script.says(success(BOOKING))
    await session.cancel("uid-as-good-as-a-key", reason="private words")
    assert script.last.headers["Authorization"] == f"Bearer {KEY.secret}"
    told = caplog.text + repr(KEY) + repr(session)
    assert "POST /bookings/{uid}/cancel -> 200" in caplog.text
    assert not any(secret in told for secret in (KEY.secret, "uid-as-good", "private words"))


async def test_without_a_credential_nothing_is_claimed(script: Script, calcom: CalCom) -> None:
    script.says(success({}))
    await calcom.acting(None).slots(SlotQuery(ByType(1), START, datetime(2026, 11, 25, tzinfo=UTC)))
    assert "authorization" not in script.last.headers


async def test_an_address_is_proven_by_the_code_that_was_mailed(script: Script, calcom: CalCom) -> None:
    public = calcom.acting(None)
    script.says(success(None))
    await public.send_email_code("ann@example.com", name="Ann", language="de")
    assert body(script) == {
        "email": "ann@example.com",
        "username": "Ann",
        "language": "de",
        "isVerifyingEmail": True,
    }
    assert await public.verify_email_code("ann@example.com", " 123456 ")
    assert body(script) == {"email": "ann@example.com", "code": "123456"}
    script.says(refusal(400, "invalid_code"))
    assert not await public.verify_email_code("ann@example.com", "000000")
    script.says(success({"verified": False}))
    assert not await public.verify_email_code("ann@example.com", "000000")
    script.says(refusal(404, "Cannot POST /v2/bookings/verification/email/verify-code"))
    with pytest.raises(NoSuchRoute):
        await public.verify_email_code("ann@example.com", "123456")
