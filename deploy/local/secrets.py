"""Keys and first passwords of this machine's stack, made once and kept in `.local/secrets.json` (0600)."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from pydantic import BaseModel

from services.registry.rules.passwords import initial_password

KEY_BYTES = 32
BANK = "ICBC"


def _key64() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


class Secrets(BaseModel):
    """What must survive a restart, or data could not be read and nobody could log in."""

    caller_key: str
    """Hex; signs the caller's identity between processes."""
    data_keys: dict[str, str]
    """Base64 by key id; encrypts personal data."""
    lookup_keys: dict[str, str]
    """Base64 by version; look-ups of encrypted values."""
    bank_keys: dict[str, dict[str, str]]
    """Hex by bank and key id; signs the bank's calls."""
    first_account: str = "anquan"
    first_password: str
    """Initial password of the first security administrator (安全管理员)."""


def make() -> Secrets:
    """Fresh secrets."""
    return Secrets(
        caller_key=secrets.token_hex(KEY_BYTES),
        data_keys={"1": _key64()},
        lookup_keys={"1": _key64()},
        bank_keys={BANK: {"k1": secrets.token_hex(KEY_BYTES)}},
        first_password=initial_password(secrets.randbelow),
    )


def kept(path: Path) -> Secrets:
    """The secrets in a file, which is made where it is missing."""
    if path.exists():
        return Secrets.model_validate_json(path.read_text(encoding="utf-8"))
    made = make()
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(made.model_dump_json(indent=1))
    fresh.replace(path)
    return made
