"""The turns on the table: who waits, who runs where, what their steps gave. Each method is one short transaction.

A turn waits, runs under a `claim` (a random token of whoever runs it), and is done or failed. The rules the database
itself keeps: an id exists once; of a conversation at most one turn runs; a step is stored, and a turn finished, only
under the claim that holds it, so that a process that was taken for dead cannot write after its turn moved on.
"""

import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, case, delete, exists, func, insert, literal, null, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.errors import TurnLost
from bot.store.schema import Instant, Json, executors, steps, turns

Outcome = Literal["done", "failed"]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A turn under a claim. `attempts` counts this run too; `steps` are the results that earlier runs stored."""

    id: str
    kind: str
    workspace: str
    conversation: str
    payload: dict[str, Any]
    accepted: datetime
    attempts: int
    claim: str
    steps: dict[str, Any] = field(default_factory=dict)


_COLUMNS = (
    turns.c.id,
    turns.c.kind,
    turns.c.workspace,
    turns.c.conversation,
    turns.c.payload,
    turns.c.accepted,
    turns.c.attempts,
    turns.c.claim,
)


class Tickets:
    """The table of turns as one executor sees it."""

    def __init__(self, database: Database, executor: str, wall: Callable[[], datetime]) -> None:
        self._database = database
        self._executor = executor
        self._wall = wall

    async def accept(
        self,
        id: str,
        kind: str,
        workspace: str,
        conversation: str,
        payload: dict[str, Any],
        accepted: datetime,
        *,
        run: bool,
    ) -> Ticket | bool:
        """Store a turn. False: that id was seen before. A ticket: stored, claimed for this executor and to be run
        now (`run` was set and its conversation is free). True: stored, waiting."""
        claim = _token()
        ticket = Ticket(id, kind, workspace, conversation, payload, accepted, 1, claim)
        while True:
            try:
                async with self._database.write() as connection:
                    state = await self._insert(connection, ticket, run)
            except IntegrityError:
                run = False  # another replica started a turn of this conversation at the same moment
                continue
            if state is None:
                return False
            return ticket if state == "running" else True

    async def _insert(self, connection: AsyncConnection, ticket: Ticket, run: bool) -> str | None:
        busy = exists().where(
            turns.c.workspace == ticket.workspace,
            turns.c.conversation == ticket.conversation,
            turns.c.finished.is_(None),
        )
        waits = busy if run else literal(True)
        values: dict[str, Any] = {
            "id": literal(ticket.id),
            "kind": literal(ticket.kind),
            "workspace": literal(ticket.workspace),
            "conversation": literal(ticket.conversation),
            "payload": literal(ticket.payload, Json),
            "accepted": literal(ticket.accepted, Instant),
            "state": _either(waits, "waiting", "running"),
            "executor": _either(waits, None, self._executor),
            "claim": _either(waits, None, ticket.claim),
            "attempts": _either(waits, 0, 1),
        }
        command = (
            self._database.insert(turns)
            .from_select(list(values), select(*values.values()).where(literal(1) == 1))
            .on_conflict_do_nothing(index_elements=["id"])
            .returning(turns.c.state)
        )
        state: str | None = (await connection.execute(command)).scalar_one_or_none()
        return state

    async def finish(
        self, ticket: Ticket, outcome: Outcome, error: str | None, *, kinds: Collection[str], more: bool
    ) -> Ticket | None:
        """End a turn, forget its steps and (of a good one) its payload, and claim the next of its conversation if
        `more` are wanted. Raises TurnLost."""
        try:
            async with self._database.write() as connection:
                values: dict[str, Any] = {
                    "state": outcome,
                    "finished": self._wall(),
                    "claim": None,
                    "error": error,
                }
                if outcome == "done":
                    values["payload"] = {}
                await self._guarded(connection, ticket, values)
                await connection.execute(delete(steps).where(steps.c.turn == ticket.id))
                if not more:
                    return None
                following = _ready(kinds).where(
                    turns.c.workspace == ticket.workspace, turns.c.conversation == ticket.conversation
                )
                id = (await connection.execute(following.limit(1))).scalar_one_or_none()
                return await self._take(connection, id) if id is not None else None
        except IntegrityError:
            # Somebody else claimed the next one in the same moment: end this turn alone.
            return await self.finish(ticket, outcome, error, kinds=kinds, more=False)

    async def keep(self, ticket: Ticket, name: str, value: Any) -> None:
        """Store a step's result. Raises TurnLost."""
        held = select(literal(ticket.id), literal(name), literal(value, Json)).where(
            exists().where(turns.c.id == ticket.id, turns.c.claim == ticket.claim)
        )
        async with self._database.write() as connection:
            command = insert(steps).from_select(["turn", "name", "value"], held)
            if not (await connection.execute(command)).rowcount:
                raise TurnLost(ticket.id)

    async def again(self, ticket: Ticket) -> int:
        """Count one more attempt of a running turn; gives the new count. Raises TurnLost."""
        async with self._database.write() as connection:
            await self._guarded(connection, ticket, {"attempts": turns.c.attempts + 1})
            query = select(turns.c.attempts).where(turns.c.id == ticket.id)
            return int((await connection.execute(query)).scalar_one())

    async def claim(self, kinds: Collection[str], limit: int) -> list[Ticket]:
        """Claim up to `limit` waiting turns that nothing stands before, in the order of acceptance."""
        async with self._database.read() as connection:
            ids = (await connection.execute(_ready(kinds).order_by(turns.c.seq).limit(limit))).scalars().all()
        taken = []
        for id in ids:
            try:
                async with self._database.write() as connection:
                    ticket = await self._take(connection, id)
            except IntegrityError:
                continue  # another replica was faster
            if ticket is not None:
                taken.append(ticket)
        return taken

    async def _take(self, connection: AsyncConnection, id: str) -> Ticket | None:
        command = (
            update(turns)
            .where(turns.c.id == id, turns.c.state == "waiting")
            .values(state="running", executor=self._executor, claim=_token(), attempts=turns.c.attempts + 1)
            .returning(*_COLUMNS)
        )
        row = (await connection.execute(command)).one_or_none()
        if row is None:
            return None
        done = await connection.execute(select(steps.c.name, steps.c.value).where(steps.c.turn == id))
        return Ticket(**row._mapping, steps=dict(done.tuples().all()))

    async def _guarded(self, connection: AsyncConnection, ticket: Ticket, values: dict[str, Any]) -> None:
        command = update(turns).where(turns.c.id == ticket.id, turns.c.claim == ticket.claim).values(values)
        if not (await connection.execute(command)).rowcount:
            raise TurnLost(ticket.id)

    async def join(self, life: str, version: str) -> None:
        """Come alive: whatever an earlier life of this executor was running waits again."""
        values = {"life": life, "version": version, "beat": 0}
        command = (
            self._database.insert(executors)
            .values(id=self._executor, **values)
            .on_conflict_do_update(index_elements=["id"], set_=values)
        )
        async with self._database.write() as connection:
            await connection.execute(command)
            mine = turns.c.executor == self._executor
            nobodys = turns.c.executor.not_in(select(executors.c.id))
            await connection.execute(_waiting_again().where(or_(mine, nobodys)))

    async def beat(self, life: str) -> bool:
        """Show that this life goes on; False if it was declared dead or another process uses the same executor id."""
        command = (
            update(executors)
            .where(executors.c.id == self._executor, executors.c.life == life)
            .values(beat=executors.c.beat + 1)
        )
        async with self._database.write() as connection:
            return bool((await connection.execute(command)).rowcount)

    async def leave(self, life: str) -> None:
        """Go: turns still running here wait for any executor (the attempt does not count), and nobody needs to wait
        for this one's heartbeat to lapse."""
        gone = delete(executors).where(executors.c.id == self._executor, executors.c.life == life)
        async with self._database.write() as connection:
            if (await connection.execute(gone)).rowcount:
                await connection.execute(
                    _waiting_again().where(turns.c.executor == self._executor).values(attempts=turns.c.attempts - 1)
                )

    async def others(self) -> dict[str, tuple[str, int]]:
        """The other executors: life and heartbeats so far."""
        query = select(executors.c.id, executors.c.life, executors.c.beat).where(executors.c.id != self._executor)
        async with self._database.read() as connection:
            return {row.id: (row.life, row.beat) for row in (await connection.execute(query)).all()}

    async def bury(self, executor: str, life: str, beat: int) -> bool:
        """Declare another executor dead, if it has given no sign since `beat`: its turns wait again."""
        last = delete(executors).where(executors.c.id == executor, executors.c.life == life, executors.c.beat == beat)
        async with self._database.write() as connection:
            if not (await connection.execute(last)).rowcount:
                return False
            await connection.execute(_waiting_again().where(turns.c.executor == executor))
            return True

    async def unfinished(self, ids: Collection[str] | None = None) -> set[str]:
        """The ids of turns not yet finished (of those given, or of all)."""
        query = select(turns.c.id).where(turns.c.finished.is_(None))
        if ids is not None:
            query = query.where(turns.c.id.in_(list(ids)))
        async with self._database.read() as connection:
            return set((await connection.execute(query)).scalars().all())

    async def any_unfinished(self) -> bool:
        """Whether any turn of any executor is not yet finished."""
        async with self._database.read() as connection:
            query = select(exists().where(turns.c.finished.is_(None)))
            return bool((await connection.execute(query)).scalar_one())

    async def depth(self) -> dict[str, int]:
        """How many turns are waiting and running, over all executors."""
        query = select(turns.c.state, func.count()).where(turns.c.finished.is_(None)).group_by(turns.c.state)
        async with self._database.read() as connection:
            return {"waiting": 0, "running": 0} | dict((await connection.execute(query)).tuples().all())

    async def prune(self, before: datetime) -> int:
        """Forget turns finished before that instant; gives how many."""
        old = select(turns.c.id).where(turns.c.finished < before)
        async with self._database.write() as connection:
            await connection.execute(delete(steps).where(steps.c.turn.in_(old)))
            return (await connection.execute(delete(turns).where(turns.c.finished < before))).rowcount

    async def clear(self) -> None:
        """Forget every turn and step."""
        async with self._database.write() as connection:
            await connection.execute(delete(steps))
            await connection.execute(delete(turns))


def _token() -> str:
    return secrets.token_urlsafe(9)


def _either(condition: Any, yes: Any, no: Any) -> Any:
    return case((condition, null() if yes is None else literal(yes)), else_=literal(no))


def _waiting_again() -> Any:
    return update(turns).where(turns.c.state == "running").values(state="waiting", executor=None, claim=None)


def _ready(kinds: Collection[str]) -> Select[str]:
    """Waiting turns of these kinds, first of their conversation, with none of it running."""
    before = turns.alias()
    return select(turns.c.id).where(
        turns.c.state == "waiting",
        turns.c.finished.is_(None),
        turns.c.kind.in_(list(kinds)),
        ~exists().where(
            before.c.workspace == turns.c.workspace,
            before.c.conversation == turns.c.conversation,
            before.c.finished.is_(None),
            or_(before.c.state == "running", before.c.seq < turns.c.seq),
        ),
    )


def plain(value: Any) -> Any:
    """The value as it comes back from the database (tuples are lists then). Raises TypeError for what is not JSON."""
    return json.loads(json.dumps(value))
