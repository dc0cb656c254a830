"""One request to Cal.com: its deadline, its place in line, its retries, its answer read.

Reads are repeated with exponential backoff and jitter. Writes are repeated only when they certainly did not
arrive (no connection, 429): the API has no idempotency key.
"""

import asyncio
import json
import logging
import random
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import httpx

from bot.moments import Moment, passing

from .budgets import Allowance, Budgets
from .credential import Credential
from .deadline import call_ends
from .errors import Answer, CalComError, NotFound, RateLimited, Refused, Unavailable, WrongCredential
from .pacing import Pacer, read_budget
from .refusals import refusal
from .versions import version_for

T = TypeVar("T")
Parse = Callable[[Any], T]
Params = tuple[tuple[str, str], ...]

CEILING_SECONDS = 12.0
_ATTEMPTS = 4
_BACKOFF_SECONDS = 0.25
_MOST_PACERS = 2000
_LONGEST_TEXT = 1_000_000
_OWN_LIMITS = ("/guests", "/conferencing-sessions")

logger = logging.getLogger("slotwise.calcom")


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `route` is the template below /v2, filled with `names`; only the route is ever logged,
    because who knows a booking's uid can cancel it."""

    method: str
    route: str
    names: Mapping[str, str | int] = field(default_factory=dict)
    params: Params = ()
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    version: str | None = None
    enveloped: bool = True

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET"

    @property
    def path(self) -> str:
        """The route with its names filled in, each one path segment. Raises NotFound for unusable names."""
        segments = {key: quote(_whole(str(name)), safe="@+") for key, name in self.names.items()}
        if any(segment in ("", ".", "..") for segment in segments.values()):
            raise NotFound
        return self.route.format_map(segments)

    @property
    def address(self) -> str:
        """Path and query, relative to /v2. Brackets stay as they are: the service reads them so."""
        params = [(name, _whole(value)) for name, value in self.params]
        query = urlencode(params, quote_via=quote, safe="[]:,")
        return self.path.lstrip("/") + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class Seen:
    """A finished attempt, for metrics: `status` None when no answer came."""

    method: str
    route: str
    status: int | None
    seconds: float


class Transport:
    """Sends calls over one shared connection pool."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        ceiling: float = CEILING_SECONDS,
        observe: Callable[[Seen], None] | None = None,
        jitter: Callable[[], float] = random.random,
        budgets: Budgets | None = None,
    ) -> None:
        self._http = http
        self._ceiling = ceiling
        self._observe = observe
        self._jitter = jitter
        self._budgets = budgets
        self._pacers: OrderedDict[tuple[str, str], Pacer] = OrderedDict()

    def forget(self) -> None:
        """Drop what is known of budgets."""
        self._pacers.clear()

    async def send(self, call: Call, credential: Credential | None, parse: Parse[T]) -> T:
        """The parsed answer of `call`.

        `parse` gets the answer's data (or the whole JSON of calls without envelope) and raises ValueError
        when it cannot use it. Raises CalComError, nothing else.
        """
        loop = asyncio.get_running_loop()
        ends = call_ends(self._ceiling)
        headers, content = _headers(call, credential), _content(call)
        pacer = self._pacer(call, credential)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._once(call, content, headers, pacer, ends, parse)
            except RateLimited as error:
                failure: CalComError = error
                queues = error.retry_after is not None  # the gate knows when the window ends and waits for it
                wait = self._backoff(attempt) if error.retry_after is None else error.retry_after
            except Unavailable as error:
                if call.writes and error.maybe_done:
                    raise
                failure, queues, wait = error, False, self._backoff(attempt)
            if attempt == _ATTEMPTS or loop.time() + wait >= ends:
                raise failure
            if not queues:
                await asyncio.sleep(wait)
        raise AssertionError("the loop returns or raises")

    async def fetch(self, link: str) -> str:
        """The text behind a link the service gave out, without any credential; at most a megabyte.

        Only https, or the service's own origin. Raises CalComError: NotFound when the link has expired.
        """
        base, target = self._http.base_url, _url(link)
        if target.scheme != "https" and (target.scheme, target.netloc) != (base.scheme, base.netloc):
            raise Refused
        try:
            async with (
                asyncio.timeout_at(call_ends(self._ceiling)),
                self._http.stream("GET", target) as response,
            ):
                content = b""
                async for piece in response.aiter_bytes():
                    content += piece
                    if len(content) > _LONGEST_TEXT:
                        break
        except (httpx.HTTPError, httpx.StreamError, TimeoutError) as error:
            raise Unavailable(answer=Answer(code=type(error).__name__)) from error
        if response.status_code in (403, 404, 410):
            raise NotFound(answer=Answer(response.status_code))
        if response.status_code != 200:
            raise Unavailable(answer=Answer(response.status_code))
        return content[:_LONGEST_TEXT].decode("utf-8", "replace")

    def _backoff(self, attempt: int) -> float:
        return _BACKOFF_SECONDS * float(2 ** (attempt - 1)) * (0.5 + self._jitter())

    def _pacer(self, call: Call, credential: Credential | None) -> Pacer:
        own = next((name for name in _OWN_LIMITS if call.route.endswith(name)), "")
        key = (credential.fingerprint if credential else "public", own)
        pacer = self._pacers.get(key)
        if pacer is None:
            allowance = Allowance(self._budgets, "calcom/" + "".join(key)) if self._budgets else None
            pacer = self._pacers[key] = Pacer(allowance)
        self._pacers.move_to_end(key)
        if len(self._pacers) > _MOST_PACERS:  # refreshed OAuth tokens leave theirs behind
            oldest = next(iter(self._pacers))
            if not self._pacers[oldest].busy:
                del self._pacers[oldest]
        return pacer

    async def _once(
        self,
        call: Call,
        content: bytes | None,
        headers: dict[str, str],
        pacer: Pacer,
        ends: float,
        parse: Parse[T],
    ) -> T:
        loop = asyncio.get_running_loop()
        ticket = await pacer.enter(ends)
        response: httpx.Response | None = None
        started = time.perf_counter()
        try:
            if ends <= loop.time():
                raise Unavailable
            if call.writes:
                passing(Moment.WRITING)
            async with asyncio.timeout_at(ends):
                response = await self._http.request(
                    call.method,
                    call.address,
                    content=content,
                    headers=headers,
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unavailable(answer=Answer(code=type(error).__name__)) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError) as error:
            sent = not isinstance(error, (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL))
            answer = Answer(code=type(error).__name__)
            raise Unavailable(answer=answer, maybe_done=call.writes and sent) from error
        finally:
            budget = None if response is None else read_budget(response.headers, response.status_code)
            pacer.leave(ticket, budget)
            self._note(call, response, time.perf_counter() - started)
        if call.writes:
            passing(Moment.WRITTEN)
        if response.status_code == 429:
            retry_after = budget.reset if budget else None
            raise RateLimited(answer=_answer(response, None), retry_after=retry_after)
        return _read(call, response, parse)

    def _note(self, call: Call, response: httpx.Response | None, seconds: float) -> None:
        status = None if response is None else response.status_code
        logger.debug("%s %s -> %s in %.0f ms", call.method, call.route, status, seconds * 1000)
        if self._observe is not None:
            self._observe(Seen(call.method, call.route, status, seconds))


def _url(link: str) -> httpx.URL:
    try:
        return httpx.URL(link)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused from error


def _headers(call: Call, credential: Credential | None) -> dict[str, str]:
    headers: dict[str, str] = {}
    version = call.version or version_for(call.route)
    if version is not None:
        headers["cal-api-version"] = version
    if credential is not None:
        secret = credential.secret.strip()
        if not secret or not secret.isascii() or not secret.isprintable():
            raise WrongCredential
        headers["Authorization"] = f"Bearer {secret}"
    if call.body is not None:
        headers["Content-Type"] = "application/json"
    return headers


def _content(call: Call) -> bytes | None:
    if call.body is None:
        return None
    try:
        return json.dumps(_whole(call.body), allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused from error


def _read(call: Call, response: httpx.Response, parse: Parse[T]) -> T:
    status = response.status_code
    body = read_json(response.content)
    if 200 <= status < 300:
        done_without_words = call.writes and not response.content
        if done_without_words or not call.enveloped or _succeeded(body):
            try:
                return parse(body["data"] if call.enveloped and body and "data" in body else body)
            except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
                problem = f"{type(error).__name__} in the answer to {call.method} {call.route}"
                logger.warning("Cal.com sent an answer that cannot be used: %s", problem)
        raise Unavailable(answer=_answer(response, None, "unreadable"), maybe_done=call.writes)
    if status == 401 or (isinstance(body, dict) and 400 <= status < 500 and status != 408):
        raise refusal(status, body, _request_id(response), call.route)
    # A page instead of JSON comes from something in front of the API; below 500 it was not let through.
    maybe_done = call.writes and (status >= 500 or status == 408)
    raise Unavailable(answer=_answer(response, body), maybe_done=maybe_done)


def _succeeded(body: Any) -> bool:
    return isinstance(body, dict) and body.get("status") == "success"


def read_json(content: bytes) -> Any:
    """The JSON value in `content`; None, which is no answer of this API, for anything else."""
    try:
        body = json.loads(content, parse_constant=lambda _: None)
        return _whole(body) if b"\\u" in content else body
    except (ValueError, RecursionError):
        return None


def _whole(value: Any) -> Any:
    """Replace halves of characters: JavaScript cuts text between the two halves of an emoji."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, (list, tuple)):
        return [_whole(item) for item in value]
    if isinstance(value, Mapping):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def _answer(response: httpx.Response, body: Any, code: str | None = None) -> Answer:
    detail = body.get("message") if isinstance(body, dict) else None
    return Answer(response.status_code, code, detail if isinstance(detail, str) else "", _request_id(response))


def _request_id(response: httpx.Response) -> str | None:
    request_id: str | None = response.headers.get("x-request-id")
    return request_id
