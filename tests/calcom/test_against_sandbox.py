"""Client and stand-in together: the whole API over HTTP, against the seeded world.

The clock stands at Friday 20 November 2026, so "Tuesday" is the 24th.
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.calcom import (
    AlreadyCancelled,
    Availability,
    AwayReason,
    Booking,
    BookingFilter,
    BookingOwner,
    BookingScope,
    BookingStatus,
    Bucket,
    ByTeam,
    ByUser,
    CalCom,
    ChosenLocation,
    Conflict,
    Credential,
    Dynamic,
    EventType,
    EventTypeChange,
    FieldType,
    Forbidden,
    InThePast,
    LocationKind,
    MissingField,
    NewAttendee,
    NewBooking,
    NewGuest,
    NewWebhook,
    NotFound,
    NotStartedYet,
    OutOfOfficeChange,
    Override,
    Paging,
    ProfileChange,
    RateLimited,
    ReasonNeeded,
    ReservationConflict,
    ScheduleChange,
    SchedulingType,
    SeatsFull,
    Session,
    SlotQuery,
    SlotTaken,
    TooSoon,
    Trigger,
    WebhookOwner,
    WebhookScope,
    Weekday,
    WrongAnswer,
    WrongCredential,
)
from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from bot.sandbox.clock import Clock

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
LOS_ANGELES, LONDON, BERLIN = (ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/London", "Europe/Berlin"))
ANN = NewAttendee("Ann", "America/New_York", "ann@example.com")
KENJI = NewAttendee("Kenji", "Asia/Tokyo", "kenji@example.com")


class Here(NamedTuple):
    """The running pair."""

    calcom: CalCom
    clock: Clock

    def acting(self, name: str) -> Session:
        return self.calcom.acting(Credential("key", f"cal_sandbox_{name}"))

    @property
    def public(self) -> Session:
        return self.calcom.acting(None)


def serve(clock: Clock, rate_limit: int) -> tuple[CalComServer, httpx.ASGITransport]:
    server = CalComServer(clock=clock, activity=Activity(), origin="http://sandbox.test", rate_limit=rate_limit)
    return server, httpx.ASGITransport(Starlette(routes=[Mount("/calcom", routes=server.routes)]))


@pytest.fixture
async def here() -> AsyncIterator[Here]:
    clock = Clock(NOW)
    server, transport = serve(clock, 0)
    calcom = CalCom("http://sandbox.test/calcom/v2", transport=transport, clock=clock.now)
    yield Here(calcom, clock)
    await calcom.aclose()
    await server.stop()


def at(zone: ZoneInfo, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def day_of(zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    return at(zone, day, 0), at(zone, day + timedelta(days=1), 0)


async def event_type(session: Session, username: str, slug: str) -> EventType:
    return next(one for one in await session.event_types(username) if one.slug == slug)


async def book(session: Session, slug: str, host: str, start: datetime, **more: object) -> Booking:
    new = NewBooking(ByUser(slug, host), start, ANN)
    (made,) = await session.create_booking(NewBooking(new.target, start, ANN, **more))  # type: ignore[arg-type]
    return made


async def test_who_am_i(here: Here) -> None:
    me = await here.acting("bailey").me()
    assert (me.username, me.email, me.zone) == ("bailey", "bailey@example.com", "America/Los_Angeles")
    changed = await here.acting("bailey").update_me(ProfileChange(name="Bailey B", time_format=24))
    assert (changed.name, changed.time_format, changed.zone) == ("Bailey B", 24, "America/Los_Angeles")


async def test_a_wrong_key_is_told(here: Here) -> None:
    with pytest.raises(WrongCredential):
        await here.acting("nobody").me()
    with pytest.raises(WrongCredential):
        await here.public.me()


async def test_event_types_of_others_come_with_their_questions(here: Here) -> None:
    consultation = await event_type(here.public, "bailey", "consultation")
    fields = {field.slug: field for field in consultation.booking_fields}
    assert (fields["topic"].type, fields["topic"].required) == (FieldType.TEXTAREA, True)
    assert fields["company_size"].options == ("1-10", "10-50", "50+")
    assert (fields["seats"].type, fields["seats"].required) == (FieldType.NUMBER, False)
    assert (consultation.length_minutes, consultation.slot_interval_minutes) == (45, 15)


async def test_rules_of_event_types_are_read(here: Here) -> None:
    thirty = await event_type(here.public, "sam", "30min")
    assert (thirty.minimum_notice_minutes, thirty.after_buffer_minutes) == (60, 10)
    lena = await event_type(here.public, "lena", "30min")
    assert lena.durations == (15, 30, 60)
    assert {place.kind for place in lena.locations} == {
        LocationKind.INTEGRATION,
        LocationKind.ATTENDEE_ADDRESS,
    }
    interview = await event_type(here.public, "sam", "interview")
    assert interview.confirmation is not None
    assert (interview.confirmation.always, interview.confirmation.blocks) == (True, False)
    weekly = await event_type(here.public, "bailey", "weekly-sync")
    assert weekly.recurrence is not None
    assert weekly.recurrence.occurrences == 4
    shared = await event_type(here.public, "bailey", "office-hours")
    assert shared.seats is not None
    assert shared.seats.per_slot == 3


async def test_people_are_found_with_and_without_their_organisation(here: Here) -> None:
    assert await here.public.event_types("bailey", organization="example")
    assert await here.public.event_types("nobody") == ()
    (one,) = await here.public.event_types("bailey", slug="15min")
    assert one.slug == "15min"


async def test_a_team_s_event_types_and_members(here: Here) -> None:
    bailey = here.acting("bailey")
    (team,) = [one for one in await bailey.teams() if one.slug == "support"]
    types = {one.slug: one for one in await bailey.team_event_types(team.id)}
    assert types["urgent-support"].instant
    assert types["onboarding"].scheduling_type is SchedulingType.COLLECTIVE
    assert types["triage"].scheduling_type is SchedulingType.ROUND_ROBIN
    assert {host.username for host in types["triage"].hosts} >= {"bailey", "sam", "lena"}
    assert {member.username for member in await bailey.team_members(team.id)} == {"bailey", "sam", "lena"}
    assert team.slug in {one.slug for one in await here.acting("admin").organization_teams(1)}


async def test_slots_start_inside_the_half_open_range_even_when_it_ends_at_midnight(here: Here) -> None:
    start, end = datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
    slots = await here.public.slots(SlotQuery(ByUser("15min", "bailey"), start, end, "America/New_York"))
    assert len(slots) > 0
    assert all(start <= slot.start < end for slot in slots)
    assert [slot.start for slot in slots] == sorted({slot.start for slot in slots})
    assert all(slot.end == slot.start + timedelta(minutes=15) for slot in slots)


async def test_slots_leave_out_what_is_booked_and_what_is_outside_working_hours(here: Here) -> None:
    query = SlotQuery(ByUser("30min", "bailey"), *day_of(LOS_ANGELES, TUESDAY))
    starts = {slot.start.astimezone(LOS_ANGELES).time() for slot in await here.public.slots(query)}
    assert min(starts) == time(9)
    assert max(starts) == time(16, 30)
    assert not starts & {time(9, 45), time(10), time(10, 15)}
    assert time(10, 30) in starts


async def test_several_people_at_once_are_free_when_all_are(here: Here) -> None:
    query = SlotQuery(Dynamic(("sam", "lena")), *day_of(BERLIN, TUESDAY))
    starts = [slot.start for slot in await here.public.slots(query)]
    assert starts
    assert min(starts) >= at(LONDON, TUESDAY, 9)
    assert max(starts) < at(BERLIN, TUESDAY, 17)


async def test_a_longer_duration_is_asked_for(here: Here) -> None:
    query = SlotQuery(ByUser("30min", "lena"), *day_of(BERLIN, TUESDAY), duration_minutes=60)
    slots = await here.public.slots(query)
    assert {slot.end - slot.start for slot in slots if slot.end} == {timedelta(minutes=60)}


async def test_a_day_without_slots_is_empty_and_no_error(here: Here) -> None:
    saturday = day_of(LOS_ANGELES, date(2026, 11, 28))
    assert len(await here.public.slots(SlotQuery(ByUser("15min", "bailey"), *saturday))) == 0


async def test_a_person_s_unknown_event_type_is_not_found(here: Here) -> None:
    with pytest.raises(NotFound):
        await here.public.slots(SlotQuery(ByUser("999min", "bailey"), *day_of(LOS_ANGELES, TUESDAY)))


async def test_a_hold_keeps_others_out_until_released(here: Here) -> None:
    fifteen = await event_type(here.public, "bailey", "15min")
    start = at(LOS_ANGELES, TUESDAY, 11)
    held = await here.public.reserve(fifteen.id, start, minutes=10)
    assert held.start == start
    with pytest.raises(ReservationConflict):
        await here.public.reserve(fifteen.id, start)
    assert await here.public.reservation(held.uid) is not None
    await here.public.release(held.uid)
    assert await here.public.reservation(held.uid) is None
    assert (await here.public.reserve(fifteen.id, start)).uid != held.uid


async def test_only_the_event_type_s_own_people_choose_how_long_to_hold(here: Here) -> None:
    fifteen = await event_type(here.public, "bailey", "15min")
    start = at(LOS_ANGELES, TUESDAY, 11)
    mine = await here.acting("bailey").reserve(fifteen.id, start, minutes=20)
    assert mine.until is not None
    assert timedelta(minutes=19) < mine.until - here.clock.now() <= timedelta(minutes=20)
    others = await here.acting("sam").reserve(fifteen.id, start + timedelta(hours=1), minutes=20)
    assert others.until is not None
    assert others.until - here.clock.now() <= timedelta(minutes=5)


async def test_booking_finding_moving_and_cancelling(here: Here) -> None:
    start = at(LOS_ANGELES, TUESDAY, 11)
    made = await book(here.public, "15min", "bailey", start, metadata={"draft": "d1"}, responses={"notes": "hi"})
    assert (made.status, made.start, made.minutes) == (BookingStatus.ACCEPTED, start, 15)
    assert made.attendees[0].zone == "America/New_York"
    assert made.metadata == {"draft": "d1"}
    assert made.meeting_url is not None
    assert (await here.public.booking(made.uid)).uid == made.uid

    moved = await here.public.reschedule(made.uid, start + timedelta(hours=1), reason="clash")
    assert moved.uid != made.uid
    assert moved.rescheduled_from == made.uid
    old = await here.public.booking(made.uid)
    assert (old.status, old.rescheduled_to) == (BookingStatus.CANCELLED, moved.uid)
    with pytest.raises(AlreadyCancelled) as caught:
        await here.public.reschedule(made.uid, start + timedelta(hours=2))
    assert caught.value.moved_to == moved.uid

    (gone,) = await here.public.cancel(moved.uid)
    assert gone.status is BookingStatus.CANCELLED
    with pytest.raises(AlreadyCancelled):
        await here.public.cancel(moved.uid)


async def test_what_cannot_be_booked_is_told_apart(here: Here) -> None:
    with pytest.raises(SlotTaken):
        await book(here.public, "15min", "bailey", at(LOS_ANGELES, TUESDAY, 10))
    with pytest.raises(SlotTaken):
        await book(here.public, "15min", "bailey", at(LOS_ANGELES, TUESDAY, 7))
    with pytest.raises(InThePast):
        await book(here.public, "15min", "bailey", NOW - timedelta(days=1))
    here.clock.set(at(LONDON, TUESDAY, 10))
    with pytest.raises(TooSoon):
        await book(here.public, "30min", "sam", at(LONDON, TUESDAY, 10, 30))
    with pytest.raises(NotFound):
        await book(here.public, "999min", "bailey", at(LOS_ANGELES, TUESDAY, 11))


async def test_missing_and_wrong_answers_name_their_question(here: Here) -> None:
    start = at(LOS_ANGELES, TUESDAY, 11)
    good = {"topic": "AI", "company_size": "10-50"}
    with pytest.raises(MissingField) as missing:
        await book(here.public, "consultation", "bailey", start, responses={"topic": "AI"})
    assert missing.value.slug == "company_size"
    with pytest.raises(WrongAnswer) as size:
        await book(here.public, "consultation", "bailey", start, responses=good | {"company_size": "huge"})
    assert size.value.slug == "company_size"
    with pytest.raises(WrongAnswer) as seats:
        await book(here.public, "consultation", "bailey", start, responses=good | {"seats": "5"})
    assert seats.value.slug == "seats"
    made = await book(here.public, "consultation", "bailey", start, responses=good | {"seats": 5})
    assert made.responses["seats"] == 5


async def test_a_length_and_a_place_can_be_chosen(here: Here) -> None:
    place = ChosenLocation(LocationKind.ATTENDEE_ADDRESS, value="Unter den Linden 1")
    made = await book(here.public, "30min", "lena", at(BERLIN, TUESDAY, 11), duration_minutes=60, location=place)
    assert (made.minutes, made.location) == (60, "Unter den Linden 1")
    wrong = ChosenLocation(LocationKind.ATTENDEE_PHONE, value="+4930123456")
    with pytest.raises(WrongAnswer):
        await book(here.public, "30min", "lena", at(BERLIN, TUESDAY, 13), location=wrong)


async def test_a_series_is_booked_and_cancelled_from_one_on(here: Here) -> None:
    start = at(LOS_ANGELES, TUESDAY, 13)
    target = ByUser("weekly-sync", "bailey")
    series = await here.public.create_booking(NewBooking(target, start, ANN, recurrence_count=3))
    assert [one.start.astimezone(LOS_ANGELES).date() for one in series] == [
        TUESDAY + timedelta(weeks=week) for week in range(3)
    ]
    recurring = series[0].recurring_uid
    assert recurring is not None
    assert {one.recurring_uid for one in series} == {recurring}
    assert len(await here.public.series(recurring)) == 3
    gone = await here.public.cancel(series[1].uid, following=True)
    assert {one.uid for one in gone} == {series[1].uid, series[2].uid}
    assert (await here.public.booking(series[0].uid)).status is BookingStatus.ACCEPTED


async def test_seats_are_shared_filled_and_given_back_one_by_one(here: Here) -> None:
    start = at(LOS_ANGELES, TUESDAY, 14)
    target = ByUser("office-hours", "bailey")
    seats = []
    for number in range(3):
        who = NewAttendee(f"Guest {number}", "UTC", f"guest{number}@example.com")
        (made,) = await here.public.create_booking(NewBooking(target, start, who))
        seats.append(made)
    assert len({one.uid for one in seats}) == 1
    assert len({one.seat_uid for one in seats}) == 3
    with pytest.raises((SeatsFull, SlotTaken)):
        await here.public.create_booking(NewBooking(target, start, KENJI))
    seat = seats[0].seat_uid
    assert seat is not None
    assert (await here.public.booking_by_seat(seat)).uid == seats[0].uid
    await here.public.cancel(seats[0].uid, seat_uid=seat)
    (again,) = await here.public.create_booking(NewBooking(target, start, KENJI))
    assert again.uid == seats[0].uid


async def test_an_instant_booking_rings_without_a_host(here: Here) -> None:
    new = NewBooking(ByTeam("urgent-support", "support"), here.clock.now(), ANN, instant=True)
    (ringing,) = await here.public.create_booking(new)
    assert (ringing.status, ringing.hosts) == (BookingStatus.AWAITING_HOST, ())


async def test_a_request_waits_for_its_host_to_confirm_or_decline(here: Here) -> None:
    sam = here.acting("sam")
    requests = (await sam.bookings(BookingFilter(buckets=(Bucket.UNCONFIRMED,)))).bookings
    (request,) = requests
    assert (request.status, request.event_type_slug) == (BookingStatus.PENDING, "interview")
    assert (await sam.confirm(request.uid)).status is BookingStatus.ACCEPTED
    phone = ChosenLocation(LocationKind.ATTENDEE_PHONE, value="+14155550100")
    other = await book(here.public, "interview", "sam", at(LONDON, TUESDAY, 11), location=phone)
    assert other.status is BookingStatus.PENDING
    declined = await sam.decline(other.uid, "not this week")
    assert declined.status is BookingStatus.REJECTED


async def test_a_host_gives_a_reason_to_cancel(here: Here) -> None:
    bailey = here.acting("bailey")
    made = await book(bailey, "15min", "bailey", at(LOS_ANGELES, TUESDAY, 11))
    with pytest.raises(ReasonNeeded):
        await bailey.cancel(made.uid)
    (gone,) = await bailey.cancel(made.uid, reason="ill")
    assert gone.cancellation_reason == "ill"


async def test_asking_for_another_time_cancels(here: Here) -> None:
    bailey = here.acting("bailey")
    made = await book(here.public, "15min", "bailey", at(LOS_ANGELES, TUESDAY, 11))
    await bailey.request_reschedule(made.uid, "can we do later?")
    assert (await bailey.booking(made.uid)).status is BookingStatus.CANCELLED


async def test_lists_by_bucket_person_and_time(here: Here) -> None:
    bailey = here.acting("bailey")
    upcoming = await bailey.bookings(BookingFilter(buckets=(Bucket.UPCOMING,)))
    assert [one.event_type_slug for one in upcoming] == ["30min"]
    past = await bailey.bookings(BookingFilter(buckets=(Bucket.PAST,)))
    assert [one.attendees[0].email for one in past] == ["ann@example.com"]
    admin = here.acting("admin")
    anns = await admin.bookings(BookingFilter(attendee_email="ann@example.com"))
    assert {one.event_type_slug for one in anns} == {"15min"}
    assert len(anns) == 2
    wednesday = TUESDAY + timedelta(days=1)
    start, end = day_of(LONDON, wednesday)
    here_only = await admin.bookings(BookingFilter(after_start=start, before_end=end))
    assert [one.hosts[0].username for one in here_only] == ["sam"]


async def test_both_ways_of_paging_find_the_same(here: Here) -> None:
    bailey = here.acting("bailey")
    day = date(2026, 11, 30)
    for number in range(8):
        await book(here.public, "15min", "bailey", at(LOS_ANGELES, day, 9) + timedelta(minutes=30 * number))
    wanted = BookingFilter(buckets=(Bucket.UPCOMING,))
    pages = await bailey.bookings(wanted)
    cursor = await bailey.bookings(wanted, paging=Paging.CURSOR)
    assert {one.uid for one in pages} == {one.uid for one in cursor}
    assert (len(pages), pages.more, cursor.more) == (9, False, False)
    few = await bailey.bookings(wanted, at_most=4, paging=Paging.CURSOR)
    assert (len(few), few.more) == (4, True)


async def test_lists_of_a_team_and_of_an_organisation(here: Here) -> None:
    (team,) = [one for one in await here.acting("bailey").teams() if one.slug == "support"]
    new = NewBooking(ByTeam("triage", "support"), at(LONDON, TUESDAY, 16), ANN)
    (made,) = await here.public.create_booking(new)
    listed = await here.acting("admin").bookings(scope=BookingScope(BookingOwner.TEAM, team.id))
    assert made.uid in {one.uid for one in listed}
    everybody = await here.acting("admin").bookings(scope=BookingScope(BookingOwner.ORGANIZATION, 1))
    assert {one.event_type_slug for one in everybody} >= {"15min", "30min", "interview"}


async def test_guests_attendees_and_place_of_a_booking(here: Here) -> None:
    bailey = here.acting("bailey")
    made = await book(here.public, "15min", "bailey", at(LOS_ANGELES, TUESDAY, 11))
    guests = tuple(NewGuest(f"guest{number}@example.com") for number in range(12))
    with_guests = await bailey.add_guests(made.uid, guests)
    assert len(with_guests.guests) == 12 or len(with_guests.attendees) == 13
    added = await bailey.add_attendee(made.uid, KENJI)
    assert added.id is not None
    assert "kenji@example.com" in {one.email for one in await bailey.attendees(made.uid)}
    place = ChosenLocation(LocationKind.ADDRESS, value="Main Street 1")
    assert (await bailey.change_location(made.uid, place)).location == "Main Street 1"


async def test_what_hangs_on_a_booking_can_be_read(here: Here) -> None:
    bailey = here.acting("bailey")
    (past,) = await bailey.bookings(BookingFilter(buckets=(Bucket.PAST,)))
    links = {one.label for one in await bailey.calendar_links(past.uid)}
    assert any("Google" in label for label in links)
    assert isinstance(await bailey.references(past.uid), tuple)
    assert isinstance(await bailey.recordings(past.uid), tuple)
    assert isinstance(await bailey.transcripts(past.uid), tuple)
    assert isinstance(await bailey.conferencing_sessions(past.uid), tuple)
    absent = await bailey.mark_absent(past.uid, attendees=("ann@example.com",))
    assert absent.attendees[0].absent
    made = await book(here.public, "15min", "bailey", at(LOS_ANGELES, TUESDAY, 11))
    with pytest.raises(NotStartedYet):
        await bailey.mark_absent(made.uid, host=True)


async def test_a_round_robin_booking_finds_another_host(here: Here) -> None:
    new = NewBooking(ByTeam("triage", "support"), at(LONDON, TUESDAY, 15), ANN)
    (made,) = await here.public.create_booking(new)
    moved = await here.acting("admin").reassign(made.uid)
    assert moved.name not in ("", made.hosts[0].name)
    back = await here.acting("admin").reassign_to(made.uid, made.hosts[0].id or 0, "swap")
    assert back.name == made.hosts[0].name


async def test_event_types_are_made_changed_hidden_and_deleted(here: Here) -> None:
    bailey = here.acting("bailey")
    new = EventTypeChange(title="Quick chat", slug="quick-chat", length_minutes=20, lengths=(20, 40))
    made = await bailey.create_event_type(new)
    assert (made.slug, made.durations) == ("quick-chat", (20, 40))
    hidden = await bailey.update_event_type(made.id, EventTypeChange(hidden=True, minimum_notice_minutes=30))
    assert (hidden.hidden, hidden.minimum_notice_minutes, hidden.title) == (True, 30, "Quick chat")
    assert "quick-chat" in {one.slug for one in await bailey.own_event_types()}
    assert "quick-chat" not in {one.slug for one in await here.public.event_types("bailey")}
    link = await bailey.create_private_link(made.id)
    assert (link.max_uses, link.expired) == (1, False)
    assert [one.id for one in await bailey.private_links(made.id)] == [link.id]
    await bailey.delete_private_link(made.id, link.id)
    await bailey.delete_event_type(made.id)
    with pytest.raises(NotFound):
        await bailey.event_type(made.id)


async def test_working_hours_are_read_and_changed(here: Here) -> None:
    sam = here.acting("sam")
    default = await sam.default_schedule()
    assert default is not None
    assert (default.zone, default.is_default) == ("Europe/London", True)
    assert {hours.start for hours in default.availability} == {time(9)}
    lunch = (
        Availability((Weekday.MONDAY, Weekday.TUESDAY), time(9), time(12)),
        Availability((Weekday.MONDAY, Weekday.TUESDAY), time(13), time(17)),
    )
    off = Override(TUESDAY, time(14), time(16))
    changed = await sam.update_schedule(default.id, ScheduleChange(availability=lunch, overrides=(off,)))
    assert changed.overrides == (off,)
    slots = await here.public.slots(SlotQuery(ByUser("15min", "sam"), *day_of(LONDON, TUESDAY)))
    assert {slot.start.astimezone(LONDON).hour for slot in slots} == {14, 15}
    other = await sam.create_schedule(ScheduleChange(name="Evenings", zone="Europe/London", is_default=False))
    assert other.id in {one.id for one in await sam.schedules()}
    await sam.delete_schedule(other.id)
    with pytest.raises(NotFound):
        await sam.schedule(other.id)


async def test_time_off_takes_the_slots_away(here: Here) -> None:
    sam = here.acting("sam")
    away = await sam.create_out_of_office(
        OutOfOfficeChange(
            start=datetime(2026, 11, 24, 9, tzinfo=UTC),
            end=datetime(2026, 11, 24, 10, tzinfo=UTC),
            reason=AwayReason.SICK,
            notes="flu",
        )
    )
    assert (away.reason, away.notes) == (AwayReason.SICK, "flu")
    assert away.start == datetime(2026, 11, 24, tzinfo=UTC)
    slots = SlotQuery(ByUser("15min", "sam"), *day_of(LONDON, TUESDAY))
    assert len(await here.public.slots(slots)) == 0
    assert [one.id for one in await sam.out_of_office()] == [away.id]
    assert (await sam.update_out_of_office(away.id, OutOfOfficeChange(notes="better"))).notes == "better"
    await sam.delete_out_of_office(away.id)
    assert len(await here.public.slots(slots)) > 0


async def test_calendars_limits_and_credits(here: Here) -> None:
    bailey = here.acting("bailey")
    calendars = await bailey.calendars()
    busy = await bailey.busy_times(calendars.checked, TUESDAY, TUESDAY, "America/Los_Angeles")
    assert all(one.start < one.end for one in busy)
    before = await bailey.credits_available()
    charge = await bailey.charge_credits(5, "message-1")
    assert charge.charged
    assert charge.left.total == before.total - 5


async def test_webhooks_are_registered_listed_changed_and_taken_back(here: Here) -> None:
    bailey = here.acting("bailey")
    new = NewWebhook("http://127.0.0.1:9/hook", (Trigger.BOOKING_CREATED, Trigger.BOOKING_CANCELLED), "s3cret")
    made = await bailey.create_webhook(new)
    assert made.triggers == new.triggers
    with pytest.raises(Conflict):
        await bailey.create_webhook(new)
    assert [one.id for one in await bailey.webhooks()] == [made.id]
    narrower = NewWebhook(new.url, (Trigger.BOOKING_CREATED,), "s3cret")
    assert (await bailey.update_webhook(made.id, narrower)).triggers == (Trigger.BOOKING_CREATED,)
    await bailey.delete_webhook(made.id)
    assert await bailey.webhooks() == ()
    own = await event_type(bailey, "bailey", "15min")
    scope = WebhookScope(WebhookOwner.EVENT_TYPE, own.id)
    on_type = await bailey.create_webhook(new, scope)
    assert [one.id for one in await bailey.webhooks(scope)] == [on_type.id]


async def test_nobody_reads_what_is_not_theirs(here: Here) -> None:
    bailey = here.acting("bailey")
    own = await event_type(bailey, "bailey", "15min")
    with pytest.raises((Forbidden, NotFound)):
        await here.acting("sam").update_event_type(own.id, EventTypeChange(title="Mine now"))


async def test_the_server_s_limit_is_respected_before_it_strikes() -> None:
    clock = Clock(NOW)
    server, transport = serve(clock, 20)
    calcom = CalCom("http://sandbox.test/calcom/v2", transport=transport)
    bailey = calcom.acting(Credential("key", "cal_sandbox_bailey"))
    for _ in range(20):
        await bailey.me()
    with pytest.raises(RateLimited) as caught:
        await bailey.me()
    assert caught.value.status is None, "refused here, without asking the service"
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 30
    await calcom.aclose()
    await server.stop()
