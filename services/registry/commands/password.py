"""Change of one's own password (clause 三: the initial one at first log-in; 协议 二.5)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.registry import ChangePassword, LoggedIn
from contracts.identity import Caller
from services.chassis.problems import Problem
from services.chassis.runtime import Chassis
from services.chassis.work import UnitOfWork, work_scope
from services.registry.commands import holders, tries
from services.registry.commands.log_in import logged_in
from services.registry.hashing import hash_password, matches
from services.registry.rules.passwords import weakness
from services.registry.tables import Account, Employer


@dataclass(frozen=True)
class _Own:
    """The stored hash and the words that must not stand in a password."""

    password_hash: str
    words: tuple[str, ...]


async def change_password(chassis: Chassis, caller: Caller, asked: ChangePassword) -> LoggedIn:
    """Set the caller's password; Problem for a wrong old one, a weak or unchanged new one, too many tries.

    As at log-in the try is counted and committed first, and no connection waits for a hash.
    """
    async with work_scope(chassis, caller) as work:
        own = await _own(work)
        may = await tries.count_try(work, caller.account)
    if not may:
        raise Problem(codes.TOO_MANY_TRIES)
    if not await matches(own.password_hash, asked.old):
        raise Problem(codes.OLD_PASSWORD_WRONG, field="old")
    if fault := weakness(asked.new, old=asked.old, own_data=own.words):
        raise Problem(codes.PASSWORD_WEAK, field="new", reason=fault.reason)
    fresh = await hash_password(asked.new)
    async with work_scope(chassis, caller) as work:
        return await _store(work, own.password_hash, fresh)


async def _own(work: UnitOfWork) -> _Own:
    account = await work.session.get(Account, work.caller.account)
    if account is None or account.locked:
        raise Problem(common.FORBIDDEN)
    words = [account.account, account.display_name]
    if account.employer_no:
        words += await _words_of_employer(work, account.employer_no)
    return _Own(account.password_hash, tuple(words))


async def _words_of_employer(work: UnitOfWork, employer_no: str) -> list[str]:
    employer = await work.session.get_one(Employer, employer_no)
    words = [employer.employer_no, employer.name, employer.credit_code]
    specialist = await holders.current_specialist(work, employer_no)
    approver = await holders.current_approver(work, employer_no)
    for person in (specialist, approver) if approver else (specialist,):
        words += [person.name, *(work.chassis.vault.open(own) for own in (person.id_number, person.mobile))]
    return words


async def _store(work: UnitOfWork, old_hash: str, fresh: str) -> LoggedIn:
    """Exchange the hash unless somebody changed it meanwhile."""
    name = work.caller.account
    changed = await work.session.execute(
        update(Account)
        .where(col(Account.account) == name, col(Account.password_hash) == old_hash)
        .values(password_hash=fresh, must_change=False)
        .returning(col(Account.account))
    )
    if changed.scalar() is None:
        raise Problem(common.CONFLICT)
    await tries.forgive(work, name)
    work.audit("password_changed", name)
    return await logged_in(work, await work.session.get_one(Account, name))
