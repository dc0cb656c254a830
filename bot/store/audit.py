"""Who did what, when, through which version of the program. Rows are only ever added."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.store.database import Database
from bot.store.schema import audit


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act: `actor` is a Slack id, `version` the program's."""

    at: datetime
    workspace: str
    actor: str
    action: str
    record_id: str | None = None
    booking_uid: str | None = None
    version: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


_COLUMNS = tuple(audit.c[name] for name in AuditRow.__slots__)


class Audit:
    """The append-only log of acts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        at: datetime,
        workspace: str,
        actor: str,
        action: str,
        record_id: str | None = None,
        booking_uid: str | None = None,
        version: str = "",
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Note an act."""
        row = AuditRow(at, workspace, actor, action, record_id, booking_uid, version, detail or {})
        values = {name: getattr(row, name) for name in AuditRow.__slots__}
        await self._database.run(self._database.insert(audit).values(values))

    async def rows(
        self,
        *,
        workspace: str | None = None,
        actor: str | None = None,
        booking_uid: str | None = None,
        since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[AuditRow, ...]:
        """The latest `limit` acts that match, oldest first."""
        query = select(*_COLUMNS).order_by(audit.c.seq.desc()).limit(limit)
        if workspace is not None:
            query = query.where(audit.c.workspace == workspace)
        if actor is not None:
            query = query.where(audit.c.actor == actor)
        if booking_uid is not None:
            query = query.where(audit.c.booking_uid == booking_uid)
        if since is not None:
            query = query.where(audit.c.at >= since)
        return tuple(AuditRow(**row._mapping) for row in reversed(await self._database.rows(query)))
