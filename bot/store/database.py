"""One database, SQLite or PostgreSQL, behind the same two verbs: `read` and `write`.

SQLite runs in WAL mode with `synchronous=NORMAL` (a commit survives the death of the process, not always that of the
machine's power) and takes its write lock when a transaction begins, so that two writers queue instead of failing.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.errors import BadDatabaseUrl

BUSY_MS = 15_000
"""How long a SQLite writer waits for another process' transaction, in milliseconds."""


class Database:
    """An open database. Reads run outside transactions; a `write` is one transaction, committed at its end."""

    def __init__(self, url: URL, engine: AsyncEngine) -> None:
        self._url = url
        self._engine = engine
        self._writing = asyncio.Lock() if url.get_backend_name() == "sqlite" else None

    @classmethod
    def connect(cls, address: str) -> "Database":
        """Prepare the database at `address` (nothing is sent yet). Raises BadDatabaseUrl."""
        url = _driver_url(address)
        if url.get_backend_name() == "sqlite":
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
            engine = create_async_engine(url, pool_size=5, max_overflow=15)
            event.listen(engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(engine.sync_engine, "begin", _begin_sqlite)
        else:
            engine = create_async_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
        return cls(url, engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._writing is not None

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return Path(self._url.database) if self.is_sqlite and self._url.database else None

    def insert(self, table: Any) -> Any:
        """An INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for single reads; every statement sees what is committed when it runs."""
        async with self._engine.connect() as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with AsyncExitStack() as stack:
            if self._writing is not None:
                await stack.enter_async_context(self._writing)
            connection = await stack.enter_async_context(self._engine.connect())
            await connection.execution_options(writes=True)
            await stack.enter_async_context(connection.begin())
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _driver_url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise BadDatabaseUrl(f"not a database address: {error}") from None
    backend = "postgresql" if url.drivername == "postgres" else url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise BadDatabaseUrl("SQLite needs a file: state must outlive a connection")
        return url.set(drivername="sqlite+aiosqlite", database=os.path.abspath(url.database))
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise BadDatabaseUrl(f"unknown kind of database: {backend}")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    cursor = connection.cursor()
    # The wait comes first: switching to WAL itself needs the lock.
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
