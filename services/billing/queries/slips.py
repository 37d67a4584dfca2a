"""缴费单 with everything its print needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.events.billing import SlipSort
from contracts.http.billing import SlipState, SlipView
from contracts.month import Month
from services.billing.queries.printed import slip_kinds
from services.billing.reach import employer_in_reach
from services.billing.rules.agencies import agency_name
from services.billing.rules.amount_words import amount_words
from services.billing.rules.slip import may_be_voided
from services.billing.rules.window import business_day
from services.billing.tables import Bill, Debt, Employer, PersonLine, Slip, SlipPart
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def slip_view(work: UnitOfWork, slip_no: str) -> SlipView:
    """One slip; Problem NOT_FOUND for a foreign one."""
    slip = await work.session.get(Slip, slip_no)
    if slip is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, slip.employer_no)
    parts = await _parts(work, slip_no)
    issued = Month.of(business_day(slip.issued_at))
    months = {debt.month if debt.bill_month > issued else debt.bill_month for _, debt in parts}
    return SlipView(
        slip_no=slip.slip_no,
        employer_no=slip.employer_no,
        employer_name=employer.name,
        credit_code=employer.credit_code,
        agency_name=_agency(employer),
        sort=SlipSort(slip.sort),
        months=tuple(sorted(months)),
        persons=await _heads(work, slip.employer_no, max(debt.bill_month for _, debt in parts)),
        kinds=await slip_kinds(work, employer, parts),
        principal=slip.principal,
        fee=slip.fee,
        amount=slip.amount,
        amount_words=amount_words(slip.amount),
        issued_at=slip.issued_at,
        valid_until=slip.valid_until,
        state=state_of(work, slip),
        queried_by_bank=not may_be_voided(work.now, slip.queried_at),
    )


def state_of(work: UnitOfWork, slip: Slip) -> SlipState:
    """The state as it is now, also before the day job has written the expiry."""
    state = SlipState(slip.state)
    return SlipState.EXPIRED if state is SlipState.VALID and slip.valid_until <= work.now else state


async def _heads(work: UnitOfWork, employer_no: str, month: Month) -> int:
    """Persons of the bill, or of the supplements that stand ahead of it (A8)."""
    bill = select(col(Bill.persons)).where(col(Bill.employer_no) == employer_no, col(Bill.month) == month)
    line = PersonLine
    ahead = select(func.count(func.distinct(col(line.enrollment_id)))).where(
        col(line.employer_no) == employer_no, col(line.month) == month
    )
    found = await work.session.scalar(bill)
    return int(await work.session.scalar(ahead) or 0) if found is None else found


async def _parts(work: UnitOfWork, slip_no: str) -> Sequence[tuple[SlipPart, Debt]]:
    query = (
        select(SlipPart, Debt)
        .join(Debt, col(Debt.id) == col(SlipPart.debt_id))
        .where(col(SlipPart.slip_no) == slip_no)
        .order_by(col(Debt.month), col(Debt.id))
    )
    return [(part, debt) for part, debt in (await work.session.execute(query)).all()]


def _agency(employer: Employer) -> str:
    return agency_name(employer.agency or employer.district)
