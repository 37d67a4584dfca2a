"""The monthly run: every employer with somebody insured gets its bill of the month (clause 三(四), A22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.month import Month
from services.billing.commands.assess import assess
from services.billing.commands.restated import restate_bills
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import Employer, MonthlyRun
from services.chassis.clocks import wall_now
from services.chassis.work import UnitOfWork

CHUNK = 5_000
"""Employers priced in one transaction."""
_TERM = (col(Employer.version), col(Employer.insured_from), col(Employer.deregistered_on))
Found = Row[str, int, Month | None, date | None]
_PRICED = text("""
    SELECT count(*) AS bills, coalesce(sum(persons), 0) AS persons FROM bills
    WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))
""")
_WITH_BILL = text("""
    SELECT employer_no FROM bills WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))
""")


async def run_month(work: UnitOfWork, day: date, chunk: int = CHUNK) -> bool:
    """Day job: the next chunk of the day's month; True once every employer has been seen.

    A month is run inside its window, on the first day or whenever the service first lives; bills that a roster
    fact has made before stand. MissingPolicy stops it before anything of the chunk is written.
    """
    month = Month.of(day)
    run = await _locked(work, month)
    if run.done_at is not None:
        return True
    chosen = await _next(work, run.after_employer, chunk) if WINDOW_2016.is_open(month, day) else []
    billable = [one.employer_no for one in chosen if _billable(one, month)]
    values = {"month": month.yyyymm, "employers": billable}
    have = set((await work.session.scalars(_WITH_BILL, values)).all()) if billable else set()
    if wanting := [one for one in billable if one not in have]:
        await assess(work, month, wanting)
        await restate_bills(work, month, wanting)
        bills, persons = (await work.session.execute(_PRICED, values | {"employers": wanting})).one()
        run.bills, run.persons = run.bills + bills, run.persons + persons
    if chosen:
        run.after_employer = chosen[-1].employer_no
    done = len(chosen) < chunk
    run.done_at = wall_now() if done else None
    work.session.add(run)
    return done


async def _locked(work: UnitOfWork, month: Month) -> MonthlyRun:
    """The run's row, which two replicas take one after the other."""
    fresh = insert(MonthlyRun).values(month=month, after_employer="", bills=0, persons=0)
    await work.session.execute(fresh.on_conflict_do_nothing())
    return await work.session.get_one(MonthlyRun, month, with_for_update=True, populate_existing=True)


async def _next(work: UnitOfWork, after: str, chunk: int) -> Sequence[Found]:
    """The next employers, locked; rows, for building thousands of models takes longer than choosing among them."""
    number = col(Employer.employer_no)
    query = select(number, *_TERM).where(number > after)
    return (await work.session.execute(query.order_by(number).limit(chunk).with_for_update())).all()


def _billable(employer: Found, month: Month) -> bool:
    """Known to registry, insured in the month, and not deregistered before it."""
    begun = employer.insured_from is None or employer.insured_from <= month
    ended = employer.deregistered_on is not None and Month.of(employer.deregistered_on) < month
    return bool(employer.version) and begun and not ended
