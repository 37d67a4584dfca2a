"""axe-core finds nothing to object to on the pages of the main job (WCAG 2.1 A and AA, and its best practices)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.opening import opened
from tests.browser.test_main_job import DESKTOP, SCREENSHOTS, confirm, enroll, log_in, pytestmark, visit
from tests.flows import people
from tests.servers.stack import Stack

__all__ = ["pytestmark"]
HERE = Path(__file__).with_name("axe")
PAGES = (
    "/", "/increase", "/increase/new", "/increase/sheet", "/decrease", "/decrease/new", "/bill", "/bill/2016-09",
    "/arrears", "/payments", "/roster", "/print", "/notices", "/results", "/reminders", "/orders", "/account",
    "/password", "/guide", "/nowhere",
)  # fmt: skip
RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
  .then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"""


def axe() -> str:
    """The program, from the registry of packages by its lock file."""
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    return (HERE / "node_modules/axe-core/axe.min.js").read_text()


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed: axe-core not run")
def test_craft_axe_finds_nothing_on_the_pages_of_an_employer(system: Stack) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    program, place = axe(), 75
    employer = opened(system, place)
    found: dict[str, object] = {}
    with visit("axe", DESKTOP) as seen:
        log_in(seen, system, employer)
        enroll(seen, system, people.staff(place)[1])
        confirm(seen, system, "2,058.36")
        for path in PAGES:
            seen.page.goto(system.gateway + path)
            seen.page.evaluate(program)
            if violations := seen.page.evaluate(RUN):
                found[path] = violations
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
