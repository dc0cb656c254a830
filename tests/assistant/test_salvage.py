"""Tool calls written as text are understood; ordinary text is none."""

import pytest

from bot.assistant.salvage import calls_in

NAMES = {"book", "cancel", "show_bookings"}


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"name": "cancel", "arguments": {"booking": "it"}}\n```',
        '<tool_call>\n{"name": "cancel", "arguments": {"booking": "it"}}\n</tool_call>',
        '{"name": "cancel", "parameters": {"booking": "it"}}',
        '{"tool": "cancel", "args": {"booking": "it"}}',
        '{"type": "function", "function": {"name": "cancel", "arguments": {"booking": "it"}}}',
        '[TOOL_CALLS] [{"name": "cancel", "arguments": {"booking": "it"}}]',
        '<function=cancel>{"booking": "it"}</function>',
        '<function_call name="cancel">{"booking": "it"}</function_call>',
        'Sure, I will do that.\n{"name": "cancel", "arguments": {"booking": "it"}} Done.',
        'cancel({"booking": "it"})',
        '{"cancel": {"booking": "it"}}',
        '{"name": "cancel", "booking": "it"}',
    ],
)
def test_every_common_form(text: str) -> None:
    assert calls_in(text, NAMES) == [("cancel", {"booking": "it"})]


def test_arguments_may_be_json_in_a_string() -> None:
    assert calls_in('{"name": "cancel", "arguments": "{\\"booking\\": \\"it\\"}"}', NAMES) == [
        ("cancel", '{"booking": "it"}')
    ]


@pytest.mark.parametrize(
    "text",
    [
        "You have nothing on Friday.",
        '{"name": "rm_rf", "arguments": {}}',
        "{broken",
        "```json\n[1, 2]\n```",
        "book",
        "",
    ],
)
def test_text_that_calls_nothing(text: str) -> None:
    assert calls_in(text, NAMES) == []
