"""Encryption of credentials at rest: Fernet (AES-CBC with an HMAC), several keys so that keys can be rotated."""

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.store.errors import NoKey, WrongKey


class Vault:
    """Encrypts with the first key, decrypts with any. Without keys it refuses (NoKey)."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    @classmethod
    def embedded(cls, file: Path) -> "Vault":
        """The vault of a SQLite database nobody configured a key for: one is made beside it, readable by its owner
        only. It keeps secrets out of copies of the database, not from who reads the whole directory."""
        path = file.with_name(file.name + ".key")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls([path.read_text().strip()])
        with os.fdopen(handle, "w") as key_file:
            key_file.write(Fernet.generate_key().decode())
        return cls([path.read_text().strip()])

    def seal(self, secret: str) -> str:
        """The encrypted text. Raises NoKey."""
        if self._fernet is None:
            raise NoKey
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The plain text. Raises NoKey, WrongKey."""
        if self._fernet is None:
            raise NoKey
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def reseal(self, sealed: str) -> str:
        """The same secret under the first key. Raises NoKey, WrongKey."""
        if self._fernet is None:
            raise NoKey
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise WrongKey from None
