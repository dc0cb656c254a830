"""What the offline mind decides: call a tool, or say something."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """A tool call: `tool` is its name, `arguments` what a language model would send (JSON types only)."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A plain answer."""

    text: str
