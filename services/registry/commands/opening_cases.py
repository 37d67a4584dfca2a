"""开通受理: received with what there is, put right, or refused with the reason (clause 二; domain 1.4)."""

from __future__ import annotations

from contracts.errors import registry as codes
from contracts.http.openings import OpeningCase as CaseView
from contracts.http.openings import OpeningReason, OpeningState, ReceiveOpening
from contracts.values import Outcome, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.deciding import tell
from services.registry.opening_tables import OpeningCase
from services.registry.openings import OPEN, case_in_reach, check_closed, new_case, open_case_of, shown
from services.registry.reach import employer_in_reach, require_registered
from services.registry.tables import Employer

MATTER = "opening"


async def receive(work: UnitOfWork, employer_no: str, asked: ReceiveOpening) -> CaseView:
    """Begin a case; Problem where the service is open already, or a case is."""
    require(work.caller, Role.COUNTER)
    employer = await employer_in_reach(work, employer_no, lock=True)
    require_registered(employer)
    await check_closed(work, employer_no)
    if held := await open_case_of(work, employer_no):
        raise Problem(codes.OPENING_CASE_OPEN, case_no=held.case_no)
    row = await new_case(work, employer, asked.employer_handler, asked.specialist)
    row.materials = sorted(asked.materials)
    work.session.add(row)
    return await _audited(work, row, employer, "opening_received")


async def ask_again(work: UnitOfWork, case_no: str, asked: OpeningReason) -> CaseView:
    """Something is to be put right (补正); the case stays open."""
    row, employer = await in_hand(work, case_no)
    row.state, row.again_for = OpeningState.AGAIN, asked.reason
    _decide(work, row, Outcome.WAITING, asked.reason, "请补正后持材料到参保地经办机构继续办理")
    return await _audited(work, row, employer, "opening_again")


async def refuse(work: UnitOfWork, case_no: str, asked: OpeningReason) -> CaseView:
    """The service is not opened; a new case gets new numbers."""
    row, employer = await in_hand(work, case_no)
    row.state, row.reason, row.specialist = OpeningState.REFUSED, asked.reason, None
    row.decided_on, row.decided_by = work.today, work.caller.account
    _decide(work, row, Outcome.REFUSED, asked.reason, "请备齐材料后重新申请开通")
    return await _audited(work, row, employer, "opening_refused")


async def in_hand(work: UnitOfWork, case_no: str) -> tuple[OpeningCase, Employer]:
    """A case that is open, locked; Problem for one that has ended."""
    require(work.caller, Role.COUNTER)
    row, employer = await case_in_reach(work, case_no, lock=True)
    if row.state not in OPEN:
        raise Problem(codes.OPENING_CASE_STATE, case_no=case_no)
    return row, employer


def _decide(work: UnitOfWork, row: OpeningCase, outcome: Outcome, reason: str, next_step: str) -> None:
    row.version += 1
    tell(
        work,
        row.employer_no,
        row.agreement_no,
        MATTER,
        outcome,
        version=row.version,
        reason=reason,
        next_step=next_step,
    )


async def _audited(work: UnitOfWork, row: OpeningCase, employer: Employer, act: str) -> CaseView:
    view = await shown(work, row, employer)
    personal = ("specialist_name", "employer_handler", "officer_name", "id_number_masked", "mobile_masked")
    kept = view.model_copy(update=dict.fromkeys(personal, ""))
    work.audit(act, row.case_no, employer_no=row.employer_no, after=kept)
    return view
