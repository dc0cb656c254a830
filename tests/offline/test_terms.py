"""On what terms one can be booked: such words change the account, and book nobody."""

import pytest

from bot.offline.planner import understand


def arguments(text: str) -> dict[str, object]:
    call = understand(text).call
    return {"tool": call.tool, **call.arguments}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("put a 10 minute buffer before my intro calls", "intro"),
        ("I need at least 3 hours notice for my interview", "interview"),
        ("my consultation must be booked at least 2 days in advance", "consultation"),
        ("drop the buffer after my coffee chat", "coffee chat"),
    ],
)
def test_buffers_and_notice_belong_to_an_event_type(text: str, name: str) -> None:
    assert arguments(text) == {"tool": "account", "what": "event_types", "do": "set", "name": name, "value": text}


@pytest.mark.parametrize(
    "text",
    [
        "I don't want meetings before 10",
        "I'd rather not have calls after 5",
        "every Friday I leave at 2pm",
        "I also work Sundays 9 to 12",
        "get rid of the lunch break",
    ],
)
def test_habits_are_working_hours(text: str) -> None:
    found = arguments(text)
    assert (found["tool"], found["what"], found["value"]) == ("account", "working_hours", text)
    assert found["do"] in ("set", "remove")


@pytest.mark.parametrize(
    ("text", "place"),
    [("I've moved to Madrid", "Madrid"), ("please use Chicago time from now on", "Chicago")],
)
def test_another_place_is_another_zone(text: str, place: str) -> None:
    assert arguments(text) == {"tool": "account", "what": "profile", "do": "set", "value": place}


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("book 15 min with nora on short notice", "book"),
        ("move my call with nora 15 minutes later to leave a buffer", "move"),
        ("cancel lunch with nora", "cancel"),
        ("30 min with nora tomorrow 3pm London time", "book"),
    ],
)
def test_requests_for_meetings_stay_what_they_are(text: str, tool: str) -> None:
    assert arguments(text)["tool"] == tool
