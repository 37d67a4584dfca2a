"""What billing tells of payments that took a bill whole, each fact of many payments in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from contracts.events.billing import BILLS, PAYMENTS
from services.chassis.work import UnitOfWork

_MONTH = "to_char({}, 'FM0000\"-\"00')"
_PAYMENTS = """
    FROM unnest(CAST(:ids AS uuid[]), CAST(:months AS integer[]), CAST(:decisions AS varchar[]))
        n(id, month, decision) JOIN payments y USING (id)
"""
# One statement a fact, in the order in which they are told: their ids then follow one another for each employer.
_FACTS = {
    "PaymentPosted": (
        PAYMENTS,
        "y.employer_no || '/payment/' || y.id",
        f"""
        'version', 1, 'employer_no', y.employer_no, 'payment_id', y.id, 'channel', y.channel, 'amount', y.amount,
        'paid_at', y.paid_at, 'slip_no', y.slip_no, 'bank', y.bank, 'serial', y.serial, 'allocations', (
            SELECT json_agg(json_build_object(
                'month', {_MONTH.format("d.month")}, 'kind', d.kind, 'sort', d.sort, 'unit', p.unit,
                'person', p.person, 'fee', p.fee, 'bill_month', {_MONTH.format("d.bill_month")},
                'fee_from', d.fee_from) ORDER BY p.debt_id)
            FROM slip_parts p JOIN debts d ON d.id = p.debt_id WHERE p.slip_no = y.slip_no)
        """,  # noqa: S608  # built of our own names alone
    ),
    "ReceiptIssued": (
        PAYMENTS,
        "y.employer_no || '/payment/' || y.id",
        """
        'version', 2, 'employer_no', y.employer_no, 'payment_id', y.id, 'receipt_no', y.receipt_no,
        'amount', y.amount, 'issued_on', CAST(:today AS date)
        """,
    ),
    "BillSettled": (
        BILLS,
        f"y.employer_no || '/' || {_MONTH.format('n.month')}",
        f"""
        'version', (SELECT max(b.version) FROM bills b WHERE b.employer_no = y.employer_no AND b.month = n.month),
        'employer_no', y.employer_no, 'month', {_MONTH.format("n.month")}, 'total', y.amount,
        'paid_at', y.paid_at, 'settled_on', y.paid_on
        """,  # noqa: S608  # as above
    ),
    "SubmissionDecided": (
        "billing.decisions",
        "y.employer_no || '/payment/' || y.id",
        """
        'version', 1, 'employer_no', y.employer_no, 'owner', 'billing', 'submission_no', y.id, 'matter', 'payment',
        'person_no', NULL, 'outcome', 'accepted', 'reason_code', '', 'reason', n.decision, 'next_step', '',
        'deadline', NULL, 'decided_at', CAST(:now AS timestamptz)
        """,
    ),
}
_TELL = [
    text(f"""
        INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body)
        SELECT CAST(uuid_extract_timestamp(f.event_id) AT TIME ZONE 'UTC' AS date), f.event_id, '{topic}',
               f.employer_no, '{name}', f.subject, clock_timestamp(), f.body
        FROM (SELECT uuidv7() AS event_id, y.employer_no, {subject} AS subject,
                     CAST(json_build_object({body}) AS jsonb) AS body {_PAYMENTS} OFFSET 0) f
    """)  # noqa: S608  # built of our own names alone
    for name, (topic, subject, body) in _FACTS.items()
]


async def tell(
    work: UnitOfWork, ids: Sequence[UUID], months: Sequence[int], decisions: Sequence[str]
) -> None:
    """The facts of these payments into the outbox; `months` are their bills', `decisions` what their employers read."""
    values = {
        "ids": list(ids),
        "months": list(months),
        "decisions": list(decisions),
        "today": work.today,
        "now": work.now,
    }
    for statement in _TELL:
        await work.session.execute(statement, values)
    work.wake_relay = True
