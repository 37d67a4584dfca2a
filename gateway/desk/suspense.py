"""挂账: money that could not be booked, and its way out by two officers (domain 1.5, 5)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.billing import (
    ApproveDisposal,
    DisposalAct,
    Disposals,
    DisposalState,
    DisposalView,
    NewDisposal,
    PaymentPage,
    PaymentView,
)
from contracts.http.chassis import Quiescence
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.parts import part
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.PAYMENTS)
WATCHING = [Depends(Only(Role.COLLECTION, Role.FINANCE))]
ONE = "/desk/payments/{payment_id}"


@router.get("/desk/payments/suspense", dependencies=WATCHING)
async def suspense(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """Money that could not be booked, oldest first, each with its reason and its age."""
    found = await visit.calls.get("billing", "/suspense", PaymentPage, {"page": page})
    rows = sorted(found.rows, key=lambda row: row.paid_at)
    rest = (await part(visit.calls.get("billing", "/quiescence", Quiescence))).value
    stopped = [job for job in rest.blocked if job.job == "close_window"] if rest else []
    return show(visit, menu.PAYMENTS, "suspense.html", found=found, rows=rows, stopped=stopped)


@router.get(ONE)
async def payment(visit: Visitor, payment_id: UUID) -> Response:
    """One payment, what it closed, and what becomes of money that waits."""
    return await _page(visit, payment_id, Entry({}))


@router.post(f"{ONE}/disposals", dependencies=WATCHING)
async def propose(visit: Visitor, request: Request, payment_id: UUID) -> Response:
    """Propose as the first officer; a slip's number makes it a match to that slip."""
    entry = await sent(request)
    slip_no = entry.text("slip_no").replace(" ", "")
    booked = DisposalAct.MATCH if slip_no else DisposalAct.ALLOCATE
    refund = entry.text("act") == DisposalAct.REFUND
    values: dict[str, object] = {
        "act": DisposalAct.REFUND if refund else booked,
        "employer_no": entry.text("employer_no") or None,
        "slip_no": slip_no or None,
        "ground": entry.text("why" if refund else "ground"),
    }
    try:
        command = entry.build(NewDisposal, values)
        path = f"/suspense/{payment_id}/disposals"
        await visit.calls.post("billing", path, DisposalView, command, key=entry.text("key"))
    except Problem as problem:
        return await _page(visit, payment_id, entry, problem.body)
    return visit.go(f"/desk/payments/{payment_id}?said=disposal_proposed")


@router.post(f"{ONE}/disposals/{{draft_id}}/approve", dependencies=WATCHING)
async def approve(visit: Visitor, request: Request, payment_id: UUID, draft_id: UUID) -> Response:
    """Approve the sum on the page as the second officer."""
    entry = await sent(request)
    try:
        command = entry.build(ApproveDisposal, {"placed": _whole(entry, "placed")})
        path = f"/disposals/{draft_id}/approve"
        await visit.calls.post("billing", path, DisposalView, command, key=entry.text("key"))
    except Problem as problem:
        return await _page(visit, payment_id, entry, problem.body)
    return visit.go(f"/desk/payments/{payment_id}?said=disposal_approved")


@router.post(f"{ONE}/disposals/{{draft_id}}/refuse", dependencies=WATCHING)
async def refuse(visit: Visitor, request: Request, payment_id: UUID, draft_id: UUID) -> Response:
    """Take the proposal back."""
    entry = await sent(request)
    try:
        await visit.calls.post(
            "billing", f"/disposals/{draft_id}/refuse", DisposalView, key=entry.text("key")
        )
    except Problem as problem:
        return await _page(visit, payment_id, entry, problem.body)
    return visit.go(f"/desk/payments/{payment_id}?said=disposal_refused")


def _whole(entry: Entry, field: str) -> int | None:
    """A sum in fen that the page itself carries."""
    text = entry.text(field)
    return int(text) if text.isascii() and text.isdigit() else None


async def _page(visit: Visit, payment_id: UUID, entry: Entry, problem: ProblemBody | None = None) -> Response:
    found = await visit.calls.get("billing", f"/payments/{payment_id}", PaymentView)
    values: dict[str, Any] = {"waiting": None, "decided": []}
    if visit.caller.has(Role.COLLECTION, Role.FINANCE):
        path = f"/suspense/{payment_id}/disposals"
        rows = (await visit.calls.get("billing", path, Disposals)).rows
        waiting = [row for row in rows if row.state is DisposalState.PROPOSED]
        values = {
            "waiting": waiting[0] if waiting else None,
            "decided": [row for row in rows if row.state is not DisposalState.PROPOSED],
        }
    status = problem.status if problem else 200
    return show(
        visit, menu.PAYMENTS, "payment.html", status, payment=found, entry=entry, problem=problem, **values
    )
