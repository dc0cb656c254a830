"""Who may use the stand-ins: programs and pages of this machine, no page of another site.

They know no passwords and listen on the loopback alone. A browser on this machine would still carry requests of any
page there, and a page whose name was pointed at 127.0.0.1 would pass for the same site: its `Host` tells.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

_SAFE = ("GET", "HEAD", "OPTIONS")


def is_welcome(scope: Scope) -> bool:
    """Whether a request (or a WebSocket) is for this machine by name, and not sent by another site's page."""
    if scope["type"] not in ("http", "websocket"):
        return True
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not _is_local(host):
        return False
    origin = headers.get("origin")
    unsafe = scope["type"] == "websocket" or scope["method"] not in _SAFE
    return origin is None or not unsafe or _netloc(origin) == host


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _is_local(host: str) -> bool:
    """A loopback address, or a name that nobody can own in the DNS (no dots, or under a reserved top).

    >>> _is_local("127.0.0.1:3000"), _is_local("[::1]:80"), _is_local("sandbox.test"), _is_local("127.evil.example")
    (True, True, True, False)
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return bool(name) and ("." not in name or name.endswith((".test", ".localhost")))
