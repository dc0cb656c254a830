"""`slotwise when`: JSON lines in, JSON lines out."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TextIO

from bot.when.reader import read
from bot.when.reading import Kind, Reading
from bot.when.zones import locate


def main(lines: Iterable[str], out: TextIO, explain: bool = False) -> None:
    """Answer each line `{"id","text","reference","tz"[,"lang"]}` by `{"id","start","end"[,"seconds"]}`.

    Times are wall-clock times of `tz` without offset; `end` is exclusive. With `explain`, sentences for people follow.
    """
    for line in lines:
        if line.strip():
            request = json.loads(line)
            out.write(json.dumps(answer(request), ensure_ascii=False) + "\n")
            out.flush()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request."""
    zone = request.get("tz") or "UTC"
    reference = datetime.fromisoformat(request["reference"]).replace(tzinfo=None)
    reading = read(request["text"], locate(reference, zone).at, zone, lang=request.get("lang"))
    return {"id": request.get("id"), **bounds(reading)}


def bounds(reading: Reading) -> dict[str, Any]:
    """`start`, `end` and perhaps `seconds` of what the text says first."""
    first = reading.first
    if first is None:
        return {"start": None, "end": None}
    said: dict[str, Any] = {"start": _wall(first.start), "end": _wall(first.end)}
    if first.kind is Kind.DURATION:
        said["seconds"] = first.seconds
    return said


def _wall(at: datetime | None) -> str | None:
    return at.replace(tzinfo=None).isoformat(timespec="seconds") if at else None
