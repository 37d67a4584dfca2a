"""A new initial password, and the end of an account: both end the sessions it had open (clause 三(六))."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Literal

from contracts.events.registry import AccountRevoked
from contracts.values import Role
from services.chassis.clocks import wall_now
from services.chassis.work import UnitOfWork
from services.registry.commands import tries
from services.registry.hashing import hash_password
from services.registry.rules.passwords import initial_password
from services.registry.tables import Account


async def reset_password(work: UnitOfWork, account: Account) -> str:
    """An initial password, shown once; it must be changed at log-in and nothing counts against it yet."""
    password = initial_password(secrets.randbelow)
    account.password_hash = await hash_password(password)
    account.must_change = True
    await tries.forgive(work, account.account)
    _revoke(work, account, "reset")
    return password


def supersede(work: UnitOfWork, account: Account) -> None:
    """Another specialist acts from now on; the account answers like a stranger's."""
    account.locked = True
    _revoke(work, account, "superseded")


def lock(work: UnitOfWork, account: Account) -> None:
    """Nobody logs in with the account until it is unlocked."""
    account.locked = True
    _revoke(work, account, "locked")


def change_roles(work: UnitOfWork, account: Account, roles: Collection[Role]) -> None:
    """Other roles from now on; open sessions end, for they carry the old ones."""
    if set(account.roles) != set(roles):
        account.roles = sorted(roles)
        _revoke(work, account, "roles")


def close(work: UnitOfWork, account: Account) -> None:
    """The employer is deregistered: whoever knows the password is told so at log-in, and enters no more."""
    _revoke(work, account, "deregistered")


def _revoke(
    work: UnitOfWork, account: Account, why: Literal["reset", "locked", "superseded", "roles", "deregistered"]
) -> None:
    account.revocations += 1
    work.publish(
        AccountRevoked(version=account.revocations, account=account.account, before=wall_now(), why=why)
    )
