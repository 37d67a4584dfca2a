"""The gateway's ways in, read from its own route tables, with an example for each place in a path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from gateway import app as gateway_app
from gateway import desk
from services.chassis import auditing, health, quiescence
from tests.gateway.desk import samples
from tests.gateway.desk.test_opening import NEW

OWN, OTHER = samples.EMPLOYER, "3706000002"
HERE, ELSEWHERE = "370602", "370611"
SECRETS = (
    samples.NAME,
    "赵倩倩",
    "张伟",
    "KIM MINSU",
    "孙丽",
    "8,602.58",
    "860258",
    samples.SLIP,
    NEW["credit_code"],
)
"""What nobody may read whom it does not concern."""
EXAMPLES = {
    "employer_no": OWN,
    "submission_no": "Z201609-000002",
    "account": "liu.yan",
    "act": "lock",
    "session_id": "00",
    "request_no": "T201609-000001",
    "file_id": str(samples.PAYMENT),
    "change_no": "B201609-000001",
    "deregistration_no": "X201609-000001",
    "application_no": "S201609-000001",
    "enrollment_id": str(samples.ENROLLMENT),
    "slip_no": samples.SLIP,
    "payment_id": str(samples.PAYMENT),
    "order_id": str(samples.ORDER),
    "draft_id": str(samples.DRAFT),
    "notice_id": str(samples.NOTICE.id),
    "result_id": str(samples.PAYMENT),
    "id": str(samples.ORDER),
    "month": "2016-09",
    "process": "billing",
    "matter": "password",
    "paper": "agreement",
    "place": "1",
    "version": "1",
    "case_no": "K201609-000001",
    "import_id": "00000000-0000-0000-0000-000000000001",
    "template_id": "00000000-0000-0000-0000-000000000001",
    "letter_id": "7",
}
OPEN = {
    ("GET", "/log-in"),
    ("POST", "/log-in"),
    ("GET", "/guide"),
    ("GET", "/guide/{matter}.pdf"),
    ("GET", "/guide/papers/{paper}.pdf"),
    ("POST", "/api/v1/sessions"),
    ("GET", "/health"),
    ("GET", "/metrics"),
    ("GET", "/quiescence"),
}
"""What is open to everybody; none of it may hold anything of anybody."""
NOBODYS = {"/desk/policy/templates/{template_id}/preview.pdf"}
"""Papers that hold no data of anybody, for every officer of the role."""
CHASSIS = (health.router, quiescence.public, quiescence.router, auditing.router)
QUERY = {"no": "Z201609-000002", "kind": "pension"}
"""Questions without which a page has nothing to show."""
_NAMES = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Way:
    """One method on one path."""

    method: str
    path: str
    route: APIRoute

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        """The path with examples in its places."""
        return self.path.format(**{name: EXAMPLES[name] for name in _NAMES.findall(self.path)})

    @property
    def programs(self) -> bool:
        """True for the JSON API."""
        return self.path.startswith("/api/")


def ways(routers: Sequence[Any], prefix: str = "") -> Iterator[Way]:
    """Every way in, also through routers inside routers."""
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                for method in sorted((route.methods or set()) - {"HEAD"}):
                    yield Way(method, prefix + route.path, route)
            else:
                inner = route.original_router
                assert isinstance(inner, APIRouter)
                yield from ways([inner], prefix + router.prefix)


ALL = [*ways(CHASSIS), *ways(gateway_app.ROUTERS)]
CLOSED = [way for way in ALL if (way.method, way.path) not in OPEN]
DESK = list(ways(desk.ROUTERS))
PORTAL = [way for way in CLOSED if way.path not in {one.path for one in DESK} and not way.programs]
PORTAL = [way for way in PORTAL if not way.path.startswith("/bank/") and way not in list(ways(CHASSIS))]
API = [way for way in CLOSED if way.programs and way.path != "/api/v1/password"]
