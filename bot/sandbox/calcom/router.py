"""Routes requests to operations: version, limit, caller, body, transaction, envelope, in Cal.com's order."""

import json
import logging
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.calcom import access, instants, versions
from bot.sandbox.calcom.call import Call, Operation, Whole
from bot.sandbox.calcom.deliveries import Deliveries
from bot.sandbox.calcom.errors import BadRequest, NotFound, Refusal, TooManyRequests
from bot.sandbox.calcom.ratelimit import RateLimiter
from bot.sandbox.calcom.world import World

log = logging.getLogger(__name__)

LARGEST_BODY = 2_000_000
FORM = "application/x-www-form-urlencoded"
EXPOSED = "X-RateLimit-Limit-Default, X-RateLimit-Remaining-Default, X-RateLimit-Reset-Default, X-Request-Id"


class Router:
    """An ASGI app for everything under `/v2`."""

    def __init__(
        self, world: World, limiter: RateLimiter, deliveries: Deliveries, operations: Sequence[Operation]
    ) -> None:
        self._world = world
        self._limiter = limiter
        self._deliveries = deliveries
        self._by_shape: dict[tuple[str, int], list[tuple[list[str], Operation]]] = defaultdict(list)
        for operation in operations:
            parts = operation.path.strip("/").split("/")
            self._by_shape[operation.method, len(parts)].append((parts, operation))
        for candidates in self._by_shape.values():
            # Fixed words win over parameters.
            candidates.sort(key=lambda entry: sum(part.startswith("{") for part in entry[0]))

    def match(self, method: str, path: str, version: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation a request means in this version, and the path's parameters."""
        given = path.strip("/").split("/")
        for parts, operation in self._by_shape.get((method, len(given)), ()):
            params = {}
            for part, word in zip(parts, given, strict=True):
                if part.startswith("{") and word:
                    params[part[1:-1]] = word
                elif part != word:
                    break
            else:
                if version in operation.versions:
                    return operation, params
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = "/v2/" + request.path_params["path"]
        shown = f"{path}?{request.url.query}" if request.url.query else path
        headers: dict[str, str] = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}
        if request.method == "OPTIONS":
            headers |= {
                "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
                "Access-Control-Allow-Headers": "*",
            }
            return Response(status_code=204, headers=headers)
        try:
            body, status = await self._handle(request, path, headers)
        except Refusal as refusal:
            body, status = refusal.body(shown, instants.write_ms(self._world.now_ms())), refusal.status
        except Exception:
            log.exception("%s %s failed", request.method, path)
            body, status = {"statusCode": 500, "message": "Internal server error"}, 500
        if status >= 400:
            headers["X-Request-Id"] = request.headers.get("x-request-id") or str(uuid.uuid4())
        if status == 204:
            return Response(status_code=204, headers=headers)
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return Response(text.encode("utf-8", "replace"), status, headers, media_type="application/json; charset=utf-8")

    async def _handle(self, request: Request, path: str, headers: dict[str, str]) -> tuple[Any, int]:
        method = "GET" if request.method == "HEAD" else request.method
        version = versions.effective(request.headers.get("cal-api-version"))
        matched = self.match(method, path, version)
        if matched is None:
            raise NotFound(f"Cannot {method} {path}")
        operation, params = matched
        self._count(request, operation, headers)
        anonymous = operation.public and operation.scope is None
        caller = access.identify(self._world, request.headers, anonymous=anonymous)
        payload = await self._payload(request)
        call = Call(
            self._world,
            method,
            path,
            version,
            params,
            list(request.query_params.multi_items()),
            payload,
            caller,
            request.headers,
            headers,
        )
        access.authorize(operation, call)
        return self._run(operation, call), operation.status

    def _count(self, request: Request, operation: Operation, headers: dict[str, str]) -> None:
        address = request.client.host if request.client else "unknown"
        who = access.tracker(request.headers, address)
        now = self._world.clock.now().timestamp()
        standings = [(self._limiter.count(who, now), "Default")]
        if operation.limit is not None:
            name, limit = operation.limit
            standings.append((self._limiter.count(f"{who} {name}", now, limit), name))
        for standing, name in standings:
            headers |= standing.headers(name)
        for standing, _ in standings:
            if standing.refused:
                raise TooManyRequests(standing.reset)

    async def _payload(self, request: Request) -> Any:
        raw = await request.body()
        if not raw.strip():
            return None
        if len(raw) > LARGEST_BODY:
            raise BadRequest("request entity too large")
        if request.headers.get("content-type", "").startswith(FORM):
            return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
        try:
            text = raw.decode()
            value = json.loads(text, parse_constant=_not_json)
            # Lone surrogates are JSON but no text a database can hold.
            json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise BadRequest("Unexpected token in JSON at position 0") from error
        return value

    def _run(self, operation: Operation, call: Call) -> Any:
        """Run the handler in one transaction; what it wants to tell webhooks is sent after the commit."""
        if call.method == "GET":
            result = operation.handler(call)
        else:
            with self._world.change() as told:
                result = operation.handler(call)
            self._deliveries.send(told, self._world.now_ms())
        return result.body if isinstance(result, Whole) else {"status": "success", "data": result}


def _not_json(word: str) -> Any:
    raise ValueError(word)
