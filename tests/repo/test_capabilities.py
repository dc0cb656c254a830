"""The page of capabilities is current, and says nothing that is not understood."""

from pathlib import Path

import pytest

from bot.capabilities import EXAMPLES, page
from bot.offline import understand
from bot.offline.planner import plan
from bot.scheduling.requests import TOOLS

ROOT = Path(__file__).parents[2]
SAID = [(tool, text) for tool, texts in EXAMPLES.items() for text in texts]


def test_the_page_is_made_from_the_tools() -> None:
    assert (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8") == page()


def test_every_tool_but_the_one_that_needs_a_card_has_examples() -> None:
    assert set(TOOLS) - set(EXAMPLES) == {"adjust"}


@pytest.mark.parametrize(("tool", "text"), SAID, ids=[text for _, text in SAID])
def test_an_example_is_understood_as_its_tool(tool: str, text: str) -> None:
    where = '{"where": "channel"}' if tool == "ring_team" else "{}"
    content = f"<context>\n{where}\n</context>\n<message>\n{text}\n</message>"
    planned = plan([{"role": "user", "content": content}], TOOLS)
    assert getattr(planned, "tool", None) == tool
    TOOLS[tool].model_validate(getattr(planned, "arguments", {}))


def test_a_first_message_is_understood_without_a_conversation() -> None:
    understood = understand("book 15min with bailey Tuesday at 2pm")
    assert (understood.intent, understood.attendees, understood.call.tool) == ("create", ("bailey",), "book")
