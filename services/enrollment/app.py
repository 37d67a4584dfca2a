"""Composition root of enrollment."""

from __future__ import annotations

from fastapi import FastAPI

from services.chassis.app import create_app
from services.chassis.runtime import Service
from services.chassis.settings import Settings as Settings
from services.enrollment import consumers, jobs, states
from services.enrollment.api import ROUTERS
from services.enrollment.tables import TABLES

SERVICE = Service(
    name="enrollment",
    tables=TABLES,
    routers=ROUTERS,
    consumers=consumers.consumers,
    jobs=jobs.jobs,
    states={"limits": states.limits, "relations": states.relations},
)


def create(settings: Settings) -> FastAPI:
    """The process."""
    return create_app(SERVICE, settings)
