"""Of several meetings the one that words single out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduling.asker import Asker
from bot.scheduling.narrowing import narrowed, singled_out
from bot.scheduling.timing import understand

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
ANN = Asker(workspace="T1", slack_id="U1", name="Ann", email="ann@example.com", zone="America/New_York", locale="en-US")


@dataclass(frozen=True)
class Meeting:
    start: datetime
    end: datetime


def meeting(hour: int, minutes: int) -> Meeting:
    start = datetime(2026, 11, 24, hour, tzinfo=UTC)
    return Meeting(start, start + timedelta(minutes=minutes))


NOON, THREE, FIVE = meeting(17, 15), meeting(20, 30), meeting(22, 30)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("my first meeting tomorrow", NOON),
        ("the last call tomorrow", FIVE),
        ("the second one tomorrow", THREE),
        ("my next meeting", NOON),
        ("the 15 minute one", NOON),
        ("the shortest call", NOON),
    ],
)
def test_a_place_or_a_length_singles_one_out(words: str, meant: Meeting) -> None:
    assert narrowed([THREE, FIVE, NOON], words, ANN, NOW) == (meant,)


@pytest.mark.parametrize("words", ["my meeting next week", "my last call", "my call with sam", "the 50 minute one"])
def test_other_words_leave_the_question_open(words: str) -> None:
    assert narrowed([NOON, THREE, FIVE], words, ANN, NOW) == (NOON, THREE, FIVE)


def test_an_answer_by_the_clock_is_taken_and_half_an_answer_is_not() -> None:
    assert singled_out([NOON, THREE, FIVE], "the one at noon", ANN, NOW) == NOON
    assert singled_out([NOON, THREE, FIVE], "5pm", ANN, NOW) == FIVE
    assert singled_out([NOON, THREE, FIVE], "the 30 minute one", ANN, NOW) is None


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("weekly tuesdays 3pm 3 weeks", 3),
        ("every Tuesday at 2pm, five times", 5),
        ("every other Tuesday at 2pm for 4 weeks", 2),
        ("every Tuesday at 2pm", None),
        ("tuesday at 2pm", None),
    ],
)
def test_how_often_is_counted_in_times_or_in_weeks(words: str, count: int | None) -> None:
    assert understand(words, ANN, NOW).repeat_count == count


def test_a_monthly_series_begins_on_the_weekday_named() -> None:
    assert understand("monthly on Thursday at 1pm", ANN, NOW).spans[0].start == datetime(2026, 11, 26, 18, tzinfo=UTC)
