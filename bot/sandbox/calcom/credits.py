"""`/v2/credits`: an account's credits, charged once per external reference."""

from typing import Any

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.call import Call, Operation
from bot.sandbox.calcom.database import Json, pack, unpack
from bot.sandbox.calcom.errors import BadRequest
from bot.sandbox.calcom.shape import Shape

CHARGE = Shape(
    {
        "credits*": shape.POSITIVE,
        "creditFor*": shape.one_of("SMS", "CAL_AI_PHONE_CALL", "AI_AGENT"),
        "externalRef": shape.STRING,
    }
)


def _balance(call: Call) -> tuple[int, int]:
    row = call.world.database.one("SELECT monthly, additional FROM credits WHERE user_id = ?", call.user.id)
    return (row["monthly"], row["additional"]) if row else (0, 0)


def _shown(monthly: int, additional: int) -> Json:
    return {"monthlyRemaining": monthly, "additional": additional}


def available(call: Call) -> Any:
    """What is left."""
    monthly, additional = _balance(call)
    return {"hasCredits": monthly + additional > 0, "balance": _shown(monthly, additional)}


def charge(call: Call) -> Any:
    """Take credits, the monthly ones first. The same `externalRef` again is answered again, not charged again."""
    body = call.body(CHARGE)
    database, user, reference = call.world.database, call.user, body.get("externalRef")
    if reference:
        row = database.one("SELECT answer FROM charges WHERE user_id = ? AND reference = ?", user.id, reference)
        if row is not None:
            return unpack(row["answer"])
    monthly, additional = _balance(call)
    if monthly + additional < body["credits"]:
        raise BadRequest("Not enough credits")
    from_month = min(monthly, body["credits"])
    monthly, additional = monthly - from_month, additional - (body["credits"] - from_month)
    database.run("UPDATE credits SET monthly = ?, additional = ? WHERE user_id = ?", monthly, additional, user.id)
    answer: Json = {"charged": True, "remainingBalance": _shown(monthly, additional)}
    if reference:
        database.insert("charges", {"user_id": user.id, "reference": reference, "answer": pack(answer)})
    return answer


OPERATIONS = (
    Operation("GET", "/v2/credits/available", available, versions.ANY, scope="CREDITS_READ"),
    Operation("POST", "/v2/credits/charge", charge, versions.ANY, scope="CREDITS_WRITE"),
)
