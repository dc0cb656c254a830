"""OAuth 2: the consent page, PKCE, tokens that expire and rotate, scopes."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.sandbox.calcom.oauth import challenge_of
from tests.sandbox_calcom.api import Api

PUBLIC, CONFIDENTIAL, SECRET = "slotwise-sandbox", "slotwise-sandbox-confidential", "sandbox-oauth-secret"
BACK = "http://127.0.0.1:3001/oauth/callback"
VERIFIER = "v" * 50
TOKEN = "/auth/oauth2/token"


def asked(**more: str) -> dict[str, str]:
    return {
        "client_id": PUBLIC,
        "redirect_uri": BACK,
        "state": "xyz",
        "scope": "PROFILE_READ BOOKING_READ",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
        **more,
    }


async def decide(api: Api, decision: str = "allow", user: str = "sam", **more: str) -> dict[str, str]:
    """The query the browser is sent back with."""
    body = {**asked(**more), "decision": decision, "user": user}
    reply = await api.http.post("/auth/oauth2/authorize", data={name: text for name, text in body.items() if text})
    assert reply.status_code == 302, reply.text
    assert reply.headers["location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(reply.headers["location"]).query).items()}


async def exchange(api: Api, code: str, **more: Any) -> Any:
    body = {
        "client_id": PUBLIC,
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        **more,
    }
    return await api.call("POST", TOKEN, {name: text for name, text in body.items() if text is not None})


def bearer(tokens: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def test_the_whole_way_from_consent_to_a_renewed_token(api: Api) -> None:
    page = await api.http.get("/auth/oauth2/authorize", params=asked())
    assert "Slotwise" in page.text
    assert "BOOKING_READ" in page.text
    back = await decide(api)
    assert back["state"] == "xyz"
    tokens = (await exchange(api, back["code"])).json()
    assert {name: tokens[name] for name in ("token_type", "expires_in", "scope")} == {
        "token_type": "bearer",
        "expires_in": 1800,
        "scope": "PROFILE_READ BOOKING_READ",
    }
    assert (await api.data("GET", "/me", headers=bearer(tokens)))["username"] == "sam"
    api.clock.advance(timedelta(seconds=1800))
    assert (await api.refusal("GET", "/me", headers=bearer(tokens)))[0] == 401
    renewal = {"client_id": PUBLIC, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    renewed = (await api.http.post(f"/v2{TOKEN}", data=renewal)).json()
    assert (await api.data("GET", "/me", headers=bearer(renewed)))["username"] == "sam"
    again = await api.call("POST", TOKEN, renewal)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


async def test_a_token_does_what_its_scopes_say(api: Api) -> None:
    tokens = (await exchange(api, (await decide(api))["code"])).json()
    assert len(await api.data("GET", "/bookings", headers=bearer(tokens))) == 3
    assert (await api.refusal("PATCH", "/me", {"bio": "x"}, headers=bearer(tokens)))[0] == 403
    assert (await api.refusal("GET", "/webhooks", headers=bearer(tokens)))[0] == 403


async def test_a_code_works_once(api: Api) -> None:
    code = (await decide(api))["code"]
    assert (await exchange(api, code)).status_code == 200
    assert (await exchange(api, code)).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("wrong", "status", "error"),
    [
        ({"code_verifier": "w" * 50}, 400, "invalid_grant"),
        ({"code_verifier": None}, 400, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:3001/other"}, 400, "invalid_grant"),
        ({"client_id": CONFIDENTIAL, "client_secret": SECRET}, 400, "invalid_grant"),
        ({"client_id": CONFIDENTIAL, "client_secret": "guess"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
    ],
)
async def test_a_wrong_exchange_is_refused(api: Api, wrong: dict[str, Any], status: int, error: str) -> None:
    reply = await exchange(api, (await decide(api))["code"], **wrong)
    assert (reply.status_code, reply.json()["error"]) == (status, error)
    assert set(reply.json()) == {"error", "error_description"}


async def test_a_code_lives_ten_minutes(api: Api) -> None:
    code = (await decide(api))["code"]
    api.clock.advance(timedelta(minutes=10))
    assert (await exchange(api, code)).json()["error"] == "invalid_grant"


async def test_a_confidential_app_uses_its_secret(api: Api) -> None:
    back = await decide(api, client_id=CONFIDENTIAL, code_challenge="", code_challenge_method="")
    reply = await exchange(api, back["code"], client_id=CONFIDENTIAL, client_secret=SECRET, code_verifier=None)
    assert reply.status_code == 200


async def test_somebody_says_no(api: Api) -> None:
    back = await decide(api, "deny")
    assert (back["error"], back["state"]) == ("access_denied", "xyz")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "EVERYTHING"}, "invalid_scope"),
    ],
)
async def test_a_wrong_request_is_sent_back(api: Api, wrong: dict[str, str], error: str) -> None:
    assert (await decide(api, **wrong))["error"] == error


@pytest.mark.parametrize("wrong", [{"client_id": "nobody"}, {"redirect_uri": "https://evil.example/"}])
async def test_nobody_is_sent_to_a_strange_address(api: Api, wrong: dict[str, str]) -> None:
    reply = await api.http.get("/auth/oauth2/authorize", params=asked(**wrong))
    assert reply.status_code == 400


async def test_a_reset_revokes_everything(api: Api) -> None:
    tokens = (await exchange(api, (await decide(api))["code"])).json()
    api.server.reset()
    assert (await api.refusal("GET", "/me", headers=bearer(tokens)))[0] == 401


async def test_an_app_is_shown_to_whoever_asks(api: Api) -> None:
    shown = await api.data("GET", f"/auth/oauth2/clients/{PUBLIC}")
    assert (shown["client_type"], shown["name"]) == ("PUBLIC", "Slotwise")
    assert (await api.refusal("GET", "/auth/oauth2/clients/nobody"))[0] == 404
