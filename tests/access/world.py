"""One employer with something in every list of the four services, and those who try to see it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import httpx

from contracts.identity import WHOLE_CITY, Caller
from contracts.values import EmployerKind, Role
from deploy.city.employers import credit_code
from services.billing.app import create as create_billing
from services.chassis.identity import SYSTEM
from services.enrollment.app import create as create_enrollment
from services.notices.app import create as create_notices
from tests.gateway.desk.city import ALL_ROLES
from tests.gateway.desk.test_changes import AGENCYS, MOVED
from tests.gateway.desk.test_materials import ASKED, uploaded
from tests.gateway.desk.test_opening import NEW
from tests.gateway.portal.test_real import PEOPLE, City, enroll, log_in, paid
from tests.registry.rules.test_scans import JPEG
from tests.registry.test_calendar import year_2016
from tests.registry.test_openings import FIRST
from tests.registry.test_registration import OTHER_CODE, asked
from tests.servers.bare_service import BareService
from tests.servers.callers import FUSHAN, ZHIFU, officer, specialist
from tests.servers.house import House, Person, house
from tests.servers.postgres import Databases

OWN, OTHER = "3706000001", "3706000002"
OLD = {"name": "赵倩倩", "id_number": "370602194505050028", "monthly_wage": "6000"}
"""Past the age of retirement: she waits for the counter."""
TOTAL, THIRD = 860258, "烟台海源第二机械有限公司"
OWNER = specialist(OWN)
CITY = officer(*ALL_ROLES, district=WHOLE_CITY, account="shi.ben")
HERE = officer(*ALL_ROLES, account="sun.tao")
FOR_OWNER = officer(*ALL_ROLES, account="sun.tao", acts_for=OWN)
OWNERS = (OWNER, HERE, FOR_OWNER, CITY, SYSTEM)
"""Those to whom something of the employer belongs, the nearest first."""
STRANGER = specialist(OTHER)
ELSEWHERE = officer(*ALL_ROLES, district=FUSHAN, account="qu.jing")
ELSEWHERE_FOR_OWNER = officer(*ALL_ROLES, district=FUSHAN, account="qu.jing", acts_for=OWN)
STRANGERS = {"stranger": STRANGER, "elsewhere": ELSEWHERE, "elsewhere for it": ELSEWHERE_FOR_OWNER}
_NONE = (Role.NOTICE_EDITOR, Role.POLICY, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
ROLELESS = (
    officer(*_NONE, account="wu.jue"),
    officer(*_NONE, account="wu.jue", acts_for=OWN),
)
"""Officers of the district, with every role that is not for employers' affairs."""
WITHOUT_A_ROLE = (officer(account="wu.jue"), officer(account="wu.jue", acts_for=OWN))


class Asking(Protocol):
    """A way into a service."""

    @property
    def service(self) -> str: ...
    @property
    def method(self) -> str: ...
    def address(self, names: dict[str, str]) -> str: ...
    def body(self, names: dict[str, str]) -> Any: ...


@dataclass
class World:
    """The services, the names of what lies in them, and what nobody else may read."""

    services: dict[str, BareService]
    names: dict[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()

    async def ask(self, way: Asking, caller: Caller, names: dict[str, str] | None = None) -> httpx.Response:
        """One signed request on a way, with the employer's names or others."""
        one, given = self.services[way.service], self.names if names is None else names
        if way.method == "GET":
            return await one.get(way.address(given), caller)
        return await one.post(way.address(given), caller, way.body(given))

    def told(self, answer: httpx.Response) -> list[str]:
        """What of the employer an answer gives away."""
        told = [secret for secret in self.secrets if secret in answer.text]
        return [*told, "its scan"] if JPEG in answer.content else told

    async def acts(self, service: str) -> int:
        """How many acts stand recorded for the employer in a service."""
        query = f"SELECT count(*) AS n FROM audit WHERE employer_no = '{OWN}'"
        return int((await self.services[service].rows(query))[0]["n"])


@asynccontextmanager
async def world(databases: Databases) -> AsyncIterator[World]:
    """On 12 September 2016: September is confirmed and not paid, so there is an order; a wrong sum is in suspense."""
    async with house(
        databases, enrollment=create_enrollment, billing=create_billing, notices=create_notices
    ) as home:
        city = City(home)
        await home.real["billing"].run_days()
        clerk = await log_in(city)
        await _paper(city, clerk)
        for one in PEOPLE:
            await enroll(city, clerk, **one)
        await enroll(city, clerk, **OLD)
        await _leave(city, clerk)
        slip = await _confirm(city, clerk)
        for service in home.real.values():
            await service.at(date(2016, 9, 12))
            await service.run_days()
        await home.real["billing"].take(paid(slip, TOTAL - 1))
        await city.post()
        made = World(dict(home.real))
        await _propose(made)
        await _note(home, city)
        await _at_the_desk(made)
        made.names = await _names(made, slip)
        made.secrets = _secrets(made, slip)
        yield made


async def _paper(city: City, clerk: Person) -> None:
    """Everything registry keeps of an employer, and a second one in another district."""
    desk = await city.home.officer(Role.COUNTER)
    elsewhere = await city.home.officer(Role.COUNTER, district=FUSHAN, account="qu.jing")
    other = NEW | {"name": "烟台芝罘渔具店", "credit_code": OTHER_CODE, "district": FUSHAN}
    for person, path, values in (
        (elsewhere, "/desk/employers/new", other),
        (desk, f"/desk/applications/new/{OWN}", {"matter": "password", "reason": "密码遗失"}),
        (desk, f"/desk/employers/{OWN}/changes", MOVED | AGENCYS),
        (desk, "/desk/materials/new", ASKED),
    ):
        made = await person.send(path, **values)
        assert made.status_code == 303, made.text
    await uploaded(clerk)
    await city.post()


async def _leave(city: City, clerk: Person) -> None:
    await clerk.get("/decrease/new")
    picked = (await clerk.send("/decrease/new", text="李秀英")).text
    (path,) = set(re.findall(r'href="(/decrease/new/[0-9a-f-]{36})"', picked))
    await clerk.send(path, left_on="2016-09-06", reason="27", key="leave")
    await city.post()


async def _confirm(city: City, clerk: Person) -> str:
    page = (await clerk.get("/bill/2016-09")).text
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    await clerk.send("/bill/2016-09/confirm", version=version, total=str(TOTAL), key="confirm")
    await city.post()
    return str(re.findall(r'href="/slips/(\d{17})"', (await clerk.get("/bill/2016-09")).text)[0])


async def _propose(made: World) -> None:
    billing = made.services["billing"]
    (row,) = (await billing.get("/suspense", HERE)).json()["rows"]
    body = {"act": "refund", "ground": "银行回单"}
    answer = await billing.post(f"/suspense/{row['payment_id']}/disposals", HERE, body)
    assert answer.status_code == 200, answer.text


async def _at_the_desk(made: World) -> None:
    """An employer whose opening is a case, and a draft of the city's that waits for a second officer."""
    registry, code = made.services["registry"], credit_code(EmployerKind.ENTERPRISE, ZHIFU, 7)
    third = asked(name=THIRD, credit_code=code, district=ZHIFU)
    number = (await registry.post("/employers", HERE, third)).json()["employer_no"]
    case = await registry.post(f"/employers/{number}/opening-cases", HERE, FIRST)
    draft = await registry.post("/working-days", CITY.model_copy(update={"account": "zhou.jie"}), year_2016())
    assert (case.status_code, draft.status_code) == (200, 200), (case.text, draft.text)


async def _note(home: House, city: City) -> None:
    editor = await home.officer(Role.NOTICE_EDITOR)
    await editor.get("/desk/notices")
    await editor.send("/desk/notices", title="关于九月缴费的提示", body="请于十日前缴费。")
    await city.post()


async def _first(made: World, service: str, query: str) -> str:
    rows = await made.services[service].rows(query)
    return str(next(iter(rows[0].values())))


async def _names(made: World, slip: str) -> dict[str, str]:
    """An example for each name in a path; one of a path of its own where a name means several things."""
    found = {
        "employer_no": OWN,
        "account": OWN,
        "application_no": "S201609-000001",
        "change_no": "B201609-000001",
        "request_no": "T201609-000001",
        "month": "2016-09",
        "slip_no": slip,
        "letter_id": "7",
        "paper": "agreement",
    }
    queries = {
        "file_id": ("registry", "SELECT id FROM material_files"),
        "submission_no": (
            "enrollment",
            "SELECT submission_no FROM increases WHERE state = 'awaiting_counter'",
        ),
        "confirmed": ("enrollment", "SELECT submission_no FROM increases WHERE state = 'confirmed_auto'"),
        "person_no": ("enrollment", "SELECT person_no FROM persons ORDER BY 1"),
        "/decreases": ("enrollment", "SELECT submission_no FROM decreases"),
        "enrollment_id": ("enrollment", "SELECT enrollment_id FROM relations ORDER BY 1"),
        "payment_id": ("billing", "SELECT id FROM payments"),
        "case_no": ("registry", "SELECT case_no FROM opening_cases WHERE state = 'received'"),
        "template_id": ("registry", "SELECT id FROM templates ORDER BY 1"),
        "draft_id": ("registry", "SELECT id FROM working_day_drafts WHERE released_by IS NULL"),
        "version": ("registry", "SELECT max(version) FROM guide_versions"),
        "disposal_id": ("billing", "SELECT id FROM disposals"),
        "rates_id": ("billing", "SELECT id FROM rate_sets ORDER BY 1"),
        "limits_id": ("enrollment", "SELECT id FROM base_limits ORDER BY 1"),
        "/board": ("notices", "SELECT id FROM notices"),
        "/results": ("notices", "SELECT id FROM results"),
        "/orders": ("notices", "SELECT id FROM orders"),
    }
    for name, (service, query) in queries.items():
        found[name] = await _first(made, service, query)
    return found


def _secrets(made: World, slip: str) -> tuple[str, ...]:
    people = [one[key] for one in (*PEOPLE, OLD) for key in ("name", "id_number")]
    return (
        *people, THIRD, NEW["name"], NEW["credit_code"], "王敏", "13805350001",
        slip, str(TOTAL), str(TOTAL - 1), OWN, f'"{ZHIFU}"',
        *(made.names[name] for name in ("payment_id", "/orders", "enrollment_id", "disposal_id", "person_no")),
    )  # fmt: skip
