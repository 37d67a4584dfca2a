"""The provisional bill of an employer that did not declare (SIL 62, A14)."""

from __future__ import annotations

from services.billing.rules.price import Amounts
from services.billing.rules.rounding import PPM, half_up

RATE_2016 = 1_100_000
"""110 % in ppm (parameter `provisional.rate`)."""


def provisional(last_declared: Amounts[int], rate: int = RATE_2016) -> Amounts[int]:
    """The last declared month's bill per kind and part times the rate, half-up to the fen.

    The last declared month excludes late fees, supplements and differences; it never compounds.
    """
    return Amounts({key: half_up(fen * rate, PPM) for key, fen in last_declared.lines.items()})
