"""Rates as dated values (domain 3.1, 3.2) and the choice of those in force in a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from contracts.month import Month
from contracts.values import KIND_NAMES, Kind, Scheme
from services.billing.rules.price import KindOperands, Operands
from services.billing.rules.rounding import Number
from services.chassis.policy import MissingPolicy

INJURY_CLASSES: Mapping[int, int] = {
    1: 2000, 2: 4000, 3: 7000, 4: 9000, 5: 11000, 6: 13000, 7: 16000, 8: 19000,
}  # fmt: skip
"""工伤 base rate in ppm of the eight classes since 2015-10-01 (人社部发〔2015〕71号)."""
INJURY_FLOATS: Mapping[int, tuple[int, ...]] = {1: (100, 120, 150)} | dict.fromkeys(
    range(2, 9), (50, 80, 100, 120, 150)
)
"""Float steps in per cent that each class may have (domain 3.2)."""

_SCHEME_NAMES = {Scheme.ENTERPRISE: "企业", Scheme.GOVERNMENT: "机关事业单位"}


@dataclass(frozen=True, slots=True)
class KindRate:
    """Rates of one kind in ppm; flat sums in fen a month."""

    unit: int = 0
    person: int = 0
    fixed_unit: int = 0
    fixed_person: int = 0


@dataclass(frozen=True, slots=True)
class RateVersion:
    """Released rates of a scheme from a month on, `until` its last month; `no` is kept by every line.

    工伤 stands apart: its rate belongs to the employer.
    """

    no: int
    scheme: Scheme
    effective_from: Month
    until: Month | None
    kinds: Mapping[Kind, KindRate]

    def rate(self, kind: Kind, month: Month) -> KindRate:
        """The kind's rates; MissingPolicy names kind and month when this version has none."""
        try:
            return self.kinds[kind]
        except KeyError:
            raise MissingPolicy(f"{KIND_NAMES[kind]}费率", str(month)) from None


@dataclass(frozen=True, slots=True)
class InjuryRate:
    """工伤费率 of one employer from a month on, ppm (GS 10)."""

    effective_from: Month
    rate: int


class _Dated(Protocol):
    @property
    def effective_from(self) -> Month: ...


_D = TypeVar("_D", bound=_Dated)


def injury_rate(injury_class: int, float_percent: int) -> int:
    """Class base times float step, in ppm and always exact; ValueError for a pair that does not exist."""
    if float_percent not in INJURY_FLOATS.get(injury_class, ()):
        raise ValueError(f"{injury_class}类行业没有{float_percent}%的浮动档次")
    return INJURY_CLASSES[injury_class] * float_percent // 100


def rates_in(month: Month, scheme: Scheme, released: Iterable[RateVersion]) -> RateVersion:
    """The rates in force in a month; MissingPolicy names scheme and month, older data never stand in."""
    newest = _newest(month, (version for version in released if version.scheme is scheme))
    if newest is None or (newest.until is not None and newest.until < month):
        raise MissingPolicy(f"{_SCHEME_NAMES[scheme]}社会保险费率", str(month))
    return newest


def injury_rate_in(month: Month, rates: Iterable[InjuryRate]) -> int:
    """The employer's 工伤 rate in force in a month, ppm; MissingPolicy where it has none."""
    newest = _newest(month, rates)
    if newest is None:
        raise MissingPolicy("单位工伤保险费率", str(month))
    return newest.rate


def operands(
    month: Month,
    base: Number,
    rural: Number | int,
    taken: Mapping[Kind, Number | int],
    rates: RateVersion,
    injury: Number | int,
) -> Operands[Number]:
    """Operands of one price: base in fen, `rural` and the kinds taken 1 or 0, the employer's 工伤 rate in ppm.

    A kind asked for without a rate in this version raises MissingPolicy.
    """
    by_kind: dict[Kind, KindOperands[Number]] = {
        kind: KindOperands(switch, injury, 0)
        if kind is Kind.INJURY
        else _kind_operands(switch, rates.rate(kind, month))
        for kind, switch in taken.items()
    }
    return Operands(base, rural, by_kind)


def _kind_operands(switch: Number | int, rate: KindRate) -> KindOperands[Number]:
    return KindOperands(switch, rate.unit, rate.person, rate.fixed_unit, rate.fixed_person)


def _newest(month: Month, dated: Iterable[_D]) -> _D | None:
    started = [one for one in dated if one.effective_from <= month]
    return max(started, key=lambda one: one.effective_from, default=None)
