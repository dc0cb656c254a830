"""What the server refuses with: one tree of errors, each knowing the shape Cal.com gives it.

Source of the shapes: Cal.com's exception filters, as described in the API fact sheet (section 3).
"""

from typing import Any

REASONS = {
    400: ("BadRequestException", "Bad Request"),
    401: ("UnauthorizedException", "Unauthorized"),
    403: ("ForbiddenException", "Forbidden"),
    404: ("NotFoundException", "Not Found"),
    409: ("ConflictException", "Conflict"),
    413: ("PayloadTooLargeException", "Payload Too Large"),
    422: ("UnprocessableEntityException", "Unprocessable Entity"),
    429: ("ThrottlerException", "Too Many Requests"),
    500: ("InternalServerErrorException", "Internal Server Error"),
}


class Refusal(Exception):
    """A request the server answers with an error in the usual envelope."""

    status = 400

    def __init__(self, message: str, *, code: str | None = None, details: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or REASONS[self.status][0]
        self.details = details

    def body(self, path: str, timestamp: str) -> dict[str, Any]:
        """The JSON body; `path` is the request's path with its query, `timestamp` ISO UTC."""
        details = self.details
        if details is None:
            details = {"message": self.message, "error": REASONS[self.status][1], "statusCode": self.status}
        error = {"code": self.code, "message": self.message, "details": details}
        return {"status": "error", "timestamp": timestamp, "path": path, "error": error}


class BadRequest(Refusal):
    """400: the request itself is wrong."""


class Unauthorized(Refusal):
    """401: no credentials, or wrong ones."""

    status = 401


class Forbidden(Refusal):
    """403: these credentials may not do that."""

    status = 403


class NotFound(Refusal):
    """404: no such thing, or no such route in this version."""

    status = 404


class Conflict(Refusal):
    """409: the thing exists already, or is full."""

    status = 409


class Unprocessable(Refusal):
    """422: a well-formed request that cannot be carried out."""

    status = 422


class TooManyRequests(Refusal):
    """429: the key's minute is used up; `reset` seconds until the block ends."""

    status = 429

    def __init__(self, reset: int) -> None:
        super().__init__("Too many requests. Please try again later.", code="ThrottlerException")
        self.reset = reset


class Bare(Refusal):
    """An error of Cal.com's core libraries: answered without the envelope."""

    def __init__(self, message: str, status: int = 400) -> None:
        self.status = status
        super().__init__(message)

    def body(self, path: str, timestamp: str) -> dict[str, Any]:
        """Only the status and the message."""
        return {"statusCode": self.status, "message": self.message}


class TrpcRefusal(Refusal):
    """An error of Cal.com's tRPC handlers: `error.code` is "TRPCError"."""

    def __init__(self, message: str, status: int = 400) -> None:
        self.status = status
        super().__init__(message, code="TRPCError")


class OAuthRefusal(Refusal):
    """An error of the token endpoint (RFC 6749, section 5.2)."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        self.status = status
        super().__init__(description, code=error)

    def body(self, path: str, timestamp: str) -> dict[str, Any]:
        """RFC 6749's two names."""
        return {"error": self.code, "error_description": self.message}
