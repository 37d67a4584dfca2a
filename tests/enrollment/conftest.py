"""Enrollment on PostgreSQL at 2016-09-07 with two employers, fed with events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.events.billing import BillAssessed, BillConfirmed, BillSettled
from contracts.events.registry import EmployerRegistered
from contracts.identity import WHOLE_CITY, Caller
from contracts.month import Month
from contracts.values import EmployerKind, Kind, Role, Scheme
from services.enrollment.app import create
from tests.servers.bare_service import BareService, bare_service
from tests.servers.callers import FUSHAN as FUSHAN
from tests.servers.callers import ZHIFU as ZHIFU
from tests.servers.callers import officer as officer
from tests.servers.callers import specialist as specialist
from tests.servers.postgres import Databases

A, B, C = "3706000001", "3706000002", "3706000003"
SEPTEMBER, OCTOBER = Month(2016, 9), Month(2016, 10)
KINDS = (Kind.PENSION, Kind.MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)
WANG, LI, ZHANG = "370602199001010017", "37061119880808123X", "370681199510107891"


def employer(number: str = A, **changes: Any) -> EmployerRegistered:
    plain: dict[str, Any] = {
        "version": 1,
        "employer_no": number,
        "name": "烟台海风机械有限公司",
        "credit_code": "91370600MA3C1A2B9T",
        "kind": EmployerKind.ENTERPRISE,
        "scheme": Scheme.ENTERPRISE,
        "kinds": KINDS,
        "district": ZHIFU,
        "paying_agency": ZHIFU,
        "address": "烟台市芝罘区南大街1号",
        "insured_from": Month(2010, 1),
        "registered_on": date(2010, 1, 5),
        "injury_rates": (),
    }
    return EmployerRegistered(**plain | changes)


@pytest.fixture
async def enrollment(databases: Databases) -> AsyncIterator[BareService]:
    async with bare_service(databases, "enrollment", create, date(2016, 9, 7)) as service:
        elsewhere = {"district": FUSHAN, "paying_agency": FUSHAN}
        government = {"scheme": Scheme.GOVERNMENT, "kind": EmployerKind.INSTITUTION}
        await service.take(employer(), employer(B, **elsewhere), employer(C, **government))
        yield service


OWN, OTHER = specialist(A), specialist(B)
COUNTER = officer(Role.COUNTER)
SECOND = officer(Role.COUNTER, account="sun.li")
ELSEWHERE = officer(Role.COUNTER, district=FUSHAN, account="qu.jing")
POLICY, POLICY_TWO = (
    officer(Role.POLICY, district=WHOLE_CITY, account=account) for account in ("zheng.ce", "fu.he")
)


def raw(**changes: str) -> dict[str, Any]:
    plain = {
        "name": "王建国",
        "id_kind": "居民身份证",
        "id_number": WANG,
        "household": "本地城镇",
        "household_address": "烟台市芝罘区幸福路2号",
        "home_address": "烟台市芝罘区南大街1号",
        "phone": "13805350001",
        "hired_on": "2016-09-01",
        "reason": "新参保",
        "monthly_wage": "5431.37",
    }
    return plain | changes


def batch(*rows: dict[str, Any], partial: bool = False) -> dict[str, Any]:
    numbered = [row | {"row": place} for place, row in enumerate(rows, start=2)]
    return {"rows": numbered, "partial": partial}


async def enrolled(service: BareService, caller: Caller = OWN, **changes: str) -> dict[str, Any]:
    """One increase that was accepted."""
    answer = await service.post("/increases", caller, batch(raw(**changes)))
    assert answer.status_code == 200, answer.text
    accepted: dict[str, Any] = answer.json()["accepted"][0]
    return accepted


async def on_roster(service: BareService, caller: Caller = OWN) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await service.get("/roster", caller)).json()["rows"]
    return rows


async def bodies(service: BareService, kind: str) -> list[dict[str, Any]]:
    rows = await service.rows("SELECT body FROM outbox WHERE type = :kind ORDER BY id", kind=kind)
    return [row["body"] for row in rows]


def settled(month: Month = SEPTEMBER, number: str = A, version: int = 3) -> BillSettled:
    return BillSettled(
        version=version,
        employer_no=number,
        month=month,
        total=100,
        paid_at=datetime(2016, 9, 8, 2, tzinfo=UTC),
        settled_on=date(2016, 9, 8),
    )


def confirmed(month: Month = SEPTEMBER, number: str = A, version: int = 2) -> BillConfirmed:
    return BillConfirmed(
        version=version,
        employer_no=number,
        month=month,
        persons=1,
        total=100,
        confirmed_at=datetime(2016, 9, 8, 1, tzinfo=UTC),
    )


def assessed(month: Month = SEPTEMBER, number: str = A, version: int = 1, total: int = 100) -> BillAssessed:
    return BillAssessed(
        version=version,
        employer_no=number,
        month=month,
        persons=0,
        unit=total,
        person=0,
        total=total,
        kinds=(),
        due_day=date(month.year, month.number, 10),
    )
