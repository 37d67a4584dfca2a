"""What banks have told the gateway of employers' payments, asked before a day's job and outside of transactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import TextClause

from contracts.http.bank import ToldPayment, ToldPayments, WindowMoney
from services.chassis.calls import Calls
from services.chassis.identity import SYSTEM
from services.chassis.problems import Problem
from services.chassis.runtime import Chassis
from services.chassis.settings import Settings

AT_ONCE = 10_000
"""Employers that one question names."""


class Days(NamedTuple):
    """An employer and the days that matter of its payments."""

    employer_no: str
    first_day: date
    last_day: date


async def told_payments(settings: Settings, wanted: Sequence[Days]) -> list[ToldPayment]:
    """Payments of these employers on their days and some around; Problem where the gateway does not answer."""
    calls, found = Calls(settings, only=("gateway",)), list[ToldPayment]()
    try:
        for start in range(0, len(wanted), AT_ONCE):
            rows = wanted[start : start + AT_ONCE]
            asked = WindowMoney(
                employers=tuple(row.employer_no for row in rows),
                first_day=min(row.first_day for row in rows),
                last_day=max(row.last_day for row in rows),
            )
            answer = await calls.as_(SYSTEM).post("gateway", "/bank/told", ToldPayments, asked)
            found.extend(answer.rows)
    finally:
        await calls.close()
    return found


async def told_of(chassis: Chassis, whose: TextClause, day: date) -> list[ToldPayment] | None:
    """What the gateway was told of those whom a query names for a day; none where it does not answer."""
    async with chassis.sessions() as session:
        wanted = [Days(*row) for row in await session.execute(whose, {"day": day})]
    try:
        return await told_payments(chassis.settings, wanted) if wanted else []
    except Problem:
        return None
