"""`slotwise chat`: the conversation in the terminal, through the same workspace as the page."""

import asyncio
import contextlib
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from bot.workspace import Trouble, Workspace

HELP = """Write to Slotwise, or:
  /press LABEL [= OPTION]   press a button (a part of its label will do), choose an option or a date
  /slotwise WORDS           the slash command
  /as NAME, /in CHANNEL     be somebody else, go somewhere else (#support; @slotwise is the DM)
  /look                     show the conversation again
  /quit"""


async def talk(name: str, url: str | None, now: datetime | None, data: Path | None) -> None:
    """Read lines from the terminal until it ends; without `url` a demo is started for it."""
    async with contextlib.AsyncExitStack() as stack:
        if url is None:
            from bot.config import Settings
            from bot.serving import demo

            url = (await stack.enter_async_context(demo(0, now, data, Settings()))).address
        workspace = Workspace(url, viewer=name)
        stack.push_async_callback(workspace.aclose)
        known = [u["name"] for u in (await workspace.get("/workspace/state", viewer="ann"))["users"]]
        if name not in known:
            raise typer.BadParameter(f"There is nobody called {name}; there are {', '.join(known)}.")
        typer.echo(f"You are {name}. /help says more; Ctrl-D ends.")
        while True:
            line = await asyncio.to_thread(_line, f"{workspace.viewer}> ")
            if line is None or line.strip() == "/quit":
                return
            if line.strip():
                await _one(workspace, line.strip())


def _line(prompt: str) -> str | None:
    if sys.stdin.isatty():
        try:
            return input(prompt)
        except EOFError:
            return None
    line = sys.stdin.readline()
    if line:
        typer.echo(f"{prompt}{line.rstrip()}")
    return line or None


async def _one(workspace: Workspace, line: str) -> None:
    try:
        await _do(workspace, line)
        await workspace.settle()
        for text in await workspace.news():
            typer.echo("\n" + "\n".join(f"  {part}" for part in text.splitlines()))
        typer.echo("")
        if modal := await workspace.modal():
            await _fill(workspace, modal)
    except Trouble as trouble:
        typer.echo(f"({trouble})", err=True)


async def _do(workspace: Workspace, line: str) -> None:
    word, _, rest = line.partition(" ")
    match word:
        case "/help":
            typer.echo(HELP)
        case "/look":
            workspace.forget()
        case "/as":
            workspace.viewer = rest.strip()
        case "/in":
            workspace.channel = rest.strip()
        case "/press":
            label, _, option = rest.partition("=")

            await workspace.press(re.escape(label.strip()), option.strip() or None)
        case "/slotwise":
            await workspace.command(line)
        case _:
            await workspace.say(line)


async def _fill(workspace: Workspace, modal: dict[str, Any]) -> None:
    """A form, question by question; empty leaves a question out."""
    typer.echo(f"  {modal['title']}")
    values: dict[str, Any] = {}
    asked = list(modal["inputs"])
    while True:
        for field in asked:
            options = f" ({', '.join(field['options'])})" if field.get("options") else ""
            star = " *" if field.get("required") else ""
            answer = await asyncio.to_thread(_line, f"  {field['label']}{star}{options}: ")
            if answer is None:
                await workspace.post("/workspace/views/close", user=workspace.viewer, view_id=modal["view_id"])
                return
            if answer.strip():
                values[f"^{_escaped(field['label'])}$"] = answer.strip()
        errors = await workspace.submit(values)
        if not errors:
            break
        for label, sentence in errors.items():
            typer.echo(f"  {label}: {sentence}")
        asked = [field for field in modal["inputs"] if field["label"] in errors]
    await workspace.settle()
    for text in await workspace.news():
        typer.echo("\n" + "\n".join(f"  {part}" for part in text.splitlines()))
    if again := await workspace.modal():
        await _fill(workspace, again)


def _escaped(text: str) -> str:

    return re.escape(text)
