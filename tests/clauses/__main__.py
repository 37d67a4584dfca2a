"""`python -m tests.clauses [file]`: print where every sentence of the measure stands, check it, run its tests.

Exit status 1 for any fault, pytest's own where a test fails.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from gateway.app import ROUTERS
from tests.clauses.entries import Entry, load
from tests.clauses.faults import faults
from tests.clauses.measure import ROOT, find
from tests.clauses.table import console, table, totals

FILE = ROOT / "tests" / "clauses.toml"


def pages() -> frozenset[str]:
    """Every path of the gateway."""
    return frozenset(getattr(route, "path", "") for router in ROUTERS for route in router.routes)


def run_tests(entries: Sequence[Entry]) -> tuple[int, str]:
    """Run the tests that are named, once each, in one process; its status and its closing line."""
    named = sorted({test for entry in entries for test in entry.tests})
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *named]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines() or [done.stderr.strip()]
    return done.returncode, "\n".join(lines if done.returncode else lines[-1:])


def main(path: Path) -> int:
    """The exit status; nothing is run while a pointer leads nowhere."""
    out, entries, measure = console(), load(path), find()
    out.print(table(entries))
    out.print(totals(entries))
    if measure is None:
        out.print("the measure is not beside this checkout: its words were not compared")
    if found := faults(entries, measure, pages(), ROOT):
        out.print("\n".join(found))
        return 1
    status, closing = run_tests(entries)
    out.print(closing)
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else FILE))
