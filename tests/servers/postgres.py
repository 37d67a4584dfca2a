"""A throw-away PostgreSQL per test run, and databases cloned from migrated templates."""

from __future__ import annotations

import itertools
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.databases import CLOCK, PROCESSES, app_role, ensure_clock, ensure_database, ensure_roles
from deploy.local.places import fleeting, spacious
from deploy.local.postgres import OWNER, Cluster
from services.chassis.migrate import upgrade
from tests.servers.administrator import Administrator

PREFIX = "tests-"
CLOCKS = "test_clocks"
CLOCK_SCHEMA = """
CREATE SCHEMA {schema} AUTHORIZATION {owner};
CREATE TABLE {schema}.business_clock (LIKE public.business_clock INCLUDING ALL);
ALTER TABLE {schema}.business_clock OWNER TO {owner};
GRANT USAGE ON SCHEMA {schema} TO PUBLIC;
GRANT SELECT ON {schema}.business_clock TO PUBLIC;
"""


def sweep(home: Path) -> None:
    """Stop and drop what test runs that were killed have left."""
    for left in home.glob(f"{PREFIX}*"):
        pid = left.name.removeprefix(PREFIX)
        if pid.isdigit() and not Path("/proc", pid).exists():
            Cluster(left).drop()


def start_cluster() -> Cluster:
    """A fresh cluster of this test run; its roles exist."""
    durable = os.environ.get("TEST_DURABLE") == "1"
    place = spacious if durable else fleeting
    home = place(f"{PREFIX}{os.getpid()}")
    sweep(home.parent)
    cluster = Cluster(home, durable=durable)
    cluster.start()
    ensure_roles(cluster)
    return cluster


@dataclass(frozen=True)
class OwnClock:
    """One test's business clock: addresses for those who read it and for its owner, who may move it."""

    administrator: Administrator
    schema: str
    reader: str
    owner: str

    def set(self, offset_seconds: int) -> None:
        """Business time is the wall's time plus this."""
        change = "ON CONFLICT (one) DO UPDATE SET offset_seconds = EXCLUDED.offset_seconds"
        statement = f"INSERT INTO {self.schema}.business_clock (offset_seconds) VALUES ($1) {change}"
        self.administrator.run(statement, offset_seconds, database=CLOCKS)

    def drop(self) -> None:
        """The test is over."""
        self.administrator.run(f"DROP SCHEMA {self.schema} CASCADE", database=CLOCKS)


@dataclass
class Databases:
    """Fresh databases by process name: each template is migrated once, each clone costs some 15 ms."""

    cluster: Cluster
    administrator: Administrator = field(init=False)
    _templates: set[str] = field(default_factory=set)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.administrator = Administrator(self.cluster)

    def template(self, name: str) -> str:
        """The migrated database of a process, or the clock's, under its real name; nobody may change it."""
        if name not in self._templates:
            if name == CLOCK:
                ensure_clock(self.cluster)
            else:
                ensure_database(self.cluster, name, app_role(name))
                self._migrate(name)
            self._templates.add(name)
        return name

    def fresh(self, name: str) -> tuple[str, str]:
        """A clone for one test: addresses for the process's role and for the owner."""
        database = f"test_{name}_{next(self._numbers)}"
        self.copy(self.template(name), database)
        role = app_role(name) if name in PROCESSES else app_role("gateway")
        return self.cluster.dsn(role, database), self.cluster.dsn(OWNER, database)

    def copy(self, template: str, database: str) -> None:
        """A database like another; copying its files costs half of writing them to the log."""
        self.administrator.run(
            f"CREATE DATABASE {database} TEMPLATE {template} OWNER {OWNER} STRATEGY FILE_COPY"
        )

    def fresh_clock(self) -> OwnClock:
        """A business clock for one test: a schema of its own in a database that all such clocks share."""
        if CLOCKS not in self._templates:
            ensure_clock(self.cluster, CLOCKS)
            self._templates.add(CLOCKS)
        schema = f"clock_{next(self._numbers)}"
        self.administrator.run(CLOCK_SCHEMA.format(schema=schema, owner=OWNER), database=CLOCKS)
        reader, owner = (self.cluster.dsn(role, CLOCKS) for role in (app_role("gateway"), OWNER))
        return OwnClock(
            self.administrator, schema, f"{reader}&search_path={schema}", f"{owner}&search_path={schema}"
        )

    def drop(self, dsn: str) -> None:
        """Drop the database behind an address, whoever is connected."""
        database = dsn.partition("@/")[2].partition("?")[0]
        self.administrator.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def close(self) -> None:
        """No more databases."""
        self.administrator.close()

    def _migrate(self, name: str) -> None:
        """Migrate outside the test's event loop, which alembic's own would refuse."""
        failed: list[BaseException] = []

        def run() -> None:
            try:
                upgrade(name, self.cluster.dsn(OWNER, name))
            except BaseException as error:  # noqa: BLE001  # raised again in the test's own thread
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
