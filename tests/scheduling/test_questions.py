"""Booking fields as questions, and people's answers as Cal.com's JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calcom import BookingField, EventType, FieldType, Location, LocationKind
from bot.scheduling.form import Answer, Input, Question
from bot.scheduling.places import LOCATION, LOCATION_DETAIL, Places
from bot.scheduling.questions import (
    BadAnswer,
    check,
    check_all,
    match,
    missing,
    questions_of,
    responses,
)


def field(kind: FieldType, slug: str = "q", *, required: bool = True, **rest: object) -> BookingField:
    return BookingField(type=kind, slug=slug, required=required, **rest)  # type: ignore[arg-type]


def event_type(*fields: BookingField, locations: tuple[Location, ...] = ()) -> EventType:
    return EventType(1, "consultation", "Consultation", 45, booking_fields=fields, locations=locations)


def question(kind: Input, *options: str, required: bool = True) -> Question:
    return Question("q", "A question", kind, required, options)


@pytest.mark.parametrize("kind", [k for k in FieldType if k not in (FieldType.NAME, FieldType.SPLIT_NAME)])
def test_every_field_type_becomes_a_question(kind: FieldType) -> None:
    asked = questions_of(event_type(field(kind, "custom", label="Custom", options=("A", "B"))))
    assert [q.slug for q in asked] == ["custom"]


def test_what_the_profile_knows_and_what_is_hidden_is_not_asked() -> None:
    asked = questions_of(
        event_type(
            field(FieldType.NAME, "name", is_default=True),
            field(FieldType.EMAIL, "email", is_default=True),
            field(FieldType.TEXTAREA, "rescheduleReason", is_default=True, required=False),
            field(FieldType.TEXT, "secret", hidden=True),
            field(FieldType.TEXT, "topic", label="Topic"),
        )
    )
    assert [q.slug for q in asked] == ["topic"]


@pytest.mark.parametrize(
    ("kind", "raw", "answer"),
    [
        (Input.NUMBER, "12", 12),
        (Input.NUMBER, " 1,5 ", 1.5),
        (Input.NUMBER, "-3", -3),
        (Input.TEXT, "  hello ", "hello"),
        (Input.EMAIL, "a@b.co", "a@b.co"),
        (Input.EMAILS, "a@b.co, c@d.org\na@b.co", ("a@b.co", "c@d.org")),
        (Input.PHONE, "+1 (415) 555-0100", "+14155550100"),
        (Input.PHONE, "0044 20 7946 0018", "+442079460018"),
        (Input.URL, "example.com/x", "https://example.com/x"),
        (Input.BOOLEAN, "yes", True),
        (Input.BOOLEAN, False, False),
        (Input.BOOLEAN, "nein", False),
    ],
)
def test_good_answers_get_the_right_type(kind: Input, raw: str | bool, answer: object) -> None:
    got = check(question(kind), raw)
    assert got == answer
    assert type(got) is type(answer)


@pytest.mark.parametrize(
    ("kind", "raw", "word"),
    [
        (Input.NUMBER, "many", "number"),
        (Input.NUMBER, "12 or so", "number"),
        (Input.EMAIL, "nobody", "e-mail"),
        (Input.EMAILS, "a@b.co, nobody", "nobody"),
        (Input.PHONE, "555 0100", "country code"),
        (Input.PHONE, "call me", "phone"),
        (Input.URL, "not a page", "web address"),
        (Input.BOOLEAN, "perhaps", "yes or no"),
    ],
)
def test_wrong_answers_are_refused_with_what_would_do(kind: Input, raw: str, word: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        check(question(kind), raw)
    assert word in refused.value.sentence


def test_options_are_taken_whatever_their_case_and_nothing_else_is() -> None:
    sizes = question(Input.ONE_OF, "1-10", "10-50", "50+")
    assert check(sizes, "10-50") == "10-50"
    assert check(question(Input.RADIO, "Red", "Green"), "red") == "Red"
    with pytest.raises(BadAnswer) as refused:
        check(sizes, "7")
    assert "1-10" in refused.value.sentence
    assert check(question(Input.SOME_OF, "Red", "Green"), "green and red") == ("Green", "Red")
    assert check(question(Input.CHECKBOXES, "A, or B", "C"), ("A, or B",)) == ("A, or B",)


@given(st.text(max_size=200), st.sampled_from(list(Input)))
def test_any_text_is_answered_or_refused_and_is_json_either_way(text: str, kind: Input) -> None:
    try:
        outcome = json.dumps(check(question(kind, "A", "B"), text))
    except BadAnswer as bad:
        outcome = bad.sentence
    assert outcome


def test_a_missing_required_answer_is_named_and_an_optional_one_is_left_out() -> None:
    asked = (question(Input.TEXT), Question("opt", "Optional", Input.NUMBER, required=False))
    answers, refused = check_all(asked, {"q": "", "opt": ""})
    assert answers == {}
    assert list(refused) == ["q"]


ASKS = Location(LocationKind.ATTENDEE_ADDRESS)
PHONES = Location(LocationKind.ATTENDEE_PHONE)
VIDEO = Location(LocationKind.INTEGRATION, "cal-video")


def test_a_single_fixed_place_is_not_asked() -> None:
    assert Places.of(event_type(locations=(VIDEO,))).questions() == ()
    assert Places.of(event_type(locations=(VIDEO,))).chosen({}) is None


def test_a_single_place_that_asks_asks_only_its_detail() -> None:
    places = Places.of(event_type(locations=(PHONES,)))
    (asked,) = places.questions()
    assert (asked.slug, asked.input) == (LOCATION_DETAIL, Input.PHONE)
    chosen = places.chosen({LOCATION_DETAIL: "+14155550100"})
    assert chosen is not None
    assert (chosen.kind, chosen.value) == (LocationKind.ATTENDEE_PHONE, "+14155550100")


def test_a_choice_of_places_needs_the_address_only_when_it_is_chosen() -> None:
    kind = event_type(field(FieldType.RADIO_INPUT, LOCATION, is_default=True), locations=(VIDEO, ASKS))
    asked = questions_of(kind)
    video, address = Places.of(kind).by_label
    detail = next(q for q in asked if q.slug.startswith(LOCATION_DETAIL))
    assert check_all(asked, {LOCATION: video, detail.slug: ""})[1] == {}
    assert list(check_all(asked, {LOCATION: address, detail.slug: ""})[1]) == [detail.slug]
    answers, refused = check_all(asked, {LOCATION: address, detail.slug: "Main Street 1"})
    assert not refused
    assert not missing(asked, answers)
    chosen = Places.of(kind).chosen(answers)
    assert chosen is not None
    assert (chosen.kind, chosen.value) == (LocationKind.ATTENDEE_ADDRESS, "Main Street 1")


def test_places_and_addresses_travel_outside_of_the_responses() -> None:
    answers: dict[str, Answer] = {
        LOCATION: "x",
        f"{LOCATION_DETAIL}:attendeeAddress": "y",
        "email": "a@b.co",
        "tags": ("a", "b"),
        "n": 1,
    }
    assert responses(answers) == {"tags": ["a", "b"], "n": 1}


def test_a_question_is_meant_by_its_label_or_a_telling_part_of_it() -> None:
    size = Question("company_size", "Company size", Input.ONE_OF, True, ("1-10",))
    topic = Question("topic", "What is this meeting about?", Input.LONG_TEXT, True)
    assert match((size, topic), "company_size") is size
    assert match((size, topic), "size of company") is size
    assert match((size, topic), "meeting about") is topic
    assert match((size, topic), "shoe colour") is None
