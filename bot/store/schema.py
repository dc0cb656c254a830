"""The tables as the queries see them. What creates and changes them is `migrations`; a test holds the two together.

Instants are stored as whole microseconds since 1970 UTC, JSON as text: the same on both databases.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 UTC. Naive ones are refused with a TypeError."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database, in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=int(value))


class Json(TypeDecorator[Any]):
    """Any JSON value, kept as compact text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """To the database, in ASCII: odd characters survive escaped. Raises TypeError for what is not JSON."""
        return json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From the database."""
        return None if value is None else json.loads(value)


class Words(TypeDecorator[str]):
    """Text from outside. What no database takes (NUL, half a surrogate pair) is left out or replaced by "?"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else value.replace("\0", "").encode("utf-8", "replace").decode()


def _serial() -> Column[int]:
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    _serial(),
    Column("workspace", Words, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("turn", Words),
    Column("place", Integer, nullable=False),
    Column("role", Words, nullable=False),
    Column("speaker", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Instant, nullable=False),
)

records = Table(
    "records",
    metadata,
    _serial(),
    Column("id", Words, nullable=False),
    Column("key", Words),
    Column("workspace", Words, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("requester", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("payload", Json, nullable=False),
    Column("subject", Words),
    Column("created", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("expires", Instant),
    Column("version", Integer, nullable=False),
)

places = Table(
    "places",
    metadata,
    _serial(),
    Column("ref", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("ts", Words, nullable=False),
    Column("user", Words, nullable=False),
    Column("ephemeral", Boolean, nullable=False),
    Column("response_url", Words),
    Column("response_until", Instant),
    Column("response_uses", Integer, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("workspace", Words, primary_key=True),
    Column("slack_id", Words, primary_key=True),
    Column("username", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("zone", Words),
    Column("calcom_id", BigInteger),
    Column("credential_kind", Words),
    Column("credential_secret", Words),
    Column("updated", Instant, nullable=False),
)

memory = Table(
    "memory",
    metadata,
    Column("workspace", Words, primary_key=True),
    Column("slack_id", Words, primary_key=True),
    Column("topic", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
    Column("updated", Instant, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _serial(),
    Column("at", Instant, nullable=False),
    Column("workspace", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("record_id", Words),
    Column("booking_uid", Words),
    Column("version", Words, nullable=False),
    Column("detail", Json, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    _serial(),
    Column("id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("workspace", Words, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("payload", Json, nullable=False),
    Column("accepted", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("executor", Words),
    Column("claim", Words),
    Column("attempts", Integer, nullable=False),
    Column("finished", Instant),
    Column("error", Words),
)

steps = Table(
    "steps",
    metadata,
    Column("turn", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("value", Json, nullable=False),
)

executors = Table(
    "executors",
    metadata,
    Column("id", Words, primary_key=True),
    Column("life", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("beat", BigInteger, nullable=False),
)

timers = Table(
    "timers",
    metadata,
    Column("id", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("workspace", Words, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("payload", Json, nullable=False),
    Column("due", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("until", Instant, nullable=False),
)

hooks = Table(
    "hooks",
    metadata,
    Column("id", Words, primary_key=True),
    Column("workspace", Words, nullable=False),
    Column("owner", Words, nullable=False),
    Column("remote", Words, nullable=False),
    Column("secret", Words, nullable=False),
    Column("event_type_id", BigInteger),
    Column("updated", Instant, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("workspace", Words, primary_key=True),
    Column("person", Words, primary_key=True),
    Column("meter", Words, primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("used", BigInteger, nullable=False),
    Column("told", Boolean, nullable=False),
)

budgets = Table(
    "budgets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("allowed", BigInteger, nullable=False),
    Column("granted", BigInteger, nullable=False),
    Column("ends", Instant, nullable=False),
)

STATE = (entries, records, places, links, memory, audit, leases, hooks, counters, budgets)
"""Everything but the turns and timers: what `Store.reset` empties."""
