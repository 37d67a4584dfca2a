"""审计与死信: health of every process, jobs that stopped, parked messages with replay, the audit chain verified."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query
from pydantic import RootModel
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.http.chassis import AuditVerified, DeadLetterView, Health, LetterReplayed, Quiescence
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.parts import Part, part
from gateway.sessions.visit import Visit, Visitor, calls_of
from services.chassis.problems import Problem

router = router_of(menu.AUDIT)
PROCESSES = {
    "registry": "登记",
    "enrollment": "参保",
    "billing": "征缴",
    "notices": "通知",
    "gateway": "门户",
}
CHECKS = {"database": "数据库", "broker": "消息", "messaging": "消息", "ticker": "日批", "sealer": "审计链"}
_DETAILS = {" parked": " 条死信", "connecting": "正在连接", " partitions, lag ": " 个分区，积压 "}
SYSTEM = [Depends(Only(Role.SYSTEM_ADMIN))]
CHAIN = [Depends(Only(Role.AUDIT_ADMIN))]


class Letters(RootModel[tuple[DeadLetterView, ...]]):
    """Parked messages of one process."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One process as the page shows it."""

    name: str
    title: str
    health: Health | None
    rest: Part[Quiescence]
    letters: Part[Letters]


@router.get("/desk/audit")
async def audit(visit: Visitor) -> Response:
    """All five processes at a glance."""
    watched = await asyncio.gather(*(_watch(visit, name) for name in PROCESSES))
    return show(visit, menu.AUDIT, "audit.html", watched=watched, CHECKS=CHECKS, said=said)


def said(detail: str) -> str:
    """A check's detail in Chinese, where it has words; errors keep their names."""
    for english, chinese in _DETAILS.items():
        detail = detail.replace(english, chinese)
    return detail


async def _watch(visit: Visit, name: str) -> Watched:
    return Watched(
        name,
        PROCESSES[name],
        await calls_of(visit.request).health(name),
        await part(visit.calls.get(name, "/quiescence", Quiescence)),
        await part(visit.calls.get(name, "/dead-letters", Letters)),
    )


@router.post("/desk/audit/{process}/dead-letters/{letter_id}/replay", dependencies=SYSTEM)
async def replay(visit: Visitor, process: str, letter_id: int) -> Response:
    """Handle a parked message again; what stands in its way is shown."""
    known(process)
    path = f"/dead-letters/{letter_id}/replay"
    made = await visit.calls.post(process, path, LetterReplayed)
    if not made.error:
        return visit.go("/desk/audit?said=letter_replayed")
    return show(visit, menu.AUDIT, "replayed.html", 409, error=made.error, title=PROCESSES[process])


@router.get("/desk/audit/verify", dependencies=CHAIN)
async def verify(visit: Visitor, go: Annotated[str, Query()] = "") -> Response:
    """Walk the audit chains of all processes, when asked to."""
    found: dict[str, Part[AuditVerified]] = {}
    for name in PROCESSES if go else ():
        found[name] = await part(visit.calls.get(name, "/audit/verify", AuditVerified))
    return show(visit, menu.AUDIT, "verify.html", found=found, titles=PROCESSES)


def known(process: str) -> str:
    """The process; Problem NOT_FOUND for a name that is none."""
    if process not in PROCESSES:
        raise Problem(codes.NOT_FOUND)
    return process
