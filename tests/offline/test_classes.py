"""Sentences people wrote that went wrong once, each standing for its class."""

from typing import Any

import pytest

from bot.offline import Text
from tests.offline.conversation import AGENDA, OUTCOME, PROPOSAL, SEATS, SIZE, TOPIC, answer, call, card

PHONE = {"label": "Phone number", "type": "phone", "required": True, "options": []}
NOTES = {"label": "Notes", "type": "long_text", "required": False, "options": []}
PLACE = {"label": "Where?", "type": "radio", "required": True, "options": ["Cal video", "In person (attendee address)"]}
CONSULTATION = card("questions", title="Consultation", start="Thu 26 Nov 1:00 PM", questions=[TOPIC, SIZE, SEATS])
ANSWERED = card("proposal", title="Consultation", start="Thu 26 Nov 1:00 PM", questions=[SIZE, SEATS])
CANCELLING = card("proposal", kind="cancel", title="15min", people=["Sam"], start="Wed 25 Nov 9:00 AM")


def asked(*questions: dict[str, Any]) -> dict[str, Any]:
    return card("questions", title="Interview", people=["Sam"], start="Thu 26 Nov 1:00 PM", questions=list(questions))


@pytest.mark.parametrize(
    ("text", "opened", "answers"),
    [
        ("my number is 12", asked(PHONE, NOTES), {"Phone number": "12"}),
        ("12", asked(PHONE, NOTES), {"Phone number": "12"}),
        ("many seats", ANSWERED, {"How many seats?": "many"}),
        ("company size huge", ANSWERED, {"Company size": "huge"}),
    ],
)
def test_a_wrong_answer_goes_to_its_question_to_be_refused(
    text: str, opened: dict[str, Any], answers: dict[str, str]
) -> None:
    assert call(text, opened)[1].get("answers") == answers


@pytest.mark.parametrize(
    ("text", "topic", "size"),
    [
        ("it's about pricing and we are 500 people", "pricing", "50+"),
        ("pricing, 50 people, 3 seats", "pricing", "10-50"),
        ("the roadmap and we have 20 people", "the roadmap", "10-50"),
    ],
)
def test_what_answers_another_question_is_no_part_of_the_topic(text: str, topic: str, size: str) -> None:
    answers = call(text, CONSULTATION)[1]["answers"]
    assert (answers["What is this meeting about?"], answers["Company size"]) == (topic, size)


def test_labelled_values_end_at_the_next_label() -> None:
    name = {"label": "Project name", "type": "text", "required": True, "options": []}
    priority = {"label": "Priority", "type": "select", "required": True, "options": ["low", "urgent"]}
    found = call("Project name: Apollo, priority: urgent", asked(name, priority))[1]["answers"]
    assert found == {"Project name": "Apollo", "Priority": "urgent"}


def test_a_word_that_could_be_a_name_answers_the_open_question() -> None:
    name = {"label": "Project name", "type": "text", "required": True, "options": []}
    assert call("Apollo", asked(name)) == ("adjust", {"answers": {"Project name": "Apollo"}})


def test_a_bare_yes_answers_the_only_yes_or_no_question() -> None:
    recorded = {"label": "May we record?", "type": "boolean", "required": True, "options": []}
    assert call("yes", asked(recorded)) == ("adjust", {"answers": {"May we record?": "yes"}})


@pytest.mark.parametrize(
    ("text", "place"), [("zoom", "zoom"), ("Kastanienstraße 7, Bremen", "Kastanienstraße 7, Bremen")]
)
def test_a_place_is_told_while_the_card_asks_for_one(text: str, place: str) -> None:
    assert call(text, asked(PLACE)) == ("adjust", {"place": place})


@pytest.mark.parametrize("text", ["maybe", "not yet", "that's the wrong one"])
def test_doubt_is_no_reason_for_a_cancellation(text: str) -> None:
    assert isinstance(answer(text, CANCELLING), Text)


@pytest.mark.parametrize(("text", "reason"), [("because I'm sick", "I'm sick"), ("reason: travelling", "travelling")])
def test_a_reason_that_says_so_is_one(text: str, reason: str) -> None:
    assert call(text, CANCELLING) == ("adjust", {"reason": reason})


def test_moving_is_a_request_of_its_own_while_a_cancellation_waits() -> None:
    assert call("move kenji's call with lena to friday", CANCELLING) == (
        "move",
        {"booking": "kenji's call with lena", "to": "friday"},
    )
    assert call("actually move it to thursday 10am instead", CANCELLING)[0] == "move"


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("book 15min with bailey in two hours", {"people": ["bailey"], "when": "in two hours", "minutes": 15}),
        (
            "book lena for 60 minutes on Wednesday at 10am, video",
            {"people": ["lena"], "when": "on Wednesday at 10am", "minutes": 60, "place": "video"},
        ),
        (
            "book 30min with lena tomorrow at Kastanienstraße 7, Bremen",
            {"people": ["lena"], "when": "tomorrow", "minutes": 30, "place": "Kastanienstraße 7, Bremen"},
        ),
        ("book triage with support tomorrow", {"people": ["support"], "when": "tomorrow", "meeting": "triage"}),
        ("book kim interview friday 10am", {"people": ["kim"], "when": "friday 10am", "meeting": "interview"}),
        ("book cal.com/kim/intro tomorrow", {"people": ["kim"], "when": "tomorrow", "meeting": "intro"}),
        (
            "book 15min with bailey tomorrow at 11am his time",
            {"people": ["bailey"], "when": "tomorrow at 11am his time", "minutes": 15},
        ),
        ("预约明天下午2点和bailey的15分钟会议", {"people": ["bailey"], "when": "明天下午2点", "minutes": 15}),
        ("帮我约lena周五上午10点", {"people": ["lena"], "when": "周五上午10点"}),
        ("Marque 15 minutos com a Bailey amanhã", {"people": ["Bailey"], "when": "amanhã", "minutes": 15}),
    ],
)
def test_bookings_said_in_many_ways(text: str, arguments: dict[str, Any]) -> None:
    assert call(text) == ("book", arguments)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("what's my last meeting with sam?", {"people": ["sam"], "status": "past"}),
        ("when do I meet sam next?", {"people": ["sam"], "status": "upcoming"}),
        ("meetings with ann this month", {"people": ["ann"], "when": "this month"}),
        ("what's pending", {"status": "requests"}),
        ("who wants to meet me?", {"status": "requests"}),
        ("my recurring meetings", {"status": "recurring"}),
        ("show unconfirmed bookings", {"status": "requests"}),
        ("show lena's bookings", {"people": ["lena"]}),
        ("who is lena meeting tomorrow?", {"people": ["lena"], "when": "tomorrow"}),
        ("what does lena have on Tuesday?", {"people": ["lena"], "when": "on Tuesday"}),
        ("I am lena, show my meetings", {}),
        ("我明天有什么会议？", {"when": "明天"}),
    ],
)
def test_bookings_are_listed_however_they_are_asked_for(text: str, arguments: dict[str, Any]) -> None:
    assert call(text) == ("show_bookings", arguments)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("reject kenji", ("respond", {"booking": "kenji", "answer": "decline"})),
        (
            "decline the first one, no time",
            ("respond", {"booking": "the first one", "answer": "decline", "reason": "no time"}),
        ),
        ("can we do my call with sam earlier?", ("move", {"booking": "my call with sam", "to": "earlier"})),
        (
            "move tomorrow's meeting to wednesday same time",
            ("move", {"booking": "tomorrow's meeting", "to": "wednesday same time"}),
        ),
        ("取消我和sam的会议", ("cancel", {"booking": "我和sam的会议"})),
        ("sam明天有空吗？", ("find_times", {"people": ["sam"], "when": "明天"})),
        ("what does the support team offer?", ("account", {"what": "event_types", "people": ["support"]})),
        ("share a private link for interview", ("account", {"what": "private_link", "do": "add", "name": "interview"})),
        (
            "urgent: need the sales team now",
            ("ring_team", {"team": "sales", "problem": "urgent: need the sales team now"}),
        ),
    ],
)
def test_other_requests_said_in_many_ways(text: str, found: tuple[str, dict[str, Any]]) -> None:
    assert call(text) == found


@pytest.mark.parametrize(("text", "when"), [("lieber um 11", "um 11"), ("not 2, 3pm", "3pm"), ("at 3 not 2", "at 3")])
def test_another_time_for_the_proposal(text: str, when: str) -> None:
    assert call(text, PROPOSAL) == ("adjust", {"when": when})


def test_the_reason_is_kept_with_a_booking_of_a_list() -> None:
    arguments = {"booking": "Thu 10:00 AM with Lena", "reason": "I'm away"}
    assert call("cancel the second one because I'm away", AGENDA) == ("cancel", arguments)


@pytest.mark.parametrize("text", ["cancel my 10am tomorrow, I'm sick", "delete the call with sam because I'm away"])
def test_an_excuse_is_the_reason(text: str) -> None:
    tool, arguments = call(text)
    assert (tool, arguments["reason"][:3]) == ("cancel", "I'm")


def test_a_list_is_narrowed_to_a_person() -> None:
    assert call("and with sam?", AGENDA) == ("show_bookings", {"people": ["sam"]})


def test_people_listed_behind_me_are_named() -> None:
    assert call("find a time for me, bailey and sam next week")[1]["people"] == ["bailey", "sam"]


@pytest.mark.parametrize("text", ["extend my call with sam by 15 minutes", "make my call with sam an hour"])
def test_the_length_of_a_booked_meeting_is_not_taken_for_a_new_time(text: str) -> None:
    tool, arguments = call(text)
    assert tool == "show_help"
    assert "for a booked meeting yet" in arguments["lead"]


def test_an_excuse_beside_a_cancellation_is_no_absence() -> None:
    assert call("please delete wednesday's meeting, I'm sick", OUTCOME)[0] == "cancel"
