"""缴费单: its page, its code to scan, its print (A23)."""

from fastapi import APIRouter
from starlette.responses import Response

from contracts.http.billing import SlipView
from gateway.live.follow import following
from gateway.pages import HEADERS, download
from gateway.print.slip import qr, slip_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import PageRoute, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/slips/{slip_no}.pdf")
async def print_slip(visit: Visitor, slip_no: str) -> Response:
    """The slip on paper."""
    slip = await visit.calls.get("billing", f"/slips/{slip_no}", SlipView)
    return download(await slip_form(slip), MEDIA_TYPE, f"缴费单{slip.slip_no}.pdf", inline=True)


@router.get("/slips/{slip_no}.svg")
async def code(visit: Visitor, slip_no: str) -> Response:
    """The slip's number as a QR code."""
    slip = await visit.calls.get("billing", f"/slips/{slip_no}", SlipView)
    return Response(qr(slip.slip_no), media_type="image/svg+xml", headers=HEADERS)


@router.get("/slips/{slip_no}")
async def slip_page(visit: Visitor, slip_no: str) -> Response:
    """One slip."""
    await following(visit)
    slip = await visit.calls.get("billing", f"/slips/{slip_no}", SlipView)
    return visit.page("bill/slip.html", slip=slip)
