"""Debts: what a bill's kinds make the employer owe, opened when it is confirmed or has lapsed (2.5, A26)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlmodel import col

from contracts.month import Month
from services.billing.tables import Debt
from services.chassis.work import UnitOfWork

_WANTED = "unnest(CAST(:employers AS varchar[]), CAST(:months AS integer[])) w(employer_no, month)"
_INSERT = f"""
    INSERT INTO debts (employer_no, bill_month, month, kind, sort, fee_from, unit, person)
    SELECT k.employer_no, k.month, k.contribution_month, k.kind, k.sort, k.fee_from, k.unit, k.person
    FROM {_WANTED} JOIN kind_sums k ON k.employer_no = w.employer_no AND k.month = w.month
    WHERE k.unit + k.person > 0
    ORDER BY k.employer_no, k.month, k.contribution_month, k.kind, k.sort, k.fee_from
"""  # noqa: S608  # built of our own names alone
_OPEN = text(f"{_INSERT} ON CONFLICT ON CONSTRAINT uq_debts_part DO NOTHING")
_ENSURE = text(f"""
    {_INSERT}
    ON CONFLICT ON CONSTRAINT uq_debts_part DO UPDATE SET unit = excluded.unit, person = excluded.person
    WHERE debts.unit_paid <= excluded.unit AND debts.person_paid <= excluded.person
      AND debts.closed_on IS NULL AND (debts.unit, debts.person) <> (excluded.unit, excluded.person)
""")
_EMPTY = text(f"""
    UPDATE debts d SET unit = 0, person = 0 FROM {_WANTED}
    WHERE d.employer_no = w.employer_no AND d.bill_month = w.month AND d.unit + d.person > 0
      AND d.unit_paid + d.person_paid + d.fee_paid = 0
      AND NOT EXISTS (
        SELECT FROM kind_sums k
        WHERE (k.employer_no, k.month, k.contribution_month, k.kind, k.sort, k.fee_from)
            = (d.employer_no, d.bill_month, d.month, d.kind, d.sort, d.fee_from) AND k.unit + k.person > 0)
""")  # noqa: S608  # as above


async def ensure_for_bills(work: UnitOfWork, bills: Sequence[tuple[str, Month]]) -> None:
    """The debts of many bills as their kind sums stand; idempotent. Lock the employers first.

    A debt of which more is paid than the sum now says keeps its amounts; one whose kind is gone owes nothing.
    """
    wanted = {
        "employers": [employer_no for employer_no, _ in bills],
        "months": [month.yyyymm for _, month in bills],
    }
    await work.session.flush()
    await work.session.execute(_ENSURE, wanted)
    await work.session.execute(_EMPTY, wanted)


async def open_missing(work: UnitOfWork, employer_no: str, month: Month) -> None:
    """The debts of a bill that has only some of them; those that are open keep their amounts."""
    await work.session.flush()
    await work.session.execute(_OPEN, {"employers": [employer_no], "months": [month.yyyymm]})


async def ensure_for_bill(work: UnitOfWork, employer_no: str, month: Month) -> list[Debt]:
    """The debts of one bill as its kind sums stand; idempotent. Lock the employer first."""
    await ensure_for_bills(work, [(employer_no, month)])
    query = select(Debt).where(col(Debt.employer_no) == employer_no, col(Debt.bill_month) == month)
    found = await work.session.scalars(query.order_by(col(Debt.id)).execution_options(populate_existing=True))
    return list(found)
