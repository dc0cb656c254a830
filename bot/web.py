"""The bot's own pages and endpoints for Cal.com: where people come back from linking, and where webhooks arrive."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from html import escape
from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Message

from bot.calcom import BadDelivery, read_delivery, signed_by
from bot.scheduling.accounts import Accounts, NotLinked
from bot.scheduling.subscriptions import PATH
from bot.store import Hook, Store, StoreError

log = logging.getLogger(__name__)

CALLBACK = "/oauth/calcom/callback"
MOST_BYTES = 1_000_000
"""Slack's and Cal.com's requests have some kilobytes; nobody signs more than this for us."""
SLOWEST_SECONDS = 8.0
"""How long a request's body may take to arrive."""
FORMS = ("application/json", "application/x-www-form-urlencoded")
"""In which forms Slack and Cal.com send."""

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


async def arrived(request: Request) -> Request | Response:
    """The request with its body read, or the answer to one that is too long, too slow or of another kind: nothing of
    it is looked at before its signature, and so much only is kept in memory for it."""
    if request.headers.get("content-type", FORMS[0]).partition(";")[0].strip().lower() not in FORMS:
        return PlainTextResponse("unsupported", 415, _HEADERS)
    if not (length := request.headers.get("content-length", "0")).isdigit() or int(length) > MOST_BYTES:
        return PlainTextResponse("too long", 413, _HEADERS)
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    return PlainTextResponse("too long", 413, _HEADERS)
    except TimeoutError:
        return PlainTextResponse("too slow", 408, _HEADERS | {"Connection": "close"})
    except ClientDisconnect:
        return PlainTextResponse("gone", 400, _HEADERS)

    async def replayed() -> Message:
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return Request(request.scope, replayed)


async def from_slack(request: Request, secret: str) -> Request | Response:
    """A request that Slack signed within the last five minutes, its body read and readable; else the answer to it.

    Bolt checks the signature too, but reads the body first. Without a secret nobody can sign.
    """
    stamp, mark = (request.headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
    if not secret or not re.fullmatch("[0-9]{1,12}", stamp) or not mark:
        return PlainTextResponse("not signed", 401, _HEADERS)
    if isinstance(whole := await arrived(request), Response):
        return whole
    body = await whole.body()
    if not SignatureVerifier(secret).is_valid(body, stamp, mark):
        return PlainTextResponse("not signed", 401, _HEADERS)
    return whole if _readable(body) else PlainTextResponse("not readable", 400, _HEADERS)


def _readable(body: bytes) -> bool:
    """Whether a body is a JSON object, or a form whose payload is one."""
    try:
        text = body.decode()
        if text.startswith("payload="):
            (text,) = parse_qs(text, strict_parsing=True)["payload"]
        elif not text.lstrip().startswith(("{", "[")):
            return bool(parse_qs(text))
        return isinstance(json.loads(text), dict)
    except (ValueError, KeyError, RecursionError):
        return False


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
        hook = await self._store.hooks.get(request.path_params["id"][:100])
        if hook is None:
            return PlainTextResponse("unknown", 404, _HEADERS)
        if isinstance(whole := await arrived(request), Response):
            return whole
        body = await whole.body()
        if not signed_by(hook.secret, body, request.headers.get("x-cal-signature-256")):
            return PlainTextResponse("not signed", 401, _HEADERS)
        try:
            delivery = read_delivery(body)
        except BadDelivery:
            return PlainTextResponse("not a delivery", 400, _HEADERS)
        fresh = await self._accept(hook, delivery.key, body)
        return PlainTextResponse("accepted" if fresh else "known")


def _page(title: str, sentence: str, status: int = 200) -> HTMLResponse:
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1><p>{escape(sentence)}</p></main></body></html>"
    )
    return HTMLResponse(text, status, _HEADERS)
