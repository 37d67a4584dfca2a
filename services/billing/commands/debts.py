"""Debts: what a bill's kinds make the employer owe, opened when it is confirmed or has lapsed (2.5, A26)."""

from __future__ import annotations

from contracts.month import Month
from services.billing.tables import Debt
from services.chassis.work import UnitOfWork


async def ensure_for_bill(work: UnitOfWork, employer_no: str, month: Month) -> list[Debt]:
    """The debts of one bill as its kind sums stand; idempotent. Lock the employer first."""
    raise NotImplementedError
