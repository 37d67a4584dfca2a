"""What a running process holds: settings, database, clocks, metrics, and the service it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from services.chassis.clocks import BusinessClock
from services.chassis.consumers import Consumers
from services.chassis.days import Jobs
from services.chassis.metrics import Metrics
from services.chassis.news import News
from services.chassis.personal import Vault
from services.chassis.settings import Settings
from services.chassis.tables import ChassisTables

if TYPE_CHECKING:
    from services.chassis.messaging import Messaging
    from services.chassis.republishing import States


@dataclass(frozen=True)
class OwnGauge:
    """A figure of a service's own, asked of its database at each scrape; `sql` gets :today, gives one number."""

    name: str
    words: str
    sql: str


@dataclass(frozen=True)
class Service:
    """A process as its composition root describes it."""

    name: str
    tables: ChassisTables
    routers: Sequence[APIRouter] = ()
    consumers: Consumers = field(default_factory=Consumers)
    jobs: Jobs = field(default_factory=Jobs)
    states: Mapping[str, States] = field(default_factory=dict)
    """By sort: what it tells again of all that it owns."""
    gauges: Sequence[OwnGauge] = ()


@dataclass
class Chassis:
    """The running parts that every unit of work, relay, consumer and ticker shares."""

    service: Service
    settings: Settings
    engine: AsyncEngine
    sessions: async_sessionmaker[AsyncSession]
    business: BusinessClock
    metrics: Metrics
    vault: Vault
    inbox_news: News = field(default_factory=News)
    messaging: Messaging | None = None
    faults: dict[str, str] = field(default_factory=dict)
    """What readiness hangs on and is broken now: part → what is wrong."""

    def failing(self, part: str, problem: str) -> None:
        """Readiness falls until `recovered(part)`."""
        self.faults[part] = problem

    def recovered(self, part: str) -> None:
        """The part works again."""
        self.faults.pop(part, None)


def build(service: Service, settings: Settings) -> Chassis:
    """Wire a process; connects to nothing yet."""
    engine = create_async_engine(
        settings.dsn, pool_size=settings.pool_size, max_overflow=0, pool_pre_ping=True, hide_parameters=True
    )
    sessions = async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
    return Chassis(
        service=service,
        settings=settings,
        engine=engine,
        sessions=sessions,
        business=BusinessClock(settings.clock_dsn),
        metrics=Metrics(service.name, {gauge.name: gauge.words for gauge in service.gauges}),
        vault=Vault(settings.data_keys, settings.lookup_keys),
    )
