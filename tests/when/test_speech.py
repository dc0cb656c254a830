"""Windows in words, and the words read back."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when import Window, read, say

from .asking import ZONE, moment

NOW = moment("2026-11-23T09:00")


def test_names_what_a_person_needs() -> None:
    two = moment("2026-11-24T14:00")
    assert say(Window(two, None, True), ZONE, NOW) == "Tue 24 Nov, 2:00 PM"
    assert say(Window(two, two + timedelta(minutes=30)), ZONE, NOW) == "Tue 24 Nov, 2:00 PM to 2:30 PM"
    assert say(Window(two, None, True), ZONE, NOW, name_zone=True) == "Tue 24 Nov, 2:00 PM (America/New_York)"
    assert say(Window(two, None, True), "Europe/London", NOW, clock24=True) == "Tue 24 Nov, 19:00"
    assert say(Window(moment("2026-11-24T00:00"), moment("2026-11-27T00:00")), ZONE, NOW) == "Tue 24 Nov to Thu 26 Nov"
    assert say(Window(None, moment("2026-11-27T00:00")), ZONE, NOW) == "before Fri 27 Nov"


@settings(max_examples=200, deadline=None)
@given(
    day=st.integers(1, 600),
    start=st.integers(0, 24 * 4 - 2),
    size=st.integers(0, 40),
    zone=st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]),
    named=st.booleans(),
)
def test_reading_the_words_back_gives_the_window(day: int, start: int, size: int, zone: str, named: bool) -> None:
    now = moment("2026-11-23T09:00", zone)
    base = (now.replace(tzinfo=None) + timedelta(days=day)).replace(hour=0) + timedelta(minutes=15 * start)
    begin = moment(base.isoformat(), zone)
    if size == 0:
        window = Window(begin, None, True)
    else:
        end = base + timedelta(minutes=15 * size)
        window = Window(begin, moment(end.isoformat(), zone))
    words = say(window, zone, now, name_zone=named)
    reading = read(words, now, zone)
    if [p.code for p in reading.problems] in (["gap"], ["fold"]):
        return
    assert reading.windows == (window,), words


@settings(max_examples=150, deadline=None)
@given(
    day=st.integers(1, 500),
    start=st.integers(0, 95),
    days=st.integers(1, 40),
    end=st.integers(1, 95),
    sort=st.sampled_from(["days", "from", "before", "stretch"]),
    clock24=st.booleans(),
)
def test_days_stretches_and_open_sides_read_back_as_well(
    day: int, start: int, days: int, end: int, sort: str, clock24: bool
) -> None:
    midnight = NOW.replace(tzinfo=None, hour=0) + timedelta(days=day)

    def at(wall: datetime) -> datetime:
        return moment(wall.isoformat())

    begin, later = midnight + timedelta(minutes=15 * start), midnight + timedelta(days=days)
    window = {
        "days": Window(at(midnight), at(later)),
        "from": Window(at(begin), None),
        "before": Window(None, at(begin)),
        "stretch": Window(at(begin), at(later + timedelta(minutes=15 * end))),
    }[sort]
    reading = read(say(window, ZONE, NOW, clock24=clock24), NOW, ZONE)
    if {p.code for p in reading.problems} & {"gap", "fold"}:
        return
    expected = window if window.start else Window(NOW, window.end)
    assert reading.windows == (expected,)
