"""Clock times in every spelling."""

import pytest

from bot.when import Kind

from .asking import ask, windows

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("at 2pm", "14:00"),
        ("at 2 p.m.", "14:00"),
        ("at 2 P.M.", "14:00"),
        ("2p", "14:00"),
        ("at 14:00", "14:00"),
        ("at 1530", "15:30"),
        ("half past 3", "15:30"),
        ("half three", "15:30"),
        ("quarter to five", "16:45"),
        ("a quarter past two", "14:15"),
        ("ten past four", "16:10"),
        ("20 minutes to 6pm", "17:40"),
        ("noon", "12:00"),
        ("at midday", "12:00"),
        ("12 noon", "12:00"),
        ("at 3 o'clock", "15:00"),
        ("3 o’clock", "15:00"),
        ("evening 7:15", "19:15"),
        ("morning 10:15", "10:15"),
        ("at 7 in the evening", "19:00"),
        ("at seven thirty", "19:30"),
        ("ten thirty am", "10:30"),
        ("nine fifty nine a m", "09:59"),
        ("15h30", "15:30"),
        ("tonight at 8", "20:00"),
        ("@ 4", "16:00"),
        ("around 3ish", "15:00"),
        ("eod", "17:00"),
    ],
)
def test_is_read_on_the_same_day(text: str, clock: str) -> None:
    assert windows(text) == [f"{TODAY} {clock}"]


@pytest.mark.parametrize(
    ("text", "clock", "code"),
    [("at 1", "13:00", "pm"), ("at 7", "19:00", "pm"), ("at 8", "08:00", "am"), ("at 11", "11:00", "am")],
)
def test_a_bare_hour_follows_working_hours_and_says_so(text: str, clock: str, code: str) -> None:
    reading = ask(f"tomorrow {text}")
    assert f"{reading.windows[0].start:%H:%M}" == clock
    assert [a.code for a in reading.assumed] == [code]
    other = reading.first.others[0].start if reading.first else None
    assert other is not None
    assert abs(other.hour - int(clock[:2])) == 12


def test_twelve_is_noon_without_an_assumption() -> None:
    reading = ask("tomorrow at 12")
    assert [w.start.hour for w in reading.windows if w.start] == [12]
    assert reading.assumed == ()


def test_an_hour_that_is_past_today_means_tomorrow_and_says_so() -> None:
    reading = ask("at 8am")
    assert [f"{w.start:%m-%d %H}" for w in reading.windows] == ["11-24 08"]
    assert "next-day" in [a.code for a in reading.assumed]


def test_a_clock_time_alone_is_of_kind_time_and_with_a_day_an_instant() -> None:
    assert [m.kind for m in ask("at 3").mentions] == [Kind.TIME]
    assert [m.kind for m in ask("Tuesday at 3").mentions] == [Kind.INSTANT]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("3-4pm", "15:00", "16:00"),
        ("11-1pm", "11:00", "13:00"),
        ("10 to noon", "10:00", "12:00"),
        ("between 2 and 4", "14:00", "16:00"),
        ("from 9 to 5", "09:00", "17:00"),
        ("9:30 - 11", "09:30", "11:00"),
        ("from two thirty to two forty five", "14:30", "14:45"),
        ("12-4", "12:00", "16:00"),
        ("1am-3", "01:00", "03:00"),
        ("8 - 11pm", "20:00", "23:00"),
        ("5 to seven in the morning", "05:00", "07:00"),
    ],
)
def test_ranges_share_their_half_of_the_day(text: str, start: str, end: str) -> None:
    assert windows(f"tomorrow {text}") == [f"2026-11-24 {start}/2026-11-24 {end}"]


def test_a_night_goes_over_midnight() -> None:
    assert windows("Friday from 10pm to 2am") == ["2026-11-27 22:00/2026-11-28 02:00"]


def test_24_hours_are_the_midnight_that_ends_the_day() -> None:
    assert windows("24:00 on Friday") == ["2026-11-28 00:00"]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("tomorrow morning", "08:00/2026-11-24 12:00"),
        ("tomorrow afternoon", "12:00/2026-11-24 17:00"),
        ("tomorrow evening", "17:00/2026-11-24 21:00"),
        ("tomorrow after lunch", "13:00/2026-11-24 17:00"),
        ("tomorrow after 3", "15:00/2026-11-25 00:00"),
        ("tomorrow before 11", "00:00/2026-11-24 11:00"),
        ("tomorrow until 5", "00:00/2026-11-24 17:00"),
        ("not before 10 tomorrow", "10:00/2026-11-25 00:00"),
        ("tomorrow later than 2 but before 5", "14:00/2026-11-24 17:00"),
        ("first thing tomorrow", "08:00/2026-11-24 10:00"),
    ],
)
def test_day_parts_and_open_sides_are_windows_of_the_day(text: str, window: str) -> None:
    assert windows(text) == [f"2026-11-24 {window}"]


def test_open_sides_stay_open_in_the_mention() -> None:
    after, before = ask("Friday after 3").first, ask("Friday before 3").first
    assert after is not None
    assert before is not None
    assert (after.kind, after.end) == (Kind.OPEN, None)
    assert (before.kind, before.start) == (Kind.OPEN, None)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15min", 900),
        ("for an hour", 3600),
        ("an hour and a half", 5400),
        ("one and a half hours", 5400),
        ("half an hour", 1800),
        ("a half hour call", 1800),
        ("½ hour", 1800),
        ("1h30m", 5400),
        ("2.5 hours", 9000),
        ("30-minute", 1800),
        ("three quarters of an hour", 2700),
        ("1 hour and 15 minutes", 4500),
        ("45 mins", 2700),
    ],
)
def test_lengths_are_durations_and_never_windows(text: str, seconds: int) -> None:
    reading = ask(text)
    assert reading.duration is not None
    assert reading.duration.total_seconds() == seconds
    assert reading.windows == ()


def test_a_quick_call_has_no_length() -> None:
    assert ask("quick call with Bailey").duration is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("in 15 minutes", "09:15"),
        ("in half an hour", "09:30"),
        ("an hour from now", "10:00"),
        ("in a couple of hours", "11:00"),
    ],
)
def test_offsets_from_now_are_moments(text: str, start: str) -> None:
    assert windows(text) == [f"{TODAY} {start}"]
