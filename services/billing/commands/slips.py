"""缴费单: issue, void, hold for a bank (A22, A23, A30)."""

from __future__ import annotations

from contracts.month import Month
from services.billing.tables import Slip
from services.chassis.work import UnitOfWork


async def issue_ordinary(work: UnitOfWork, employer_no: str, month: Month) -> Slip:
    """The slip of a month's bill, valid until the 10th 24:00; a former valid one is voided."""
    raise NotImplementedError


async def void(work: UnitOfWork, slip: Slip, cause: str) -> None:
    """Void a valid slip now; Problem SLIP_HELD within 30 minutes of a bank's query (A23)."""
    raise NotImplementedError
