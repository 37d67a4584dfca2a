"""A skip is the last thing one reads, and CI does not pass over it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.places import ROOT

TESTS = """
import pytest

def test_runs():
    pass

@pytest.mark.skip(reason="no browser here")
def test_skipped():
    pass
"""
CONFTEST = """
from tests.servers.skips import LoudSkips

def pytest_configure(config):
    config.pluginmanager.register(LoudSkips())
"""


@pytest.mark.parametrize(
    ("ci", "code", "said"), [("", 0, "NOT RUN ON THIS MACHINE"), ("true", 1, "CI ALLOWS NO SKIP")]
)
def test_a_skip_stands_in_the_last_line_with_its_reason(
    tmp_path: Path, ci: str, code: int, said: str
) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    environment = os.environ | {"CI": ci, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
    lines = run.stdout.splitlines()
    assert (run.returncode, lines[-1]) == (code, "SKIPPED test_it.py::test_skipped: no browser here")
    assert said in lines[-2]
