"""Log-in: two short transactions with the slow hash between them, so that no connection waits for it.

Stranger, wrong password, waiting and locked account take the same path and get the same answer.
"""

from __future__ import annotations

from datetime import date

from contracts.errors import registry as codes
from contracts.http.registry import LoggedIn, LogIn
from contracts.identity import Caller
from contracts.models import View
from contracts.values import Role
from services.chassis.clocks import wall_now
from services.chassis.identity import SYSTEM, require
from services.chassis.problems import Problem
from services.chassis.runtime import Chassis
from services.chassis.work import UnitOfWork, work_scope
from services.registry.commands import totp, tries
from services.registry.hashing import matches
from services.registry.rules.districts import district_on
from services.registry.tables import Account, Employer

NOBODY = "-"


class SeenFrom(View):
    """Where a log-in came from, for the audit row."""

    address: str


async def log_in(chassis: Chassis, caller: Caller, asked: LogIn) -> LoggedIn:
    """Who logged in; Problem LOG_IN_REFUSED for everything else. Only the gateway asks."""
    require(caller)
    name = asked.account.strip()
    async with work_scope(chassis, SYSTEM) as work:
        stored = await _hash_to_try(work, name, asked.address)
    fits = await matches(stored, asked.password)
    async with work_scope(chassis, SYSTEM) as work:
        closed = await _closed_on(work, name) if fits else None
        who = await _admit(work, name, asked) if fits and not closed else None
        if who is None:
            await _refuse(work, name, asked.address)
    if closed:
        raise Problem(codes.DEREGISTERED, day=closed)
    if who is None:
        raise Problem(codes.LOG_IN_REFUSED)
    return who


async def _closed_on(work: UnitOfWork, name: str) -> date | None:
    """The day on which the account's employer was deregistered; told only to whoever knows the password."""
    account = await work.session.get(Account, name)
    if account is None or account.locked or account.employer_no is None:
        return None
    employer = await work.session.get_one(Employer, account.employer_no)
    return employer.deregistered_on


async def _hash_to_try(work: UnitOfWork, name: str, address: str) -> str | None:
    may = await tries.count_try(work, name, address)
    account = await work.session.get(Account, name)
    return account.password_hash if may and account and not account.locked else None


async def _admit(work: UnitOfWork, name: str, asked: LogIn) -> LoggedIn | None:
    """The account as it is now: it may have been locked while its password was verified."""
    account = await work.session.get(Account, name, with_for_update=True)
    if account is None or account.locked or (account.totp_on and not totp.take(work, account, asked.code)):
        return None
    account.last_log_in_at = wall_now()
    await tries.forgive(work, name)
    work.caller = caller_of(account)
    work.audit("log_in", name, after=SeenFrom(address=asked.address))
    return await logged_in(work, account)


async def _refuse(work: UnitOfWork, name: str, address: str) -> None:
    await tries.count_address(work, address)
    known = await work.session.get(Account, name)
    subject = known.account if known else NOBODY
    employer_no = known.employer_no if known else None
    work.audit("log_in_refused", subject, employer_no=employer_no, after=SeenFrom(address=address))


def caller_of(account: Account) -> Caller:
    """The account as the one who acts."""
    return Caller(
        account=account.account,
        roles=frozenset(Role(role) for role in account.roles),
        employer_no=account.employer_no,
        district=account.district,
    )


async def logged_in(work: UnitOfWork, account: Account) -> LoggedIn:
    """The account with its names, for the gateway's session."""
    employer = await work.session.get(Employer, account.employer_no) if account.employer_no else None
    district = district_on(account.district, work.today) if account.district else None
    return LoggedIn(
        account=account.account,
        display_name=account.display_name,
        roles=frozenset(Role(role) for role in account.roles),
        employer_no=account.employer_no,
        employer_name=employer.name if employer else "",
        district=account.district,
        district_name=district.name if district else "",
        must_change_password=account.must_change,
        totp=account.totp_on,
    )
