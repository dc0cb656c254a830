"""Messages that ask for several things, and those that only look so."""

import pytest

from bot.offline import Text, plans
from bot.scheduling.requests import TOOLS
from tests.offline.conversation import PROPOSAL, user


def tools(text: str) -> list[str]:
    found = plans([user(text)], TOOLS)
    return [] if isinstance(found, Text) else [call.tool for call in found]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("book half an hour with lena on friday and cancel my call with sam", ["book", "cancel"]),
        ("cancel my call with sam. Then schedule 15min with bailey on thursday", ["cancel", "book"]),
        ("what do I have on wednesday, and move my call with sam to friday", ["show_bookings", "move"]),
        ("move my call with sam to friday; also show my meetings next week", ["move", "show_bookings"]),
        ("book 15min with bailey tuesday and 30min with sam on thursday", ["book", "book"]),
        ("book a call with lena on monday, another one with sam on friday", ["book", "book"]),
        ("cancel my call with sam, book 30 min with lena friday and show my week", ["cancel", "book", "show_bookings"]),
    ],
)
def test_each_request_is_a_call_of_its_own(text: str, asked: list[str]) -> None:
    assert tools(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "cancel it and move it to 4",
        "book 30min with bailey and sam on friday",
        "book a consultation with bailey about pricing and cancellation fees",
        "set up a call with lena and invite kenji",
        "cancel my meeting with sam and tell him I am sorry",
        "book 15min with bailey on tuesday or thursday and make it a video call",
    ],
)
def test_what_belongs_together_is_one(text: str) -> None:
    assert len(tools(text)) == 1


def test_a_change_and_a_request_of_its_own() -> None:
    found = plans([user("make it 3pm and also cancel my call with sam", PROPOSAL)], TOOLS)
    assert not isinstance(found, Text)
    assert [call.tool for call in found] == ["adjust", "cancel"]
