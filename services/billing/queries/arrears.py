"""What is owed if paid on a day, past or future, with the fee's arithmetic (A23, A26)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlmodel import col

from contracts.events.billing import DebtSum
from contracts.http.billing import ArrearsMonth, ArrearsView
from contracts.month import Month
from contracts.values import KIND_CODES, KIND_NAMES
from services.billing.commands import ledger
from services.billing.reach import employer_in_reach
from services.billing.rules.explain import explain_fee
from services.billing.rules.standing import LedgerDebt, Standing
from services.billing.tables import Supplement
from services.chassis.work import UnitOfWork

Stood = tuple[LedgerDebt, Standing]


async def arrears(work: UnitOfWork, employer_no: str, on: date) -> ArrearsView:
    """Principal and fee by month and kind of debts whose window had passed, or whose bill is not made yet (A8).

    `unbilled` names the months that a slip asked for now would add. Problem NOT_FOUND for foreign.
    """
    await employer_in_reach(work, employer_no)
    debts = await ledger.of_employers(work, [employer_no], closed=True)
    stood = [(debt, debt.standing(on)) for debt in debts if _payable(debt, on, work.today)]
    owed = sorted((one for one in stood if one[1].total), key=_place)
    months = tuple(_month(month, list(group)) for month, group in groupby(owed, key=lambda one: one[0].month))
    principal = sum(month.principal for month in months)
    fee = sum(month.fee for month in months)
    return ArrearsView(
        employer_no=employer_no,
        on=on,
        months=months,
        principal=principal,
        fee=fee,
        total=principal + fee,
        unbilled=await _unbilled(work, employer_no),
        fee_text="；".join(_fee_text(*one) for one in owed),
    )


def _payable(debt: LedgerDebt, on: date, today: date) -> bool:
    return debt.in_arrears(on) or debt.is_ahead(today)


async def _unbilled(work: UnitOfWork, employer_no: str) -> tuple[Month, ...]:
    query = select(col(Supplement.month)).where(
        col(Supplement.employer_no) == employer_no, col(Supplement.bill_month).is_(None)
    )
    return tuple(sorted(set(await work.session.scalars(query))))


def debt_sum(debt: LedgerDebt, standing: Standing) -> DebtSum:
    """What is still owed of one debt."""
    return DebtSum(
        month=debt.month,
        kind=debt.kind,
        sort=debt.sort,
        unit=standing.unit,
        person=standing.person,
        fee=standing.fee,
    )


def _place(one: Stood) -> tuple[Month, str, str, date]:
    debt, _ = one
    return debt.month, KIND_CODES[debt.kind], debt.sort, debt.fee_from


def _month(month: Month, owed: Sequence[Stood]) -> ArrearsMonth:
    return ArrearsMonth(
        month=month,
        debts=tuple(debt_sum(*one) for one in owed),
        principal=sum(standing.principal for _, standing in owed),
        fee=sum(standing.fee for _, standing in owed),
        fee_from=min(debt.fee_from for debt, _ in owed),
        days=max(standing.late_fee.days for _, standing in owed),
    )


def _fee_text(debt: LedgerDebt, standing: Standing) -> str:
    return f"{debt.month} {KIND_NAMES[debt.kind]}：{explain_fee(standing.late_fee)}"
