"""`slotwise when`: JSON lines in, JSON lines out."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TextIO

from bot.when.reader import read
from bot.when.reading import Kind, Mention, Reading
from bot.when.speech import say
from bot.when.zones import locate


def main(lines: Iterable[str], out: TextIO, explain: bool = False) -> None:
    """Answer each line `{"id","text","reference","tz"[,"lang"]}` by `{"id","start","end"[,"seconds"]}`.

    Times are wall-clock times of `tz` without offset; `end` is exclusive. With `explain`, sentences for people follow
    each answer. A line that is no such request is answered by `{"id","error"}`, and the next is read.
    """
    for line in lines:
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            reading = _read(request)
        except (ValueError, KeyError, TypeError, LookupError) as wrong:
            found = request.get("id") if isinstance(request := _loose(line), dict) else None
            _write(out, {"id": found, "start": None, "end": None, "error": f"not a request: {type(wrong).__name__}"})
            continue
        _write(out, {"id": request.get("id"), **bounds(reading)})
        if explain:
            for sentence in explanation(reading):
                out.write(f"  {sentence}\n")
        out.flush()


def _loose(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _write(out: TextIO, answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _read(request: dict[str, Any]) -> Reading:
    zone = request.get("tz") or "UTC"
    reference = datetime.fromisoformat(request["reference"]).replace(tzinfo=None)
    return read(request["text"], locate(reference, zone).at, zone, lang=request.get("lang"))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request."""
    return {"id": request.get("id"), **bounds(_read(request))}


def bounds(reading: Reading) -> dict[str, Any]:
    """`start`, `end` and perhaps `seconds` of what the text says first."""
    first = reading.first
    if first is None:
        return {"start": None, "end": None}
    said: dict[str, Any] = {"start": _wall(first.start), "end": _wall(first.end)}
    if first.kind is Kind.DURATION:
        said["seconds"] = first.seconds
    return said


def explanation(reading: Reading) -> list[str]:
    """What was understood, for people: each expression with its kind, what was assumed, what else it could be."""
    if not reading.mentions:
        return ["no time in this text"]
    return [line for mention in reading.mentions for line in _explained(mention, reading)]


def _explained(mention: Mention, reading: Reading) -> list[str]:
    a, b = mention.span
    said = [f'"{mention.text}" [{a}:{b}] {mention.kind.value}, {mention.role.value}']
    said += [f"  {say(window, reading.zone, reading.now, name_zone=True)}" for window in mention.windows[:7]]
    if len(mention.windows) > 7:
        said.append(f"  ... {len(mention.windows)} in all")
    if mention.seconds is not None:
        said.append(f"  lasts {mention.seconds / 60:g} minutes")
    if (rec := mention.recurrence) is not None:
        said.append(f"  repeats {rec.freq}, every {rec.interval}, until {rec.until or rec.count or 'told otherwise'}")
    if mention.zone:
        said.append(f"  on the clocks of {mention.zone}")
    said += [f"  assumed: {a.sentence}" for a in mention.assumed if a.sentence]
    said += [f"  or: {say(window, reading.zone, reading.now)}" for window in mention.others[:3]]
    if mention.problem is not None:
        said.append(f"  problem ({mention.problem.code}): {mention.problem.sentence}")
    return said


def _wall(at: datetime | None) -> str | None:
    return at.replace(tzinfo=None).isoformat(timespec="seconds") if at else None
