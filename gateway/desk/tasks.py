"""未能核定的单位: months without a price for want of policy data, since when, and what to do (domain 1.5)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from contracts.http.billing import PolicyTaskPage
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.sessions.visit import Visitor

ROLES = (Role.COUNTER, Role.COLLECTION, Role.POLICY)
"""Who can do something about it: the entry of an employer, its bill, the city's policy data."""
router = router_of(menu.BOARD)


@router.get("/desk/tasks", dependencies=[Depends(Only(*ROLES))])
async def tasks(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The longest waiting first."""
    found = await visit.calls.get("billing", "/tasks", PolicyTaskPage, {"page": page})
    return show(visit, menu.BOARD, "tasks.html", found=found)
