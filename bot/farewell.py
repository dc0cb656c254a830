"""Letting go of a person: what is stored of them, and what was registered at Cal.com on their behalf."""

import asyncio
import logging
from dataclasses import dataclass

from bot.calcom import CalCom, CalComError, Credential, NotFound
from bot.scheduling.accounts import Accounts
from bot.store import Hook, Link, Store, WrongKey
from bot.store.person import Person

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 30.0
"""How long a request of theirs that is being worked on is waited for: what it stores is to be deleted too."""


@dataclass(frozen=True)
class Farewell:
    """How it went: rows deleted by table; what could not be done and has to be done by hand or tried again; and what
    lies with others."""

    deleted: dict[str, int]
    remains: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


async def forget(
    store: Store,
    calcom: CalCom,
    accounts: Accounts,
    workspace: str,
    slack_id: str,
    patience: float = PATIENCE_SECONDS,
) -> Farewell:
    """Take back the person's webhooks, then delete everything stored of them, tokens included. What Cal.com does not
    let us take back is named, and does not keep the rest from being deleted."""
    remains: list[str] = []
    elsewhere: list[str] = []
    link: Link | None = None
    try:
        link = await store.links.get(workspace, slack_id)
        hooks = await store.hooks.all_of(workspace, slack_id)
    except WrongKey:
        remains.append(
            "Their Cal.com credential can't be read with the present ENCRYPTION_KEYS, so no webhook was taken back."
        )
    else:
        remains += await _webhooks(hooks, link, calcom, accounts)
    if link and link.credential and link.credential.kind == "oauth":
        elsewhere.append(
            f"Their tokens are deleted here. Cal.com's API takes none back: the user {link.username} can remove the "
            "app in Cal.com's settings."
        )
    person = Person(store, workspace, slack_id)
    if await _still_busy(person, patience):
        remains.append("A request of theirs is still being worked on. Run this again when it is done.")
    return Farewell(await person.forget(), tuple(remains), tuple(elsewhere))


async def _webhooks(hooks: tuple[Hook, ...], link: Link | None, calcom: CalCom, accounts: Accounts) -> list[str]:
    """Deletes them at Cal.com; gives a sentence for each that stays."""
    if not hooks:
        return []
    credential: Credential | None = None
    why = "their account is not linked any more"
    try:
        credential = await accounts.credential(link)
    except CalComError as error:
        why = type(error).__name__
    stay = []
    for hook in hooks:
        try:
            if credential is not None:
                await calcom.acting(credential).delete_webhook(hook.remote)
                continue
        except NotFound:
            continue
        except CalComError as error:
            why = type(error).__name__
        stay.append(
            f"The webhook {hook.remote} stays at Cal.com ({why}). What it sends is refused from now on; it can be "
            "deleted in Cal.com's settings under “Webhooks”."
        )
    return stay


async def _still_busy(person: Person, patience: float) -> bool:
    """Waits for turns under way to end; True when some did not."""
    try:
        async with asyncio.timeout(patience):
            while await person.has_turns_under_way():  # noqa: ASYNC110 (another process works them off)
                await asyncio.sleep(0.1)
    except TimeoutError:
        return True
    return False
