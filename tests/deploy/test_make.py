"""`make` alone tells what one can do."""

from __future__ import annotations

import subprocess

from deploy.local.places import ROOT

TASKS = [
    "help", "run", "stop", "status", "verify", "clock", "replay", "republish", "demo", "test", "test-kafka",
    "check", "clauses", "bench", "fmt", "schemas",
]  # fmt: skip


def test_bare_make_lists_every_task_with_one_line() -> None:
    listed = subprocess.run(
        ["make"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split()[1:2] + line.split()[:1] for line in listed] == [[task, "make"] for task in TASKS]
    assert all(20 < len(line) < 130 for line in listed)
