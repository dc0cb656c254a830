"""Connections to Cal.com: httpx on the outside, aiohttp's pool within.

httpx's own pool looks through all its connections at every request: with 200 requests under way that costs six
times the CPU and lets single requests starve for seconds. What matters here is the translation of failures: only
those that certainly happened before anything was sent may look like a connection that was never made, because the
transport repeats writes after those.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from yarl import URL

_TRANSLATIONS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.ServerTimeoutError, httpx.ReadTimeout),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
    (aiohttp.NonHttpUrlClientError, httpx.UnsupportedProtocol),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
    (aiohttp.ClientError, httpx.ReadError),
    (TimeoutError, httpx.ReadTimeout),
    (OSError, httpx.ReadError),
)
"""From aiohttp's failures to httpx's; the first that fits. The later ones may strike after sending."""


_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@contextmanager
def _translated(request: httpx.Request) -> Iterator[None]:
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        kind = next(ours for theirs, ours in _TRANSLATIONS if isinstance(error, theirs))
        raise kind(type(error).__name__, request=request) from error


class _Body(httpx.AsyncByteStream):
    """An answer's body as it arrives."""

    def __init__(self, answer: aiohttp.ClientResponse, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated(self._request):
            async for piece in self._answer.content.iter_any():
                yield piece

    async def aclose(self) -> None:
        if self._answer.content.is_eof():
            self._answer.release()
        else:
            self._answer.close()


class Connections(httpx.AsyncBaseTransport):
    """A pool of at most `limit` HTTP/1.1 connections, kept for `keepalive_seconds` when idle.

    Belongs to the event loop of its first request. Proxies and certificates as the environment says.
    """

    def __init__(self, limit: int = 100, keepalive_seconds: float = 20.0) -> None:
        self._limit = limit
        self._keepalive_seconds = keepalive_seconds
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[tuple[str, str], str | None] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        times = request.extensions.get("timeout", {})
        timeout = aiohttp.ClientTimeout(
            total=None, connect=times.get("pool"), sock_connect=times.get("connect"), sock_read=times.get("read")
        )
        content = await request.aread()
        with _translated(request):
            answer = await self._opened().request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=request.headers.multi_items(),
                data=content or None,
                allow_redirects=False,
                proxy=self._proxy(request.url),
                timeout=timeout,
            )
        return httpx.Response(
            answer.status, headers=list(answer.raw_headers), stream=_Body(answer, request), request=request
        )

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _proxy(self, url: httpx.URL) -> str | None:
        # aiohttp's own trust_env looks into files at every request.
        origin = (url.scheme, url.host)
        if origin not in self._proxies:
            direct = url.host in _LOOPBACK or proxy_bypass(url.host)
            self._proxies[origin] = None if direct else getproxies().get(url.scheme)
        return self._proxies[origin]

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._limit, keepalive_timeout=self._keepalive_seconds, ssl=httpx.create_ssl_context()
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                auto_decompress=False,  # httpx decodes
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session
