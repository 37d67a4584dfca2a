"""How many people work where: log-normal, median five, a few very large (domain 6)."""

from __future__ import annotations

from math import log

from deploy.city.chance import dice

MEDIAN, SPREAD = 5, 1.75
LARGEST = 20_000


def sizes(employers: int, persons: int) -> list[int]:
    """Heads of each employer, summing exactly to `persons`; what the draw lacks is shared among the largest."""
    throws = dice("sizes", employers, persons)
    most = min(LARGEST, max(persons // 10, 1))
    drawn = [min(max(round(throws.lognormvariate(log(MEDIAN), SPREAD)), 1), most) for _ in range(employers)]
    largest = sorted(range(employers), key=lambda place: -drawn[place])[: max(employers // 10, 1)]
    target = sum(drawn[place] for place in largest) + persons - sum(drawn)
    before = sum(drawn[place] for place in largest)
    shares = [drawn[place] * target // before for place in largest]
    shares[0] += target - sum(shares)
    for place, share in zip(largest, shares, strict=True):
        drawn[place] = share
    return drawn
