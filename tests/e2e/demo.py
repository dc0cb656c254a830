"""`slotwise demo` as a process of its own, the way people start it."""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from types import TracebackType
from typing import Any, Self

NOW = "2026-11-23T09:00:00-05:00"


class Demo:
    """The whole program on a free port; `now` is where its clock starts."""

    def __init__(self, now: str = NOW) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}/"
        command = [sys.executable, "-m", "bot.cli", "demo", "--ephemeral", "--port", str(port), "--now", now]
        # A file, not a pipe: a pipe that nobody reads would stop the program once it is full.
        self._said = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 (open as long as the program runs)
        self._process = subprocess.Popen(command, stdout=self._said, stderr=subprocess.STDOUT, text=True)

    def __enter__(self) -> Self:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                self._said.seek(0)
                raise RuntimeError(f"The demo ended with {self._process.returncode}:\n{self._said.read()[-3000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}healthz", timeout=2) as reply:
                    if reply.status == 200:
                        return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self._stop()
        raise RuntimeError("The demo was not healthy within 60 s.")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        self._said.close()

    def bookings(self, username: str, **query: str) -> list[dict[str, Any]]:
        """This Cal.com user's bookings, asked over the Cal.com API."""
        address = f"{self.url}calcom/v2/bookings?{urllib.parse.urlencode({'take': '250', **query})}"
        headers = {"Authorization": f"Bearer cal_sandbox_{username}", "cal-api-version": "2024-08-13"}
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as reply:
            found: list[dict[str, Any]] = json.load(reply)["data"]
            return found
