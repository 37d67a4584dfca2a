"""The one definition of the price of a person's month (clause 三(四), domain 3.4).

It uses only + - * // on its operands, so that it takes ints and SQL integer columns alike: monthly run,
re-pricing, preview and estimate all execute this. The base comes from enrollment, already within the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from contracts.values import KIND_CODES, Kind, Part
from services.billing.rules.rounding import PPM, Number, half_up

KindPart: TypeAlias = tuple[Kind, Part]

KINDS: tuple[Kind, ...] = tuple(sorted(Kind, key=KIND_CODES.__getitem__))
"""All kinds in the order of their national codes."""
KIND_PARTS: tuple[KindPart, ...] = tuple((kind, part) for kind in KINDS for part in Part)
"""The sixteen amounts of a person's line, by national code, unit before person."""


def column(kind: Kind, part: Part) -> str:
    """Name of the amount's column in the wide person line: `unit_pension`."""
    return f"{part}_{kind}"


@dataclass(frozen=True)
class KindOperands(Generic[Number]):
    """One kind: `taken` 1 or 0, rates in ppm, flat sums in fen a month (大额医疗)."""

    taken: Number | int
    unit: Number | int
    person: Number | int
    fixed_unit: Number | int = 0
    fixed_person: Number | int = 0


@dataclass(frozen=True)
class Operands(Generic[Number]):
    """What one price depends on: base in fen, `rural` 1 or 0 (农民合同制工人), kinds; a kind left out is zero.

    In SQL the base must be a bigint: base times ppm outgrows an integer.
    """

    base: Number
    rural: Number | int
    kinds: Mapping[Kind, KindOperands[Number]]


@dataclass(frozen=True)
class Amounts(Generic[Number]):
    """Sums in fen by kind and part; a pair that is absent is zero."""

    lines: Mapping[KindPart, Number]

    def of(self, kind: Kind, part: Part) -> Number | int:
        """The amount of one kind and part, fen."""
        return self.lines.get((kind, part), 0)

    def columns(self) -> dict[str, Number | int]:
        """All sixteen amounts by the names of their columns."""
        return {column(kind, part): self.of(kind, part) for kind, part in KIND_PARTS}

    @property
    def unit(self) -> Number | int:
        """The employer's part of all kinds, fen."""
        return _sum(value for (_, part), value in self.lines.items() if part is Part.UNIT)

    @property
    def person(self) -> Number | int:
        """The employee's part of all kinds, fen."""
        return _sum(value for (_, part), value in self.lines.items() if part is Part.PERSON)

    @property
    def total(self) -> Number | int:
        """Both parts, fen."""
        return _sum(self.lines.values())


def premium(base: Number, rate: Number | int) -> Number:
    """Base in fen times rate in ppm, half-up to the fen: per person, kind and part (domain 3.4)."""
    factor: Any = base
    product: Number = factor * rate
    return half_up(product, PPM)


def price(operands: Operands[Number]) -> Amounts[Number]:
    """Every amount of one person's month, fen; SY 6 frees rural contract workers of personal unemployment."""
    lines: dict[KindPart, Number] = {}
    for kind, by in operands.kinds.items():
        lines[kind, Part.UNIT] = _amount(operands.base, by.taken, by.unit, by.fixed_unit)
        lines[kind, Part.PERSON] = _amount(
            operands.base, _person_pays(kind, by.taken, operands.rural), by.person, by.fixed_person
        )
    return Amounts(lines)


def add(amounts: Iterable[Amounts[int]]) -> Amounts[int]:
    """The bill as the sum of its lines, per kind and part; the unit part is never recomputed (domain 3.4)."""
    sums: dict[KindPart, int] = {}
    for one in amounts:
        for key, fen in one.lines.items():
            sums[key] = sums.get(key, 0) + fen
    return Amounts(sums)


def _amount(base: Number, switch: Number | int, rate: Number | int, fixed: Number | int) -> Number:
    by_rate: Any = premium(base, rate)
    amount: Number = switch * (by_rate + fixed)
    return amount


def _person_pays(kind: Kind, taken: Number | int, rural: Number | int) -> Number | int:
    if kind is not Kind.UNEMPLOYMENT:
        return taken
    switch: Any = taken
    free: Any = rural
    pays: Number | int = switch * (1 - free)
    return pays


def _sum(values: Iterable[Number]) -> Number | int:
    total: Any = 0
    for value in values:
        total = total + value
    result: Number | int = total
    return result
