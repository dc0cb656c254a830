"""Typing errors in the words of scheduling: "shedule", "cancle", "meetign". Names are never corrected."""

from collections.abc import Iterable
from functools import lru_cache

from bot.offline import lexicon
from bot.offline.words import listed

_TARGETS = listed(
    """
    schedule reschedule cancel delete remove postpone arrange organize reserve create update change availability
    available calendar meeting appointment booking book tomorrow please invite decline approve accept confirm agenda
    consultation interview onboarding event erase remind reminder upcoming extend weekend dinner lunch cancelled
    scheduled accepted declined confirmed rescheduled postponed reminders meetings appointments events minutes
    """
)
_ALONE = listed(
    """
    even evens look cook hook boot took books changed canal calendars dining diner lunches inning eraser
    event-driven chance chances changer range ranges accent except expect moved love mood invites intend extent
    tender remains mind minds remained reminds remove removes rearrange prevent parent extends minute cancer create
    crate cream great dates date updated upgrade reserved deserve served severe observe deleted relate confine
    conform declined recline incline approved improve prove apprentice meeting meting eating meaning seating heating
    beating bookend bookings boxing boo brook nook rook lock back boo cooking looking
    """
)
"""Real words near a target; left as they are."""


def _deletions(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _index() -> dict[str, str]:
    table: dict[str, str] = {}
    for word in sorted(_TARGETS):
        for key in (word, *_deletions(word)):
            table.setdefault(key, word)
    return table


_INDEX = _index()


def _near(word: str, target: str) -> bool:
    """Whether one slip (a letter missing, doubled, wrong, or two swapped) turns one into the other."""
    if abs(len(word) - len(target)) > 1 or word[0] != target[0]:
        return False
    start = 0
    while start < min(len(word), len(target)) and word[start] == target[start]:
        start += 1
    one, two = word[start:], target[start:]
    return one[1:] == two or one == two[1:] or one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """The scheduling word a misspelt one stands for, None when there is none within one slip.

    >>> corrected("shedule"), corrected("cancle"), corrected("bailey")
    ('schedule', 'cancel', None)
    """
    if len(word) < 5 or word in lexicon.LEMMAS or word in _TARGETS or word in _ALONE or not word.isalpha():
        return None
    for key in (word, *_deletions(word)):
        target = _INDEX.get(key)
        if target and _near(word, target):
            return target
    return None
