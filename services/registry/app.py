"""Composition root of registry."""

from __future__ import annotations

from fastapi import FastAPI

from services.chassis.app import create_app
from services.chassis.runtime import Service
from services.chassis.settings import Settings
from services.registry import consumers, gauges, jobs, states
from services.registry.api import ROUTERS
from services.registry.tables import TABLES

SERVICE = Service(
    name="registry",
    tables=TABLES,
    routers=ROUTERS,
    consumers=consumers.consumers,
    jobs=jobs.jobs,
    states={"employers": states.employers, "working_years": states.working_years},
    gauges=gauges.gauges,
)


def create(settings: Settings) -> FastAPI:
    """The process."""
    return create_app(SERVICE, settings)
