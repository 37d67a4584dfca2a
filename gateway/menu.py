"""The maps of portal and desk: every entry stands in its place; what has no page yet is not a link."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import FastAPI


class Entry(NamedTuple):
    """One entry: its words, its page, and further first parts of paths that belong to it."""

    label: str
    path: str
    also: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """True where a page lies under this entry."""
        places = (self.path, *self.also)
        return path == self.path or any(path == p or path.startswith(f"{p}/") for p in places if p not in ROOTS)


ROOTS = ("/", "/desk")
EMPLOYER = (
    Entry("首页", "/"),
    Entry("增员", "/increase"),
    Entry("减员", "/decrease"),
    Entry("缴费基数", "/bases"),
    Entry("核对确认与缴费", "/bill", ("/pay", "/arrears", "/payments")),
    Entry("查询", "/roster"),
    Entry("打印中心", "/print"),
    Entry("通知公告", "/notices", ("/results", "/orders")),
    Entry("单位与账户", "/account", ("/password",)),
)
DESK = (
    Entry("征缴看板", "/desk"),
    Entry("柜台确认", "/desk/increases"),
    Entry("稽核", "/desk/audits"),
    Entry("书面申请", "/desk/applications"),
    Entry("单位与开通", "/desk/employers"),
    Entry("缴费与挂账", "/desk/payments"),
    Entry("对账", "/desk/reconciliation"),
    Entry("责令与欠费", "/desk/orders"),
    Entry("通知公告", "/desk/notices"),
    Entry("政策参数", "/desk/policy"),
    Entry("审计与死信", "/desk/audit"),
)


def pages_of(app: FastAPI) -> frozenset[str]:
    """The paths of all pages that exist."""
    return frozenset(path for route in app.routes if (path := getattr(route, "path", "")))
