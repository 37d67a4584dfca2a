"""Which roles an officer's account may hold (domain 1.5; GB/T 22239: three separate administrators)."""

from __future__ import annotations

from collections.abc import Collection

from contracts.values import Role

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
SPECIALIST_ROLES = frozenset({Role.PREPARER, Role.APPROVER})
"""One specialist does all business of an employer (clause 二), unless somebody else approves."""
REQUESTING = (Role.AUDITOR, Role.COUNTER, Role.COLLECTION)
"""Who may call in materials and order corrections (四(一), 协议 三)."""
_NOT_FOR_OFFICERS = SPECIALIST_ROLES | {Role.SYSTEM}


def of_specialist(*, approver: bool) -> frozenset[Role]:
    """The specialist's roles where somebody else approves, and where not."""
    return SPECIALIST_ROLES - {Role.APPROVER} if approver else SPECIALIST_ROLES


def for_officers(roles: Collection[Role]) -> bool:
    """True for at least one role, and only roles of the agency's people."""
    return bool(roles) and not _NOT_FOR_OFFICERS & set(roles)


def administrators_separate(roles: Collection[Role]) -> bool:
    """True unless one account would hold two of the three administrators' roles."""
    return len(ADMINISTRATORS & set(roles)) <= 1
