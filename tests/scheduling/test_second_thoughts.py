"""Choosing anew, other words about time, and requests kept for later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduling.asker import Asker
from bot.scheduling.cards import DraftKind, Party, SlotOption, Verb
from bot.scheduling.draft import Booked, Draft, Host, Meeting, Stage
from bot.scheduling.errors import Refusal
from bot.scheduling.focus import picked
from bot.scheduling.handover import later, request_of
from bot.scheduling.leaving import without
from bot.scheduling.requests import Book, Cancel, Move, Request
from bot.scheduling.retiming import parted, retimed, shifted
from bot.scheduling.timing import understand

ANN = Asker("T1", "U1", "Ann", "America/New_York", email="ann@example.com")
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)  # a Monday, 9:00 in New York
ELEVEN = datetime(2026, 11, 25, 16, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
BAILEY = Host("Bailey", username="bailey", email="bailey@example.com")
BOOKED = Booked("uid", "15 min meeting", ELEVEN - 2 * 4 * QUARTER, ELEVEN - 7 * QUARTER, others=(Party("Sam"),))
MEETING = Meeting(1, "15min", "15 min meeting", 15)


def offered(*hours: int) -> tuple[SlotOption, ...]:
    starts = [datetime(2026, 11, 25, hour, tzinfo=UTC) for hour in hours]
    return tuple(SlotOption(f"k{start:%H}", start, start + QUARTER) for start in starts)


def chosen(*hours: int, start: int) -> Draft:
    at = datetime(2026, 11, 25, start, tzinfo=UTC)
    return Draft(DraftKind.BOOK, Stage.YES, hosts=(BAILEY,), meeting=MEETING, offered=offered(*hours), start=at)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("the third one", "k18"),
        ("no, the last one", "k18"),
        ("the next one", "k18"),
        ("the one before", "k16"),
        ("actually the first", "k16"),
    ],
)
def test_a_place_chooses_anew_among_the_times_of_the_last_card(words: str, key: str) -> None:
    assert picked(chosen(16, 17, 18, start=17), words, ANN, NOW) == (Verb.SLOT, key)


def test_the_other_one_is_clear_of_two_only() -> None:
    assert picked(chosen(16, 17, start=17), "the other one", ANN, NOW) == (Verb.SLOT, "k16")
    assert picked(chosen(16, 17, 18, start=17), "the other one", ANN, NOW) is None


def test_any_of_them_is_the_first() -> None:
    draft = replace(chosen(16, 17, start=17), stage=Stage.TIME, start=None)
    assert picked(draft, "any of them", ANN, NOW) == (Verb.SLOT, "k16")


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("by 2 days", timedelta(days=2)),
        ("back an hour", timedelta(hours=1)),
        ("forward 30 minutes", timedelta(minutes=-30)),
        ("half an hour earlier", timedelta(minutes=-30)),
        ("same time on friday", timedelta(days=2)),
        ("thursday", timedelta(days=1)),
        ("Wednesday to Thursday", timedelta(days=1)),
        ("at 3", timedelta(hours=4)),
    ],
)
def test_words_about_time_start_from_the_time_settled_before(words: str, moved: timedelta) -> None:
    draft = Draft(DraftKind.MOVE, Stage.YES, booking=BOOKED, start=ELEVEN, meeting=MEETING)
    (span,) = retimed(draft, words, ANN, NOW).spans
    assert span.exact
    assert span.start == ELEVEN + moved


def test_without_a_new_time_a_shift_starts_from_the_booking() -> None:
    draft = Draft(DraftKind.MOVE, Stage.TIME, booking=BOOKED, meeting=MEETING)
    (span,) = retimed(draft, "half an hour earlier", ANN, NOW).spans
    assert span.start == BOOKED.start - timedelta(minutes=30)


def test_how_far_may_stand_with_the_booking() -> None:
    assert parted("my call with sam by two days", "") == ("my call with sam", "by two days")
    assert parted("my 9am with sam", "Friday") == ("my 9am with sam", "Friday")
    assert parted("my call with sam", "") == ("my call with sam", "")
    assert shifted("30 minutes") == "30 minutes"


def test_every_monday_said_on_a_monday_begins_with_the_coming_one_and_offers_today() -> None:
    timing = understand("every Monday at 2pm", ANN, NOW)
    assert [s.start for s in timing.spans] == [datetime(2026, 11, 30, 19, tzinfo=UTC)]
    assert dict(timing.reading_spans)["today"].start == datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert understand("every Monday at 2pm from today", ANN, NOW).spans[0].start.day == 23
    assert understand("every weekday at 2pm", ANN, NOW).spans[0].start.day == 23


def test_somebody_is_left_out_and_somebody_has_to_stay() -> None:
    draft = replace(chosen(16, start=16), guests=("kenji@example.com", "lena@example.com"))
    assert without(draft, ["Kenji"]).guests == ("lena@example.com",)
    with pytest.raises(Refusal, match="not among those invited"):
        without(draft, ["sam"])
    with pytest.raises(Refusal, match="whom should the meeting be with"):
        without(draft, ["bailey"])
    two = without(replace(draft, hosts=(BAILEY, Host("Sam", username="sam"))), ["bailey"])
    assert [h.name for h in two.hosts] == ["Sam"]
    assert two.start is None
    assert two.spans[0].start == draft.start


@pytest.mark.parametrize(
    "request_",
    [Book(people=["lena"], when="friday 10am", minutes=30), Cancel(booking="my call", scope="all"), Move(to="Friday")],
)
def test_a_request_kept_for_later_comes_back_whole(request_: Request) -> None:
    assert request_of(later(request_, "said so")) == request_
