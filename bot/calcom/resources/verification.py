"""Proving an e-mail address: Cal.com mails a code, the person tells it."""

from typing import Any

from bot.calcom.errors import NoSuchRoute, Refused
from bot.calcom.wire.lenient import given

from .base import Resource, nothing


class VerificationApi(Resource):
    """Codes by mail, as event types with `requires_email_verification` want them. No credential needed."""

    async def send_email_code(self, email: str, *, name: str | None = None, language: str = "en") -> None:
        """Mail a one-time code to this address, greeting `name`."""
        body = given(email=email, username=name, language=language, is_verifying_email=True)
        await self._write("POST", "/bookings/verification/email/send-code", nothing, body)

    async def verify_email_code(self, email: str, code: str) -> bool:
        """Whether this is the code that was mailed to the address."""
        body = {"email": email, "code": code.strip()}
        try:
            return await self._write("POST", "/bookings/verification/email/verify-code", _verified, body)
        except Refused as refused:
            if refused.status in _WRONG_CODE and not isinstance(refused, NoSuchRoute):
                return False
            raise


_WRONG_CODE = (400, 401, 403, 422)


def _verified(data: Any) -> bool:
    """Success means verified unless the answer says otherwise in one of its fields."""
    told = data.values() if isinstance(data, dict) else (data,)
    return not any(value is False for value in told)
