"""The texts the model reads, as reviewed files; the installed package carries them."""

from functools import cache
from importlib.resources import files


@cache
def text(name: str) -> str:
    """The prompt of that name, without the trailing line break."""
    return (files(__name__) / f"{name}.md").read_text(encoding="utf-8").strip()
