"""One request on its way through the server: who calls, with what, and the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.sandbox.calcom import shape
from bot.sandbox.calcom.database import LARGEST_ID, Json
from bot.sandbox.calcom.errors import BadRequest, Forbidden, NotFound, Unauthorized
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.shape import Shape
from bot.sandbox.calcom.world import World

T = TypeVar("T")

NO_CREDENTIALS = (
    "No authentication method provided. Either pass an API key as 'Bearer' header or OAuth client credentials as "
    "'x-cal-secret-key' and 'x-cal-client-id' headers"
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever the credentials belong to; `scopes` is None for an API key, which may do everything."""

    user: User
    scopes: frozenset[str] | None = None
    key: str | None = None

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id


@dataclass(slots=True)
class Call:
    """A request after routing. Query names may repeat; `payload` is the parsed JSON body or None."""

    world: World
    method: str
    path: str
    version: str
    params: dict[str, str]
    query: list[tuple[str, str]]
    payload: Any
    caller: Caller | None
    headers: Mapping[str, str] = field(default_factory=dict)
    reply_headers: dict[str, str] = field(default_factory=dict)

    @property
    def user(self) -> User:
        """The calling user; 401 if there is none."""
        if self.caller is None:
            raise Unauthorized(NO_CREDENTIALS)
        return self.caller.user

    def id(self, name: str) -> int:
        """A numeric path parameter (Nest's ParseIntPipe refuses others)."""
        text = self.params[name]
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 25:
            raise BadRequest("Validation failed (numeric string is expected)")
        return min(int(text), LARGEST_ID)

    def body(self, expected: Shape) -> Json:
        """The checked body, in the form of the pipe that guards this endpoint."""
        payload = {} if self.payload is None else self.payload
        if not isinstance(payload, dict):
            raise BadRequest("Bad Request Exception", details={"errors": []})
        cleaned, wrong = expected.clean(payload)
        if wrong:
            refuse(wrong, strict=expected.strict)
        return cleaned

    def queries(self, expected: Shape) -> Json:
        """The checked query; numbers and booleans are read from their text first, repeated names are one list."""
        given: dict[str, str] = {}
        for name, value in self.query:
            given[name] = f"{given[name]},{value}" if name in given else value
        converted: Json = {name: _converted(rule, given[name]) for name, rule in _rules(expected) if name in given}
        unknown = {name: value for name, value in given.items() if name not in converted}
        cleaned, wrong = expected.clean({**unknown, **converted})
        if wrong:
            refuse(wrong, strict=expected.strict)
        return cleaned

    def page(self, default: int = 250, most: int = 250) -> tuple[int, int]:
        """`take` and `skip` of a list."""
        found = self.queries(Shape({"take": shape.POSITIVE, "skip": shape.NATURAL}))
        take = int(found.get("take", default))
        if take > most:
            wrong = shape.violation("take", take, {"max": f"take must not be greater than {most}"})
            refuse([wrong], strict=False)
        return take, int(found.get("skip", 0))


Handler = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """An endpoint: its address, the versions it lives in, and whether a caller is needed.

    `scope` is what an OAuth token must hold; None means no OAuth token may call it (unless `public`).
    """

    method: str
    path: str
    handler: Handler
    versions: frozenset[str]
    status: int = 200
    public: bool = False
    scope: str | None = None
    limit: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A handler's answer that is the whole body, not the `data` of the usual envelope."""

    body: Any


def _rules(expected: Shape) -> list[tuple[str, shape.Anyhow]]:
    return [(name.rstrip("*"), rule) for name, rule in expected.rules.items()]


def _converted(rule: shape.Anyhow, text: str) -> Any:
    if rule in (shape.NUMBER, shape.INTEGER, shape.NATURAL, shape.POSITIVE):
        try:
            value = float(text)
        except ValueError:
            return text
        return int(value) if value.is_integer() and abs(value) < LARGEST_ID else value
    if rule is shape.BOOLEAN and text in ("true", "false"):
        return text == "true"
    return text


def refuse(wrong: list[shape.Violation], *, strict: bool) -> None:
    """Raise the refusal for these violations, as the strict or the global pipe words it."""
    if strict:
        raise BadRequest(shape.sentence(wrong))
    raise BadRequest("Bad Request Exception", details={"errors": wrong})


def found(thing: T | None, message: str) -> T:
    """The thing, or 404 with this message."""
    if thing is None:
        raise NotFound(message)
    return thing


def allow(condition: bool, message: str = "Forbidden resource") -> None:
    """403 with this message unless the condition holds."""
    if not condition:
        raise Forbidden(message)
