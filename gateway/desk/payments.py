"""缴费: payments of the district, conflicting serials, money taken at the counter (A30)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.billing import ArrearsView, CounterPayment, PaymentPage, PaymentView, SerialConflictPage
from contracts.http.registry import EmployerView
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.parts import part
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.PAYMENTS)
PageNo = Annotated[int, Query(ge=1)]
WATCHING = [Depends(Only(Role.COLLECTION, Role.FINANCE))]
TAKING = [Depends(Only(Role.COUNTER, Role.FINANCE))]


@router.get("/desk/payments")
async def payments(visit: Visitor, page: PageNo = 1) -> Response:
    """Payments, newest first."""
    found = await visit.calls.get("billing", "/payments", PaymentPage, {"page": page})
    return show(visit, menu.PAYMENTS, "payments.html", found=found)


@router.get("/desk/payments/conflicts", dependencies=WATCHING)
async def conflicts(visit: Visitor, page: PageNo = 1) -> Response:
    """Serials that a bank told again with other content; the money of the first stands booked."""
    found = await visit.calls.get("billing", "/serial-conflicts", SerialConflictPage, {"page": page})
    return show(visit, menu.PAYMENTS, "conflicts.html", found=found)


@router.get("/desk/payments/counter", dependencies=TAKING)
async def counter(visit: Visitor, employer_no: Annotated[str, Query(max_length=10)] = "") -> Response:
    """The form: first the employer, then what it owes today."""
    today = visit.chassis.business.today().isoformat()
    return await _form(visit, Entry({"employer_no": employer_no, "paid_on": today}))


@router.post("/desk/payments/counter", dependencies=TAKING)
async def take(visit: Visitor, request: Request) -> Response:
    """Take the money and show how it was booked."""
    entry = await sent(request)
    try:
        command = entry.build(
            CounterPayment,
            {
                "employer_no": entry.text("employer_no"),
                "amount": entry.fen("amount"),
                "paid_on": entry.day("paid_on"),
                "slip_no": entry.text("slip_no").replace(" ", "") or None,
                "reference": entry.text("reference"),
            },
        )
        made = await visit.calls.post(
            "billing", "/counter-payments", PaymentView, command, key=entry.text("key")
        )
    except Problem as problem:
        return await _form(visit, entry, problem.body)
    return visit.go(f"/desk/payments/{made.payment_id}?said=money_taken")


async def _form(visit: Visit, entry: Entry, problem: ProblemBody | None = None) -> Response:
    employer = owed = None
    if number := entry.text("employer_no"):
        employer = await part(visit.calls.get("registry", f"/employers/{number}", EmployerView))
    if employer and employer.value:
        today = visit.chassis.business.today().isoformat()
        calls = visit.on_behalf(employer.value.employer_no)
        owed = await part(calls.get("billing", "/arrears", ArrearsView, {"on": today}))
    return show(
        visit,
        menu.PAYMENTS,
        "counter_payment.html",
        problem.status if problem else 200,
        entry=entry,
        problem=problem,
        employer=employer,
        owed=owed,
    )
