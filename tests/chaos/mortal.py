"""The `slotwise` command as the chaos test runs it: it may die at a named moment, and Slack is less patient.

`CHAOS_DIE_AT=written:2` ends the process by SIGKILL when the moment `written` comes for the second time; `CHAOS_TWICE`
is the chance that an event is delivered twice at the same moment; `CHAOS_ACKNOWLEDGED` names a file that gets the `ts`
of each message that was acknowledged. Only this program reads them.
"""

import asyncio
import os
import random
import signal
from typing import Any

from bot import moments
from bot.cli import main
from bot.sandbox.slack import delivery
from bot.sandbox.slack.delivery import Ack, Deliveries


def doomed(order: str) -> None:
    """Let this process die as ordered: the name of a moment, and at which of its comings."""
    name, _, times = order.partition(":")
    wanted, left = moments.Moment(name), int(times or 1)

    def look(moment: moments.Moment) -> None:
        nonlocal left
        left -= moment is wanted
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    moments.watch(look)


def note(file: str, line: str) -> None:
    """Append a line, whole, at once."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def deliver(chance: float, acknowledged: str) -> None:
    """Deliver some events twice, at once: with several replicas, to two of them. Note which were acknowledged."""
    once = Deliveries._send

    async def send(self: Deliveries, kind: str, payload: Any, *rest: Any) -> Ack:
        if kind != "events_api":
            return await once(self, kind, payload, *rest)
        times = 2 if random.random() < chance else 1
        acks = await asyncio.gather(*(once(self, kind, payload, *rest) for _ in range(times)))
        good = next((ack for ack in acks if not ack.failure), None)
        if good:
            note(acknowledged, str(payload["event"].get("ts")))
        return good or acks[0]

    patched: Any = Deliveries
    patched._send = send


if __name__ == "__main__":
    # Slack's are 0, 60 and 300: too long to wait for in a test.
    slack: Any = delivery
    slack.RETRY_SECONDS = (0.0, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 10.0)
    if order := os.environ.get("CHAOS_DIE_AT"):
        doomed(order)
    if chance := os.environ.get("CHAOS_TWICE"):
        deliver(float(chance), os.environ["CHAOS_ACKNOWLEDGED"])
    main()
