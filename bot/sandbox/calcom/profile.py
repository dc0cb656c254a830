"""`/v2/me`: the caller's own profile, and the API key."""

import secrets
from typing import Any

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.agenda import WEEKDAYS
from bot.sandbox.calcom.availability import DAY
from bot.sandbox.calcom.booking_inputs import LANGUAGE
from bot.sandbox.calcom.call import Call, Operation
from bot.sandbox.calcom.database import Json, pack
from bot.sandbox.calcom.errors import BadRequest, Conflict, NotFound
from bot.sandbox.calcom.people import User
from bot.sandbox.calcom.shape import Shape
from bot.sandbox.calcom.world import World

UPDATE = Shape(
    {
        "email": shape.EMAIL_ADDRESS,
        "name": shape.FULL_NAME,
        "timeFormat": shape.one_of(12, 24),
        "defaultScheduleId": shape.INTEGER,
        "weekStart": shape.one_of(*WEEKDAYS),
        "timeZone": shape.TIME_ZONE,
        "locale": LANGUAGE,
        "avatarUrl": shape.URL,
        "bio": shape.STRING,
        "metadata": shape.OBJECT,
    }
)
REFRESH = Shape({"apiKeyDaysValid": shape.POSITIVE, "apiKeyNeverExpires": shape.BOOLEAN})
LONGEST_KEY = 365 * 10


def profile(world: World, user: User) -> Json:
    """A user as `GET /v2/me` shows them."""
    organization = world.people.organization_of(user.id)
    shown: Json = {
        "id": user.id,
        "username": user.username,
        "email": user.email,
        "name": user.data.get("name"),
        "avatarUrl": user.data.get("avatarUrl"),
        "bio": user.data.get("bio"),
        "timeFormat": user.data.get("timeFormat", 12),
        "defaultScheduleId": user.default_schedule_id,
        "weekStart": user.data.get("weekStart", "Sunday"),
        "timeZone": user.data["timeZone"],
        "organizationId": organization.id if organization else None,
    }
    if organization is not None:
        shown["organization"] = {"id": organization.id, "isPlatform": False}
    return shown


def get_me(call: Call) -> Any:
    """Who the key belongs to."""
    return profile(call.world, call.user)


def patch_me(call: Call) -> Any:
    """Change the profile. Cal.com: a new e-mail address must be verified first, so it does not change here."""
    body, user, world = call.body(UPDATE), call.user, call.world
    email = body.pop("email", None)
    if email and email.lower() != user.email and world.people.with_email(email) is not None:
        raise Conflict("A user with this email already exists")
    if "defaultScheduleId" in body:
        row = world.database.one(
            "SELECT id FROM schedules WHERE id = ? AND owner_id = ?", body["defaultScheduleId"], user.id
        )
        if row is None:
            raise NotFound(f"Schedule with id={body['defaultScheduleId']} not found")
    world.database.change("users", user.id, {"data": pack({**user.data, **body})})
    changed = world.people.user(user.id)
    assert changed is not None
    return profile(world, changed)


def refresh_key(call: Call) -> Any:
    """A new API key; the old one stops working."""
    body = call.body(REFRESH)
    if body.get("apiKeyNeverExpires") and body.get("apiKeyDaysValid"):
        raise BadRequest(
            "ApiKeysService - You can't have both 'apiKeyDaysValid' and 'apiKeyNeverExpires' set. Use"
            " 'apiKeyDaysValid' if you"
            " want to set a specific number of days for the API key to be valid, or 'apiKeyNeverExpires' if you"
            " want to create"
            " an API key that never expires."
        )
    caller = call.caller
    if caller is None or caller.key is None:
        raise BadRequest("Only an API key can be refreshed")
    days = min(int(body.get("apiKeyDaysValid") or 30), LONGEST_KEY)
    expires = None if body.get("apiKeyNeverExpires") else call.world.now() + days * DAY
    fresh = f"cal_{secrets.token_hex(20)}"
    call.world.database.run("DELETE FROM api_keys WHERE key = ?", caller.key)
    call.world.database.insert("api_keys", {"key": fresh, "user_id": caller.id, "expires": expires})
    return {"apiKey": fresh}


OPERATIONS = (
    Operation("GET", "/v2/me", get_me, versions.ANY, scope="PROFILE_READ"),
    Operation("PATCH", "/v2/me", patch_me, versions.ANY, scope="PROFILE_WRITE"),
    Operation("POST", "/v2/api-keys/refresh", refresh_key, versions.ANY),
)
