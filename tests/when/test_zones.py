"""Zones: named in the text, ambiguous, with gaps, folds and odd offsets."""

import pytest

from bot.when import Kind

from .asking import ask, moment, shown, windows


@pytest.mark.parametrize(
    ("text", "start", "named"),
    [
        ("tomorrow 3pm London time", "10:00", "Europe/London"),
        ("tomorrow at 10 PT", "13:00", "America/Los_Angeles"),
        ("9am CET tomorrow", "03:00", "Europe/Paris"),
        ("tomorrow 2pm Pacific", "17:00", "America/Los_Angeles"),
        ("tomorrow 9am UTC+2", "02:00", "+02:00"),
        ("tomorrow 9:00 GMT", "04:00", "UTC"),
        ("tomorrow 8pm Tokyo time", "06:00", "Asia/Tokyo"),
        ("tomorrow 9am UTC+5:30", "22:30", "+05:30"),
        ("tomorrow 9am German time", "03:00", "Europe/Berlin"),
    ],
)
def test_a_named_zone_is_converted_to_the_askers(text: str, start: str, named: str) -> None:
    reading = ask(text)
    assert [f"{w.start:%H:%M}" for w in reading.windows] == [start]
    assert [m.zone for m in reading.mentions] == [named]


def test_their_morning_is_on_the_hosts_clock() -> None:
    assert windows("Tuesday in their morning", host_zone="America/Los_Angeles") == ["2026-11-24 11:00/2026-11-24 15:00"]
    assert windows("Tuesday 9am their time", host_zone="Europe/London") == ["2026-11-24 04:00"]


@pytest.mark.parametrize("name", ["CST", "IST", "BST"])
def test_ambiguous_abbreviations_are_reported_with_their_readings(name: str) -> None:
    reading = ask(f"tomorrow 3pm {name}")
    assert [p.code for p in reading.problems] == ["ambiguous-zone"]
    assert reading.windows == ()
    assert reading.first is not None
    assert len(reading.first.others) >= 1


def test_an_abbreviation_of_the_askers_own_zone_is_not_ambiguous() -> None:
    assert windows("tomorrow 3pm IST", zone="Asia/Kolkata") == ["2026-11-24 15:00"]


def test_a_gap_is_reported_with_the_time_after_it() -> None:
    reading = ask("March 14 2027 at 2:30am")
    assert [p.code for p in reading.problems] == ["gap"]
    assert reading.first is not None
    assert reading.first.start == moment("2027-03-14T03:30")


def test_a_fold_is_reported_with_both_times() -> None:
    reading = ask("1:30am on November 1", now="2026-10-20T09:00")
    assert [p.code for p in reading.problems] == ["fold"]
    assert reading.first is not None
    assert reading.first.start is not None
    second = reading.first.others[0].start
    assert second is not None
    assert (second - reading.first.start).total_seconds() == 3600


@pytest.mark.parametrize(
    "zone", ["Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Kiritimati"]
)
def test_odd_offsets_keep_their_wall_clock(zone: str) -> None:
    assert windows("tomorrow at 2:15pm", zone=zone) == ["2026-11-24 14:15"]


def test_hours_from_now_run_on_the_real_clock_and_days_on_the_wall() -> None:
    late = {"now": "2027-03-13T23:30"}
    assert windows("in 3 hours", **late) == ["2027-03-14 03:30"]  # one of the three does not exist
    tomorrow = ask("same time tomorrow", **late, anchor=None)
    assert tomorrow.problems == ()


def test_a_day_of_the_change_is_whole() -> None:
    window = ask("November 1", now="2026-10-20T09:00").windows[0]
    assert window.start is not None
    assert window.end is not None
    assert (window.end - window.start).total_seconds() == 25 * 3600


def test_answers_are_in_the_asked_zone() -> None:
    for text in ("tomorrow", "3pm London time", "in 2 hours", "next week"):
        reading = ask(text, zone="Asia/Tokyo")
        assert {getattr(w.start.tzinfo, "zone", None) for w in reading.windows if w.start} == {"Asia/Tokyo"}
        assert all(m.kind is not Kind.DURATION for m in reading.mentions)
        assert shown(reading.windows[0])


def test_a_zone_in_capitals_is_no_word_of_another_language() -> None:
    assert ask("9am CET").lang == "en"
    assert ask("9 Uhr CET").lang == "de"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("tomorrow 3pm your time", "18:00"),
        ("tomorrow 3pm their time", "18:00"),
        ("tomorrow 3pm Bailey's time", "18:00"),
        ("tomorrow 3pm my time", "15:00"),
        ("tomorrow 10-11 Sam's time", "13:00"),
        ("tomorrow in Bailey's morning", "11:00"),
    ],
)
def test_somebodys_time_is_the_hosts_and_mine_the_askers(text: str, start: str) -> None:
    assert windows(text, host_zone="America/Los_Angeles")[0].startswith(f"2026-11-24 {start}")


def test_a_place_behind_a_time_is_its_zone_unless_one_goes_there() -> None:
    assert windows("can we do 3pm in London tomorrow?") == ["2026-11-24 10:00"]
    assert windows("tomorrow 9am Tokyo") == ["2026-11-23 19:00"]
    assert windows("a table for two at 7pm in San Francisco tomorrow") == ["2026-11-24 19:00"]
    assert windows("dinner at 7pm in Chicago", host_zone="America/Chicago") == ["2026-11-23 20:00"]


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en-US", "2:30 AM on 14 March 2027 does not exist in New York: the clocks go forward then, to 3:30 AM."),
        ("en-GB", "02:30 on 14 March 2027 does not exist in New York: the clocks go forward then, to 03:30."),
    ],
)
def test_a_gap_is_told_on_the_readers_kind_of_clock(locale: str, sentence: str) -> None:
    assert [p.sentence for p in ask("14 March 2027 at 2:30am", locale=locale).problems] == [sentence]


def test_choices_of_a_zone_are_told_by_their_cities() -> None:
    told = [p.sentence for p in ask("tomorrow 3pm CST").problems]
    assert told == ["CST can mean Chicago, Shanghai or Havana time."]


def test_a_place_taken_for_a_zone_is_told_and_the_askers_own_clock_is_the_other_reading() -> None:
    first = ask("3pm in London tomorrow").first
    assert first is not None
    assert [a.sentence for a in first.assumed if a.code == "host-zone"] == ["3:00 PM in London"]
    assert first.others[0].start == moment("2026-11-24T15:00")
    assert not any(a.code == "host-zone" for a in ask("3pm London time tomorrow").assumed)
