"""What the models of one turn come to, whichever part of the turn asks them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass
class Spent:
    """Calls and tokens so far. Not `allowed`: no call is made."""

    allowed: bool = True
    calls: int = 0
    tokens: int = 0

    def add(self, messages: Sequence[Mapping[str, Any]], tokens: int) -> None:
        """A call that sent `messages`; `tokens` as the provider counted them. One that says 0 is not believed: then
        four characters make a token."""
        self.calls += 1
        self.tokens += tokens or sum(len(str(message.get("content") or "")) for message in messages) // 4


_TURN: ContextVar[Spent | None] = ContextVar("spent", default=None)


@contextmanager
def metered(allowed: bool = True) -> Iterator[Spent]:
    """What is asked of models within, and in tasks begun within, is counted; without allowance it fails unasked."""
    spent = Spent(allowed)
    token = _TURN.set(spent)
    try:
        yield spent
    finally:
        _TURN.reset(token)


def of_turn() -> Spent | None:
    """What this turn has spent; None outside of metered turns."""
    return _TURN.get()
