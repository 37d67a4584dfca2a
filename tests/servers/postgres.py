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

PREFIX = "tests-"


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


@dataclass
class Databases:
    """Fresh databases by process name: each template is migrated once, each clone costs some 30 ms."""

    cluster: Cluster
    _templates: set[str] = field(default_factory=set)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

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
        template = self.template(name)
        database = f"test_{name}_{next(self._numbers)}"
        self.cluster.sql(f"CREATE DATABASE {database} TEMPLATE {template} OWNER {OWNER}")
        role = app_role(name) if name in PROCESSES else app_role("gateway")
        return self.cluster.dsn(role, database), self.cluster.dsn(OWNER, database)

    def drop(self, dsn: str) -> None:
        """Drop the database behind an address, whoever is connected."""
        database = dsn.partition("@/")[2].partition("?")[0]
        self.cluster.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

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
