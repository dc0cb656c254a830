"""The server's SQLite database: tables, transactions and small typed queries."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]
"""A JSON object as the API speaks it."""

Row = sqlite3.Row
Value = str | int | float | bytes | None

LARGEST_ID = 2**53
"""Ids above this cannot be told apart in JavaScript, so no row has one."""

LAYOUT = 2
"""Counts up with each change of the tables."""

TABLES = """
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS api_keys (key TEXT PRIMARY KEY, user_id INTEGER NOT NULL, expires INTEGER);
CREATE TABLE IF NOT EXISTS teams (id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL, parent_id INTEGER,
  data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS memberships (team_id INTEGER NOT NULL, user_id INTEGER NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (team_id, user_id));
CREATE TABLE IF NOT EXISTS schedules (id INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER NOT NULL,
  data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event_types (id INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, team_id INTEGER,
  parent_id INTEGER, slug TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS event_types_slug ON event_types (slug);
CREATE TABLE IF NOT EXISTS bookings (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
  event_type_id INTEGER NOT NULL, organizer_id INTEGER, status TEXT NOT NULL, start INTEGER NOT NULL,
  finish INTEGER NOT NULL,
  created INTEGER NOT NULL, updated INTEGER NOT NULL, recurring_uid TEXT, from_uid TEXT, to_uid TEXT,
  data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS bookings_start ON bookings (start);
CREATE INDEX IF NOT EXISTS bookings_type ON bookings (event_type_id, start);
CREATE INDEX IF NOT EXISTS bookings_recurring ON bookings (recurring_uid);
CREATE TABLE IF NOT EXISTS booking_hosts (booking_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL, PRIMARY KEY (booking_id, user_id));
CREATE INDEX IF NOT EXISTS booking_hosts_user ON booking_hosts (user_id, start);
CREATE TABLE IF NOT EXISTS attendees (id INTEGER PRIMARY KEY AUTOINCREMENT, booking_id INTEGER NOT NULL,
  email TEXT NOT NULL,
  start INTEGER NOT NULL, seat_uid TEXT, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS attendees_booking ON attendees (booking_id);
CREATE INDEX IF NOT EXISTS attendees_email ON attendees (email, start);
CREATE INDEX IF NOT EXISTS attendees_seat ON attendees (seat_uid);
CREATE TABLE IF NOT EXISTS booking_references (id INTEGER PRIMARY KEY AUTOINCREMENT, booking_id INTEGER NOT NULL,
  type TEXT NOT NULL, event_uid TEXT NOT NULL, calendar_id TEXT);
CREATE TABLE IF NOT EXISTS sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, booking_uid TEXT NOT NULL,
  user_name TEXT NOT NULL,
  user_id INTEGER, joined INTEGER NOT NULL, left INTEGER);
CREATE TABLE IF NOT EXISTS instant_tokens (token TEXT PRIMARY KEY, booking_id INTEGER NOT NULL,
  expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reservations (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
  event_type_id INTEGER NOT NULL, user_id INTEGER NOT NULL, start INTEGER NOT NULL, finish INTEGER NOT NULL,
  until INTEGER NOT NULL, minutes INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS reservations_type ON reservations (event_type_id, start);
CREATE TABLE IF NOT EXISTS out_of_office (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  to_user_id INTEGER, start INTEGER NOT NULL, finish INTEGER NOT NULL, notes TEXT, reason TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS out_of_office_user ON out_of_office (user_id);
CREATE TABLE IF NOT EXISTS calendar_events (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL,
  title TEXT NOT NULL, start INTEGER NOT NULL, finish INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS calendar_events_user ON calendar_events (user_id, start);
CREATE TABLE IF NOT EXISTS webhooks (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  scope_id INTEGER NOT NULL, url TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS private_links (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  event_type_id INTEGER NOT NULL, expires INTEGER, max_usage INTEGER, usage INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS oauth_codes (code TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id INTEGER NOT NULL,
  redirect_uri TEXT NOT NULL, scope TEXT NOT NULL, challenge TEXT, expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS oauth_tokens (token TEXT PRIMARY KEY, kind TEXT NOT NULL, client_id TEXT NOT NULL,
  user_id INTEGER NOT NULL, scope TEXT NOT NULL, expires INTEGER NOT NULL, grant_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS credits (user_id INTEGER PRIMARY KEY, monthly INTEGER NOT NULL, additional INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS charges (user_id INTEGER NOT NULL, reference TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (user_id, reference));
"""

NAMES = tuple(line.split()[5] for line in TABLES.replace("\n  ", " ").splitlines() if line.startswith("CREATE TABLE"))


class OutdatedFile(Exception):
    """The database file has another layout than this version's."""


class Database:
    """One SQLite connection. Row ids are never given twice, also not after `clear`."""

    def __init__(self, file: Path | None) -> None:
        self._connection = sqlite3.connect(
            str(file) if file else ":memory:", isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        if file:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("PRAGMA busy_timeout=5000")
        written_by = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if written_by not in (0, LAYOUT):
            raise OutdatedFile(
                f"{file} was written by another version of the Cal.com sandbox. Delete it to start anew."
            )
        self._connection.executescript(TABLES)
        self._connection.execute(f"PRAGMA user_version = {LAYOUT}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens or nothing does; a second writer waits (`BEGIN IMMEDIATE`)."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def one(self, sql: str, *values: Value) -> Row | None:
        """The first row of a query, or None."""
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: Value) -> list[Row]:
        """All rows of a query."""
        return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Value) -> int:
        """Execute a statement; the number of rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def insert(self, table: str, values: Mapping[str, Value]) -> int:
        """Add one row; its id."""
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        cursor = self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
        return int(cursor.lastrowid or 0)

    def change(self, table: str, row_id: int, values: Mapping[str, Value]) -> None:
        """Set columns of the row with this id."""
        columns = ", ".join(f"{name} = ?" for name in values)
        self._connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), row_id))

    def clear(self) -> None:
        """Empty every table; the sequences of ids go on."""
        for name in NAMES:
            self._connection.execute(f"DELETE FROM {name}")

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()


def marks(values: Sequence[object]) -> str:
    """`?,?,?` for an IN list."""
    return ",".join("?" * len(values))


def pack(value: object) -> str:
    """JSON text for a column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Json:
    """The object in a JSON column."""
    value: Json = json.loads(text)
    return value
