"""Receipt numbers: one run per agency and year, without gaps, for a number rolls back with its payment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import text

from contracts.identity import WHOLE_CITY
from services.chassis.work import UnitOfWork

_TAKE = text(
    "INSERT INTO receipt_counters (agency, year, last) VALUES (:agency, :year, :count) "
    "ON CONFLICT (agency, year) DO UPDATE SET last = receipt_counters.last + :count RETURNING last"
)


def agency_of(agency: str, district: str) -> str:
    """The agency whose receipts an employer gets; the city's before its register entry has arrived."""
    return agency or district or WHOLE_CITY


async def take_numbers(work: UnitOfWork, agencies: Sequence[str]) -> list[str]:
    """The next number of each agency in the order asked; lock the employers first.

    The counter's row stays locked until the commit, so that the next number follows without a gap.
    """
    year = work.today.year
    following: dict[str, int] = {}
    for agency, count in sorted(Counter(agencies).items()):
        values = {"agency": agency, "year": year, "count": count}
        following[agency] = int((await work.session.execute(_TAKE, values)).scalar_one()) - count
    numbers = []
    for agency in agencies:
        following[agency] += 1
        numbers.append(f"{agency}-{year}-{following[agency]:08d}")
    return numbers
