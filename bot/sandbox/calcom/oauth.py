"""OAuth 2: clients, codes, tokens (RFC 6749 with PKCE, RFC 7636), as Cal.com's token endpoint answers."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.call import Call, Operation, Whole
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import NotFound, OAuthRefusal, Unauthorized
from bot.sandbox.calcom.shape import Shape
from bot.sandbox.calcom.world import World

ACCESS_LIFETIME = 1800
REFRESH_LIFETIME = 60 * 60 * 24 * 365
CODE_LIFETIME = 600

AREAS = ("EVENT_TYPE", "BOOKING", "SCHEDULE", "APPS", "PROFILE", "WEBHOOK", "VERIFIED_RESOURCES", "CREDITS")
SHARED = ("PROFILE", "EVENT_TYPE", "BOOKING", "SCHEDULE", "MEMBERSHIP", "WEBHOOK")
SCOPES = frozenset(
    {f"{area}_{right}" for area in AREAS for right in ("READ", "WRITE")}
    | {f"{owner}_{area}_{right}" for owner in ("TEAM", "ORG") for area in SHARED for right in ("READ", "WRITE")}
)


@dataclass(frozen=True, slots=True)
class Client:
    """A registered app; without a secret it is public and must use PKCE."""

    id: str
    name: str
    secret: str | None

    @property
    def kind(self) -> str:
        """PUBLIC or CONFIDENTIAL."""
        return "PUBLIC" if self.secret is None else "CONFIDENTIAL"


CLIENTS = {
    client.id: client
    for client in (
        Client("slotwise-sandbox", "Slotwise", None),
        Client("slotwise-sandbox-confidential", "Slotwise", "sandbox-oauth-secret"),
    )
}
"""The sandbox's apps. They may redirect to this origin and to any loopback address (RFC 8252, section 7.3)."""


def may_redirect(world: World, uri: str) -> bool:
    """Whether a redirect address is one of the app's."""
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.fragment or parts.scheme not in ("http", "https"):
        return False
    own = urlsplit(world.origin)
    return host in ("127.0.0.1", "localhost", "::1") or (parts.scheme, parts.netloc) == (own.scheme, own.netloc)


def grant_code(world: World, client: Client, user_id: int, redirect_uri: str, scope: str, challenge: str | None) -> str:
    """A fresh code for an authorisation somebody has just given."""
    code = secrets.token_urlsafe(32)
    world.database.insert(
        "oauth_codes",
        {
            "code": code,
            "client_id": client.id,
            "user_id": user_id,
            "redirect_uri": redirect_uri,
            "scope": scope,
            "challenge": challenge,
            "expires": world.now() + CODE_LIFETIME,
        },
    )
    return code


def challenge_of(verifier: str) -> str:
    """The S256 code challenge of a verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _issue(world: World, client_id: str, user_id: int, scope: str, grant: str) -> Json:
    tokens = {kind: secrets.token_urlsafe(32) for kind in ("access", "refresh")}
    for kind, lifetime in (("access", ACCESS_LIFETIME), ("refresh", REFRESH_LIFETIME)):
        world.database.insert(
            "oauth_tokens",
            {
                "token": tokens[kind],
                "kind": kind,
                "client_id": client_id,
                "user_id": user_id,
                "scope": scope,
                "expires": world.now() + lifetime,
                "grant_id": grant,
            },
        )
    return {
        "access_token": tokens["access"],
        "token_type": "bearer",
        "refresh_token": tokens["refresh"],
        "expires_in": ACCESS_LIFETIME,
        "scope": scope,
    }


def _text(payload: Json, name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise OAuthRefusal("invalid_request", f"{name} is required")
    return value


def _client(payload: Json) -> Client:
    client = CLIENTS.get(_text(payload, "client_id"))
    if client is None:
        raise OAuthRefusal("invalid_client", "client_not_found", 401)
    given = payload.get("client_secret")
    if client.secret is not None and not (
        isinstance(given, str) and hmac.compare_digest(given.encode(), client.secret.encode())
    ):
        raise OAuthRefusal("invalid_client", "invalid_client_credentials", 401)
    return client


def token(call: Call) -> Any:
    """`POST /v2/auth/oauth2/token`: a code or a refresh token becomes tokens. Not enveloped."""
    payload = call.payload if isinstance(call.payload, dict) else {}
    grant_type = _text(payload, "grant_type")
    if grant_type == "authorization_code":
        return Whole(_exchange(call.world, payload, _client(payload)))
    if grant_type == "refresh_token":
        return Whole(_refresh(call.world, _client(payload), _text(payload, "refresh_token")))
    raise OAuthRefusal("unsupported_grant_type", "grant_type must be 'authorization_code' or 'refresh_token'")


def _exchange(world: World, payload: Json, client: Client) -> Json:
    code, redirect_uri = _text(payload, "code"), _text(payload, "redirect_uri")
    row = world.database.one("SELECT * FROM oauth_codes WHERE code = ?", code)
    if row is None or row["client_id"] != client.id or row["expires"] <= world.now():
        raise OAuthRefusal("invalid_grant", "code_invalid_or_expired")
    if row["redirect_uri"] != redirect_uri:
        raise OAuthRefusal("invalid_grant", "redirect_uri_mismatch")
    verifier = payload.get("code_verifier")
    if row["challenge"] is not None and not (
        isinstance(verifier, str) and hmac.compare_digest(challenge_of(verifier).encode(), row["challenge"].encode())
    ):
        raise OAuthRefusal("invalid_grant", "pkce_verification_failed")
    world.database.run("DELETE FROM oauth_codes WHERE code = ?", code)
    return _issue(world, client.id, row["user_id"], row["scope"], secrets.token_hex(8))


def _refresh(world: World, client: Client, refresh_token: str) -> Json:
    row = world.database.one("SELECT * FROM oauth_tokens WHERE token = ? AND kind = 'refresh'", refresh_token)
    if row is None or row["client_id"] != client.id or row["expires"] <= world.now():
        raise OAuthRefusal("invalid_grant", "invalid_refresh_token")
    world.database.run("DELETE FROM oauth_tokens WHERE grant_id = ?", row["grant_id"])
    return _issue(world, client.id, row["user_id"], row["scope"], row["grant_id"])


def get_client(call: Call) -> Any:
    """What a consent page shows of an app."""
    client = CLIENTS.get(call.params["clientId"])
    if client is None:
        raise NotFound(f"OAuth client with ID '{call.params['clientId']}' not found")
    return {
        "client_id": client.id,
        "redirect_uri": f"{call.world.origin}/oauth/callback",
        "name": client.name,
        "logo": None,
        "is_trusted": False,
        "client_type": client.kind,
    }


MANAGED_REFRESH = Shape({"refreshToken*": shape.STRING})


def refresh_managed(call: Call) -> Any:
    """`POST /v2/oauth/{clientId}/refresh` (deprecated): the same rotation in the platform's older words."""
    body = call.body(MANAGED_REFRESH)
    client = CLIENTS.get(call.params["clientId"])
    if client is None or client.secret is None or call.headers.get("x-cal-secret-key") != client.secret:
        raise Unauthorized("Invalid client credentials")
    try:
        tokens = _refresh(call.world, client, body["refreshToken"])
    except OAuthRefusal as refusal:
        raise Unauthorized("Invalid refresh token") from refusal
    now = call.world.now_ms()
    return {
        "accessToken": tokens["access_token"],
        "refreshToken": tokens["refresh_token"],
        "accessTokenExpiresAt": now + ACCESS_LIFETIME * 1000,
        "refreshTokenExpiresAt": now + REFRESH_LIFETIME * 1000,
    }


OPERATIONS = (
    Operation("GET", "/v2/auth/oauth2/clients/{clientId}", get_client, versions.ANY, public=True),
    Operation("POST", "/v2/auth/oauth2/token", token, versions.ANY, public=True),
    Operation("POST", "/v2/oauth/{clientId}/refresh", refresh_managed, versions.ANY, public=True),
)
