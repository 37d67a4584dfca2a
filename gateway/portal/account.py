"""单位与账户: the register entry, the specialist, the password."""

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from contracts.http.registry import EmployerView, OpeningView, SpecialistView
from gateway.parts import part
from gateway.sessions.visit import PageRoute, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/account")
async def account(visit: Visitor) -> Response:
    """What the agency has registered; changes are made at the counter (协议 二.7)."""
    own, calls = f"/employers/{visit.employer_no}", visit.calls
    entry, specialist, opening = await asyncio.gather(
        part(calls.get("registry", own, EmployerView)),
        part(calls.get("registry", f"{own}/specialist", SpecialistView)),
        part(calls.get("registry", f"{own}/opening", OpeningView)),
    )
    return visit.page("account.html", entry=entry.value, specialist=specialist.value, opening=opening.value)
