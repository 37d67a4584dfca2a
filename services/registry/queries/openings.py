"""Opening cases: the officer's list, one of them, and where an employer's online service stands."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, true
from sqlmodel import col

from contracts.http.applications import ApplicationState
from contracts.http.openings import OpeningCase as CaseView
from contracts.http.openings import OpeningCasePage, OpeningState, ServiceView
from contracts.http.paging import PAGE_SIZE
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.work import UnitOfWork
from services.registry.opening_tables import OpeningCase
from services.registry.openings import OPEN, case_in_reach, needs_of, open_case_of, shown
from services.registry.reach import employer_in_reach, reach_filter
from services.registry.rules.opening import Standing, service_state
from services.registry.searching import matches
from services.registry.tables import Account, Application, Employer


async def cases(
    work: UnitOfWork, *, state: OpeningState | None, text: str = "", page: int = 1, size: int = PAGE_SIZE
) -> OpeningCasePage:
    """Cases of the officer's district, the longest waiting first; ended ones the latest first."""
    require(work.caller, Role.COUNTER)
    where = reach_filter(work.caller) & _in_state(state) & matches(col(OpeningCase.case_no), text)
    both = select(OpeningCase, Employer).join(
        Employer, col(Employer.employer_no) == col(OpeningCase.employer_no)
    )
    order = col(OpeningCase.case_no)
    counted = select(func.count()).select_from(both.where(where).subquery())
    total = await work.session.scalar(counted)
    found = both.where(where).order_by(order if state in OPEN else order.desc())
    rows = await work.session.execute(found.offset((page - 1) * size).limit(size))
    views = [await shown(work, row, employer) for row, employer in rows]
    return OpeningCasePage(total=total or 0, page=page, size=size, rows=tuple(views))


async def case(work: UnitOfWork, case_no: str) -> CaseView:
    """One case; Problem NOT_FOUND for a foreign one."""
    return await shown(work, *await case_in_reach(work, case_no))


async def service(work: UnitOfWork, employer_no: str) -> ServiceView:
    """Where the online service stands (domain 1.4)."""
    employer = await employer_in_reach(work, employer_no)
    held = await open_case_of(work, employer_no)
    account = await work.session.get(Account, employer.specialist) if employer.specialist else None
    resetting = select(func.count()).where(
        col(Application.employer_no) == employer_no,
        col(Application.matter) == "password",
        col(Application.state).in_((ApplicationState.RECEIVED, ApplicationState.CHECKED)),
    )
    standing = Standing(
        deregistered=employer.deregistered_on is not None,
        opened=employer.opened_on is not None,
        received=held is not None,
        locked=account is not None and account.locked,
        resetting=bool(await work.session.scalar(resetting)),
        initial=account is not None and account.must_change,
    )
    case_no = held.case_no if held else None
    return ServiceView(state=service_state(standing), case_no=case_no, needs=needs_of(employer))


def _in_state(state: OpeningState | None) -> ColumnElement[bool]:
    return col(OpeningCase.state) == state if state else true()
