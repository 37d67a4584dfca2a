"""What could not run stands loud in the last lines; in CI it is a failure."""

from __future__ import annotations

import os
import sys

import pytest

SKIPPED = pytest.StashKey[list[str]]()
BANNER = "=" * 30


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """One line: what was skipped and why."""
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return f"{report.nodeid}: {why.removeprefix('Skipped: ')}"


class LoudSkips:
    """Collects skips of modules and tests; speaks last."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    @property
    def forbidden(self) -> bool:
        """Whether this run tolerates no skip."""
        return os.environ.get("CI") == "true"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(reason_of(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(reason_of(report))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.skipped and self.forbidden and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_unconfigure(self) -> None:
        if not self.skipped:
            return
        verdict = "NOT RUN, AND CI ALLOWS NO SKIP" if self.forbidden else "NOT RUN ON THIS MACHINE"
        lines = [
            f"{BANNER} {len(self.skipped)} {verdict} {BANNER}",
            *(f"SKIPPED {it}" for it in self.skipped),
        ]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
