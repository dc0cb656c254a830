"""Whatever is posted: the check never breaks down, and what passes it can be shown."""

import copy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.clock import Clock
from bot.sandbox.slack.elements import current, identified, walk
from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.plain import Reader
from bot.sandbox.slack.stamps import Stamps
from bot.sandbox.slack.validation import check_blocks, check_view, too_much_text
from tests.sandbox_slack.samples import EVERYTHING, modal

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)

NAMES = st.sampled_from(["type", "text", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "x"]), inner, max_size=3)
    ),
    max_leaves=4,
)


def paths(part: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a structure."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [so_far, *(path for key, value in inside for path in paths(value, (*so_far, key)))]


PLACES = [path for path in paths(EVERYTHING) if path]


@st.composite
def mutated(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The samples with up to three places replaced by anything."""
    blocks: Any = copy.deepcopy(EVERYTHING)
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        target = blocks
        try:
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = draw(JSON)
        except (KeyError, TypeError, IndexError):
            continue
    return list(blocks)


def show(blocks: list[dict[str, Any]]) -> str:
    """What posting these blocks makes of them."""
    known = identified(blocks, Stamps(Clock(NOW), Journal(None)))
    state = current(known, {})
    assert all(place.action_id and place.block_id for place in walk(known))
    return Reader(lambda i: i, lambda i: i, ZoneInfo("UTC"), NOW).blocks(known, state)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(mutated())
def test_no_blocks_break_the_check_and_what_passes_is_shown(blocks: list[dict[str, Any]]) -> None:
    too_much_text(blocks)
    if not check_blocks(blocks):
        assert show(blocks)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(JSON, st.sampled_from(["message", "modal", "home"]))
def test_no_json_at_all_breaks_the_check(anything: Any, surface: str) -> None:
    check_blocks(anything, surface)
    check_blocks([anything], surface)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(["type", "title", "blocks", "submit", "private_metadata"]), JSON))
def test_no_view_breaks_the_check(changes: dict[str, Any]) -> None:
    check_view({**modal(*EVERYTHING[:4]), **changes})
    check_view(changes)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet="<>@#!|^{}*_~`[]&;dateU0 \n", max_size=60))
def test_no_text_breaks_the_reading_and_no_brackets_are_left(text: str) -> None:
    reader = Reader(lambda i: i, lambda i: i, ZoneInfo("Asia/Tokyo"), NOW)
    for read in (reader.mrkdwn(text), reader.markdown(text)):
        assert "[" not in read
        assert "]" not in read
