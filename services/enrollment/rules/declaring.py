"""The annual declaration of bases: who, when, from which wage (clause 三(三)1, A14, A15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.errors.code import Fault
from contracts.month import Month
from services.enrollment.rules.base import Base, contribution_base
from services.enrollment.rules.limits import Limits

POSTED_DAYS = 10
"""The declaration hangs out for ten days before it is kept with the signatures."""
_LAST_DAY = 10
_MONTHS = 12
_HIGH_WAGE = 100_000_000
_SWING = 2
"""A wage more than doubled or less than halved is asked about, not refused."""


@dataclass(frozen=True, slots=True)
class Insured:
    """One relation as the round sees it; `declared` is a declaration of the same year that stands already."""

    from_month: Month
    last_month: Month | None
    confirmed_on: date
    imported: bool
    base: int
    declared: bool


def january(year: int) -> Month:
    """The month from which the year's base holds."""
    return Month(year, 1)


def deadline(year: int) -> date:
    """每年1月10日前: the last day."""
    return date(year, 1, _LAST_DAY)


def is_due(year: int, relation: Insured) -> bool:
    """Insured here before the year began and not gone with its end.

    Whoever was taken over within the year, or confirmed after the last day, has brought a base of the year.
    """
    first = january(year)
    here = relation.last_month is None or relation.last_month >= first
    known = (
        relation.confirmed_on < first.first_day
        if relation.imported
        else relation.confirmed_on <= deadline(year)
    )
    return here and relation.from_month < first and known


def months_before(year: int, from_month: Month) -> int:
    """Months insured here in the year before, over which the wage is averaged unless the employer says otherwise."""
    first = max(from_month, january(year - 1))
    return _MONTHS - first.number + 1


def average_wage(total: int, months: int) -> int:
    """月平均工资 = 年工资总额 ÷ 月数, half-up to the fen; ValueError for nonsense operands."""
    if total < 0 or not 1 <= months <= _MONTHS:
        raise ValueError("a year has one to twelve months, and no wage is negative")
    return (2 * total + months) // (2 * months)


def declared_base(total: int, months: int, limits: Limits) -> Base:
    """The wage as declared and the base under the limits of the year before (暂按)."""
    return contribution_base(average_wage(total, months), limits.floor, limits.ceiling)


def faults_of(year: int, today: date, relation: Insured, total: int, months: int) -> tuple[Fault, ...]:
    """Why a row is refused; a base declared once changes after the deadline by application only (三(三)3)."""
    found = []
    if not is_due(year, relation):
        found.append(("enrollment_id", "bases.not_due", "该人员不在本次申报范围内"))
    if relation.declared and today > deadline(year):
        found.append(("enrollment_id", "bases.late", "已过1月10日，修改已申报的基数请到柜台申请更正"))
    if total == 0:
        found.append(("wage_total", "bases.nothing", "工资总额不能为0"))
    if total > _HIGH_WAGE * months:
        found.append(("wage_total", "bases.too_high", "月平均工资超过100万元，请核对单位是否为元"))
    if months > months_before(year, relation.from_month) and relation.from_month > january(year - 1):
        most = months_before(year, relation.from_month)
        found.append(("months", "bases.months", f"上年度在本单位参保只有{most}个月"))
    return tuple(Fault(field=field, code=code, message=message) for field, code, message in found)


def warnings_of(relation: Insured, base: Base) -> tuple[str, ...]:
    """What the employer should look at once more."""
    if base.declared_wage > _SWING * relation.base:
        return ("比现基数高一倍以上，请核对",)
    if _SWING * base.declared_wage < relation.base:
        return ("不到现基数的一半，请核对",)
    return ()


def posting_stands(posted_from: date, posted_to: date) -> bool:
    """Whether the declaration hung out for ten days, both ends counted."""
    return posted_to - posted_from >= timedelta(days=POSTED_DAYS - 1)
