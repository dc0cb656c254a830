"""Small things remembered about a person: whom a name meant, a typed e-mail address, preferences."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.schema import memory


class Memory:
    """Values per person, topic and key."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def get(self, workspace: str, slack_id: str, topic: str, key: str) -> str | None:
        """The remembered value."""
        return (await self.all(workspace, slack_id, topic)).get(key)

    async def put(self, workspace: str, slack_id: str, topic: str, key: str, value: str) -> None:
        """Remember a value in place of the old one."""
        now = self._clock()
        command = (
            self._database.insert(memory)
            .values(workspace=workspace, slack_id=slack_id, topic=topic, key=key, value=value, updated=now)
            .on_conflict_do_update(
                index_elements=["workspace", "slack_id", "topic", "key"], set_={"value": value, "updated": now}
            )
        )
        await self._database.run(command)

    async def forget(self, workspace: str, slack_id: str, topic: str, key: str | None = None) -> int:
        """Forget one key, or the whole topic; gives how many values."""
        command = delete(memory).where(
            memory.c.workspace == workspace, memory.c.slack_id == slack_id, memory.c.topic == topic
        )
        if key is not None:
            command = command.where(memory.c.key == key)
        return await self._database.run(command)

    async def all(self, workspace: str, slack_id: str, topic: str) -> dict[str, str]:
        """Every key and value of a topic, the oldest first."""
        query = (
            select(memory.c.key, memory.c.value)
            .where(memory.c.workspace == workspace, memory.c.slack_id == slack_id, memory.c.topic == topic)
            .order_by(memory.c.updated, memory.c.key)
        )
        return {row.key: row.value for row in await self._database.rows(query)}
