"""Whose base of the year has not been declared yet (clause 三(三)1, A33)."""

from __future__ import annotations

from sqlalchemy import text

from contracts.month import Month
from services.chassis.work import UnitOfWork

# A declaration begins a span of the roster in January; whoever was insured before and has none is undeclared.
_COUNT = text("""
    SELECT count(DISTINCT enrollment_id) FROM roster r
    WHERE employer_no = :employer AND relation_from < :january AND relation_to >= :january
      AND NOT EXISTS (SELECT FROM roster n WHERE n.enrollment_id = r.enrollment_id AND n.from_month = :january)
""")


async def undeclared(work: UnitOfWork, employer_no: str, january: Month) -> int:
    """How many of an employer's people are still to be declared for the year of that January."""
    found = await work.session.scalar(_COUNT, {"employer": employer_no, "january": january.yyyymm})
    return found or 0
