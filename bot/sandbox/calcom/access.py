"""Whose request it is: API keys, OAuth access tokens, client credentials."""

import hashlib
from collections.abc import Mapping

from bot.sandbox.calcom.call import NO_CREDENTIALS, Call, Caller, Operation
from bot.sandbox.calcom.errors import Forbidden, Unauthorized
from bot.sandbox.calcom.world import World

KEY_PREFIX = "cal_"


def bearer(headers: Mapping[str, str]) -> str | None:
    """The token of an `Authorization: Bearer` header."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() or None if kind.lower() == "bearer" else None


def tracker(headers: Mapping[str, str], address: str) -> str:
    """What requests are counted by: the key or token, else the client id, else the address."""
    token = bearer(headers)
    if token:
        return hashlib.sha256(token.encode()).hexdigest()
    return headers.get("x-cal-client-id") or address


def identify(world: World, headers: Mapping[str, str], *, anonymous: bool = False) -> Caller | None:
    """The caller, None without credentials; refused if they are wrong or expired.

    An `anonymous` endpoint looks at no token; only a wrong API key is refused there too (by the request counter).
    """
    token = bearer(headers)
    if token is None:
        if not anonymous and headers.get("x-cal-client-id") and headers.get("x-cal-secret-key"):
            raise Unauthorized("Invalid client credentials")
        return None
    now = world.now()
    if token.startswith(KEY_PREFIX):
        row = world.database.one("SELECT * FROM api_keys WHERE key = ?", token)
        user = world.people.user(row["user_id"]) if row else None
        if row is None or user is None:
            raise Unauthorized("Invalid API Key")
        if row["expires"] is not None and row["expires"] <= now:
            raise Unauthorized("Your api key is expired")
        return Caller(user, key=token)
    if anonymous:
        return None
    row = world.database.one("SELECT * FROM oauth_tokens WHERE token = ? AND kind = 'access'", token)
    user = world.people.user(row["user_id"]) if row else None
    if row is None or user is None or row["expires"] <= now:
        raise Unauthorized("Invalid or expired access token")
    return Caller(user, frozenset(row["scope"].split()))


def authorize(operation: Operation, call: Call) -> None:
    """Refuse a caller who is missing, or whose OAuth token lacks the scope."""
    if call.caller is None:
        if not operation.public:
            raise Unauthorized(NO_CREDENTIALS)
        return
    scopes = call.caller.scopes
    if scopes is None or (operation.public and operation.scope is None):
        return
    if operation.scope is None:
        raise Forbidden("This endpoint can't be called with an OAuth access token")
    if not _granted(operation.scope, scopes):
        raise Forbidden(f"insufficient_scope: token does not have the required scopes. Required: {operation.scope}.")


def _granted(needed: str, scopes: frozenset[str]) -> bool:
    """ORG_x implies TEAM_x; a WRITE scope does not imply READ."""
    if needed in scopes:
        return True
    return needed.startswith("TEAM_") and f"ORG_{needed.removeprefix('TEAM_')}" in scopes
