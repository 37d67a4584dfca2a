"""Kinds (险种) an employer takes part in, by its scheme and kind (domain 3.1)."""

from __future__ import annotations

from collections.abc import Collection

from contracts.month import Month
from contracts.values import KIND_NAMES, EmployerKind, Kind, Scheme

_COMMON = (Kind.MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)
_OF_SCHEME: dict[Scheme, tuple[Kind, ...]] = {
    Scheme.ENTERPRISE: (Kind.PENSION, *_COMMON),
    Scheme.GOVERNMENT: (Kind.GOV_PENSION, Kind.ANNUITY, *_COMMON),
}


class KindsUnfit(ValueError):
    """A kind the employer may not take part in; the message is Chinese."""


def default_kinds(scheme: Scheme, employer_kind: EmployerKind) -> tuple[Kind, ...]:
    """All kinds of the scheme; state organs stand outside unemployment insurance (失业保险条例 3).

    大额医疗 is not among them: its sum is not published, so it is chosen expressly.
    """
    return tuple(kind for kind in _OF_SCHEME[scheme] if _may_take(kind, employer_kind))


def kinds_of(scheme: Scheme, employer_kind: EmployerKind, wanted: Collection[Kind]) -> tuple[Kind, ...]:
    """The kinds wanted, or the default for none; KindsUnfit for one that does not belong here."""
    permitted = (*default_kinds(scheme, employer_kind), Kind.LARGE_MEDICAL)
    for kind in wanted:
        if kind not in permitted:
            raise KindsUnfit(f"该单位不能参加{KIND_NAMES[kind]}保险")
    if Kind.LARGE_MEDICAL in wanted and Kind.MEDICAL not in wanted:
        raise KindsUnfit("参加大额医疗须同时参加职工基本医疗")
    return tuple(kind for kind in permitted if kind in wanted) or default_kinds(scheme, employer_kind)


def kinds_term(from_month: Month, kinds: Collection[Kind]) -> dict[str, object]:
    """A term as it is stored: the kinds from a month on."""
    return {"from_month": str(from_month), "kinds": [kind.value for kind in kinds]}


def as_text(kinds: Collection[str]) -> str:
    """Several kinds as one item of registration, always in the same order."""
    return ",".join(kind.value for kind in Kind if kind in kinds)


def _may_take(kind: Kind, employer_kind: EmployerKind) -> bool:
    return not (kind is Kind.UNEMPLOYMENT and employer_kind is EmployerKind.STATE_ORGAN)
