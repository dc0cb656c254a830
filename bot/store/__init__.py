"""Durable state: conversations, records, links, preferences and turns; SQLite embedded, PostgreSQL to scale."""

from bot.store.audit import Audit, AuditRow
from bot.store.conversations import Conversations, Entry, Role
from bot.store.counters import Counter, Counters
from bot.store.errors import (
    BadDatabaseUrl,
    NoHandler,
    NoKey,
    SchemaTooNew,
    StepReused,
    StoreError,
    TurnAbandoned,
    TurnLost,
    TurnTooLong,
    Unreachable,
    WrongKey,
)
from bot.store.hooks import Hook, Hooks
from bot.store.leases import Leases
from bot.store.links import Credential, Link, Links
from bot.store.memory import Memory
from bot.store.places import Place, Places
from bot.store.records import UNCHANGED, Record, Records, Unchanged
from bot.store.store import Store
from bot.store.timers import Timer
from bot.store.turn import Turn
from bot.store.turns import Turns

__all__ = [
    "UNCHANGED",
    "Audit",
    "AuditRow",
    "BadDatabaseUrl",
    "Conversations",
    "Counter",
    "Counters",
    "Credential",
    "Entry",
    "Hook",
    "Hooks",
    "Leases",
    "Link",
    "Links",
    "Memory",
    "NoHandler",
    "NoKey",
    "Place",
    "Places",
    "Record",
    "Records",
    "Role",
    "SchemaTooNew",
    "StepReused",
    "Store",
    "StoreError",
    "Timer",
    "Turn",
    "TurnAbandoned",
    "TurnLost",
    "TurnTooLong",
    "Turns",
    "Unchanged",
    "Unreachable",
    "WrongKey",
]
