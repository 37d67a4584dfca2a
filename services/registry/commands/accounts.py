"""Accounts under the security administrator: locked, unlocked, an officer's password reset (domain 1.5)."""

from __future__ import annotations

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.accounts import AccountState
from contracts.http.registry import NewAccount
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.commands import holders, revoking, totp
from services.registry.reach import account_in_reach
from services.registry.tables import Account, Employer


async def lock(work: UnitOfWork, name: str) -> AccountState:
    """Lock: no log-in, and open sessions end; locking twice is once."""
    account = await _of_another(work, name)
    if not account.locked:
        revoking.lock(work, account)
        work.audit("account_locked", name, employer_no=account.employer_no)
    return AccountState(account=name, locked=True)


async def unlock(work: UnitOfWork, name: str) -> AccountState:
    """Unlock; Problem NOT_FOUND for a superseded account, which never comes back."""
    account = await _of_another(work, name)
    if await _superseded(work, account):
        raise Problem(common.NOT_FOUND)
    if account.locked:
        account.locked = False
        work.audit("account_unlocked", name, employer_no=account.employer_no)
    return AccountState(account=name, locked=False)


async def reset(work: UnitOfWork, name: str) -> NewAccount:
    """A new initial password of an officer, shown once; a lost authenticator is forgotten with it."""
    account = await _of_another(work, name)
    if account.employer_no:
        raise Problem(codes.EMPLOYER_ACCOUNT)
    totp.forget(account)
    password = await revoking.reset_password(work, account)
    work.audit("password_reset", name)
    return NewAccount(account=name, initial_password=password)


async def _of_another(work: UnitOfWork, name: str) -> Account:
    """The account, locked for the change; Problem NOT_FOUND beyond the administrator's district."""
    require(work.caller, Role.SECURITY_ADMIN)
    if name == work.caller.account:
        raise Problem(codes.OWN_ACCOUNT)
    account = await work.session.get(Account, name, with_for_update=True)
    if account is None or not await account_in_reach(work, account):
        raise Problem(common.NOT_FOUND)
    return account


async def _superseded(work: UnitOfWork, account: Account) -> bool:
    employer = await work.session.get(Employer, account.employer_no) if account.employer_no else None
    if employer is None or employer.specialist == account.account:
        return False
    approver = await holders.current_approver(work, employer.employer_no)
    return approver is None or approver.account != account.account
