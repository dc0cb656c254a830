"""Where the workspace's state is kept: JSON documents in SQLite, or nowhere without a data folder."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]
"""A JSON object."""


class Journal:
    """Documents by kind and key, written through at once.

    Memory is the truth while the server runs; the journal is read only at start.
    """

    def __init__(self, data: Path | None) -> None:
        self._database: sqlite3.Connection | None = None
        if data is None:
            return
        data.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(data / "slack.db", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS document"
            " (position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, key TEXT, body TEXT, UNIQUE (kind, key))"
        )

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is stored inside is stored as a whole or not at all, even if the process is killed."""
        if self._database is None:
            yield
            return
        self._database.execute("BEGIN")
        try:
            yield
        finally:
            self._database.execute("COMMIT")

    def put(self, kind: str, key: str, body: Json) -> None:
        """Store `body`, replacing what stood under the same kind and key (its place in the order stays)."""
        if self._database is not None:
            self._database.execute(
                "INSERT INTO document (kind, key, body) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
                (kind, key, json.dumps(body)),
            )

    def drop(self, kind: str, key: str) -> None:
        """Forget one document."""
        if self._database is not None:
            self._database.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))

    def read(self, kind: str) -> dict[str, Json]:
        """All documents of a kind by key, in the order they were first stored."""
        if self._database is None:
            return {}
        rows = self._database.execute("SELECT key, body FROM document WHERE kind = ? ORDER BY position", (kind,))
        return {key: json.loads(body) for key, body in rows}

    def clear(self, *kept: str) -> None:
        """Forget everything but the documents of the `kept` kinds."""
        if self._database is not None:
            marks = ", ".join("?" for _ in kept)
            self._database.execute(f"DELETE FROM document WHERE kind NOT IN ({marks})", kept)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None
