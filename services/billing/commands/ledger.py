"""Debts with their bookings, loaded for one decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, any_, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import SQLModel, col

from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.billing.rules.standing import Booked, LedgerBill, LedgerDebt
from services.billing.tables import AllocationRow, Debt
from services.chassis.work import UnitOfWork


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements over many rows."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel hides it from mypy
    return found


def among(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """The column is one of many values, bound as one array."""
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))


DEBTS = table_of(Debt)
BillKey = tuple[str, Month]
_BILLS = text(
    "SELECT b.employer_no, b.month, b.version, b.state, b.stale, b.opened_on, b.settled_on FROM bills b "
    "JOIN unnest(CAST(:employers AS varchar[]), CAST(:months AS integer[])) k(employer_no, month) "
    "ON b.employer_no = k.employer_no AND b.month = k.month"
)
_BOOKED = text(
    "SELECT debt_id, paid_on, unit, person, fee, payment_id FROM allocations "
    "WHERE debt_id = ANY(CAST(:ids AS bigint[])) ORDER BY paid_on, payment_id"
)


def _debt(row: Any) -> LedgerDebt:
    (key, employer_no, bill_month, month, kind, sort, fee_from, unit, person, *_, opened_on, closed_on) = row
    return LedgerDebt(
        key, employer_no, bill_month, month, Kind(kind), DebtSort(sort), fee_from, unit, person, opened_on, closed_on
    )  # fmt: skip


async def _load(work: UnitOfWork, query: Select[Any]) -> list[LedgerDebt]:
    """Debts in order of month; bookings are read only for those that have any."""
    await work.session.flush()
    rows = (await work.session.execute(query.order_by(DEBTS.c.bill_month, DEBTS.c.month, DEBTS.c.id))).all()
    debts = {row.id: _debt(row) for row in rows}
    touched = [row.id for row in rows if row.unit_paid or row.person_paid or row.fee_paid]
    if touched:
        for booked in await work.session.execute(_BOOKED, {"ids": touched}):
            one = Booked(booked.paid_on, booked.unit, booked.person, booked.fee, booked.payment_id)
            debts[booked.debt_id].add(one)
    return list(debts.values())


async def of_employers(work: UnitOfWork, numbers: Sequence[str], *, closed: bool = False) -> list[LedgerDebt]:
    """Open debts of employers, with `closed` all of them; lock the employers before booking."""
    query = select(DEBTS).where(among(DEBTS.c.employer_no, numbers))
    return await _load(work, query if closed else query.where(DEBTS.c.closed_on.is_(None)))


async def of_bills_with(work: UnitOfWork, debt_ids: Sequence[int]) -> list[LedgerDebt]:
    """All debts of the bills to which these debts belong."""
    named = (
        select(DEBTS.c.employer_no, DEBTS.c.bill_month)
        .where(among(DEBTS.c.id, debt_ids))
        .distinct()
        .subquery()
    )
    on = (DEBTS.c.employer_no == named.c.employer_no) & (DEBTS.c.bill_month == named.c.bill_month)
    return await _load(work, select(DEBTS).join(named, on))


async def bills_of(work: UnitOfWork, keys: Collection[BillKey]) -> dict[BillKey, LedgerBill]:
    """The bills of these employers and months."""
    await work.session.flush()
    values = {"employers": [number for number, _ in keys], "months": [month.yyyymm for _, month in keys]}
    rows = await work.session.execute(_BILLS, values)
    bills = (
        LedgerBill(
            row.employer_no,
            Month.from_number(row.month),
            row.version,
            row.state,
            row.stale,
            row.opened_on,
            row.settled_on,
        )
        for row in rows
    )
    return {(bill.employer_no, bill.month): bill for bill in bills}


async def bookings_of(work: UnitOfWork, payment_ids: Sequence[Any]) -> list[tuple[Any, Any, Any]]:
    """(payment id, allocation, debt) of payments, in the order of booking."""
    query = (
        select(AllocationRow, Debt)
        .join(Debt, col(Debt.id) == col(AllocationRow.debt_id))
        .where(col(AllocationRow.payment_id).in_(payment_ids))
        .order_by(col(Debt.month), col(Debt.kind), col(Debt.id))
    )
    return [(row.payment_id, row, debt) for row, debt in (await work.session.execute(query)).all()]
