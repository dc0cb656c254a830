"""A draft that waits for its requester's yes."""

from collections.abc import Sequence
from datetime import datetime

from bot.scheduling.cards import DraftKind, Fact, Party, Proposal, Verb
from bot.scheduling.wording import day, listed
from bot.slack.mrkdwn import bold, escaped, foreign, plain
from bot.slack.render.blocks import Block, Element, Message, Reader, actions, button, context, header, section
from bot.slack.render.times import moment_text, span, when_lines

_ASKS = {
    DraftKind.BOOK: "Book this meeting?",
    DraftKind.MOVE: "Move this meeting?",
    DraftKind.CANCEL: "Cancel this meeting?",
    DraftKind.RING: "Ring the team now?",
    DraftKind.ACCEPT: "Accept this request?",
    DraftKind.DECLINE: "Decline this request?",
    DraftKind.EDIT: "Change this meeting?",
    DraftKind.SETTING: "Change this?",
}
_DANGEROUS = (DraftKind.CANCEL, DraftKind.DECLINE)


def proposal(card: Proposal, reader: Reader) -> Message:
    """What, when, with whom, where; then the buttons that run it, change it or let it go."""
    reader = Reader(card.zone, reader.locale)
    opening = escaped(card.lead, 2000) or _ASKS[card.kind]
    blocks: list[Block] = [section(opening), header(titled(card.title, card.parties, card.start, card.zone))]
    if card.start:
        when = when_lines(card.parties, card.start, card.end, reader)
        blocks.append(section(f"Before: ~{span(card.old_start, None, reader)}~\n{when}" if card.old_start else when))
    blocks += facts(card.parties, card.place, card.facts)
    blocks += repeats(card.repeats, card.zone)
    blocks += context(*(f":warning: {foreign(line)}" for line in card.warnings[:10]))
    blocks += context(*(foreign(line) for line in card.understood[:10]))
    blocks += actions(*_buttons(card))
    return Message(_text(card, opening, reader), tuple(blocks))


def _buttons(card: Proposal) -> list[Element]:
    dangerous = card.kind in _DANGEROUS
    row = [button(card.confirm, Verb.CONFIRM, card.ref, style="danger" if dangerous else "primary")]
    if card.can_change:
        row.append(button("Change time", Verb.CHANGE, card.ref))
    if card.form:
        row.append(button("Edit answers", Verb.ANSWER, card.ref))
    row.append(button("Keep it" if card.kind is DraftKind.CANCEL else "Never mind", Verb.DISMISS, card.ref))
    # Other readings stand last: whoever takes the first button takes what is shown.
    return row + [button(r.label, Verb.READING, card.ref, r.key, number=n) for n, r in enumerate(card.readings[:5])]


def _text(card: Proposal, opening: str, reader: Reader) -> str:
    when = f", {moment_text(card.start, reader)}" if card.start else ""
    return f"{opening} {escaped(card.title, 1000)}{when}"


def titled(title: str, parties: Sequence[Party], start: datetime | None = None, zone: str = "UTC") -> str:
    """A card's heading: what, with whom where the title does not say it, and on which day.

    >>> titled("30 min meeting", (Party("Bailey"),)), titled("Intro with Bailey Jones", (Party("Bailey"),))
    ('30 min meeting with Bailey', 'Intro with Bailey Jones')
    """
    shown = plain(title, 90)
    unnamed = [
        party.name for party in parties if party.name.split()[:1] and party.name.split()[0].lower() not in title.lower()
    ]
    if 0 < len(unnamed) <= 3:
        shown += f" with {plain(listed(unnamed), 40)}"
    return f"{shown} · {day(start, zone)}" if start else shown


def facts(parties: Sequence[Party], place: str, more: Sequence[Fact]) -> list[Block]:
    """The compact table of a card: short facts in two columns, long ones below."""
    fields = []
    if parties:
        names = [foreign(party.name, 80) for party in parties[:10]]
        if len(parties) > 10:
            names.append(f"{len(parties) - 10} more")
        fields.append(f"*With*\n{', '.join(names)}")
    if place:
        fields.append(f"*Where*\n{foreign(place, 300)}")
    long: list[str] = []
    for fact in more[:20]:
        shown = f"{bold(fact.label, 150)}\n{escaped(fact.value, 900) or '–'}"
        (fields if len(fact.value) <= 120 else long).append(shown)
    blocks = [section(fields=tuple(fields[i : i + 10])) for i in range(0, len(fields), 10)]
    return blocks + [section(text) for text in long]


def repeats(moments: Sequence[datetime], zone: str) -> list[Block]:
    """The days of a series."""
    if not moments:
        return []
    days = [day(moment, zone) for moment in moments[:12]]
    more = f" and {len(moments) - 12} more" if len(moments) > 12 else ""
    return [section(f"*Repeats*\n{', '.join(days)}{more}")]
