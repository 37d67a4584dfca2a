"""The fleet, started once for all flows, on a broker of its own that holds nothing but its events."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.flows.fleet import Fleet
from tests.flows.flow import City
from tests.servers.brokers import start_broker
from tests.servers.postgres import Databases


@pytest.fixture(scope="session")
async def fleet(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Fleet]:
    broker = start_broker(tmp_path_factory.mktemp("fleet"))
    made = Fleet(broker, databases)
    try:
        await made.start()
        yield made
    finally:
        await made.stop()
        broker.stop()


@pytest.fixture(scope="session")
async def city(fleet: Fleet) -> AsyncIterator[City]:
    """The fleet with its officers logged in."""
    made = City(fleet)
    await made.open()
    yield made
    await made.close()
