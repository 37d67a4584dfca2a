"""Material requests: when one is overdue, what an act needs (四(一), 协议 三)."""

from __future__ import annotations

from datetime import date

from contracts.http.materials import RequestSort, RequestState

MOST_FILES = 20
OPEN = (RequestState.SENT, RequestState.AGAIN)
"""States in which the employer has to act."""


def is_overdue(state: RequestState, deadline: date, today: date) -> bool:
    """True where the employer still has to act and its last day has passed."""
    return state in OPEN and today > deadline


def ground_fits(sort: RequestSort, ground: str) -> bool:
    """A correction names the false declaration; a request for materials needs no ground."""
    return bool(ground.strip()) == (sort is RequestSort.CORRECTION)
