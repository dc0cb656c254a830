"""What people hear while Cal.com's request budget makes them wait."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.calcom import told_of_waiting


@contextmanager
def told_when_busy(tell: Callable[[str], None]) -> Iterator[None]:
    """Let `tell` hear, once, in a sentence for the person, that the calls inside wait, and about how long."""
    told = False

    def waiting(seconds: float) -> None:
        nonlocal told
        if not told:
            told = True
            tell(f"Cal.com is busy; this will take about {max(5, 5 * math.ceil(seconds / 5))} s.")

    with told_of_waiting(waiting):
        yield
