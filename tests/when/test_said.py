"""What people write, in many ways and languages, and what they mean: `said.txt`, a sentence and its windows a line.

A line that begins with "#" tells when and where the sentences below it are said.
"""

from pathlib import Path

import pytest

from .asking import windows

LINES = (Path(__file__).parent / "said.txt").read_text(encoding="utf-8").splitlines()


def sentences() -> list[tuple[str, str, dict[str, str]]]:
    """The sentences with their windows and how they are asked."""
    asked: dict[str, str] = {}
    found = []
    for line in LINES:
        if line.startswith("#"):
            asked = dict(part.split("=", 1) for part in line[1:].split())
        elif line:
            text, meant = line.split(" => ")
            found.append((text, meant, asked))
    return found


@pytest.mark.parametrize(("text", "meant", "asked"), sentences())
def test_is_understood(text: str, meant: str, asked: dict[str, str]) -> None:
    found = windows(text, **asked)
    wanted = meant.split("; ")
    if wanted[-1] == "...":
        assert found[: len(wanted) - 1] == wanted[:-1]
        assert len(found) >= len(wanted)
    else:
        assert found == wanted


def test_there_are_enough_of_them() -> None:
    assert len(sentences()) >= 350
