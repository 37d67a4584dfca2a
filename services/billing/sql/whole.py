"""Slips that pay one untouched bill whole and in time: found, booked and told set-wise (A23, A24, A30).

It is what `Books` does with such a slip, without a look at each debt; `test_whole` proves that both give the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from services.billing.sql import whole_events
from services.chassis.work import UnitOfWork

# Right after the cut-over or a monthly run no statistics could choose: each row is looked up by its key.
# The instants inside the events are written in Shanghai's time, as the bank told them.
_ZONE = text("SELECT current_setting('TimeZone')")
_WAYS = ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin")
_SET = text(f"""
    SELECT set_config('TimeZone', :zone, true), {", ".join(f"set_config('{way}', :on, true)" for way in _WAYS)}
""")  # built of our own names alone
# Whole: the parts are all debts of one bill, each as it was when the slip froze it, nothing of it paid, no fee in
# it, the bill neither settled nor in arrears, and no other slip of the employer that would lose its force. As counts,
# for a NOT EXISTS is joined: each slip of the batch with all valid ones of the city.
_WHOLE = text("""
    SELECT s.slip_no, s.employer_no, s.amount, s.valid_until, s.voided_at, s.state, w.bill_month, w.fee_from
    FROM unnest(CAST(:slips AS varchar[])) n(slip_no)
    JOIN slips s USING (slip_no)
    CROSS JOIN LATERAL (
        SELECT count(*) AS parts, sum(p.unit + p.person) AS principal, min(d.fee_from) AS fee_from,
               min(d.bill_month) AS bill_month, max(d.bill_month) AS last_month,
               bool_and(d.employer_no = s.employer_no AND d.unit = p.unit AND d.person = p.person
                        AND d.unit_paid + d.person_paid + d.fee_paid = 0 AND d.closed_on IS NULL) AS untouched
        FROM slip_parts p JOIN debts d ON d.id = p.debt_id WHERE p.slip_no = s.slip_no
    ) w
    WHERE w.untouched AND w.bill_month = w.last_month AND w.principal = s.amount
      AND w.parts = (SELECT count(*) FROM debts d WHERE d.employer_no = s.employer_no AND d.bill_month = w.bill_month)
      AND (SELECT bool_and(b.settled_on IS NULL AND b.opened_on IS NULL) FROM bills b
           WHERE b.employer_no = s.employer_no AND b.month = w.bill_month)
      AND (SELECT count(*) FROM slips o
           WHERE o.employer_no = s.employer_no AND o.state = 'valid' AND o.slip_no <> s.slip_no) = 0
""")
_ALLOCATIONS = text("""
    INSERT INTO allocations (payment_id, debt_id, paid_on, unit, person, fee)
    SELECT y.id, p.debt_id, y.paid_on, p.unit, p.person, p.fee
    FROM payments y JOIN slip_parts p USING (slip_no) WHERE y.id = ANY(CAST(:ids AS uuid[]))
""")
_DEBTS = text("""
    UPDATE debts d SET unit_paid = d.unit, person_paid = d.person, closed_on = y.paid_on
    FROM payments y JOIN slip_parts p USING (slip_no)
    WHERE y.id = ANY(CAST(:ids AS uuid[])) AND d.id = p.debt_id
""")
_BILLS = text("""
    UPDATE bills b SET version = b.version + 1, state = 'settled', settled_on = w.paid_on
    FROM (
        SELECT y.employer_no, n.month, y.paid_on
        FROM unnest(CAST(:ids AS uuid[]), CAST(:months AS integer[])) n(id, month) JOIN payments y USING (id) OFFSET 0
    ) w
    WHERE b.employer_no = w.employer_no AND b.month = w.month
""")


@dataclass(frozen=True, slots=True)
class WholePayment:
    """A payment of such a slip; its row is there already."""

    payment_id: UUID
    employer_no: str
    amount: int
    slip_no: str
    bill_month: int


@asynccontextmanager
async def by_key(work: UnitOfWork) -> AsyncIterator[None]:
    """Within it PostgreSQL looks rows up by their keys, whatever it knows of the tables."""
    zone = await work.session.scalar(_ZONE)
    await work.session.execute(_SET, {"zone": "Asia/Shanghai", "on": "off"})
    yield
    await work.session.execute(_SET, {"zone": zone, "on": "on"})


async def find(work: UnitOfWork, slips: Collection[str]) -> dict[str, Row[Any]]:
    """Those of the slips that would pay one untouched bill whole if they are paid before their `fee_from`."""
    rows = await work.session.execute(_WHOLE, {"slips": list(slips)})
    return {row.slip_no: row for row in rows}


async def book(work: UnitOfWork, payments: Sequence[WholePayment]) -> None:
    """Allocations, closed debts and settled bills."""
    values = {"ids": [one.payment_id for one in payments], "months": [one.bill_month for one in payments]}
    for statement in (_ALLOCATIONS, _DEBTS, _BILLS):
        await work.session.execute(statement, values)


async def tell(work: UnitOfWork, payments: Sequence[WholePayment], decisions: Sequence[str]) -> None:
    """PaymentPosted, ReceiptIssued, BillSettled and SubmissionDecided of each, the last with its text."""
    await whole_events.tell(
        work, [one.payment_id for one in payments], [one.bill_month for one in payments], decisions
    )
