"""The employers of the demo: each has the three people of the worked example (domain 3.5) and a habit of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.http.enrollment import RawIncrease
from contracts.http.registry import Material, OpenService, RegisterEmployer, SpecialistData
from contracts.month import Month
from contracts.values import EmployerKind
from deploy.city.employers import credit_code
from deploy.city.people import Person, id_number
from deploy.city.sheet import raw

WAGES = (("王建国", 250_000, False), ("李秀英", 543_137, False), ("张伟", 1_600_000, True))
"""Fen and rural contract; the September bill is 8,602.58."""
SPECIALISTS = 1_000


class Habit(StrEnum):
    """How an employer pays."""

    PUNCTUAL = "按期缴费"
    LAST_MINUTE = "最后一分钟缴费"
    TWICE = "同一缴费单缴了两次"
    WRONG_SUM = "先缴错金额，再缴对"
    LATE = "9月逾期，10月20日补缴"
    PARTIAL = "9月在柜台分两次缴"
    NEVER = "一直不缴"
    GROWS = "10月增员一人"
    SHRINKS = "9月减员一人"


CAST = (Habit.PUNCTUAL, *Habit)
"""Ten employers: two are punctual."""


@dataclass(frozen=True, slots=True)
class Role:
    """One employer of the cast."""

    place: int
    habit: Habit

    @property
    def name(self) -> str:
        """Told by its habit's first characters."""
        return f"烟台海源第{self.place + 1}机械有限公司"

    def entry(self) -> RegisterEmployer:
        """Its registration."""
        return RegisterEmployer(
            name=self.name,
            credit_code=credit_code(EmployerKind.ENTERPRISE, "370602", self.place),
            kind=EmployerKind.ENTERPRISE,
            district="370602",
            address=f"烟台市芝罘区幸福中路{self.place + 1}号",
            legal_representative="孙海源",
            insured_from=Month(2016, 9),
            injury_class=4,
        )

    def opening(self) -> OpenService:
        """The materials and the specialist of its opening."""
        specialist = SpecialistData(
            name="周会计", id_number=id_number(SPECIALISTS + self.place), mobile="13705350000"
        )
        return OpenService(
            materials=frozenset(Material),
            agreement_signed_on=date(2016, 9, 6),
            employer_handler="周会计",
            specialist=specialist,
        )

    def staff(self) -> tuple[RawIncrease, ...]:
        """The three, hired on 1 September."""
        return tuple(
            self._row(name, number, wage, date(2016, 9, 1), rural=rural)
            for number, (name, wage, rural) in enumerate(WAGES)
        )

    def newcomer(self) -> RawIncrease:
        """A fourth, hired on 5 October."""
        return self._row("赵丽", len(WAGES), 500_000, date(2016, 10, 5), rural=False)

    def _row(self, name: str, number: int, wage: int, hired_on: date, *, rural: bool) -> RawIncrease:
        return raw(
            Person(
                name=name,
                id_number=id_number(self.place * 10 + number),
                household="本地农村" if rural else "本地城镇",
                address=f"烟台市芝罘区幸福中路{self.place + 1}号",
                phone=f"138535{self.place:02}{number:03}",
                rural_contract=rural,
                wage=wage,
                hired_on=hired_on,
            )
        )
