"""The scripted dialogues of this folder, through the workspace's HTTP contract, against the whole program."""

import asyncio
from pathlib import Path

import pytest

from bot.dialogues import Dialogue, load, play

HERE = Path(__file__).parent
DIALOGUES = load([HERE])


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[d["id"] for d in DIALOGUES])
def test_dialogue(dialogue: Dialogue, demo_url: str) -> None:
    asyncio.run(play(demo_url, dialogue))


def test_ids_are_distinct() -> None:
    assert len({d["id"] for d in DIALOGUES}) == len(DIALOGUES)
