"""Types that read what the service sends without ever failing on an optional part.

Unknown fields are ignored, missing or odd ones become None or empty; only what an object cannot be without
(its id, its uid, its start) is demanded.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WrapValidator
from pydantic.alias_generators import to_camel
from pydantic.functional_validators import ModelWrapValidatorHandler

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Wire(BaseModel):
    """A JSON object of the service; camelCase there, snake_case here. Errors never quote what people wrote."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="ignore", hide_input_in_errors=True
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
"""Characters that nobody sees: controls, changes of direction, breaks without width."""


def _line(longest: int) -> Callable[[Any], str]:
    """Reads what somebody typed as one line of visible text, cut to `longest` characters.

    >>> _line(9)("Ann\\n\\u202e Lee, of Acme")
    'Ann Lee,…'
    """

    def read(value: Any) -> str:
        line = " ".join(_HIDDEN.sub("", _text(value)[: 20 * longest]).split())
        return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

    return read


def _maybe_text(value: Any) -> str | None:
    return _text(value).strip() or None


def _maybe_int(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return int(value)
    except (ValueError, TypeError, OverflowError):
        return None


def _maybe_float(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (ValueError, TypeError, OverflowError):
        return None


def read_instant(value: Any) -> datetime:
    """An aware UTC instant from ISO 8601 text, or from a number of seconds or milliseconds since 1970.

    Text without an offset is UTC, as everywhere in the API. Raises ValueError.
    """
    if isinstance(value, str):
        moment = datetime.fromisoformat(value.strip())
        try:
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except OverflowError as error:
            raise ValueError("an instant outside the calendar") from error
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
        except (OverflowError, OSError) as error:
            raise ValueError("an instant outside the calendar") from error
    raise ValueError("not an instant")


def _maybe_instant(value: Any) -> datetime | None:
    try:
        return read_instant(value)
    except ValueError:
        return None


def maybe_date(value: Any) -> date | None:
    """A calendar date from the first ten characters of ISO text, else None."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def maybe_time(value: Any) -> time | None:
    """A wall time from "HH:MM" (24:00 is midnight), else None."""
    try:
        return time.fromisoformat("00:00" if value == "24:00" else value) if isinstance(value, str) else None
    except ValueError:
        return None


def _object(value: Any) -> dict[str, Any]:
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _or_none(value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
    try:
        return handler(value)
    except ValidationError:
        return None


def _present(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(item for item in items if item is not None)


Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_line(100))]
"""What somebody is called, by their own word: anybody may book under any name."""
Title = Annotated[str, BeforeValidator(_line(300))]
MaybeText = Annotated[str | None, BeforeValidator(_maybe_text)]
MaybeInt = Annotated[int | None, BeforeValidator(_maybe_int)]
Float = Annotated[float, BeforeValidator(lambda value: _maybe_float(value) or 0.0)]
Flag = Annotated[bool, BeforeValidator(lambda value: value is True)]
Instant = Annotated[datetime, BeforeValidator(read_instant)]
MaybeInstant = Annotated[datetime | None, BeforeValidator(_maybe_instant)]
Object = Annotated[dict[str, Any], BeforeValidator(_object), Field(default_factory=dict)]
Maybe = Annotated[T | None, WrapValidator(_or_none)]
Each = Annotated[tuple[Annotated[T, WrapValidator(_or_none)], ...], BeforeValidator(_list), AfterValidator(_present)]
"""A list whose unreadable items are left out."""


def known(kind: type[E], value: str | None, unknown: E) -> E:
    """The enum's member for a text of the service, `unknown` for those it has since added.

    >>> from bot.calcom.models import BookingStatus
    >>> known(BookingStatus, "haunted", BookingStatus.UNKNOWN).value
    'unknown'
    """
    try:
        return kind(value or "")
    except ValueError:
        return unknown


def is_web_link(text: str | None) -> bool:
    """Whether a text is an http(s) address."""
    return text is not None and text.startswith(("https://", "http://"))


def rfc3339(moment: datetime) -> str:
    """An instant as the API writes them.

    >>> rfc3339(datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
    '2026-11-24T14:30:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def given(**values: Any) -> dict[str, Any]:
    """A JSON object of the values that are set, snake_case names turned to camelCase.

    >>> given(time_zone="UTC", name=None)
    {'timeZone': 'UTC'}
    """
    return {to_camel(name): value for name, value in values.items() if value is not None}
