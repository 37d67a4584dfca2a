"""A city's worth of answers, and every page of the desk that an officer can open in it."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.http import billing, enrollment, notices
from contracts.http.chassis import AuditVerified, LetterReplayed
from contracts.values import Role
from gateway.desk.audit import Letters
from tests.gateway.desk import samples
from tests.servers.house import House

ALL_ROLES = (
    Role.COUNTER, Role.AUDITOR, Role.COLLECTION, Role.FINANCE, Role.NOTICE_EDITOR, Role.POLICY,
    Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN,
)  # fmt: skip
E = f"/desk/employers/{samples.EMPLOYER}"
PAGES = (
    "/desk",
    "/desk/tasks",
    "/desk/applications",
    f"/desk/applications/new/{samples.EMPLOYER}",
    "/desk/materials",
    f"/desk/materials/new?employer_no={samples.EMPLOYER}",
    "/desk/employers/idle",
    "/desk/employers/changes",
    "/desk/employers/openings",
    f"{E}/changes",
    "/desk/employers/deregistrations",
    "/desk/employers/imports",
    f"{E}/deregistration",
    "/desk/counter",
    "/desk/counter/Z201609-000002",
    "/desk/employers",
    "/desk/employers/coverage",
    "/desk/employers/new",
    E,
    f"{E}/opening",
    f"{E}/roster",
    f"{E}/increase",
    f"{E}/roster/{samples.ENROLLMENT}/decrease",
    f"{E}/decreases/J201609-000001/force",
    f"{E}/arrears?on=2016-10-20",
    f"{E}/slips/{samples.SLIP}",
    "/desk/payments",
    "/desk/payments/suspense",
    "/desk/payments/conflicts",
    f"/desk/payments/counter?employer_no={samples.EMPLOYER}",
    f"/desk/payments/{samples.PAYMENT}",
    "/desk/orders",
    f"/desk/orders/{samples.ORDER}",
    "/desk/notices",
    "/desk/notices/guide",
    "/desk/notices/guide/1",
    "/desk/notices/guide/11",
    "/desk/notices/guide/versions/1",
    "/desk/policy",
    "/desk/policy/limits/new",
    "/desk/policy/rates/new",
    "/desk/policy/templates",
    "/desk/policy/calendar",
    "/desk/policy/calendar?year=2030",
    "/desk/policy/templates/00000000-0000-0000-0000-000000000001",
    "/desk/officers",
    "/desk/audit",
    "/desk/audit/verify?go=yes",
)


def fill(home: House) -> None:
    """Tell the rote neighbours what they know."""
    for path, said in _enrollment().items():
        home.enrollment.tell("GET", path, said)
    for path, said in _billing().items():
        home.billing.tell("GET", path, said)
    for path, said in _notices().items():
        home.notices.tell("GET", path, said)
    for neighbour in (home.enrollment, home.billing, home.notices):
        rest = samples.REST.model_copy(update={"process": neighbour.name})
        calm = rest.model_copy(update={"blocked": (), "parked": 0})
        busy = neighbour is home.billing
        neighbour.tell("GET", "/quiescence", rest if busy else calm)
        neighbour.tell("GET", "/dead-letters", Letters((samples.LETTER,) if busy else ()))
        neighbour.tell("GET", "/audit/verify", AuditVerified(checked=12, changed=(5,) if busy else ()))
    home.billing.tell("POST", "/dead-letters/7/replay", LetterReplayed())


def _enrollment() -> dict[str, BaseModel]:
    row = samples.ROSTER_ROW
    return {
        "/increases": samples.INCREASES,
        "/increases/Z201609-000002": samples.INCREASES.rows[0],
        "/roster": enrollment.RosterPage(total=1, rows=(row,)),
        f"/roster/{row.enrollment_id}": row,
        "/decreases": enrollment.DecreasePage(total=1, rows=(samples.DECREASE,)),
        "/choices": samples.CHOICES,
        "/limits": enrollment.LimitsList(rows=(samples.RELEASED, samples.LIMITS)),
    }


def _billing() -> dict[str, BaseModel]:
    return {
        "/collection": samples.COLLECTION,
        "/payments": billing.PaymentPage(total=1, rows=(samples.payment(),)),
        f"/payments/{samples.PAYMENT}": samples.payment(),
        "/tasks": billing.PolicyTaskPage(total=0, rows=()),
        "/suspense": billing.PaymentPage(total=1, rows=(samples.SUSPENDED,)),
        f"/suspense/{samples.PAYMENT}/disposals": billing.Disposals(rows=()),
        "/serial-conflicts": billing.SerialConflictPage(total=1, rows=(samples.CONFLICT,)),
        "/arrears": samples.ARREARS,
        "/bills": billing.BillPage(total=1, rows=(samples.BILL,)),
        f"/slips/{samples.SLIP}": samples.SLIP_VIEW,
        f"/employers/{samples.EMPLOYER}/account": billing.AccountView(
            employer_no=samples.EMPLOYER, debts=samples.DEBTS, credit=0
        ),
        "/rates": billing.RatesList(rows=(samples.RATES,)),
    }


def _notices() -> dict[str, BaseModel]:
    return {
        "/orders": notices.OrderPage(total=1, rows=(samples.order(),)),
        f"/orders/{samples.ORDER}": samples.order(),
        "/board": notices.Board(total=1, rows=(samples.NOTICE,)),
    }
