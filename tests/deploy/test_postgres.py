"""The local PostgreSQL: started, adopted, stopped; roles that can and cannot."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.databases import app_role, ensure_database, ensure_roles
from deploy.local.places import fleeting
from deploy.local.postgres import OWNER, Cluster, DatabaseError
from deploy.local.programs import copied, programs
from tests.servers.postgres import PREFIX, sweep

UNUSED_PID = 2**22 + 1
"""Above the kernel's limit: no process ever has it."""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster(fleeting(f"{PREFIX}{UNUSED_PID}"), durable=False)
    yield made
    made.drop()


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_a_second_start_adopts_the_running_server_and_stop_ends_it(cluster: Cluster) -> None:
    cluster.start()
    first = pid_of(cluster)
    Cluster(cluster.home).start()
    assert pid_of(cluster) == first
    assert "FATAL" not in cluster.log.read_text()
    Cluster(cluster.home).stop()
    assert not cluster.running()
    assert not (cluster.data / "postmaster.pid").exists()
    cluster.stop()


def test_a_killed_server_comes_back_with_its_data(cluster: Cluster) -> None:
    cluster.start()
    cluster.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7); CHECKPOINT;")
    os.kill(pid_of(cluster), signal.SIGQUIT)
    while cluster.running():
        pass
    cluster.start()
    assert cluster.sql("SELECT n FROM kept") == "7"


def test_what_a_killed_run_left_is_swept(cluster: Cluster) -> None:
    cluster.start()
    sweep(cluster.home.parent)
    assert not cluster.home.exists()


def test_programs_copied_out_of_a_closed_folder_find_their_libraries(tmp_path: Path) -> None:
    copy = copied(programs().parent, tmp_path)
    for name in ("initdb", "pg_ctl", "pg_isready", "psql", "postgres"):
        said = subprocess.run([copy / "bin" / name, "--version"], capture_output=True, text=True, check=True)
        assert "(PostgreSQL) 18" in said.stdout
    assert {path.stat().st_mode & 0o055 for path in tmp_path.rglob("*") if path.is_dir()} == {0o055}


def test_settings_are_durable_and_offer_200_connections(cluster: Cluster) -> None:
    real = Cluster(cluster.home)
    real.start()
    settings = "fsync", "synchronous_commit", "full_page_writes", "max_connections"
    assert [real.sql(f"SHOW {name}") for name in settings] == ["on", "on", "on", "200"]


def test_a_process_role_uses_what_the_owner_makes_but_makes_nothing(postgres_server: Cluster) -> None:
    ensure_roles(postgres_server)
    for _ in range(2):
        ensure_database(postgres_server, "rights", app_role("billing"))
    run = postgres_server.sql
    run(f"SET ROLE {OWNER}; CREATE TABLE t (id bigserial, n int);", "rights")
    run(f"SET ROLE {OWNER}; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 3';", "rights")
    as_app = f"SET ROLE {app_role('billing')};"
    assert (
        run(f"{as_app} INSERT INTO t (n) VALUES (f()); UPDATE t SET n = 4; SELECT n FROM t;", "rights") == "4"
    )
    for forbidden in ("CREATE TABLE x (n int)", "DROP TABLE t", "TRUNCATE t", "ALTER TABLE t ADD m int"):
        with pytest.raises(DatabaseError, match=r"denied|must be owner"):
            run(f"{as_app} {forbidden}", "rights")
    with pytest.raises(DatabaseError, match="permission denied for database"):
        run(f"SET ROLE {app_role('notices')}; CREATE SCHEMA s;", "rights")
