"""Who works at an employer: the golden three, those hired long ago, and the newcomers of the weeks before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from deploy.city.employers import Employer
from deploy.city.people import Person, person
from services.enrollment.rules.identity_number import check_digit

GOLDEN = (
    ("王建国", "37060219750312991", 250_000, False),
    ("李秀英", "37060219820815902", 543_137, False),
    ("张伟", "37061319881102991", 1_600_000, True),
)
"""Name, number but for its check digit, wage in fen, rural contract (domain 3.5)."""
UPLOAD_EVERY, UPLOAD_FROM = 7, 8
FIRST_HIRE, HIRE_DAYS = date(2016, 8, 22), 14


def golden_people() -> Sequence[Person]:
    """The three of the worked example."""
    return [
        Person(
            name=name,
            id_number=number + check_digit(number),
            household="本地农村" if rural else "本地城镇",
            address="烟台市芝罘区幸福中路88号",
            phone=f"1385350{place:04}",
            rural_contract=rural,
            wage=wage,
            hired_on=date(2012, 3, 1),
        )
        for place, (name, number, wage, rural) in enumerate(GOLDEN, start=1)
    ]


def settled(employer: Employer) -> Iterator[Person]:
    """Those insured before the system began."""
    if employer.golden:
        return iter(golden_people())
    last = employer.first + employer.heads - newcomers(employer)
    return (person(index) for index in range(employer.first, last))


def newcomers(employer: Employer) -> int:
    """How many of its people came lately and are entered by a sheet; every seventh larger employer has some."""
    uploads = employer.place % UPLOAD_EVERY == 0 and employer.heads >= UPLOAD_FROM and not employer.golden
    return min(employer.heads // 5, 60) if uploads else 0


def newly_hired(employer: Employer) -> list[Person]:
    """The newcomers, hired in the last days of August and the first of September 2016."""
    last = employer.first + employer.heads
    return [
        person(index, FIRST_HIRE + timedelta(days=index % HIRE_DAYS))
        for index in range(last - newcomers(employer), last)
    ]
