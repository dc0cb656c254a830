"""How well and how fast times are read, beside other libraries: `python -m tests.bench.bench_when [--data DIR]`.

Prints a Markdown table from one run: exact start (all, mean over the sources, people's calendar requests), exact
window, sentences without time answered "none", microseconds per sentence, milliseconds of import. The sentences are
third-party data kept beside the repository; a library that is not installed is skipped with a line. `--python` names
an interpreter that has them (`pip install dateparser parsedatetime recognizers-text-suite 'emoji<2'`),
`--node-modules` a folder with chrono-node.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.bench.time_tools import CHRONO, TOOLS

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
LANGUAGES = ("de", "fr", "es", "pt", "it", "nl", "ja", "zh")
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The items of a data file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def scorer(path: Path) -> ModuleType:
    """The scoring rules that come with the data."""
    spec = importlib.util.spec_from_file_location("score_time", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ask(command: list[str], items: list[Row], environment: dict[str, str]) -> tuple[dict[str, Row], float] | None:
    """The answers of one tool by id, and its import in milliseconds; None when it cannot run."""
    wanted = ("id", "text", "reference", "tz", "lang")
    lines = "".join(json.dumps({k: o[k] for k in wanted if k in o}) + "\n" for o in items)
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, check=False, env=environment, cwd=ROOT, timeout=600
    )
    out = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or not out:
        return None
    return {o["id"]: o for o in out[1:]}, out[0]["import_ms"]


class Score:
    """Right starts and windows, counted by group."""

    def __init__(self, rules: ModuleType, items: Iterable[Row], answers: dict[str, Row], group: str) -> None:
        self.starts: dict[str, list[bool]] = defaultdict(list)
        self.windows: list[bool] = []
        self.taken: list[float] = []
        for item in items:
            answer = answers.get(item["id"], {})
            self.taken.append(answer.get("us", 0.0))
            if item["kind"] in ("duration", "recurrence"):
                continue
            start, end = rules.p(answer.get("start")), rules.p(answer.get("end"))
            answered = start is not None or end is not None
            self.starts[item[group]].append(answered and rules.start_ok(item, start, end))
            if item["kind"] == "window":
                self.windows.append(answered and rules.win_ok(item, start, end))

    def share(self, name: str | None = None) -> float:
        """Exact starts in percent, of one group or all."""
        found = self.starts[name] if name else [x for group in self.starts.values() for x in group]
        return 100 * sum(found) / len(found) if found else 0.0

    def mean(self) -> float:
        """The mean over the groups, in percent."""
        return statistics.mean(self.share(name) for name in list(self.starts))

    def window(self) -> float:
        """Exact windows in percent."""
        return 100 * sum(self.windows) / len(self.windows) if self.windows else 0.0


def free_sentences() -> list[Row]:
    """Our own sentences without time, as items."""
    lines = (ROOT / "tests" / "when" / "time_free.txt").read_text(encoding="utf-8").splitlines()
    return [
        {"id": str(n), "text": t, "reference": "2026-11-23T09:00:00", "tz": "UTC"} for n, t in enumerate(lines) if t
    ]


def table(data: Path, python: str, node_modules: Path | None) -> Iterable[str]:
    """The lines of the table, and of what was skipped."""
    rules = scorer(data / "score_time.py")
    english, foreign, free = rows(data / "time_dev.jsonl"), rows(data / "time_multi_dev.jsonl"), free_sentences()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"TZ": "UTC", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    commands = {
        name: [sys.executable if name == "slotwise" else python, str(HERE / "time_tools.py"), name] for name in TOOLS
    }
    if node_modules is not None:
        environment["NODE_PATH"] = str(node_modules)
    commands["chrono-node"] = ["node", "-e", CHRONO]
    heads = "exact start,mean of sources,people's requests,exact window,none said,8 languages,µs,import ms"
    yield f"| | {heads.replace(',', ' | ')} |"
    yield "|---|---|---|---|---|---|---|---|---|"
    skipped = []
    for name, command in commands.items():
        try:
            ask(command, english[:1], environment)  # compiles what has to be compiled
            said = ask(command, english, environment)
        except (OSError, subprocess.TimeoutExpired):
            said = None
        if said is None:
            skipped.append(f"skipped {name}: not installed")
            continue
        answers, load = said
        score = Score(rules, english, answers, "source")
        quiet = ask(command, free, environment)
        none = 100 * sum(not (a["start"] or a["end"]) for a in quiet[0].values()) / len(free) if quiet else 0.0
        other = "-"
        if name in ("slotwise", "dateparser") and (many := ask(command, foreign, environment)):
            other = f"{Score(rules, foreign, many[0], 'lang').mean():.1f}"
        yield (
            f"| {name} | {score.share():.1f} | {score.mean():.1f} | {score.share('smcalflow'):.1f} "
            f"| {score.window():.1f} | {none:.1f} | {other} | {statistics.median(score.taken):.0f} | {load:.0f} |"
        )
    yield from skipped


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "nlu")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--node-modules", type=Path)
    options = parser.parse_args()
    if not (options.data / "time_dev.jsonl").exists():
        print(f"skipped: no data in {options.data}")
        return
    for line in table(options.data, options.python, options.node_modules):
        print(line, flush=True)


if __name__ == "__main__":
    main()
