"""What requests to `/workspace` bring, and how they are refused."""

from urllib.parse import urlsplit

from starlette.requests import Request

from bot.sandbox.slack.journal import Json


class Refused(Exception):
    """A request that cannot be done: the status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def same_origin(request: Request) -> None:
    """Refuse what a page of another site sends: there is no other guard on these paths."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, "This workspace takes nothing from pages of other sites.")


async def json_body(request: Request) -> Json:
    """The request's JSON object. Raises `Refused`."""
    try:
        body = await request.json()
    except ValueError:
        raise Refused(400, "The body must be JSON.") from None
    if not isinstance(body, dict):
        raise Refused(400, "The body must be a JSON object.")
    return body
