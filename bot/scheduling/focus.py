"""What is open between a person and the assistant: told to the model, and consulted when somebody says just "yes"."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.scheduling.asker import Asker
from bot.scheduling.cards import DraftKind, Verb
from bot.scheduling.draft import Draft, Stage, State, load_draft, load_listing
from bot.scheduling.drafts import DRAFT
from bot.scheduling.form import Input, Question
from bot.scheduling.ordinals import position
from bot.scheduling.present import parties, title_of
from bot.scheduling.questions import applies, filled
from bot.scheduling.timing import time_words
from bot.scheduling.wording import local, when
from bot.store import Record


@dataclass(frozen=True)
class Focus:
    """The card shown last.

    `confirmable`: a plain yes runs it; `proposed`: it would, had nothing been asked or refused since. `questions` are
    those of its event type, with what was answered as their values. `behind` is what still waits behind a list.
    """

    ref: str
    card: str
    kind: str = ""
    title: str = ""
    people: tuple[str, ...] = ()
    start: str = ""
    options: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    confirmable: bool = False
    proposed: bool = False
    open: bool = True
    behind: "Focus | None" = None

    @property
    def complete(self) -> bool:
        """Whether a card with questions has no answer to wait for that a yes could be."""
        left = [q for q in self.questions if q.value is None]
        return self.card == "questions" and not any(q.required or q.input is Input.BOOLEAN for q in left)

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
            return Focus(record.id, "agenda", options=options)
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
    elif draft.offered and not done and draft.stage in (Stage.QUESTIONS, Stage.YES):
        options = tuple(when(o.start, asker.zone, asker.locale) for o in draft.offered)
    asked = tuple(
        q for q in filled(draft.questions, draft.answers) if q.value is not None or _may_be_answered(q, draft)
    )
    return Focus(
        ref=record.id,
        card=card,
        kind=draft.kind.value,
        title=title_of(draft),
        people=tuple(p.name for p in parties(draft)),
        start=when(start, asker.zone, asker.locale) if start else "",
        options=options,
        questions=() if done else asked,
        confirmable=not done and draft.stage is Stage.YES and not draft.doubted,
        proposed=not done and draft.stage is Stage.YES,
        open=not done,
    )


def _may_be_answered(question: Question, draft: Draft) -> bool:
    """Whether words may answer it now: an address also says that it is the address one meets at."""
    told_by = question.needed_if
    return applies(question, draft.answers) or (told_by is not None and told_by[0] not in draft.answers)


def picked(draft: Draft, words: str, asker: Asker, now: datetime) -> tuple[Verb, str] | None:
    """Which of the things offered the words choose: by place ("the second one"), by time, or by name.

    After a choice, words about places choose anew: "no, the third one", "the other one".
    """
    text = words.casefold().strip(" .!?")
    if _ANY.search(text) and (draft.menu or (draft.stage is Stage.TIME and draft.offered)):
        first = draft.menu[0].key if draft.menu else draft.offered[0].key
        return (Verb.PICK if draft.menu else Verb.SLOT), first
    if draft.stage in (Stage.QUESTIONS, Stage.YES) and not draft.menu:
        return _picked_anew(draft, text)
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


_ANY = re.compile(r"^(?:any|any of (?:them|these|those)|any one|whichever|either|whatever|no preference)$")
_OTHER = re.compile(
    r"\b(?:the )?other(?: one)?\b|\bandere[rsn]?\b|\bl'autre\b|\b(?:el|la|l'|o|a) ?(?:otr|altr|outr)[oa]\b"
)
_NEXT = re.compile(r"\b(?:the )?(?:next|following) one\b|\b(?:the )?one after(?: that)?\b")
_BEFORE = re.compile(r"\b(?:the )?previous one\b|\b(?:the )?one before(?: that)?\b")


def _picked_anew(draft: Draft, text: str) -> tuple[Verb, str] | None:
    """Another of the things that the last choice was made from, by its place or beside the one chosen."""
    keys = [(Verb.SLOT, o.key) for o in draft.offered] or [(Verb.PICK, o.key) for o in draft.chosen_from]
    taken = next((i for i, o in enumerate(draft.offered) if o.start == draft.start), None)
    if taken is None and not draft.offered:
        mine = {f"e{draft.meeting.id}" if draft.meeting else "", f"b{draft.booking.uid}" if draft.booking else ""}
        taken = next((i for i, (_, key) in enumerate(keys) if key in mine), None)
    place = position(text, len(keys))
    if taken is not None and place is None:
        if _OTHER.search(text) and len(keys) == 2:
            place = 1 - taken
        elif _NEXT.search(text) and taken + 1 < len(keys):
            place = taken + 1
        elif _BEFORE.search(text) and taken > 0:
            place = taken - 1
    return keys[place] if place is not None else None
