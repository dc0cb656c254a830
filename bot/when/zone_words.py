"""Zones named in a text: "3pm London time", "10 PT", "their morning", "9am UTC+2"."""

from bot.when.frame import Frame
from bot.when.tokens import Token


def mark_zones(tokens: list[Token], text: str, frame: Frame) -> list[Token]:
    """Replace zone words by ZONE tokens: (zone name, choices, as written)."""
    return tokens
