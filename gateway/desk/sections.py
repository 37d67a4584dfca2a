"""The desk's map: which part of it a role may open, and the page that shows the map beside every part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.identity import Caller
from contracts.values import Role
from gateway.desk import words
from gateway.sessions.visit import Visit
from services.chassis.problems import Problem


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the desk's menu; without roles every officer may open it."""

    path: str
    title: str
    roles: frozenset[Role] = frozenset()

    def open_to(self, caller: Caller) -> bool:
        """True for an officer with one of the roles."""
        return caller.is_officer and (not self.roles or caller.has(*self.roles))


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


BOARD = Section("/desk", "征缴看板")
COUNTER = Section("/desk/counter", "柜台确认", _of(Role.COUNTER))
EMPLOYERS = Section(
    "/desk/employers", "单位与开通", _of(Role.COUNTER, Role.AUDITOR, Role.COLLECTION, Role.FINANCE)
)
PAYMENTS = Section("/desk/payments", "缴费与挂账", _of(Role.COLLECTION, Role.FINANCE))
ORDERS = Section("/desk/orders", "责令与欠费", _of(Role.COLLECTION))
NOTICES = Section("/desk/notices", "通知公告", _of(Role.NOTICE_EDITOR))
POLICY = Section("/desk/policy", "政策参数", _of(Role.POLICY))
OFFICERS = Section("/desk/officers", "工作人员", _of(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
AUDIT = Section("/desk/audit", "审计与死信", _of(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN))
SECTIONS = (BOARD, COUNTER, EMPLOYERS, PAYMENTS, ORDERS, NOTICES, POLICY, OFFICERS, AUDIT)


def enter(visit: Visit, section: Section) -> Visit:
    """The visit of an officer to whom the section is open; Problem FORBIDDEN for anybody else."""
    if not section.open_to(visit.caller):
        raise Problem(codes.FORBIDDEN)
    return visit


def show(visit: Visit, section: Section, name: str, status: int = 200, **values: Any) -> Response:
    """A page of the desk with the menu of what this officer may do."""
    menu = tuple(entry for entry in SECTIONS if entry.open_to(visit.caller))
    return visit.page(f"desk/{name}", status, menu=menu, section=section, words=words, Role=Role, **values)
