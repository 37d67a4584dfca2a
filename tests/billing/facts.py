"""Facts of the neighbours as the tests of billing hand them in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from contracts.events.enrollment import Confirmation, EnrollmentStarted
from contracts.events.registry import EmployerRegistered, InjuryRate
from contracts.identity import WHOLE_CITY, Caller
from contracts.month import Month
from contracts.values import Channel, EmployerKind, Kind, Role, Scheme
from tests.servers.callers import FUSHAN as FUSHAN
from tests.servers.callers import ZHIFU as ZHIFU
from tests.servers.callers import specialist as specialist

A, B = "3706000001", "3706000002"
SEPTEMBER, OCTOBER = Month(2016, 9), Month(2016, 10)
FIVE = (Kind.PENSION, Kind.MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)


def employer(employer_no: str = A, version: int = 1, **changes: Any) -> EmployerRegistered:
    plain = {
        "version": version,
        "employer_no": employer_no,
        "name": "烟台海风机械有限公司",
        "credit_code": "91370600MA3C1A2B9T",
        "kind": EmployerKind.ENTERPRISE,
        "scheme": Scheme.ENTERPRISE,
        "kinds": FIVE,
        "district": ZHIFU,
        "paying_agency": ZHIFU,
        "address": "烟台市芝罘区南大街1号",
        "insured_from": Month(2016, 1),
        "registered_on": date(2016, 1, 4),
        "injury_rates": (
            InjuryRate(from_month=Month(2015, 10), injury_class=4, float_percent=100, rate=9000),
        ),
    }
    return EmployerRegistered.model_validate(plain | changes)


def relation(number: int, base: int, **changes: Any) -> dict[str, Any]:
    """The fields of one relation; `number` makes its ids, base in fen."""
    plain = {
        "version": 1,
        "employer_no": A,
        "enrollment_id": UUID(int=number),
        "person_no": f"{number:010d}",
        "scheme": Scheme.ENTERPRISE,
        "kinds": FIVE,
        "rural_contract": False,
        "hired_on": date(2016, 9, 1),
        "from_month": SEPTEMBER,
        "declared_wage": base,
        "base": base,
        "base_from": SEPTEMBER,
    }
    return plain | changes


def started(number: int, base: int, **changes: Any) -> EnrollmentStarted:
    own = {
        "submission_no": f"ZY{number}",
        "confirmation": Confirmation.AUTO,
        "confirmed_on": date(2016, 9, 1),
    }
    return EnrollmentStarted.model_validate(relation(number, base) | own | changes)


def golden() -> list[EnrollmentStarted]:
    """V1: the three persons of employer A, the third a rural contract worker."""
    return [started(1, 2_910_00), started(2, 5_431_00), started(3, 14_549_00, rural_contract=True)]


def officer(*roles: Role, account: str = "gao.min", district: str = WHOLE_CITY) -> Caller:
    return Caller(account=account, roles=frozenset(roles), district=district, channel=Channel.COUNTER)
