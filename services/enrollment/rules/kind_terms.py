"""Kinds of an employer by month, and what a change of them means for one of its people (domain 4.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.month import Month


@dataclass(frozen=True, slots=True)
class KindTerm:
    """The kinds an employer takes part in from a month on."""

    from_month: Month
    kinds: tuple[str, ...]


def terms_of(stored: Sequence[Mapping[str, Any]]) -> tuple[KindTerm, ...]:
    """The terms as an employer's row holds them, in order."""
    found = (KindTerm(Month.parse(term["from_month"]), tuple(term["kinds"])) for term in stored)
    return tuple(sorted(found, key=lambda term: term.from_month))


def kinds_in(month: Month, terms: Sequence[KindTerm]) -> tuple[str, ...] | None:
    """The kinds in force in a month; none before the first term."""
    return next((term.kinds for term in reversed(terms) if term.from_month <= month), None)


def moved(held: Collection[str], before: Collection[str], after: Sequence[str]) -> tuple[str, ...]:
    """What a person takes part in after a change: all kinds if it was all before, else what is left of its own.

    So a part-time worker insured for injury alone (A10) gains nothing by a kind the employer adds.
    """
    if set(held) == set(before):
        return tuple(after)
    return tuple(kind for kind in held if kind in after)
