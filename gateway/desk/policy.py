"""政策参数: rates and base limits, drafted by one officer and released by another (domain 1.5, 3.1, 3.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.billing import RatesList, RatesView
from contracts.http.chassis import BlockedJob, Quiescence
from contracts.http.enrollment import LimitsList, LimitsView, NewLimits
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.parts import part
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

R = TypeVar("R", LimitsView, RatesView)
router = router_of(menu.POLICY)
HOME = "/desk/policy"


@router.get(HOME)
async def policy(visit: Visitor) -> Response:
    """Limits and rates, those that wait for release first."""
    return await _home(visit)


async def _home(visit: Visit, problem: ProblemBody | None = None) -> Response:
    limits = await part(visit.calls.get("enrollment", "/limits", LimitsList))
    rates = await part(visit.calls.get("billing", "/rates", RatesList))
    status = problem.status if problem else 200
    stopped = await _stopped(visit)
    return show(
        visit,
        menu.POLICY,
        "policy.html",
        status,
        limits=limits,
        rates=rates,
        problem=problem,
        waiting_first=waiting_first,
        stopped=stopped,
    )


async def _stopped(visit: Visit) -> list[BlockedJob]:
    """Day jobs that wait for policy data, each naming what is missing."""
    asked = (
        part(visit.calls.get(name, "/quiescence", Quiescence))
        for name in ("registry", "enrollment", "billing", "notices")
    )
    answered = [found.value for found in await asyncio.gather(*asked) if found.value]
    return sorted((job for rest in answered for job in rest.blocked), key=lambda job: (job.day, job.job))


def waiting_first(rows: Sequence[R]) -> list[R]:
    """What waits for its second officer, then the newest."""
    newest = sorted(rows, key=lambda row: row.effective_from, reverse=True)
    return sorted(newest, key=lambda row: row.released_by is not None)


@router.get(f"{HOME}/limits/new")
async def new_limits(visit: Visitor) -> Response:
    """The form of new limits."""
    return _limits(visit, Entry({}))


@router.post(f"{HOME}/limits/new")
async def draft_limits(visit: Visitor, request: Request) -> Response:
    """Draft limits."""
    entry = await sent(request)
    try:
        values: dict[str, object] = {name: entry.fen(name) for name in ("average_wage", "floor", "ceiling")}
        values |= {
            "year": entry.text("year"),
            "effective_from": entry.month("effective_from"),
            "published_on": entry.day("published_on"),
            "document_no": entry.text("document_no"),
        }
        command = entry.build(NewLimits, values)
        await visit.calls.post("enrollment", "/limits", LimitsView, command, key=entry.text("key"))
    except Problem as problem:
        return _limits(visit, entry, problem.body)
    return visit.go(f"{HOME}?said=policy_drafted")


def _limits(visit: Visit, entry: Entry, problem: ProblemBody | None = None) -> Response:
    status = problem.status if problem else 200
    return show(visit, menu.POLICY, "limits.html", status, entry=entry, problem=problem)


@router.post(f"{HOME}/limits/{{draft_id}}/release")
async def release_limits(visit: Visitor, request: Request, draft_id: UUID) -> Response:
    """Release as the second officer."""
    return await _release(visit, request, "enrollment", f"/limits/{draft_id}/release", LimitsView)


@router.post(f"{HOME}/rates/{{draft_id}}/release")
async def release_rates(visit: Visitor, request: Request, draft_id: UUID) -> Response:
    """Release as the second officer."""
    return await _release(visit, request, "billing", f"/rates/{draft_id}/release", RatesView)


async def _release(
    visit: Visit, request: Request, process: str, path: str, answer: type[LimitsView | RatesView]
) -> Response:
    entry = await sent(request)
    try:
        await visit.calls.post(process, path, answer, key=entry.text("key"))
    except Problem as problem:
        return await _home(visit, problem.body)
    return visit.go(f"{HOME}?said=policy_released")
