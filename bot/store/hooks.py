"""The webhooks registered at Cal.com on people's behalf, each with the secret its deliveries are signed with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from bot.store.database import Database
from bot.store.schema import hooks
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Hook:
    """One registered webhook.

    `id` is ours and stands in the address; `remote` is Cal.com's. `owner` is the Slack id of the person whose bookings
    it tells of; empty for one of an event type, and then `event_type_id` names that. `secret` signs, encrypted at rest.
    """

    id: str
    workspace: str
    owner: str
    remote: str
    secret: str = field(repr=False)
    event_type_id: int | None = None


class Hooks:
    """All registered webhooks."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    async def put(self, hook: Hook) -> None:
        """Store or replace one. Raises NoKey."""
        values = {
            "workspace": hook.workspace,
            "owner": hook.owner,
            "remote": hook.remote,
            "secret": self._vault.seal(hook.secret),
            "event_type_id": hook.event_type_id,
            "updated": self._clock(),
        }
        command = self._database.insert(hooks).values(id=hook.id, **values)
        await self._database.run(command.on_conflict_do_update(index_elements=["id"], set_=values))

    async def get(self, id: str) -> Hook | None:
        """The webhook of an address. Raises WrongKey."""
        row = await self._database.row(select(hooks).where(hooks.c.id == id))
        return self._hook(row) if row else None

    async def of(self, workspace: str, owner: str, event_type_id: int | None = None) -> Hook | None:
        """A person's webhook, or (with an empty owner) an event type's."""
        query = select(hooks).where(hooks.c.workspace == workspace, hooks.c.owner == owner)
        same = hooks.c.event_type_id.is_(None) if event_type_id is None else hooks.c.event_type_id == event_type_id
        row = await self._database.row(query.where(same).order_by(hooks.c.updated.desc()).limit(1))
        return self._hook(row) if row else None

    async def all_of(self, workspace: str, owner: str) -> tuple[Hook, ...]:
        """Every webhook of a person. Raises WrongKey."""
        query = select(hooks).where(hooks.c.workspace == workspace, hooks.c.owner == owner).order_by(hooks.c.updated)
        return tuple(self._hook(row) for row in await self._database.rows(query))

    async def remove(self, id: str) -> bool:
        """Forget one; False if there was none."""
        return bool(await self._database.run(delete(hooks).where(hooks.c.id == id)))

    def _hook(self, row: Row[Any]) -> Hook:
        return Hook(row.id, row.workspace, row.owner, row.remote, self._vault.open(row.secret), row.event_type_id)
