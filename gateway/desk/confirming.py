"""核对确认 at the counter on behalf of an employer (协议 五, A22): heads and sum as they stood on the page."""

from __future__ import annotations

from fastapi import Depends, Request
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.http.billing import ConfirmBill, SlipView
from contracts.month import Month
from contracts.values import Role
from gateway import menu
from gateway.desk.answers import post_for
from gateway.desk.sections import Only, router_of
from gateway.forms import sent
from gateway.sessions.visit import Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
COUNTER = [Depends(Only(Role.COUNTER))]


@router.post("/desk/employers/{employer_no}/bills/{month}/confirm", dependencies=COUNTER)
async def confirm(visit: Visitor, request: Request, employer_no: str, month: str) -> Response:
    """Confirm and show the slip; a bill that changed since is refused and named."""
    entry = await sent(request)
    command = entry.build(
        ConfirmBill, {"version": _number(entry.text("version")), "total": _number(entry.text("total"))}
    )
    path = f"/bills/{_month(month)}/confirm"
    slip = await post_for(visit, employer_no, "billing", path, SlipView, command, key=entry.text("key"))
    return visit.go(f"/desk/employers/{employer_no}/slips/{slip.slip_no}?said=confirmed")


def _number(text: str) -> int:
    """A number the page itself put into its form."""
    if not (text.isascii() and text.isdigit()):
        raise Problem(codes.BAD_INPUT)
    return int(text)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Problem(codes.NOT_FOUND) from error
