"""协议书 and 授权书 of one employer, printed at the counter (annexes 1 and 2)."""

from __future__ import annotations

from fastapi import Depends
from starlette.responses import Response

from contracts.http.templates import PAPER_NAMES, Document, Paper
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of
from gateway.pages import download
from gateway.print.paper import paper_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visitor

router = router_of(menu.EMPLOYERS)


@router.post("/desk/employers/{employer_no}/papers/{paper}", dependencies=[Depends(Only(Role.COUNTER))])
async def paper(visit: Visitor, employer_no: str, paper: Paper) -> Response:
    """The paper as PDF; the print is recorded."""
    found = await visit.calls.post("registry", f"/employers/{employer_no}/papers/{paper}", Document)
    return download(
        await paper_form(found), MEDIA_TYPE, f"{PAPER_NAMES[paper]}{employer_no}.pdf", inline=True
    )
