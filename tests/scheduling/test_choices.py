"""Choices told in words: by name, by place, several at once, and what is refused with its reason."""

import pytest

from bot.scheduling import choices
from bot.scheduling.form import Input, Question
from bot.scheduling.questions import BadAnswer, check

ROOM = Question("room", "Room", Input.ONE_OF, True, ("Harbour", "Garden", "Dark blue"))
MEALS = Question("meals", "Meals", Input.SOME_OF, True, ("Breakfast", "Bed and bath", "Dinner"))


@pytest.mark.parametrize(
    ("words", "room"),
    [
        ("garden", "Garden"),
        ("the second one", "Garden"),
        ("the last", "Dark blue"),
        ("Dark", "Dark blue"),
        ("I'd like harbour", "Harbour"),
        ("I want garden, please", "Garden"),
        ("not harbour, garden", "Garden"),
    ],
)
def test_one_option_is_meant_by_name_or_place(words: str, room: str) -> None:
    assert choices.option_named(ROOM, words) == room


def test_two_options_where_one_is_asked_are_refused() -> None:
    with pytest.raises(BadAnswer, match="more than one") as refused:
        check(ROOM, "harbour or garden")
    assert "Harbour, Garden or Dark blue" in refused.value.sentence


@pytest.mark.parametrize("words", ["all of them", "everything", "all", "all three"])
def test_all_are_all(words: str) -> None:
    assert check(MEALS, words) == MEALS.options


def test_both_needs_two_options() -> None:
    pair = Question("extras", "Extras", Input.CHECKBOXES, True, ("Lunch", "Parking"))
    assert check(pair, "both") == ("Lunch", "Parking")
    with pytest.raises(BadAnswer):
        check(MEALS, "both")


def test_all_but_one_leaves_it_out() -> None:
    assert check(MEALS, "all except dinner") == ("Breakfast", "Bed and bath")


def test_an_option_that_holds_an_and_is_one() -> None:
    assert check(MEALS, "bed and bath") == ("Bed and bath",)


def test_parts_of_a_list_that_are_none_are_named() -> None:
    with pytest.raises(BadAnswer) as refused:
        check(MEALS, "dinner and skiing, sauna")
    assert "“skiing” and “sauna” are not among them" in refused.value.sentence


def test_of_sixty_options_a_dozen_are_told() -> None:
    port = Question("port", "Port", Input.ONE_OF, True, tuple(f"Port {n}" for n in range(60)))
    assert check(port, "port 42") == "Port 42"
    with pytest.raises(BadAnswer) as refused:
        check(port, "Atlantis")
    assert "the 60" in refused.value.sentence
    assert "Port 11" in refused.value.sentence
    assert "Port 12" not in refused.value.sentence


@pytest.mark.parametrize("words", ["no", "Nope.", "no thanks", "nein", "non merci", "not really", "No, thank you!"])
def test_a_no_in_many_words(words: str) -> None:
    assert choices.yes_or_no(words) is False


@pytest.mark.parametrize("words", ["never mind", "cancel", "stop", "maybe", "", "please"])
def test_what_lets_go_or_wavers_is_neither_yes_nor_no(words: str) -> None:
    assert choices.yes_or_no(words) is None


@pytest.mark.parametrize(
    ("words", "number"), [("-3", -3), ("2.5", 2.5), ("2,5", 2.5), ("1,000", 1000), ("12,500,000", 12500000)]
)
def test_numbers_keep_sign_and_fraction(words: str, number: float) -> None:
    assert check(Question("n", "Boats", Input.NUMBER, True), words) == number


def test_a_number_to_call_without_its_country_says_so() -> None:
    with pytest.raises(BadAnswer, match="country code is missing"):
        check(Question("p", "Phone", Input.PHONE, True), "(415) 555 0100")


def test_addresses_with_names_and_an_and() -> None:
    asked = Question("m", "Colleagues", Input.EMAILS, True)
    assert check(asked, "Kim Doe <kim@example.com> and lee@example.org") == ("kim@example.com", "lee@example.org")
    with pytest.raises(BadAnswer, match="“lee@”"):
        check(asked, "kim@example.com and lee@")
