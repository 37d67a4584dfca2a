"""The employer of the worked example (domain 3.5), as often as a test needs one."""

from __future__ import annotations

from datetime import date

from contracts.http.enrollment import RawIncrease
from contracts.http.registry import Material, OpenService, RegisterEmployer, SpecialistData
from contracts.month import Month
from contracts.values import EmployerKind
from deploy.city.employers import credit_code
from deploy.city.people import id_number

WAGES = (("王建国", "2500.00", "否"), ("李秀英", "5431.37", "否"), ("张伟", "16000.00", "是"))
"""Their bases are 2,910, 5,431 and 14,549; the bill is 8,602.58."""
SEPTEMBER = Month(2016, 9)
FIRST_PLACE, FIRST_PERSON = 990_000, 7_000_000


def entry(number: int, insured_from: Month = SEPTEMBER) -> RegisterEmployer:
    """An enterprise of class 4."""
    return RegisterEmployer(
        name=f"烟台海风机械第{number}有限公司",
        credit_code=credit_code(EmployerKind.ENTERPRISE, "370602", FIRST_PLACE + number),
        kind=EmployerKind.ENTERPRISE,
        district="370602",
        address="烟台市芝罘区南大街1号",
        legal_representative="王海",
        insured_from=insured_from,
        injury_class=4,
    )


def opening(number: int) -> OpenService:
    """All five materials and a specialist."""
    specialist = SpecialistData(
        name="周会计", id_number=id_number(FIRST_PERSON + 900 + number), mobile="13705350000"
    )
    return OpenService(
        materials=frozenset(Material),
        agreement_signed_on=date(2016, 9, 6),
        employer_handler="周会计",
        specialist=specialist,
    )


def staff(number: int, hired_on: str = "2016-09-01") -> tuple[RawIncrease, ...]:
    """The three of the worked example."""
    return tuple(
        person(number, row, name, wage, rural=rural == "是", hired_on=hired_on)
        for row, (name, wage, rural) in enumerate(WAGES, start=1)
    )


def person(number: int, row: int, name: str, wage: str, *, rural: bool, hired_on: str) -> RawIncrease:
    """One person of an employer, at most nine each."""
    return RawIncrease(
        row=row,
        name=name,
        id_kind="居民身份证",
        id_number=id_number(FIRST_PERSON + number * 10 + row),
        household="本地农村" if rural else "本地城镇",
        household_address="烟台市芝罘区幸福中路88号",
        home_address="烟台市芝罘区幸福中路88号",
        phone=f"1385350{number:02}{row:02}",
        employment_form="农民合同制工人" if rural else "合同制职工",
        rural_contract="是" if rural else "否",
        hired_on=hired_on,
        monthly_wage=wage,
    )
