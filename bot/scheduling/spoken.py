"""Whether the asker really said it: addresses and numbers that a model passes on must stand in the asker's words."""

import re

from bot.scheduling.asker import Scene
from bot.scheduling.errors import Invented

_PART = r"[\w.+%@'-]"


def require_address(scene: Scene, address: str) -> None:
    """Raises `Invented` unless the whole e-mail address stands in what the asker wrote."""
    whole = re.compile(rf"(?<!{_PART}){re.escape(address)}(?![\w@-]|\.\w)", re.I)
    if not any(whole.search(words) for words in scene.said):
        raise Invented("I can't use an e-mail address that you didn't write. Please write it out.")


def require_number(scene: Scene, number: str) -> None:
    """Raises `Invented` unless the digits of the number stand together in what the asker wrote."""
    digits = re.sub(r"\D", "", number)
    if digits not in re.sub(r"[^\d\n]", "", "\n".join(scene.said)):
        raise Invented("I can't use a phone number that you didn't write. Please write it out.")
