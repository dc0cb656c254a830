"""Secrets never reach a log."""

import json
import logging

import pytest

from bot.logs import Json, Plain, redacted


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234567890-abcdefGHIJ",
        "xapp-1-A0123-456-abcdef",
        "xoxe.xoxp-1-Mi0yLTEyMzQ1",
        "cal_live_0123456789abcdef",
        "cal_sandbox_admin",
        "sk-proj-abcdef0123456789",
    ],
)
def test_tokens_and_keys_are_blotted_wherever_they_stand(secret: str) -> None:
    for text in (secret, f"got {secret}.", f'{{"token": "{secret}"}}', f"Authorization: Bearer {secret}"):
        assert secret not in redacted(text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql://bot:hunter2@db/x", "hunter2"),
        ("Authorization: Bearer abc.def.ghi", "abc.def.ghi"),
        ("client_secret=s3cr3tvalue", "s3cr3tvalue"),
        ("https://hooks.slack.com/commands/T1/2/abcdef", "abcdef"),
    ],
)
def test_what_is_named_a_secret_is_blotted(text: str, secret: str) -> None:
    assert secret not in redacted(text)


@pytest.mark.parametrize(
    "text", ["turn Ev0MWQ answered in 20 ms", "Cal.com: SlotTaken 400 (request abc)", "model: 503"]
)
def test_ordinary_lines_stay(text: str) -> None:
    assert redacted(text) == text


def _record(message: str, **rest: object) -> logging.LogRecord:
    return logging.LogRecord("bot", logging.ERROR, __file__, 1, message, (), None, **rest)  # type: ignore[arg-type]


def test_a_json_line_is_json_and_redacted_its_trace_too() -> None:
    try:
        raise ValueError("xoxb-1234567890-abc")
    except ValueError as error:
        record = _record("failed with xoxb-1234567890-abc")
        record.exc_info = (ValueError, error, error.__traceback__)
    line = json.loads(Json().format(record))
    assert line["level"] == "ERROR"
    assert "Traceback" in line["error"]
    assert "xoxb-1" not in json.dumps(line)
    assert "xoxb-1" not in Plain().format(record)
