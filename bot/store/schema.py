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
        """To the database. Raises TypeError for what is not JSON."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From the database."""
        return None if value is None else json.loads(value)


def _serial() -> Column[int]:
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    _serial(),
    Column("workspace", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("turn", Text),
    Column("place", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

records = Table(
    "records",
    metadata,
    _serial(),
    Column("id", Text, nullable=False),
    Column("key", Text),
    Column("workspace", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("requester", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("subject", Text),
    Column("created", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("expires", Instant),
    Column("version", Integer, nullable=False),
)

places = Table(
    "places",
    metadata,
    _serial(),
    Column("ref", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("ephemeral", Boolean, nullable=False),
    Column("response_url", Text),
    Column("response_until", Instant),
    Column("response_uses", Integer, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("slack_id", Text, primary_key=True),
    Column("username", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("zone", Text),
    Column("calcom_id", BigInteger),
    Column("credential_kind", Text),
    Column("credential_secret", Text),
    Column("updated", Instant, nullable=False),
)

memory = Table(
    "memory",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("slack_id", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated", Instant, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _serial(),
    Column("at", Instant, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("record_id", Text),
    Column("booking_uid", Text),
    Column("version", Text, nullable=False),
    Column("detail", Json, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    _serial(),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("accepted", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("executor", Text),
    Column("claim", Text),
    Column("attempts", Integer, nullable=False),
    Column("finished", Instant),
    Column("error", Text),
)

steps = Table(
    "steps",
    metadata,
    Column("turn", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Json, nullable=False),
)

executors = Table(
    "executors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("life", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("beat", BigInteger, nullable=False),
)

STATE = (entries, records, places, links, memory, audit)
"""Everything but the turns: what `Store.reset` empties."""
