"""Signature of a bank's call: HMAC over method, path, time stamp, nonce and the raw body."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from contracts.errors import gateway as codes
from services.chassis.problems import Problem

TOLERANCE_SECONDS = 300
SHA256, SM3 = "HMAC-SHA256", "HMAC-SM3"
LONGEST_NONCE = 64


@dataclass(frozen=True)
class Signed:
    """Who called, and the nonce the call carried."""

    bank: str
    nonce: str


def text_to_sign(method: str, path: str, stamp: str, nonce: str, body: bytes) -> bytes:
    """The four lines and the body that are signed."""
    return f"{method}\n{path}\n{stamp}\n{nonce}\n".encode() + body


def sign(algorithm: str, key: bytes, text: bytes) -> str:
    """Lower-case hex signature; KeyError for an unknown algorithm.

    SM3 comes from the cryptography library, because a build of OpenSSL may leave it out of hashlib.
    """
    if algorithm == SHA256:
        return hmac.digest(key, text, "sha256").hex()
    if algorithm == SM3:
        made = HMAC(key, hashes.SM3())
        made.update(text)
        return made.finalize().hex()
    raise KeyError(algorithm)


def headers(  # the six things a signature covers
    bank: str,
    key_id: str,
    key: bytes,
    *,
    path: str,
    body: bytes,
    stamp: int,
    nonce: str,
    algorithm: str = SHA256,
) -> dict[str, str]:
    """The headers of a signed POST; what a bank's own client makes."""
    text = text_to_sign("POST", path, str(stamp), nonce, body)
    return {
        "x-bank": bank,
        "x-key": key_id,
        "x-algorithm": algorithm,
        "x-timestamp": str(stamp),
        "x-nonce": nonce,
        "x-signature": sign(algorithm, key, text),
        "content-type": "application/json",
    }


def verify(
    keys: Mapping[str, Mapping[str, bytes]], path: str, given: Mapping[str, str], body: bytes, now: float
) -> Signed:
    """The bank behind a POST; Problem BAD_SIGNATURE or STALE, and nothing says which part was wrong."""
    bank, stamp, nonce = given.get("x-bank", ""), given.get("x-timestamp", ""), given.get("x-nonce", "")
    key = keys.get(bank, {}).get(given.get("x-key", ""))
    algorithm = given.get("x-algorithm", "")
    fit = (
        key
        and algorithm in (SHA256, SM3)
        and stamp.isascii()
        and stamp.isdigit()
        and 0 < len(nonce) <= LONGEST_NONCE
    )
    if not fit or key is None:
        raise Problem(codes.BAD_SIGNATURE)
    expected = sign(algorithm, key, text_to_sign("POST", path, stamp, nonce, body))
    if not hmac.compare_digest(expected.encode(), given.get("x-signature", "").lower().encode()):
        raise Problem(codes.BAD_SIGNATURE)
    if abs(now - int(stamp)) > TOLERANCE_SECONDS:
        raise Problem(codes.STALE, seconds=TOLERANCE_SECONDS)
    return Signed(bank, nonce)
