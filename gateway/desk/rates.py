"""政策参数: the form of new rates of a scheme, in per cent (3.1)."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.billing import KindRate, NewRates, RatesView
from contracts.values import Kind
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.POLICY)
HOME = "/desk/policy"
WHOLE = 1_000_000
"""100 % in ppm."""


@router.get(f"{HOME}/rates/new")
async def new_rates(visit: Visitor) -> Response:
    """The form of new rates."""
    return _rates(visit, Entry({}))


@router.post(f"{HOME}/rates/new")
async def draft_rates(visit: Visitor, request: Request) -> Response:
    """Draft the rates of a scheme."""
    entry = await sent(request)
    try:
        values = {
            "scheme": entry.text("scheme"),
            "effective_from": entry.month("effective_from"),
            "until": entry.month("until") if entry.text("until") else None,
            "rates": [rate for kind in Kind if (rate := _rate(entry, kind))],
            "document_no": entry.text("document_no"),
        }
        command = entry.build(NewRates, values)
        await visit.calls.post("billing", "/rates", RatesView, command, key=entry.text("key"))
    except Problem as problem:
        return _rates(visit, entry, problem.body)
    return visit.go(f"{HOME}?said=policy_drafted")


def _rate(entry: Entry, kind: Kind) -> KindRate | None:
    """The rate of one kind; none where the whole row is empty."""
    cells = {part: f"{kind}.{part}" for part in ("unit", "person", "fixed_unit", "fixed_person")}
    if not any(entry.text(cell) for cell in cells.values()):
        return None
    shares = {part: entry.ppm(cells[part]) for part in ("unit", "person")}
    sums = {
        part: entry.fen(cells[part]) for part in ("fixed_unit", "fixed_person") if entry.text(cells[part])
    }
    if any(share > WHOLE for share in shares.values()):
        entry.wrong(cells["unit"], "费率不能超过 100%")
        return None
    return KindRate(kind=kind, **shares, **sums)


def _rates(visit: Visit, entry: Entry, problem: ProblemBody | None = None) -> Response:
    status = problem.status if problem else 200
    return show(visit, menu.POLICY, "rates.html", status, entry=entry, problem=problem, kinds=tuple(Kind))
