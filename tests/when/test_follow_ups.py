"""Follow-ups about a meeting on Tuesday 24 November, 14:00 to 14:30, New York."""

import pytest

from bot.when import Role

from .asking import anchor, ask, windows


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("an hour later", "11-24 15:00"),
        ("30 minutes later", "11-24 14:30"),
        ("an hour earlier", "11-24 13:00"),
        ("a week later", "12-01 14:00"),
        ("a day earlier", "11-23 14:00"),
        ("same time next week", "12-01 14:00"),
        ("same time tomorrow", "11-24 14:00"),
        ("same time on Friday", "11-27 14:00"),
        ("move it to 4", "11-24 16:00"),
        ("how about 10:30 instead", "11-24 10:30"),
        ("push it back by an hour", "11-24 15:00"),
        ("move it up 30 minutes", "11-24 13:30"),
        ("move it to Thursday 10am", "11-26 10:00"),
        ("the day before at 3", "11-23 15:00"),
    ],
)
def test_are_counted_from_the_meeting(text: str, start: str) -> None:
    assert windows(text, anchor=anchor()) == [f"2026-{start}"]


def test_without_a_meeting_a_shift_asks_which() -> None:
    reading = ask("push my 3pm back 30 minutes")
    assert [p.code for p in reading.problems] == ["no-anchor"]
    assert [m.role for m in reading.mentions] == [Role.ORIGIN, Role.LIMIT]


def test_the_meeting_that_is_moved_is_not_where_it_goes() -> None:
    reading = ask("move my 3pm with Sam to Thursday 10am")
    assert [(m.role, m.text) for m in reading.mentions] == [(Role.ORIGIN, "3pm"), (Role.LIMIT, "Thursday 10am")]
    assert [f"{w.start:%m-%d %H}" for w in reading.windows] == ["11-26 10"]


def test_moving_from_one_day_to_another_is_no_range() -> None:
    reading = ask("move my call with sam from Tuesday to Thursday")
    assert [m.role for m in reading.mentions] == [Role.ORIGIN, Role.LIMIT]
    assert [f"{w.start:%m-%d}" for w in reading.windows] == ["11-26"]


def test_a_meeting_is_put_off_and_brought_forward_in_many_words() -> None:
    about = anchor()
    assert windows("push it back 30 minutes", anchor=about) == ["2026-11-24 14:30"]
    assert windows("bring it forward by 15 min", anchor=about) == ["2026-11-24 13:45"]
    assert windows("bring it forward to 11", anchor=about) == ["2026-11-24 11:00"]
    assert windows("delay it a week", anchor=about) == ["2026-12-01 14:00"]
    assert windows("4 instead", anchor=about) == ["2026-11-24 16:00"]


def test_earlier_than_nothing_asks_for_the_meeting() -> None:
    assert [p.code for p in ask("can we start half an hour earlier?").problems] == ["no-anchor"]
