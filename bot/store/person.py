"""All that is stored of one person: given out, or deleted."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, cast, delete, exists, or_, select, update

from bot.store.schema import audit, counters, entries, hooks, links, memory, places, records, timers, turns
from bot.store.store import Store

FORGOTTEN = "forgotten"
"""Stands for a person who wanted to be forgotten, in the log of acts: what was done stays, by whom does not."""

_ENDED = turns.c.finished.is_not(None)
"""Of finished turns only failed ones keep their payload; what runs is not to be pulled away."""


class Person:
    """A Slack user of a workspace, as far as the store knows one."""

    def __init__(self, store: Store, workspace: str, slack_id: str) -> None:
        self._database = store.database
        self._workspace = workspace
        self._slack_id = slack_id

    async def export(self) -> dict[str, Any]:
        """Every row about the person as JSON, times in ISO 8601 UTC. Credentials are named, not given."""

        def collect(connection: Connection) -> dict[str, Any]:
            def rows(query: Select[Any]) -> list[dict[str, Any]]:
                return [_plain(row._mapping) for row in connection.execute(query)]

            return {
                "workspace": self._workspace,
                "slack_id": self._slack_id,
                "links": rows(select(*_but(links, "credential_secret")).where(*self._owns(links))),
                "subscriptions": rows(select(*_but(hooks, "secret")).where(*self._hooked())),
                "memory": rows(select(memory).where(*self._owns(memory))),
                "counters": rows(select(counters).where(*self._counted())),
                "conversations": rows(select(entries).where(self._said()).order_by(entries.c.seq)),
                "records": rows(select(records).where(*self._requested()).order_by(records.c.seq)),
                "places": rows(select(*_but(places, "response_url")).where(self._shown()).order_by(places.c.seq)),
                "turns": rows(select(turns).where(self._named(turns)).order_by(turns.c.seq)),
                "timers": rows(select(timers).where(self._named(timers)).order_by(timers.c.due)),
                "audit": rows(select(audit).where(*self._did()).order_by(audit.c.seq)),
            }

        return await self._database.read(collect)

    async def has_turns_under_way(self) -> bool:
        """Whether something of the person is accepted and not finished."""
        under_way = select(turns.c.seq).where(self._named(turns), turns.c.finished.is_(None)).limit(1)
        return bool(await self._database.rows(under_way))

    async def forget(self) -> dict[str, int]:
        """Delete it all; gives how many rows by table. The log of acts keeps the acts under another name."""
        commands = {
            "links": delete(links).where(*self._owns(links)),
            "subscriptions": delete(hooks).where(*self._hooked()),
            "memory": delete(memory).where(*self._owns(memory)),
            "counters": delete(counters).where(*self._counted()),
            "places": delete(places).where(self._shown()),
            "conversations": delete(entries).where(self._said()),
            "records": delete(records).where(*self._requested()),
            "turns": update(turns).where(self._named(turns), _ENDED).values(payload={}),
            "timers": delete(timers).where(self._named(timers)),
            "audit": update(audit).where(*self._did()).values(actor=FORGOTTEN, detail={}),
        }

        def erase(connection: Connection) -> dict[str, int]:
            # Places hang on records, so they go first.
            return {name: connection.execute(command).rowcount for name, command in commands.items()}

        return await self._database.write(erase)

    def _owns(self, table: Any) -> tuple[ColumnElement[bool], ...]:
        return table.c.workspace == self._workspace, table.c.slack_id == self._slack_id

    def _counted(self) -> tuple[ColumnElement[bool], ...]:
        return counters.c.workspace == self._workspace, counters.c.person == self._slack_id

    def _hooked(self) -> tuple[ColumnElement[bool], ...]:
        return hooks.c.workspace == self._workspace, hooks.c.owner == self._slack_id

    def _requested(self) -> tuple[ColumnElement[bool], ...]:
        return records.c.workspace == self._workspace, records.c.requester == self._slack_id

    def _did(self) -> tuple[ColumnElement[bool], ...]:
        return audit.c.workspace == self._workspace, audit.c.actor == self._slack_id

    def _shown(self) -> ColumnElement[bool]:
        theirs = select(records.c.id).where(*self._requested())
        return or_(places.c.ref.in_(theirs), places.c.user == self._slack_id)

    def _said(self) -> ColumnElement[bool]:
        """What the person said, and what was answered where nobody else asked."""
        same = entries.alias("same")
        here = and_(same.c.workspace == entries.c.workspace, same.c.conversation == entries.c.conversation)
        alone = and_(
            entries.c.role == "bot",
            exists().where(here, same.c.role == "asker", same.c.speaker == self._slack_id),
            ~exists().where(here, same.c.role == "asker", same.c.speaker != self._slack_id),
        )
        return and_(entries.c.workspace == self._workspace, or_(entries.c.speaker == self._slack_id, alone))

    def _named(self, table: Any) -> ColumnElement[bool]:
        """Rows whose payload names the person."""
        named = cast(table.c.payload, Text).contains(f'"{self._slack_id}"', autoescape=True)
        return and_(table.c.workspace == self._workspace, named)


def _but(table: Any, *names: str) -> list[Any]:
    return [column for column in table.c if column.name not in names]


def _plain(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
