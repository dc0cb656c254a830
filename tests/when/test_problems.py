"""Bad input: a typed problem with a sentence for people, never an exception and never a silent guess."""

import pytest

from .asking import ask


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tuesday the 25th", "contradiction"),
        ("Friday, December 24", "contradiction"),
        ("31 April", "impossible-date"),
        ("Feb 30 at 3", "impossible-date"),
        ("29 Feb 2027", "impossible-date"),
        ("tomorrow from 5pm to 3pm", "end-before-start"),
        ("yesterday at 3", "past"),
        ("last Tuesday", "past"),
        ("10 minutes ago", "past"),
        ("January 3 2020", "past"),
        ("from January 2027 to June 2029", "too-long"),
        ("at 25:00", "impossible-time"),
        ("tomorrow at 2:75", "impossible-time"),
    ],
)
def test_is_named(text: str, code: str) -> None:
    reading = ask(text)
    assert code in [p.code for p in reading.problems]
    assert all(
        (p.sentence.endswith((".", "?")) and p.sentence[0].isupper()) or p.sentence[0].isdigit()
        for p in reading.problems
    )


def test_a_problem_leaves_no_window_to_book_in() -> None:
    assert ask("Tuesday the 25th").windows == ()
    assert ask("31 April").windows == ()


def test_a_contradiction_offers_both_days() -> None:
    first = ask("Tuesday the 25th").first
    assert first is not None
    assert [f"{w.start:%a %d %b}" for w in first.others] == ["Tue 24 Nov", "Wed 25 Nov"]


def test_a_leap_day_without_year_is_the_next_there_is() -> None:
    first = ask("Feb 29").first
    assert first is not None
    assert first.problem is None
    assert f"{first.start:%Y-%m-%d}" == "2028-02-29"


def test_times_beyond_the_calendar_are_too_far() -> None:
    assert [p.code for p in ask("in 9000 years").problems] == ["impossible-date"]


def test_an_impossible_date_knows_the_days_beside_it() -> None:
    first = ask("Feb 30 at 3").first
    assert first is not None
    assert [f"{w.start:%Y-%m-%d}" for w in first.others] == ["2027-02-28", "2027-03-01"]
    leap = ask("30 February", now="2027-11-23T09:00").first
    assert leap is not None
    assert [f"{w.start:%Y-%m-%d}" for w in leap.others] == ["2028-02-29", "2028-03-01"]
