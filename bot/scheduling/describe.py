"""Cards in a line or two of plain words: for the conversation's history, which the model reads, and for logs of it."""

from bot.scheduling.cards import (
    Agenda,
    Card,
    Closed,
    Help,
    Note,
    Notice,
    Outcome,
    Pick,
    Proposal,
    Questions,
    SlotChoice,
)
from bot.scheduling.wording import cut, listed, when


def describe(card: Card, locale: str = "en-US") -> str:
    """What the person was shown. Times stand in the card's zone."""
    match card:
        case Note(text=text):
            return text
        case SlotChoice():
            times = listed([when(o.start, card.zone, locale) for o in card.options])
            names = listed([p.name for p in card.parties])
            return f"{card.lead} Offered {card.title} with {names}: {times or 'no times'}.".strip()
        case Proposal():
            at = f" at {when(card.start, card.zone, locale)}" if card.start else ""
            names = listed([p.name for p in card.parties])
            return f"{card.lead} Proposed to {card.kind.value}: {card.title} with {names}{at}.".strip()
        case Questions():
            asked = listed([f.label for f in card.missing])
            return f"Asked for {asked} for {card.title}. {' '.join(card.problems)}".strip()
        case Outcome():
            at = f" at {when(card.start, card.zone, locale)}" if card.start else ""
            return f"{card.result.value.replace('_', ' ').capitalize()}: {card.title}{at}."
        case Agenda():
            lines = [f"{when(line.start, card.zone, locale)} {line.title}" for line in card.lines]
            return f"{card.heading}: {listed(lines) or 'none'}."
        case Pick():
            return f"{card.question} {listed([o.label for o in card.options], 'or')}"
        case Help(lead=lead):
            return lead or "Showed what I can do."
        case Notice():
            at = f" at {when(card.start, card.zone, locale)}" if card.start else ""
            return f"{card.lead} {card.title}{at}".strip()
        case Closed(text=text):
            return text


def summary(cards: tuple[Card, ...], locale: str = "en-US") -> str:
    """All cards of a turn, cut to what a history needs."""
    return cut(" ".join(describe(card, locale) for card in cards), 1200)
