"""What billing tells of payments that took a bill whole, each fact of many payments in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from contracts.events.billing import BILLS, PAYMENTS
from services.chassis.work import UnitOfWork

_MONTH = "to_char({}, 'FM0000\"-\"00')"
_PAYMENT = "y.employer_no || '/payment/' || y.id"
# One statement a fact, in the order in which they are told: their ids then follow one another for each employer.
_FACTS = {
    "PaymentPosted": (
        PAYMENTS,
        _PAYMENT,
        f"""
        1 AS version, y.employer_no, y.id AS payment_id, y.channel, y.amount, y.paid_at, y.slip_no, y.bank, y.serial,
        (SELECT json_agg(a) FROM (
            SELECT {_MONTH.format("d.month")} AS month, d.kind, d.sort, p.unit, p.person, p.fee,
                   {_MONTH.format("d.bill_month")} AS bill_month, d.fee_from
            FROM slip_parts p JOIN debts d ON d.id = p.debt_id WHERE p.slip_no = y.slip_no ORDER BY p.debt_id
        ) a) AS allocations
        """,  # noqa: S608  # built of our own names alone
    ),
    "ReceiptIssued": (
        PAYMENTS,
        _PAYMENT,
        """
        2 AS version, y.employer_no, y.id AS payment_id, y.receipt_no, y.amount, CAST(:today AS date) AS issued_on
        """,
    ),
    "BillSettled": (
        BILLS,
        f"y.employer_no || '/' || {_MONTH.format('n.month')}",
        f"""
        (SELECT max(b.version) FROM bills b WHERE b.employer_no = y.employer_no AND b.month = n.month) AS version,
        y.employer_no, {_MONTH.format("n.month")} AS month, y.amount AS total, y.paid_at, y.paid_on AS settled_on
        """,  # noqa: S608  # as above
    ),
    "SubmissionDecided": (
        "billing.decisions",
        _PAYMENT,
        """
        1 AS version, y.employer_no, 'billing' AS owner, y.id AS submission_no, 'payment' AS matter, NULL AS person_no,
        'accepted' AS outcome, '' AS reason_code, n.decision AS reason, '' AS next_step, NULL AS deadline,
        CAST(:now AS timestamptz) AS decided_at
        """,
    ),
}
_TELL = [
    text(f"""
        INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body)
        SELECT CAST(uuid_extract_timestamp(f.event_id) AT TIME ZONE 'UTC' AS date), f.event_id, '{topic}',
               f.employer_no, '{name}', f.subject, clock_timestamp(), f.body
        FROM (
            SELECT uuidv7() AS event_id, y.employer_no, {subject} AS subject,
                   (SELECT row_to_json(e) FROM (SELECT {body}) e) AS body
            FROM unnest(CAST(:ids AS uuid[]), CAST(:months AS integer[]), CAST(:decisions AS varchar[]))
                n(id, month, decision) JOIN payments y USING (id) OFFSET 0
        ) f
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
