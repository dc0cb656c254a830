"""The durable turn: what was accepted is worked off, in order per conversation, through the death of the process.

The queue is our own, on the store's tables (`tickets`), after trying DBOS 3.4 on the same machine. Its queue keeps
order per conversation, but is polled: a turn of two steps took 58 ms when polled every 50 ms (10 % of a core idle) and
15 ms every 10 ms (31 %), here it takes 3 ms without polling. Started directly it has no order, so the queue would be
ours all the same; recovery goes through its polled queue (1.1 s) and only within one application version. What would be
left to it is storing step results, for 50 MB and 1.2 seconds of imports.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.moments import Moment, passing
from bot.store import precedence
from bot.store.errors import NoHandler, TurnAbandoned, TurnLost, TurnTooLong, Unreachable
from bot.store.fleet import Fleet
from bot.store.store import Store
from bot.store.tickets import Outcome, Ticket, Tickets
from bot.store.timers import Timer, Timers
from bot.store.turn import Turn, unhurried

log = logging.getLogger(__name__)
T = TypeVar("T")


Handler = Callable[[Turn], Awaitable[None]]
FailureHandler = Callable[[Turn, Exception], Awaitable[None]]


class Turns:
    """Accepts turns and works them off in this process' event loop.

    `executor_id` names this process among the replicas: unique, and the same after a restart. `concurrency` bounds the
    turns running here at once. A handler that raises is tried again after each `backoff` (seconds); one that takes
    longer than `ceiling` seconds is not, and a turn under which the process died `deaths` times is given up: then
    the `on_failed` handler is called. Another executor whose heartbeat stands still for `lapse` seconds is taken for
    dead. Finished turns are remembered for `remember`, against late retries. `clock` gives the time of acceptance
    and of the end; leases and retries follow real time.
    """

    def __init__(
        self,
        store: Store,
        *,
        executor_id: str,
        version: str,
        clock: Callable[[], datetime],
        concurrency: int = 512,
        backoff: tuple[float, ...] = (0.25, 1.0, 3.0),
        ceiling: float = 120.0,
        heartbeat: float = 1.0,
        lapse: float = 8.0,
        deaths: int = 10,
        remember: timedelta = timedelta(days=7),
    ) -> None:
        self._precedence = store.database.precedence
        self._tickets = Tickets(store.database, executor_id, clock)
        self._fleet = Fleet(store.database, executor_id)
        self._timers = Timers(store.database)
        self._executor = executor_id
        self._version = version
        self._clock = clock
        self._concurrency = concurrency
        self._deaths = deaths
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
        self._lanes: dict[asyncio.Task[None], Ticket] = {}
        self._strays: set[str] = set()
        self._queued: set[str] = set()
        self._accepting = 0
        self._reserved = 0
        self._look = asyncio.Event()
        self.pulsed = 0.0
        """When the turns were last looked after, on the monotonic clock."""

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
        try:
            await self._fleet.leave(self._life)
        except Unreachable as error:
            log.warning("left without saying so: %s", error)

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
        is done. Raises NoHandler, Unreachable.
        """
        if kind not in self._handlers:
            raise NoHandler(kind)
        with self.urgent():
            return await unhurried(self._accept(id, kind, workspace, conversation, payload))

    async def _accept(self, id: str, kind: str, workspace: str, conversation: str, payload: dict[str, Any]) -> bool:
        run = self._open and self._room() > 0
        self._accepting += 1
        self._reserved += run
        try:
            accepted = await self._tickets.accept(id, kind, workspace, conversation, payload, self._clock(), run=run)
            if accepted:
                passing(Moment.ACCEPTED)
            if isinstance(accepted, Ticket):
                self._spawn(accepted)
            elif accepted:
                self._queued.add(id)
                self._look.set()
        finally:
            self._accepting -= 1
            self._reserved -= run
        return bool(accepted)

    def urgent(self) -> AbstractContextManager[None]:
        """While this is open, turns under way let what is accepted go first."""
        return self._precedence.urgent()

    async def later(self, timer: Timer) -> None:
        """Accept a turn when its time has come by the clock (to the second, once in the fleet). Setting a timer of the
        same id again moves it, until it has run. Raises NoHandler, Unreachable."""
        if timer.kind not in self._handlers:
            raise NoHandler(timer.kind)
        await self._timers.put(timer)

    async def ring(self) -> None:
        """Accept at once what has come due: after a jump of the clock, without waiting for the next look."""
        await self._ring()

    async def never(self, id: str) -> bool:
        """Take back a turn to come; False if there is none."""
        return await self._timers.remove(id)

    def in_flight(self) -> int:
        """Turns that this process runs, accepts or has accepted and not seen finished."""
        return self._accepting + len(self._lanes) + len(self._queued)

    def running(self) -> int:
        """Turns that this process works off now."""
        return len(self._lanes)

    async def idle(self) -> None:
        """Wait until no turn is unfinished, here or with any other executor."""
        while self.in_flight() or await self._tickets.any_unfinished():
            await asyncio.sleep(0.01)
            await self._reconcile()

    async def prune(self) -> int:
        """Forget turns finished longer than `remember` ago; gives how many."""
        return await self._tickets.prune(self._clock() - self._remember)

    async def depth(self) -> dict[str, int]:
        """Unfinished turns of all executors: `{"waiting": n, "running": n}`."""
        return await self._tickets.depth()

    # Running

    def _room(self) -> int:
        """How many more turns may begin here."""
        return self._concurrency - len(self._lanes) - self._reserved

    def _spawn(self, ticket: Ticket) -> None:
        self._queued.discard(ticket.id)
        task = asyncio.create_task(self._lane(ticket), name=f"turn-{ticket.id}")
        self._lanes[task] = ticket
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._lanes.pop(task, None)
        if self._queued:
            self._look.set()  # there was no room for those until now
        if not task.cancelled() and (error := task.exception()):
            log.error("a turn's lane broke", exc_info=error)

    async def _lane(self, ticket: Ticket) -> None:
        """Work off a conversation: this turn and those that came meanwhile."""
        task = asyncio.current_task()
        assert task is not None
        precedence.begin()
        try:
            while following := await self._finish(ticket, await self._attempt(ticket)):
                ticket = self._lanes[task] = following
                self._queued.discard(ticket.id)
                precedence.begin()
        except TurnLost as lost:
            log.warning("turn %s went on elsewhere", lost)

    async def _attempt(self, ticket: Ticket) -> Exception | None:
        """Run the handler until it succeeds (None) or is given up on (why). Raises TurnLost."""
        if ticket.attempts > self._deaths:
            return await self._tell(ticket, TurnAbandoned(ticket.id))
        for number, pause in enumerate((*self._backoff, None)):
            turn = Turn(ticket, self._keep, ticket.attempts + number)
            passing(Moment.BEGUN)
            try:
                async with asyncio.timeout(self._ceiling) as limit:
                    await self._handlers[ticket.kind](turn)
                passing(Moment.SHOWN)
                return None
            except TurnLost:
                raise
            except Exception as caught:
                error = TurnTooLong(ticket.id) if limit.expired() else caught
                log.warning("%r: %s", turn, type(error).__name__, exc_info=caught)
            if pause is None or isinstance(error, TurnTooLong):
                break
            await asyncio.sleep(pause)
        return await self._tell(ticket, error)

    async def _tell(self, ticket: Ticket, error: Exception) -> Exception:
        """Let the person know. Gives the error back."""
        tell = self._failed if ticket.attempts <= self._deaths + 3 else None
        for pause in (*self._backoff, None):
            if tell is None:
                break
            try:
                async with asyncio.timeout(self._ceiling):
                    await tell(Turn(ticket, self._keep, ticket.attempts), error)
                return error
            except TurnLost:
                raise
            except Exception as caught:
                log.warning("telling about turn %s failed", ticket.id, exc_info=caught)
            if pause is not None:
                await asyncio.sleep(pause)
        log.error("turn %s failed and nobody could be told", ticket.id, exc_info=error)
        return error

    async def _keep(self, ticket: Ticket, name: str, value: Any) -> None:
        await _insist(lambda: self._tickets.keep(ticket, name, value))

    async def _finish(self, ticket: Ticket, error: Exception | None) -> Ticket | None:
        more = self._open and len(self._lanes) <= self._concurrency
        outcome: Outcome = "failed" if error else "done"
        reason = type(error).__name__ if error else None
        following = await _insist(
            lambda: self._tickets.finish(ticket, outcome, reason, kinds=self._handlers, more=more)
        )
        passing(Moment.FINISHED)
        return following

    async def _cancel_all(self) -> None:
        lanes = list(self._lanes)
        for task in lanes:
            task.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    # Watching

    async def _join(self) -> None:
        self._life = secrets.token_urlsafe(9)
        await self._fleet.join(self._life, self._version)
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
                self.pulsed = time.monotonic()
            except Unreachable as error:
                self.pulsed = time.monotonic()
                log.warning("the database does not answer: %s", error)
            except Exception:
                log.exception("looking after the turns failed; trying again")
                await asyncio.sleep(self._heartbeat)

    async def _pulse(self, seen: dict[str, tuple[tuple[str, int], float]]) -> None:
        if not await self._fleet.beat(self._life):
            log.error("executor %s was taken for dead, or its id is used twice; starting over", self._executor)
            await self._cancel_all()
            await self._join()
        now = asyncio.get_running_loop().time()
        others = await self._fleet.others()
        for gone in seen.keys() - others.keys():
            del seen[gone]
        for executor, sign in others.items():
            if executor not in seen or seen[executor][0] != sign:
                seen[executor] = (sign, now)
            elif now - seen[executor][1] > self._lapse and await self._fleet.bury(executor, *sign):
                log.warning("executor %s is gone, its turns go on here", executor)
                del seen[executor]

        await self._free_strays()
        await self._ring()

    async def _ring(self) -> None:
        """Accept what has come due. The turn's id being the timer's, two who notice at once accept it once."""
        for timer in await self._timers.due(self._clock()):
            if timer.kind in self._handlers:
                await self.accept(timer.id, timer.kind, timer.workspace, timer.conversation, timer.payload)
                passing(Moment.RUNG)
                await self._timers.remove(timer.id, timer.due)

    async def _free_strays(self) -> None:
        """A claim of ours that nobody runs (its transaction went through, the answer did not arrive) is given up when
        seen twice."""
        strays = (await self._tickets.held()).keys() - {ticket.claim for ticket in self._lanes.values()}
        if lost := strays & self._strays:
            log.warning("%d turns were claimed and not begun", await self._tickets.free(lost))
        self._strays = strays - lost

    async def _claim(self) -> None:
        room = self._room()
        if not self._open or room <= 0:
            return
        self._reserved += room
        try:
            for ticket in await self._tickets.claim(self._handlers, room):
                self._spawn(ticket)
        finally:
            self._reserved -= room

    async def _reconcile(self) -> None:
        """Forget queued turns that another executor has finished."""
        if self._queued:
            asked = set(self._queued)
            self._queued -= asked - await self._tickets.unfinished(asked)


async def _insist(do: Callable[[], Awaitable[T]]) -> T:
    """Try again for as long as the database does not answer: what was done must not be forgotten."""
    pause = 0.1
    while True:
        try:
            return await do()
        except Unreachable as error:
            log.warning("the database does not answer: %s", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)
