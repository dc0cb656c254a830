"""Records what a version of the program leaves in its database: `python -m tests.store.record_release CHECKOUT FILE`.

CHECKOUT is a folder with the program as it was released. It is run against its own stand-ins, used, and killed
in the middle of three turns; then its SQLite database is written to FILE as SQL that both databases read (`{serial}`
stands for what differs). A recorded file is never changed: it is what somebody's database may look like.
"""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from tests.chaos.fleet import LINKED, NOW, free_ports, until_healthy

KEY = "x" * 43 + "="
SERIAL = "INTEGER PRIMARY KEY AUTOINCREMENT"
_PLAIN = re.compile(r"[\x20-\x7e]*")


class Person:
    """Somebody in the DM with the bot."""

    def __init__(self, http: httpx.AsyncClient, name: str) -> None:
        self._http = http
        self._name = name

    async def say(self, text: str) -> None:
        """Write a message."""
        body = {"user": self._name, "channel": "@slotwise", "text": text}
        (await self._http.post("/workspace/messages", json=body)).raise_for_status()

    async def press(self, label: str) -> None:
        """Press a button, as soon as there is one."""
        for _ in range(100):
            query = {"viewer": self._name, "channel": "@slotwise"}
            messages = (await self._http.get("/workspace/messages", params=query)).json()["messages"]
            for message in reversed(messages):
                if message["bot"] and f"[{label}]" in message["plain"]:
                    body = {"user": self._name, "channel": "@slotwise", "ts": message["ts"], "label": label}
                    (await self._http.post("/workspace/press", json=body)).raise_for_status()
                    return
            await asyncio.sleep(0.1)
        raise RuntimeError(f"{self._name} sees no {label}")


async def use(url: str) -> None:
    """A morning at work. In the end a booking waits for Cal.com, a message for the model, a card for Slack."""
    async with httpx.AsyncClient(base_url=url, timeout=40) as http:
        ann, bailey, kenji, lena, sam = (Person(http, name) for name in ("ann", "bailey", "kenji", "lena", "sam"))

        async def settle() -> None:
            await http.get("/workspace/idle", params={"timeout": 20})

        async def hold(target: str, path: str) -> None:
            body = {"target": target, "kind": "timeout", "times": 3, "path": path}
            (await http.post("/workspace/faults", json=body)).raise_for_status()

        await ann.say("book 15min with bailey on December 1 at 12:00 pm")
        await ann.press("Confirm")
        await settle()
        await ann.say("I need somebody from support right now, the site is down")
        await ann.press("Ring the team")
        await settle()
        await lena.say("book 15min with bailey on December 2 at 18:15")
        await settle()
        await kenji.say("book 15min with sam on December 2 at 18:00")
        await settle()
        await hold("calcom", "/bookings")
        await kenji.press("Confirm")
        await asyncio.sleep(1.5)
        await hold("slack", "chat.postMessage")
        await bailey.say("hello")
        await asyncio.sleep(1.5)
        await hold("model", "")
        await sam.say("what do I have next Wednesday?")
        await asyncio.sleep(1.5)


def fill(connection: sqlite3.Connection) -> None:
    """What a morning leaves only by chance: a lease whose holder died, something remembered of a person."""
    made = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    at = 1795442400000000
    connection.execute("INSERT INTO memory VALUES ('T0SANDBOX1', 'U0ANN00001', 'chosen', 'sam', '\"sam\"', ?)", (at,))
    if "leases" in made:
        connection.execute("INSERT INTO leases VALUES ('retention', 'somebody', ?)", (at,))


def dump(database: Path) -> str:
    """Tables, rows and indexes of a SQLite database as SQL for both."""
    lines: list[str] = []
    with sqlite3.connect(database) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        for kind, name, sql in made.fetchall():
            if name.startswith("sqlite_"):
                continue
            lines.append(" ".join(sql.replace(SERIAL, "{serial}").split()) + ";")
            if kind != "table":
                continue
            columns = [row[1:3] for row in connection.execute(f"PRAGMA table_info({name})")]
            for row in connection.execute(f"SELECT * FROM {name}"):
                values = ", ".join(_literal(value, kind) for value, (_, kind) in zip(row, columns, strict=True))
                names = ", ".join(f'"{column}"' for column, _ in columns)
                lines.append(f"INSERT INTO {name} ({names}) VALUES ({values});")
    return "\n".join(lines) + "\n"


def _literal(value: Any, kind: str) -> str:
    if value is None:
        return "NULL"
    if kind == "BOOLEAN":
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\n", " ")
    return "'" + text.replace("'", "''") + "'"


def start(
    stack: ExitStack, checkout: Path, folder: Path, *arguments: str, **environment: str
) -> subprocess.Popen[bytes]:
    """A process of the released program."""
    log = stack.enter_context((folder / "log.txt").open("ab"))
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(checkout), **environment},
        stdout=log,
        stderr=log,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


async def record(checkout: Path, folder: Path) -> str:
    """Run the program, use it, kill it; gives what it left."""
    port, other = free_ports(2)
    url, bot = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{other}"
    with ExitStack() as stack:
        serve = ["--port", str(port), "--app-url", f"{bot}/slack/events", "--now", NOW, "--calcom-rate", "0"]
        start(stack, checkout, folder, "sandbox", *serve, CONTROL_TOKEN="record")
        await until_healthy(url)
        accounts = ", ".join(f'"{name}@example.com": "cal_sandbox_{name}"' for name in LINKED)
        process = start(
            stack,
            checkout,
            folder,
            "run",
            SLACK_BOT_TOKEN="xoxb-sandbox",
            SLACK_SIGNING_SECRET="sandbox-secret",
            SLACK_API_URL=f"{url}/slack/api/",
            CALCOM_API_KEY="cal_sandbox_admin",
            CALCOM_API_URL=f"{url}/calcom/v2",
            CALCOM_ACCOUNTS="{" + accounts + "}",
            PUBLIC_URL=bot,
            ENCRYPTION_KEYS=KEY,
            OPENAI_API_KEY="sandbox",
            OPENAI_BASE_URL=f"{url}/model/v1",
            CLOCK_URL=f"{url}/workspace/clock",
            DATABASE_URL=f"sqlite:///{folder}/bot.db",
            EXECUTOR_ID="old",
            CONTROL_TOKEN="record",
            HOST="127.0.0.1",
            PORT=str(other),
        )
        await until_healthy(bot)
        await use(url)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with sqlite3.connect(folder / "bot.db") as connection:
            fill(connection)
        return dump(folder / "bot.db")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        Path(sys.argv[2]).write_text(asyncio.run(record(Path(sys.argv[1]).resolve(), Path(temporary))))
