"""Which months an employer's orders cover: one prepared order for all that no issued one does (O20 16, A31).

Reading: a month of which only the late fee is left has its order as well. SIL 63 and clause 三(四) order whoever
has not paid in time *and* in full; SIL 86 makes the fee part of what is to be made good; it stays a debt of its own
when the principal is paid (2.5); and nothing else tells the employer its sum, its reckoning and its remedies in
writing (QZ 35, 45). Such an order says that the principal is paid and that the fee grows no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from contracts.http.notices import OrderState

ACTIVE = frozenset({OrderState.ISSUED, OrderState.SERVED, OrderState.LAPSED})
"""Issued and not settled."""
WITHDRAWN = "withdrawn"
"""A prepared order that was paid before its release; nobody was told of it, so no contract names it."""


def is_settled(months: Collection[int], still_open: Collection[int]) -> bool:
    """True once none of the order's months is in arrears any more."""
    return not set(months) & set(still_open)


def to_prepare(still_open: Collection[int], covered: Iterable[int]) -> list[int]:
    """Months in arrears without an issued order, oldest first."""
    return sorted(set(still_open) - set(covered))
