"""A headless Chromium, driven over its DevTools protocol: real mouse, real keys, real rendering."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--remote-debugging-port=0",
)
KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Escape": ("Escape", 27, ""),
    "Tab": ("Tab", 9, ""),
    "ArrowUp": ("ArrowUp", 38, ""),
    "ArrowDown": ("ArrowDown", 40, ""),
    "ArrowLeft": ("ArrowLeft", 37, ""),
    "ArrowRight": ("ArrowRight", 39, ""),
    "Backspace": ("Backspace", 8, ""),
}
CONTROL, SHIFT = 2, 8


def chromium() -> str | None:
    """Where Chromium is on this machine, if it is."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome"))
    return named or next((path for path in found if path), None)


class TimedOut(AssertionError):
    """What was waited for did not come about; the message says what."""


class Browser:
    """One page in one browser. `size` is the window in CSS pixels.

    >>> with Browser() as page:  # doctest: +SKIP
    ...     page.open("http://127.0.0.1:3000/")
    ...     page.click("button", "Confirm")
    """

    def __init__(self, size: tuple[int, int] = (1280, 800), *, dark: bool = False) -> None:
        path = chromium()
        if path is None:
            raise RuntimeError("There is no Chromium on this machine.")
        self._profile = tempfile.TemporaryDirectory(prefix="slotwise-e2e-", ignore_cleanup_errors=True)
        window = f"--window-size={size[0]},{size[1]}"
        self._process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={self._profile.name}", window, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._serial = 0
        self._open = ExitStack()
        self.events: list[dict[str, Any]] = []
        """Everything the page reported unasked: console lines, exceptions, dialogs, requests."""
        self._socket = self._connect()
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.command(f"{domain}.enable")
        self.resize(*size)
        self.dark(dark)

    def _connect(self) -> ClientConnection:
        port_file = Path(self._profile.name) / "DevToolsActivePort"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if port_file.exists() and len(lines := port_file.read_text().splitlines()) == 2:
                root = f"ws://127.0.0.1:{lines[0]}"
                with connect(f"{root}{lines[1]}", max_size=None, proxy=None) as self._socket:
                    targets = self.command("Target.getTargets")["targetInfos"]
                page = next(target for target in targets if target["type"] == "page")
                address = f"{root}/devtools/page/{page['targetId']}"
                return self._open.enter_context(connect(address, max_size=None, proxy=None))
            time.sleep(0.05)
        raise TimedOut("Chromium did not open its debugging port within 30 s.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the browser and remove its profile."""
        self._open.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._profile.cleanup()

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """One protocol command and its answer. Raises `RuntimeError` with the browser's words."""
        self._serial += 1
        self._socket.send(json.dumps({"id": self._serial, "method": method, "params": params}))
        while True:
            heard = json.loads(self._socket.recv(timeout=60))
            if heard.get("id") == self._serial:
                if "error" in heard:
                    raise RuntimeError(f"{method}: {heard['error'].get('message')}")
                return dict(heard["result"])
            self.events.append(heard)

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a JavaScript function's body; the arguments are `a`, `b`, `c`. Promises are awaited."""
        names = ["a", "b", "c", "d"][: len(arguments)]
        body = f"(async ({', '.join(names)}) => {{ {script} }})({', '.join(map(json.dumps, arguments))})"
        answer = self.command("Runtime.evaluate", expression=body, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", "failed"))
        return answer["result"].get("value")

    def open(self, address: str) -> None:
        """Load an address afresh (also where only its fragment differs) and wait until it is loaded."""
        for place in ("about:blank", address):
            self.command("Page.navigate", url=place)
            loaded = "return document.readyState === 'complete' && location.href.startsWith(a)"
            self.until(loaded, place, place.split("#")[0])

    def resize(self, width: int, height: int, *, mobile: bool = False) -> None:
        """Make the window this large; `mobile` with touch and no hover."""
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile
        )
        self.command("Emulation.setTouchEmulationEnabled", enabled=mobile)

    def dark(self, on: bool) -> None:
        """Say that the system prefers dark or light colours."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.command("Emulation.setEmulatedMedia", features=[feature])

    def until(self, script: str, what: str, *arguments: Any, timeout: float = 15) -> Any:
        """Wait until the script's value is true and return it. Raises `TimedOut` naming `what`."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                value = self.run(script, *arguments)
            except RuntimeError:
                value = None
            if value:
                return value
            if time.monotonic() > deadline:
                shown = self.run("return document.body.innerText.slice(-1500)")
                raise TimedOut(f"{what} did not appear within {timeout:g} s; the page reads:\n{shown}")
            time.sleep(0.08)

    def see(self, text: str, within: str = "body", *, timeout: float = 15) -> None:
        """Wait until this text stands inside the element `within` (a CSS selector)."""
        script = "return [...document.querySelectorAll(a)].some((one) => one.innerText.includes(b))"
        self.until(script, f"{text!r} in {within}", within, text, timeout=timeout)

    def click(self, selector: str, text: str = "", *, timeout: float = 15) -> None:
        """Click the last visible element that matches and holds `text`, with the mouse, in its middle."""
        find = """
            const all = [...document.querySelectorAll(a)].filter((one) => one.checkVisibility()
              && (one.innerText || one.getAttribute('aria-label') || '').includes(b));
            const found = all.at(-1);
            if (!found) return null;
            found.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            const box = found.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            const top = document.elementFromPoint(x, y);
            return top && (found.contains(top) || top.contains(found)) ? [x, y] : null;
        """
        x, y = self.until(find, f"something to click: {selector} {text!r}", selector, text, timeout=timeout)
        self.command("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self.command("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.command("Input.insertText", text=text)

    def key(self, name: str, *, modifiers: int = 0) -> None:
        """Press a key: a name of `KEYS` or one character. `modifiers`: `CONTROL`, `SHIFT`."""
        code, number, text = KEYS[name] if name in KEYS else (f"Key{name.upper()}", ord(name.upper()), name)
        typed = "" if modifiers & CONTROL else text
        common = {"key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
        kind = "keyDown" if typed else "rawKeyDown"
        self.command("Input.dispatchKeyEvent", type=kind, **common, **({"text": typed} if typed else {}))
        self.command("Input.dispatchKeyEvent", type="keyUp", **common)

    def picture(self, path: Path) -> None:
        """Save what is seen as a PNG."""
        shot = self.command("Page.captureScreenshot", format="png", optimizeForSpeed=False)
        path.write_bytes(base64.b64decode(shot["data"]))

    def complaints(self) -> list[str]:
        """Errors the page reported since it was opened: exceptions, console errors, refused resources, dialogs."""
        self.run("return 1")
        found = []
        for event in self.events:
            method, params = event.get("method", ""), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                details = params["exceptionDetails"]
                found.append(details.get("exception", {}).get("description") or details.get("text", "exception"))
            elif method == "Runtime.consoleAPICalled" and params.get("type") in ("error", "assert"):
                found.append(" ".join(str(one.get("value", one.get("description"))) for one in params["args"]))
            elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
                found.append(f"{params['entry']['text']} {params['entry'].get('url', '')}".strip())
            elif method == "Page.javascriptDialogOpening":
                found.append(f"dialog: {params.get('message')}")
        return found

    def requested(self) -> list[str]:
        """The addresses the page asked for."""
        self.run("return 1")
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]
