"""Databases and roles of the system, made once and again without harm."""

from __future__ import annotations

from deploy.local.postgres import OWNER, Cluster

PROCESSES = ("registry", "enrollment", "billing", "notices", "gateway")
CLOCK = "business_clock"


def app_role(process: str) -> str:
    """The role a process logs in with: rows, never tables."""
    return f"{process}_app"


def ensure_roles(cluster: Cluster) -> None:
    """The owner of all tables, and one role without DDL per process."""
    known = set(cluster.sql("SELECT rolname FROM pg_roles").split())
    for role in (OWNER, *map(app_role, PROCESSES)):
        if role not in known:
            cluster.sql(f"CREATE ROLE {role} LOGIN")


def ensure_database(cluster: Cluster, name: str, *roles: str) -> None:
    """A database whose roles may use what the owner makes in it."""
    users = ", ".join(roles)
    defaults = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT"
    _create(cluster, name)
    cluster.sql(
        f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {users};"
        f"GRANT USAGE ON SCHEMA public TO {users};"
        f"{defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {users};"
        f"{defaults} USAGE, SELECT ON SEQUENCES TO {users};"
        f"{defaults} EXECUTE ON FUNCTIONS TO {users};",
        name,
    )


def ensure_clock(cluster: Cluster, name: str = CLOCK) -> None:
    """The shared business clock's table, which processes read and only the owner moves."""
    _create(cluster, name)
    cluster.sql(
        f"GRANT CONNECT ON DATABASE {name} TO PUBLIC; SET ROLE {OWNER};"
        "CREATE TABLE IF NOT EXISTS business_clock (one bool PRIMARY KEY DEFAULT true CHECK (one),"
        " offset_seconds bigint NOT NULL, seen timestamptz);"
        "GRANT SELECT ON business_clock TO PUBLIC;",
        name,
    )


def _create(cluster: Cluster, name: str) -> None:
    if not cluster.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        cluster.sql(f"CREATE DATABASE {name} OWNER {OWNER}")
    cluster.sql(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC; ALTER SCHEMA public OWNER TO {OWNER};", name)


def ensure_all(cluster: Cluster) -> None:
    """Everything the five processes need before their first migration."""
    ensure_roles(cluster)
    for process in PROCESSES:
        ensure_database(cluster, process, app_role(process))
    ensure_clock(cluster)
