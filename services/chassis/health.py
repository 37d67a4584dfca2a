"""Readiness and metrics of a process: database, broker, and every part that says it fails."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import generate_latest
from sqlalchemy import text

from contracts.http.chassis import Check, Health
from services.chassis import gauges
from services.chassis.failures import is_infrastructure
from services.chassis.http import chassis_of
from services.chassis.runtime import Chassis

router = APIRouter()
UNREADY = 503


async def _database(chassis: Chassis) -> Check:
    try:
        async with chassis.sessions() as session:
            parked = (
                await session.execute(text("SELECT count(*) FROM dead_letters WHERE resolved_at IS NULL"))
            ).scalar_one()
    except Exception as error:
        if not is_infrastructure(error):
            raise
        return Check(name="database", ok=False, detail=type(error).__name__)
    return Check(name="database", ok=True, detail=f"{parked} parked")


def _broker(chassis: Chassis) -> Check:
    messaging = chassis.messaging
    if messaging is None or not messaging.ready:
        return Check(name="broker", ok=False, detail="connecting")
    return Check(name="broker", ok=True, detail=f"{messaging.assigned} partitions, lag {messaging.lag}")


async def measure(chassis: Chassis) -> Health:
    """All checks of one process."""
    checks = (
        await _database(chassis),
        _broker(chassis),
        *(Check(name=part, ok=False, detail=problem) for part, problem in chassis.faults.items()),
    )
    return Health(
        process=chassis.service.name,
        replica=chassis.settings.replica,
        ready=all(check.ok for check in checks),
        business_date=chassis.business.today(),
        checks=checks,
    )


@router.get("/health")
async def health(request: Request, response: Response) -> Health:
    """200 when ready, 503 when not."""
    found = await measure(chassis_of(request))
    response.status_code = 200 if found.ready else UNREADY
    return found


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text, its gauges measured now."""
    chassis = chassis_of(request)
    await gauges.refresh(chassis)
    return Response(generate_latest(chassis.metrics.registry), media_type="text/plain; version=0.0.4")
