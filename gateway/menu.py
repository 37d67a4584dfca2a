"""The maps of portal and desk: every entry stands in its place; what has no page yet is not a link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.routing import APIRoute

from contracts.identity import Caller
from contracts.values import Role


class Entry(NamedTuple):
    """One entry: its words, its page, further first parts of paths that belong to it, and who may open it.

    On the desk an entry without roles is open to every officer. `meanwhile` is said where there is no page yet.
    """

    label: str
    path: str
    also: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    meanwhile: str = "尚未开放"

    def holds(self, path: str) -> bool:
        """True where a page lies under this entry."""
        places = (self.path, *self.also)
        return path == self.path or any(
            path == p or path.startswith(f"{p}/") for p in places if p not in ROOTS
        )

    def open_to(self, caller: Caller) -> bool:
        """True for an officer with one of the roles."""
        return caller.is_officer and (not self.roles or caller.has(*self.roles))


def _section(label: str, path: str, *roles: Role, meanwhile: str = "尚未开放") -> Entry:
    return Entry(label, path, roles=frozenset(roles), meanwhile=meanwhile)


ROOTS = ("/", "/desk")
ON_PAPER = "尚未开放，凭书面材料在柜台办理"
EMPLOYER = (
    Entry("首页", "/"),
    Entry("增员", "/increase"),
    Entry("减员", "/decrease"),
    Entry("缴费基数", "/bases"),
    Entry("核对确认与缴费", "/bill", ("/slips", "/arrears", "/payments")),
    Entry("查询", "/roster"),
    Entry("打印中心", "/print"),
    Entry("通知公告", "/notices", ("/results", "/reminders", "/orders", "/materials")),
    Entry("单位与账户", "/account", ("/password",)),
)
BOARD = _section("征缴看板", "/desk")
COUNTER = _section("柜台确认", "/desk/counter", Role.COUNTER)
AUDITS = _section("稽核", "/desk/audits", Role.AUDITOR, meanwhile=ON_PAPER)
MATERIALS = _section("材料调取", "/desk/materials", Role.AUDITOR, Role.COUNTER, Role.COLLECTION)
APPLICATIONS = _section("书面申请", "/desk/applications", Role.COUNTER)
EMPLOYERS = _section(
    "单位与开通", "/desk/employers", Role.COUNTER, Role.AUDITOR, Role.COLLECTION, Role.FINANCE
)
PAYMENTS = _section("缴费与挂账", "/desk/payments", Role.COUNTER, Role.COLLECTION, Role.FINANCE)
RECONCILIATION = _section(
    "对账", "/desk/reconciliation", Role.FINANCE, meanwhile="尚未开放，与银行对账单人工核对"
)
ORDERS = _section("责令与欠费", "/desk/orders", Role.COLLECTION)
NOTICES = _section("通知公告", "/desk/notices", Role.NOTICE_EDITOR)
POLICY = _section("政策参数", "/desk/policy", Role.POLICY)
OFFICERS = _section("工作人员", "/desk/officers", Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
AUDIT = _section("审计与死信", "/desk/audit", Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
DESK = (
    BOARD,
    COUNTER,
    AUDITS,
    APPLICATIONS,
    MATERIALS,
    EMPLOYERS,
    PAYMENTS,
    RECONCILIATION,
    ORDERS,
    NOTICES,
    POLICY,
    OFFICERS,
    AUDIT,
)


def desk_of(caller: Caller) -> tuple[Entry, ...]:
    """The desk's map as far as an officer's roles reach."""
    return tuple(entry for entry in DESK if entry.open_to(caller))


def pages_of(routers: Iterable[APIRouter]) -> frozenset[str]:
    """The paths of all pages that exist."""
    return frozenset(
        route.path for router in routers for route in router.routes if isinstance(route, APIRoute)
    )
