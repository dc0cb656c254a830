"""What is kept: `slotwise log` (what was done), `slotwise data` (what is stored of a person), and retention."""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import system_now
from bot.config import Settings
from bot.store import Store, StoreError
from bot.store.person import Person

log = logging.getLogger(__name__)
Echo = Callable[[str], None]

EVERY_SECONDS = 3600.0
COUNTED = timedelta(days=2)
"""How long it is kept what was used of limits; their longest window is a day."""


async def show_log(settings: Settings, limit: int, as_json: bool, echo: Echo) -> None:
    """The newest acts, oldest first: when, who, what, which draft, which booking, in which version."""
    store = await Store.open(settings.database_url, clock=system_now, keys=settings.keys)
    try:
        rows = await store.audit.rows(limit=limit)
    finally:
        await store.close()
    for row in rows:
        if as_json:
            line = {
                "at": row.at.isoformat(),
                "workspace": row.workspace,
                "actor": row.actor,
                "action": row.action,
                "draft": row.record_id,
                "booking": row.booking_uid,
                "version": row.version,
            }
            echo(json.dumps(line))
        else:
            echo(
                f"{row.at:%Y-%m-%d %H:%M:%S}Z  {row.actor:12} {row.action:8} draft {row.record_id}  "
                f"booking {row.booking_uid or '-'}  version {row.version or '-'}"
            )
    if not rows and not as_json:
        echo("Nothing was done yet.")


async def personal_data(settings: Settings, action: str, workspace: str, user: str, echo: Echo) -> None:
    """Gives out (`export`) or deletes (`forget`) all that is stored of a Slack user."""
    store = await Store.open(settings.database_url, clock=system_now, keys=settings.keys)
    try:
        person = Person(store, workspace, user)
        if action == "export":
            echo(json.dumps(await person.export(), indent=1, ensure_ascii=False))
        else:
            counts = {table: count for table, count in (await person.forget()).items() if count}
            told = ", ".join(f"{count} of {table}" for table, count in counts.items())
            echo(f"Forgotten: {told}." if told else "Nothing was stored of that person.")
    finally:
        await store.close()


async def keep_tidy(store: Store, days: int, now: Callable[[], datetime]) -> None:
    """Once an hour, in one replica of the fleet: delete conversations and records older than the retention."""
    while True:
        try:
            async with store.leases.hold("retention", EVERY_SECONDS / 2) as mine:
                if mine:
                    gone = await store.prune(now() - timedelta(days=days))
                    gone += await store.counters.prune(now() - COUNTED)
                    log.info("retention: %d rows deleted", gone)
        except StoreError as error:
            log.warning("retention: %s", type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)
