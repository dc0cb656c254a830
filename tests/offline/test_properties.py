"""Whatever is written: a valid call or a text, soon."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.offline import Call, Text, plan, understand
from bot.scheduling.requests import TOOLS
from tests.offline.conversation import AGENDA, OUTCOME, PROPOSAL, QUESTIONS, SLOTS, WHO, user

PIECES = st.sampled_from(
    [
        "book",
        "move",
        "cancel",
        "15min",
        "30",
        "with",
        "bailey",
        "Sam",
        "@lena",
        "tomorrow",
        "Tuesday",
        "at",
        "2pm",
        "to",
        "on",
        "from",
        "about",
        "because",
        "it",
        "the",
        "second",
        "one",
        "make",
        "instead",
        "no",
        "yes",
        "not",
        "don't",
        ",",
        ".",
        "?",
        "!",
        "and",
        "add",
        "dana@x.com",
        "<@U1>",
        "cal.com/sam",
        "over",
        "zoom",
        "+1",
        "212",
        "555",
        "0100",
        "my",
        "call",
        "free",
        "when",
        "is",
        "what",
        "do",
        "I",
        "have",
        "é",
        "火曜日",
        "🎉",
        "\u202e",
        "10-50",
        "people",
        "12",
        "seats",
    ]
)
SENTENCES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map(" ".join))
OPEN: st.SearchStrategy[Any] = st.sampled_from([None, SLOTS, PROPOSAL, OUTCOME, AGENDA, WHO, QUESTIONS])


@given(SENTENCES, OPEN, st.sampled_from(["dm", "channel", "command"]))
@settings(max_examples=300, deadline=None)
def test_the_decision_is_a_valid_call_or_a_text(text: str, opened: Any, where: str) -> None:
    found = plan([user(text, opened, where=where)], TOOLS)
    if isinstance(found, Call):
        TOOLS[found.tool].model_validate(found.arguments)
    else:
        assert isinstance(found, Text)
        assert found.text


@given(SENTENCES)
@settings(max_examples=100, deadline=None)
def test_the_same_words_give_the_same_understanding(text: str) -> None:
    assert understand(text) == understand(text)


@given(SENTENCES)
@settings(max_examples=100, deadline=None)
def test_time_and_people_are_words_of_the_message(text: str) -> None:
    understood = understand(text)
    plain = text.replace("’", "'")
    for word in understood.when.split():
        assert word in plain or word in text
    for name in understood.attendees:
        assert all(part.strip(".") in text for part in name.split())


@pytest.mark.parametrize(
    "text", ["a" * 4000, "book " * 800, "with a, " * 600, "10-" * 1500, "to 3 " * 900, "the " * 1000]
)
def test_a_long_message_takes_no_time(text: str) -> None:
    begin = time.perf_counter()
    understand(text)
    assert time.perf_counter() - begin < 1.5
