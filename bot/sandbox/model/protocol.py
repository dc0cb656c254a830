"""The requests and errors of OpenAI's Chat Completions, as far as this server knows them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Problem(Exception):
    """A request that is refused: `message` for people, `param` the field, `code` a word for programs."""

    def __init__(self, message: str, *, status: int = 400, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message, self.status, self.param, self.code = message, status, param, code

    def body(self) -> dict[str, Any]:
        """The body in OpenAI's shape."""
        kind = "invalid_request_error" if self.status < 500 else "server_error"
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class Message(_Lenient):
    """One message; `content` is text, parts, or null beside tool calls."""

    role: str
    content: str | list[dict[str, Any]] | None = None


class Function(_Lenient):
    """A function the model may call."""

    name: str = Field(min_length=1, max_length=64)


class Tool(_Lenient):
    """A tool; only functions exist here."""

    type: str = "function"
    function: Function | None = None


class StreamOptions(_Lenient):
    """`include_usage`: a last chunk carries the usage."""

    include_usage: bool = False


class Completion(_Lenient):
    """The body of POST /chat/completions. Sampling settings are accepted and have no effect."""

    model: str = Field(min_length=1)
    messages: list[Message] = Field(min_length=1)
    tools: list[Tool] = []
    tool_choice: str | dict[str, Any] | None = None
    stream: bool = False
    stream_options: StreamOptions | None = None

    def callable_tools(self) -> list[str]:
        """The names of the tools that may be called now; none with tool_choice "none"."""
        names = [tool.function.name for tool in self.tools if tool.type == "function" and tool.function]
        if self.tool_choice == "none":
            return []
        if isinstance(self.tool_choice, dict):
            chosen = (self.tool_choice.get("function") or {}).get("name")
            return [name for name in names if name == chosen]
        return names


def parse(raw: object) -> Completion:
    """The request in `raw` (decoded JSON). Raises Problem in OpenAI's words for one that is malformed."""
    if not isinstance(raw, dict):
        raise Problem("We could not parse the JSON body of your request: an object is expected.")
    for field in ("model", "messages"):
        if raw.get(field) in (None, "", []) and field not in raw:
            raise Problem(f"Missing required parameter: '{field}'.", param=field, code="missing_required_parameter")
    cleaned = {key: value for key, value in raw.items() if value is not None}
    try:
        return Completion.model_validate(cleaned)
    except ValidationError as error:
        first = error.errors()[0]
        param = _path(first["loc"])
        raise Problem(f"Invalid value for '{param}': {first['msg']}.", param=param, code="invalid_value") from None


def _path(loc: tuple[int | str, ...]) -> str:
    """("messages", 0, "role") -> "messages[0].role"."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
