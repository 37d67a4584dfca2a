"""动态口令: one-time codes by time (RFC 6238: SHA-1, 6 digits, 30 s), each good once."""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS, STEP_SECONDS, SECRET_BYTES = 6, 30, 20
DRIFT_STEPS = (0, -1, 1)
"""The step of now, and one before and after for a clock that is off."""


def generator(secret: bytes) -> TOTP:
    """The generator of a secret of 20 bytes."""
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  # HMAC-SHA-1, which every authenticator speaks


def step_of(secret: bytes, code: str, seconds: int, last: int) -> int | None:
    """The step whose code this is, later than the last one used; none for a wrong or used code."""
    codes = generator(secret)
    for step in (seconds // STEP_SECONDS + drift for drift in DRIFT_STEPS):
        if step > last and hmac.compare_digest(codes.generate(step * STEP_SECONDS), code.encode()):
            return step
    return None
