"""Tools as a model sees them, and what it may send."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.tools import BadCall, parse, schemas
from bot.scheduling.requests import TOOLS, Book, Cancel

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def test_schemas_are_plain_json_schema_without_ballast() -> None:
    for tool in schemas():
        text = json.dumps(tool)
        assert "anyOf" not in text
        assert tool["function"]["parameters"]["additionalProperties"] is False
        assert "$ref" not in text


def test_what_models_like_to_send_is_taken() -> None:
    assert parse("book", {"people": "bailey", "minutes": None, "title": None}) == Book(people=["bailey"])
    assert parse("book", '{"people": ["sam"], "minutes": "30"}') == Book(people=["sam"], minutes=30)
    assert parse("cancel", "") == Cancel()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("drop_tables", {}),
        ("book", "{"),
        ("book", "[]"),
        ("book", {"slot_id": "x"}),
        ("cancel", {"scope": "everything"}),
    ],
)
def test_invented_tools_and_arguments_are_refused_with_the_reason(name: str, arguments: Any) -> None:
    with pytest.raises(BadCall) as refused:
        parse(name, arguments)
    assert refused.value.reason


@given(st.sampled_from(sorted(TOOLS)), values)
def test_any_json_is_a_request_or_a_reason(name: str, arguments: Any) -> None:
    try:
        request = parse(name, arguments if isinstance(arguments, str) else json.dumps(arguments))
    except BadCall as bad:
        outcome: object = bad.reason
    else:
        outcome = request if isinstance(request, TOOLS[name]) else None
    assert outcome
