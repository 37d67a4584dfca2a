"""欠费减员 (A12): one officer proposes with a reason, another releases; the month may be unpaid then."""

from __future__ import annotations

from fastapi import Depends, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.enrollment import DecreaseView, ForceDecrease
from contracts.http.registry import EmployerView
from contracts.values import Role
from gateway import menu
from gateway.desk.answers import post_for
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}/decreases/{submission_no}"
COUNTER = [Depends(Only(Role.COUNTER))]


@router.get(f"{ONE}/force", dependencies=COUNTER)
async def force_form(visit: Visitor, employer_no: str, submission_no: str) -> Response:
    """The first officer's reason."""
    return await _form(visit, employer_no, submission_no, Entry({}))


@router.post(f"{ONE}/force", dependencies=COUNTER)
async def force(visit: Visitor, request: Request, employer_no: str, submission_no: str) -> Response:
    """Propose."""
    entry = await sent(request)
    try:
        command = entry.build(ForceDecrease, {"reason": entry.text("reason")})
        path = f"/decreases/{submission_no}/force"
        await post_for(visit, employer_no, "enrollment", path, DecreaseView, command, key=entry.text("key"))
    except Problem as problem:
        return await _form(visit, employer_no, submission_no, entry, problem.body)
    return visit.go(f"/desk/employers/{employer_no}/roster?said=decrease_proposed")


@router.post(f"{ONE}/release", dependencies=COUNTER)
async def release(visit: Visitor, request: Request, employer_no: str, submission_no: str) -> Response:
    """Release as the second officer."""
    entry = await sent(request)
    path = f"/decreases/{submission_no}/force/release"
    await post_for(visit, employer_no, "enrollment", path, DecreaseView, key=entry.text("key"))
    return visit.go(f"/desk/employers/{employer_no}/roster?said=decrease_confirmed_auto")


async def _form(
    visit: Visit, employer_no: str, submission_no: str, entry: Entry, problem: ProblemBody | None = None
) -> Response:
    employer = await visit.calls.get("registry", f"/employers/{employer_no}", EmployerView)
    return show(
        visit,
        menu.EMPLOYERS,
        "force.html",
        problem.status if problem else 200,
        employer=employer,
        submission_no=submission_no,
        entry=entry,
        problem=problem,
    )
