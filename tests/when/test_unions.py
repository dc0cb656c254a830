"""What belongs together: joins over a sentence, unions, exceptions, preferences, second thoughts."""

import itertools

from bot.when import Role

from .asking import ask, days, shown, windows


def test_a_day_and_a_clock_time_far_apart_are_one() -> None:
    reading = ask("on Friday can I get Bailey at 3?")
    assert [shown(w) for w in reading.windows] == ["2026-11-27 15:00"]
    assert [m.spans for m in reading.mentions] == [((0, 9), (27, 31))]
    assert reading.rest == "can I get Bailey ?"


def test_a_day_part_holds_for_all_days_before_it() -> None:
    assert windows("Tue or Wed afternoon") == [
        "2026-11-24 12:00/2026-11-24 17:00",
        "2026-11-25 12:00/2026-11-25 17:00",
    ]


def test_each_day_keeps_its_own_hours() -> None:
    assert windows("Tuesday at 2 or Wednesday at 3") == ["2026-11-24 14:00", "2026-11-25 15:00"]
    assert windows("at 3 on Tuesday or 4 on Wednesday") == ["2026-11-24 15:00", "2026-11-25 16:00"]
    assert windows("at 2 or 3 on Tuesday") == ["2026-11-24 14:00", "2026-11-24 15:00"]
    assert windows("Tuesday morning or Thursday") == [
        "2026-11-24 08:00/2026-11-24 12:00",
        "2026-11-26 00:00/2026-11-27 00:00",
    ]


def test_hours_on_a_range_of_days_are_spelled_out() -> None:
    assert windows("Tue-Thu 9-11") == [f"2026-11-{d} 09:00/2026-11-{d} 11:00" for d in (24, 25, 26)]


def test_exceptions_leave_holes() -> None:
    assert windows("mornings next week except Thursday") == [
        f"{d} 08:00/{d} 12:00"
        for d in ("2026-11-30", "2026-12-01", "2026-12-02", "2026-12-04", "2026-12-05", "2026-12-06")
    ]
    assert windows("any time Tuesday except 2-3pm") == [
        "2026-11-24 00:00/2026-11-24 14:00",
        "2026-11-24 15:00/2026-11-25 00:00",
    ]
    assert days("next week but not Friday") == ["11-30..12-03", "12-05..12-06"]


def test_but_cuts_a_day_out_of_a_week_and_joins_hours_to_a_day() -> None:
    assert windows("any day next week but Friday") == windows("next week except Friday")
    assert windows("Tuesday but after 3") == windows("Tuesday after 3")


def test_an_exception_alone_leaves_all_the_rest_from_now_on() -> None:
    found = windows("any day but Friday")
    assert found[:2] == ["2026-11-23 09:00/2026-11-27 00:00", "2026-11-28 00:00/2026-12-04 00:00"]
    assert found[-1].endswith("/")
    assert windows("not Friday") == found


def test_a_day_said_not_to_work_is_an_exception() -> None:
    reading = ask("Tuesday doesn't work for me, how about Wednesday?")
    assert [m.role for m in reading.mentions] == [Role.EXCEPTION, Role.LIMIT]
    assert [shown(w) for w in reading.windows] == ["2026-11-25 00:00/2026-11-26 00:00"]


def test_preferences_are_kept_apart_from_limits() -> None:
    reading = ask("Tuesday, preferably before 11")
    assert [shown(w) for w in reading.windows] == ["2026-11-24 00:00/2026-11-25 00:00"]
    assert [shown(w) for w in reading.preferred] == ["2026-11-24 00:00/2026-11-24 11:00"]


def test_a_wish_alone_is_looked_in_as_well() -> None:
    reading = ask("ideally Thursday")
    assert [m.role for m in reading.mentions] == [Role.PREFERENCE]
    assert reading.windows == reading.preferred != ()


def test_second_thoughts_replace_the_first() -> None:
    assert days("Tuesday, no, Wednesday") == ["11-25"]
    assert windows("Tuesday at 2, sorry, 3") == ["2026-11-24 15:00"]
    roles = [m.role for m in ask("Tuesday, no, Wednesday").mentions]
    assert roles == [Role.RETRACTED, Role.LIMIT]


def test_a_length_goes_with_its_moment() -> None:
    reading = ask("book 15min with bailey Tuesday at 2pm")
    assert [shown(w) for w in reading.windows] == ["2026-11-24 14:00"]
    assert reading.duration is not None
    assert reading.duration.total_seconds() == 900
    assert reading.first is not None
    assert reading.first.end is not None
    assert f"{reading.first.end:%H:%M}" == "14:15"
    assert reading.rest == "book with bailey"


def test_stretches_over_days_end_where_they_say() -> None:
    assert windows("from Tuesday at 3pm until Thursday at noon") == ["2026-11-24 15:00/2026-11-26 12:00"]
    assert windows("check in on Tuesday and check out on Friday") == ["2026-11-24 00:00/2026-11-28 00:00"]


def test_windows_are_sorted_and_disjoint() -> None:
    found = ask("Thursday, Tuesday afternoon, Tuesday 1-3pm or Wednesday").windows
    starts = [w.start for w in found]
    assert starts == sorted(starts)  # type: ignore[type-var]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found) if a.end and b.start)


def test_repetitions() -> None:
    every = ask("every other Monday at 9").recurrence
    assert every is not None
    assert (every.freq, every.interval, every.weekdays, str(every.time)) == ("weekly", 2, (0,), "09:00:00")
    weeks = ask("weekdays at 8 for 3 weeks").recurrence
    assert weeks is not None
    assert (weeks.weekdays, weeks.count) == ((0, 1, 2, 3, 4), 15)
    until = ask("every Tuesday and Thursday at 10am until the end of March").recurrence
    assert until is not None
    assert (until.weekdays, str(until.until)) == ((1, 3), "2027-03-31")
    monthly = ask("the last Friday of every month").recurrence
    assert monthly is not None
    assert (monthly.freq, monthly.nth, monthly.weekdays) == ("monthly", -1, (4,))


def test_bounds_meet_and_alternatives_do_not() -> None:
    assert windows("tomorrow after 2 and before 5") == ["2026-11-24 14:00/2026-11-24 17:00"]
    assert windows("before 9 or after 5 tomorrow") == [
        "2026-11-24 00:00/2026-11-24 09:00",
        "2026-11-24 17:00/2026-11-25 00:00",
    ]
    assert days("after the 1st but before the 5th") == ["12-02..12-04"]


def test_an_absence_is_an_exception_where_another_time_is_asked_for() -> None:
    reading = ask("I'm out Monday, how about Wednesday at 3?")
    assert [m.role for m in reading.mentions] == [Role.EXCEPTION, Role.LIMIT]
    assert [shown(w) for w in reading.windows] == ["2026-11-25 15:00"]
    assert days("I'm out next week") == ["11-30..12-06"]


def test_a_time_goes_with_the_nearest_day_of_two_requests() -> None:
    assert windows("cancel my Tuesday call and book Thursday at 2") == [
        "2026-11-24 00:00/2026-11-25 00:00",
        "2026-11-26 14:00",
    ]


def test_a_moved_meeting_keeps_its_day() -> None:
    assert windows("move tomorrow's 2pm to 4pm") == ["2026-11-24 16:00"]


def test_a_wish_outside_what_is_asked_for_is_asked_for_as_well() -> None:
    reading = ask("ideally Tuesday, but Wednesday is fine too")
    assert [shown(w) for w in reading.windows] == ["2026-11-24 00:00/2026-11-26 00:00"]
    assert [shown(w) for w in reading.preferred] == ["2026-11-24 00:00/2026-11-25 00:00"]


def test_a_wish_for_a_weekday_is_one_of_the_week_asked_for() -> None:
    assert [shown(w) for w in ask("next week, ideally Tuesday").preferred] == ["2026-12-01 00:00/2026-12-02 00:00"]


def test_now_is_the_next_little_while() -> None:
    for now in ("2026-11-23T09:00:00", "2026-11-23T09:00:31"):
        window = ask("are you free now?", now=now).windows[0]
        assert window.start == ask("now", now=now).now
        assert window.end is not None
        assert not window.exact


def test_how_often_is_no_length() -> None:
    for text in ("twice a week", "three times a week", "once a month"):
        reading = ask(text)
        assert reading.duration is None
        assert reading.recurrence is not None


def test_on_a_sunday_the_week_is_the_one_ahead_where_it_begins_so() -> None:
    sunday = {"now": "2026-11-29T10:00"}
    assert windows("this week", **sunday, locale="en-US") == ["2026-11-29 10:00/2026-12-06 00:00"]
    assert windows("this week", **sunday, locale="en-GB") == ["2026-11-29 10:00/2026-11-30 00:00"]
    following = ask("next week", **sunday)
    assert [shown(w) for w in following.windows] == ["2026-11-30 00:00/2026-12-07 00:00"]
    assert following.first is not None
    assert [shown(w) for w in following.first.others] == ["2026-12-07 00:00/2026-12-14 00:00"]
