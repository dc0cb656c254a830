"""Days, dates, periods and holidays, said on Monday 23 November 2026."""

import pytest

from bot.when import Kind

from .asking import ask, days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", "11-24"),
        ("the day after tomorrow", "11-25"),
        ("Tuesday", "11-24"),
        ("on Friday", "11-27"),
        ("this Friday", "11-27"),
        ("next Friday", "11-27"),
        ("this coming Friday", "11-27"),
        ("Friday next week", "12-04"),
        ("next week on Friday", "12-04"),
        ("Friday after next", "12-04"),
        ("a week from Friday", "12-04"),
        ("Friday week", "12-04"),
        ("three Fridays from now", "12-11"),
        ("in 3 days", "11-26"),
        ("2 weeks from tomorrow", "12-08"),
        ("the 9th", "12-09"),
        ("on the 25th", "11-25"),
        ("Dec 3", "12-03"),
        ("3 December", "12-03"),
        ("the 3rd of December", "12-03"),
        ("12/3", "12-03"),
        ("2026-12-03", "12-03"),
        ("Thursday, December 3rd", "12-03"),
        ("Thursday the 26th", "11-26"),
        ("Thanksgiving", "11-26"),
        ("the Tuesday after Thanksgiving", "12-01"),
        ("the day after Thanksgiving", "11-27"),
        ("Christmas Eve", "12-24"),
        ("2 days before Christmas", "12-23"),
        ("the first Monday in December", "12-07"),
        ("last Friday of December", "12-25"),
        ("tmrw", "11-24"),
        ("wensday", "11-25"),
        ("in 2 working days", "11-25"),
    ],
)
def test_single_days(text: str, day: str) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("next week", "11-30..12-06"),
        ("this weekend", "11-28..11-29"),
        ("next weekend", "12-05..12-06"),
        ("next month", "12-01..12-31"),
        ("mid next week", "12-02..12-03"),
        ("early December", "12-01..12-10"),
        ("end of next week", "12-04..12-06"),
        ("the week of December 9", "12-07..12-13"),
        ("in December", "12-01..12-31"),
        ("Tuesday to Thursday", "11-24..11-26"),
        ("Dec 3-5", "12-03..12-05"),
        ("from the 3rd to the 5th of December", "12-03..12-05"),
        ("between Dec 3 and 5", "12-03..12-05"),
        ("next 3 days", "11-24..11-26"),
        ("the 28th to the 3rd", "11-28..12-03"),
        ("first week of December", "11-30..12-06"),
    ],
)
def test_periods(text: str, span: str) -> None:
    assert days(text) == [span]


def test_a_period_that_has_begun_is_left_from_now_on() -> None:
    start = ask("this week", now="2026-11-25T15:00").windows[0].start
    assert start is not None
    assert f"{start:%m-%d %H:%M}" == "11-25 15:00"


def test_a_weekday_named_on_itself_is_a_week_on_with_today_as_the_other_reading() -> None:
    reading = ask("Monday")
    assert days("Monday") == ["11-30"]
    assert reading.first is not None
    assert [f"{w.start:%m-%d}" for w in reading.first.others] == ["11-23"]


def test_next_weekday_is_the_nearest_and_offers_the_one_after() -> None:
    first = ask("next Tuesday").first
    assert first is not None
    assert [a.code for a in first.assumed] == ["nearest"]
    assert [f"{w.start:%m-%d}" for w in first.others] == ["12-01"]


@pytest.mark.parametrize(
    ("locale", "day"), [("en-US", "12-03"), ("en-GB", "03-12"), ("de-DE", "03-12"), ("en-AU", "03-12")]
)
def test_the_order_of_day_and_month_follows_the_locale(locale: str, day: str) -> None:
    text = "on 12/3" if locale.startswith("en") else "am 12/3"
    assert days(text, locale=locale) == [day]


def test_a_number_over_twelve_settles_the_order() -> None:
    assert days("on 13/12") == ["12-13"]
    assert days("on 12/13") == ["12-13"]


def test_mothers_day_depends_on_the_country() -> None:
    assert days("Mother's Day", locale="en-US") == ["05-09"]
    assert days("Mother's Day", locale="en-GB") == ["03-07"]


def test_a_date_without_year_is_the_next_and_a_year_is_kept() -> None:
    march = ask("March 9").first
    assert march is not None
    assert march.start is not None
    assert march.start.year == 2027
    assert [a.code for a in march.assumed] == ["next-year"]
    far = ask("March 9 2028").first
    assert far is not None
    assert far.start is not None
    assert far.start.year == 2028


@pytest.mark.parametrize(
    ("text", "side", "day"),
    [
        ("by Friday", "end", "11-28"),
        ("before Friday", "end", "11-27"),
        ("until Friday", "end", "11-28"),
        ("any time from the 3rd", "start", "12-03"),
        ("after Friday", "start", "11-28"),
        ("Wednesday or later", "start", "11-25"),
        ("from tomorrow", "start", "11-24"),
        ("not before Thursday", "start", "11-26"),
    ],
)
def test_open_sides(text: str, side: str, day: str) -> None:
    first = ask(text).first
    assert first is not None
    assert first.kind is Kind.OPEN
    assert f"{getattr(first, side):%m-%d}" == day
    assert getattr(first, "start" if side == "end" else "end") is None
