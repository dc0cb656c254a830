"""Whose working hours never meet is told, and only then."""

from datetime import UTC, datetime, time

from bot.calcom import Availability, Schedule, Weekday
from bot.scheduling.apart import Working, never

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
WEEK = tuple(Weekday.at(day) for day in range(5))


def works(name: str, zone: str, start: int = 9, end: int = 17, days: tuple[Weekday, ...] = WEEK) -> Working:
    return Working(
        name,
        Schedule(id=1, name="Work", owner_id=1, zone=zone, availability=(Availability(days, time(start), time(end)),)),
    )


def test_two_far_apart_are_named_with_their_hours() -> None:
    told = never([works("Ida", "Asia/Tokyo"), works("Tom", "Europe/London")], NOW, 15, "de-DE")

    assert told == ("Ida works 09:00–17:00 in Tokyo and Tom works 09:00–17:00 in London: these hours never overlap.")


def test_of_three_only_those_two_who_never_meet() -> None:
    told = never(
        [works("Eve", "Europe/Berlin"), works("Ida", "Asia/Tokyo"), works("Tom", "Europe/Berlin", 7, 10)],
        NOW,
        30,
        "en-US",
    )

    assert "Ida" in told
    assert "Eve" in told
    assert "Tom" not in told


def test_all_are_named_where_each_two_of_them_meet() -> None:
    day = [Weekday.at(n) for n in range(3)]
    pairs = [(day[0], day[1]), (day[1], day[2]), (day[0], day[2])]
    told = never([works(n, "UTC", days=d) for n, d in zip(("Ann", "Ben", "Cy"), pairs, strict=True)], NOW, 30, "en-US")

    assert all(name in told for name in ("Ann", "Ben", "Cy"))


def test_a_length_that_does_not_fit_into_the_common_hours_counts() -> None:
    two = [works("Ann", "UTC", 9, 12), works("Ben", "UTC", 11, 17)]

    assert never(two, NOW, 60, "en-US") == ""
    assert "never overlap" in never(two, NOW, 90, "en-US")
