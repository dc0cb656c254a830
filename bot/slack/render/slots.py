"""Free times to choose from."""

from itertools import groupby

from bot.scheduling.cards import SlotChoice, SlotOption, Verb
from bot.scheduling.wording import clock, day, listed, place_of
from bot.slack.mrkdwn import bold, escaped, foreign
from bot.slack.render.blocks import Block, Message, Reader, actions, button, context, day_picker, section
from bot.slack.render.proposal import titled
from bot.slack.render.times import abbreviation, clocks, elsewhere, moment_text, there


def slots(card: SlotChoice, reader: Reader) -> Message:
    """A button per time, a heading per day, and what the times are in the others' zones."""
    reader = Reader(card.zone, reader.locale)
    first = bold(titled(card.title, card.parties))
    if card.moving_from:
        first += f"\nnow {moment_text(card.moving_from, reader)}"
    blocks: list[Block] = [section("\n".join(part for part in (escaped(card.lead, 2000), first) if part))]
    blocks += context(_zones(card, reader))
    numbered = list(enumerate(card.options))
    for heading, options in groupby(numbered, key=lambda item: day(item[1].start, card.zone)):
        blocks.append(section(f"*{heading}*"))
        blocks += actions(
            *(button(_label(option, card, reader), Verb.SLOT, card.ref, option.key, number=n) for n, option in options)
        )
    blocks += context(*(foreign(line) for line in card.understood))
    further = [button("More times", Verb.MORE, card.ref)] if card.more else []
    further.append(day_picker("Another day", card.ref))
    for number, reading in enumerate(card.readings[:5]):
        further.append(button(reading.label, Verb.READING, card.ref, reading.key, number=number))
    blocks += actions(*further)
    return Message(_text(card, reader), tuple(blocks))


def _label(option: SlotOption, card: SlotChoice, reader: Reader) -> str:
    text = clock(option.start, card.zone, reader.locale)
    others = {party.zone for party in elsewhere(card.parties, option.start, reader) if party.zone}
    if len(others) == 1:
        zone = others.pop()
        other = day(option.start, zone)
        their_day = f"{other[:3]} " if other != day(option.start, card.zone) else ""
        text += f" · {their_day}{clock(option.start, zone, reader.locale)} {abbreviation(option.start, zone)}"
    if option.seats_left is not None:
        text += f" · {option.seats_left} {'seat' if option.seats_left == 1 else 'seats'} left"
    return text


def _zones(card: SlotChoice, reader: Reader) -> str:
    """Whose clock the buttons show, and what it is for the others."""
    if not card.options:
        return ""
    own = f"Times in {place_of(card.zone)} time."
    start, last = card.options[0].start, card.options[-1]
    by_zone: dict[str, list[str]] = {}
    for party in elsewhere(card.parties, start, reader):
        by_zone.setdefault(party.zone or "", []).append(foreign(party.name, 80))
    notes = []
    for zone, names in by_zone.items():
        whom, city = listed(names[:5]), place_of(zone)
        if day(start, zone) == day(last.start, zone):
            notes.append(f"For {whom} it is {clocks(start, last.end, zone, reader)} in {city}.")
        elif len(by_zone) == 1:
            notes.append(f"The second time on each button is that of {whom}, in {city}.")
        else:
            notes.append(f"For {whom} the first one is at {there(start, None, zone, reader)}, {city}.")
    return " ".join([own, *notes])


def _text(card: SlotChoice, reader: Reader) -> str:
    if not card.options:
        return escaped(f"{card.lead or 'No free time found.'} {card.title}", 2900)
    times = [moment_text(option.start, reader) for option in card.options[:3]]
    return escaped(f"{card.lead} Free times for {card.title}: {', '.join(times)}".strip(), 2900)
