"""The caller's identity between processes: signed by the gateway, verified by the owner of the data."""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Mapping

from pydantic import ValidationError

from contracts.errors import chassis as codes
from contracts.identity import Caller
from contracts.values import Channel, Role
from services.chassis.problems import Problem

CALLER, STAMP, SIGNATURE = "caller", "caller-time", "caller-signature"
TOLERANCE_SECONDS = 300
SYSTEM = Caller(account="system", roles=frozenset({Role.SYSTEM}), channel=Channel.SYSTEM)
"""A process acting on its own: consumers and day jobs."""


def _digest(key: bytes, method: str, path: str, stamp: str, caller: str) -> str:
    return hmac.new(key, f"{method}\n{path}\n{stamp}\n{caller}".encode(), "sha256").hexdigest()


def sign(key: bytes, method: str, path: str, caller: Caller) -> dict[str, str]:
    """Headers that carry a caller to another process."""
    text = base64.urlsafe_b64encode(caller.model_dump_json().encode()).decode()
    stamp = str(int(time.time()))
    return {CALLER: text, STAMP: stamp, SIGNATURE: _digest(key, method, path, stamp, text)}


def verify(key: bytes, method: str, path: str, headers: Mapping[str, str]) -> Caller:
    """The caller of a request; Problem NOT_LOGGED_IN where the signature is missing, wrong or stale."""
    text, stamp = headers.get(CALLER, ""), headers.get(STAMP, "")
    expected = _digest(key, method, path, stamp, text)
    if not hmac.compare_digest(expected, headers.get(SIGNATURE, "")) or not stamp.isdigit():
        raise Problem(codes.NOT_LOGGED_IN)
    if abs(time.time() - int(stamp)) > TOLERANCE_SECONDS:
        raise Problem(codes.NOT_LOGGED_IN)
    try:
        return Caller.model_validate_json(base64.urlsafe_b64decode(text))
    except (ValidationError, ValueError) as error:
        raise Problem(codes.NOT_LOGGED_IN) from error


def require(caller: Caller, *roles: Role) -> None:
    """Problem FORBIDDEN unless the caller has one of the roles."""
    if not (caller.is_system or caller.has(*roles)):
        raise Problem(codes.FORBIDDEN)


def require_approver(caller: Caller, *officers: Role) -> None:
    """Whoever approves for an employer, or an officer with one of the roles; Problem APPROVER_ONLY for its preparer."""
    if caller.employer_no and not (caller.is_officer or caller.has(Role.APPROVER)):
        raise Problem(codes.APPROVER_ONLY)
    require(caller, Role.APPROVER, *officers)


def own_employer(caller: Caller) -> str:
    """The employer a caller acts for; Problem FORBIDDEN for anybody else."""
    if caller.employer_no is None:
        raise Problem(codes.FORBIDDEN)
    return caller.employer_no


def two_officers(first: str, second: Caller) -> None:
    """Four eyes (domain 1.5): Problem SAME_OFFICER where one person would be both."""
    if first == second.account:
        raise Problem(codes.SAME_OFFICER)
