"""Which of several things is meant by its place: "the second one", "the last", "#2"."""

import re

_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "second": 1, "2nd": 1, "two": 1, "third": 2, "3rd": 2, "three": 2, "fourth": 3,
    "4th": 3, "four": 3, "fifth": 4, "5th": 4, "five": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7,
    "8th": 7, "last": -1, "latest": -1, "earliest": 0, "erste": 0, "zweite": 1, "dritte": 2, "letzte": -1,
    "premier": 0, "première": 0, "deuxième": 1, "troisième": 2, "dernier": -1, "dernière": -1, "primero": 0,
    "primera": 0, "segundo": 1, "segunda": 1, "tercero": 2, "último": -1, "última": -1,
}  # fmt: skip


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
