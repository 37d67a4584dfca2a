"""The audit chain verified on demand by the audit administrator."""

from __future__ import annotations

from fastapi import APIRouter, Request

from contracts.http.chassis import AuditVerified
from contracts.values import Role
from services.chassis.http import caller_of, chassis_of
from services.chassis.identity import require
from services.chassis.verifying import verify

router = APIRouter()


@router.get("/audit/verify")
async def verify_audit(request: Request) -> AuditVerified:
    """Walk the whole chain of this process and name what was changed, removed or put in."""
    chassis = chassis_of(request)
    require(caller_of(request, chassis), Role.AUDIT_ADMIN)
    checked, changed = await verify(chassis.sessions)
    return AuditVerified(checked=checked, changed=tuple(changed))
