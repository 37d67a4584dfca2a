"""Composition root of notices."""

from __future__ import annotations

from fastapi import FastAPI

from services.chassis.app import create_app
from services.chassis.runtime import Service
from services.chassis.settings import Settings
from services.notices import consumers, jobs
from services.notices.api import ROUTERS
from services.notices.tables import TABLES

SERVICE = Service(
    name="notices",
    tables=TABLES,
    routers=ROUTERS,
    consumers=consumers.consumers,
    jobs=jobs.jobs,
)


def create(settings: Settings) -> FastAPI:
    """The process."""
    return create_app(SERVICE, settings)
