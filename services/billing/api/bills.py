"""HTTP of billing: bills, their lines, confirmation, estimates."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from contracts.http.billing import BillPage, BillView, ConfirmBill, Estimate, Estimated, LinePage, SlipView
from contracts.http.paging import PAGE_SIZE
from contracts.values import Kind, Month
from services.billing.commands import confirm as confirmation
from services.billing.queries import bills as queries
from services.billing.queries import estimates
from services.billing.queries import lines as line_queries
from services.billing.queries.slips import slip_view
from services.chassis.http import Work, WorkRoute

router = APIRouter(route_class=WorkRoute)
PageNo = Annotated[int, Query(ge=1)]
Size = Annotated[int, Query(ge=1, le=1000)]
MonthText = Annotated[str, Path(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""A month as text: FastAPI takes only plain types in a path."""


@router.get("/bills")
async def bills(
    work: Work,
    *,
    page: PageNo = 1,
    size: Size = PAGE_SIZE,
    slips: Annotated[bool, Query()] = False,  # a query parameter by its name
) -> BillPage:
    """The employer's bills, newest month first; with their slips where asked."""
    return await queries.bills(work, page, size, slips=slips)


@router.get("/bills/{month}")
async def bill(work: Work, month: MonthText) -> BillView:
    """One month's bill."""
    return await queries.bill(work, Month.parse(month))


@router.get("/bills/{month}/lines")
async def lines(
    work: Work, month: MonthText, kind: Kind = Kind.PENSION, page: PageNo = 1, size: Size = PAGE_SIZE
) -> LinePage:
    """One kind's person lines with their explanation."""
    return await line_queries.lines(work, Month.parse(month), kind, page, size)


@router.post("/bills/{month}/confirm")
async def confirm(work: Work, month: MonthText, asked: ConfirmBill) -> SlipView:
    """Confirm heads and sum; the slip that follows."""
    slip = await confirmation.confirm_bill(work, Month.parse(month), asked)
    return await slip_view(work, slip.slip_no)


@router.post("/estimates")
async def estimate(work: Work, asked: Estimate) -> Estimated:
    """Price supplied rows without storing them."""
    return await estimates.estimate(work, asked)
