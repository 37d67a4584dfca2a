"""Arrears: opened when the window has closed, paid by a slip for one day (clause 三(四), A23, A24)."""

from __future__ import annotations

from datetime import date

from services.chassis.work import UnitOfWork


async def close_window(work: UnitOfWork, day: date) -> bool:
    """Day job: expire slips and open arrears of bills due before the day, a chunk of employers a call."""
    raise NotImplementedError
