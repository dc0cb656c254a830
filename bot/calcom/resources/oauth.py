"""Linking an account: the OAuth 2 code flow with PKCE."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bot.calcom.models import Tokens
from bot.calcom.transport import Call
from bot.calcom.wire.link import read_tokens

from .base import Resource

_TOKEN = "/auth/oauth2/token"


@dataclass(frozen=True, slots=True)
class Pkce:
    """A fresh secret for one link attempt and its public S256 challenge."""

    verifier: str = field(repr=False)

    @classmethod
    def fresh(cls) -> "Pkce":
        """A new random one."""
        return cls(secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """What goes into the authorize link.

        >>> Pkce("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge
        'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
        """
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorize_url(
    page: str, *, client_id: str, redirect_uri: str, state: str, scopes: tuple[str, ...], pkce: Pkce
) -> str:
    """The link a person opens to allow it; `page` is https://app.cal.com/auth/oauth2/authorize or a stand-in."""
    query = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "state": state,
        "scope": " ".join(scopes),
        "code_challenge": pkce.challenge,
        "code_challenge_method": "S256",
    }
    return f"{page}?{urlencode(query)}"


class OAuthApi(Resource):
    """Codes and refresh tokens for access tokens. Without a credential; raises LinkExpired when used up."""

    async def exchange_code(
        self,
        *,
        client_id: str,
        code: str,
        redirect_uri: str,
        client_secret: str | None = None,
        code_verifier: str | None = None,
    ) -> Tokens:
        """Tokens for the code that came back from the authorize page."""
        return await self._tokens(
            grant_type="authorization_code",
            client_id=client_id,
            code=code,
            redirect_uri=redirect_uri,
            client_secret=client_secret,
            code_verifier=code_verifier,
        )

    async def refresh_tokens(self, *, client_id: str, refresh_token: str, client_secret: str | None = None) -> Tokens:
        """New tokens. The refresh token used here is spent: store the new one before anything else."""
        return await self._tokens(
            grant_type="refresh_token",
            client_id=client_id,
            refresh_token=refresh_token,
            client_secret=client_secret,
        )

    async def _tokens(self, **fields: str | None) -> Tokens:
        body = {name: value for name, value in fields.items() if value is not None}
        call = Call("POST", _TOKEN, body=body, enveloped=False)
        return await self._send(call, lambda answer: read_tokens(answer, self._shared.clock()))
