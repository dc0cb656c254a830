"""The open store: one database and everything kept in it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.audit import Audit
from bot.store.budgets import Budgets
from bot.store.conversations import Conversations
from bot.store.counters import Counters
from bot.store.database import Database, connect
from bot.store.hooks import Hooks
from bot.store.leases import Leases
from bot.store.links import Links
from bot.store.memory import Memory
from bot.store.migrations import migrate
from bot.store.places import Places
from bot.store.records import Records
from bot.store.schema import STATE, places, records
from bot.store.timers import Timers
from bot.store.vault import Vault


class Store:
    """All durable state of the bot.

    `clock` gives the present (aware) for what is stored with a time; it may be a simulated one.
    """

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.database = database
        self.conversations = Conversations(database)
        self.records = Records(database, clock)
        self.places = Places(database, clock)
        self.links = Links(database, vault, clock)
        self.hooks = Hooks(database, vault, clock)
        self.memory = Memory(database, clock)
        self.audit = Audit(database)
        self.leases = Leases(database)
        self.timers = Timers(database)
        self.counters = Counters(database)
        self.budgets = Budgets(database)

    @classmethod
    async def open(cls, url: str, *, clock: Callable[[], datetime], keys: Sequence[str] = ()) -> "Store":
        """Open the database at `url` (`sqlite:////path/slotwise.db` or `postgresql://...`) and bring its tables up
        to date.

        `keys` are Fernet keys: the first encrypts credentials, all decrypt. Without any, SQLite gets a key file beside
        the database and PostgreSQL refuses credentials. Raises BadDatabaseUrl, SchemaTooNew.
        """
        database = connect(url)
        await migrate(database)
        vault = Vault.embedded(database.file) if not keys and database.file else Vault(keys)
        return cls(database, vault, clock)

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def prune(self, before: datetime) -> int:
        """Retention: delete what was said, records not touched and their places since that instant; gives how many
        utterances and records. Links, memory and the log of acts stay."""
        gone = await self.conversations.prune(before) + await self.records.prune(before)
        await self.database.run(delete(places).where(places.c.ref.not_in(select(records.c.id))))
        return gone

    async def reset(self) -> None:
        """Empty everything but the turns and timers (`Turns.reset` does those). Ids are random and never come again."""

        def empty(connection: Connection) -> None:
            for table in STATE:
                connection.execute(delete(table))

        await self.database.write(empty)
