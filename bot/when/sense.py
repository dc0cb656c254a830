"""Words that look like time and are not: settled before the grammar sees them."""

from bot.when.tokens import Token


def make_sense(tokens: list[Token], text: str, lang: str) -> list[Token]:
    """The tokens with look-alikes turned into plain words."""
    return tokens
