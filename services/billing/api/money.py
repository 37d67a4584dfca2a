"""HTTP of billing: slips, arrears, counter payments, payments, suspense, collection, accounts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.http.billing import (
    AccountView,
    ArrearsSlip,
    ArrearsView,
    Collection,
    CounterPayment,
    PaymentPage,
    PaymentView,
    PolicyTaskPage,
    SerialConflictPage,
    SlipForBank,
    SlipQuery,
    SlipView,
)
from contracts.http.paging import PAGE_SIZE
from contracts.month import Month
from contracts.values import EmployerNo, SlipNo
from services.billing.commands import arrears as arrears_commands
from services.billing.commands import counter, slips
from services.billing.queries import account as accounts
from services.billing.queries import arrears as arrears_queries
from services.billing.queries import collection as collections
from services.billing.queries import conflicts, tasks
from services.billing.queries import payments as payment_queries
from services.billing.queries.slips import slip_view
from services.chassis.http import Work, WorkRoute
from services.chassis.identity import own_employer

router = APIRouter(route_class=WorkRoute)
PageNo = Annotated[int, Query(ge=1)]
Size = Annotated[int, Query(ge=1, le=1000)]
MonthText = Annotated[str, Query(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Number = Annotated[EmployerNo | None, Query()]


@router.post("/slips/query")
async def query_slip(work: Work, asked: SlipQuery) -> SlipForBank:
    """A bank asks what a slip costs."""
    return await slips.query_by_bank(work, asked)


@router.get("/slips/{slip_no}")
async def slip(work: Work, slip_no: SlipNo) -> SlipView:
    """One slip."""
    return await slip_view(work, slip_no)


@router.get("/arrears")
async def arrears(work: Work, on: date | None = None, employer_no: Number = None) -> ArrearsView:
    """What is owed if paid on a day; an officer names the employer."""
    return await arrears_queries.arrears(work, employer_no or own_employer(work.caller), on or work.today)


@router.post("/arrears/slips")
async def arrears_slip(work: Work, asked: ArrearsSlip) -> SlipView:
    """A slip for all arrears on one payment day."""
    return await arrears_commands.issue_slip(work, asked)


@router.post("/counter-payments")
async def counter_payment(work: Work, asked: CounterPayment) -> PaymentView:
    """Money taken at the counter."""
    return await counter.pay_at_counter(work, asked)


@router.get("/payments")
async def payments(
    work: Work, page: PageNo = 1, size: Size = PAGE_SIZE, employer_no: Number = None
) -> PaymentPage:
    """Payments, newest first."""
    return await payment_queries.payments(work, employer_no=employer_no or "", page=page, size=size)


@router.get("/payments/{payment_id}")
async def payment(work: Work, payment_id: UUID) -> PaymentView:
    """One payment."""
    return await payment_queries.payment_view(work, payment_id)


@router.get("/suspense")
async def suspense(work: Work, page: PageNo = 1, size: Size = PAGE_SIZE) -> PaymentPage:
    """挂账 of the own district."""
    return await payment_queries.suspense(work, page=page, size=size)


@router.get("/serial-conflicts")
async def serial_conflicts(work: Work, page: PageNo = 1, size: Size = PAGE_SIZE) -> SerialConflictPage:
    """Serials told again with other content, of the own district."""
    return await conflicts.serial_conflicts(work, page=page, size=size)


@router.get("/tasks")
async def policy_tasks(work: Work, page: PageNo = 1, size: Size = PAGE_SIZE) -> PolicyTaskPage:
    """Months without a price for want of policy data, of the own district."""
    return await tasks.tasks(work, page=page, size=size)


@router.get("/collection")
async def collection(work: Work, month: MonthText) -> Collection:
    """征缴看板 of a month."""
    return await collections.collection(work, Month.parse(month))


@router.get("/employers/{employer_no}/account")
async def account(work: Work, employer_no: EmployerNo) -> AccountView:
    """Open debts and credit of one employer."""
    return await accounts.account(work, employer_no)
