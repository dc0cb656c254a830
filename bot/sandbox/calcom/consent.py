"""The page on which somebody lets an app use their Cal.com account (`/auth/oauth2/authorize`)."""

import re
from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.sandbox.calcom import oauth
from bot.sandbox.calcom.page import hidden, page
from bot.sandbox.calcom.world import World

NAMES = ("client_id", "redirect_uri", "state", "scope", "code_challenge", "code_challenge_method", "response_type")
CHALLENGE = re.compile(r"^[A-Za-z0-9_-]{43}$")


class Consent:
    """Shows the request, lets one of the sandbox's people sign in, and redirects with a code or a refusal."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def authorize(self, request: Request) -> Response:
        """GET shows the page, POST carries the decision."""
        source = await request.form() if request.method == "POST" else request.query_params
        asked = {name: str(source[name]) for name in NAMES if source.get(name) is not None}
        client = oauth.CLIENTS.get(asked.get("client_id", ""))
        if client is None:
            return page("Unknown app", "<p>There is no app with this client_id.</p>", 400)
        redirect_uri = asked.get("redirect_uri", "")
        if not oauth.may_redirect(self._world, redirect_uri):
            return page("Wrong address", "<p>This redirect_uri does not belong to the app.</p>", 400)
        error = self._mistake(client, asked)
        if error:
            return self._back(redirect_uri, asked, error=error[0], error_description=error[1])
        if request.method == "POST":
            return self._decide(client, asked, str(source.get("decision")), str(source.get("user")))
        return self._show(client, asked)

    @staticmethod
    def _mistake(client: oauth.Client, asked: dict[str, str]) -> tuple[str, str] | None:
        if asked.get("response_type", "code") != "code":
            return "unsupported_response_type", "only code is supported"
        challenge = asked.get("code_challenge")
        if challenge is None and client.secret is None:
            return "invalid_request", "code_challenge required for public clients"
        if challenge is not None and asked.get("code_challenge_method", "S256") != "S256":
            return "invalid_request", "code_challenge_method must be S256"
        if challenge is not None and not CHALLENGE.match(challenge):
            return "invalid_request", "code_challenge is not an S256 challenge"
        unknown = set(asked.get("scope", "").split()) - oauth.SCOPES
        if unknown:
            return "invalid_scope", "unknown scope"
        return None

    @staticmethod
    def _back(redirect_uri: str, asked: dict[str, str], **answer: str) -> Response:
        if "state" in asked:
            answer["state"] = asked["state"]
        joint = "&" if urlsplit(redirect_uri).query else "?"
        return RedirectResponse(f"{redirect_uri}{joint}{urlencode(answer)}", 302)

    def _show(self, client: oauth.Client, asked: dict[str, str]) -> Response:
        scopes = "".join(f"<li>{escape(scope)}</li>" for scope in asked.get("scope", "").split())
        people = "".join(
            f'<option value="{escape(user.username)}">{escape(user.name)} ({escape(user.email)})</option>'
            for user in self._world.people.everyone()
        )
        inner = (
            f"<p><strong>{escape(client.name)}</strong> would like to use your Cal.com account.</p><ul>{scopes}</ul>"
            f'<form method="post">{hidden(asked)}<label>Sign in as <select name="user">{people}</select></label>'
            '<button class="main" name="decision" value="allow">Allow</button>'
            '<button name="decision" value="deny">Deny</button></form>'
        )
        return page(f"Connect {client.name}", inner)

    def _decide(self, client: oauth.Client, asked: dict[str, str], decision: str, username: str) -> Response:
        redirect_uri = asked["redirect_uri"]
        if decision != "allow":
            return self._back(
                redirect_uri, asked, error="access_denied", error_description="the user denied the request"
            )
        user = self._world.people.named(username)
        if user is None:
            return page("Unknown person", "<p>There is nobody of that name here.</p>", 400)
        with self._world.database.transaction():
            code = oauth.grant_code(
                self._world, client, user.id, redirect_uri, asked.get("scope", ""), asked.get("code_challenge")
            )
        return self._back(redirect_uri, asked, code=code)
