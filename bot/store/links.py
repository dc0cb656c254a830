"""Which Cal.com account belongs to which Slack user, and the credential for it, encrypted at rest."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.store.database import Database
from bot.store.schema import links
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Credential:
    """A way to act as the linked person: `kind` says which ("key", "oauth"), `secret` is opaque and never shown."""

    kind: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A linked account. `zone` is an IANA name, `email` the verified address at Cal.com."""

    workspace: str
    slack_id: str
    username: str
    email: str
    name: str
    zone: str | None = None
    credential: Credential | None = None
    calcom_id: int | None = None


class Links:
    """The linked accounts of all workspaces. Usernames and e-mails are found whatever their case."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    async def put(self, link: Link) -> None:
        """Store or replace a person's link. Raises NoKey if it carries a credential and no key is configured."""
        credential = link.credential
        values = {
            "username": link.username.lower(),
            "email": link.email.lower(),
            "name": link.name,
            "zone": link.zone,
            "calcom_id": link.calcom_id,
            "credential_kind": credential.kind if credential else None,
            "credential_secret": self._vault.seal(credential.secret) if credential else None,
            "updated": self._clock(),
        }
        command = (
            self._database.insert(links)
            .values(workspace=link.workspace, slack_id=link.slack_id, **values)
            .on_conflict_do_update(index_elements=["workspace", "slack_id"], set_=values)
        )
        await self._database.run(command)

    async def get(self, workspace: str, slack_id: str) -> Link | None:
        """The person's link. Raises WrongKey."""
        return await self._first(links.c.workspace == workspace, links.c.slack_id == slack_id)

    async def by_username(self, workspace: str, username: str) -> Link | None:
        """The link to that Cal.com user, the latest if several people linked it."""
        return await self._first(links.c.workspace == workspace, links.c.username == username.lower())

    async def by_email(self, workspace: str, email: str) -> Link | None:
        """The link with that verified address."""
        return await self._first(links.c.workspace == workspace, links.c.email == email.lower())

    async def all(self, workspace: str) -> tuple[Link, ...]:
        """Everybody linked in the workspace, by name."""
        query = select(links).where(links.c.workspace == workspace).order_by(links.c.name, links.c.slack_id)
        return tuple(self._link(row) for row in await self._database.rows(query))

    async def remove(self, workspace: str, slack_id: str) -> bool:
        """Unlink; False if there was no link."""
        command = delete(links).where(links.c.workspace == workspace, links.c.slack_id == slack_id)
        return bool(await self._database.run(command))

    async def rotate(self) -> int:
        """Encrypt every credential anew under the first key; gives how many. Raises WrongKey."""

        def reseal(connection: Connection) -> int:
            rows = connection.execute(select(links).where(links.c.credential_secret.is_not(None))).all()
            for row in rows:
                connection.execute(
                    update(links)
                    .where(links.c.workspace == row.workspace, links.c.slack_id == row.slack_id)
                    .values(credential_secret=self._vault.reseal(row.credential_secret))
                )
            return len(rows)

        return await self._database.write(reseal)

    async def _first(self, *conditions: ColumnElement[bool]) -> Link | None:
        query = select(links).where(*conditions).order_by(links.c.updated.desc()).limit(1)
        row = await self._database.row(query)
        return self._link(row) if row else None

    def _link(self, row: Row[Any]) -> Link:
        secret = row.credential_secret
        return Link(
            workspace=row.workspace,
            slack_id=row.slack_id,
            username=row.username,
            email=row.email,
            name=row.name,
            zone=row.zone,
            calcom_id=row.calcom_id,
            credential=Credential(row.credential_kind, self._vault.open(secret)) if secret else None,
        )
