"""缴费单 with everything its print needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.events.billing import SlipSort
from contracts.http.billing import SlipState, SlipView
from services.billing.queries.printed import slip_kinds
from services.billing.reach import employer_in_reach
from services.billing.rules.agencies import agency_name
from services.billing.rules.amount_words import amount_words
from services.billing.rules.slip import may_be_voided
from services.billing.tables import Bill, Debt, Employer, Slip, SlipPart
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def slip_view(work: UnitOfWork, slip_no: str) -> SlipView:
    """One slip; Problem NOT_FOUND for a foreign one."""
    slip = await work.session.get(Slip, slip_no)
    if slip is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, slip.employer_no)
    parts = await _parts(work, slip_no)
    months = tuple(sorted({debt.bill_month for _, debt in parts}))
    heads = select(col(Bill.persons)).where(
        col(Bill.employer_no) == slip.employer_no, col(Bill.month) == months[-1]
    )
    return SlipView(
        slip_no=slip.slip_no,
        employer_no=slip.employer_no,
        employer_name=employer.name,
        credit_code=employer.credit_code,
        agency_name=_agency(employer),
        sort=SlipSort(slip.sort),
        months=months,
        persons=await work.session.scalar(heads) or 0,
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
