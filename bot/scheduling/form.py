"""A form: the questions of an event type as typed inputs, whoever shows them."""

from dataclasses import dataclass
from enum import StrEnum

Raw = str | bool | tuple[str, ...] | None
"""What a person put into an input: text, a tick, several choices, or nothing."""

Answer = str | int | float | bool | tuple[str, ...]
"""A checked answer, of the JSON type Cal.com expects (a tuple becomes an array)."""


class Input(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    EMAIL = "email"
    EMAILS = "emails"  # several, apart by comma or line
    PHONE = "phone"
    URL = "url"
    BOOLEAN = "boolean"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    RADIO = "radio"
    CHECKBOXES = "checkboxes"


@dataclass(frozen=True)
class Question:
    """One question of a form.

    `slug` is Cal.com's name for it and the key of its answer; `options` are shown and answered as they stand;
    `value` is what is known so far. `only_if` names another question and the option of it that makes this one
    apply (the phone number, once "By phone" is chosen as the place); `needed_if` the same, for one that is always
    shown but has to be answered only then.
    """

    slug: str
    label: str
    input: Input
    required: bool
    options: tuple[str, ...] = ()
    placeholder: str = ""
    value: Answer | None = None
    only_if: tuple[str, str] | None = None
    needed_if: tuple[str, str] | None = None


@dataclass(frozen=True)
class Form:
    """The questions of a draft, to be shown at once. `ref` is the draft's."""

    ref: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
