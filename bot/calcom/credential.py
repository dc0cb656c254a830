"""Whose authority a call carries."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Credential:
    """An API key or an OAuth access token. Its secret never shows in a repr or a log.

    >>> Credential("key", "cal_live_secret")
    Credential(kind='key')
    """

    kind: Literal["key", "oauth"]
    secret: str = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """A stable name for the credential that tells nothing about its secret."""
        return hashlib.sha256(f"{self.kind}:{self.secret}".encode()).hexdigest()[:16]
