"""The scores on the development sentences, where they lie beside the repository."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.offline import understand

DATA = Path(__file__).resolve().parents[3] / "shared" / "nlu" / "intent_dev.jsonl"


@pytest.fixture(scope="module")
def answered() -> list[tuple[dict[str, Any], Any]]:
    if not DATA.exists():
        pytest.skip("the development sentences are not here")
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row, understand(row["text"])) for row in rows]


def test_nineteen_of_twenty_intents_are_right(answered: list[tuple[dict[str, Any], Any]]) -> None:
    merged = {"availability": "find"}
    right = [
        merged.get(found.intent, found.intent) == merged.get(row["intent"], row["intent"]) for row, found in answered
    ]
    assert sum(right) / len(right) >= 0.95


def test_nine_of_ten_people_are_found_and_real(answered: list[tuple[dict[str, Any], Any]]) -> None:
    named = found_names = both = 0
    for row, found in answered:
        if row.get("attendees") is not None:
            gold = {name.lower() for name in row["attendees"]}
            said = {name.lower() for name in found.attendees}
            named, found_names, both = named + len(gold), found_names + len(said), both + len(gold & said)
    assert both / named >= 0.9
    assert both / found_names >= 0.9
