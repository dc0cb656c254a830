"""What was said: the history that the assistant sees of a conversation (a whole DM, or one channel thread)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.schema import entries

Role = Literal["asker", "bot"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance. `name` is the speaker's, `at` aware, `speaker` the asker's Slack id (by it a person's words are
    exported and forgotten)."""

    role: Role
    name: str
    text: str
    at: datetime
    speaker: str = ""


class Conversations:
    """The utterances of all conversations, in the order in which they were appended."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, workspace: str, conversation: str, *said: Entry, turn: str | None = None) -> None:
        """Add utterances at the end, all or none.

        With `turn` the call is idempotent: repeated with the same key it adds nothing. Two appends within one turn
        need two keys (`"Ev1"` and `"Ev1/answer"`).
        """
        if not said:
            return
        rows = [
            {
                "workspace": workspace,
                "conversation": conversation,
                "turn": turn,
                "place": place,
                "role": entry.role,
                "speaker": entry.speaker,
                "name": entry.name,
                "text": entry.text,
                "at": entry.at,
            }
            for place, entry in enumerate(said)
        ]
        await self._database.run(self._database.insert(entries).values(rows).on_conflict_do_nothing(), lasting=False)

    async def history(self, workspace: str, conversation: str, limit: int = 20) -> tuple[Entry, ...]:
        """The last `limit` utterances, oldest first."""
        query = (
            select(entries.c.role, entries.c.name, entries.c.text, entries.c.at, entries.c.speaker)
            .where(entries.c.workspace == workspace, entries.c.conversation == conversation)
            .order_by(entries.c.seq.desc())
            .limit(limit)
        )
        return tuple(Entry(*row) for row in reversed(await self._database.rows(query)))

    async def prune(self, before: datetime) -> int:
        """Delete what was said before that instant; gives how many utterances."""
        return await self._database.run(delete(entries).where(entries.c.at < before))
