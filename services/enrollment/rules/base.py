"""The contribution base (缴费基数): half-up to the whole yuan, then into the limits (domain 3.4, A15)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FEN_PER_YUAN = 100


class Clamped(StrEnum):
    """Whether the limits moved a base."""

    NO = ""
    FLOOR = "保底"
    CEILING = "封顶"


@dataclass(frozen=True, slots=True)
class Base:
    """The declared average wage as declared and the base that follows from it, both fen."""

    declared_wage: int
    base: int
    clamped: Clamped


def whole_yuan(fen: int) -> int:
    """Half-up to the whole yuan, in fen; never negative."""
    return (2 * fen + FEN_PER_YUAN) // (2 * FEN_PER_YUAN) * FEN_PER_YUAN


def contribution_base(declared_wage: int, floor: int, ceiling: int) -> Base:
    """The base of a wage under a floor and a ceiling, all fen; ValueError for nonsense operands."""
    if declared_wage < 0 or floor > ceiling:
        raise ValueError("a wage is not negative and the floor is not above the ceiling")
    rounded = whole_yuan(declared_wage)
    if rounded < floor:
        return Base(declared_wage, floor, Clamped.FLOOR)
    if rounded > ceiling:
        return Base(declared_wage, ceiling, Clamped.CEILING)
    return Base(declared_wage, rounded, Clamped.NO)
