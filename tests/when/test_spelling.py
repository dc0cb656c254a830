"""Slips of the finger in the names of days, and words that only look like days."""

from datetime import datetime

import pytest

from bot.when import read

NOW = datetime.fromisoformat("2026-11-23T09:00-05:00")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("lunch on tusday at noon", "2026-11-24T12:00"),
        ("thurdsay 2pm please", "2026-11-26T14:00"),
        ("wedensday at 4pm", "2026-11-25T16:00"),
        ("2morrow at 10am", "2026-11-24T10:00"),
        ("the 3rd of decmeber at 2pm", "2026-12-03T14:00"),
        ("on 24.11. at 14:00", "2026-11-24T14:00"),
        ("26.11 at 14:00", "2026-11-26T14:00"),
        ("3.12. at 14:00", "2026-12-03T14:00"),
    ],
)
def test_one_slip_still_names_the_day(text: str, start: str) -> None:
    first = read(text, NOW, "America/New_York").first
    assert first is not None
    assert first.start is not None
    assert first.start.strftime("%Y-%m-%dT%H:%M") == start


@pytest.mark.parametrize("text", ["with Frida at 2pm", "sundry items at 2pm", "ask Munday at 2pm"])
def test_names_and_words_nearby_are_left_alone(text: str) -> None:
    first = read(text, NOW, "America/New_York").first
    assert first is not None
    assert first.text == "at 2pm"


def test_a_day_nobody_knows_is_told_and_no_other_is_taken() -> None:
    found = read("15 minutes on blursday at 2pm", NOW, "America/New_York")
    assert [p.code for p in found.problems] == ["unknown-day"]
    assert "blursday" in found.problems[0].sentence
    assert found.windows == ()
    assert found.duration is not None


@pytest.mark.parametrize("text", ["on her birthday at 2pm", "on payday at noon", "after the holiday at 3pm"])
def test_special_days_are_no_misspelt_ones(text: str) -> None:
    assert not read(text, NOW, "America/New_York").problems
