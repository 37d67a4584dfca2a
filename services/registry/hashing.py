"""Password hashes: argon2id, 19 MiB, t=2, p=1 (OWASP), in threads of their own and few."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_NOBODY = _HASHER.hash(secrets.token_urlsafe(24))
"""Verified in place of the hash that a stranger does not have, so that the answer takes as long."""


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def hash_password(password: str) -> str:
    """The hash to store."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(stored: str | None, password: str) -> bool:
    """True where the password fits; without a stored hash it takes as long and is false."""
    loop = asyncio.get_running_loop()
    fits = await loop.run_in_executor(_THREADS, _matches, stored or _NOBODY, password)
    return fits and stored is not None
