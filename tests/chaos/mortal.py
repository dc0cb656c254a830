"""The `slotwise` command as the chaos test runs it: it may die at a named moment, and Slack is less patient.

`CHAOS_DIE_AT=written:2` ends the process by SIGKILL when the moment `written` comes for the second time; `CHAOS_TWICE`
is the chance that an event is delivered twice at the same moment. Only this program reads them.
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


def twice(chance: float) -> None:
    """Deliver some events twice, at once: with several replicas, to two of them."""
    once = Deliveries._send

    async def send(self: Deliveries, kind: str, *rest: Any) -> Ack:
        if kind != "events_api" or random.random() >= chance:
            return await once(self, kind, *rest)
        first, second = await asyncio.gather(once(self, kind, *rest), once(self, kind, *rest))
        return second if first.failure else first

    patched: Any = Deliveries
    patched._send = send


if __name__ == "__main__":
    # Slack's are 0, 60 and 300: too long to wait for in a test.
    slack: Any = delivery
    slack.RETRY_SECONDS = (0.0, 3.0, 5.0, 8.0, 10.0, 10.0)
    if order := os.environ.get("CHAOS_DIE_AT"):
        doomed(order)
    if chance := os.environ.get("CHAOS_TWICE"):
        twice(float(chance))
    main()
