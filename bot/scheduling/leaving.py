"""Leaving people out of a meeting that is being arranged."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.scheduling.draft import Draft, Span
from bot.scheduling.errors import Refusal
from bot.scheduling.people import fold, score


def without(draft: Draft, names: Sequence[str]) -> Draft:
    """The draft without some of its guests and hosts. Raises `Refusal` when one is not in it, or nobody is left."""
    for name in map(fold, names):
        guests = tuple(g for g in draft.guests if name not in (g.casefold(), *re.split(r"[@._-]", g.casefold())))
        hosts = tuple(h for h in draft.hosts if score(name, [h.name, h.username or "", h.email or ""]) < 1)
        if (guests, hosts) == (draft.guests, draft.hosts):
            raise Refusal(f"“{name[:60]}” is not among those invited.")
        if not hosts:
            raise Refusal(f"Without {name[:60]}, whom should the meeting be with?")
        if hosts != draft.hosts:
            draft = replace(draft, meeting=None, start=None, spans=kept(draft), shown=(), questions=())
        draft = replace(draft, guests=guests, hosts=hosts)
    return draft


def kept(draft: Draft) -> tuple[Span, ...]:
    """Where to look when something else has changed: the time chosen, or what was asked for."""
    return (Span(draft.start, draft.start, exact=True),) if draft.start else draft.spans
