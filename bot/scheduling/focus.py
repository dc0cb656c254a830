"""What is open between a person and the assistant: told to the model, and consulted when somebody says just "yes"."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.scheduling.asker import Asker
from bot.scheduling.cards import DraftKind, Verb
from bot.scheduling.draft import Draft, Stage, State, load_draft, load_listing
from bot.scheduling.drafts import DRAFT
from bot.scheduling.form import Question
from bot.scheduling.present import parties, title_of
from bot.scheduling.questions import applies
from bot.scheduling.timing import time_words
from bot.scheduling.wording import local, when
from bot.store import Record


@dataclass(frozen=True)
class Focus:
    """The card shown last. `confirmable`: a plain yes runs it."""

    ref: str
    card: str
    kind: str = ""
    title: str = ""
    people: tuple[str, ...] = ()
    start: str = ""
    options: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    confirmable: bool = False
    open: bool = True
    detail: dict[str, str] = field(default_factory=dict)


_CARDS = {
    Stage.WHO: "pick",
    Stage.WHAT: "pick",
    Stage.TIME: "slots",
    Stage.QUESTIONS: "questions",
    Stage.YES: "proposal",
}


def focus_of(record: Record, asker: Asker) -> Focus:
    """A record as the model sees it."""
    if record.kind != DRAFT:
        listing = load_listing(record.payload)
        options = tuple(f"{when(item.start, asker.zone, asker.locale)} {item.title}" for item in listing.lines)
        if len(listing.lines) != 1:
            return Focus(record.id, "agenda", title=listing.heading, options=options)
        only = listing.lines[0]
        at = when(only.start, asker.zone, asker.locale)
        return Focus(record.id, "agenda", title=only.title, people=only.people, start=at, options=options)
    draft = load_draft(record.payload)
    done = record.state == State.DONE
    start = draft.start or (draft.booking.start if draft.booking else None)
    options = ()
    card = "outcome" if done else _CARDS[draft.stage]
    if card == "slots":
        options = tuple(when(o.start, asker.zone, asker.locale) for o in draft.offered)
    elif draft.menu and not done:
        card = "pick"
        options = tuple(f"{o.label} ({o.detail})" if o.detail else o.label for o in draft.menu)
    asked = tuple(q for q in draft.questions if q.slug not in draft.answers and _may_be_answered(q, draft))
    return Focus(
        ref=record.id,
        card=card,
        kind=draft.kind.value,
        title=title_of(draft),
        people=tuple(p.name for p in parties(draft)),
        start=when(start, asker.zone, asker.locale) if start else "",
        options=options,
        questions=() if done else asked,
        confirmable=not done and draft.stage is Stage.YES,
        open=not done,
    )


def _may_be_answered(question: Question, draft: Draft) -> bool:
    """Whether words may answer it now: an address also says that it is the address one meets at."""
    told_by = question.needed_if
    return applies(question, draft.answers) or (told_by is not None and told_by[0] not in draft.answers)


_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "second": 1, "2nd": 1, "two": 1, "third": 2, "3rd": 2, "three": 2, "fourth": 3,
    "4th": 3, "four": 3, "fifth": 4, "5th": 4, "five": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7,
    "8th": 7, "last": -1, "latest": -1, "earliest": 0, "erste": 0, "zweite": 1, "dritte": 2, "letzte": -1,
    "premier": 0, "première": 0, "deuxième": 1, "troisième": 2, "dernier": -1, "dernière": -1, "primero": 0,
    "primera": 0, "segundo": 1, "segunda": 1, "tercero": 2, "último": -1, "última": -1,
}  # fmt: skip


def picked(draft: Draft, words: str, asker: Asker, now: datetime) -> tuple[Verb, str] | None:
    """Which of the things offered the words choose: by place ("the second one"), by time, or by name."""
    text = words.casefold().strip(" .!?")
    if draft.kind is not DraftKind.RING and draft.stage is Stage.TIME and draft.offered:
        keys = [(Verb.SLOT, o.key) for o in draft.offered]
        if (place := position(text, len(keys))) is not None:
            return keys[place]
        reading = time_words(words, asker, now)
        for mention in reading.mentions:
            if mention.start is None:
                continue
            wanted = mention.start
            same = [o for o in draft.offered if o.start == wanted]
            if not same:
                clockwise = (wanted.hour % 12, wanted.minute)
                same = [
                    o
                    for o in draft.offered
                    if ((there := local(o.start, asker.zone)).hour % 12, there.minute) == clockwise
                    and mention.kind.value in ("time", "instant")
                ]
                if mention.kind.value == "instant":
                    same = [o for o in same if local(o.start, asker.zone).date() == local(wanted, asker.zone).date()]
            if len(same) == 1:
                return Verb.SLOT, same[0].key
        return None
    named = [(o.key, f"{o.label} {o.detail}") for o in draft.menu]
    if not named:
        return None
    if (place := position(text, len(named))) is not None:
        return Verb.PICK, named[place][0]
    words_said = set(re.findall(r"\w+", text))
    hits = [(len(words_said & set(re.findall(r"\w+", label.casefold()))), key) for key, label in named]
    best = max(hits)
    return (Verb.PICK, best[1]) if best[0] and sum(h == best[0] for h, _ in hits) == 1 else None


def position(text: str, count: int) -> int | None:
    """The position that words name among `count` things.

    >>> position("the second one", 3), position("the last", 3), position("2:30", 3), position("#2", 3)
    (1, 2, None, 1)
    """
    if number := re.fullmatch(r"(?:#|no\.? ?|number |option )(\d{1,2})", text):
        index = int(number[1]) - 1
        return index if 0 <= index < count else None
    if re.search(r"\d[:.h]?\d|\d\s*[ap]\.?m|\d\s*(uhr|h\b)", text):
        return None
    tokens = re.findall(r"\w+", text)
    if text.isdigit():
        return None
    found = [(_ORDINALS[t]) for t in tokens if t in _ORDINALS and not (t == "one" and len(tokens) > 1)]
    if len(found) != 1:
        return None
    index = found[0] if found[0] >= 0 else count - 1
    return index if 0 <= index < count else None
