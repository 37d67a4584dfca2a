"""注销登记: filed by the employer or at the counter, decided by an officer when nothing is owed (A20, JB 10)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.events.registry import EmployerChanged
from contracts.http.deregistrations import (
    DeregistrationState,
    DeregistrationView,
    FileDeregistration,
    RefuseDeregistration,
)
from contracts.values import Outcome, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.changing import rates_of
from services.registry.commands import revoking
from services.registry.deciding import tell
from services.registry.entry import state_of
from services.registry.queries.deregistrations import obstacles, view_of
from services.registry.reach import employer_in_reach, require_registered
from services.registry.series import numbers_of_month
from services.registry.standing_tables import Deregistration
from services.registry.tables import Account, Employer, EmployerVersion

MATTER, FIELD = "deregistration", "deregistered_on"
OPEN = (DeregistrationState.FILED, DeregistrationState.DONE)


async def file(work: UnitOfWork, employer_no: str, asked: FileDeregistration) -> DeregistrationView:
    """File it; Problem naming every month and the persons that stand in its way."""
    require(work.caller, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    employer = await employer_in_reach(work, employer_no, lock=True)
    require_registered(employer)
    if not employer.registered_on <= asked.ended_on <= work.today:
        raise Problem(codes.DEREGISTRATION_DAY, field="ended_on", first=employer.registered_on)
    await _require_nothing_open(work, employer_no)
    row = Deregistration(
        **asked.model_dump(mode="python"),
        deregistration_no=(await numbers_of_month(work, "X"))[0],
        employer_no=employer_no,
        state=DeregistrationState.FILED,
        filed_on=work.today,
        filed_by=work.caller.account,
        channel=work.caller.channel,
    )
    await _store(work, row)
    view = view_of(row, employer)
    work.audit("deregistration_filed", row.deregistration_no, employer_no=employer_no, after=view)
    return view


async def accept(work: UnitOfWork, number: str) -> DeregistrationView:
    """The employer is deregistered today and its accounts are closed; Problem for what has come in the way since."""
    row, employer = await _filed(work, number, Role.COUNTER)
    await _require_nothing_open(work, row.employer_no)
    row.state = DeregistrationState.DONE
    row.decided_on, row.decided_by = work.today, work.caller.account
    await _deregister(work, employer, number)
    tell(work, row.employer_no, number, MATTER, Outcome.ACCEPTED, next_step="单位账户已停用，资料请依法留存")
    view = view_of(row, employer)
    work.audit("employer_deregistered", number, employer_no=row.employer_no, after=view)
    return view


async def refuse(work: UnitOfWork, number: str, asked: RefuseDeregistration) -> DeregistrationView:
    """Refuse with a reason, which the employer reads as the result."""
    row, employer = await _filed(work, number, Role.COUNTER)
    row.state, row.refused_for = DeregistrationState.REFUSED, asked.reason
    row.decided_on, row.decided_by = work.today, work.caller.account
    next_step = "请按原因补正后重新提交，或持材料到柜台办理"
    tell(work, row.employer_no, number, MATTER, Outcome.REFUSED, reason=asked.reason, next_step=next_step)
    view = view_of(row, employer)
    work.audit("deregistration_refused", number, employer_no=row.employer_no, after=view)
    return view


async def withdraw(work: UnitOfWork, number: str) -> DeregistrationView:
    """Take it back before it is decided."""
    row, employer = await _filed(work, number, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    row.state = DeregistrationState.WITHDRAWN
    view = view_of(row, employer)
    work.audit("deregistration_withdrawn", number, employer_no=row.employer_no, after=view)
    return view


async def _require_nothing_open(work: UnitOfWork, employer_no: str) -> None:
    if found := await obstacles(work, employer_no):
        raise Problem(codes.DEREGISTRATION_BARRED, faults=found, count=len(found))


async def _deregister(work: UnitOfWork, employer: Employer, number: str) -> None:
    employer.deregistered_on, employer.version = work.today, employer.version + 1
    item = {"field": FIELD, "before": "", "after": work.today.isoformat()}
    work.session.add(
        EmployerVersion(
            employer_no=employer.employer_no,
            version=employer.version,
            effective_on=work.today,
            recorded_on=work.today,
            change_no=number,
            items=[item],
        )
    )
    await work.session.flush()
    rates = await rates_of(work, employer.employer_no)
    work.publish(EmployerChanged(**state_of(employer, rates), changed=(FIELD,)))
    for account in await work.session.scalars(
        select(Account)
        .where(col(Account.employer_no) == employer.employer_no)
        .order_by(col(Account.account))
        .with_for_update()
    ):
        revoking.close(work, account)


async def _store(work: UnitOfWork, row: Deregistration) -> None:
    added = await work.session.execute(
        insert(Deregistration)
        .values(**row.model_dump())
        .on_conflict_do_nothing()
        .returning(col(Deregistration.deregistration_no))
    )
    if added.scalar() is None:
        number = col(Deregistration.deregistration_no)
        open_one = select(number).where(
            col(Deregistration.employer_no) == row.employer_no, col(Deregistration.state).in_(OPEN)
        )
        raise Problem(codes.DEREGISTRATION_OPEN, deregistration_no=await work.session.scalar(open_one))


async def _filed(work: UnitOfWork, number: str, *roles: Role) -> tuple[Deregistration, Employer]:
    """The case while nobody has decided it, its employer locked first."""
    require(work.caller, *roles)
    found = await work.session.get(Deregistration, number)
    if found is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, found.employer_no, lock=True)
    row = await work.session.get_one(Deregistration, number, with_for_update=True, populate_existing=True)
    if row.state != DeregistrationState.FILED:
        raise Problem(codes.DEREGISTRATION_STATE, deregistration_no=number)
    return row, employer
