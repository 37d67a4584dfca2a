"""Who acts for an employer, as portal and desk show it: the specialist, and an approver (复核人) beside."""

from __future__ import annotations

from contracts.errors import gateway as codes
from contracts.http.accounts import EmployerAccount, EmployerAccounts
from contracts.values import Role
from gateway.parts import part
from gateway.sessions.visit import Visit
from services.chassis.problems import Problem


async def accounts_of(visit: Visit, employer_no: str) -> EmployerAccounts:
    """The accounts in force; a foreign employer's are not found."""
    return await visit.calls.get("registry", f"/employers/{employer_no}/accounts", EmployerAccounts)


async def approver_beside(visit: Visit) -> EmployerAccount | None:
    """Who approves in place of the visitor; nobody where the visitor may, or where registry does not answer."""
    if visit.caller.has(Role.APPROVER):
        return None
    found = await part(accounts_of(visit, visit.employer_no))
    return found.value.approver if found.value else None


async def require_approver(visit: Visit) -> None:
    """Problem APPROVER_NAMED for a preparer, naming who may; the owner of the data judges again."""
    if other := await approver_beside(visit):
        raise Problem(codes.APPROVER_NAMED, who=other.holder, account=other.account)
