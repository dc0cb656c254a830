"""What is kept: `slotwise log` (what was done), `slotwise data` (what is stored of a person, and in which schema)."""

import json
from collections.abc import Callable

from bot.calcom import CalCom
from bot.clock import system_now
from bot.config import Settings
from bot.farewell import forget
from bot.hearing import oauth_app
from bot.scheduling.accounts import Accounts
from bot.store import Store, WrongKey
from bot.store.database import connect
from bot.store.migrations import STEPS, migrate
from bot.store.person import Person

Echo = Callable[[str], None]


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


async def bring_up_to_date(settings: Settings, echo: Echo) -> None:
    """Bring the tables to this version's schema, as every start of the program does. Raises StoreError."""
    database = connect(settings.database_url)
    try:
        found = await migrate(database)
    finally:
        await database.close()
    now = len(STEPS)
    echo(f"The database has schema {now} already." if found == now else f"Schema {found} became schema {now}.")


async def give_out(settings: Settings, workspace: str, user: str, echo: Echo) -> None:
    """All that is stored of a Slack user, as JSON. Raises StoreError."""
    store = await Store.open(settings.database_url, clock=system_now, keys=settings.keys)
    try:
        echo(json.dumps(await Person(store, workspace, user).export(), indent=1, ensure_ascii=False))
    finally:
        await store.close()


async def let_go(settings: Settings, workspace: str, user: str, echo: Echo) -> bool:
    """Delete all that is stored of a Slack user, and their webhooks at Cal.com; False when something remains. Raises
    StoreError."""
    store = await Store.open(settings.database_url, clock=system_now, keys=settings.keys)
    calcom = CalCom(settings.calcom_api_url, clock=system_now)
    try:
        accounts = Accounts(calcom, store, system_now, *oauth_app(settings))
        email = await _email_of(store, workspace, user)
        done = await forget(store, calcom, accounts, workspace, user)
    finally:
        await calcom.aclose()
        await store.close()
    told = ", ".join(f"{count} of {table}" for table, count in done.deleted.items() if count)
    echo(f"Forgotten: {told}." if told else "Nothing was stored of that person.")
    remains = list(done.remains)
    if email and email in {name.casefold() for name in settings.calcom_accounts}:
        remains.append("CALCOM_ACCOUNTS names them: take them out, or they are linked again at the next start.")
    for sentence in remains:
        echo(f"Remains: {sentence}")
    for sentence in done.elsewhere:
        echo(sentence)
    return not remains


async def _email_of(store: Store, workspace: str, user: str) -> str:
    try:
        link = await store.links.get(workspace, user)
    except WrongKey:
        return ""
    return link.email.casefold() if link else ""
