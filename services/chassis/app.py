"""The app factory: one process from its Service and Settings, with the broker in the lifespan."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from fastapi import FastAPI
from sqlalchemy import text

from services.chassis import auditing, health, problems, quiescence, republishing
from services.chassis.clocks import wall_now
from services.chassis.days import Ticker
from services.chassis.failures import is_infrastructure
from services.chassis.identity import SYSTEM
from services.chassis.keeper import Keeper
from services.chassis.keeping import keep
from services.chassis.messaging import Messaging
from services.chassis.runtime import Chassis, Service, build
from services.chassis.sealing import Sealer
from services.chassis.settings import Settings
from services.chassis.work import INBOX_CHANNEL, work_scope

log = logging.getLogger(__name__)
KEEP_DAYS, AHEAD_DAYS = 35, 3
HOUR = 3600.0
Part = Callable[[FastAPI], AbstractAsyncContextManager[None]]


async def _open_partitions(chassis: Chassis) -> None:
    today = wall_now().date()
    async with work_scope(chassis, SYSTEM) as work:
        # replicas start together, and a partition is made once
        await work.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('partitions', 0))"))
        await work.session.execute(
            text("SELECT open_day_partitions(:first, :last)"),
            {"first": today - timedelta(days=1), "last": today + timedelta(days=AHEAD_DAYS)},
        )
        await work.session.execute(
            text("SELECT drop_day_partitions(:before)"), {"before": today - timedelta(days=KEEP_DAYS)}
        )


async def _housekeeping(chassis: Chassis) -> None:
    """Open the partitions of the coming days, drop those past 35 days, every hour."""
    while True:
        try:
            await _open_partitions(chassis)
        except Exception as error:
            if not is_infrastructure(error):
                raise
            log.warning("housekeeping waits", extra={"cause": type(error).__name__})
            await asyncio.sleep(1.0)
            continue
        await asyncio.sleep(HOUR)


async def _hear(keeper: Keeper) -> None:
    """Keep the listening connection alive."""
    while True:
        try:
            await keeper.connection()
        except Exception as error:
            if not is_infrastructure(error):
                raise
        await asyncio.sleep(1.0)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancel until all have ended: a client library that is connecting may swallow a cancellation."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=1.0)


@asynccontextmanager
async def running(chassis: Chassis) -> AsyncIterator[None]:
    """All background parts of a process, stopped in reverse order of need."""
    await chassis.business.refresh()
    keeper = Keeper(chassis.settings.dsn, {INBOX_CHANNEL: chassis.inbox_news.ring})
    messaging = Messaging(chassis)
    chassis.messaging = messaging
    await _open_partitions(chassis)
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "messaging": messaging.run,
        "ticker": Ticker(chassis, keeper).run,
        "sealer": Sealer(chassis, keeper).run,
        "ears": partial(_hear, keeper),
        "housekeeping": partial(_housekeeping, chassis),
    }
    tasks = [asyncio.create_task(keep(chassis, name, part), name=name) for name, part in parts.items()]
    try:
        yield
    finally:
        await messaging.stop_consuming()
        await _end(tasks)
        # only now: a part that still ran would open its connection anew, and hold its locks
        for part in (messaging, keeper, chassis.business):
            await part.close()
        await chassis.engine.dispose()


def create_app(
    service: Service, settings: Settings, parts: Sequence[Part] = (), kind: type[FastAPI] = FastAPI
) -> FastAPI:
    """A process: its routers, health, metrics, quiescence and problems; `parts` live as long as it runs."""
    chassis = build(service, settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(chassis), AsyncExitStack() as stack:
            for part in parts:
                await stack.enter_async_context(part(app))
            yield

    app = kind(title=service.name, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.chassis = chassis
    problems.install(app)
    for router in (
        health.router,
        quiescence.public,
        quiescence.router,
        republishing.router,
        auditing.router,
        *service.routers,
    ):
        app.include_router(router)
    return app
