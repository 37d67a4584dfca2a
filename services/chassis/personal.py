"""Personal data at rest: AES-GCM with a key id, look-up by HMAC under a separate versioned key (PIPL 28, 51)."""

from __future__ import annotations

import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_LONG_NUMBER, _LONG_PHONE = 11, 8


class Vault:
    """Encrypts, decrypts and blinds identity numbers, telephones and bank accounts.

    Stored form: one byte length of the key id, the key id, 12 bytes nonce, cipher text with tag.
    """

    def __init__(self, data_keys: dict[str, bytes], lookup_keys: dict[str, bytes]) -> None:
        self._ciphers = {name: AESGCM(key) for name, key in data_keys.items()}
        self._lookup_keys = lookup_keys
        self._current = max(data_keys)
        self.lookup_version = max(lookup_keys)

    def seal(self, clear: str) -> bytes:
        """Encrypt a text under the newest key."""
        return self.seal_bytes(clear.encode())

    def open(self, stored: bytes) -> str:
        """Decrypt a text; cryptography.exceptions.InvalidTag where the value was tampered with."""
        return self.open_bytes(stored).decode()

    def seal_bytes(self, clear: bytes) -> bytes:
        """Encrypt a file's content under the newest key."""
        nonce, name = os.urandom(_NONCE), self._current.encode()
        return bytes([len(name)]) + name + nonce + self._ciphers[self._current].encrypt(nonce, clear, name)

    def open_bytes(self, stored: bytes) -> bytes:
        """Decrypt; cryptography.exceptions.InvalidTag where the value was tampered with."""
        end = 1 + stored[0]
        name = stored[1:end]
        nonce, sealed = stored[end : end + _NONCE], stored[end + _NONCE :]
        return self._ciphers[name.decode()].decrypt(nonce, sealed, name)

    def blind(self, clear: str, version: str = "") -> bytes:
        """The look-up value of a clear text under a versioned key."""
        return hmac.digest(self._lookup_keys[version or self.lookup_version], clear.encode(), "sha256")


def mask_number(clear: str) -> str:
    """First six and last four of an identity number; short ones show the last two."""
    if len(clear) < _LONG_NUMBER:
        return "*" * max(len(clear) - 2, 0) + clear[-2:]
    return clear[:6] + "*" * (len(clear) - 10) + clear[-4:]


def mask_phone(clear: str) -> str:
    """First three and last four of a telephone."""
    return clear[:3] + "****" + clear[-4:] if len(clear) >= _LONG_PHONE else "****"
