"""Differences between two prices of the same month (A17) and the settlement of provisional bills (A14)."""

from __future__ import annotations

from services.billing.rules.price import Amounts


def difference(old: Amounts[int], new: Amounts[int]) -> Amounts[int]:
    """round(new) − round(old) per kind and part, fen; a negative one is a credit of that kind and part."""
    keys = old.lines.keys() | new.lines.keys()
    return Amounts({key: new.of(*key) - old.of(*key) for key in sorted(keys)})
