"""The rooms' imports point one way, and the papers say what the program is."""

import ast
import json
import re
from pathlib import Path

import pytest

from bot.assistant.tools import size
from bot.config import Settings, example, table
from bot.scheduling.requests import TOOLS
from prompts import text

ROOT = Path(__file__).parents[2]

ALLOWED = {
    "slack": {"assistant", "scheduling", "store"},
    "assistant": {"scheduling", "offline", "store"},
    "scheduling": {"when", "calcom", "store"},
    "offline": {"when"},
    "when": set(),
    "calcom": set(),
    "store": set(),
}
"""Room -> the rooms it may import. The store holds what slack and assistant hand it; it imports nobody."""


def _imports(file: Path) -> set[str]:
    """The dotted names of bot modules a file imports, relative ones made absolute."""
    package = [*file.relative_to(ROOT).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.startswith("bot.")}


def _files(folder: str) -> list[Path]:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files, folder
    return files


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_what_stands_below_it(room: str) -> None:
    for file in _files(f"bot/{room}"):
        others = {name.split(".")[1] for name in _imports(file)} - {room}
        outside = {o for o in others if (ROOT / "bot" / o).is_dir()} - ALLOWED[room]
        assert not outside, f"{file.relative_to(ROOT)} imports {outside}"


@pytest.mark.parametrize("part", ["calcom", "slack"])
def test_the_stand_ins_can_disagree_with_the_bot(part: str) -> None:
    for file in _files(f"bot/sandbox/{part}"):
        strangers = {name for name in _imports(file) if not name.startswith("bot.sandbox")}
        strangers |= {n for n in _imports(file) if re.match(rf"bot\.sandbox\.(?!{part}\b)(calcom|slack|model)\b", n)}
        assert not strangers, f"{file.relative_to(ROOT)} imports {strangers}"


def test_the_stand_in_model_wraps_the_offline_mind_alone() -> None:
    for file in _files("bot/sandbox/model"):
        assert {n.split(".")[1] for n in _imports(file)} <= {"sandbox", "offline"}, file


def test_only_the_processes_know_the_sandbox() -> None:
    for file in _files("bot"):
        inside = file.relative_to(ROOT / "bot").parts
        if inside[0] != "sandbox" and inside != ("serving.py",):
            assert not any(n.startswith("bot.sandbox") for n in _imports(file)), file


def test_prompt_and_tools_stay_under_two_thousand_tokens() -> None:
    assert (len(text("system")) + size()) / 4 < 2000


def test_every_tool_says_what_it_does() -> None:
    for name, request in TOOLS.items():
        assert request.__doc__, name


def test_the_readme_lists_every_setting_as_it_is() -> None:
    assert table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_environment_is_current() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()
    assert len(Settings.model_fields) > 10


def test_the_readmes_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_readmes_dependency_table_is_complete() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Dependencies")[1].split("## ")[0]
    declared = re.findall(r'^    "([a-z0-9-]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    project = declared[: declared.index("hypothesis")]
    for package in project:
        assert re.search(rf"\b{package}\b", section), package


def test_the_manifest_is_json_with_the_scopes_the_doctor_checks() -> None:
    from bot.doctor import SCOPES

    manifest = json.loads((ROOT / "docs" / "slack-manifest.json").read_text(encoding="utf-8"))
    assert set(SCOPES) <= set(manifest["oauth_config"]["scopes"]["bot"])


def test_nothing_names_a_machine_or_a_registry() -> None:
    words = re.compile(r"/work/|/root/|files\.pythonhosted|pypi\.org/simple|index-url")
    for file in [*ROOT.glob("*"), *(ROOT / "bot").rglob("*"), *(ROOT / "docs").rglob("*"), ROOT / ".ci" / "run"]:
        if file.is_file() and file.suffix in (".py", ".md", ".toml", ".lock", ".js", ".json", ""):
            assert not words.search(file.read_text(encoding="utf-8")), file
