"""Every way into the four services, read from the services themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi.routing import APIRoute
from pydantic import BaseModel

from services.billing.app import SERVICE as BILLING
from services.chassis import auditing, health, quiescence
from services.enrollment.app import SERVICE as ENROLLMENT
from services.notices.app import SERVICE as NOTICES
from services.registry.app import SERVICE as REGISTRY
from tests.access.exceptions import PROBES
from tests.access.world import OWN
from tests.gateway.api.test_routes import example_of

CHASSIS = (health.router, quiescence.public, quiescence.router, auditing.router)
QUERY = {
    "billing GET /collection": "month=2016-09",
    "billing GET /arrears": f"employer_no={OWN}",
    "enrollment GET /bases": "year=2016",
    "registry GET /working-days": "year=2016",
    "* GET /outbox/ids": "topic=x",
}
"""Questions without which a way has no answer."""
BODIES: dict[str, dict[str, Any]] = {
    "enrollment POST /persons/names": {"person_nos": ["{person_no}"]},
    "enrollment POST /increases/printed": {"submission_nos": ["{confirmed}"]},
    "enrollment POST /decreases": {
        "enrollment_id": "{enrollment_id}",
        "left_on": "2016-09-06",
        "reason": "27",
    },
    "enrollment POST /decreases/table": {"submission_nos": ["{/decreases}"]},
    "billing POST /slips/query": {"bank": "ICBC", "slip_no": "{slip_no}"},
    "billing POST /counter-payments": {
        "employer_no": "{employer_no}",
        "amount": 1,
        "paid_on": "2016-09-12",
        "reference": "P1",
    },
    "billing POST /suspense/{payment_id}/disposals": {"act": "refund", "ground": "银行回单"},
    "notices POST /orders/release": {"ids": ["{/orders}"]},
}
"""Bodies that name something of the employer; elsewhere any valid body does."""
NOBODYS = "00000000-0000-7000-8000-000000000000"
_NAMES = re.compile(r"{([\w/]+)}")
_SHARED = ("identity", "submission_no")
"""Names that mean another thing on each path."""


@dataclass(frozen=True)
class Way:
    """One method on one path of one service."""

    service: str
    method: str
    path: str
    route: APIRoute

    def __str__(self) -> str:
        return f"{self.service} {self.method} {self.path}"

    @property
    def key(self) -> str:
        """As the tables name it."""
        return f"* {self.method} {self.path}" if self.path in _OF_CHASSIS else str(self)

    def address(self, names: dict[str, str]) -> str:
        """Path and query with examples in their places."""
        own = names.get(f"/{self.path.split('/')[1]}")
        given = names | dict.fromkeys(_SHARED, own) if own else names
        path = self.path.format(**{name: given.get(name, NOBODYS) for name in _NAMES.findall(self.path)})
        return f"{path}?{QUERY[self.key]}" if self.key in QUERY else path

    def body(self, names: dict[str, str]) -> Any:
        """A valid body, where the way takes one."""
        if self.key in BODIES:
            return {name: _filled(value, names) for name, value in BODIES[self.key].items()}
        field = self.route.body_field
        model = field.field_info.annotation if field else None
        return _example(model) if isinstance(model, type) and issubclass(model, BaseModel) else None


@cache
def _example(model: type[BaseModel]) -> Any:
    return example_of(model).model_dump(mode="json")


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, names) for one in value]
    found = _NAMES.fullmatch(value) if isinstance(value, str) else None
    return names[found[1]] if found else value


def nowhere(names: dict[str, str]) -> dict[str, str]:
    """Names of the same form, of things that do not exist."""
    digits = {"employer_no": "3706999999", "account": "3706999999", "month": names["month"]}
    return {name: digits.get(name) or _another(value) for name, value in names.items()}


def _another(value: str) -> str:
    return NOBODYS if re.fullmatch(r"[0-9a-f-]{36}", value) else re.sub(r"\d$", "9", value)


_OF_CHASSIS = {route.path for router in CHASSIS for route in router.routes if isinstance(route, APIRoute)}
ALL = [
    Way(service.name, method, route.path, route)
    for service in (REGISTRY, ENROLLMENT, BILLING, NOTICES)
    for router in (*CHASSIS, *service.routers)
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted((route.methods or set()) - {"HEAD"})
]
OPEN = [way for way in ALL if way.key in PROBES]
CLOSED = [way for way in ALL if way.key not in PROBES]
READING = [way for way in CLOSED if way.method == "GET"]
WRITING = [way for way in CLOSED if way.method != "GET"]
