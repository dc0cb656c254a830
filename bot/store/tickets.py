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
from functools import partial
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Integer,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from bot.store.database import Database, touched
from bot.store.errors import TurnLost
from bot.store.schema import steps, timers, turns

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

    def __init__(self, database: Database, executor: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._executor = executor
        self._clock = clock
        self._insert = (
            database.insert(turns)
            .from_select(list(_NEW), select(*_NEW.values()).where(literal(1) == 1))
            .on_conflict_do_nothing(index_elements=["id"])
            .returning(turns.c.state)
        )
        self._keep = (
            database.insert(steps)
            .from_select(["turn", "name", "value"], select(*_STEP).where(*_MINE).with_for_update())
            .on_conflict_do_nothing()
            .returning(steps.c.turn)
        )

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
        ticket = Ticket(id, kind, workspace, conversation, payload, accepted, 1, _token())
        values = {
            "new_id": id,
            "new_kind": kind,
            "new_workspace": workspace,
            "new_conversation": conversation,
            "new_payload": payload,
            "new_accepted": accepted,
            "new_executor": self._executor,
            "new_claim": ticket.claim,
        }

        def add(connection: Connection) -> str | None:
            row = connection.execute(self._insert, values | {"wait": 0 if run else 1}).one_or_none()
            return row.state if row else None

        try:
            state = await self._database.once(add, urgent=True)
        except IntegrityError:
            run = False  # another replica started a turn of this conversation at the same moment
            state = await self._database.once(add, urgent=True)
        if state is None:
            return False
        return ticket if state == "running" else True

    async def finish(
        self, ticket: Ticket, outcome: Outcome, error: str | None, *, kinds: Collection[str], more: bool
    ) -> Ticket | None:
        """End a turn, forget its steps and (of a good one) its payload, and claim the next of its conversation if
        `more` are wanted. Raises TurnLost."""
        values = {
            "ticket": ticket.id,
            "held": ticket.claim,
            "outcome": outcome,
            "now": self._clock(),
            "why": error,
            "left": {} if outcome == "done" else ticket.payload,
        }

        def finish(connection: Connection, more: bool = more) -> Ticket | None:
            if not touched(connection, _END, values):
                raise TurnLost(ticket.id)
            connection.execute(_FORGET_STEPS, {"ticket": ticket.id})
            if not more:
                return None
            lane = {"kinds": list(kinds), "lane_workspace": ticket.workspace, "lane": ticket.conversation}
            id = connection.execute(_NEXT, lane).scalar_one_or_none()
            return self._take(connection, id) if id is not None else None

        try:
            return await self._database.write(finish, lasting=False)
        except IntegrityError:
            # Another replica claimed the next one at the same moment: end this turn alone.
            return await self._database.write(lambda connection: finish(connection, more=False))

    async def keep(self, ticket: Ticket, name: str, value: Any) -> None:
        """Store a step's result; the same again if it is stored already. Raises TurnLost."""
        values = {"ticket": ticket.id, "held": ticket.claim, "step": name, "value": value}

        if await self._database.once(lambda connection: connection.execute(self._keep, values).all(), lasting=False):
            return
        if not await self._database.read(lambda connection: connection.execute(_HELD, values).all()):
            raise TurnLost(ticket.id)

    async def claim(self, kinds: Collection[str], limit: int) -> list[Ticket]:
        """Claim up to `limit` waiting turns that nothing stands before, in the order of acceptance."""
        ready = await self._database.read(
            lambda connection: connection.execute(_READY, {"kinds": list(kinds), "room": limit}).scalars().all()
        )
        taken = []
        for id in ready:
            try:
                ticket = await self._database.write(partial(self._take, id=id))
            except IntegrityError:
                continue  # another replica was faster
            if ticket is not None:
                taken.append(ticket)
        return taken

    def _take(self, connection: Connection, id: str) -> Ticket | None:
        values = {"ticket": id, "by": self._executor, "new_claim": _token()}
        row = connection.execute(_TAKE, values).one_or_none()
        if row is None:
            return None
        done = connection.execute(_STEPS, {"ticket": id}).all()
        return Ticket(**row._mapping, steps={row.name: row.value for row in done})

    async def held(self) -> dict[str, str]:
        """The claims under which this executor runs turns, and the turns' ids."""
        query = select(turns.c.claim, turns.c.id).where(
            turns.c.state == "running", turns.c.finished.is_(None), turns.c.executor == self._executor
        )
        return {row.claim: row.id for row in await self._database.rows(query)}

    async def free(self, claims: Collection[str]) -> int:
        """Let turns under these claims wait again; gives how many."""
        return await self._database.run(waiting_again().where(turns.c.claim.in_(list(claims))))

    async def unfinished(self, ids: Collection[str]) -> set[str]:
        """Which of these turns are not yet finished."""
        query = select(turns.c.id).where(turns.c.finished.is_(None), turns.c.id.in_(list(ids)))
        return {row.id for row in await self._database.rows(query)}

    async def any_unfinished(self) -> bool:
        """Whether any turn of any executor is not yet finished."""
        return bool(await self._database.rows(select(turns.c.seq).where(turns.c.finished.is_(None)).limit(1)))

    async def depth(self) -> dict[str, int]:
        """How many turns are waiting and running, over all executors."""
        count = func.count().label("turns")
        query = select(turns.c.state, count).where(turns.c.finished.is_(None)).group_by(turns.c.state)
        return {"waiting": 0, "running": 0} | {row.state: row.turns for row in await self._database.rows(query)}

    async def prune(self, before: datetime) -> int:
        """Forget turns finished before that instant; gives how many."""
        return await self._database.run(delete(turns).where(turns.c.finished < before))

    async def clear(self) -> None:
        """Forget every turn, step and timer."""

        def clear(connection: Connection) -> None:
            connection.execute(delete(steps))
            connection.execute(delete(turns))
            connection.execute(delete(timers))

        await self._database.write(clear)


def _token() -> str:
    return secrets.token_urlsafe(9)


def plain(value: Any) -> Any:
    """The value as it comes back from the database (tuples are lists then). Raises TypeError for what is not JSON."""
    return json.loads(json.dumps(value))


# The statements of every turn, built once: composing one costs more than SQLite takes to run it.


def _new() -> dict[str, ColumnElement[Any]]:
    """The columns of an accepted turn. It runs at once unless it is told to wait or its conversation is busy."""
    busy = exists().where(
        turns.c.workspace == bindparam("new_workspace"),
        turns.c.conversation == bindparam("new_conversation"),
        turns.c.finished.is_(None),
    )
    waits = or_(bindparam("wait", type_=Integer) == 1, busy)

    def either(waiting: ColumnElement[Any], running: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((waits, waiting), else_=running)

    given = ("id", "kind", "workspace", "conversation", "payload", "accepted")
    return {name: bindparam(f"new_{name}", type_=turns.c[name].type) for name in given} | {
        "state": either(literal("waiting"), literal("running")),
        "executor": either(null(), bindparam("new_executor", type_=turns.c.executor.type)),
        "claim": either(null(), bindparam("new_claim", type_=turns.c.claim.type)),
        "attempts": either(literal(0), literal(1)),
    }


_NEW = _new()
_MINE = (turns.c.id == bindparam("ticket"), turns.c.claim == bindparam("held"))
_HELD = select(turns.c.seq).where(*_MINE)
_END = (
    update(turns)
    .where(*_MINE)
    .values(
        state=bindparam("outcome"),
        finished=bindparam("now"),
        claim=None,
        error=bindparam("why"),
        payload=bindparam("left"),
    )
)
_STEP = (turns.c.id, bindparam("step", type_=steps.c.name.type), bindparam("value", type_=steps.c.value.type))
_FORGET_STEPS = delete(steps).where(steps.c.turn == bindparam("ticket"))
_STEPS = select(steps.c.name, steps.c.value).where(steps.c.turn == bindparam("ticket"))
_TAKE = (
    update(turns)
    .where(turns.c.id == bindparam("ticket"), turns.c.state == "waiting")
    .values(
        state="running",
        executor=bindparam("by"),
        claim=bindparam("new_claim"),
        attempts=turns.c.attempts + 1,
    )
    .returning(*_COLUMNS)
)
_BEFORE = turns.alias("before")
_WAITING = (
    select(turns.c.id)
    .where(
        turns.c.state == "waiting",
        turns.c.finished.is_(None),
        turns.c.kind.in_(bindparam("kinds", expanding=True)),
        ~exists().where(
            _BEFORE.c.workspace == turns.c.workspace,
            _BEFORE.c.conversation == turns.c.conversation,
            _BEFORE.c.finished.is_(None),
            or_(_BEFORE.c.state == "running", _BEFORE.c.seq < turns.c.seq),
        ),
    )
    .order_by(turns.c.seq)
)
_READY = _WAITING.limit(bindparam("room", type_=Integer))
_NEXT = _WAITING.where(
    turns.c.workspace == bindparam("lane_workspace"), turns.c.conversation == bindparam("lane")
).limit(1)


def waiting_again() -> Update:
    """Let running turns wait, claimed by nobody."""
    return update(turns).where(turns.c.state == "running").values(state="waiting", executor=None, claim=None)
