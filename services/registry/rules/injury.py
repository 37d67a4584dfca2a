"""工伤保险 rates: class of the industry times the employer's float step (GS 10, domain 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.month import Month
from services.chassis.policy import MissingPolicy


class FloatNotPermitted(ValueError):
    """The class or the float step does not exist; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class InjuryTariff:
    """Classes and float steps from a month on; rates in ppm, steps in per cent."""

    from_month: Month
    class_rates: Mapping[int, int]
    floats: Mapping[int, tuple[int, ...]]


_BOTH_WAYS = (50, 80, 100, 120, 150)

TARIFF_2015 = InjuryTariff(
    from_month=Month(2015, 10),
    class_rates={1: 2000, 2: 4000, 3: 7000, 4: 9000, 5: 11000, 6: 13000, 7: 16000, 8: 19000},
    floats={1: (100, 120, 150)} | dict.fromkeys(range(2, 9), _BOTH_WAYS),
)
"""The eight classes since 2015-10-01 (人社部发〔2015〕71号; float steps are a reading)."""
TARIFFS = (TARIFF_2015,)


def tariff_in(month: Month, tariffs: tuple[InjuryTariff, ...] = TARIFFS) -> InjuryTariff:
    """The tariff in force in a month; MissingPolicy before the first."""
    in_force = [tariff for tariff in tariffs if tariff.from_month <= month]
    if not in_force:
        raise MissingPolicy("工伤保险费率", str(month))
    return max(in_force, key=lambda tariff: tariff.from_month)


def permitted_floats(injury_class: int, tariff: InjuryTariff = TARIFF_2015) -> tuple[int, ...]:
    """Float steps a class may have, per cent; FloatNotPermitted for an unknown class."""
    if injury_class not in tariff.floats:
        raise FloatNotPermitted(f"行业风险类别应为1至8类，现为{injury_class}")
    return tariff.floats[injury_class]


def rate_ppm(injury_class: int, float_percent: int, tariff: InjuryTariff = TARIFF_2015) -> int:
    """The employer's rate in ppm, always exact: class 3 at 50 % is 3500; FloatNotPermitted otherwise."""
    floats = permitted_floats(injury_class, tariff)
    if float_percent not in floats:
        listed = "、".join(f"{step}%" for step in floats)
        raise FloatNotPermitted(f"{injury_class}类行业的浮动档次只能为{listed}，现为{float_percent}%")
    return tariff.class_rates[injury_class] * float_percent // 100
