"""Accounts as administrators and their owners see them: officers, tries to log in, idle employers."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Row, func, or_, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.accounts import (
    EmployerAccount,
    EmployerAccounts,
    IdleEmployer,
    IdlePage,
    LogInEntry,
    LogInLog,
)
from contracts.http.paging import PAGE_SIZE
from contracts.http.registry import Officers, OfficerView
from contracts.values import Role
from services.chassis.clocks import wall_now
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.reach import account_in_reach, employer_in_reach, reach_filter
from services.registry.tables import TABLES, Account, Approver, Employer, Specialist

_TRIES = ("log_in", "log_in_refused")


async def officers(work: UnitOfWork) -> Officers:
    """Officers of the administrator's district, or of the whole city."""
    require(work.caller, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    query = select(Account).where(col(Account.employer_no).is_(None)).order_by(col(Account.account))
    rows = (await work.session.scalars(query)).all()
    seen = [row for row in rows if row.district and work.caller.sees_district(row.district)]
    return Officers(rows=tuple(OfficerView(**row.model_dump(), totp=row.totp_on) for row in seen))


async def log_ins(work: UnitOfWork, name: str, *, page: int = 1, size: int = PAGE_SIZE) -> LogInLog:
    """Tries of the caller's own account, or of one an administrator reaches; Problem NOT_FOUND otherwise."""
    await _may_look(work, name)
    acts = TABLES.audit
    where = (col(acts.subject) == name) & col(acts.act).in_(_TRIES)
    total = await work.session.scalar(select(func.count()).select_from(acts).where(where))
    query = select(acts).where(where).order_by(col(acts.id).desc()).offset((page - 1) * size).limit(size)
    rows = tuple(
        LogInEntry(at=row.at, accepted=row.act == "log_in", address=(row.after or {}).get("address", ""))
        for row in await work.session.scalars(query)
    )
    return LogInLog(total=total or 0, page=page, size=size, rows=rows)


async def of_employer(work: UnitOfWork, employer_no: str) -> EmployerAccounts:
    """Who acts for an employer now, the specialist first; Problem NOT_FOUND for a foreign one."""
    await employer_in_reach(work, employer_no)
    found: list[Row[Account, date]] = []
    for table in (Specialist, Approver):
        query = (
            select(Account, col(table.since))
            .join(table, col(table.account) == col(Account.account))
            .where(col(table.employer_no) == employer_no, col(table.until).is_(None))
        )
        found += (await work.session.execute(query)).all()
    return EmployerAccounts(
        rows=tuple(
            EmployerAccount(**row.model_dump(), holder=row.display_name, since=since, totp=row.totp_on)
            for row, since in found
        )
    )


async def idle(work: UnitOfWork, days: int, *, page: int = 1, size: int = PAGE_SIZE) -> IdlePage:
    """Opened employers of the district whose account was not logged in for so many days (clause 三)."""
    require(work.caller, Role.COUNTER, Role.AUDITOR, Role.COLLECTION, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    last = col(Account.last_log_in_at)
    where = or_(last.is_(None), last < wall_now() - timedelta(days=days)) & reach_filter(work.caller)
    joined = (
        select(Employer, last)
        .join(Account, col(Account.account) == col(Employer.specialist))
        .where(where, col(Employer.deregistered_on).is_(None))
    )
    total = await work.session.scalar(select(func.count()).select_from(joined.subquery()))
    order = joined.order_by(last.asc().nulls_first(), col(Employer.employer_no))
    found = await work.session.execute(order.offset((page - 1) * size).limit(size))
    rows = tuple(
        IdleEmployer(
            employer_no=employer.employer_no,
            name=employer.name,
            account=employer.specialist or "",
            last_log_in_at=seen,
        )
        for employer, seen in found
    )
    return IdlePage(total=total or 0, page=page, size=size, days=days, rows=rows)


async def _may_look(work: UnitOfWork, name: str) -> None:
    if name == work.caller.account:
        return
    account = await work.session.get(Account, name)
    administers = work.caller.is_system or work.caller.has(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    if account is None or not administers or not await account_in_reach(work, account):
        raise Problem(common.NOT_FOUND)
