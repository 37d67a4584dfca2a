"""The rates of the golden vectors: enterprise scheme, injury class 4 (domain 3.1, 3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contracts.month import Month
from contracts.values import Kind, Part, Scheme
from services.billing.rules.price import Amounts, price
from services.billing.rules.rates import KindRate, RateVersion, injury_rate, operands, rates_in

_STEADY = {
    Kind.PENSION: KindRate(180_000, 80_000),
    Kind.MEDICAL: KindRate(70_000, 20_000),
    Kind.MATERNITY: KindRate(5_000, 0),
}
FIVE = (Kind.PENSION, Kind.MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)
INJURY = injury_rate(4, 100)


def _version(no: int, effective_from: Month, unit: int, person: int) -> RateVersion:
    kinds: Mapping[Kind, KindRate] = MappingProxyType(_STEADY | {Kind.UNEMPLOYMENT: KindRate(unit, person)})
    return RateVersion(no, Scheme.ENTERPRISE, effective_from, None, kinds)


RELEASED = (
    _version(1, Month(2015, 3), 15_000, 5_000),
    _version(2, Month(2016, 5), 10_000, 5_000),
    _version(3, Month(2017, 1), 7_000, 3_000),
)


def priced(month: Month, base: int, *, rural: bool = False, kinds: tuple[Kind, ...] = FIVE) -> Amounts[int]:
    """A person's month at these rates, base in fen."""
    rates = rates_in(month, Scheme.ENTERPRISE, RELEASED)
    return price(operands(month, base, int(rural), dict.fromkeys(kinds, 1), rates, INJURY))


def pairs(amounts: Amounts[int]) -> dict[str, tuple[int, int]]:
    """Unit and person fen of the five kinds by name."""
    return {str(kind): (amounts.of(kind, Part.UNIT), amounts.of(kind, Part.PERSON)) for kind in FIVE}


SEPTEMBER = Month(2016, 9)
E1, E2, E3 = 2_910_00, 5_431_00, 14_549_00


def v1_bill() -> list[Amounts[int]]:
    """Employer A in 2016-09: three persons, the third a rural contract worker."""
    return [priced(SEPTEMBER, E1), priced(SEPTEMBER, E2), priced(SEPTEMBER, E3, rural=True)]
