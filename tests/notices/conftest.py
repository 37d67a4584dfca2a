"""Notices on PostgreSQL at 2016-09-12, with the facts that billing and registry tell of two employers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.events.billing import (
    Allocation,
    ArrearsOpened,
    ArrearsSettled,
    BillSettled,
    DebtSum,
    PaymentPosted,
)
from contracts.events.decisions import SubmissionDecided
from contracts.events.registry import EmployerRegistered
from contracts.identity import WHOLE_CITY
from contracts.month import Month
from contracts.values import Channel, DebtSort, EmployerKind, Kind, Outcome, Role, Scheme
from services.chassis.clocks import SHANGHAI
from services.notices.app import create
from tests.servers.bare_service import BareService, bare_service
from tests.servers.callers import FUSHAN as FUSHAN
from tests.servers.callers import ZHIFU as ZHIFU
from tests.servers.callers import officer as officer
from tests.servers.callers import specialist as specialist
from tests.servers.postgres import Databases

ONE, TWO, OTHER = "3706000001", "3706000002", "3706000003"
SEPTEMBER = Month(2016, 9)
V1_UNIT = {
    "pension": 412_020,
    "medical": 160_230,
    "unemployment": 22_890,
    "injury": 20_601,
    "maternity": 11_446,
}
V1_PERSON = {"pension": 183_120, "medical": 45_780, "unemployment": 4_171, "injury": 0, "maternity": 0}


@pytest.fixture
async def notices(databases: Databases) -> AsyncIterator[BareService]:
    async with bare_service(databases, "notices", create, date(2016, 9, 12)) as service:
        yield service


COLLECTION = officer(Role.COLLECTION)
EDITOR = officer(Role.NOTICE_EDITOR, district=WHOLE_CITY, account="bian.ji")


def registered(employer_no: str = ONE, version: int = 1, **changes: Any) -> EmployerRegistered:
    plain: dict[str, Any] = {
        "employer_no": employer_no,
        "version": version,
        "name": "烟台海风机械有限公司",
        "credit_code": "91370600MA3C1A2B9T",
        "kind": EmployerKind.ENTERPRISE,
        "scheme": Scheme.ENTERPRISE,
        "kinds": (Kind.PENSION,),
        "district": ZHIFU,
        "paying_agency": ZHIFU,
        "address": "烟台市芝罘区南大街1号",
        "insured_from": SEPTEMBER,
        "registered_on": date(2016, 9, 1),
        "injury_rates": (),
    }
    return EmployerRegistered(**plain | changes)


def v1_debts(month: Month = SEPTEMBER) -> tuple[DebtSum, ...]:
    return tuple(
        DebtSum(month=month, kind=Kind(kind), sort=DebtSort.ORDINARY, unit=unit, person=V1_PERSON[kind])
        for kind, unit in V1_UNIT.items()
    )


def opened(
    employer_no: str = ONE,
    month: Month = SEPTEMBER,
    version: int = 5,
    on: date = date(2016, 9, 12),
    fee_from: date = date(2016, 9, 11),
) -> ArrearsOpened:
    return ArrearsOpened(
        employer_no=employer_no,
        version=version,
        month=month,
        debts=v1_debts(month),
        principal=860_258,
        fee_from=fee_from,
        opened_on=on,
    )


def settled(
    employer_no: str = ONE, month: Month = SEPTEMBER, version: int = 7, on: date = date(2016, 9, 19)
) -> ArrearsSettled:
    return ArrearsSettled(
        employer_no=employer_no, version=version, month=month, principal=860_258, fee=3_871, settled_on=on
    )


def bill_settled(on: date, employer_no: str = ONE, version: int = 6) -> BillSettled:
    paid_at = datetime(on.year, on.month, on.day, 15, tzinfo=SHANGHAI)
    return BillSettled(
        employer_no=employer_no,
        version=version,
        month=SEPTEMBER,
        total=860_258,
        paid_at=paid_at,
        settled_on=on,
    )


def paid(
    on: date,
    unit: dict[str, int],
    person: dict[str, int],
    fee: dict[str, int],
    *,
    employer_no: str = ONE,
    month: Month = SEPTEMBER,
) -> PaymentPosted:
    """A counter payment on V1's month, by kind."""
    parts = tuple(
        Allocation(
            month=month,
            kind=Kind(kind),
            sort=DebtSort.ORDINARY,
            unit=unit.get(kind, 0),
            person=person.get(kind, 0),
            fee=fee.get(kind, 0),
        )
        for kind in V1_UNIT
    )
    return PaymentPosted(
        employer_no=employer_no,
        version=1,
        payment_id=UUID(int=int(employer_no) * 10**8 + on.toordinal()),
        channel=Channel.COUNTER,
        amount=sum(part.unit + part.person + part.fee for part in parts),
        paid_at=datetime(on.year, on.month, on.day, 10, tzinfo=SHANGHAI),
        slip_no=None,
        bank=None,
        serial=None,
        allocations=parts,
    )


def decided(
    submission_no: str, outcome: Outcome, version: int = 1, employer_no: str = ONE, **changes: Any
) -> SubmissionDecided:
    plain: dict[str, Any] = {
        "employer_no": employer_no,
        "version": version,
        "owner": "enrollment",
        "submission_no": submission_no,
        "matter": "increase",
        "person_no": "1000000001",
        "outcome": outcome,
        "decided_at": datetime(2016, 9, 7, 9, version, tzinfo=SHANGHAI),
    }
    return SubmissionDecided(**plain | changes)
