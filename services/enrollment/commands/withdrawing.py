"""撤销: an employer takes back an increase that still awaits the counter, and may then send it anew (domain 1.4)."""

from __future__ import annotations

from contracts.errors import chassis as common
from contracts.errors import enrollment as codes
from contracts.http.enrollment import IncreaseState, IncreaseView
from contracts.models import View
from contracts.values import Outcome
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.decisions import tell
from services.enrollment.queries.increase_views import views
from services.enrollment.reach import acting_employer
from services.enrollment.tables import Increase

WITHDRAWN = "increase.withdrawn"


class Withdrawn(View):
    """What a withdrawal leaves in the audit."""

    state: IncreaseState


async def withdraw(work: UnitOfWork, submission_no: str) -> IncreaseView:
    """Take it back; Problem NOT_AWAITING once it is decided."""
    employer = await acting_employer(work)
    row = await work.session.get(Increase, submission_no, with_for_update=True)
    if row is None or row.employer_no != employer.employer_no:
        raise Problem(common.NOT_FOUND)
    if row.state != IncreaseState.AWAITING_COUNTER.value:
        raise Problem(codes.NOT_AWAITING)
    row.state, row.version = IncreaseState.WITHDRAWN.value, row.version + 1
    row.decided_at, row.decided_by = work.now, work.caller.account
    tell(work, row, Outcome.VOIDED, reason_code=WITHDRAWN, reason="单位已撤销增员申报")
    withdrawn = Withdrawn(state=IncreaseState.WITHDRAWN)
    work.audit("increase_withdrawn", submission_no, employer_no=row.employer_no, after=withdrawn)
    return (await views(work, [row]))[0]
