"""Servers that all tests share, each started when the first test asks for it, and stopped at the end of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from deploy.local.postgres import Cluster
from tests.servers.brokers import Broker, kind, start_broker
from tests.servers.postgres import Databases, start_cluster
from tests.servers.skips import LoudSkips

FreshDatabase = Callable[[str], tuple[str, str]]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LoudSkips(), "loud-skips")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What holds on Apache Kafka alone belongs to another run: it is left out here, not skipped."""
    if kind() == "local":
        elsewhere = [item for item in items if item.get_closest_marker("apache")]
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Cluster]:
    """A throw-away PostgreSQL; TEST_DURABLE=1 makes it as durable as the real one, for benches."""
    cluster = start_cluster()
    yield cluster
    cluster.drop()


@pytest.fixture(scope="session")
def databases(postgres_server: Cluster) -> Iterator[Databases]:
    """Migrated templates and their clones."""
    made = Databases(postgres_server)
    yield made
    made.close()


@pytest.fixture(scope="session")
def template_database(databases: Databases) -> Callable[[str], str]:
    """`template_database("billing")`: name of the migrated database to clone from."""
    return databases.template


@pytest.fixture(scope="session")
def session_database(databases: Databases) -> FreshDatabase:
    """As fresh_database, for fixtures that live longer than a test."""
    return databases.fresh


@pytest.fixture
def fresh_database(databases: Databases) -> Iterator[FreshDatabase]:
    """`fresh_database("billing")`: (process's address, owner's address) of a migrated database of one's own.

    `"business_clock"` gives the clock's database. It is dropped after the test.
    """
    made: list[str] = []

    def fresh(name: str) -> tuple[str, str]:
        addresses = databases.fresh(name)
        made.append(addresses[1])
        return addresses

    yield fresh
    for dsn in made:
        databases.drop(dsn)


@pytest.fixture(scope="session")
def kafka_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """The broker of this run: the local one, or Apache Kafka where TEST_KAFKA says so."""
    broker = start_broker(tmp_path_factory.mktemp("broker"))
    yield broker
    broker.stop()


@pytest.fixture(scope="session")
def kafka_bootstrap(kafka_server: Broker) -> str:
    """The broker's address."""
    return kafka_server.bootstrap
