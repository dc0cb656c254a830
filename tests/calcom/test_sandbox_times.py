"""Slots, holds, working hours and time off, against the embedded server."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.calcom import (
    Availability,
    AwayReason,
    ByUser,
    Dynamic,
    NotFound,
    OutOfOfficeChange,
    Override,
    ReservationConflict,
    ScheduleChange,
    SlotQuery,
    Weekday,
)

from .seeded import BERLIN, LONDON, LOS_ANGELES, TUESDAY, Here, at, day_of, event_type


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
