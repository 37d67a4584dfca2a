"""A waiting increase judged again: what its person owes elsewhere may have changed since it was submitted (A7, A10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from contracts.values import Kind, Month
from services.chassis.work import UnitOfWork
from services.enrollment.calendar import released_limits
from services.enrollment.rules.base import Base, contribution_base
from services.enrollment.rules.first_month import first_month
from services.enrollment.rules.limits import limits_in
from services.enrollment.tables import Employer, Increase

PENSIONS = frozenset({Kind.PENSION.value, Kind.GOV_PENSION.value})
_OWED_UNTIL = text("""
    SELECT max(last_month) FROM relations
    WHERE person_no = :person AND (employer_no = :employer OR kinds && CAST(:pensions AS varchar[]))
""")


@dataclass(frozen=True, slots=True)
class Anew:
    """起缴年月 and base as they are now."""

    first: Month
    base: Base


async def judged_anew(work: UnitOfWork, increase: Increase, kinds: Sequence[str]) -> Anew:
    """First month and base of these kinds if the increase became valid now; MissingPolicy without limits.

    A month that a former employer owes for the person's pension is not owed again; where only injury is insured
    here, months owed here before count alone.
    """
    employer = await work.session.get_one(Employer, increase.employer_no)
    values = {
        "person": increase.person_no,
        "employer": increase.employer_no,
        "pensions": sorted(PENSIONS) if PENSIONS.intersection(kinds) else [],
    }
    owed = await work.session.scalar(_OWED_UNTIL, values)
    since = employer.insured_from or Month.of(increase.submitted_at.date())
    first = first_month(increase.hired_on, since, Month.from_number(owed) if owed else None)
    limits = limits_in(first, await released_limits(work))
    return Anew(first, contribution_base(increase.declared_wage, limits.floor, limits.ceiling))
