"""工作人员: accounts of officers; the initial password is shown once (domain 1.5)."""

from __future__ import annotations

from enum import StrEnum

from fastapi import Depends, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.accounts import AccountState
from contracts.http.registry import Districts, NewAccount, NewOfficer, Officers
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.OFFICERS)
GRANTED = (
    Role.COUNTER, Role.AUDITOR, Role.COLLECTION, Role.FINANCE, Role.NOTICE_EDITOR, Role.POLICY,
    Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN,
)  # fmt: skip
"""The roles an officer may hold, in the order of the form."""


class Act(StrEnum):
    """What is done to an account."""

    LOCK = "lock"
    UNLOCK = "unlock"


@router.get("/desk/officers")
async def officers(visit: Visitor) -> Response:
    """Officers of the administrator's district, with the form of a new one."""
    return await _page(visit, Entry({}))


@router.post("/desk/officers", dependencies=[Depends(Only(Role.SECURITY_ADMIN))])
async def create(visit: Visitor, request: Request) -> Response:
    """Create an account. No idempotency key goes along, because the answer carries a password."""
    entry = await sent(request)
    try:
        command = entry.build(
            NewOfficer,
            {
                "account": entry.text("account"),
                "display_name": entry.text("display_name"),
                "roles": entry.chosen("roles"),
                "district": entry.text("district"),
            },
        )
        made = await visit.calls.post("registry", "/officers", NewAccount, command)
    except Problem as problem:
        return await _page(visit, entry, problem=problem.body)
    return await _page(visit, Entry({}), made=made)


@router.post("/desk/officers/{account}/{act}", dependencies=[Depends(Only(Role.SECURITY_ADMIN))])
async def act(visit: Visitor, account: str, act: Act) -> Response:
    """Lock or unlock an account."""
    await visit.calls.post("registry", f"/accounts/{account}/{act.value}", AccountState)
    return visit.go(f"/desk/officers?said=account_{act.value}ed")


@router.post("/desk/officers/{account}/password/reset", dependencies=[Depends(Only(Role.SECURITY_ADMIN))])
async def reset(visit: Visitor, account: str) -> Response:
    """A new initial password, shown once. No idempotency key goes along, because nobody may store it."""
    made = await visit.calls.post("registry", f"/accounts/{account}/reset", NewAccount)
    return await _page(visit, Entry({}), made=made)


async def _page(
    visit: Visit, entry: Entry, *, problem: ProblemBody | None = None, made: NewAccount | None = None
) -> Response:
    found = await visit.calls.get("registry", "/officers", Officers)
    districts = await visit.calls.get("registry", "/districts", Districts)
    known = {row.code: row.name for row in districts.rows}
    return show(
        visit,
        menu.OFFICERS,
        "officers.html",
        problem.status if problem else 200,
        officers=found.rows,
        districts=[pair for pair in known.items() if visit.caller.sees_district(pair[0])],
        district_names=known,
        granted=GRANTED,
        entry=entry,
        problem=problem,
        made=made,
    )
