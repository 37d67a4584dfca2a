"""Failed tries of an account and of an address: counted before the password is looked at, cleared by success.

Counting first means that a refusal needs no write of its own, that many tries at once cannot slip by, and
that a process killed in between has counted too.
"""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.chassis.clocks import wall_now
from services.chassis.work import UnitOfWork
from services.registry.rules.back_off import ACCOUNT, ADDRESS, BackOff
from services.registry.tables import FailedTries


def _key(work: UnitOfWork, scope: str, value: str) -> bytes:
    """Blinded, for people type passwords where the account belongs."""
    return work.chassis.vault.blind(f"{scope}:{value}")


async def _locked(work: UnitOfWork, key: bytes) -> FailedTries:
    fresh = insert(FailedTries).values(key=key, failed=0, last_at=wall_now())
    await work.session.execute(fresh.on_conflict_do_nothing())
    return await work.session.get_one(FailedTries, key, with_for_update=True)


def _count(row: FailedTries, policy: BackOff) -> None:
    now = wall_now()
    row.failed = policy.still_counted(row.failed, row.last_at, now) + 1
    row.last_at = now


async def count_try(work: UnitOfWork, account: str, address: str = "") -> bool:
    """Count a try of this account; False, and nothing counted, while account or address must wait."""
    row = await _locked(work, _key(work, "account", account))
    if not ACCOUNT.may_try(row.failed, row.last_at, wall_now()) or not await _address_may(work, address):
        return False
    _count(row, ACCOUNT)
    return True


async def _address_may(work: UnitOfWork, address: str) -> bool:
    row = await work.session.get(FailedTries, _key(work, "address", address)) if address else None
    return row is None or ADDRESS.may_try(row.failed, row.last_at, wall_now())


async def count_address(work: UnitOfWork, address: str) -> None:
    """Count a failure from this address; an unknown address is not counted."""
    if address:
        _count(await _locked(work, _key(work, "address", address)), ADDRESS)


async def forgive(work: UnitOfWork, account: str) -> None:
    """The password was right: nothing counts any more."""
    await work.session.execute(
        update(FailedTries).where(col(FailedTries.key) == _key(work, "account", account)).values(failed=0)
    )


async def forget_old(work: UnitOfWork) -> None:
    """Drop what no longer counts."""
    before = wall_now() - ACCOUNT.memory
    await work.session.execute(delete(FailedTries).where(col(FailedTries.last_at) < before))
