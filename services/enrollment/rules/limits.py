"""Floor and ceiling of contribution bases: which are in force, and a check of entered ones (domain 3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.month import Month
from services.chassis.policy import MissingPolicy

_TOLERANCE = 100
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """Floor and ceiling in fen from a month on."""

    effective_from: Month
    floor: int
    ceiling: int


def limits_in(month: Month, released: Iterable[Limits]) -> Limits:
    """The released limits in force in a month; they hold until new ones are published (clause 三(三)1).

    MissingPolicy when none reaches back so far.
    """
    in_force = [limits for limits in released if limits.effective_from <= month]
    if not in_force:
        raise MissingPolicy("缴费基数上下限", str(month))
    return max(in_force, key=lambda limits: limits.effective_from)


def limits_warnings(average_wage: int, floor: int, ceiling: int) -> tuple[str, ...]:
    """Chinese warnings when floor or ceiling is more than 1 yuan off 60 % or 300 % of the month's wage.

    `average_wage` is the province's of last year, fen a year; limits in fen. A check only, never a source.
    """
    checks = (("下限", floor, 60), ("上限", ceiling, 300))
    return tuple(
        f"{name}{entered // 100}元与上年度月平均工资的{percent}%相差超过1元，请核对"
        for name, entered, percent in checks
        if abs(entered * _MONTHS * 100 - average_wage * percent) > _TOLERANCE * _MONTHS * 100
    )
