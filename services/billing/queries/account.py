"""One employer's account: open debts as of today, credits, and fee paid beyond what was owed."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from contracts.http.billing import AccountView, CreditSum
from contracts.values import KIND_CODES, Kind
from services.billing.commands import ledger
from services.billing.queries.arrears import debt_sum
from services.billing.reach import employer_in_reach
from services.billing.tables import Credit
from services.chassis.work import UnitOfWork


async def account(work: UnitOfWork, employer_no: str) -> AccountView:
    """Open debts by month and kind, credit in fen; Problem NOT_FOUND for a foreign employer."""
    await employer_in_reach(work, employer_no)
    debts = await ledger.of_employers(work, [employer_no], closed=True)
    stood = [(debt, debt.standing(work.today)) for debt in debts]
    found = await _credits(work, employer_no)
    return AccountView(
        employer_no=employer_no,
        credits=found,
        debts=tuple(debt_sum(debt, standing) for debt, standing in stood if standing.total),
        credit=sum(one.unit + one.person for one in found) + sum(debt.overpaid_fee() for debt in debts),
    )


async def _credits(work: UnitOfWork, employer_no: str) -> tuple[CreditSum, ...]:
    """By month and kind, in the order in which kinds are shown."""
    unit, person = func.sum(col(Credit.unit)), func.sum(col(Credit.person))
    query = select(col(Credit.month), col(Credit.kind), unit, person).group_by(
        col(Credit.month), col(Credit.kind)
    )
    rows = (await work.session.execute(query.where(col(Credit.employer_no) == employer_no))).all()
    found = (
        CreditSum(month=month, kind=Kind(kind), unit=int(u), person=int(p)) for month, kind, u, p in rows
    )
    return tuple(sorted(found, key=lambda one: (one.month, KIND_CODES[one.kind])))
