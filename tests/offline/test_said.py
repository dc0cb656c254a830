"""Sentences as people write them, each with the tool it asks for and what matters of its arguments.

The table is `sentences.txt`, in our own wording: every tool, polite and terse, misspelt, as e-mail, in nine languages,
and talk that asks for nothing, which must never become a write.
"""

from pathlib import Path
from typing import Any

import pytest

from bot.offline import Call
from tests.offline.conversation import answer

TABLE = Path(__file__).with_name("sentences.txt")
READING = frozenset(("find_times", "show_bookings", "show_help"))


def rows() -> list[tuple[str, str, str]]:
    """Tool, sentence and conditions of each line."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            tool, text, *conditions = line.split(" :: ")
            found.append((tool, text.replace("\\n", "\n"), conditions[0] if conditions else ""))
    return found


def told(value: Any) -> str:
    """An argument as one lower-case text."""
    return ",".join(map(str, value)).lower() if isinstance(value, list) else str(value).lower()


def holds(arguments: dict[str, Any], condition: str) -> bool:
    """Whether an argument is (`name=value`) or contains (`name~value`) what it should."""
    at = min(place for mark in "=~" if (place := condition.find(mark)) > 0)
    name, mark, value = condition[:at], condition[at], condition[at + 1 :]
    said = told(arguments.get(name, ""))
    return said == value if mark == "=" else value in said


@pytest.mark.parametrize(("tool", "text", "conditions"), rows())
def test_a_sentence_is_understood(tool: str, text: str, conditions: str) -> None:
    found = answer(text)
    if tool == "none":
        assert not isinstance(found, Call) or found.tool == "show_help"
        return
    assert isinstance(found, Call)
    assert found.tool in tool.split("|")
    for condition in filter(None, map(str.strip, conditions.split(";"))):
        assert holds(found.arguments, condition), (condition, found.arguments)


BYSTANDERS = [
    "the cleaners come on thursdays",
    "lena's talk on monday was the best one",
    "I was late for the standup this morning, sorry",
    "we moved to a new office in march",
    "could somebody water the plants while I'm gone?",
    "delete the second column of the sheet",
    "push the release tag",
    "my gym cancelled my contract",
    "they rescheduled the football match",
    "I'll be fine, don't worry",
    "a friend of mine books flights for a living",
    "please do not move anything",
    "is there still cake in the kitchen?",
    "who took my charger yesterday?",
    "translate this into german: we meet on monday",
]


@pytest.mark.parametrize("text", BYSTANDERS)
def test_what_only_sounds_like_scheduling_ends_or_moves_no_meeting(text: str) -> None:
    found = answer(text)
    assert not isinstance(found, Call) or found.tool in READING | {"book"}, found
