"""A list of bookings."""

from itertools import groupby

from bot.scheduling.cards import Agenda, BookingLine, Verb
from bot.scheduling.wording import day, listed, place_of
from bot.slack.mrkdwn import bold, escaped, foreign
from bot.slack.render.blocks import (
    MOST_BLOCKS,
    Block,
    Element,
    Message,
    Reader,
    actions,
    button,
    context,
    link_button,
    row_menu,
    section,
)
from bot.slack.render.times import clocks, elsewhere, moment_text, there

_FEW = 8
"""Up to so many bookings have their buttons spelled out; more get a menu each."""


def agenda(card: Agenda, reader: Reader, most: int = MOST_BLOCKS) -> Message:
    """A heading, then the bookings day by day in the reader's zone, in at most `most` blocks."""
    reader = Reader(card.zone, reader.locale)
    blocks: list[Block] = [section(bold(card.heading, 1000))]
    if card.lines:
        blocks += context(f"Times in {place_of(card.zone)} time.")
    shown = 0
    few = len(card.lines) <= _FEW
    for heading, lines in groupby(enumerate(card.lines), key=lambda item: day(item[1].start, card.zone)):
        for first, (number, line) in enumerate(lines):
            wanted = ([section(f"*{heading}*")] if first == 0 else []) + _line(card, line, number, reader, few)
            if len(blocks) + len(wanted) > most - 4:
                break
            blocks += wanted
            shown += 1
    left = card.more + len(card.lines) - shown
    blocks += context(f"and {left} more" if left else "")
    blocks += context(*(foreign(line) for line in card.understood[:5]))
    titles = "; ".join(f"{line.title}, {moment_text(line.start, reader)}" for line in card.lines[:3])
    return Message(escaped(f"{card.heading}: {titles}" if titles else card.heading, 2900), tuple(blocks))


def _line(card: Agenda, line: BookingLine, number: int, reader: Reader, few: bool) -> list[Block]:
    state = f"  _{foreign(line.state, 80)}_" if line.state else ""
    text = [f"{clocks(line.start, line.end, reader.zone, reader)}  {bold(line.title, 200)}{state}"]
    details = [_people(line, reader), foreign(line.place, 120) if line.place else ""]
    text.append("  ·  ".join(part for part in details if part))
    body = "\n".join(part for part in text if part)
    verbs = _verbs(line)
    links = [link for link in line.links if link.url.startswith(("https://", "http://")) and len(link.url) <= 2500]
    if few:
        row: list[Element] = [link_button(link.label, link.url, number * 10 + n) for n, link in enumerate(links[:2])]
        for label, verb in verbs:
            row.append(button(label, verb, card.ref, line.key, number=number))
        return [section(body), *actions(*row)]
    menu = row_menu(verbs, card.ref, line.key, number) if verbs else None
    return [section(body, accessory=menu)]


def _people(line: BookingLine, reader: Reader) -> str:
    """With whom, and what their clocks show where that differs."""
    away = elsewhere(line.parties, line.start, reader)
    names = []
    for party in line.parties[:5]:
        name = foreign(party.name, 60)
        if party in away and party.zone:
            name += f" ({there(line.start, line.end, party.zone, reader)})"
        names.append(name)
    if len(line.parties) > 5:
        names.append(f"{len(line.parties) - 5} more")
    return f"with {listed(names)}" if names else ""


def _verbs(line: BookingLine) -> list[tuple[str, Verb]]:
    verbs = [("Accept", Verb.ACCEPT), ("Decline", Verb.DECLINE)] if line.can_answer else []
    if line.can_move:
        verbs.append(("Reschedule", Verb.RESCHEDULE))
    if line.can_cancel:
        verbs.append(("Cancel", Verb.CANCEL))
    return verbs
