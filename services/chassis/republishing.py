"""Republishing: an owner tells the current state of all it has, so that a lost or dropped copy can be built anew.

A fact that is told again carries the version it had, so that who knows it passes over it. It is not the log: steps
between two states, and facts that carry no whole state, are told once and can be sent again for 35 days (`replay`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter

from contracts.http.chassis import Republish, Republished
from services.chassis.http import Work, WorkRoute
from services.chassis.identity import require

if TYPE_CHECKING:
    from services.chassis.work import UnitOfWork

States = Callable[["UnitOfWork", str], Awaitable[str | None]]
"""Publishes the next few states behind a key, their rows locked, and says the last one's; none: that was all."""
AT_ONCE = 1_000
router = APIRouter(route_class=WorkRoute)


@router.post("/outbox/republish")
async def republish(work: Work, asked: Republish) -> Republished:
    """Tell the next states of this process as they stand now, each under a new event id."""
    require(work.caller)
    return Republished(after=await _next(work, work.chassis.service.states, asked.after))


async def _next(work: UnitOfWork, states: Mapping[str, States], after: str) -> str | None:
    """One chunk of one sort; the place behind it is `sort/key`."""
    sorts = sorted(states)
    sort, _, key = after.partition("/")
    if not sort:
        return f"{sorts[0]}/" if sorts else None
    last = await states[sort](work, key)
    if last is not None:
        return f"{sort}/{last}"
    later = [name for name in sorts if name > sort]
    return f"{later[0]}/" if later else None
