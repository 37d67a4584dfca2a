"""What the prices of a bill rest on, by employer and month, and the policy data that a month lacks (domain 1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import text

from contracts.month import Month
from contracts.values import Scheme
from services.billing.rules.rates import RateVersion, rates_in
from services.billing.sql.pricing import KIND_BITS, refuse_unrated
from services.chassis.policy import MissingPolicy
from services.chassis.work import UnitOfWork

INJURY_RATE = "单位工伤保险费率"
_MASK = " + ".join(f"r.{kind} * {bit}" for kind, bit in KIND_BITS.items())
_FOUND = f"r.scheme, bit_or({_MASK}) AS kinds, bool_or(r.injury = 1 AND i.rate IS NULL) AS lacks_injury_rate"
_EMPLOYERS = "unnest(CAST(:employers AS varchar[])) e(employer_no)"
# Named in the index condition: joined, a chunk reads the roster from its first employer on.
_OF_ROSTER = text(f"""
    SELECT r.employer_no, CAST(:month AS integer) AS month, {_FOUND}
    FROM roster r
    LEFT JOIN injury_rates i ON i.employer_no = r.employer_no AND i.from_month <= :month AND i.to_month >= :month
    WHERE r.employer_no = ANY(CAST(:employers AS varchar[]))
      AND r.from_month <= :month AND r.to_month >= :month AND r.relation_from <= :month
    GROUP BY r.employer_no, r.scheme ORDER BY r.scheme
""")  # noqa: S608  # built of our own names alone
_OF_SUPPLEMENTS = text(f"""
    SELECT s.employer_no, s.month, {_FOUND}
    FROM {_EMPLOYERS} JOIN supplements s USING (employer_no)
    JOIN roster r ON r.enrollment_id = s.enrollment_id AND r.employer_no = s.employer_no
        AND r.from_month <= s.month AND r.to_month >= s.month AND r.relation_from <= s.month
    LEFT JOIN injury_rates i ON i.employer_no = s.employer_no AND i.from_month <= s.month AND i.to_month >= s.month
    WHERE s.bill_month = :month OR (s.bill_month IS NULL AND :taking)
    GROUP BY s.employer_no, s.month, r.scheme ORDER BY s.month, r.scheme
""")  # noqa: S608  # as above


class Lack(NamedTuple):
    """Policy data without which an employer's month has no price."""

    employer_no: str
    month: Month
    what: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Who of an employer is priced in a month: one scheme, and the kinds in use there as bits."""

    employer_no: str
    month: Month
    scheme: Scheme
    kinds: int
    lacks_injury_rate: bool

    def rates(self, released: Iterable[RateVersion]) -> RateVersion:
        """The rates in force for these kinds; MissingPolicy where the city has none."""
        version = rates_in(self.month, self.scheme, released)
        refuse_unrated(self.kinds, version, self.month)
        return version

    def own_lack(self) -> list[Lack]:
        """What the employer's own entry lacks."""
        return [Lack(self.employer_no, self.month, INJURY_RATE)] if self.lacks_injury_rate else []

    def lacks(self, released: Iterable[RateVersion]) -> list[Lack]:
        """Everything the month lacks, the city's rates and the employer's own."""
        try:
            self.rates(released)
        except MissingPolicy as missing:
            return [Lack(self.employer_no, self.month, missing.what), *self.own_lack()]
        return self.own_lack()


async def of_roster(work: UnitOfWork, month: Month, employer_nos: Sequence[str]) -> list[Ground]:
    """Grounds of the month's own lines."""
    return await _read(work, _OF_ROSTER, month=month.yyyymm, employers=list(employer_nos))


async def of_supplements(
    work: UnitOfWork, bill: Month, employer_nos: Sequence[str], *, taking: bool
) -> list[Ground]:
    """Grounds of the earlier months in a bill, with `taking` of those too that still wait for one."""
    values = {"month": bill.yyyymm, "employers": list(employer_nos), "taking": taking}
    return await _read(work, _OF_SUPPLEMENTS, **values)


async def _read(work: UnitOfWork, statement: Any, **values: Any) -> list[Ground]:
    await work.session.flush()
    return [
        Ground(
            row.employer_no,
            Month.from_number(row.month),
            Scheme(row.scheme),
            row.kinds,
            row.lacks_injury_rate,
        )
        for row in await work.session.execute(statement, values)
    ]
