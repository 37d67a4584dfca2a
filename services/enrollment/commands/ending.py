"""A decrease takes effect: at once, when its month is paid, or forced by two officers (A11, A12)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Integer, String, cast, column, select, values
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import enrollment as codes
from contracts.http.enrollment import DecreaseState, DecreaseView, ForceDecrease
from contracts.models import View
from contracts.values import Month, Outcome, Role
from services.chassis.identity import require, two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.commands.persons import lock_person
from services.enrollment.commands.starting import tell_ended
from services.enrollment.decisions import tell
from services.enrollment.queries.decreases import view
from services.enrollment.reach import employer_in_reach
from services.enrollment.rules.decrease import Accepted, DecreaseFacts, judge
from services.enrollment.rules.paid_months import paid_months
from services.enrollment.tables import BillMonth, Decrease, Person, Relation

_OVERPAID = "离职当月以后已缴的{months}，请持证明材料到柜台申请退费"


class Forcing(View):
    """What a forced decrease leaves in the audit."""

    submission_no: str
    forced_by: str | None
    force_released_by: str | None


async def settled_months(work: UnitOfWork, relation: Relation, first: Month, last: Month) -> set[Month]:
    """Paid months of the employer; those before the cut-over count as paid for an imported relation."""
    query = select(BillMonth).where(col(BillMonth.employer_no) == relation.employer_no)
    rows = (await work.session.scalars(query.execution_options(populate_existing=True))).all()
    told = {row.month: row.settled for row in rows}
    billed = {row.month for row in rows if row.total != 0}
    settled = paid_months(billed, {month for month, paid in told.items() if paid}, first, last)
    month = first
    while relation.imported and month < Month.of(relation.confirmed_on) and month <= last:
        if told.get(month, True):
            settled.add(month)
        month = month.plus(1)
    return settled


async def end(work: UnitOfWork, row: Decrease, relation: Relation, verdict: Accepted) -> None:
    """End the relation at the next version of its person, and tell it."""
    person = await lock_person(work, row.person_no)
    person.version += 1
    relation.version, relation.last_month = person.version, verdict.last_month
    relation.left_on, relation.left_reason = row.left_on, row.reason
    row.state, row.last_month = DecreaseState.CONFIRMED_AUTO.value, verdict.last_month
    row.decided_at = work.now
    tell_ended(work, relation)
    months = "、".join(str(month) for month in verdict.overpaid)
    tell(work, row, Outcome.ACCEPTED, next_step=_OVERPAID.format(months=months) if months else "")


async def fire(work: UnitOfWork, changed: Sequence[tuple[str, Month]]) -> None:
    """Let every 预约 take effect whose month is paid by these; their employers are locked already.

    One that waits for an earlier month is judged too: this bill may carry that month as supplement (A7).
    """
    if not changed:
        return
    latest: dict[str, Month] = {}
    for employer_no, month in changed:
        latest[employer_no] = max(month, latest.get(employer_no, month))
    told = values(column("employer_no", String), column("month", Integer), name="told").data(
        [(employer_no, month.yyyymm) for employer_no, month in latest.items()]
    )
    query = (
        select(Decrease)
        .join(told, told.c.employer_no == col(Decrease.employer_no))
        .where(
            cast(col(Decrease.waits_for), Integer) <= told.c.month,
            col(Decrease.state) == DecreaseState.QUEUED.value,
        )
        .order_by(col(Decrease.employer_no), col(Decrease.person_no))
        .with_for_update(of=Decrease)
    )
    for row in (await work.session.scalars(query)).all():
        await _take_effect(work, row, at_counter=False)
    await work.session.flush()


async def _take_effect(work: UnitOfWork, row: Decrease, *, at_counter: bool) -> None:
    relation = await work.session.get_one(Relation, row.enrollment_id, with_for_update=True)
    settled = await settled_months(work, relation, Month.of(row.left_on), Month.of(work.today))
    facts = DecreaseFacts(
        hired_on=relation.hired_on,
        from_month=relation.from_month,
        left_on=row.left_on,
        today=work.today,
        reason_code=row.reason,
        settled=settled,
        extra_date=row.extra_date,
        note=row.note,
        at_counter=at_counter,
    )
    verdict = judge(facts)
    if isinstance(verdict, Accepted):
        row.version += 1
        await end(work, row, relation, verdict)


async def propose_force(work: UnitOfWork, submission_no: str, asked: ForceDecrease) -> DecreaseView:
    """The first officer says why a 预约 must not wait for money."""
    row = await _queued(work, submission_no)
    row.forced_by, row.forced_reason = work.caller.account, asked.reason
    return await _told(work, row, "decrease_force_proposed")


async def release_force(work: UnitOfWork, submission_no: str) -> DecreaseView:
    """The second officer lets it take effect; Problem SAME_OFFICER for the first."""
    row = await _queued(work, submission_no)
    if row.forced_by is None:
        raise Problem(codes.NOT_FORCED)
    two_officers(row.forced_by, work.caller)
    row.force_released_by = work.caller.account
    await _take_effect(work, row, at_counter=True)
    return await _told(work, row, "decrease_forced")


async def _queued(work: UnitOfWork, submission_no: str) -> Decrease:
    require(work.caller, Role.COUNTER)
    found = await work.session.get(Decrease, submission_no)
    if found is None or work.caller.district is None:
        raise Problem(common.NOT_FOUND)
    await employer_in_reach(work, found.employer_no, lock=True)
    await work.session.refresh(found, with_for_update=True)
    if found.state != DecreaseState.QUEUED.value:
        raise Problem(codes.NOT_QUEUED)
    return found


async def _told(work: UnitOfWork, row: Decrease, act: str) -> DecreaseView:
    forcing = Forcing(
        submission_no=row.submission_no,
        forced_by=row.forced_by,
        force_released_by=row.force_released_by,
    )
    work.audit(act, row.submission_no, employer_no=row.employer_no, after=forcing)
    person = await work.session.get_one(Person, row.person_no)
    return view(row, person.name)
