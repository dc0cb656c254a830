"""While questions are open a message is an answer, unless it is unmistakably something else."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.assistant.asides import is_other
from bot.assistant.replies import held, read
from bot.scheduling.asker import Asker
from bot.scheduling.focus import Focus
from bot.scheduling.form import Input, Question
from bot.scheduling.requests import Adjust, Book, Cancel, Move, Request, ShowBookings, ShowHelp

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
ANN = Asker("T1", "U1", "Ann", "America/New_York", email="ann@example.com")


def asked(label: str, kind: Input, *options: str, required: bool = True) -> Question:
    return Question(label.casefold().replace(" ", "_"), label, kind, required, options)


def card(*questions: Question) -> Focus:
    notes = asked("Additional notes", Input.LONG_TEXT, required=False)
    return Focus("r1", "questions", "book", "Intake", ("Bailey",), "Thu 26 Nov 1:00 PM", questions=(*questions, notes))


GOAL = asked("Reason for call", Input.TEXT)
SIZE = asked("Company size", Input.ONE_OF, "1-10", "10-50", "50+")
SEATS = asked("How many seats", Input.NUMBER)


def answers(focus: Focus, text: str) -> dict[str, str] | None:
    found = read(focus, text, ANN, NOW)
    return found.answers if found else None


@pytest.mark.parametrize(
    "text",
    [
        "the cancellation of our contract",
        "moving our office to Berlin",
        "booking flow review",
        "I want to cancel my subscription",
        "we want to move to the cloud",
        "the outage on Tuesday",
        "a 45 min walkthrough of the product",
        "next week's board meeting",
        "how to reset a password?",
        "can we talk about pricing?",
        "later stage funding",
        "set up SSO with Okta",
        "push notifications at 3am",
        "no particular reason",
    ],
)
def test_a_subject_is_an_answer_whatever_words_it_holds(text: str) -> None:
    assert not is_other(card(GOAL), text, ANN, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "make it friday",
        "friday instead",
        "can we do 4pm?",
        "what about thursday at 2",
        "what do I have on friday?",
        "is sam free tomorrow?",
        "never mind",
        "cancel my call with sam",
        "move my call with sam to friday",
        "book 15min with sam tomorrow at 10am",
        "show my meetings",
        "add kim@example.com",
        "and invite sam",
        "half an hour please",
        "a bit later",
        "another day",
        "why do you need that?",
        "hmm, wait",
        "link my account",
        "sorry, I meant 3pm",
    ],
)
def test_commands_times_and_questions_are_not(text: str) -> None:
    assert is_other(card(GOAL), text, ANN, NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "topic: our Friday 3pm release train; size 1-10",
            {GOAL.label: "our Friday 3pm release train", SIZE.label: "1-10"},
        ),
        ("Topic: hiring\nCompany size: 10-50\nSeats: 4", {GOAL.label: "hiring", SIZE.label: "10-50", SEATS.label: "4"}),
        (
            "reason is sales and marketing and company size is 50+",
            {GOAL.label: "sales and marketing", SIZE.label: "50+"},
        ),
        ("notes: at 9 the bell rings", {"Additional notes": "at 9 the bell rings"}),
        ("the roadmap; 10-50", None),
        ("50+", {SIZE.label: "50+"}),
        ("how many seats are left?", None),
    ],
)
def test_labels_say_which_question_is_meant(text: str, expected: dict[str, str] | None) -> None:
    assert answers(card(GOAL, SIZE, SEATS), text) == expected


def test_lines_answer_as_many_questions_in_their_order() -> None:
    firm, project = asked("Firm", Input.TEXT), asked("Project", Input.TEXT)
    assert answers(card(firm, project), "Acme\nRocket") == {"Firm": "Acme", "Project": "Rocket"}


def test_a_plain_no_answers_the_question_that_asks_for_it_and_letting_go_does_not() -> None:
    focus = card(asked("Need an interpreter", Input.BOOLEAN))
    assert answers(focus, "no thanks") == {"Need an interpreter": "no"}
    assert answers(focus, "never mind") is None


@pytest.mark.parametrize(("text", "number"), [("-3", "-3"), ("2.5", "2.5"), ("about 12", "12"), ("12 seats", "12")])
def test_a_number_answers_the_question_for_one(text: str, number: str) -> None:
    assert answers(card(SEATS), text) == {SEATS.label: number}


def test_three_in_the_afternoon_is_no_number() -> None:
    assert answers(card(SEATS), "3pm") is None


@pytest.mark.parametrize(
    "strayed",
    [
        [Adjust(minutes=30, meeting="30 min meeting")],
        [Book(people=["bailey"], when="at 3pm")],
        [Cancel(booking="culture")],
        [Adjust(notes="30 minutes of coaching at 3pm")],
        [Adjust(answers={"Additional notes": "30 minutes of coaching at 3pm"})],
        [ShowHelp()],
        [],
    ],
)
def test_a_model_that_strays_is_held_to_the_answer(strayed: Sequence[Request]) -> None:
    text = "30 minutes of coaching at 3pm"
    assert held(card(GOAL), text, ANN, NOW, strayed) == [Adjust(answers={GOAL.label: text})]


def test_time_words_of_an_answer_do_not_move_the_meeting() -> None:
    call = Adjust(answers={GOAL.label: "tomorrow's launch"}, when="tomorrow", people=["launch"])
    assert held(card(GOAL), "tomorrow's launch", ANN, NOW, [call]) == [
        Adjust(answers={GOAL.label: "tomorrow's launch"})
    ]


def test_what_is_no_answer_stays_as_the_model_understood_it() -> None:
    for text, call in (
        ("move my call with sam to friday", Move(booking="my call with sam", to="friday")),
        ("what do I have tomorrow?", ShowBookings(when="tomorrow")),
        ("make it 4pm", Adjust(when="4pm")),
    ):
        assert held(card(GOAL), text, ANN, NOW, [call]) == [call]


def test_an_unmatched_answer_goes_to_the_question_that_refuses_it_not_into_the_notes() -> None:
    focus = card(asked("Topics", Input.SOME_OF, "Sales", "Legal"))
    strayed = [Adjust(answers={"Additional notes": "Cooking"})]
    assert held(focus, "Cooking", ANN, NOW, strayed) == [Adjust(answers={"Topics": "Cooking"})]


def test_without_open_questions_nothing_is_held() -> None:
    call = Book(people=["bailey"])
    assert held(None, "book bailey", ANN, NOW, [call]) == [call]
    assert read(None, "no", ANN, NOW) is None


def test_what_is_ordered_after_an_answer_is_done_besides() -> None:
    language = asked("Language", Input.ONE_OF, "English", "German")
    assert read(card(language), "german, and move it to 2pm", ANN, NOW) == Adjust(
        answers={"Language": "german"}, when="2pm"
    )
    assert read(card(GOAL), "our roof. Can you invite kim@example.com too?", ANN, NOW) == Adjust(
        answers={GOAL.label: "our roof"}, guests=["kim@example.com"]
    )


def test_an_order_alone_is_no_answer() -> None:
    assert read(card(GOAL), "move it to friday, and make it 2pm", ANN, NOW) is None


def test_a_subject_about_making_things_is_whole() -> None:
    assert read(card(GOAL), "the product, and make it better", ANN, NOW) is None
