"""What stands in the way of 注销登记, and the cases: the officer's list, an employer's own, one of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors.code import Fault
from contracts.http.deregistrations import (
    DeregistrationPage,
    DeregistrationState,
    DeregistrationView,
    StandingView,
)
from contracts.http.paging import PAGE_SIZE
from contracts.month import Month
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.reach import employer_in_reach, reach_filter
from services.registry.rules import deregistration as rules
from services.registry.searching import matches
from services.registry.standing_tables import BillStanding, Deregistration, InsuredRelation
from services.registry.tables import Employer


async def standing(work: UnitOfWork, employer_no: str) -> StandingView:
    """What stands in the way of an employer's 注销登记."""
    await employer_in_reach(work, employer_no)
    return StandingView(obstacles=await obstacles(work, employer_no))


async def obstacles(work: UnitOfWork, employer_no: str) -> tuple[Fault, ...]:
    """The same for a command that has judged the reach already."""
    return rules.obstacles(await _standing(work, employer_no), work.today)


async def _standing(work: UnitOfWork, employer_no: str) -> rules.Standing:
    bills = await work.session.scalars(
        select(BillStanding).where(col(BillStanding.employer_no) == employer_no)
    )
    last, mine = col(InsuredRelation.last_month), col(InsuredRelation.employer_no) == employer_no
    insured = or_(last.is_(None), last > Month.of(work.today))
    counted = select(func.count().filter(insured), func.max(col(InsuredRelation.newest_fact))).where(mine)
    persons, newest = (await work.session.execute(counted)).one()
    ended = await work.session.scalars(select(last).where(mine, ~insured).distinct())
    return rules.Standing(
        bills=[
            rules.BilledMonth(bill.month, bill.total, bill.confirmed, bill.settled, bill.in_arrears)
            for bill in bills
        ],
        insured=persons,
        last_months=[month for month in ended if month],
        newest_fact=newest,
    )


async def deregistrations(
    work: UnitOfWork,
    *,
    state: DeregistrationState | None,
    text: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> DeregistrationPage:
    """Cases of the officer's district, the oldest open first."""
    require(work.caller, Role.COUNTER)
    where = reach_filter(work.caller) & matches(col(Deregistration.deregistration_no), text)
    if state:
        where &= col(Deregistration.state) == state
    return await _page(work, where, page, size, newest_first=state is not DeregistrationState.FILED)


async def of_employer(
    work: UnitOfWork, employer_no: str, *, page: int = 1, size: int = PAGE_SIZE
) -> DeregistrationPage:
    """An employer's own, the latest first."""
    await employer_in_reach(work, employer_no)
    where = col(Deregistration.employer_no) == employer_no
    return await _page(work, where, page, size, newest_first=True)


async def deregistration(work: UnitOfWork, number: str) -> DeregistrationView:
    """One case; Problem NOT_FOUND for a foreign one."""
    row = await work.session.get(Deregistration, number)
    if row is None:
        raise Problem(common.NOT_FOUND)
    return view_of(row, await employer_in_reach(work, row.employer_no))


def view_of(row: Deregistration, employer: Employer) -> DeregistrationView:
    """The case as the outside sees it."""
    return DeregistrationView(
        **row.model_dump(),
        employer_name=employer.name,
        district=employer.district,
        late=rules.is_late(row.ended_on, row.filed_on),
    )


async def _page(
    work: UnitOfWork, where: ColumnElement[bool], page: int, size: int, *, newest_first: bool
) -> DeregistrationPage:
    number = col(Deregistration.deregistration_no)
    both = select(Deregistration, Employer).join(
        Employer, col(Employer.employer_no) == col(Deregistration.employer_no)
    )
    found = both.where(where)
    total = await work.session.scalar(select(func.count()).select_from(found.subquery()))
    ordered = found.order_by(number.desc() if newest_first else number)
    rows = await work.session.execute(ordered.offset((page - 1) * size).limit(size))
    views = tuple(view_of(row, employer) for row, employer in rows)
    return DeregistrationPage(total=total or 0, page=page, size=size, rows=views)
