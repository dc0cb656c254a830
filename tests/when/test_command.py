"""`slotwise when`: JSON lines in, JSON lines out."""

import io
import json
import subprocess
import sys

from bot.when.command import main


def run(*requests: object, explain: bool = False) -> list[str]:
    out = io.StringIO()
    main([r if isinstance(r, str) else json.dumps(r) for r in requests], out, explain)
    return out.getvalue().splitlines()


def ask(text: str, tz: str = "America/New_York", **more: str) -> dict[str, object]:
    answer = run({"id": "x", "text": text, "reference": "2026-11-23T09:00:00", "tz": tz, **more})[0]
    found: dict[str, object] = json.loads(answer)
    return found


def test_answers_in_order_with_local_times() -> None:
    lines = [
        json.loads(line)
        for line in run(
            {"id": 1, "text": "Tuesday at 2pm", "reference": "2026-11-23T09:00:00", "tz": "Asia/Tokyo"},
            {"id": 2, "text": "hello", "reference": "2026-11-23T09:00:00", "tz": "UTC"},
        )
    ]
    assert lines == [
        {"id": 1, "start": "2026-11-24T14:00:00", "end": None},
        {"id": 2, "start": None, "end": None},
    ]


def test_a_zone_in_the_text_is_converted() -> None:
    assert ask("3pm London time")["start"] == "2026-11-23T10:00:00"


def test_open_sides_are_null_and_ends_exclusive() -> None:
    assert (ask("Friday after 3")["start"], ask("Friday after 3")["end"]) == ("2026-11-27T15:00:00", None)
    assert (ask("before Friday")["start"], ask("before Friday")["end"]) == (None, "2026-11-27T00:00:00")
    assert ask("next week")["end"] == "2026-12-07T00:00:00"


def test_of_a_union_the_first_member_and_of_a_length_the_seconds() -> None:
    assert ask("Tue or Wed afternoon")["start"] == "2026-11-24T12:00:00"
    assert ask("15min") == {"id": "x", "start": None, "end": None, "seconds": 900.0}


def test_a_line_that_is_no_request_does_not_stop_the_rest() -> None:
    lines = run("{broken", {"id": 7}, {"id": 8, "text": "tomorrow", "reference": "2026-11-23T09:00", "tz": "UTC"})
    assert [json.loads(line)["id"] for line in lines] == [None, 7, 8]


def test_explains_for_people() -> None:
    lines = run({"id": 1, "text": "next Tuesday at 3", "reference": "2026-11-23T09:00:00", "tz": "UTC"}, explain=True)
    text = "\n".join(lines[1:])
    assert '"next Tuesday at 3" [0:17] instant, limit' in text
    assert "assumed: 3:00 PM" in text
    assert "or: Tue 24 Nov, 3:00 AM" in text


def test_importing_the_room_loads_neither_pytz_nor_dateparser() -> None:
    code = "import sys, bot.when; print([m for m in ('pytz', 'dateparser', 'zoneinfo') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
