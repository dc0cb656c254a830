"""A client of the workspace over HTTP, as a person uses it: say, press, fill in, look. Waits until all is settled."""

import re
from dataclasses import dataclass
from typing import Any

import httpx

_LABEL = re.compile(r"\[([^\[\]\n]+)\]")


class Trouble(Exception):
    """The workspace did not do as asked; the text says what."""


@dataclass(frozen=True)
class Button:
    """Something to press, and where it stands."""

    label: str
    where: dict[str, str]


class Workspace:
    """One person in one channel. `viewer` and `channel` may be changed at any time."""

    def __init__(self, url: str, viewer: str = "ann", channel: str = "@slotwise") -> None:
        self.viewer, self.channel = viewer, channel
        self._http = httpx.AsyncClient(base_url=url.rstrip("/"), timeout=60)
        self._seen: dict[tuple[str, str, str], str] = {}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def get(self, path: str, /, **query: Any) -> Any:
        """A GET of the contract."""
        return self._read(await self._http.get(path, params=query))

    async def post(self, path: str, /, **body: Any) -> Any:
        """A POST of the contract."""
        return self._read(await self._http.post(path, json=body))

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_error:
            raise Trouble(
                f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:200]}"
            )
        return answer.json() if answer.content.strip() else {}

    async def settle(self, seconds: float = 30) -> None:
        """Wait until everything caused so far is done."""
        await self.get("/workspace/idle", timeout=seconds)

    async def reset(self, now: str | None = None) -> None:
        """Back to the seed."""
        await self.post("/workspace/reset", **({"now": now} if now else {}))
        self._seen.clear()

    async def say(self, text: str, thread: str | None = None) -> None:
        """Write a message."""
        extra = {"thread_ts": thread} if thread else {}
        await self.post("/workspace/messages", user=self.viewer, channel=self.channel, text=text, **extra)

    async def command(self, text: str) -> None:
        """Use the slash command: "/slotwise book ..."."""
        name, _, rest = text.partition(" ")
        await self.post("/workspace/commands", user=self.viewer, channel=self.channel, command=name, text=rest)

    async def messages(self) -> list[dict[str, Any]]:
        """What this person sees in the channel, oldest first."""
        answer = await self.get("/workspace/messages", viewer=self.viewer, channel=self.channel)
        listed: list[dict[str, Any]] = answer["messages"]
        return listed

    async def modal(self) -> dict[str, Any] | None:
        """The open modal, if any."""
        found: dict[str, Any] | None = (await self.get("/workspace/views", viewer=self.viewer)).get("modal")
        return found

    async def news(self) -> list[str]:
        """What the bot shows new or changed since the last look, as readable text."""
        fresh = []
        for message in await self.messages():
            key = (self.viewer, self.channel, message["ts"])
            if message["bot"] and self._seen.get(key) != message["plain"]:
                fresh.append(message["plain"])
            self._seen[key] = message["plain"]
        return fresh

    def forget(self) -> None:
        """Take everything for new at the next look."""
        self._seen.clear()

    async def buttons(self) -> list[Button]:
        """Everything that can be pressed: of the modal first, then of messages, newest first, then of the Home tab."""
        views = await self.get("/workspace/views", viewer=self.viewer)
        places: list[tuple[dict[str, str], str]] = []
        if views.get("modal"):
            places.append(({"view_id": views["modal"]["view_id"]}, views["modal"]["plain"]))
        for message in reversed(await self.messages()):
            places.append(({"channel": self.channel, "ts": message["ts"]}, message["plain"]))
        if views.get("home"):
            places.append(({"view_id": views["home"]["view_id"]}, views["home"]["plain"]))
        return [Button(label, where) for where, plain in places for label in _LABEL.findall(plain)]

    async def address(self, pattern: str) -> str:
        """Where the newest link button whose label matches leads."""
        for message in reversed(await self.messages()):
            for block in message["blocks"]:
                for element in block.get("elements", ()):
                    label = element.get("text") or {}
                    if element.get("url") and re.search(pattern, str(label.get("text", "")), re.I):
                        return str(element["url"])
        raise Trouble(f"no link button matches /{pattern}/")

    async def open(self, pattern: str) -> str:
        """Follow a link button in a browser of one's own; gives the page."""
        return (await self._http.get(await self.address(pattern), follow_redirects=True)).text

    async def press(self, pattern: str, option: str | None = None) -> None:
        """Press the first button whose label matches."""
        for button in await self.buttons():
            if re.search(pattern, button.label, re.I):
                extra = {"option": option} if option else {}
                await self.post("/workspace/press", user=self.viewer, label=button.label, **button.where, **extra)
                return
        raise Trouble(f"no visible button matches /{pattern}/")

    async def submit(self, values: dict[str, Any]) -> dict[str, str]:
        """Fill in the open modal, labels given as patterns; gives the refused fields."""
        modal = await self.modal()
        if modal is None:
            raise Trouble("no open modal to submit")
        filled = {}
        for pattern, value in values.items():
            label = next((i["label"] for i in modal["inputs"] if re.search(pattern, i["label"], re.I)), None)
            if label is None:
                raise Trouble(f"the modal has no input like /{pattern}/, only {[i['label'] for i in modal['inputs']]}")
            filled[label] = value
        answer = await self.post("/workspace/views/submit", user=self.viewer, view_id=modal["view_id"], values=filled)
        errors: dict[str, str] = answer.get("errors") or {}
        return errors
