"""Composition root of billing."""

from __future__ import annotations

from fastapi import FastAPI

from services.billing import consumers, jobs, states
from services.billing.api import bills, money, rates, suspense
from services.billing.tables import TABLES
from services.chassis.app import create_app
from services.chassis.runtime import Service
from services.chassis.settings import Settings

SERVICE = Service(
    name="billing",
    tables=TABLES,
    routers=(bills.router, rates.router, money.router, suspense.router),
    consumers=consumers.consumers,
    jobs=jobs.jobs,
    states={"bills": states.bills},
)


def create(settings: Settings) -> FastAPI:
    """The process."""
    return create_app(SERVICE, settings)
