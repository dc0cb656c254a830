"""One database, SQLite or PostgreSQL, behind the same two verbs: `read` and `write`.

Both take a plain function of a SQLAlchemy connection. On PostgreSQL it runs on psycopg's async connection; on SQLite
in a thread of its own, whole: a driver that crosses threads for every cursor call (aiosqlite) took four times as long
per turn (12.7 ms against 3.2 ms).
"""

import asyncio
import math
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Engine, Executable, Row, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.store.errors import BadDatabaseUrl, Unreachable
from bot.store.precedence import Precedence

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")
Work = Callable[[Connection], T]

BUSY_MS = 15_000
"""How long a SQLite writer waits for another process' transaction, in milliseconds."""
PLACES = 8
"""How many statements and transactions of a process may be under way at a time, the urgent ones not counted."""
IDLE_SECONDS = 2.0
"""After which a PostgreSQL connection is tried out before it is used."""


class Database(ABC):
    """An open database. Every method raises Unreachable when it does not answer."""

    file: Path | None = None
    """The SQLite file; None for PostgreSQL."""

    def __init__(self) -> None:
        self.precedence = Precedence(PLACES)

    async def read(self, work: Work[T]) -> T:
        """Run `work` outside a transaction: every statement sees what is committed when it runs."""
        async with self.precedence.turn():
            return await self._read(work)

    async def write(self, work: Work[T], *, lasting: bool = True) -> T:
        """Run `work` as one transaction: committed when it returns, rolled back when it raises. It may run to its
        end although the caller was cancelled.

        What is not `lasting` outlives this process, yet if the database's own machine dies its last half a second may
        be lost: for what is worked out again from what lasts, since waiting for the disk takes longest of all.
        """
        async with self.precedence.turn():
            return await self._write(work, lasting)

    async def once(self, work: Work[T], *, urgent: bool = False, lasting: bool = True) -> T:
        """Run `work`, a single statement, as a transaction of its own: cheaper than `write` where the network is in
        between. What is `urgent` does not queue; `lasting` as there."""
        if urgent:
            return await self._once(work, urgent, lasting)
        async with self.precedence.turn():
            return await self._once(work, urgent, lasting)

    @abstractmethod
    async def _read(self, work: Work[T]) -> T: ...

    @abstractmethod
    async def _write(self, work: Work[T], lasting: bool) -> T: ...

    async def _once(self, work: Work[T], urgent: bool, lasting: bool) -> T:
        return await self._write(work, lasting)

    async def rows(self, query: Executable) -> Sequence[Row[Any]]:
        """Every row of a query."""
        return await self.read(lambda connection: connection.execute(query).all())

    async def row(self, query: Executable) -> Row[Any] | None:
        """The one row of a query, or None."""
        return await self.read(lambda connection: connection.execute(query).one_or_none())

    async def run(self, command: Executable, *, lasting: bool = True) -> int:
        """One command in a transaction of its own; gives how many rows it touched."""
        return await self.once(lambda connection: touched(connection, command), lasting=lasting)

    async def run_for_row(self, command: Executable, *, lasting: bool = True) -> Row[Any] | None:
        """One command with RETURNING in a transaction of its own; gives its row, or None."""
        return await self.once(lambda connection: connection.execute(command).one_or_none(), lasting=lasting)

    @abstractmethod
    def insert(self, table: Any) -> Any:
        """An INSERT that knows ON CONFLICT in this database's dialect."""

    @abstractmethod
    async def close(self) -> None:
        """Close every connection."""


def touched(connection: Connection, command: Executable, values: Mapping[str, Any] | None = None) -> int:
    """Execute a command; gives how many rows it touched."""
    return cast("CursorResult[Any]", connection.execute(command, values)).rowcount


class Sqlite(Database):
    """The embedded database, in WAL mode with `synchronous=NORMAL` (a commit survives the death of the process, not
    always that of the machine's power). Writes queue for one thread, reads go beside them."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        self._engine = create_engine(URL.create("sqlite", database=str(file)), pool_size=5, max_overflow=0)
        event.listen(self._engine, "connect", _prepare)
        self._writer = ThreadPoolExecutor(1, "store-write")
        self._readers = ThreadPoolExecutor(4, "store-read")

    async def _read(self, work: Work[T]) -> T:
        with _answering():
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work)

    async def _write(self, work: Work[T], lasting: bool) -> T:
        with _answering():
            return await asyncio.get_running_loop().run_in_executor(self._writer, self._change, work)

    def insert(self, table: Any) -> Any:
        """See Database."""
        return sqlite.insert(table)

    async def close(self) -> None:
        """See Database."""
        self._readers.shutdown()
        self._writer.shutdown()
        self._engine.dispose()

    def _look(self, work: Work[T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)

    def _change(self, work: Work[T]) -> T:
        with self._engine.begin() as connection:
            # The write lock is taken first, so that writers of two processes queue instead of failing half-way.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return work(connection)


class Postgres(Database):
    """A PostgreSQL server.

    Every round trip costs this process a tenth of a millisecond of its one core, so what is a single statement goes
    through connections that commit by themselves (one round trip in place of three), and a connection is tried out
    first only where it lay idle for a while. Few connections are enough, since each is busy for about a
    millisecond. What is urgent has its own, and what need not wait for the disk.
    """

    def __init__(self, url: URL) -> None:
        super().__init__()
        # A quarter of a second that a start on SQLite need not pay.
        from sqlalchemy.ext.asyncio import create_async_engine

        url = url.set(drivername="postgresql+psycopg")
        options = url.query.get("options", "")
        hasty = {"options": f"{options if isinstance(options, str) else ' '.join(options)} -c synchronous_commit=off"}

        def engine(size: int, **arguments: Any) -> "AsyncEngine":
            made = create_async_engine(url, pool_size=size, max_overflow=0, **arguments)
            _try_out_the_idle(made.sync_engine)
            return made

        patient, hurried = {"connect_timeout": 5}, {"connect_timeout": 5, **hasty}
        alone = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
        self._transactions = engine(PLACES, connect_args=patient)
        self._singles = engine(PLACES, connect_args=patient, **alone)
        self._urgent = engine(4, connect_args=patient, **alone)
        self._hasty_transactions = engine(PLACES, connect_args=hurried)
        self._hasty_singles = engine(PLACES, connect_args=hurried, **alone)

    async def _read(self, work: Work[T]) -> T:
        with _answering():
            async with self._singles.connect() as connection:
                return await connection.run_sync(work)

    async def _once(self, work: Work[T], urgent: bool, lasting: bool) -> T:
        engine = self._urgent if urgent else self._singles if lasting else self._hasty_singles
        with _answering():
            async with engine.connect() as connection:
                return await connection.run_sync(work)

    async def _write(self, work: Work[T], lasting: bool) -> T:
        with _answering():
            async with (self._transactions if lasting else self._hasty_transactions).begin() as connection:
                return await connection.run_sync(work)

    def insert(self, table: Any) -> Any:
        """See Database."""
        return postgresql.insert(table)

    async def close(self) -> None:
        """See Database."""
        hasty = (self._hasty_transactions, self._hasty_singles)
        for engine in (self._transactions, self._singles, self._urgent, *hasty):
            await engine.dispose()


def _try_out_the_idle(engine: Engine) -> None:
    """A connection that was not used for a while may have been cut off: ask before it is used again."""

    def put_back(_connection: object, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    def take_out(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("idle_since", math.inf) < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", put_back)
    event.listen(engine, "checkout", take_out)


def connect(address: str) -> Database:
    """The database at `sqlite:////path/file.db` or `postgresql://host/name`. Raises BadDatabaseUrl."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise BadDatabaseUrl(f"not a database address: {error}") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise BadDatabaseUrl("SQLite needs a file: state must outlive a connection")
        return Sqlite(Path(os.path.abspath(url.database)))
    if kind in ("postgresql", "postgres"):
        return Postgres(url)
    raise BadDatabaseUrl(f"unknown kind of database: {kind}")


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, not guessed by the driver
    cursor = connection.cursor()
    # The wait comes first: switching to WAL itself needs the lock.
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
