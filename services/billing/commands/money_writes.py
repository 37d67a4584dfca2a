"""Set-wise writes of posted payments."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from services.billing.rules.payment import Money
from services.billing.rules.standing import LedgerBill, LedgerDebt
from services.chassis.bulk import copy_rows
from services.chassis.work import UnitOfWork

_ALLOCATION = ("payment_id", "debt_id", "paid_on", "unit", "person", "fee")
_RECEIPTS = text("""
    WITH posted AS (
        UPDATE payments p SET state = 'posted', version = 2, reason = '', receipt_no = n.receipt_no
        FROM unnest(CAST(:ids AS uuid[]), CAST(:numbers AS varchar[])) n(id, receipt_no) WHERE p.id = n.id
        RETURNING p.id, p.employer_no, p.amount, p.receipt_no
    )
    INSERT INTO receipts (receipt_no, payment_id, employer_no, amount, issued_on)
    SELECT receipt_no, id, employer_no, amount, :today FROM posted
""")
_DEBTS = text("""
    UPDATE debts d SET unit = n.unit, person = n.person, unit_paid = n.unit_paid, person_paid = n.person_paid,
        fee_paid = n.fee_paid, closed_on = n.closed_on
    FROM unnest(CAST(:ids AS bigint[]), CAST(:units AS bigint[]), CAST(:persons AS bigint[]),
                CAST(:units_paid AS bigint[]), CAST(:persons_paid AS bigint[]), CAST(:fees_paid AS bigint[]),
                CAST(:closed AS date[]))
        n(id, unit, person, unit_paid, person_paid, fee_paid, closed_on)
    WHERE d.id = n.id
""")
_BILLS = text("""
    UPDATE bills b SET version = n.version, state = n.state, stale = n.stale, settled_on = n.settled_on
    FROM unnest(CAST(:employers AS varchar[]), CAST(:months AS integer[]), CAST(:versions AS integer[]),
                CAST(:states AS varchar[]), CAST(:stale AS boolean[]), CAST(:settled AS date[]))
        n(employer_no, month, version, state, stale, settled_on)
    WHERE b.employer_no = n.employer_no AND b.month = n.month
""")


async def write_allocations(work: UnitOfWork, moneys: Sequence[Money]) -> None:
    """Where each payment went; its row is there already."""
    rows = [
        (money.payment_id, part.debt_id, money.paid_on, part.unit, part.person, part.fee)
        for money in moneys
        for part in money.parts
    ]
    await copy_rows(work.session, "allocations", _ALLOCATION, rows)


async def write_debts(work: UnitOfWork, debts: Sequence[LedgerDebt]) -> None:
    """Amounts paid of each debt, and the day on which it closed."""
    values = {
        "ids": [debt.id for debt in debts],
        "units": [debt.unit for debt in debts],
        "persons": [debt.person for debt in debts],
        "units_paid": [debt.unit_paid for debt in debts],
        "persons_paid": [debt.person_paid for debt in debts],
        "fees_paid": [debt.fee_paid for debt in debts],
        "closed": [debt.closed_on for debt in debts],
    }
    await work.session.execute(_DEBTS, values)


async def write_bills(work: UnitOfWork, bills: Sequence[LedgerBill]) -> None:
    """What the payments made of their bills."""
    values = {
        "employers": [bill.employer_no for bill in bills],
        "months": [bill.month.yyyymm for bill in bills],
        "versions": [bill.version for bill in bills],
        "states": [str(bill.state) for bill in bills],
        "stale": [bill.stale for bill in bills],
        "settled": [bill.settled_on for bill in bills],
    }
    await work.session.execute(_BILLS, values)


async def write_receipts(work: UnitOfWork, payment_ids: Sequence[UUID], numbers: Sequence[str]) -> None:
    """A receipt for each payment, whose row so becomes posted."""
    values = {"numbers": list(numbers), "ids": list(payment_ids), "today": work.today}
    await work.session.execute(_RECEIPTS, values)
