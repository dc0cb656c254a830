"""Scripted dialogues: said, pressed and filled in as a person would, and what has to be seen after each step.

The form is that of the outside checks: a list of `{"id", "now", "steps": [...], "calendar"?, "cancelled"?}` in YAML
or JSON. A step acts (`say`, `command`, `press`, `choose` + `of`, `submit`, `clock`, `fault`, `api`, `look`,
`link` as a Cal.com user, `open` a link button, `home` to look at the tab) and expects (`see`, `not_see`, `modal`,
`errors`, `page`); `as` and `in` stay in force for the steps after.
"""

import json
import re
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from bot.workspace import Trouble, Workspace

Dialogue = dict[str, Any]

HOSTS = ("bailey", "sam", "lena")


class Unexpected(Exception):
    """A step did not show, or the calendar does not hold, what the dialogue says."""


def load(paths: Iterable[Path]) -> list[Dialogue]:
    """All dialogues of files and folders, in the order of their names."""
    found: list[Dialogue] = []
    for path in paths:
        files = sorted([*path.glob("**/*.yaml"), *path.glob("**/*.json")]) if path.is_dir() else [path]
        for file in files:
            text = file.read_text(encoding="utf-8")
            if file.suffix == ".json":
                found += json.loads(text)
            else:
                import yaml

                found += yaml.safe_load(text)
    return found


async def play(url: str, dialogue: Dialogue) -> None:
    """Play one dialogue from the seed. Raises `Unexpected` or `Trouble` at the first thing that is wrong."""
    workspace = Workspace(url)
    try:
        await workspace.reset(dialogue["now"])
        before = await _bookings(url)
        for number, step in enumerate(dialogue["steps"], 1):
            try:
                await _step(workspace, url, step)
            except (Unexpected, Trouble) as wrong:
                raise Unexpected(f"step {number}: {wrong}") from None
        after = await _bookings(url)
    finally:
        await workspace.aclose()
    new = [b for uid, b in after.items() if uid not in before and b["status"] not in ("cancelled", "rejected")]
    gone = [
        b for uid, b in after.items() if b["status"] == "cancelled" and before.get(uid, {}).get("status") != "cancelled"
    ]
    if "calendar" in dialogue:
        _compare("calendar", dialogue["calendar"], new)
    if "cancelled" in dialogue:
        _compare("cancelled", dialogue["cancelled"], gone)


async def _step(workspace: Workspace, url: str, step: dict[str, Any]) -> None:
    viewer, channel = step.get("as", workspace.viewer), step.get("in", workspace.channel)
    if (viewer, channel) != (workspace.viewer, workspace.channel):
        workspace.viewer, workspace.channel = viewer, channel
        await workspace.news()
    refused: dict[str, str] = {}
    shown_there = ""
    if "say" in step:
        await workspace.say(str(step["say"]))
    elif "command" in step:
        await workspace.command(step["command"])
    elif "press" in step:
        await workspace.press(step["press"])
    elif "choose" in step:
        await workspace.press(step["of"], option=str(step["choose"]))
    elif "submit" in step:
        refused = await workspace.submit(step["submit"])
    elif "api" in step:
        await _api(url, step["api"])
    elif "look" in step:
        workspace.forget()
    elif "link" in step:
        shown_there = await _link(workspace, str(step["link"]), str(step.get("decision", "allow")))
    elif "open" in step:
        shown_there = await workspace.open(str(step["open"]))
    elif "home" in step:
        await workspace.post("/workspace/home", user=viewer)
    elif "clock" in step:
        await workspace.post("/workspace/clock", **step["clock"])
    elif "fault" in step:
        await workspace.post("/workspace/faults", **step["fault"])
    elif "user" in step:
        await workspace.post("/workspace/users", **step["user"])
    await workspace.settle()
    modal = await workspace.modal()
    if "home" in step:
        shown_there = (await workspace.get("/workspace/views", viewer=viewer))["home"]["plain"]
    shown = "\n".join([*await workspace.news(), *([modal["plain"]] if modal else [])])
    for pattern in step.get("page", ()):
        if not re.search(pattern, shown_there, re.I):
            raise Unexpected(f"the page does not show /{pattern}/ but {shown_there[:600]!r}")
    _expect(step, shown, modal, refused)


def _expect(step: dict[str, Any], shown: str, modal: dict[str, Any] | None, refused: dict[str, str]) -> None:
    for pattern in step.get("see", ()):
        if not re.search(pattern, shown, re.I):
            raise Unexpected(f"does not show /{pattern}/ but {shown[:600]!r}")
    for pattern in step.get("not_see", ()):
        if re.search(pattern, shown, re.I):
            raise Unexpected(f"shows /{pattern}/: {shown[:600]!r}")
    for pattern in step.get("errors", ()):
        if not re.search(pattern, json.dumps(refused, ensure_ascii=False), re.I):
            raise Unexpected(f"refused with {refused}, not /{pattern}/")
    if "submit" in step and refused and not step.get("errors"):
        raise Unexpected(f"the form was refused: {refused}")
    if "modal" in step:
        if bool(modal) != bool(step["modal"]):
            raise Unexpected(f"modal wanted {step['modal']!r}, there is {modal and modal['plain'][:200]!r}")
        if modal and not re.search(step["modal"], modal["plain"], re.I):
            raise Unexpected(f"the modal shows {modal['plain'][:300]!r}")


async def _link(workspace: Workspace, username: str, decision: str) -> str:
    """Follow the newest link to Cal.com's consent page, sign in as `username` and decide; gives the last page."""
    address = await workspace.address("continue with cal.com")
    async with httpx.AsyncClient(timeout=30, follow_redirects=True) as http:
        page = (await http.get(address)).text
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        form = {name: unescape(value) for name, value in hidden}
        answer = await http.post(address, data={**form, "user": username, "decision": decision})
    return answer.text


async def _api(url: str, call: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer cal_sandbox_{call['as']}", "cal-api-version": call["version"]}
    method = call.get("method", "POST" if "body" in call else "GET")
    async with httpx.AsyncClient(timeout=30) as http:
        answer = await http.request(method, f"{url}/calcom/v2{call['path']}", json=call.get("body"), headers=headers)
    if answer.is_error:
        raise Unexpected(f"{call['path']} answered {answer.status_code}: {answer.text[:200]}")


async def _bookings(url: str) -> dict[str, dict[str, Any]]:
    found = {}
    async with httpx.AsyncClient(timeout=30) as http:
        for host in HOSTS:
            headers = {"Authorization": f"Bearer cal_sandbox_{host}", "cal-api-version": "2024-08-13"}
            query: dict[str, str | int] = {"take": 250, "status": "upcoming,recurring,unconfirmed,cancelled,past"}
            answer = await http.get(f"{url}/calcom/v2/bookings", params=query, headers=headers)
            found.update({b["uid"]: b for b in answer.json()["data"]})
    return found


def _brief(booking: dict[str, Any]) -> dict[str, Any]:
    return {
        "host": (booking.get("hosts") or [{}])[0].get("username"),
        "attendee": (booking.get("attendees") or [{}])[0].get("email"),
        "start": booking["start"][:16],
        "minutes": booking.get("duration"),
        "status": booking["status"],
        "fields": booking.get("bookingFieldsResponses") or {},
        "guests": sorted(booking.get("guests") or []),
    }


def _fits(want: dict[str, Any], got: dict[str, Any]) -> bool:
    if not got["start"].startswith(str(want["start"]).rstrip("Z")[:16]):
        return False
    for key, value in want.items():
        if key == "fields":
            if any(got["fields"].get(slug) != answer for slug, answer in value.items()):
                return False
        elif key != "start" and got.get(key) != value:
            return False
    return True


def _compare(what: str, wanted: Sequence[dict[str, Any]], got: Sequence[dict[str, Any]]) -> None:
    left = [_brief(b) for b in got]
    for want in wanted:
        fitting = next((b for b in left if _fits(want, b)), None)
        if fitting is None:
            raise Unexpected(f"{what}: missing {want}; there is {left}")
        left.remove(fitting)
    if left:
        raise Unexpected(f"{what}: not wanted but there: {left}")
