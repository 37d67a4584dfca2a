"""哪天缴，缴多少: arrears with their late fee for a day, and a slip for a chosen day (A23, A26)."""

import asyncio
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.errors.code import Fault, ProblemBody
from contracts.http.billing import ArrearsSlip, ArrearsView, BillPage, SlipView
from contracts.month import Month
from gateway.live.follow import following
from gateway.parts import part
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
NO_DAY = "请填写今天或以后的日期"


def days_to_show(today: date, chosen: date) -> tuple[date, ...]:
    """Today, the same day next week, the month's last day, and the day that was asked for."""
    days = {today, today + timedelta(days=7), Month.of(today).last_day, chosen}
    return tuple(sorted(days))


@router.get("/arrears")
async def arrears(visit: Visitor, on: str = "") -> Response:
    """What is owed if paid on a day."""
    today = visit.chassis.business.today()
    try:
        chosen = date.fromisoformat(on) if on else today
    except ValueError:
        return await _page(visit, today, _refusal(on))
    return await _page(visit, chosen, _refusal(on) if chosen < today else None)


@router.post("/arrears/slips")
async def slip(
    visit: Visitor, pay_on: Annotated[str, Form()] = "", key: Annotated[str, Form()] = ""
) -> Response:
    """A slip over all arrears for one day; it carries the fee to that day."""
    today = visit.chassis.business.today()
    try:
        command = ArrearsSlip(pay_on=date.fromisoformat(pay_on))
    except ValueError:
        return await _page(visit, today, _refusal(pay_on))
    if command.pay_on < today:
        return await _page(visit, today, _refusal(pay_on))
    made = await visit.calls.post("billing", "/arrears/slips", SlipView, command, key=key)
    return visit.go(f"/slips/{made.slip_no}?said=slip_issued")


def _refusal(typed: str) -> ProblemBody:
    fault = Fault(field="pay_on", code="form", message=NO_DAY, value=typed[:20])
    return Problem(codes.BAD_INPUT, field="pay_on", faults=(fault,)).body


async def _page(visit: Visit, chosen: date, problem: ProblemBody | None) -> Response:
    await following(visit)
    today = visit.chassis.business.today()
    chosen = max(chosen, today)
    days = days_to_show(today, chosen)
    calls = visit.calls
    asked = [part(calls.get("billing", "/arrears", ArrearsView, {"on": str(day)})) for day in days]
    views, bills = await asyncio.gather(
        asyncio.gather(*asked), part(calls.get("billing", "/bills", BillPage, {"slips": "true"}))
    )
    slips = [bill.slip for bill in bills.value.rows if bill.slip] if bills.value else []
    return visit.page(
        "bill/arrears.html",
        problem.status if problem else 200,
        by_day=list(zip(days, views, strict=True)),
        shown=views[days.index(chosen)],
        chosen=chosen,
        today=today,
        slips=slips,
        problem=problem,
    )
