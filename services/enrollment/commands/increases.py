"""增员: a sheet is judged, persons are recorded once, and each row becomes valid or awaits the counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import col

from contracts.errors import enrollment as codes
from contracts.errors.code import Fault
from contracts.events.enrollment import Confirmation, EnrollmentAwaitingCounter
from contracts.http.enrollment import IncreaseBatch, IncreaseResult, IncreaseState
from contracts.models import View
from contracts.values import Outcome
from services.chassis.personal import mask_phone
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.enrollment.commands.persons import ensure_persons, refresh_persons
from services.enrollment.commands.starting import open_relations
from services.enrollment.commands.voiding import void_due
from services.enrollment.decisions import tell
from services.enrollment.queries.examination import examine, read_sheet, shown
from services.enrollment.queries.increase_views import views
from services.enrollment.queries.judging import Examined, Plan
from services.enrollment.queries.known import Known
from services.enrollment.reach import acting_employer
from services.enrollment.rules.increase import CounterReason
from services.enrollment.series import INCREASE, submission_numbers
from services.enrollment.tables import Employer, Increase


class Submitted(View):
    """What a batch leaves in the audit."""

    first: str
    last: str
    confirmed: int
    awaiting_counter: int
    refused: int


async def submit(work: UnitOfWork, asked: IncreaseBatch) -> IncreaseResult:
    """Send increases; Problem INCREASES_REFUSED where all were wanted and one is at fault."""
    employer = await acting_employer(work)
    await void_due(work, work.today, employer.employer_no)
    readings, names = read_sheet(asked.rows), [row.name for row in asked.rows]
    examined = await examine(work, employer, readings, names)
    _all_or_nothing(asked, examined)
    await ensure_persons(work, [row.plan for row in examined if row.plan])
    examined = await examine(work, employer, readings, names)
    _all_or_nothing(asked, examined)
    increases = await _record(work, employer, [row.plan for row in examined if row.plan])
    refused = tuple(shown(row, employer) for row in examined if row.plan is None)
    _audit(work, employer, increases, len(refused))
    return IncreaseResult(accepted=await views(work, increases), refused=refused)


def _all_or_nothing(asked: IncreaseBatch, examined: Sequence[Examined]) -> None:
    refused = [row for row in examined if row.plan is None]
    if not refused or asked.partial:
        return
    alone = len(asked.rows) == 1
    faults = tuple(
        fault if alone else Fault(**fault.model_dump() | {"field": f"rows.{row.reading.row}.{fault.field}"})
        for row in refused
        for fault in row.faults
    )
    raise Problem(codes.INCREASES_REFUSED, field=faults[0].field, faults=faults, count=len(refused))


async def _record(work: UnitOfWork, employer: Employer, plans: Sequence[Plan]) -> list[Increase]:
    """Write the rows in bulk and read them back, which costs far less than building them one by one."""
    if not plans:
        return []
    numbers = await submission_numbers(work, INCREASE, employer.employer_no, len(plans))
    rows = [
        _values(work, employer, plan, _on_record(plan), number)
        for plan, number in zip(plans, numbers, strict=True)
    ]
    await work.session.execute(insert(Increase), rows)
    query = select(Increase).where(col(Increase.submission_no).in_(numbers))
    written = {increase.submission_no: increase for increase in await work.session.scalars(query)}
    increases = [written[number] for number in numbers]
    await _start(work, list(zip(plans, increases, strict=True)))
    return increases


def _on_record(plan: Plan) -> Known:
    if plan.known is None:
        raise LookupError("the person was recorded before the increase")
    return plan.known


def _values(work: UnitOfWork, employer: Employer, plan: Plan, known: Known, number: str) -> dict[str, Any]:
    draft, waiting = plan.draft, plan.waiting
    reasons = waiting.reasons if waiting else ()
    return {
        "submission_no": number,
        "employer_no": employer.employer_no,
        "person_no": known.person_no,
        "enrollment_id": None if waiting else new_id(),
        "version": 1,
        "replaces": known.replaces,
        "state": (IncreaseState.AWAITING_COUNTER if waiting else IncreaseState.CONFIRMED_AUTO).value,
        "household": draft.household.value,
        "household_address": draft.household_address,
        "home_address": draft.home_address,
        "phone": work.chassis.vault.seal(draft.phone),
        "phone_masked": mask_phone(draft.phone),
        "employment_form": draft.employment_form.value,
        "rural_contract": draft.rural_contract,
        "hired_on": draft.hired_on,
        "contract_until": draft.contract_until,
        "reason": draft.reason.value,
        "declared_wage": plan.base.declared_wage,
        "base": plan.base.base,
        "clamped": plan.base.clamped.value,
        "scheme": employer.scheme,
        "kinds": employer.kinds,
        "first_month": plan.first,
        "reasons": [reason.value for reason in reasons],
        "limit_day": plan.judgement.limit_day,
        "late": CounterReason.LATE in reasons,
        "until": plan.until,
        "void_on": plan.void_on,
        "note": draft.note,
        "submitted_at": work.now,
        "submitted_by": work.caller.account,
        "channel": work.caller.channel.value,
        "decided_at": None if waiting else work.now,
        "decision_note": "",
    }


async def _start(work: UnitOfWork, pairs: Sequence[tuple[Plan, Increase]]) -> None:
    """Relations of the confirmed rows, each at the next version of its person; the others wait."""
    versions = [(increase, _on_record(plan).version + 1) for plan, increase in pairs if not plan.waiting]
    if versions:
        await refresh_persons(work, versions)
        await open_relations(work, versions, Confirmation.AUTO)
    for plan, increase in pairs:
        if plan.waiting:
            _tell_waiting(work, increase)


def _tell_waiting(work: UnitOfWork, increase: Increase) -> None:
    if increase.until is None:
        raise ValueError("what awaits the counter has a last day")
    work.publish(
        EnrollmentAwaitingCounter(
            version=increase.version,
            employer_no=increase.employer_no,
            submission_no=increase.submission_no,
            person_no=increase.person_no,
            reasons=tuple(increase.reasons),
            until=increase.until,
        )
    )
    tell(
        work,
        increase,
        Outcome.WAITING,
        reason_code=increase.reasons[0],
        reason="；".join(CounterReason(code).text for code in increase.reasons),
        deadline=increase.until,
    )


def _audit(work: UnitOfWork, employer: Employer, increases: Sequence[Increase], refused: int) -> None:
    if not increases:
        return
    states = [increase.state for increase in increases]
    submitted = Submitted(
        first=increases[0].submission_no,
        last=increases[-1].submission_no,
        confirmed=states.count(IncreaseState.CONFIRMED_AUTO.value),
        awaiting_counter=states.count(IncreaseState.AWAITING_COUNTER.value),
        refused=refused,
    )
    work.audit(
        "increases_submitted",
        employer.employer_no,
        employer_no=employer.employer_no,
        after=submitted,
    )
