"""The bot's own pages and endpoints for Cal.com: where people come back from linking, and where webhooks arrive."""

import logging
from collections.abc import Awaitable, Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.calcom import BadDelivery, read_delivery, signed_by
from bot.scheduling.accounts import Accounts, NotLinked
from bot.scheduling.subscriptions import PATH
from bot.store import Hook, Store, StoreError

log = logging.getLogger(__name__)

CALLBACK = "/oauth/calcom/callback"
MOST_BYTES = 1_000_000
"""A delivery is a few kilobytes; nobody signs more than this for us."""

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}"
    "h1{font-size:1.4rem}"
)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Accept = Callable[[Hook, str, bytes], Awaitable[bool]]
"""Takes a checked delivery as a turn, by the key it is known by again; False for a repeated one."""


class Web:
    """Answers browsers and Cal.com."""

    def __init__(self, accounts: Accounts, store: Store, accept: Accept) -> None:
        self._accounts = accounts
        self._store = store
        self._accept = accept

    def routes(self) -> list[BaseRoute]:
        """What is served."""
        return [
            Route(CALLBACK, self.callback, methods=["GET"]),
            Route(PATH + "{id}", self.webhook, methods=["POST"]),
        ]

    async def callback(self, request: Request) -> Response:
        """Somebody comes back from Cal.com's page with a code, or without."""
        query = request.query_params
        try:
            link, name = await self._accounts.finish(
                query.get("state", "")[:200], query.get("code", "")[:2000], query.get("error", "")[:200]
            )
        except NotLinked as problem:
            return _page("Not connected", problem.sentence, 400)
        except StoreError as error:
            log.error("linking failed", exc_info=error)
            return _page("Not connected", getattr(error, "sentence", "Something went wrong. Please try again."), 500)
        sentence = (
            f"The Cal.com account {link.username} ({link.email}) is now connected to {name} in Slack. "
            "You can close this page. If that is not you, remove the app in Cal.com's settings."
        )
        return _page("Connected", sentence)

    async def webhook(self, request: Request) -> Response:
        """A delivery: refused unless signed with this webhook's own secret, accepted before it is answered."""
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return PlainTextResponse("too long", 413)
        hook = await self._store.hooks.get(request.path_params["id"][:100])
        if hook is None:
            return PlainTextResponse("unknown", 404)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return PlainTextResponse("too long", 413)
        if not signed_by(hook.secret, body, request.headers.get("x-cal-signature-256")):
            return PlainTextResponse("not signed", 401)
        try:
            delivery = read_delivery(body)
        except BadDelivery:
            return PlainTextResponse("not a delivery", 400)
        fresh = await self._accept(hook, delivery.key, body)
        return PlainTextResponse("accepted" if fresh else "known")


def _page(title: str, sentence: str, status: int = 200) -> HTMLResponse:
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1><p>{escape(sentence)}</p></main></body></html>"
    )
    return HTMLResponse(text, status, _HEADERS)
