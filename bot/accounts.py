"""Linked accounts given by configuration: Slack e-mail and Cal.com API key, until people link by OAuth themselves."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.calcom import CalCom, CalComError
from bot.calcom import Credential as Key
from bot.scheduling.people import Directory
from bot.store import Credential, Link, Store

log = logging.getLogger(__name__)


async def link_configured(
    accounts: Mapping[str, str],
    workspace: str,
    calcom: CalCom,
    directory: Directory,
    store: Store,
    left: Callable[[str, str], Awaitable[bool]],
) -> int:
    """Link each Slack user whose e-mail is listed to the account its key belongs to; gives how many were linked.

    Who has linked an account themselves keeps that one, and whom `left` says unlinked on purpose stays unlinked.
    """
    linked = 0
    people = {(p.email or "").casefold(): p for p in await directory.people(workspace)}
    for email, secret in accounts.items():
        person = people.get(email.casefold())
        if person is None:
            log.warning("CALCOM_ACCOUNTS names an address that nobody in the Slack workspace has")
            continue
        present = await store.links.get(workspace, person.slack_id)
        if (present and present.credential and present.credential.kind == "oauth") or await left(
            workspace, person.slack_id
        ):
            continue
        try:
            me = await calcom.acting(Key("key", secret)).me()
        except CalComError as error:
            log.warning("CALCOM_ACCOUNTS: a key was not accepted (%s)", type(error).__name__)
            continue
        await store.links.put(
            Link(
                workspace=workspace,
                slack_id=person.slack_id,
                username=me.username,
                email=me.email,
                name=me.name or person.name,
                zone=me.zone,
                credential=Credential("key", secret),
                calcom_id=me.id,
            )
        )
        linked += 1
    return linked
