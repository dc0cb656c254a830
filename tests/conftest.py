"""What several rooms' tests share: one running demo for the session."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo in a process of its own, reset by each dialogue."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log: Path = tmp_path_factory.mktemp("demo") / "log.txt"
    command = [sys.executable, "-m", "bot.cli", "demo", "--ephemeral", "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "SLACK_", "CALCOM"))}
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--now", "2026-11-23T09:00:00-05:00"], stdout=out, stderr=subprocess.STDOUT, env=environment
        )
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(400):
                if process.poll() is not None:
                    pytest.fail(f"the demo ended: {log.read_text()[-2000:]}")
                try:
                    if httpx.get(f"{url}/healthz", timeout=2).status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                time.sleep(0.1)
            else:
                pytest.fail("the demo did not become ready")
            yield url
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
