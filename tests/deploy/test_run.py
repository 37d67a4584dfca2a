"""`make run` as a process: plain lines, `ready`, signals, and what a kill leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import record
from deploy.local.places import ROOT, fleeting
from deploy.local.postgres import Cluster
from tests.servers.postgres import PREFIX

STACK = ROOT / "tests" / "servers" / "stub_stack.py"
UNUSED_PID = 2**22 + 3


@pytest.fixture
def home() -> Iterator[Path]:
    made = fleeting(f"{PREFIX}{UNUSED_PID}")
    yield made
    Cluster(made).drop()


def start(local: Path, home: Path) -> tuple[subprocess.Popen[str], list[str]]:
    process = subprocess.Popen(
        [sys.executable, str(STACK), str(local), str(home)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return process, heard(process, "ready")


def heard(process: subprocess.Popen[str], last: str) -> list[str]:
    """Its lines up to the one that begins so."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(last):
            return lines
    raise AssertionError(lines)


def rest(process: subprocess.Popen[str]) -> list[str]:
    said, _ = process.communicate(timeout=40)
    return said.splitlines()


def test_it_prints_ready_and_ctrl_c_stops_everything(tmp_path: Path, home: Path) -> None:
    process, lines = start(tmp_path / ".local", home)
    running = record.read(tmp_path / ".local" / "run.json")
    assert lines[-1] == f"ready {running.address}"
    assert "port 8016 is busy" in lines
    process.send_signal(signal.SIGINT)
    assert rest(process)[-1] == "stopped"
    assert process.returncode == 0
    assert [child.name for child in running.children if child.process()] == []
    assert not Cluster(home).running()


def test_what_a_kill_left_is_stopped_postgresql_adopted_and_the_broker_recovered(
    tmp_path: Path, home: Path
) -> None:
    process, _ = start(tmp_path / ".local", home)
    process.kill()
    process.communicate()
    assert Cluster(home).running()
    again, lines = start(tmp_path / ".local", home)
    assert "stopped what an earlier run had left: broker, billing, gateway" in lines
    lines += heard(again, "recovered: all processes agree")
    assert "the broker has forgotten its messages: comparing what was published with what arrived" in lines
    again.terminate()
    assert rest(again)[-1] == "stopped"
    assert not Cluster(home).running()


def test_an_unknown_size_of_the_city_is_refused_in_one_line() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "deploy.local", "run"],
        cwd=ROOT, env=os.environ | {"CITY": "huge"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "CITY is one of none, small, large, not huge\n")
