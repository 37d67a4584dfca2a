"""Composition root of the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from gateway import consumers, desk, guide, lost, menu, portal
from gateway.api import routes as api
from gateway.bank import door, told
from gateway.live import stream
from gateway.live.hub import Hub, live_pages
from gateway.sessions import routes as sessions
from gateway.sessions import security
from gateway.settings import Settings
from gateway.tables import TABLES
from services.chassis.app import create_app
from services.chassis.calls import Calls
from services.chassis.runtime import Service

STATIC = Path(__file__).with_name("static")
ROUTERS = (
    door.router,
    told.router,
    api.router,
    sessions.open_router,
    guide.router,
    sessions.router,
    security.router,
    stream.router,
    *portal.ROUTERS,
    *desk.ROUTERS,
)


def create(settings: Settings, transports: dict[str, httpx.AsyncBaseTransport] | None = None) -> FastAPI:
    """The gateway; `transports` reach neighbours that live in the same test process."""
    calls = Calls(settings, transports)

    @asynccontextmanager
    async def closing(app: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await app.state.door.group.close()
            await calls.close()

    service = Service(name="gateway", tables=TABLES, routers=ROUTERS, consumers=consumers.consumers)
    app = create_app(service, settings, parts=(closing, live_pages), kind=door.Front)
    app.state.calls = calls
    door.install(app)
    app.state.hub = Hub()
    app.state.settings = settings
    lost.install(app)
    app.state.pages = menu.pages_of(ROUTERS)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
