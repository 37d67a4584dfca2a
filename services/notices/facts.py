"""Facts of employers' arrears as values for the rules, read in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.events.billing import Allocation, DebtSum
from services.chassis.work import UnitOfWork
from services.notices.rules.order_text import OrderDebt
from services.notices.rules.owed import MonthFacts, PaidPart, owed_on
from services.notices.tables import Arrears, Order, Payment


async def months_of(work: UnitOfWork, numbers: Collection[str]) -> dict[str, list[MonthFacts]]:
    """Every month of these employers that billing told anything of."""
    found: dict[str, list[MonthFacts]] = defaultdict(list)
    query = select(Arrears).where(col(Arrears.employer_no).in_(numbers))
    for row in await work.session.scalars(query, execution_options={"populate_existing": True}):
        debts = tuple(DebtSum.model_validate(debt) for debt in row.debts)
        deducted = frozenset(map(UUID, row.deducted))
        given = row.model_dump(exclude={"employer_no", "debts", "deducted"})
        found[row.employer_no].append(MonthFacts(**given, debts=debts, deducted=deducted))
    return found


async def _paid_by(work: UnitOfWork, numbers: Collection[str]) -> dict[str, list[PaidPart]]:
    found: dict[str, list[PaidPart]] = defaultdict(list)
    for row in await work.session.scalars(select(Payment).where(col(Payment.employer_no).in_(numbers))):
        parts = (Allocation.model_validate(part) for part in row.allocations)
        found[row.employer_no].extend(PaidPart(row.paid_on, part, row.payment_id) for part in parts)
    return found


async def debts_of(work: UnitOfWork, orders: Collection[Order], on: date) -> dict[str, tuple[OrderDebt, ...]]:
    """What the months of each prepared order owe if paid on that day, by employer; fen."""
    numbers = {order.employer_no for order in orders}
    months, paid = await months_of(work, numbers), await _paid_by(work, numbers)
    found = {}
    for order in orders:
        facts = [month for month in months[order.employer_no] if month.month.yyyymm in order.months]
        found[order.employer_no] = owed_on(facts, paid[order.employer_no], on)
    return found
