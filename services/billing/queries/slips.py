"""缴费单 with everything its print needs."""

from __future__ import annotations

from contracts.http.billing import SlipView
from services.chassis.work import UnitOfWork


async def slip_view(work: UnitOfWork, slip_no: str) -> SlipView:
    """One slip; Problem NOT_FOUND for a foreign one."""
    raise NotImplementedError
