"""The embedded Cal.com server: the API v2 on SQLite, with real availability, webhooks and OAuth pages.

Beside `/v2/...` it serves, under the same mount:

- `/auth/oauth2/authorize`: the consent page. Apps: `slotwise-sandbox` (public, PKCE) and
  `slotwise-sandbox-confidential` with the secret `sandbox-oauth-secret`; both may redirect to this origin and to
  loopback addresses. A form with `user` and `decision=allow` stands for a person who signs in and agrees.
- `/video/{uid}`: a booking's room; a POST of `name` enters it, which leaves sessions, a recording and a transcript.
- `/connect-and-join?token=..`: where a rung host takes an instant meeting; `&as=<username>` says who.
- `/{username}/{slug}`, `/team/{team}/{slug}`, `/d/{link}/{slug}`: pages to book by hand.
- `POST /sandbox/calendars/{username}/events` `{title?, start, end}`: something else in a connected calendar.
"""

from bot.sandbox.calcom.server import CalComServer

__all__ = ["CalComServer"]
