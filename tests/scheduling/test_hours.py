"""Words about working hours come to what they say, and nothing else of a schedule is lost."""

from datetime import UTC, date, datetime, time

import pytest

from bot.calcom import Availability, Override, Schedule, Weekday
from bot.scheduling import hours

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
WEEK = tuple(Weekday.at(day) for day in range(5))
WITH_LUNCH = (Availability(WEEK, time(9), time(12)), Availability(WEEK, time(13), time(17)))
USUAL = "9:00 AM–12:00 PM and 1:00 PM–5:00 PM"


def schedule(*overrides: Override) -> Schedule:
    return Schedule(
        id=1, name="Work", owner_id=1, zone="America/Los_Angeles", availability=WITH_LUNCH, overrides=overrides
    )


def week_after(words: str) -> dict[str, str]:
    told = hours.said(words, NOW, "America/Los_Angeles")
    assert told.clear
    return dict(hours.week_text(hours.changed(schedule(), told)[0], "en-US"))


@pytest.mark.parametrize(
    ("words", "days", "text"),
    [
        ("I would rather have no calls before 10:30", "Mon–Fri", "10:30 AM–12:00 PM and 1:00 PM–5:00 PM"),
        ("never book me after 4pm on Mondays", "Mon", "9:00 AM–12:00 PM and 1:00 PM–4:00 PM"),
        ("from now on I begin at 8", "Mon–Fri", "8:00 AM–12:00 PM and 1:00 PM–5:00 PM"),
        ("on Thursdays I stop at noon", "Thu", "9:00 AM–12:00 PM"),
        ("get rid of my lunch break", "Mon–Fri", "9:00 AM–5:00 PM"),
        ("no break on Wednesdays", "Wed", "9:00 AM–5:00 PM"),
        ("additionally I work Sundays from 10 to 1", "Sun", "10:00 AM–1:00 PM"),
        ("only mornings on Tuesdays", "Tue", "9:00 AM–12:00 PM"),
        ("no meetings in the afternoon on Fridays", "Fri", "9:00 AM–12:00 PM"),
        ("keep Mondays free", "Mon", "off"),
        ("I don't work from 9 to 10 on Tuesdays", "Tue", "10:00 AM–12:00 PM and 1:00 PM–5:00 PM"),
        ("people can book me until 7pm on Thursdays", "Thu", "9:00 AM–12:00 PM and 1:00 PM–7:00 PM"),
        ("weekdays 10 to 4", "Mon–Fri", "10:00 AM–4:00 PM"),
    ],
)
def test_words_change_what_they_name(words: str, days: str, text: str) -> None:
    assert week_after(words)[days] == text


def test_days_not_spoken_of_stay() -> None:
    week = week_after("on Fridays I finish at 3pm")

    assert (week["Mon–Thu"], week["Fri"]) == (USUAL, "9:00 AM–12:00 PM and 1:00 PM–3:00 PM")


def test_a_date_gets_an_exception_and_the_week_stays() -> None:
    told = hours.said("tomorrow I start at 11", NOW, "America/Los_Angeles")

    availability, overrides = hours.changed(schedule(Override(date(2026, 12, 1), time(0), time(0))), told)

    assert availability == WITH_LUNCH
    assert [(o.date.day, o.start.hour, o.end.hour) for o in overrides] == [(1, 0, 0), (24, 11, 12), (24, 13, 17)]


def test_what_comes_to_nothing_is_the_same() -> None:
    told = hours.said("no meetings before 9", NOW, "America/Los_Angeles")

    assert hours.same(schedule(), *hours.changed(schedule(), told))


def test_words_without_hours_say_nothing() -> None:
    assert not hours.said("my calendar is full", NOW, "America/Los_Angeles").clear


def test_a_part_of_a_day_leaves_the_rest_of_it() -> None:
    gone = [(datetime(2026, 11, 24, 11, tzinfo=UTC), datetime(2026, 11, 24, 14, tzinfo=UTC))]

    left = hours.part_gone(schedule(), date(2026, 11, 24), gone)

    assert left is not None
    assert [(o.start.hour, o.end.hour) for o in left[1]] == [(9, 11), (14, 17)]
    whole = [(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))]
    assert hours.part_gone(schedule(), date(2026, 11, 24), whole) is None
