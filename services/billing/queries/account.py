"""One employer's account: open debts as of today, and fee paid beyond what was owed."""

from __future__ import annotations

from contracts.http.billing import AccountView
from services.billing.commands import ledger
from services.billing.queries.arrears import debt_sum
from services.billing.reach import employer_in_reach
from services.chassis.work import UnitOfWork


async def account(work: UnitOfWork, employer_no: str) -> AccountView:
    """Open debts by month and kind, credit in fen; Problem NOT_FOUND for a foreign employer."""
    await employer_in_reach(work, employer_no)
    debts = await ledger.of_employers(work, [employer_no], closed=True)
    stood = [(debt, debt.standing(work.today)) for debt in debts]
    return AccountView(
        employer_no=employer_no,
        debts=tuple(debt_sum(debt, standing) for debt, standing in stood if standing.total),
        credit=sum(debt.overpaid_fee() for debt in debts),
    )
