"""Which free times are shown."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.draft import Span
from bot.scheduling.slots import alike, by_preference, first_days, nearest, sociable, spread, within

START = datetime(2026, 11, 24, 14, tzinfo=UTC)
ZONES = ["America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kathmandu", "UTC"]
starts = st.lists(st.integers(0, 4 * 24 * 14), unique=True, max_size=200).map(
    lambda quarters: [START + timedelta(minutes=15 * q) for q in sorted(quarters)]
)


@given(starts, st.sampled_from(ZONES), st.integers(1, 12))
def test_a_spread_is_a_sorted_part_that_uses_the_room_there_is(free: list[datetime], zone: str, count: int) -> None:
    shown = spread(free, zone, count)
    assert shown == sorted(set(shown))
    assert set(shown) <= set(free)
    assert len(shown) == min(count, len(free))


def test_a_spread_covers_the_day_from_its_first_part_to_its_last() -> None:
    day = [START + timedelta(minutes=15 * q) for q in range(32)]
    shown = spread(day, "UTC", 8)
    assert shown[0] == day[0]
    assert shown[-1] >= day[-5]
    assert all(start.minute == 0 for start in shown)


def test_several_days_share_the_room() -> None:
    days = [START + timedelta(days=d, minutes=30 * q) for d in range(4) for q in range(10)]
    shown = spread(days, "UTC", 8)
    assert {s.date() for s in shown} == {d.date() for d in days}


@given(starts, st.integers(0, 3000))
def test_the_nearest_are_none_further_than_those_left_out(free: list[datetime], minutes: int) -> None:
    wanted = START + timedelta(minutes=minutes)
    shown = nearest(free, wanted, 4)
    assert shown == sorted(shown)
    left_out = set(free) - set(shown)
    if shown and left_out:
        assert max(abs(s - wanted) for s in shown) <= min(abs(s - wanted) for s in left_out)


def test_two_weeks_show_office_hours_of_the_first_days_not_the_earliest_minute_of_each() -> None:
    days = [
        datetime(2026, 11, 23, 7, tzinfo=UTC) + timedelta(days=d, minutes=30 * q) for d in range(12) for q in range(20)
    ]
    shown = spread(days, "UTC", 8)
    assert all(9 <= s.hour < 18 for s in shown)
    assert [s.day for s in shown] == [23, 23, 24, 24, 25, 25, 26, 26]


def test_instead_of_a_day_without_times_the_same_hour_on_the_days_around() -> None:
    friday, monday = datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)
    free = [day + timedelta(minutes=30 * q) for day in (friday, monday) for q in range(16)]
    shown = alike(free, datetime(2026, 11, 28, 15, tzinfo=UTC), "UTC")
    assert {s.day for s in shown} == {27, 30}
    assert all(14 <= s.hour <= 16 for s in shown)
    assert alike(free, friday.replace(hour=11), "UTC") == nearest(free, friday.replace(hour=11), 6)
    assert alike([], friday, "UTC") == []


@given(starts, st.integers(0, 30000), st.sampled_from(ZONES))
def test_what_is_offered_instead_is_free_and_in_order(free: list[datetime], minutes: int, zone: str) -> None:
    shown = alike(free, START + timedelta(minutes=minutes), zone)
    assert shown == sorted(set(shown))
    assert set(shown) <= set(free)
    assert bool(shown) == bool(free)


def test_a_meeting_has_to_fit_whole_and_an_exact_start_is_that_start_alone() -> None:
    free = [START, START + timedelta(minutes=30), START + timedelta(minutes=60)]
    hour = Span(START, START + timedelta(minutes=60))
    assert within(free, [hour], 30) == free[:2]
    assert within(free, [hour], 45) == free[:1]
    assert within(free, [Span(free[1], free[1], exact=True)], 45) == [free[1]]


def test_a_preference_narrows_only_where_it_can() -> None:
    free = [START, START + timedelta(hours=3)]
    morning = [Span(START, START + timedelta(hours=1))]
    assert by_preference(free, morning, 30) == [START]
    assert by_preference(free[1:], morning, 30) == free[1:]


def test_waking_hours_come_first_and_nights_only_when_there_is_nothing_else() -> None:
    free = [START + timedelta(hours=h) for h in range(0, 12, 2)]
    tokyo = sociable(free, "Asia/Tokyo")
    assert tokyo == [START + timedelta(hours=8), START + timedelta(hours=10)]
    assert sociable(free[:2], "Asia/Tokyo") == free[:2]


def test_first_days_are_local_ones() -> None:
    free = [datetime(2026, 11, 24, h, tzinfo=UTC) for h in (14, 15, 16)]
    assert first_days(free, "Asia/Tokyo", 1) == free[:1]
