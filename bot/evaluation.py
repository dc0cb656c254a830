"""`slotwise eval`: scripted dialogues played against the whole program, with what they cost."""

import asyncio
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.config import Settings
from bot.dialogues import Dialogue, Unexpected, load, play
from bot.serving import Demo, demo
from bot.workspace import Trouble


@dataclass(frozen=True)
class Figures:
    """What one dialogue, or all of them, took."""

    seconds: float = 0
    model_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    calcom_calls: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


def _read(running: Demo) -> Figures:
    usage = running.bot.model.usage
    return Figures(
        time.monotonic(), usage.calls, usage.prompt_tokens, usage.completion_tokens, running.bot.calls.total()
    )


def _between(before: Figures, after: Figures) -> Figures:
    return Figures(*(b - a for a, b in zip(asdict(before).values(), asdict(after).values(), strict=True)))


async def evaluate(
    paths: Sequence[Path], model: str, repeat: int, out: Path | None, echo: Callable[[str], None]
) -> int:
    """Play every dialogue `repeat` times, print and perhaps write the figures; gives how many plays failed."""
    figures = await _play(load(paths), model, repeat, echo)
    if out:
        await asyncio.to_thread(out.write_text, json.dumps(figures, indent=1, ensure_ascii=False), "utf-8")
    return len(figures["failed"])


async def _play(dialogues: Sequence[Dialogue], model: str, repeat: int, echo: Callable[[str], None]) -> dict[str, Any]:
    settings = Settings()
    if model == "offline":
        settings = settings.model_copy(update={"openai_api_key": SecretStr(""), "openai_base_url": ""})
    total = Figures()
    failures: dict[str, str] = {}
    seconds: list[float] = []
    async with demo(0, None, None, settings) as running:
        for round_number in range(repeat):
            for dialogue in dialogues:
                before = _read(running)
                try:
                    await play(running.address, dialogue)
                    problem = ""
                except (Unexpected, Trouble) as wrong:
                    problem = str(wrong)
                spent = _between(before, _read(running))
                total += spent
                seconds.append(spent.seconds)
                if problem:
                    failures[f"{dialogue['id']}#{round_number + 1}" if repeat > 1 else dialogue["id"]] = problem
                echo(f"{'FAILED ' if problem else 'ok     '} {dialogue['id']}{': ' + problem if problem else ''}")
    played = len(dialogues) * repeat
    total = replace(total, seconds=round(total.seconds, 2))
    echo(
        f"{played - len(failures)} passed, {len(failures)} failed; model calls {total.model_calls}, "
        f"prompt tokens {total.prompt_tokens}, completion tokens {total.completion_tokens}, "
        f"Cal.com calls {total.calcom_calls}; median {statistics.median(seconds or [0]):.2f} s a dialogue"
    )
    rate = (played - len(failures)) / played if played else None
    return {"n": played, "pass_rate": rate, **asdict(total), "failed": failures}
