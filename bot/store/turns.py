"""The durable turn: what was accepted is worked off, in order per conversation, through the death of the process.

A handler is an ordinary coroutine of the process' own event loop. What it must not do twice it puts into a `step`:
a finished step's result is stored, and after a crash the handler runs again from its beginning with the stored results
in place of the steps. Only what lies between a step's effect and the storing of its result can happen twice; such a
step asks the other side first ("is there a booking with this draft's id already?").
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.store.errors import NoHandler, StepReused, TurnLost, TurnTooLong
from bot.store.store import Store
from bot.store.tickets import Outcome, Ticket, Tickets, plain

log = logging.getLogger(__name__)
T = TypeVar("T")


class Turn:
    """One accepted turn in a handler's hands. `accepted` is aware, `attempt` counts from 1."""

    def __init__(self, ticket: Ticket, keep: Callable[[Ticket, str, Any], Awaitable[None]], attempt: int) -> None:
        self.id = ticket.id
        self.kind = ticket.kind
        self.workspace = ticket.workspace
        self.conversation = ticket.conversation
        self.payload = ticket.payload
        self.accepted = ticket.accepted
        self.attempt = attempt
        self._ticket = ticket
        self._keep = keep
        self._begun: set[str] = set()

    def __repr__(self) -> str:
        return f"Turn({self.id!r}, {self.kind!r}, attempt={self.attempt})"

    async def step(self, name: str, do: Callable[[], Awaitable[T]]) -> T:
        """Do something once: gives what `do` gave, now or in an earlier run of this turn.

        The result must be JSON and is given as the database gives it back (a tuple as a list). Names are unique
        within a turn. Steps may run side by side. Raises StepReused, TurnLost and whatever `do` raises; a step that
        raised is not stored.
        """
        if name in self._begun:
            raise StepReused(name)
        self._begun.add(name)
        done = self._ticket.steps
        if name not in done:
            value = plain(await do())
            await self._keep(self._ticket, name, value)
            done[name] = value
        result: T = done[name]
        return result


Handler = Callable[[Turn], Awaitable[None]]
FailureHandler = Callable[[Turn, Exception], Awaitable[None]]


class Turns:
    """Accepts turns and works them off in this process' event loop.

    `executor_id` names this process among the replicas: unique, and the same after a restart. `concurrency` bounds the
    turns running here at once. A handler that raises is tried `attempts` times, with `backoff` seconds between; one
    that takes longer than `ceiling` seconds is not tried again. Another executor whose heartbeat stands still for
    `lapse` seconds is taken for dead. Finished turns are remembered for `remember`, against late retries.
    """

    def __init__(
        self,
        store: Store,
        *,
        executor_id: str,
        version: str,
        clock: Callable[[], datetime],
        concurrency: int = 200,
        attempts: int = 4,
        backoff: tuple[float, ...] = (0.25, 1.0, 3.0),
        ceiling: float = 120.0,
        heartbeat: float = 1.0,
        lapse: float = 8.0,
        remember: timedelta = timedelta(days=7),
    ) -> None:
        self._tickets = Tickets(store.database, executor_id, _wall)
        self._executor = executor_id
        self._version = version
        self._clock = clock
        self._concurrency = concurrency
        self._attempts = attempts
        self._backoff = backoff
        self._ceiling = ceiling
        self._heartbeat = heartbeat
        self._lapse = lapse
        self._remember = remember
        self._handlers: dict[str, Handler] = {}
        self._failed: FailureHandler | None = None
        self._life = ""
        self._open = False
        self._watch: asyncio.Task[None] | None = None
        self._lanes: set[asyncio.Task[None]] = set()
        self._queued: set[str] = set()
        self._accepting = 0
        self._look = asyncio.Event()

    def on(self, kind: str, handler: Handler) -> None:
        """Work off turns of `kind` with `handler`."""
        self._handlers[kind] = handler

    def on_failed(self, handler: FailureHandler) -> None:
        """Call `handler` for a turn that could not be worked off, so that the person gets a sentence."""
        self._failed = handler

    async def start(self) -> None:
        """Come alive and take up at once what an earlier life of this executor left."""
        await self._join()
        self._watch = asyncio.create_task(self._watching(), name="turns-watch")

    async def stop(self, grace: float) -> None:
        """Take nothing new, give running turns `grace` seconds, and hand over the rest to whoever lives on."""
        self._open = False
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
            self._watch = None
        if self._lanes:
            await asyncio.wait(self._lanes, timeout=grace)
        await self._cancel_all()
        await self._tickets.leave(self._life)

    async def reset(self) -> None:
        """Drop everything, running turns too. Ids accepted before count as never seen."""
        was_open, self._open = self._open, False
        await self._cancel_all()
        await self._tickets.clear()
        self._queued.clear()
        self._open = was_open

    async def accept(self, id: str, kind: str, workspace: str, conversation: str, payload: dict[str, Any]) -> bool:
        """Take responsibility for a turn: stored when this returns, begun at once if its conversation is free.

        `id` is the event's: False means it was seen before (a retry, a second click, another replica) and nothing
        is done. Raises NoHandler.
        """
        if kind not in self._handlers:
            raise NoHandler(kind)
        self._accepting += 1
        try:
            run = self._open and len(self._lanes) < self._concurrency
            accepted = await self._tickets.accept(id, kind, workspace, conversation, payload, self._clock(), run=run)
            if isinstance(accepted, Ticket):
                self._spawn(accepted)
            elif accepted:
                self._queued.add(id)
                self._look.set()
        finally:
            self._accepting -= 1
        return bool(accepted)

    def in_flight(self) -> int:
        """Turns that this process runs, accepts or has accepted and not seen finished."""
        return self._accepting + len(self._lanes) + len(self._queued)

    async def idle(self) -> None:
        """Wait until no turn is unfinished, here or with any other executor."""
        while self.in_flight() or await self._tickets.any_unfinished():
            await asyncio.sleep(0.01)
            await self._reconcile()

    async def depth(self) -> dict[str, int]:
        """Unfinished turns of all executors: `{"waiting": n, "running": n}`."""
        return await self._tickets.depth()

    # Running

    def _spawn(self, ticket: Ticket) -> None:
        self._queued.discard(ticket.id)
        task = asyncio.create_task(self._lane(ticket), name=f"turn-{ticket.id}")
        self._lanes.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._lanes.discard(task)
        self._look.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a turn's lane broke", exc_info=error)

    async def _lane(self, ticket: Ticket | None) -> None:
        """Work off a conversation: this turn and those that came meanwhile."""
        while ticket is not None:
            self._queued.discard(ticket.id)
            try:
                ticket = await self._finish(ticket, await self._attempt(ticket))
            except TurnLost as lost:
                log.warning("turn %s went on elsewhere", lost)
                return

    async def _attempt(self, ticket: Ticket) -> Exception | None:
        """Run the handler until it succeeds (None) or is given up on (why). Raises TurnLost."""
        attempt = ticket.attempts
        while True:
            turn = Turn(ticket, self._keep, attempt)
            if attempt > self._attempts:
                error: Exception = TurnLost(f"given up after {attempt - 1} runs that ended with the process")
                break
            try:
                async with asyncio.timeout(self._ceiling) as limit:
                    await self._handlers[ticket.kind](turn)
                return None
            except TurnLost:
                raise
            except Exception as caught:
                error = TurnTooLong(ticket.id) if limit.expired() else caught
                log.warning("turn %s, attempt %d: %s", ticket.id, attempt, type(error).__name__, exc_info=caught)
            if attempt >= self._attempts or isinstance(error, TurnTooLong):
                break
            await asyncio.sleep(self._backoff[min(attempt, len(self._backoff)) - 1])
            attempt = await self._tickets.again(ticket)
        await self._tell(turn, error)
        return error

    async def _tell(self, turn: Turn, error: Exception) -> None:
        if self._failed is None or turn.attempt > self._attempts + 3:
            log.error("turn %s failed and nobody was told", turn.id, exc_info=error)
            return
        for pause in (*self._backoff, None):
            try:
                async with asyncio.timeout(self._ceiling):
                    await self._failed(Turn(turn._ticket, self._keep, turn.attempt), error)
                return
            except TurnLost:
                raise
            except Exception as caught:
                log.warning("telling about turn %s failed", turn.id, exc_info=caught)
                if pause is not None:
                    await asyncio.sleep(pause)
        log.error("turn %s failed and nobody could be told", turn.id, exc_info=error)

    async def _keep(self, ticket: Ticket, name: str, value: Any) -> None:
        await _insist(lambda: self._tickets.keep(ticket, name, value))

    async def _finish(self, ticket: Ticket, error: Exception | None) -> Ticket | None:
        more = self._open and len(self._lanes) <= self._concurrency
        outcome: Outcome = "failed" if error else "done"
        reason = type(error).__name__ if error else None
        return await _insist(lambda: self._tickets.finish(ticket, outcome, reason, kinds=self._handlers, more=more))

    async def _cancel_all(self) -> None:
        lanes = list(self._lanes)
        for task in lanes:
            task.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    # Watching

    async def _join(self) -> None:
        self._life = secrets.token_urlsafe(9)
        await self._tickets.join(self._life, self._version)
        self._open = True
        await self._claim()

    async def _watching(self) -> None:
        """Give signs of life, bury the dead, pick up what waits."""
        seen: dict[str, tuple[tuple[str, int], float]] = {}
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            try:
                async with asyncio.timeout(max(0.0, due - loop.time())):
                    await self._look.wait()
                await asyncio.sleep(0.02)
            except TimeoutError:
                pass
            self._look.clear()
            try:
                if loop.time() >= due:
                    due = loop.time() + self._heartbeat
                    await self._pulse(seen)
                await self._claim()
                await self._reconcile()
            except SQLAlchemyError as error:
                log.warning("the database does not answer: %s", type(error).__name__)

    async def _pulse(self, seen: dict[str, tuple[tuple[str, int], float]]) -> None:
        if not await self._tickets.beat(self._life):
            log.error("executor %s was taken for dead, or its id is used twice; starting over", self._executor)
            await self._cancel_all()
            await self._join()
        now = asyncio.get_running_loop().time()
        others = await self._tickets.others()
        for gone in seen.keys() - others.keys():
            del seen[gone]
        for executor, sign in others.items():
            if executor not in seen or seen[executor][0] != sign:
                seen[executor] = (sign, now)
            elif now - seen[executor][1] > self._lapse and await self._tickets.bury(executor, *sign):
                log.warning("executor %s is gone, its turns go on here", executor)
                del seen[executor]

    async def _claim(self) -> None:
        room = self._concurrency - len(self._lanes)
        if self._open and room > 0:
            for ticket in await self._tickets.claim(self._handlers, room):
                self._spawn(ticket)

    async def _reconcile(self) -> None:
        """Forget queued turns that another executor has finished."""
        if self._queued:
            asked = set(self._queued)
            self._queued -= asked - await self._tickets.unfinished(asked)


async def _insist(do: Callable[[], Awaitable[T]]) -> T:
    """Try again while the database does not answer: what was done must not be forgotten."""
    for pause in (0.1, 0.5, 2.0, 5.0, 10.0):
        try:
            return await do()
        except SQLAlchemyError as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            await asyncio.sleep(pause)
    return await do()


def _wall() -> datetime:
    return datetime.now(UTC)
