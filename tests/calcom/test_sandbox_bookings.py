"""Bookings from making to cancelling, against the embedded server."""

from datetime import date, timedelta

import pytest

from bot.calcom import (
    AlreadyCancelled,
    BookingFilter,
    BookingOwner,
    BookingScope,
    BookingStatus,
    Bucket,
    ByTeam,
    ByUser,
    ChosenLocation,
    InThePast,
    LocationKind,
    MissingField,
    NewAttendee,
    NewBooking,
    NewGuest,
    NotFound,
    NotStartedYet,
    Paging,
    ReasonNeeded,
    SeatsFull,
    SlotTaken,
    TooSoon,
    WrongAnswer,
)

from .seeded import ANN, BERLIN, KENJI, LONDON, LOS_ANGELES, NOW, TUESDAY, Here, at, book, day_of


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
    answered = await here.public.cancel(series[1].uid, following=True)
    gone = {one.uid for one in answered if one.status is BookingStatus.CANCELLED}
    assert gone == {series[1].uid, series[2].uid}
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
