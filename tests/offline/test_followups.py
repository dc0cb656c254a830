"""Messages that go on from the open card."""

from typing import Any

import pytest

from bot.offline import Call, Text
from tests.offline.conversation import (
    AGENDA,
    OUTCOME,
    PROPOSAL,
    QUESTIONS,
    SLOTS,
    TOPIC,
    WHO,
    answer,
    call,
    card,
)

BOOKED = "15 min meeting with Bailey Tue 24 Nov 2:00 PM"


@pytest.mark.parametrize(
    ("text", "pick"),
    [
        ("the second one", "the second one"),
        ("2:30 works", "2:30"),
        ("the last", "the last"),
        ("let's do the first", "the first"),
        ("4pm works for me", "4pm"),
        ("I'll take the 2pm slot", "2pm"),
        ("can we do 4?", "at 4"),
        ("the later one", "Tue 24 Nov 4:00 PM"),
        ("#3", "#3"),
        ("1", "#1"),
    ],
)
def test_an_offered_time_is_picked(text: str, pick: str) -> None:
    assert call(text, SLOTS) == ("adjust", {"pick": pick})


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("make it 30 minutes", {"minutes": 30}),
        ("what about Thursday?", {"when": "Thursday"}),
        ("no, later", {"when": "later"}),
        ("earlier", {"when": "earlier"}),
        ("the day after", {"when": "the day after"}),
        ("another day", {"when": "another day"}),
        ("how about 5?", {"when": "at 5"}),
        ("Wednesday 2:30", {"when": "Wednesday 2:30"}),
        ("do you have anything on Thursday?", {"when": "on Thursday"}),
        ("with sam instead", {"people": ["sam"]}),
        ("sam", {"people": ["sam"]}),
        ("and add dana@x.com", {"guests": ["dana@x.com"]}),
        ("over zoom", {"place": "zoom"}),
        ("make it an hour and invite carol@x.com", {"minutes": 60, "guests": ["carol@x.com"]}),
    ],
)
def test_offered_times_are_changed(text: str, arguments: dict[str, Any]) -> None:
    assert call(text, SLOTS) == ("adjust", arguments)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("no, 4pm", {"when": "4pm"}),
        ("move it to 4pm", {"when": "4pm"}),
        ("make it 3 instead", {"when": "at 3"}),
        ("half an hour later", {"when": "half an hour later"}),
        ("push it back 30 minutes", {"when": "30 minutes later"}),
        ("same time on Friday", {"when": "same time on Friday"}),
        ("it's about the roadmap", {"notes": "the roadmap"}),
        ("call it Roadmap review", {"title": "Roadmap review"}),
        ("actually, Wednesday at 3 with sam", {"when": "Wednesday at 3", "people": ["sam"]}),
    ],
)
def test_a_proposal_is_changed(text: str, arguments: dict[str, Any]) -> None:
    assert call(text, PROPOSAL) == ("adjust", arguments)


@pytest.mark.parametrize(
    "text", ["not sam, bailey", "I meant bailey", "change sam to bailey", "with bailey instead of sam"]
)
def test_a_person_is_corrected(text: str) -> None:
    with_sam = card("proposal", people=["Sam"], start="Tue 24 Nov 2:00 PM")
    assert call(text, with_sam) == ("adjust", {"people": ["bailey"]})


def test_words_that_turn_a_time_round_are_kept() -> None:
    assert call("any day but Friday", SLOTS) == ("adjust", {"when": "any day but Friday"})


def test_a_choice_can_stand_beside_a_change() -> None:
    assert call("the second one, it's about pricing", SLOTS) == (
        "adjust",
        {"pick": "the second one", "notes": "pricing"},
    )


@pytest.mark.parametrize("text", ["hmm", "let me think", "none of those"])
def test_thinking_aloud_changes_nothing(text: str) -> None:
    assert isinstance(answer(text, SLOTS), Text)


def test_an_excuse_is_the_reason_of_an_open_cancellation() -> None:
    cancelling = card("proposal", kind="cancel", start="Tue 24 Nov 2:00 PM")
    assert call("I'm sick", cancelling) == ("adjust", {"reason": "I'm sick"})


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "it's about the AI integration, we're 10-50 people",
            {"What is this meeting about?": "the AI integration", "Company size": "10-50"},
        ),
        ("we are 30 people", {"Company size": "10-50"}),
        ("12 seats", {"How many seats?": "12"}),
        ("we are 30 people and need 12 seats", {"Company size": "10-50", "How many seats?": "12"}),
        ("about pricing, 200 employees", {"What is this meeting about?": "pricing", "Company size": "50+"}),
        ("more than 50", {"Company size": "50+"}),
        ("Company size: 1-10", {"Company size": "1-10"}),
        ("The AI integration", {"What is this meeting about?": "The AI integration"}),
    ],
)
def test_questions_are_answered_in_words(text: str, answers: dict[str, str]) -> None:
    assert call(text, QUESTIONS) == ("adjust", {"answers": answers})


def asked(label: str, kind: str, *options: str) -> dict[str, Any]:
    return card("questions", questions=[{"label": label, "type": kind, "required": True, "options": list(options)}])


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (asked("Work e-mail", "email"), "it's ann@corp.com", "ann@corp.com"),
        (asked("Phone number", "phone"), "call me on +44 20 7946 0958", "+44 20 7946 0958"),
        (asked("Your website", "url"), "see https://acme.io/about", "https://acme.io/about"),
        (asked("Are you a customer?", "boolean"), "we are", "yes"),
        (asked("Are you a customer?", "boolean"), "not a customer yet", "no"),
        (asked("Budget", "radio", "Under 1,000", "1,000 - 5,000", "More than 5,000"), "around 3,000", "1,000 - 5,000"),
        (asked("Plan", "one_of", "Free tier", "Business", "Enterprise"), "the enterprise one", "Enterprise"),
        (asked("Topics", "checkboxes", "Sales", "Support", "Security"), "sales and security", "Sales, Security"),
        (asked("Number of rooms", "number"), "seven rooms", "7"),
        (asked("Why is it cancelled?", "long_text"), "I have to travel", "I have to travel"),
    ],
)
def test_each_kind_of_question_is_answered(question: dict[str, Any], text: str, value: str) -> None:
    label = question["questions"][0]["label"]
    assert call(text, question)[1]["answers"] == {label: value}


def test_a_change_is_no_answer() -> None:
    only = card("questions", questions=[TOPIC])
    assert call("make it Friday at 3", only) == ("adjust", {"when": "Friday at 3"})


def test_people_are_picked_by_a_part_of_their_name() -> None:
    assert call("Jones", WHO) == ("adjust", {"pick": "Bailey Jones"})
    assert call("the second one", WHO) == ("adjust", {"pick": "the second one"})


def test_a_plain_yes_to_a_choice_asks_which() -> None:
    asked_back = answer("yes", SLOTS)
    assert isinstance(asked_back, Text)
    assert "2:30 PM" in asked_back.text


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("book 30min with sam tomorrow at 10am", "book"),
        ("cancel my call with sam", "cancel"),
        ("what do I have on Wednesday?", "show_bookings"),
        ("when is sam free?", "find_times"),
        ("move my call with sam to Friday", "move"),
    ],
)
def test_a_full_request_starts_anew(text: str, tool: str) -> None:
    assert call(text, SLOTS)[0] == tool


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cancel it", Call("cancel", {"booking": BOOKED})),
        ("cancel the meeting", Call("cancel", {"booking": BOOKED})),
        ("move it to 4pm", Call("move", {"booking": BOOKED, "to": "4pm"})),
        ("can you push it 30 minutes?", Call("move", {"booking": BOOKED, "to": "30 minutes later"})),
        ("an hour later please", Call("move", {"booking": BOOKED, "to": "an hour later"})),
        ("book another one with sam tomorrow", Call("book", {"people": ["sam"], "when": "tomorrow"})),
    ],
)
def test_it_means_what_was_just_booked(text: str, expected: Call) -> None:
    assert answer(text, OUTCOME) == expected


def test_a_listed_meeting_is_meant_by_its_place_in_the_list() -> None:
    assert call("cancel the second one", AGENDA) == ("cancel", {"booking": "Thu 10:00 AM with Lena"})
    assert call("and on Thursday?", AGENDA) == ("show_bookings", {"when": "on Thursday"})
