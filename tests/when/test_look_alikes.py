"""Words and numbers that look like time and are not."""

from pathlib import Path

import pytest

from .asking import ask, windows

SENTENCES = [line for line in (Path(__file__).parent / "time_free.txt").read_text().splitlines() if line]


def test_there_are_enough_sentences_without_time() -> None:
    assert len(SENTENCES) >= 200


def test_at_least_98_in_100_sentences_without_time_have_none() -> None:
    wrong = {text: [m.text for m in ask(text).mentions] for text in SENTENCES if ask(text).mentions}
    assert len(wrong) <= 0.02 * len(SENTENCES), wrong


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("may I meet Bailey on Tuesday at 2pm", "2026-11-24 14:00"),
        ("meet with April on Tuesday at 2pm", "2026-11-24 14:00"),
        ("for 15 people Tuesday at 2pm", "2026-11-24 14:00"),
        ("room 204 on Tuesday at 2pm", "2026-11-24 14:00"),
        ("at 12 Main Street, Tuesday at 2pm", "2026-11-24 14:00"),
        ("Sun Microsystems sync, Tuesday at 2pm", "2026-11-24 14:00"),
        ("Halloween party planning Tuesday at 2pm", "2026-11-24 14:00"),
        ("good morning, Tuesday at 2pm please", "2026-11-24 14:00"),
        ("so now I need Tuesday at 2pm", "2026-11-24 14:00"),
        ("lunch with Sam Tuesday at 2pm", "2026-11-24 14:00"),
    ],
)
def test_do_not_disturb_a_real_time(text: str, start: str) -> None:
    assert windows(text) == [start]


def test_months_that_are_names_are_still_months_in_their_place() -> None:
    for text in ("in May", "May 5", "the 5th of April", "early June", "by August 3"):
        assert ask(text).windows, text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        # traps that other libraries fall into
        ("on the 9th", "12-09 00:00"),
        ("half past 3", "11-23 15:30"),
        ("in half an hour", "11-23 09:30"),
        ("day after tomorrow for a call", "11-25 00:00"),
        ("evening 7:15", "11-23 19:15"),
        ("5th of next month", "12-05 00:00"),
    ],
)
def test_traps(text: str, start: str) -> None:
    assert [f"{w.start:%m-%d %H:%M}" for w in ask(text).windows] == [start]


@pytest.mark.parametrize("text", ["3", "log me out", "version 2.4.1 is out", "let's do 3 calls", "bring 2 laptops?"])
def test_bare_numbers_are_no_hours_unless_proposed(text: str) -> None:
    assert ask(text).windows == ()
