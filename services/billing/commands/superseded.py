"""Slips that another payment has overtaken: they lose their force, whoever asked for them (A23)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import text

from contracts.events.billing import SlipVoided
from services.chassis.work import UnitOfWork

PAID_OTHERWISE = "paid_otherwise"
_PAID = text(
    "UPDATE slips SET state = 'paid', version = version + 1 WHERE slip_no = ANY(CAST(:paid AS varchar[]))"
)
# By employer, whose valid slips are few: by debt it reads the parts of every slip the city ever had.
_STANDING = text(
    "SELECT slip_no FROM slips WHERE state = 'valid' AND employer_no = ANY(CAST(:employers AS varchar[]))"
)
# What a slip paid after its bill was priced anew is brought in line with the slip later, bill by bill (`frozen`).
_STALE = text("""
    UPDATE bills b SET stale = true FROM frozen_bills f
    WHERE f.slip_no = ANY(CAST(:paid AS varchar[])) AND b.employer_no = f.employer_no AND b.month = f.month
""")
_VOID = text("""
    UPDATE slips s SET state = 'voided', version = version + 1, voided_at = :at, void_cause = :cause
    WHERE s.state = 'valid' AND s.slip_no = ANY(CAST(:standing AS varchar[])) AND EXISTS (
        SELECT FROM slip_parts p WHERE p.slip_no = s.slip_no AND p.debt_id = ANY(CAST(:debts AS bigint[])))
    RETURNING s.slip_no, s.employer_no, s.version
""")


async def void_other_slips(
    work: UnitOfWork, employer_nos: Collection[str], debt_ids: Sequence[int], paid: Sequence[str]
) -> None:
    """Mark the slips that were `paid`, and void every other valid slip that names one of the employers' debts."""
    await work.session.flush()
    if paid:
        await work.session.execute(_PAID, {"paid": list(paid)})
        await work.session.execute(_STALE, {"paid": list(paid)})
    standing = (await work.session.scalars(_STANDING, {"employers": list(employer_nos)})).all()
    if not standing:
        return
    values = {"standing": standing, "debts": list(debt_ids), "at": work.now, "cause": PAID_OTHERWISE}
    for row in (await work.session.execute(_VOID, values)).all():
        work.publish(
            SlipVoided(
                version=row.version, employer_no=row.employer_no, slip_no=row.slip_no, cause=PAID_OTHERWISE
            )
        )
